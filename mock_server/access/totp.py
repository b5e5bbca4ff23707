"""Authenticator app codes (RFC 6238) with a ledger of the last accepted step (SR-MFA-06, SR-MFA-07)."""

import hmac
from dataclasses import dataclass
from datetime import datetime

import pyotp

STEP_S = 30
"""Seconds of a time step, a constant of RFC 6238 as every authenticator app uses it."""


@dataclass(frozen=True)
class TotpCheck:
    """Outcome of one entry."""

    step: int | None
    """The accepted step, to be stored as the new last one; None: refused."""
    replayed: bool = False
    """Refused only because this step or a later one was already used (audit reason `replay`)."""


def check_totp(
    secret: str, entry: str, at: datetime, last_step: int | None, *, back: int, ahead: int
) -> TotpCheck:
    """Check a normalised entry at a security instant.

    `secret` is base32; steps from `back` before to `ahead` after the present one are accepted, none that is
    not later than `last_step` (None: none was used yet). Every step is computed and compared in any case.
    """
    generator = pyotp.TOTP(secret, interval=STEP_S)
    present = int(at.timestamp()) // STEP_S
    steps = range(max(0, present - back), present + ahead + 1)
    typed = entry.encode()
    matching = [step for step in steps if hmac.compare_digest(generator.generate_otp(step).encode(), typed)]
    fresh = [step for step in matching if last_step is None or step > last_step]
    return TotpCheck(fresh[0]) if fresh else TotpCheck(None, replayed=bool(matching))
