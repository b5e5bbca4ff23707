"""The simulated phone and mailbox (portal-flow 1.4): messages are made when read, codes are never stored."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select

from client.messages.calls import OutboxMessage
from mock_server.access import codes
from mock_server.clocks import eastern
from mock_server.figures import Figures
from mock_server.flow.durations import in_words
from mock_server.flow.model import Login
from mock_server.store.tables import EPOCH, accounts, attempts, logins, outbox

SUBJECTS = {"security_code": "Your security code", "security_notice": "Notice about your account"}


class SecurityEvent(NamedTuple):
    """What a security notice tells the owner of an account (SR-AUTH-18)."""

    what: str
    client: str
    """Kind of client that did it."""
    address: str

    def encoded(self) -> str:
        """As the column `details` keeps it."""
        return "\n".join(self)

    @classmethod
    def of(cls, details: str) -> "SecurityEvent":
        """Back from the column."""
        what, client, address = details.split("\n")
        return cls(what, client, address)


_INSERT = insert(outbox)
_LOGIN_BEFORE = select(func.max(logins.c.created_at)).where(
    logins.c.account_id == bindparam("account_id"), logins.c.id < bindparam("login_id")
)
_SECURITY_EVENTS = (
    select(outbox.c.details, outbox.c.created_business_at)
    .where(
        outbox.c.account_id == bindparam("account_id"),
        outbox.c.kind == "security_notice",
        outbox.c.deliver_at > bindparam("after"),
        outbox.c.deliver_at <= bindparam("until"),
    )
    .order_by(outbox.c.id)
)


@dataclass(frozen=True, slots=True)
class CodeMaker:
    """What is needed to compute a code again: the key, and how long and how often a code works."""

    key: Callable[[Connection], bytes]
    figures: Figures


def queue(
    conn: Connection,
    *,
    account_id: int,
    channel: str,
    to_masked: str,
    kind: str,
    business_at: datetime,
    deliver_at: datetime,
    lost: bool = False,
    attempt_id: str | None = None,
    code_number: int | None = None,
    details: str = "",
) -> None:
    """Queue a message (portal-flow 1.4); of a code only its number is kept."""
    conn.execute(
        _INSERT,
        {
            "account_id": account_id,
            "channel": channel,
            "to_masked": to_masked,
            "kind": kind,
            "created_business_at": business_at,
            "deliver_at": deliver_at,
            "lost": lost,
            "attempt_id": attempt_id,
            "code_number": code_number,
            "details": details,
        },
    )


def delivered(
    conn: Connection, user_id: str | None, now: datetime, maker: CodeMaker, after: int | None = None
) -> list[OutboxMessage]:
    """The newest delivered messages of a user ID, or of all, newest first (F-OUT-02, F-OUT-03)."""
    query = (
        select(outbox, attempts.c.code_number.label("live_number"), attempts.c.code_issued_at)
        .join(accounts, accounts.c.id == outbox.c.account_id)
        .outerjoin(attempts, attempts.c.id == outbox.c.attempt_id)
        .where(outbox.c.deliver_at <= now, outbox.c.lost.is_(False))
        .order_by(outbox.c.id.desc())
        .limit(maker.figures.portal.outbox_rows)
    )
    if user_id is not None:
        query = query.where(accounts.c.user_id == user_id)
    if after is not None:
        query = query.where(outbox.c.id > after)
    key = maker.key(conn)
    return [_message(row, key, now, maker.figures) for row in conn.execute(query)]


def _message(row: object, key: bytes, now: datetime, figures: Figures) -> OutboxMessage:
    item = row._mapping  # type: ignore[attr-defined]
    number, attempt_id = item[outbox.c.code_number], item[outbox.c.attempt_id]
    code = codes.nth_code(key, attempt_id, number, figures.mfa.code_digits) if number else None
    issued = item[attempts.c.code_issued_at]
    live = (
        code is not None
        and item["live_number"] == number
        and issued is not None
        and (now - issued).total_seconds() < figures.mfa.code_ttl_s
    )
    kind, channel = item[outbox.c.kind], item[outbox.c.channel]
    return OutboxMessage(
        id=str(item[outbox.c.id]),
        channel=channel,
        to_masked=item[outbox.c.to_masked],
        kind=kind,
        subject=SUBJECTS[kind],
        body=_body(kind, channel, code, item[outbox.c.details], in_words(figures.mfa.code_ttl_s)),
        code=code,
        live=live,
        created_at=eastern(item[outbox.c.created_business_at]).replace(microsecond=0),
    )


def _body(kind: str, channel: str, code: str | None, details: str, life: str) -> str:
    if kind != "security_code" or code is None:
        event = SecurityEvent.of(details)
        place = f" from {event.address}" if event.address else ""
        return (
            f"{event.what}. Kind of client: {event.client}{place}. If this was not you, call the help desk."
        )
    if channel == "ivr":
        spoken = codes.spoken(code)
        return f"This is the simulated portal. Your security code is {spoken}. Again: {spoken}."
    return f"Your security code for the simulated portal is {code}. It is valid for {life}."


def security_events_before(conn: Connection, login: Login) -> list[tuple[SecurityEvent, datetime]]:
    """Each event with its business time since the login before this one (SR-AUTH-18)."""
    account_id = login.account.id
    before = conn.execute(_LOGIN_BEFORE, {"account_id": account_id, "login_id": login.id}).scalar_one()
    since = {"account_id": account_id, "after": before or EPOCH, "until": login.created_at}
    rows = conn.execute(_SECURITY_EVENTS, since)
    return [(SecurityEvent.of(row.details), row.created_business_at) for row in rows]
