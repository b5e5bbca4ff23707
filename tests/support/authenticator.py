"""An authenticator app: what it shows for the shared secret of the demo accounts (SR-MFA-06)."""

from datetime import datetime

import pyotp

from mock_server.access.totp import STEP_S


def totp_code(secret: str, at: datetime) -> str:
    """The code at that instant."""
    return pyotp.TOTP(secret, interval=STEP_S).at(int(at.timestamp()))
