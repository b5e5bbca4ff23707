"""TINs, NPIs, user IDs and the ids that clients see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.scenario.identifiers import (
    invented_npi,
    key_of,
    last4,
    mask_email,
    mask_phone,
    mask_tin,
    mask_tins,
    normalise_user_id,
    npi_check_digit,
    npi_is_valid,
    opaque_id,
    opaque_ids,
    parse_tin,
)


@pytest.mark.parametrize("text", ["000104802", "00-0104802"])
def test_a_tin_is_read_in_both_written_forms(text: str) -> None:
    assert parse_tin(text) == "000104802"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4802",
        "0001048022",
        "000-10-4802",
        "0001-04802",
        " 000104802",
        "٠٠٠١٠٤٨٠٢",
        "00010480a",
        "000104802\n",
    ],
)
def test_anything_else_is_no_tin(text: str) -> None:
    assert parse_tin(text) is None


@pytest.mark.parametrize(
    ("tin", "mask"),
    [("000456789", "XXXXX6789"), ("00-0456789", "XXXXX6789"), ("45678", "XXXXX????"), ("", "XXXXX????")],
)
def test_sr_pii_01_a_tin_is_masked_to_its_last_four_digits(tin: str, mask: str) -> None:
    assert mask_tin(tin) == mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("tin 000456789 refused", "tin XXXXX6789 refused"),
        ("00-0456789, 000-45-6789", "XXXXX6789, XXXXX6789"),
        ("NPI 9876543210", "NPI 9876543210"),
        ("call 202-555-0100", "call 202-555-0100"),
        ("000456789x000456788", "XXXXX6789xXXXXX6788"),
    ],
)
def test_sr_pii_01_tins_in_free_text_are_masked_and_npis_stay(text: str, masked: str) -> None:
    assert mask_tins(text) == masked


@given(st.from_regex(r"[0-9]{9}", fullmatch=True), st.text(alphabet="abc .,:;()", max_size=5))
def test_sr_pii_01_no_tin_survives_the_mask(tin: str, around: str) -> None:
    masked = mask_tins(f"{around}{tin}{around}")
    assert tin not in masked
    assert masked == f"{around}XXXXX{last4(tin)}{around}"


def test_the_check_digit_of_an_npi_is_the_worked_one_of_13_1() -> None:
    assert npi_check_digit("099901001") == "6"
    assert invented_npi("099901001") == "0999010016"
    assert npi_is_valid("0999010016")
    assert not npi_is_valid("0999010017")


@pytest.mark.parametrize("npi", ["1000000004", "1000000012"])
def test_the_two_valid_sample_npis_of_the_2011_guide_are_valid(npi: str) -> None:
    assert npi_is_valid(npi)


@pytest.mark.parametrize("npi", ["", "999010016", "09990100160", "3999010016", "０999010016", "0999010016\n"])
def test_npis_of_another_form_are_not_valid(npi: str) -> None:
    assert not npi_is_valid(npi)


@given(st.from_regex(r"0[0-9]{8}", fullmatch=True), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(base: str, place: int, shift: int) -> None:
    npi = invented_npi(base)
    wrong = npi[:place] + str((int(npi[place]) + shift) % 10) + npi[place + 1 :]
    assert npi_is_valid(npi)
    assert not npi_is_valid(wrong)


@pytest.mark.parametrize("base", ["199901001", "09990100", "0999010016"])
def test_invented_npis_begin_with_zero(base: str) -> None:
    with pytest.raises(ValueError, match="begins with 0"):
        invented_npi(base)


@pytest.mark.parametrize("text", ["DEMO.GroupRep", " demo.grouprep ", "ｄｅｍｏ.grouprep"])
def test_p_user_04_user_ids_compare_without_case_and_width(text: str) -> None:
    assert normalise_user_id(text) == "demo.grouprep"


def test_destinations_are_masked() -> None:
    assert mask_email("demo.grouprep@example.org") == "d***@example.org"
    assert mask_phone("202-555-0101") == "XXX-XXX-0101"


def test_sr_ac_04_an_id_has_128_bits_and_leads_back_to_its_key_only_on_the_server() -> None:
    org_id = opaque_id("O-01")
    assert len(bytes.fromhex(org_id)) * 8 == 128
    assert key_of(org_id) == "O-01"
    assert "4802" not in org_id


def test_sr_ac_04_ids_of_neighbours_share_nothing() -> None:
    ids = opaque_ids([f"B-{index}" for index in range(2000)])
    assert len(set(ids)) == 2000
    assert len({text[:8] for text in ids}) == 2000


@given(st.text(max_size=40) | st.binary(min_size=16, max_size=16).map(bytes.hex))
def test_sr_ac_04_made_up_ids_lead_nowhere(text: str) -> None:
    assert key_of(text) is None


def test_keys_that_do_not_fit_a_block_are_refused() -> None:
    with pytest.raises(ValueError, match="longer than a block"):
        opaque_ids(["K" * 17])
