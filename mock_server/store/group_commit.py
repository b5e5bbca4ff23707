"""Many small transactions, one commit: what waits while the disk syncs goes into the next commit together.

Each piece of work is a savepoint of its own, so it succeeds or fails alone; nobody is answered before the
common commit returned (RF-S3). A durable commit costs milliseconds whatever is in it, so a class that signs
in at once waits for a few commits instead of hundreds. When the database fails, each is tried again alone.
"""

import contextvars
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

LARGEST_GROUP = 64

T = TypeVar("T")
Work = Callable[[Connection], Any]


@dataclass(frozen=True, slots=True)
class _Waiting:
    work: Work
    future: "Future[Any]"
    context: contextvars.Context
    """The caller's, for the request id of log lines and audit records."""

    def run(self, connection: Connection) -> Any:
        return self.context.copy().run(self.work, connection)


@dataclass(frozen=True, slots=True)
class _Outcome:
    value: Any = None
    error: BaseException | None = None

    def tell(self, future: "Future[Any]") -> None:
        if self.error is not None:
            future.set_exception(self.error)
        else:
            future.set_result(self.value)


class GroupCommit:
    """The queue in front of the writer thread."""

    def __init__(self, engine: Engine, writer: ThreadPoolExecutor, alone: Callable[[Work], Any]) -> None:
        """`alone` runs one piece in its own transaction, with typed errors."""
        self._engine = engine
        self._writer = writer
        self._alone = alone
        self._waiting: deque[_Waiting] = deque()

    def submit(self, work: Callable[[Connection], T]) -> "Future[T]":
        """Queue a piece of work; its future is done after the commit that contains it."""
        future: Future[T] = Future()
        self._waiting.append(_Waiting(work, future, contextvars.copy_context()))
        self._writer.submit(self._take_group)
        return future

    def _take_group(self) -> None:
        group: list[_Waiting] = []
        while self._waiting and len(group) < LARGEST_GROUP:
            waiting = self._waiting.popleft()
            if waiting.future.set_running_or_notify_cancel():
                group.append(waiting)
        if len(group) == 1:
            self._run_alone(group[0])
        elif group:
            self._run_together(group)

    def _run_together(self, group: list[_Waiting]) -> None:
        try:
            with self._engine.begin() as connection:
                outcomes = [_in_savepoint(connection, waiting) for waiting in group]
        except DBAPIError:
            for waiting in group:
                self._run_alone(waiting)
            return
        for waiting, outcome in zip(group, outcomes, strict=True):
            outcome.tell(waiting.future)

    def _run_alone(self, waiting: _Waiting) -> None:
        try:
            outcome = _Outcome(value=self._alone(waiting.run))
        except BaseException as error:
            outcome = _Outcome(error=error)
        outcome.tell(waiting.future)


def _in_savepoint(connection: Connection, waiting: _Waiting) -> _Outcome:
    """One piece; its own exceptions undo only itself, the database's end the whole group."""
    connection.exec_driver_sql("SAVEPOINT piece")  # as `begin_nested`, which writes its SQL anew each time
    try:
        outcome = _Outcome(value=waiting.run(connection))
    except DBAPIError:
        raise
    except BaseException as error:
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT piece")
        outcome = _Outcome(error=error)
    connection.exec_driver_sql("RELEASE SAVEPOINT piece")
    return outcome
