"""Attestations and runs of reports: queries, no rules."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from mock_server.store.flows import inserted_id
from mock_server.store.tables import attestations, runs


def insert_attestation(
    conn: Connection, login_id: int, org_id: str, year: int, report: str, **values: Any
) -> int:
    """Store an attestation (A-ATTEST). Returns its id."""
    row = conn.execute(
        insert(attestations).values(login_id=login_id, org_id=org_id, year=year, report=report, **values)
    )
    return inserted_id(row)


def attestation_for(
    conn: Connection, login_id: int, org_id: str, year: int, report: str, since: datetime
) -> tuple[int, str] | None:
    """(id, purpose) of a valid attestation of exactly this tuple (F-ATT-05), or None."""
    query = (
        select(attestations.c.id, attestations.c.purpose)
        .where(
            attestations.c.login_id == login_id,
            attestations.c.org_id == org_id,
            attestations.c.year == year,
            attestations.c.report == report,
            attestations.c.ended.is_(False),
            attestations.c.confirmed_at > since,
        )
        .order_by(attestations.c.id.desc())
        .limit(1)
    )
    row = conn.execute(query).one_or_none()
    return None if row is None else (row.id, row.purpose)


def end_attestations(conn: Connection, login_id: int) -> None:
    """End all attestations of a login (a member of the tuple changed, or it was locked)."""
    conn.execute(update(attestations).where(attestations.c.login_id == login_id).values(ended=True))


def insert_run(conn: Connection, run_id: str, **values: Any) -> None:
    """A ReportRequest, running."""
    conn.execute(insert(runs).values(id=run_id, status="running", **values))


def restart_run(conn: Connection, run_id: str, at: datetime) -> None:
    """The run begins anew in this process; the time that the server was down does not count (X-24)."""
    conn.execute(update(runs).where(runs.c.id == run_id).values(started_at=at))


def save_run(conn: Connection, run_id: str, **values: Any) -> None:
    """Write columns of a run."""
    conn.execute(update(runs).where(runs.c.id == run_id).values(**values))


def run_by_id(conn: Connection, run_id: str) -> Any | None:
    """The row of a run, or None."""
    return conn.execute(select(runs).where(runs.c.id == run_id)).one_or_none()


def running_runs(conn: Connection, login_id: int | None = None) -> list[Any]:
    """Runs that are not finished, of one login or of all."""
    query = select(runs).where(runs.c.status == "running")
    if login_id is not None:
        query = query.where(runs.c.login_id == login_id)
    return list(conn.execute(query))


def attestation_purpose(conn: Connection, attestation_id: int) -> str | None:
    """The purpose that an attestation states."""
    query = select(attestations.c.purpose).where(attestations.c.id == attestation_id)
    return conn.execute(query).scalar_one_or_none()
