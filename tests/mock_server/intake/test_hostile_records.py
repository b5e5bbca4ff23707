"""Bytes that are no record: always a located fault, never another error."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mock_server.intake.documents import INDIVIDUAL, encoded, faults
from tests.mock_server.scoring.pqrs.strategies import examples

GOOD = encoded(INDIVIDUAL)
ELIGIBLE = "$.npis[0].attempts[0].measures[0].eligible_instances"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b" \n\t", "the file is empty"),
        (b"\xff\xfe{", "byte 0 is not UTF-8"),
        (GOOD[:20] + b"\xe9" + GOOD[20:], "byte 20 is not UTF-8"),
        (b"\x00\x01", "not JSON at line 1, column 1"),
        (b'{\n "program": pqrs}', "not JSON at line 2, column 13"),
        (GOOD + b"x", "not JSON at line 1"),
        (b'{"tin_name": "a\x1b[31m"}', "not JSON at line 1, column 16"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"a":' * 200_000, "nested too deeply"),
        (b"[]", "found an array; allowed: an object"),
        (b"null", "found null"),
        (b"1e999", "found the number 1e999"),
    ],
)
def test_bytes_that_are_no_record(data: bytes, message: str) -> None:
    (fault,) = faults(data)
    assert (fault.rule, fault.path) == ("P-JSON-1", "$")
    assert message in fault.message


@pytest.mark.parametrize(
    "number", [b"NaN", b"Infinity", b"-Infinity", b"36.0", b"3.6e1", b"-36", b"9" * 5000, b"9007199254740992"]
)
def test_numbers_that_are_no_counts_are_named_at_their_path(number: bytes) -> None:
    (fault,) = faults(GOOD.replace(b'"eligible_instances": 36', b'"eligible_instances": ' + number))
    assert (fault.rule, fault.path) == ("P-JSON-1", ELIGIBLE)
    assert len(fault.message) < 200


def test_a_key_that_comes_twice_is_a_fault() -> None:
    twice = GOOD.replace(b'"ep_count": 4', b'"ep_count": 4, "ep_count": 5, "ep_count": 4')
    (fault,) = faults(twice)
    assert (fault.rule, fault.path) == ("P-JSON-1", "$.ep_count")
    (inner,) = faults(GOOD.replace(b'"52": 29', b'"52": 29, "52": 30'))
    assert inner.path == "$.npis[0].eligible_by_measure.12.52"


@pytest.mark.parametrize("text", [r"\ud800", r"\u0000", r"\u001b[2J", r"\u009b31m", r"a\nb", r"\u2028"])
def test_text_that_could_harm_a_terminal_is_refused_and_shown_escaped(text: str) -> None:
    (fault,) = faults(GOOD.replace(b"Example Family Practice", text.encode()))
    assert (fault.rule, fault.path) == ("P-JSON-1", "$.tin_name")
    assert fault.message.isprintable()


def test_an_unknown_key_is_shown_escaped_and_short() -> None:
    (fault,) = faults(GOOD.replace(b'"ep_count"', b'"ep\\u001b[2J' + b"x" * 5000 + b'"'))
    assert fault.path.isprintable()
    assert len(fault.path) < 80


def test_reading_stops_at_a_fault_count_that_nobody_reads() -> None:
    many = b'{"npis": [' + b"1," * 50_000 + b"1]}"
    found = faults(many)
    assert len(found) < 10_100
    assert found[0].message == "more than 10000 faults; reading stopped there"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def spots(part: Any, *steps: Any) -> list[tuple[Any, ...]]:
    """Every place in a document."""
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    return [steps, *(spot for step, value in inner for spot in spots(value, *steps, step))]


def planted(part: Any, steps: tuple[Any, ...], value: object) -> Any:
    """A copy with `value` at a place."""
    if not steps:
        return value
    copy = list(part) if isinstance(part, list) else dict(part)
    copy[steps[0]] = planted(part[steps[0]], steps[1:], value)
    return copy


@examples(300)
@given(st.sampled_from(spots(INDIVIDUAL)), json_values)
def test_any_value_anywhere_is_read_or_refused_with_a_place(steps: tuple[Any, ...], value: object) -> None:
    data = json.dumps(planted(INDIVIDUAL, steps, value)).encode()
    for fault in faults(data):
        assert fault.path.startswith("$")
        assert (fault.path + fault.message).isprintable()


@examples(200)
@given(st.binary(max_size=60))
def test_any_bytes_are_refused(data: bytes) -> None:
    assert faults(data)
