"""The generated directory of 310,184 practices (portal-flow 13.4)."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.scenario import bulk
from mock_server.scenario.identifiers import npi_is_valid, opaque_id
from mock_server.store import bitsets

rows = st.integers(0, bulk.SIZE - 1)


@pytest.mark.parametrize(
    ("index", "text"),
    [
        (0, "AMBER ANCHOR DEMO PRACTICE 000:0000"),
        (999, "AMBER BISON DEMO PRACTICE 090:0999"),
        (1000, "AMBER BISON DEMO PRACTICE 091:1000"),
        (310183, "YELLOW WREN DEMO PRACTICE 214:0183"),
    ],
)
def test_the_worked_rows_of_13_4(index: int, text: str) -> None:
    assert bulk.practice(index).row_text == text


def test_generation_order_equals_sort_order_and_names_are_unique() -> None:
    names = [bulk.name(index) for index in range(bulk.SIZE)]
    assert all(one < next_one for one, next_one in pairwise(names))


def test_the_words_of_all_names_are_indexed_exactly() -> None:
    words = bulk.BulkRows("").words()
    per_word = {word: bits.bit_count() for word, bits in words.items()}
    assert sum(per_word.values()) == 5 * bulk.SIZE
    for word, bits in words.items():
        sample = bitsets.members(bits, 0, 5) + bitsets.members(bits, max(0, per_word[word] - 5), 5)
        assert all(word in bulk.name(index).split() for index in sample)


@given(rows)
def test_a_row_is_found_by_its_words_its_last_four_its_tin_its_key_and_its_id(index: int) -> None:
    listed = bulk.BulkRows("")
    practice = bulk.practice(index)
    assert practice.tin is not None
    assert all(listed.words()[word] >> index & 1 for word in practice.legal_name.split())
    assert listed.with_last4(practice.suffix) >> index & 1
    assert listed.with_tin(practice.tin) == 1 << index
    assert bulk.index_of(practice.key) == index
    assert listed.position(practice.org_id) == index


@given(rows)
def test_each_row_has_two_invented_clinicians_of_its_own(index: int) -> None:
    first, second = bulk.clinicians(index)
    assert first.npi.startswith("08")
    assert (int(first.npi[2:9]), int(second.npi[2:9])) == (2 * index, 2 * index + 1)
    assert npi_is_valid(first.npi)
    assert npi_is_valid(second.npi)


@pytest.mark.parametrize("key", ["B-310184", "B-00", "B--1", "B-", "O-BULK", "O-01", "B-1 "])
def test_keys_of_nothing_are_no_rows(key: str) -> None:
    assert bulk.index_of(key) is None


@pytest.mark.parametrize("tin", ["000499999", "000810184", "000104802", "999500000"])
def test_tins_outside_the_directory_are_no_rows(tin: str) -> None:
    assert bulk.index_with_tin(tin) is None
    assert bulk.BulkRows("").with_tin(tin) == 0


def test_the_id_of_a_named_organization_is_no_row() -> None:
    assert bulk.BulkRows("").position(opaque_id("O-01")) is None
