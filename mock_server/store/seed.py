"""The demo accounts as rows, and their relative instants for a business date (portal-flow 13.5, TM-05).

All personas have one published password, so one hash serves them all: the first start does not pay for forty.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from mock_server.access import throttle
from mock_server.access.codes import code_hash
from mock_server.figures import Figures
from mock_server.keys import Keys
from mock_server.scenario.identifiers import normalise_user_id
from mock_server.scenario.learners import learners
from mock_server.scenario.personas import PERSONAS, Persona
from mock_server.store import tables
from mock_server.store.facts import fact, set_fact

SEEDED = "seeded"

_CLEARED = (
    tables.files, tables.runs, tables.attestations, tables.saved_steps, tables.flows, tables.logins,
    tables.outbox, tables.used_codes, tables.sends, tables.attempts, tables.one_time_codes,
    tables.password_history, tables.devices, tables.grants, tables.accounts,
    tables.throttles, tables.source_failures, tables.source_blocks,
)  # fmt: skip
"""Everything that a reset removes, children first; the audit trail stays (TM-10)."""


def seeded_personas(count: int) -> list[Persona]:
    """The personas of 13.5 and so many learners."""
    return [*PERSONAS.values(), *learners(count)]


def clear(conn: Connection) -> None:
    """Back to an empty portal."""
    for table in _CLEARED:
        conn.execute(delete(table))
    set_fact(conn, SEEDED, None)
    set_fact(conn, "attempts", None)


def seed(
    conn: Connection,
    personas: list[Persona],
    password_hash: Callable[[], str],
    *,
    business: datetime,
    now: datetime,
    keys: Keys,
    figures: Figures,
) -> None:
    """Add the personas that are not there yet; `password_hash` is asked for where there are any."""
    known = set(conn.execute(select(tables.accounts.c.user_id)).scalars())
    new = [persona for persona in personas if normalise_user_id(persona.user_id) not in known]
    if new:
        ids = _insert_accounts(conn, new, password_hash(), business)
        _insert_grants(conn, new, ids, business)
        _insert_devices(conn, new, ids, now)
    for persona in new:
        if persona.failures:
            key = throttle.throttle_key(keys.throttle, normalise_user_id(persona.user_id))
            throttle.set_failures(conn, key, persona.failures, figures, now)
        issue_one_time_code(conn, persona, keys, now)
    set_fact(conn, SEEDED, "1")


def _insert_accounts(
    conn: Connection, personas: list[Persona], password_hash: str, business: datetime
) -> list[int]:
    """The accounts in one statement; their ids in the order of the personas."""
    rows = [
        {
            "user_id": normalise_user_id(persona.user_id),
            "given_name": persona.given_name,
            "family_name": persona.family_name,
            "email": persona.email,
            "password_hash": password_hash,
            "suspended": persona.suspended,
            **_instants(persona, business),
        }
        for persona in personas
    ]
    ids = insert(tables.accounts).returning(tables.accounts.c.id, sort_by_parameter_order=True)
    return list(conn.execute(ids, rows).scalars())


def _insert_grants(conn: Connection, personas: list[Persona], ids: list[int], business: datetime) -> None:
    rows = [
        {
            "account_id": account_id,
            "role": grant.role,
            "org_key": grant.org_key,
            "state": grant.state,
            "requested_at": business - timedelta(days=grant.requested_days),
            "npi": grant.npi,
        }
        for persona, account_id in zip(personas, ids, strict=True)
        for grant in persona.grants
    ]
    if rows:
        conn.execute(insert(tables.grants), rows)


def _insert_devices(conn: Connection, personas: list[Persona], ids: list[int], now: datetime) -> None:
    rows = [
        {
            "account_id": account_id,
            "type": device.type,
            "destination": device.masked,
            "secret": device.secret,
            "registered_at": now,
            "delivery_delay_s": device.delay_s,
            "delivery_lost": device.lost,
        }
        for persona, account_id in zip(personas, ids, strict=True)
        for device in persona.devices
    ]
    if rows:
        conn.execute(insert(tables.devices), rows)


def is_seeded(conn: Connection) -> bool:
    """Whether the demo accounts were ever added."""
    return fact(conn, SEEDED) is not None


def _instants(persona: Persona, business: datetime) -> dict[str, datetime]:
    return {
        "password_set_at": business - timedelta(days=persona.password_days),
        "last_login_at": business - timedelta(days=persona.last_login_days),
        "created_at": business - timedelta(days=persona.created_days),
    }


def issue_one_time_code(conn: Connection, persona: Persona, keys: Keys, now: datetime) -> None:
    """The help desk's code of demo.onetime, issued anew at each server start (13.5)."""
    if persona.one_time_code is None:
        return
    account_id = conn.execute(
        select(tables.accounts.c.id).where(tables.accounts.c.user_id == persona.user_id)
    ).scalar_one()
    conn.execute(delete(tables.one_time_codes).where(tables.one_time_codes.c.account_id == account_id))
    conn.execute(
        insert(tables.one_time_codes).values(
            account_id=account_id,
            code_hash=code_hash(keys.otp, f"account:{account_id}", persona.one_time_code),
            issued_at=now,
        )
    )


def rebase(conn: Connection, personas: list[Persona], business: datetime) -> None:
    """Recompute the personas' relative instants from a new business date (TM-05)."""
    for persona in personas:
        account_id = conn.execute(
            select(tables.accounts.c.id).where(tables.accounts.c.user_id == persona.user_id)
        ).scalar_one_or_none()
        if account_id is None:
            continue
        conn.execute(
            update(tables.accounts)
            .where(tables.accounts.c.id == account_id)
            .values(**_instants(persona, business))
        )
        for grant in persona.grants:
            conn.execute(
                update(tables.grants)
                .where(tables.grants.c.account_id == account_id, tables.grants.c.org_key == grant.org_key)
                .values(requested_at=business - timedelta(days=grant.requested_days))
            )
