"""Accounts, their roles and their devices: queries, no rules."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from mock_server.flow.model import Account, Grant
from mock_server.store.tables import accounts, devices, grants, one_time_codes, password_history, used_codes


class Device(NamedTuple):
    """A registered second factor."""

    id: int
    type: str
    destination: str
    secret: str | None
    delivery_delay_s: int
    delivery_lost: bool
    last_totp_step: int | None


def _account(row: Any) -> Account | None:
    return None if row is None else Account(*row)


ACCOUNT_COLUMNS = (
    accounts.c.id,
    accounts.c.user_id,
    accounts.c.given_name,
    accounts.c.family_name,
    accounts.c.email,
    accounts.c.password_hash,
    accounts.c.password_set_at,
    accounts.c.created_at,
    accounts.c.last_login_at,
    accounts.c.suspended,
)
"""In the order of `Account`."""

_ACCOUNT_BY_ID = select(*ACCOUNT_COLUMNS).where(accounts.c.id == bindparam("id"))
_ACCOUNT_BY_USER_ID = select(*ACCOUNT_COLUMNS).where(accounts.c.user_id == bindparam("user_id"))
_UPDATE_ACCOUNT = update(accounts).where(accounts.c.id == bindparam("row"))
_GRANTS_OF = (
    select(grants.c.role, grants.c.org_key, grants.c.state, grants.c.requested_at, grants.c.npi)
    .where(grants.c.account_id == bindparam("id"))
    .order_by(grants.c.id)
)
_NEWEST_DEVICE = (
    select(
        devices.c.id,
        devices.c.type,
        devices.c.destination,
        devices.c.secret,
        devices.c.delivery_delay_s,
        devices.c.delivery_lost,
        devices.c.last_totp_step,
    )
    .where(devices.c.account_id == bindparam("account_id"), devices.c.type == bindparam("type"))
    .order_by(devices.c.registered_at.desc(), devices.c.id.desc())
    .limit(1)
)
_UPDATE_DEVICE = update(devices).where(devices.c.id == bindparam("row"))
_INSERT_USED_CODE = insert(used_codes)


def account_by_user_id(conn: Connection, user_id: str) -> Account | None:
    """The account of a normalized user ID, or None."""
    return _account(conn.execute(_ACCOUNT_BY_USER_ID, {"user_id": user_id}).one_or_none())


def account_by_id(conn: Connection, account_id: int) -> Account | None:
    """The account of that id, or None."""
    return _account(conn.execute(_ACCOUNT_BY_ID, {"id": account_id}).one_or_none())


def set_last_login(conn: Connection, account_id: int, at: datetime) -> None:
    """Note a completed login (business time)."""
    conn.execute(_UPDATE_ACCOUNT, {"row": account_id, "last_login_at": at})


def replace_password(conn: Connection, account: Account, password_hash: str, at: datetime, keep: int) -> None:
    """Set a new password (business time `at`); the last `keep` earlier hashes stay as history (X-18)."""
    conn.execute(insert(password_history).values(account_id=account.id, password_hash=account.password_hash))
    conn.execute(_UPDATE_ACCOUNT, {"row": account.id, "password_hash": password_hash, "password_set_at": at})
    newest = (
        select(password_history.c.id)
        .where(password_history.c.account_id == account.id)
        .order_by(password_history.c.id.desc())
        .limit(keep)
    )
    conn.execute(
        delete(password_history).where(
            password_history.c.account_id == account.id, password_history.c.id.not_in(newest)
        )
    )


def rehash_password(conn: Connection, account_id: int, password_hash: str) -> None:
    """Replace a hash of outdated parameters (SR-AUTH-04); the password stays the same."""
    conn.execute(_UPDATE_ACCOUNT, {"row": account_id, "password_hash": password_hash})


def earlier_passwords(conn: Connection, account_id: int) -> list[str]:
    """Hashes of the passwords before the present one, newest first; `replace_password` limits them."""
    query = (
        select(password_history.c.password_hash)
        .where(password_history.c.account_id == account_id)
        .order_by(password_history.c.id.desc())
    )
    return list(conn.execute(query).scalars())


def grants_of(conn: Connection, account_id: int) -> list[Grant]:
    """All grants of an account, whatever their state, in the order they were made."""
    return [Grant(*row) for row in conn.execute(_GRANTS_OF, {"id": account_id})]


def newest_device(conn: Connection, account_id: int, device_type: str) -> Device | None:
    """The most recently registered device of a type (portal-flow 3.4 step 6), or None."""
    row = conn.execute(_NEWEST_DEVICE, {"account_id": account_id, "type": device_type}).one_or_none()
    return None if row is None else Device(*row)


def set_totp_step(conn: Connection, device_id: int, step: int) -> None:
    """Record the last accepted authenticator step (SR-MFA-07)."""
    conn.execute(_UPDATE_DEVICE, {"row": device_id, "last_totp_step": step})


def live_one_time_codes(conn: Connection, account_id: int, issued_after: datetime) -> list[tuple[int, str]]:
    """(id, hash) of unused One-Time Security Codes issued after an instant."""
    query = select(one_time_codes.c.id, one_time_codes.c.code_hash).where(
        one_time_codes.c.account_id == account_id,
        one_time_codes.c.used_at.is_(None),
        one_time_codes.c.issued_at > issued_after,
    )
    return [(row.id, row.code_hash) for row in conn.execute(query)]


def use_one_time_code(conn: Connection, code_id: int, at: datetime) -> None:
    """Mark a One-Time Security Code as used."""
    conn.execute(update(one_time_codes).where(one_time_codes.c.id == code_id).values(used_at=at))


def used_one_time_codes(conn: Connection, account_id: int) -> list[str]:
    """Hashes of used One-Time Security Codes, to tell a replay from a wrong code."""
    query = select(one_time_codes.c.code_hash).where(
        one_time_codes.c.account_id == account_id, one_time_codes.c.used_at.is_not(None)
    )
    return list(conn.execute(query).scalars())


def remember_used_code(conn: Connection, account_id: int, code_hash: str, at: datetime) -> None:
    """Keep the account-wide hash of a used code, only to audit a later replay."""
    conn.execute(_INSERT_USED_CODE, {"account_id": account_id, "code_hash": code_hash, "at": at})


def was_used(conn: Connection, account_id: int, code_hash: str, since: datetime) -> bool:
    """Whether a code with this account-wide hash was used since an instant."""
    query = select(func.count()).where(
        used_codes.c.account_id == account_id, used_codes.c.code_hash == code_hash, used_codes.c.at > since
    )
    return bool(conn.execute(query).scalar_one())
