"""Guess limiting: a counter per user ID for passwords and codes (X-02, X-03), one per source address (X-26).

A failure is reserved (counted and committed) before the comparison and given back when the comparison
succeeds, so parallel guesses cannot outrun the limit and a crash never gives a free try (SR-AUTH-05). Rows
are keyed by an HMAC of the user ID: IDs that do not exist behave the same (SR-AUTH-07).
"""

import hmac
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from mock_server.figures import Figures
from mock_server.store.tables import source_blocks, source_failures, throttles

_COUNTER = select(throttles.c.failures, throttles.c.waits_until).where(throttles.c.key == bindparam("row"))
_INSERT = insert(throttles)
_UPDATE = update(throttles).where(throttles.c.key == bindparam("row"))
_DELETE = delete(throttles).where(throttles.c.key == bindparam("row"))
_BLOCKED_UNTIL = select(source_blocks.c.until).where(source_blocks.c.address == bindparam("address"))


@dataclass(frozen=True, slots=True)
class Throttle:
    """State of one counter."""

    failures: int
    waits_until: datetime | None

    def locked(self, figures: Figures) -> bool:
        """Hard lock: ends by password reset or help desk only (X-03)."""
        return self.failures >= figures.auth.lock_hard

    def wait_s(self, now: datetime) -> int:
        """Whole seconds left of a wait, rounded up; 0: none."""
        if self.waits_until is None or self.waits_until <= now:
            return 0
        return math.ceil((self.waits_until - now).total_seconds())


def throttle_key(key: bytes, user_id: str) -> str:
    """Row key of a normalized user ID."""
    return hmac.new(key, user_id.encode(), "sha256").hexdigest()


def throttle_of(conn: Connection, key: str) -> Throttle:
    """The counter's state; a missing row is zero."""
    row = conn.execute(_COUNTER, {"row": key}).one_or_none()
    return Throttle(0, None) if row is None else Throttle(row.failures, row.waits_until)


def reserve_failure(
    conn: Connection, key: str, before: Throttle, figures: Figures, now: datetime
) -> Throttle:
    """Count one failure and start its wait; `before` is the counter as this transaction has read it."""
    return _store(conn, key, before.failures + 1, figures, now)


def give_back(conn: Connection, key: str, figures: Figures, now: datetime) -> None:
    """Take a reserved failure back: the comparison succeeded. The counter is not reset (SR-AUTH-06)."""
    before = throttle_of(conn, key)
    failures = max(0, before.failures - 1)
    _write(conn, key, failures, None, now)


def reset_failures(conn: Connection, key: str) -> int:
    """A complete login, a reset or the help desk: back to 0. Returns how many there were."""
    failures = throttle_of(conn, key).failures
    conn.execute(_DELETE, {"row": key})
    return failures


def set_failures(conn: Connection, key: str, failures: int, figures: Figures, now: datetime) -> None:
    """Seed a counter (demo.locked)."""
    _store(conn, key, failures, figures, now)


def _store(conn: Connection, key: str, failures: int, figures: Figures, now: datetime) -> Throttle:
    wait = figures.auth.wait_after(failures)
    until = now + timedelta(seconds=wait) if wait else None
    _write(conn, key, failures, until, now)
    return Throttle(failures, until)


def _write(conn: Connection, key: str, failures: int, until: datetime | None, now: datetime) -> None:
    values = {"failures": failures, "waits_until": until, "touched_at": now}
    if conn.execute(_UPDATE, {"row": key, **values}).rowcount == 0:
        conn.execute(_INSERT, {"key": key, **values})


def source_wait_s(conn: Connection, address: str, now: datetime) -> int:
    """Seconds for which authentication from this address is refused; 0: it is not (X-26)."""
    until = conn.execute(_BLOCKED_UNTIL, {"address": address}).scalar_one_or_none()
    return 0 if until is None or until <= now else math.ceil((until - now).total_seconds())


def note_source_failure(conn: Connection, address: str, figures: Figures, now: datetime) -> None:
    """Count a failed authentication of an address; over the limit it is blocked for a while (SR-AUTH-08)."""
    conn.execute(insert(source_failures).values(address=address, at=now))
    since = now - timedelta(seconds=figures.auth.ip_window_s)
    conn.execute(delete(source_failures).where(source_failures.c.at <= since))
    query = select(func.count()).where(source_failures.c.address == address, source_failures.c.at > since)
    if conn.execute(query).scalar_one() >= figures.auth.ip_failures:
        until = now + timedelta(seconds=figures.auth.ip_block_s)
        conn.execute(delete(source_blocks).where(source_blocks.c.address == address))
        conn.execute(insert(source_blocks).values(address=address, until=until))
        conn.execute(delete(source_failures).where(source_failures.c.address == address))
