"""Authenticator codes (SR-MFA-06, SR-MFA-07, X-10), vectors of RFC 6238."""

from datetime import UTC, datetime

import pytest

from mock_server.access.totp import TotpCheck, check_totp
from tests.support.authenticator import totp_code

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # base32 of ASCII 12345678901234567890


def at(unix: int) -> datetime:
    return datetime.fromtimestamp(unix, UTC)


def check(entry: str, unix: int, last_step: int | None = None, *, back: int = 1, ahead: int = 1) -> TotpCheck:
    return check_totp(SECRET, entry, at(unix), last_step, back=back, ahead=ahead)


@pytest.mark.sr("SR-MFA-06")
@pytest.mark.parametrize(
    ("unix", "step", "code"),
    [
        (59, 1, "287082"),
        (1111111109, 37037036, "081804"),
        (1111111111, 37037037, "050471"),
        (1234567890, 41152263, "005924"),
        (2000000000, 66666666, "279037"),
        (20000000000, 666666666, "353130"),
        (1538395200, 51279840, "637958"),  # portal-flow 13.5
    ],
)
def test_vector_7_3(unix: int, step: int, code: str) -> None:
    assert totp_code(SECRET, at(unix)) == code
    assert check(code, unix) == TotpCheck(step)


@pytest.mark.sr("SR-MFA-06")
@pytest.mark.parametrize(("shift", "accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_sr_mfa_06_one_step_either_way_is_accepted(shift: int, accepted: bool) -> None:
    code = totp_code(SECRET, at(1111111111 + 30 * shift))

    assert check(code, 1111111111).step == (37037037 + shift if accepted else None)


@pytest.mark.sr("SR-MFA-06")
def test_the_window_follows_the_settings() -> None:
    earlier, later = totp_code(SECRET, at(1111111081)), totp_code(SECRET, at(1111111141))

    assert check(earlier, 1111111111, back=0).step is None
    assert check(later, 1111111111, ahead=0).step is None


@pytest.mark.sr("SR-MFA-07")
def test_sr_mfa_07_a_step_is_used_once_and_never_backwards() -> None:
    assert check("050471", 1111111111) == TotpCheck(37037037)
    assert check("050471", 1111111111, last_step=37037037) == TotpCheck(None, replayed=True)
    assert check("081804", 1111111111, last_step=37037037) == TotpCheck(None, replayed=True)

    following = totp_code(SECRET, at(1111111141))
    assert check(following, 1111111111, last_step=37037037) == TotpCheck(37037038)


@pytest.mark.parametrize("entry", ["000000", "", "050471 ", "05047", "\u0660\u0665\u0660\u0664\u0667\u0661"])
def test_anything_else_is_wrong_and_no_replay(entry: str) -> None:
    assert check(entry, 1111111111) == TotpCheck(None, replayed=False)


def test_the_first_second_of_time_has_no_step_before_it() -> None:
    assert check(totp_code(SECRET, at(0)), 0) == TotpCheck(0)
