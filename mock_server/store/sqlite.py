"""Everything that is SQLite's own: pragmas, transactions, triggers, file checks, error codes (RF-S1).

No other module writes SQL that another engine would refuse. The driver's own transaction handling is switched
off, so that each transaction starts with the BEGIN that is written here.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from sqlalchemy import DDL, Connection, Engine, Table, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from mock_server.store.errors import StorageBroken, StorageBusy, StorageError, StorageFull, StoreUnusable

APPLICATION_ID = 0x71504F52
"""Marks the file as ours (`qPOR`)."""
SCHEMA_VERSION = 2

_NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "afs", "ceph"})


def prepare_file(path: Path) -> None:
    """Create the database file readable by its owner only (SR-CFG-06); WAL and SHM files follow its mode."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if _file_system(path.parent) in _NETWORK_FILE_SYSTEMS:
        raise StoreUnusable(
            f"{path} is on a network file system, where SQLite can lose data. Use a local folder."
        )
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreUnusable(f"Cannot open the database {path}: {error.strerror}.") from error


def _file_system(folder: Path) -> str:
    """Type of the mounted file system that holds the folder; empty where the system does not tell."""
    try:
        mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text().splitlines()]
    except OSError:
        return ""
    resolved = folder.resolve()
    holding = [(len(point), kind) for point, kind in mounts if resolved.is_relative_to(point)]
    return max(holding, default=(0, ""))[1]


def set_up(engine: Engine, *, busy_timeout_ms: int, writer: bool) -> None:
    """Give each connection of the engine the pragmas of RF-S1 and explicit transactions."""

    @event.listens_for(engine, "connect")
    def on_connect(dbapi: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        raw = cast("sqlite3.Connection", dbapi)
        raw.isolation_level = None
        raw.execute(f"PRAGMA busy_timeout={int(busy_timeout_ms)}")
        raw.execute("PRAGMA foreign_keys=ON")
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute("PRAGMA trusted_schema=OFF")
        if writer:
            _use_write_ahead_log(raw)
        else:
            raw.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")


def protect_append_only(table: Table) -> None:
    """Make UPDATE and DELETE on the table fail in the database itself (SR-AUD-03)."""
    for verb in ("UPDATE", "DELETE"):
        trigger = DDL(  # type: ignore[no-untyped-call]
            f"CREATE TRIGGER {table.name}_no_{verb.lower()} BEFORE {verb} ON {table.name} "
            f"BEGIN SELECT RAISE(ABORT, '{table.name} is append-only'); END"
        )
        event.listen(table, "after_create", trigger.execute_if(dialect="sqlite"))


def open_file(path: Path) -> bool:
    """Whether the file still needs its tables; refuses a damaged, foreign or newer one (RF-16, RF-26).

    Nothing is written here, so a refused file stays as it was.
    """
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)
    try:
        connection.execute("PRAGMA query_only=ON")
        if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0:
            return True
        _check_content(connection, path)
    except sqlite3.OperationalError as error:
        if _primary_code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise StoreUnusable(f"{path} is locked by another program. Close it and try again.") from error
        raise StoreUnusable(_damaged(path)) from error
    except sqlite3.DatabaseError as error:
        raise StoreUnusable(_damaged(path)) from error
    finally:
        connection.close()
    return False


def _check_content(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise StoreUnusable(f"{path} is not a database of this program. Give another path.")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version != SCHEMA_VERSION:
        age = "a newer" if version > SCHEMA_VERSION else "an older"
        raise StoreUnusable(
            f"{path} was made by {age} version of this program (schema {version}, needed {SCHEMA_VERSION})."
        )
    sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    if not sound or connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise StoreUnusable(_damaged(path))


def _damaged(path: Path) -> str:
    return f"The database {path} is damaged. Move it away to start with a new one, or restore a copy of it."


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    if mode not in ("wal", "memory"):
        raise StoreUnusable(f"The database cannot use write-ahead logging here (it stays in mode {mode}).")


def mark_as_ours(connection: Connection) -> None:
    """Set application id and schema version, in the transaction that creates the tables."""
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION}")


def checkpoint(engine: Engine) -> None:
    """Fold the write-ahead log into the file (RF-04); sqlite3 errors pass through."""
    raw = engine.raw_connection()  # no `begin` event: a checkpoint cannot run inside a transaction
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        raw.close()


def _primary_code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


_WRITE_ERRORS = frozenset({sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE})
"""I/O errors that a full disk or a file size limit causes (RF-05)."""

_BY_CODE: dict[int, type[StorageError]] = {
    sqlite3.SQLITE_FULL: StorageFull,
    sqlite3.SQLITE_BUSY: StorageBusy,
    sqlite3.SQLITE_LOCKED: StorageBusy,
    sqlite3.SQLITE_IOERR: StorageBroken,
    sqlite3.SQLITE_CORRUPT: StorageBroken,
    sqlite3.SQLITE_NOTADB: StorageBroken,
    sqlite3.SQLITE_CANTOPEN: StorageBroken,
}
_BY_CODE_WRITING = {**_BY_CODE, sqlite3.SQLITE_READONLY: StorageBroken}
"""On a reader SQLITE_READONLY is a mistake of the caller and passes through as it is."""


def storage_error(error: BaseException | None, *, writing: bool) -> type[StorageError] | None:
    """The typed error for a driver error; None: not about storage (a constraint, a programming error)."""
    if not isinstance(error, sqlite3.Error):
        return None
    if getattr(error, "sqlite_errorcode", 0) in _WRITE_ERRORS:
        return StorageFull
    return (_BY_CODE_WRITING if writing else _BY_CODE).get(_primary_code(error))


@contextmanager
def only_reading(connection: Connection) -> Iterator[None]:
    """Refuse writes on a connection that is shared with the writer (databases in memory)."""
    connection.exec_driver_sql("PRAGMA query_only=ON")
    try:
        yield
    finally:
        connection.exec_driver_sql("PRAGMA query_only=OFF")
