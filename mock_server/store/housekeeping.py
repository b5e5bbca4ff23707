"""What is dropped when it is old (SR-PII-07): attempts, messages, counters, ended logins and all they hold.

The audit trail is never touched. Counters of user IDs that exist stay until a complete login (SR-AUTH-06).
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, or_, select

from mock_server.figures import Figures
from mock_server.store.files import purge_files
from mock_server.store.tables import (
    accounts,
    attempts,
    attestations,
    flows,
    logins,
    one_time_codes,
    outbox,
    runs,
    saved_steps,
    source_blocks,
    source_failures,
    throttles,
    used_codes,
)


def purge(conn: Connection, figures: Figures, now: datetime, throttle_key: Callable[[str], str]) -> None:
    """Drop everything past its retention; `throttle_key` names the counter of a user ID."""

    def ago(seconds: int) -> datetime:
        return now - timedelta(seconds=seconds)

    purge_files(conn, ago(figures.db.file_keep_s))
    _purge_sign_ins(conn, figures, ago, throttle_key)
    _purge_messages(conn, figures, ago(figures.db.outbox_keep_s))
    _purge_logins(conn, ago(figures.db.login_keep_s))
    conn.execute(delete(saved_steps).where(saved_steps.c.at < ago(figures.db.attempt_keep_s)))


def _purge_sign_ins(
    conn: Connection, figures: Figures, ago: Callable[[int], datetime], throttle_key: Callable[[str], str]
) -> None:
    kept = ago(figures.db.attempt_keep_s)
    conn.execute(delete(attempts).where(attempts.c.expires_at < kept))
    conn.execute(delete(used_codes).where(used_codes.c.at < kept))
    conn.execute(
        delete(one_time_codes).where(or_(one_time_codes.c.used_at < kept, one_time_codes.c.issued_at < kept))
    )
    conn.execute(delete(source_failures).where(source_failures.c.at < ago(figures.auth.ip_window_s)))
    conn.execute(delete(source_blocks).where(source_blocks.c.until < ago(0)))
    known = [throttle_key(user_id) for user_id in conn.execute(select(accounts.c.user_id)).scalars()]
    idle = throttles.c.touched_at < ago(figures.auth.throttle_idle_s)
    conn.execute(delete(throttles).where(idle, throttles.c.key.not_in(known)))


def _purge_messages(conn: Connection, figures: Figures, kept: datetime) -> None:
    """Too old, or not among the newest of its account."""
    conn.execute(delete(outbox).where(outbox.c.deliver_at < kept))
    newest = func.row_number().over(partition_by=outbox.c.account_id, order_by=outbox.c.id.desc())
    numbered = select(outbox.c.id, newest.label("place")).subquery()
    surplus = select(numbered.c.id).where(numbered.c.place > figures.db.outbox_keep_rows)
    conn.execute(delete(outbox).where(outbox.c.id.in_(surplus)))


def _purge_logins(conn: Connection, kept: datetime) -> None:
    """Logins that ended long ago with all that names them, and flows that nobody came back to."""
    old = select(logins.c.id).where(logins.c.ended_at < kept)
    conn.execute(delete(runs).where(runs.c.login_id.in_(old)))
    conn.execute(delete(attestations).where(attestations.c.login_id.in_(old)))
    still_named = select(runs.c.flow_id)
    left = or_(
        flows.c.login_id.in_(old), flows.c.login_id.is_(None) & (flows.c.created_at < kept)
    ) & flows.c.id.not_in(still_named)
    conn.execute(delete(flows).where(left))
    named = select(flows.c.login_id).where(flows.c.login_id.is_not(None))
    conn.execute(delete(logins).where(logins.c.id.in_(old), logins.c.id.not_in(named)))
