"""Security codes: computed, hashed, recognised (SR-MFA-01, SR-MFA-05, F-OUT-05)."""

from collections import Counter

import pytest

from mock_server.access import codes

KEY = bytes(range(32))


@pytest.mark.sr("SR-MFA-05")
def test_vector_7_5_code_hash() -> None:
    expected = "716f107968aeb47bff6417ef8183d84bca9c0d18dd472c742157daf89d047768"

    assert codes.code_hash(KEY, "login_tx_1", "564123") == expected


@pytest.mark.sr("SR-MFA-01")
def test_sr_mfa_01_20_000_codes_have_six_evenly_spread_digits() -> None:
    made = [codes.nth_code(KEY, f"tx-{n // 5}", n % 5, 6) for n in range(20_000)]

    assert {len(code) for code in made} == {6}
    assert set("".join(made)) == set("0123456789")
    for place in range(6):
        counts = Counter(code[place] for code in made)
        chi_square = sum((count - 2000) ** 2 / 2000 for count in counts.values())
        assert chi_square < 27.88  # 9 degrees of freedom, p = 0.001


def test_f_out_05_a_code_is_a_function_of_key_attempt_and_number() -> None:
    first = codes.nth_code(KEY, "tx", 1, 6)

    assert codes.nth_code(KEY, "tx", 1, 6) == first
    others = {codes.nth_code(KEY, "tx", n, 6) for n in range(2, 60)} | {codes.nth_code(b"k", "tx", 1, 6)}
    assert first not in others


@pytest.mark.parametrize("digits", [6, 7, 8])
def test_the_number_of_digits_follows_the_setting(digits: int) -> None:
    made = [codes.nth_code(KEY, "tx", n, digits) for n in range(50)]
    assert all(len(code) == digits and code.isascii() and code.isdigit() for code in made)


def test_f_out_05_a_code_seed_makes_codes_repeatable_and_differs_from_the_server_key() -> None:
    film = codes.code_key(KEY, "film")

    assert film == codes.code_key(b"another server", "film")
    assert len({film, codes.code_key(KEY, "other"), codes.code_key(KEY, None)}) == 3


@pytest.mark.sr("SR-MFA-02")
def test_sr_mfa_02_a_code_fits_its_own_attempt_only() -> None:
    stored = codes.code_hash(KEY, "tx", "564123")

    assert stored == codes.code_hash(KEY, "tx", "564123")
    assert stored != codes.code_hash(KEY, "tx", "564124")
    assert stored != codes.code_hash(KEY, "another", "564123")


@pytest.mark.parametrize(
    ("typed", "entry"),
    [
        ("564123", "564123"),
        (" 564-123 ", "564123"),
        ("5 6 4\u00a01 2 3\t", "564123"),
        ("20\u201148\u201063 57", "20486357"),
    ],
)
def test_spaces_and_hyphens_in_an_entry_do_not_count(typed: str, entry: str) -> None:
    assert codes.normalise_entry(typed) == entry


def test_f_mfa_03_a_voice_message_speaks_digit_by_digit() -> None:
    assert codes.spoken("564123") == "5, 6, 4, 1, 2, 3"
