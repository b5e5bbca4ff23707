"""Flow rows, logins, sign-in attempts, attestations, saved steps: queries, no rules.

Statements are built once: SQLAlchemy spends more time on building one than SQLite on it. The columns that an
INSERT or UPDATE writes are the parameters it is executed with; `row` names the row.
"""

from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, CursorResult, bindparam, delete, insert, or_, select, update

from mock_server.flow.model import Account, Attempt, Flow, FlowData, Login
from mock_server.store.accounts import ACCOUNT_COLUMNS
from mock_server.store.tables import accounts, attempts, flows, logins, saved_steps, sends

_FLOW_COLUMNS = (
    flows.c.id,
    flows.c.state,
    flows.c.step,
    flows.c.client,
    flows.c.client_id,
    flows.c.login_id,
    flows.c.attempt_id,
    flows.c.data,
    flows.c.token_hash,
    flows.c.token_used,
    flows.c.old_token_hash,
    flows.c.old_token_until,
    flows.c.spent_step,
    flows.c.spent_mac,
    flows.c.spent_answer,
)
"""In the order of `Flow`."""
_DATA = [column.name for column in _FLOW_COLUMNS].index("data")

_FLOW_BY_TOKEN = select(*_FLOW_COLUMNS).where(
    or_(flows.c.token_hash == bindparam("hash"), flows.c.old_token_hash == bindparam("hash"))
)
_FLOW_BY_ID = select(*_FLOW_COLUMNS).where(flows.c.id == bindparam("id"))
_FLOW_DATA = msgspec.json.Decoder(FlowData)
_INSERT_FLOW = insert(flows)
_UPDATE_FLOW = update(flows).where(flows.c.id == bindparam("row"))


def _flow(row: Any) -> Flow:
    columns = list(row)
    columns[_DATA] = _FLOW_DATA.decode(columns[_DATA])
    return Flow(*columns)


def inserted_id(result: CursorResult[Any]) -> int:
    """The id that an insert made."""
    made = result.inserted_primary_key
    if made is None:
        raise RuntimeError("nothing was inserted")
    return int(made[0])


def insert_flow(
    conn: Connection, *, flow_id: str, token_hash: str, client: str, client_id: str | None, at: datetime
) -> None:
    """A new flow on S-LAND."""
    conn.execute(
        _INSERT_FLOW,
        {
            "id": flow_id,
            "token_hash": token_hash,
            "client": client,
            "client_id": client_id,
            "state": "S-LAND",
            "step": 1,
            "data": msgspec.json.encode(FlowData()),
            "created_at": at,
        },
    )


def flow_by_token(conn: Connection, token_hash: str) -> Flow | None:
    """The flow whose present or just replaced token has this hash."""
    row = conn.execute(_FLOW_BY_TOKEN, {"hash": token_hash}).one_or_none()
    return None if row is None else _flow(row)


def flow_by_id(conn: Connection, flow_id: str) -> Flow | None:
    """The flow of that id."""
    row = conn.execute(_FLOW_BY_ID, {"id": flow_id}).one_or_none()
    return None if row is None else _flow(row)


def save_flow(conn: Connection, flow_id: str, **values: Any) -> None:
    """Write columns of a flow; `data` as FlowData."""
    if "data" in values:
        values["data"] = msgspec.json.encode(values["data"])
    conn.execute(_UPDATE_FLOW, {"row": flow_id, **values})


_LOGIN_BY_ID = (
    select(
        logins.c.client.label("login_client"),
        logins.c.created_at.label("opened_at"),
        logins.c.authenticated_at,
        logins.c.last_activity_at,
        logins.c.ended_code,
        *ACCOUNT_COLUMNS,
    )
    .join(accounts, accounts.c.id == logins.c.account_id)
    .where(logins.c.id == bindparam("id"))
)
_INSERT_LOGIN = insert(logins)
_UPDATE_LOGIN = update(logins).where(logins.c.id == bindparam("row"))
_END_LOGIN = _UPDATE_LOGIN.where(logins.c.ended_code.is_(None))
_LIVE_LOGINS = (
    select(logins.c.id)
    .where(logins.c.account_id == bindparam("account_id"), logins.c.ended_code.is_(None))
    .order_by(logins.c.last_activity_at, logins.c.id)
)


def login_by_id(conn: Connection, login_id: int) -> tuple[Login | None, str | None]:
    """(the login, None) while it lives, (None, code it ended with) afterwards."""
    row = conn.execute(_LOGIN_BY_ID, {"id": login_id}).one_or_none()
    if row is None or row.suspended:
        return None, "E-SESS-02"
    if row.ended_code is not None:
        return None, row.ended_code
    client, opened_at, authenticated_at, last_activity_at, _, *account = row
    login = Login(
        id=login_id,
        account=Account(*account),
        client=client,
        created_at=opened_at,
        authenticated_at=authenticated_at,
        last_activity_at=last_activity_at,
    )
    return login, None


def insert_login(conn: Connection, account_id: int, client: str, at: datetime) -> int:
    """The one place that opens a login (SR-AUTH-17). Returns its id."""
    times = {"created_at": at, "authenticated_at": at, "last_activity_at": at}
    return inserted_id(conn.execute(_INSERT_LOGIN, {"account_id": account_id, "client": client, **times}))


def live_logins(conn: Connection, account_id: int) -> list[int]:
    """Ids of the account's live logins, the one idle longest first."""
    return list(conn.execute(_LIVE_LOGINS, {"account_id": account_id}).scalars())


def end_login(conn: Connection, login_id: int, code: str, at: datetime) -> None:
    """End a login; its flows answer `code` from now on."""
    conn.execute(_END_LOGIN, {"row": login_id, "ended_code": code, "ended_at": at})


def touch_login(conn: Connection, login_id: int, at: datetime, **values: Any) -> None:
    """Note activity (SR-SESS-05), or a new authentication."""
    conn.execute(_UPDATE_LOGIN, {"row": login_id, "last_activity_at": at, **values})


_INSERT_ATTEMPT = insert(attempts)
_UPDATE_ATTEMPT = update(attempts).where(attempts.c.id == bindparam("row"))
_DELETE_ATTEMPT = delete(attempts).where(attempts.c.id == bindparam("id"))
_OTHER_ATTEMPTS = update(attempts).where(
    attempts.c.account_id == bindparam("account"), attempts.c.id != bindparam("row")
)


def save_attempt(conn: Connection, attempt_id: str, **values: Any) -> None:
    """Write columns of a sign-in attempt."""
    conn.execute(_UPDATE_ATTEMPT, {"row": attempt_id, **values})


def insert_attempt(conn: Connection, attempt_id: str, at: datetime, expires_at: datetime) -> None:
    """A sign-in attempt begins with the accepted terms."""
    conn.execute(_INSERT_ATTEMPT, {"id": attempt_id, "accepted_at": at, "expires_at": expires_at})


def delete_attempt(conn: Connection, attempt_id: str) -> None:
    """Destroy a sign-in attempt; its code is void with it."""
    conn.execute(_DELETE_ATTEMPT, {"id": attempt_id})


_ATTEMPT_BY_ID = select(
    attempts.c.id,
    attempts.c.user_id,
    attempts.c.account_id,
    attempts.c.accepted_at,
    attempts.c.expires_at,
    attempts.c.stays,
    attempts.c.sends,
    attempts.c.last_send_at,
    attempts.c.mfa_type,
    attempts.c.code_number,
    attempts.c.code_issued_at,
    attempts.c.tries,
    attempts.c.replay_noticed,
).where(attempts.c.id == bindparam("id"))
"""Columns in the order of `Attempt`."""


def attempt_by_id(conn: Connection, attempt_id: str) -> Attempt | None:
    """The attempt of that id, or None once it is destroyed."""
    row: Any = conn.execute(_ATTEMPT_BY_ID, {"id": attempt_id}).one_or_none()
    return None if row is None else Attempt(*row)


def void_codes_of(conn: Connection, account_id: int, except_attempt: str) -> None:
    """One live code per account (F-MFA-01): void the codes of its other attempts."""
    conn.execute(_OTHER_ATTEMPTS, {"account": account_id, "row": except_attempt, "code_number": None})


_INSERT_SEND = insert(sends)
_OLD_SENDS = delete(sends).where(sends.c.at <= bindparam("until"))
_SENDS_SINCE = (
    select(sends.c.at)
    .where(sends.c.account_id == bindparam("account_id"), sends.c.at > bindparam("since"))
    .order_by(sends.c.at)
)


def note_send(conn: Connection, account_id: int, at: datetime, window: timedelta) -> None:
    """Count a send of the account and forget those before the window (X-08)."""
    conn.execute(_INSERT_SEND, {"account_id": account_id, "at": at})
    conn.execute(_OLD_SENDS, {"until": at - window})


def sends_since(conn: Connection, account_id: int, since: datetime) -> list[datetime]:
    """Instants of the account's sends after `since`, oldest first."""
    return list(conn.execute(_SENDS_SINCE, {"account_id": account_id, "since": since}).scalars())


_SAME_STEP = (saved_steps.c.account_id == bindparam("account")) & (
    saved_steps.c.client_id == bindparam("installation")
)
_INSERT_STEP = insert(saved_steps)
_UPDATE_STEP = update(saved_steps).where(_SAME_STEP)
_DELETE_STEP = delete(saved_steps).where(_SAME_STEP)
_SAVED_STEP = select(saved_steps.c.data).where(_SAME_STEP, saved_steps.c.at > bindparam("since"))


def save_step(conn: Connection, account_id: int, client_id: str, data: bytes, at: datetime) -> None:
    """Keep where the account was on this installation (TR-25)."""
    kept = {"data": data, "at": at}
    if conn.execute(_UPDATE_STEP, {"account": account_id, "installation": client_id, **kept}).rowcount == 0:
        conn.execute(_INSERT_STEP, {"account_id": account_id, "client_id": client_id, **kept})


def drop_step(conn: Connection, account_id: int, client_id: str) -> None:
    """Forget it (logout)."""
    conn.execute(_DELETE_STEP, {"account": account_id, "installation": client_id})


def saved_step(conn: Connection, account_id: int, client_id: str, since: datetime) -> bytes | None:
    """What was kept after `since`, or None."""
    named = {"account": account_id, "installation": client_id, "since": since}
    return conn.execute(_SAVED_STEP, named).scalar_one_or_none()
