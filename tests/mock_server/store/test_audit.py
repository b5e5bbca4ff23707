"""The audit trail and its chain (SR-AUD-01 to SR-AUD-06, portal-flow 8)."""

import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.dml import UpdateBase

from mock_server.clocks import SCENARIOS
from mock_server.logs import serving
from mock_server.store import audit
from mock_server.store.audit import AuditCheck, AuditEvent, AuditRecord
from mock_server.store.database import Database

KEY = bytes(range(32))
NOW = datetime(2026, 3, 1, 12, 0, 0, 123_456, tzinfo=UTC)
COLUMNS = ("seq", "ts", "action", "actor", "object", "outcome", "ip", "rid", "details", "mac")


@pytest.fixture
def database() -> Iterator[Database]:
    opened = Database(":memory:", busy_timeout_ms=100)
    yield opened
    opened.close()


def event(name: str = "A-LOGIN-OK", **facts: Any) -> AuditEvent:
    return AuditEvent(**{"event": name, "security_time": NOW, **facts})


def append(database: Database, *events: AuditEvent) -> list[AuditRecord]:
    return database.write_now(lambda conn: [audit.append(conn, KEY, one) for one in events])


def verify(database: Database, newest: int | None = None) -> AuditCheck:
    return database.read_now(lambda conn: audit.verify(conn, KEY, newest=newest))


RECORD_1 = AuditRecord(
    seq=1, ts="2020-01-02T03:04:05.678Z", action="login.ok", actor="acct:7", object="session:1", outcome="ok",
    ip="127.0.0.1", rid="r-1", details={},
    mac="01231398b4d9da13bf7b9e244400387eb2d08107f1b224cf92ab5f6be0f71d03",
)  # fmt: skip
RECORD_2 = AuditRecord(
    seq=2, ts="2020-01-02T03:05:00.000Z", action="submission.submit", actor="acct:7", object="submission:42",
    outcome="ok", ip="127.0.0.1", rid="r-2", details={"version": 3},
    mac="5ecaf66d6805242ffe94feb20b1852800494192785ebd5bc2290a90ad47a87bc",
)  # fmt: skip


@pytest.mark.sr("SR-AUD-02")
def test_vector_7_5_two_records() -> None:
    assert RECORD_1.canonical() == (
        b'{"action":"login.ok","actor":"acct:7","details":{},"ip":"127.0.0.1","object":"session:1",'
        b'"outcome":"ok","rid":"r-1","seq":1,"ts":"2020-01-02T03:04:05.678Z"}'
    )
    first = audit.chain(KEY, audit.FIRST_MAC, RECORD_1.canonical())
    assert first.hex() == RECORD_1.mac
    assert audit.chain(KEY, first, RECORD_2.canonical()).hex() == RECORD_2.mac


@pytest.mark.sr("SR-AUD-02")
def test_vector_7_5_written_through_the_trail(database: Database) -> None:
    vectors = [
        AuditEvent(
            event=record.action, security_time=datetime.fromisoformat(record.ts), account=record.actor,
            object_ref=record.object, ip=record.ip, rid=record.rid, details=record.details,
        )
        for record in (RECORD_1, RECORD_2)
    ]  # fmt: skip

    assert append(database, *vectors) == [RECORD_1, RECORD_2]
    assert database.read_now(lambda conn: list(audit.records(conn))) == [RECORD_1, RECORD_2]


@pytest.mark.sr("SR-AUD-01")
def test_a_record_carries_the_facts_of_section_8(database: Database) -> None:
    with serving("rid-of-the-request", "127.0.0.1"):
        [record] = append(
            database,
            event(
                "A-REPORT-RUN", account="7", login_ref="12", client="tui", state_from="S-RUN",
                state_to="S-BUSY", org_ref="O-01:4802", report_id="R-PQRS-2011", purpose="1",
                object_ref="report:x",
                business_time=SCENARIOS["SC-2018"], details={"rows": 12, "formats": ["csv"], "late": False},
            ),
        )  # fmt: skip

    assert (record.seq, record.ts, record.action) == (1, "2026-03-01T12:00:00.123Z", "A-REPORT-RUN")
    assert (record.actor, record.object, record.outcome) == ("7", "report:x", "ok")
    assert (record.rid, record.ip) == ("rid-of-the-request", "127.0.0.1")
    assert record.details == {
        "login_ref": "12", "client": "tui", "state_from": "S-RUN", "state_to": "S-BUSY",
        "org_ref": "O-01:4802", "report_id": "R-PQRS-2011", "purpose": "1",
        "business_time": "2018-10-01 10:00 ET",
        "rows": 12, "formats": ["csv"], "late": False,
    }  # fmt: skip


@pytest.mark.sr("SR-AUD-01")
def test_sr_aud_01_a_record_lives_and_dies_with_its_effect(database: Database) -> None:
    def effect_fails(conn: Any) -> None:
        audit.append(conn, KEY, event())
        raise RuntimeError

    with pytest.raises(RuntimeError):
        database.write_now(effect_fails)

    [record] = append(database, event())
    assert record.seq == 1
    assert verify(database) == AuditCheck(1, None)


@pytest.mark.sr("SR-PII-01")
@pytest.mark.parametrize(
    ("value", "stored"),
    [
        ("000456789", "XXXXX6789"),
        ("tin 00-0456789 or 000-45-6789.", "tin XXXXX6789 or XXXXX6789."),
        (["000456789"], ["XXXXX6789"]),
        (123456789, "XXXXX6789"),
        ("9876543210", "9876543210"),
        ("a123456789" + "g" * 54, "aXXXXX6789" + "g" * 54),
        ("a123456789" + "b" * 54, "a123456789" + "b" * 54),  # a SHA-256 in hex
    ],
)
def test_taxpayer_numbers_are_masked(database: Database, value: object, stored: object) -> None:
    [record] = append(database, event(details={"search": value}))

    assert record.details["search"] == stored


@pytest.mark.sr("SR-AUD-01")
@pytest.mark.parametrize("name", ["password", "code", "flow_token", "totp-secret", "Authorization"])
def test_a_secret_cannot_be_audited(database: Database, name: str) -> None:
    with pytest.raises(ValueError, match="takes no value"):
        append(database, event(details={name: "canary"}))
    assert verify(database) == AuditCheck(0, None)


@pytest.mark.parametrize("value", [1.5, {"a": 1}, object()])
def test_only_plain_values_can_be_audited(database: Database, value: object) -> None:
    with pytest.raises(ValueError, match="takes no"):
        append(database, event(details={"x": value}))


@pytest.mark.sr("RF-15")
def test_rf_15_the_time_of_records_never_decreases(database: Database) -> None:
    first, second = append(database, event(), event(security_time=NOW - timedelta(days=1)))

    assert first.ts == second.ts
    assert database.read_now(audit.last_instant) == datetime(2026, 3, 1, 12, 0, 0, 123_000, tzinfo=UTC)


@pytest.mark.sr("SR-AUD-03")
@pytest.mark.parametrize("statement", [update(audit.audit).values(actor="x"), delete(audit.audit)])
def test_sr_aud_03_the_database_itself_refuses_changes(database: Database, statement: UpdateBase) -> None:
    append(database, event())
    with pytest.raises(IntegrityError, match="append-only"):
        database.write_now(lambda conn: conn.execute(statement))
    assert verify(database) == AuditCheck(1, None)


class TestTampering:
    """SR-AUD-05: somebody with the file, but not the key, edits it behind the triggers' back."""

    RECORDS = 30

    @pytest.fixture(scope="class")
    def original(self, tmp_path_factory: pytest.TempPathFactory) -> Path:
        path = tmp_path_factory.mktemp("audit") / "portal.sqlite"
        database = Database(path, busy_timeout_ms=100)
        append(
            database,
            *(
                event(
                    account=str(n), object_ref=f"report:{n}", ip="127.0.0.1", rid=f"r-{n}", details={"n": n}
                )
                for n in range(self.RECORDS)
            ),
        )
        database.close()
        return path

    def verdict(self, original: Path, tmp_path: Path, script: str) -> int | None:
        path = tmp_path / "edited.sqlite"
        path.write_bytes(original.read_bytes())
        with sqlite3.connect(path) as connection:
            connection.executescript(f"DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; {script};")
        connection.close()
        database = Database(path, busy_timeout_ms=100)
        try:
            return verify(database).broken_at
        finally:
            database.close()

    @pytest.mark.sr("SR-AUD-05")
    @pytest.mark.parametrize("column", COLUMNS)
    def test_every_edit_of_every_record_is_found(self, original: Path, tmp_path: Path, column: str) -> None:
        changed = "seq + 1000" if column == "seq" else f"{column} || ' '"
        for seq in range(1, self.RECORDS + 1):
            edit = f"UPDATE audit SET {column} = {changed} WHERE seq = {seq}"
            assert self.verdict(original, tmp_path, edit) == seq

    @pytest.mark.sr("SR-AUD-05")
    def test_a_removed_an_inserted_and_a_swapped_record_are_found(
        self, original: Path, tmp_path: Path
    ) -> None:
        edits = {
            5: "DELETE FROM audit WHERE seq = 5",
            1: "DELETE FROM audit WHERE seq = 1",
            9: "UPDATE audit SET seq = CASE seq WHEN 9 THEN -10 ELSE -9 END WHERE seq IN (9, 10)",
            31: "INSERT INTO audit SELECT 31, ts, action, actor, object, outcome, ip, rid, details, mac"
            " FROM audit WHERE seq = 30",
        }
        for seq, edit in edits.items():
            script = f"{edit}; UPDATE audit SET seq = -seq WHERE seq < 0"
            assert self.verdict(original, tmp_path, script) == seq

    def test_an_edit_with_another_key_s_mac_is_found(self, original: Path, tmp_path: Path) -> None:
        other = audit.chain(b"x" * 32, audit.FIRST_MAC, b"{}").hex()
        edit = f"UPDATE audit SET mac = '{other}' WHERE seq = 30"

        assert self.verdict(original, tmp_path, edit) == 30

    def test_untouched_it_holds(self, original: Path, tmp_path: Path) -> None:
        assert self.verdict(original, tmp_path, "") is None


@pytest.mark.sr("SR-AUD-06")
@pytest.mark.parametrize("newest", [1, 7, 20, 21, 1000])
def test_sr_aud_06_the_newest_records_can_be_checked_alone(database: Database, newest: int) -> None:
    append(database, *(event() for _ in range(20)))

    assert verify(database, newest) == AuditCheck(min(newest, 20), None)


def test_an_empty_trail_holds(database: Database) -> None:
    assert verify(database) == verify(database, 1000) == AuditCheck(0, None)
    assert database.read_now(audit.last_instant) is None


@settings(max_examples=30)
@given(
    st.lists(
        st.dictionaries(st.sampled_from("abc"), st.text() | st.integers() | st.booleans() | st.none()),
        max_size=8,
    )
)
def test_random_histories_verify_and_read_back(histories: list[dict[str, object]]) -> None:
    database = Database(":memory:", busy_timeout_ms=100)
    try:
        written = append(database, *(event(details=details) for details in histories))
        assert verify(database) == AuditCheck(len(histories), None)
        assert database.read_now(lambda conn: list(audit.records(conn))) == written
        count = len(database.read_now(lambda conn: conn.execute(select(audit.audit.c.seq)).all()))
        assert count == len(histories)
    finally:
        database.close()


def test_the_order_of_details_does_not_matter() -> None:
    pairs = [("a", 1), ("b", True), ("c", None), ("d", "é")]
    random.Random(1).shuffle(pairs)

    assert audit.canonical_json(dict(pairs)) == '{"a":1,"b":true,"c":null,"d":"\\u00e9"}'
