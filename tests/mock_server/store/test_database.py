"""The database: transactions, threads, typed errors, files (RF-S1 to RF-S3, RF-05, RF-06, RF-16)."""

import asyncio
import sqlite3
import stat
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, Integer, String, Table, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from mock_server.logs import request_id, serving
from mock_server.store import sqlite
from mock_server.store.database import (
    Database,
    StorageBroken,
    StorageBusy,
    StorageFull,
    StoreReadOnly,
    StoreUnusable,
    metadata,
)

notes = Table(
    "test_note", metadata, Column("id", Integer, primary_key=True), Column("text", String, nullable=False)
)

Open = Callable[..., Database]


@pytest.fixture
def open_database() -> Iterator[Open]:
    opened: list[Database] = []

    def open_one(url: str | Path, busy_timeout_ms: int = 5000) -> Database:
        opened.append(Database(url, busy_timeout_ms=busy_timeout_ms))
        return opened[-1]

    yield open_one
    for database in opened:
        database.close()


@pytest.fixture(params=["file", "memory"])
def database(request: pytest.FixtureRequest, tmp_path: Path, open_database: Open) -> Database:
    return open_database(":memory:" if request.param == "memory" else tmp_path / "portal.sqlite")


def add(text: str) -> Callable[[Connection], None]:
    def work(conn: Connection) -> None:
        conn.execute(insert(notes).values(text=text))

    return work


def texts(conn: Connection) -> list[str]:
    return list(conn.execute(select(notes.c.text).order_by(notes.c.id)).scalars())


@pytest.mark.sr("RF-S3")
async def test_rf_s3_a_write_can_be_read_once_it_returned(database: Database) -> None:
    await database.write(add("one"))
    database.write_now(add("two"))

    assert await database.read(texts) == database.read_now(texts) == ["one", "two"]


@pytest.mark.sr("RF-S2")
async def test_rf_s2_a_failing_write_leaves_nothing(database: Database) -> None:
    def half(conn: Connection) -> None:
        add("half")(conn)
        raise LookupError("later step")

    with pytest.raises(LookupError, match="later step"):
        await database.write(half)

    assert await database.read(texts) == []


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(OperationalError):
        await database.read(add("sly"))

    assert await database.read(texts) == []
    await database.write(add("open"))  # and the writer still can


async def test_a_broken_constraint_is_the_caller_s_own_error(database: Database) -> None:
    with pytest.raises(IntegrityError) as refused:
        await database.write(lambda conn: conn.execute(insert(notes), {"id": 1, "text": None}))

    assert "canary" not in str(refused.value)
    assert database.read_only is None


async def test_bound_values_do_not_reach_error_texts(database: Database) -> None:
    with pytest.raises(IntegrityError) as refused:
        await database.write(lambda conn: conn.execute(insert(notes), [{"id": 1, "text": "canary"}] * 2))

    assert "canary" not in str(refused.value)


@pytest.mark.sr("RF-S1")
async def test_rf_s1_all_writes_run_on_one_thread_and_none_is_lost(database: Database) -> None:
    threads: set[int] = set()

    def count_up(conn: Connection) -> None:
        threads.add(threading.get_ident())
        add(str(len(texts(conn))))(conn)

    await asyncio.gather(*(database.write(count_up) for _ in range(40)))

    assert await database.read(texts) == [str(n) for n in range(40)]
    assert len(threads) == 1
    assert threading.get_ident() not in threads


@pytest.mark.sr("RF-S1")
async def test_rf_s1_pragmas_hold_on_every_connection(tmp_path: Path, open_database: Open) -> None:
    database = open_database(tmp_path / "portal.sqlite")
    names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")

    def pragmas(conn: Connection) -> list[object]:
        return [conn.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]

    assert await database.write(pragmas) == ["wal", 2, 1, 5000]
    assert await asyncio.gather(*(database.read(pragmas) for _ in range(6))) == [["wal", 2, 1, 5000]] * 6


async def test_a_reader_sees_one_state_however_long_it_reads(tmp_path: Path, open_database: Open) -> None:
    database = open_database(tmp_path / "portal.sqlite")
    await database.write(add("one"))
    started, go_on = threading.Event(), threading.Event()

    def read_twice(conn: Connection) -> tuple[list[str], list[str]]:
        first = texts(conn)
        started.set()
        go_on.wait(5)
        return first, texts(conn)

    reading = asyncio.create_task(database.read(read_twice))
    await asyncio.to_thread(started.wait, 5)
    await database.write(add("two"))
    go_on.set()

    assert await reading == (["one"], ["one"])


async def test_the_request_id_is_known_inside_a_transaction(database: Database) -> None:
    with serving("abc"):
        assert await database.write(lambda _: request_id()) == "abc"
        assert await database.read(lambda _: request_id()) == "abc"
    assert await database.read(lambda _: request_id()) == ""


@pytest.mark.sr("SR-CFG-06")
def test_sr_cfg_06_files_are_the_owner_s_alone(tmp_path: Path, open_database: Open) -> None:
    path = tmp_path / "data" / "portal.sqlite"
    database = open_database(path)
    database.write_now(add("one"))

    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == {"portal.sqlite": 0o600, "portal.sqlite-wal": 0o600, "portal.sqlite-shm": 0o600}


@pytest.mark.sr("RF-04")
def test_rf_04_closing_folds_the_write_ahead_log_into_the_file(tmp_path: Path, open_database: Open) -> None:
    path = tmp_path / "portal.sqlite"
    database = open_database(path)
    database.write_now(add("one"))
    database.close()
    database.close()

    assert [file.name for file in tmp_path.iterdir()] == ["portal.sqlite"]
    assert open_database(path).read_now(texts) == ["one"]


@pytest.mark.sr("RF-05")
def test_rf_05_a_full_disk_is_typed_undone_and_forgotten(database: Database) -> None:
    database.write_now(add("one"))
    pages = database.read_now(lambda conn: conn.exec_driver_sql("PRAGMA page_count").scalar())
    database.write_now(lambda conn: conn.exec_driver_sql(f"PRAGMA max_page_count={pages}").scalar())

    with pytest.raises(StorageFull):
        database.write_now(lambda conn: [add("x" * 3000)(conn) for _ in range(20)])
    assert database.read_now(texts) == ["one"]

    database.write_now(lambda conn: conn.exec_driver_sql("PRAGMA max_page_count=100000").scalar())
    database.write_now(add("two"))
    assert database.read_now(texts) == ["one", "two"]
    assert database.read_only is None


@pytest.mark.sr("RF-06")
async def test_rf_06_a_lock_of_another_process_is_waited_for_then_refused(
    tmp_path: Path, open_database: Open
) -> None:
    path = tmp_path / "portal.sqlite"
    database = open_database(path, 300)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    started = time.monotonic()
    with pytest.raises(StorageBusy):
        await database.write(add("refused"))
    assert time.monotonic() - started > 0.2

    waiting = asyncio.create_task(database.write(add("waited")))
    await asyncio.sleep(0.05)
    other.execute("ROLLBACK")
    other.close()
    await waiting
    assert await database.read(texts) == ["waited"]


@pytest.mark.sr("RF-07")
def test_rf_07_after_damage_nothing_is_written_until_a_restart(database: Database) -> None:
    def damaged(_: Connection) -> None:
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise OperationalError("SELECT 1", {}, error)

    with pytest.raises(StorageBroken):
        database.write_now(damaged)
    with pytest.raises(StoreReadOnly):
        database.write_now(add("later"))
    assert database.read_now(texts) == []
    assert database.read_only == "database"


@pytest.mark.sr("RF-05")
@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_FULL, StorageFull),
        (sqlite3.SQLITE_IOERR_WRITE, StorageFull),
        (sqlite3.SQLITE_BUSY, StorageBusy),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, StorageBusy),
        (sqlite3.SQLITE_IOERR_FSYNC, StorageBroken),
        (sqlite3.SQLITE_CORRUPT, StorageBroken),
        (sqlite3.SQLITE_NOTADB, StorageBroken),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, None),
    ],
)
def test_each_driver_error_has_its_type(code: int, kind: type[Exception] | None) -> None:
    error = sqlite3.OperationalError()
    error.sqlite_errorcode = code

    assert sqlite.storage_error(error, writing=True) is kind
    assert sqlite.storage_error(ValueError(), writing=True) is None


class TestOpening:
    """RF-16, RF-26: a file that is not ours, of another version or damaged is refused and left alone."""

    @pytest.fixture
    def path(self, tmp_path: Path, open_database: Open) -> Path:
        path = tmp_path / "portal.sqlite"
        database = open_database(path)
        for n in range(200):
            database.write_now(add(f"{n} " + "x" * 200))
        database.close()
        return path

    def refused(self, path: Path) -> str:
        before = path.read_bytes()
        with pytest.raises(StoreUnusable) as refused:
            Database(path, busy_timeout_ms=100)
        assert path.read_bytes() == before
        return str(refused.value)

    def test_a_damaged_page(self, path: Path) -> None:
        content = bytearray(path.read_bytes())
        content[4096 * 3 : 4096 * 5] = b"\xa5" * (4096 * 2)
        path.write_bytes(content)

        assert "damaged" in self.refused(path)

    def test_a_cut_file(self, path: Path) -> None:
        path.write_bytes(path.read_bytes()[:5000])

        assert "damaged" in self.refused(path)

    def test_something_else_altogether(self, tmp_path: Path) -> None:
        path = tmp_path / "letter.txt"
        path.write_bytes(b"Dear Sir or Madam, " * 100)

        assert "damaged" in self.refused(path)

    def test_a_database_of_another_program(self, tmp_path: Path) -> None:
        path = tmp_path / "other.sqlite"
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE bookmarks (url TEXT)")
        other.close()

        assert "not a database of this program" in self.refused(path)

    @pytest.mark.parametrize(("version", "word"), [(sqlite.SCHEMA_VERSION + 1, "newer"), (0, "older")])
    def test_another_version(self, path: Path, version: int, word: str) -> None:
        with sqlite3.connect(path) as other:
            other.execute(f"PRAGMA user_version={version}")
        other.close()

        assert word in self.refused(path)

    def test_a_folder_that_cannot_be_used(self, tmp_path: Path) -> None:
        with pytest.raises(StoreUnusable):
            Database(tmp_path, busy_timeout_ms=100)

    def test_an_empty_file_is_a_new_database(self, tmp_path: Path, open_database: Open) -> None:
        path = tmp_path / "portal.sqlite"
        path.touch()

        assert open_database(path).read_now(texts) == []

    def test_a_file_whose_creation_was_interrupted_is_a_new_database(
        self, tmp_path: Path, open_database: Open
    ) -> None:
        path = tmp_path / "portal.sqlite"
        interrupted = sqlite3.connect(path)
        interrupted.execute("PRAGMA journal_mode=WAL")
        interrupted.close()

        open_database(path).close()
        assert open_database(path).read_now(texts) == []

    def test_one_that_another_program_holds(self, path: Path) -> None:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnusable):
            Database(path, busy_timeout_ms=50)
        other.close()
