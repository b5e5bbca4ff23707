"""A server that is killed while it writes (RF-01): what it acknowledged is there, nothing by half."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from mock_server.store import audit
from mock_server.store.database import Database

KEY = bytes(range(32))
ROOT = Path(__file__).parents[3]

WRITER = """
import sys
from datetime import UTC, datetime
from sqlalchemy import text
from mock_server.store import audit
from mock_server.store.database import Database

database = Database(sys.argv[1], busy_timeout_ms=1000)
create = text("CREATE TABLE IF NOT EXISTS effect (n INTEGER PRIMARY KEY)")
database.write_now(lambda conn: conn.execute(create))
first = database.read_now(lambda conn: conn.execute(text("SELECT count(*) FROM effect")).scalar())

def work(n):
    def both(conn):
        conn.execute(text("INSERT INTO effect VALUES (:n)"), {"n": n})
        event = audit.AuditEvent(event="A-TEST", security_time=datetime.now(UTC), object_ref=f"effect:{n}")
        audit.append(conn, bytes(range(32)), event)
    return both

for n in range(first, 1_000_000):
    database.write_now(work(n))
    print(n, flush=True)
"""


@pytest.mark.sr("RF-01")
def test_rf_01_a_killed_writer_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "portal.sqlite"
    for acknowledged in (1, 40, 130):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        ) as writer:
            assert writer.stdout is not None
            last = [writer.stdout.readline() for _ in range(acknowledged)][-1]
            writer.kill()
            told = [last, *writer.stdout.readlines()]

        database = Database(path, busy_timeout_ms=1000)
        effects = database.read_now(
            lambda conn: conn.execute(text("SELECT n FROM effect ORDER BY n")).scalars().all()
        )
        check = database.read_now(lambda conn: audit.verify(conn, KEY))
        records = database.read_now(lambda conn: [record.object for record in audit.records(conn)])
        database.close()

        acknowledged_last = int([line for line in told if line.endswith("\n")][-1])
        assert list(effects) == list(range(len(effects)))
        assert len(effects) > acknowledged_last
        assert records == [f"effect:{n}" for n in effects]
        assert check == audit.AuditCheck(len(effects), None)
        with sqlite3.connect(path) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        raw.close()
