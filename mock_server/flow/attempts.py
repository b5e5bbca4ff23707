"""Ids of sign-in attempts: random, or numbered under a code seed so that recordings repeat (F-OUT-05)."""

import hmac
import secrets

from sqlalchemy import Connection

from mock_server.access import codes
from mock_server.flow.services import Services
from mock_server.store.facts import next_number


def new_attempt_id(conn: Connection, services: Services) -> str:
    """A fresh LoginTx id of 256 bits; with a code seed the same sequence in every run after a reset."""
    seed = services.code_seed(conn)
    if seed is None:
        return secrets.token_hex(32)
    number = next_number(conn, "attempts")
    return hmac.new(seed.encode(), f"attempt:{number}".encode(), "sha256").hexdigest()


def code_key(conn: Connection, services: Services) -> bytes:
    """Key that codes are computed with: the server's, or the code seed."""
    return codes.code_key(services.keys.otp, services.code_seed(conn))
