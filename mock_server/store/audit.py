"""The audit trail: append-only, chained with a keyed hash (SR-AUD-01 to SR-AUD-03, portal-flow 8).

Each record's `mac` covers the record and the `mac` before it, under a key that is not in the database, so an
edit, a removal, an insertion or a swap shows. A record is written in the transaction of its effect. The chain
covers every column; the many optional facts of portal-flow section 8 live in `details`.
"""

import hmac
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Column, Connection, Integer, String, Table, Text, insert, select

from mock_server.clocks import format_business
from mock_server.logs import log, request_id, source_address
from mock_server.redaction import is_secret_key, mask_numbers
from mock_server.store.database import metadata
from mock_server.store.sqlite import protect_append_only

Detail = str | int | bool | None | list[str]

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("ts", String(24), nullable=False),
    Column("action", String(40), nullable=False, index=True),
    Column("actor", String(80), nullable=False, index=True),
    Column("object", String(120), nullable=False),
    Column("outcome", String(10), nullable=False),
    Column("ip", String(45), nullable=False),
    Column("rid", String(26), nullable=False),
    Column("details", Text, nullable=False),
    Column("mac", String(64), nullable=False),
)
protect_append_only(audit)

_NEWEST = select(audit.c.seq, audit.c.ts, audit.c.mac).order_by(audit.c.seq.desc()).limit(1)
_INSERT = insert(audit)

FIRST_MAC = bytes(32)

DOTTED_NAMES = {
    "A-LOGIN-OK": "login.ok",
    "A-ATTEST": "attest.make",
    "A-REPORT-RUN": "report.run",
    "A-REPORT-DOWNLOAD": "export.download",
    "A-ELECT": "election.make",
    "A-CLOCK-SET": "clock.jump",
}
"""Names of some events in the security specification (portal-flow 8)."""


@dataclass(frozen=True, kw_only=True)
class AuditEvent:
    """Something that happened, with the facts of portal-flow section 8. No secrets, e-mail or phone."""

    event: str
    """`A-...` of portal-flow section 8 or SR-AUD-07."""
    outcome: str = "ok"
    """ok, fail or refused."""
    security_time: datetime
    business_time: datetime | None = None
    account: str | None = None
    """Account id, or HMAC of the typed user ID; None: nobody yet."""
    object_ref: str | None = None
    """What it was done to, for example `report:...`."""
    reason: str | None = None
    login_ref: str | None = None
    """Names the login; never its token."""
    client: str | None = None
    """tui, plain, demo or api."""
    state_from: str | None = None
    state_to: str | None = None
    org_ref: str | None = None
    """Organization id and last four digits."""
    report_id: str | None = None
    purpose: str | None = None
    details: Mapping[str, object] = field(default_factory=dict)
    """Whatever else the event's row asks for: text, whole numbers, yes/no, lists of text."""
    ip: str | None = None
    """Source address; None: that of the request being served."""
    rid: str | None = None
    """Request id; None: that of the request being served."""

    def all_details(self) -> dict[str, object]:
        """The optional facts that are set, with `details`."""
        facts = {
            "reason": self.reason,
            "login_ref": self.login_ref,
            "client": self.client,
            "state_from": self.state_from,
            "state_to": self.state_to,
            "org_ref": self.org_ref,
            "report_id": self.report_id,
            "purpose": self.purpose,
            "business_time": None if self.business_time is None else format_business(self.business_time),
        }
        return {**{name: fact for name, fact in facts.items() if fact is not None}, **self.details}


@dataclass(frozen=True)
class AuditRecord:
    """One stored record."""

    seq: int
    """1, 2, 3, ... without gaps."""
    ts: str
    """Security time, UTC, milliseconds, `Z`; never decreases."""
    action: str
    actor: str
    object: str
    outcome: str
    ip: str
    rid: str
    details: Mapping[str, Detail]
    mac: str
    """Hex."""

    def canonical(self) -> bytes:
        """What the chain covers: every field but `mac`, as sorted, tight, ASCII JSON (SR-AUD-02)."""
        fields = {name: value for name, value in vars(self).items() if name != "mac"}
        return canonical_json(fields).encode()


@dataclass(frozen=True)
class AuditCheck:
    """Outcome of a verification."""

    records: int
    """How many were read."""
    broken_at: int | None
    """Sequence number of the first bad record; None: the chain holds."""


_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def canonical_json(value: object) -> str:
    """Sorted keys, separators `,` and `:`, ASCII-escaped; the one spelling of a value in the chain."""
    return _CANONICAL.encode(value)


def chain(key: bytes, previous: bytes, canonical: bytes) -> bytes:
    """`mac_i = HMAC-SHA-256(key, mac_(i-1) + canonical_i)` (SR-AUD-02)."""
    return hmac.digest(key, previous + canonical, "sha256")


def append(conn: Connection, key: bytes, event: AuditEvent) -> AuditRecord:
    """Add the event as the next record, in the caller's transaction, and log it (SR-LOG-03).

    ValueError for a detail that must not be written (a secret's name, a float): the transaction then fails,
    which is meant (SR-ERR-02).
    """
    last = conn.execute(_NEWEST).first()
    draft = AuditRecord(
        seq=last.seq + 1 if last else 1,
        ts=max(timestamp(event.security_time), last.ts if last else ""),
        action=event.event,
        actor=_safe(event.account or ""),
        object=_safe(event.object_ref or ""),
        outcome=event.outcome,
        ip=source_address() if event.ip is None else event.ip,
        rid=request_id() if event.rid is None else event.rid,
        details=_checked(event.all_details()),
        mac="",
    )
    mac = chain(key, bytes.fromhex(last.mac) if last else FIRST_MAC, draft.canonical()).hex()
    record = AuditRecord(**{**vars(draft), "mac": mac})
    conn.execute(_INSERT, {**vars(record), "details": canonical_json(record.details)})
    log(
        record.action,
        actor=record.actor,
        ip=record.ip,
        seq=record.seq,
        object=record.object,
        outcome=record.outcome,
        facts=record.details,
    )
    return record


def records(conn: Connection, *, after: int = 0, limit: int | None = None) -> Iterator[AuditRecord]:
    """Records with a higher sequence number, in order."""
    query = select(audit).where(audit.c.seq > after).order_by(audit.c.seq)
    for row in conn.execute(query if limit is None else query.limit(limit)):
        yield AuditRecord(**{**row._mapping, "details": json.loads(row.details)})


def verify(conn: Connection, key: bytes, *, newest: int | None = None) -> AuditCheck:
    """Check sequence, form and chain of all records, or of the `newest` ones (SR-AUD-05, SR-AUD-06).

    A removed tail shows only against an anchor kept elsewhere.
    """
    start = 0
    previous = FIRST_MAC
    if newest is not None:
        last = conn.execute(select(audit.c.seq).order_by(audit.c.seq.desc()).limit(1)).scalar() or 0
        start = max(0, last - newest)
    if start:
        anchor = conn.execute(select(audit.c.mac).where(audit.c.seq == start)).scalar()
        if anchor is None or not _is_mac(anchor):
            return AuditCheck(0, start)
        previous = bytes.fromhex(anchor)
    expected = start
    for row in conn.execute(select(audit).where(audit.c.seq > start).order_by(audit.c.seq)):
        expected += 1
        found = _sound(dict(row._mapping), key, previous, expected)
        if found is None:
            return AuditCheck(expected - start, expected)
        previous = found
    return AuditCheck(expected - start, None)


def last_instant(conn: Connection) -> datetime | None:
    """Security time of the newest record, part of the high-water mark (RF-15); None: no record."""
    ts = conn.execute(select(audit.c.ts).order_by(audit.c.seq.desc()).limit(1)).scalar()
    return None if ts is None else datetime.fromisoformat(ts)


def timestamp(at: datetime) -> str:
    """UTC with milliseconds and `Z`, as audit and log spell it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _sound(row: dict[str, object], key: bytes, previous: bytes, seq: int) -> bytes | None:
    """The record's mac if it is the expected record, unaltered; else None."""
    try:
        details = json.loads(str(row["details"]))
        if row["seq"] != seq or canonical_json(details) != row["details"]:
            return None
        covered = canonical_json(
            {**{name: value for name, value in row.items() if name != "mac"}, "details": details}
        )
    except (ValueError, TypeError, RecursionError):
        return None
    mac = chain(key, previous, covered.encode())
    return (
        mac if hmac.compare_digest(mac.hex().encode(), str(row["mac"]).encode("utf-8", "replace")) else None
    )


_MAC = re.compile(r"[0-9a-f]{64}")


def _is_mac(text: object) -> bool:
    return isinstance(text, str) and _MAC.fullmatch(text) is not None


def _checked(details: Mapping[str, object]) -> dict[str, Detail]:
    for name in details:
        if is_secret_key(name):
            raise ValueError(f"the audit takes no value called {name!r}")
    return {name: _masked(name, value) for name, value in details.items()}


def _masked(name: str, value: object) -> Detail:
    match value:
        case bool() | None:
            return value
        case str():
            return _safe(value)
        case int():
            return value if len(str(abs(value))) != 9 else _safe(str(value))
        case list() | tuple():
            return [_safe(str(item)) for item in value]
        case _:
            raise ValueError(f"the audit takes no {type(value).__name__} ({name!r})")


def _safe(text: str) -> str:
    """Nine-digit runs masked; a keyed or plain SHA-256 in hex stays, where such a run is chance."""
    return text if _is_mac(text) else mask_numbers(text)
