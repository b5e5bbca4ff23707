"""The database: one writer thread, a few readers, typed errors (RF-S1 to RF-S3).

Work is a plain function of a connection, so a transaction reads as one. All writes run on one thread, each in
its own transaction that is committed before `write` returns; that makes counters, the audit chain and two
racing sign-ins simple. A database in memory has one connection, which then serves reads too.
"""

import asyncio
import contextvars
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, MetaData, create_engine, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool

from mock_server.store import sqlite
from mock_server.store.errors import (
    StorageBroken,
    StorageBusy,
    StorageError,
    StorageFull,
    StoreReadOnly,
    StoreUnusable,
)
from mock_server.store.group_commit import GroupCommit

__all__ = [
    "Database",
    "StorageBroken",
    "StorageBusy",
    "StorageError",
    "StorageFull",
    "StoreReadOnly",
    "StoreUnusable",
    "metadata",
]

metadata = MetaData()
"""All tables of the store; modules that define one must be imported before a `Database` is opened."""

READERS = 2

T = TypeVar("T")


class Database:
    """An open database; raises `StoreUnusable` when it cannot be opened or was not made by this version."""

    def __init__(self, url: str | Path, *, busy_timeout_ms: int) -> None:
        """`url`: a path, `:memory:`, or a SQLAlchemy URL. Creates missing files and tables."""
        address = make_url(_as_url(url))
        self._sqlite = address.get_backend_name() == "sqlite"
        memory = self._sqlite and address.database in (None, "", ":memory:")
        self.path = Path(address.database) if self._sqlite and not memory and address.database else None
        """The SQLite file; None in memory or on another engine."""
        self._read_only: str | None = None
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="db-writer")
        self._readers = (
            self._writer if memory else ThreadPoolExecutor(READERS, thread_name_prefix="db-reader")
        )
        self._lock = threading.Lock()
        fresh = self.path is None or _open_file(self.path)
        self._write_engine = self._engine(address, busy_timeout_ms, writer=True, memory=memory)
        self._read_engine = (
            self._write_engine
            if memory
            else self._engine(address, busy_timeout_ms, writer=False, memory=False)
        )
        self._group = GroupCommit(self._write_engine, self._writer, self._in_transaction)
        try:
            self._submit(self._writer, lambda: self._create_schema(fresh=fresh)).result()
        except StorageError as error:
            self.close()
            raise StoreUnusable(f"The database cannot be used now ({type(error).__name__}).") from error
        except BaseException:
            self.close()
            raise

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` as one transaction on the writer thread; committed when this returns (RF-S3).

        What waits at the same time shares the commit (`group_commit`).

        Any exception of `work` rolls back and passes through; driver errors become `StorageError`s.
        """
        return await asyncio.wrap_future(self._write(work))

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work` on a reader thread against one consistent snapshot; it cannot write."""
        return await asyncio.wrap_future(self._submit(self._readers, lambda: self._in_snapshot(work)))

    def write_now(self, work: Callable[[Connection], T]) -> T:
        """`write` for start-up and tests without an event loop; blocks."""
        return self._write(work).result()

    def read_now(self, work: Callable[[Connection], T]) -> T:
        """`read` for start-up and tests without an event loop; blocks."""
        return self._submit(self._readers, lambda: self._in_snapshot(work)).result()

    @property
    def read_only(self) -> str | None:
        """Why writes are refused until a restart (RF-07, SR-AUD-06); None: they are not."""
        return self._read_only

    def refuse_writes(self, reason: str) -> None:
        """Turn read-only until a restart."""
        with self._lock:
            self._read_only = self._read_only or reason

    def close(self) -> None:
        """Finish running work, fold the write-ahead log into the file, close; harmless when done twice."""
        self._readers.shutdown(wait=True)
        try:
            closing = self._submit(self._writer, self._dispose)
        except RuntimeError:
            return  # closed before
        closing.result()
        self._writer.shutdown(wait=True)

    def _engine(self, address: Any, busy_timeout_ms: int, *, writer: bool, memory: bool) -> Engine:
        size = 1 if writer else READERS
        options: dict[str, Any] = {"poolclass": QueuePool, "pool_size": size, "max_overflow": 0}
        if memory:
            options = {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}
        # hide_parameters: bound values (hashes, names) must not reach error texts and logs (SR-LOG-02)
        engine = create_engine(address, hide_parameters=True, **options)
        if self._sqlite:
            sqlite.set_up(engine, busy_timeout_ms=busy_timeout_ms, writer=writer)
        return engine

    def _create_schema(self, *, fresh: bool) -> None:
        with self._typed_errors(), self._write_engine.begin() as connection:
            metadata.create_all(connection)
            if self._sqlite and fresh:
                sqlite.mark_as_ours(connection)

    def _write(self, work: Callable[[Connection], T]) -> "Future[T]":
        if self._read_only is not None:
            raise StoreReadOnly(self._read_only)
        return self._group.submit(work)

    def _in_transaction(self, work: Callable[[Connection], T]) -> T:
        if self._read_only is not None:
            raise StoreReadOnly(self._read_only)
        with self._typed_errors(), self._write_engine.begin() as connection:
            return work(connection)

    def _in_snapshot(self, work: Callable[[Connection], T]) -> T:
        with self._typed_errors(writing=False), self._read_engine.connect() as connection:
            if self._read_engine is not self._write_engine:
                return work(connection)
            with sqlite.only_reading(connection):
                return work(connection)

    def _dispose(self) -> None:
        if self.path is not None and self._read_only is None:
            # where it fails, the log stays beside the file and is folded in at the next start
            with suppress(sqlite3.Error):
                sqlite.checkpoint(self._write_engine)
        self._write_engine.dispose()
        self._read_engine.dispose()

    @contextmanager
    def _typed_errors(self, *, writing: bool = True) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            kind = sqlite.storage_error(error.orig, writing=writing)
            if kind is None:
                raise
            if issubclass(kind, StorageBroken):
                self.refuse_writes("database")
            raise kind(type(error).__name__) from error

    @staticmethod
    def _submit(pool: ThreadPoolExecutor, work: Callable[[], T]) -> "Future[T]":
        """Hand work to a thread together with the caller's context (the request id of log lines)."""
        return pool.submit(contextvars.copy_context().run, work)


def _open_file(path: Path) -> bool:
    """Whether the file is new and needs its tables and marks."""
    sqlite.prepare_file(path)
    return sqlite.open_file(path)


def _as_url(url: str | Path) -> str:
    text = str(url)
    if "://" in text:
        return text
    return "sqlite://" if text == ":memory:" else f"sqlite:///{Path(text).absolute()}"
