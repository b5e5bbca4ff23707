"""One server per database file (RF-12): an advisory lock on `<database>.lock`, held for life.

The kernel releases it when the process ends, so a crash leaves no stale lock; the file itself stays.
"""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self


class DatabaseInUse(Exception):  # noqa: N818
    """Another server holds the database (exit code 1)."""

    def __init__(self, database: Path) -> None:
        super().__init__(
            f"Another qportal server is using {database}. Attach to it with --server, give another "
            "--database, or use a PostgreSQL database for several servers."
        )
        self.database = database


class DatabaseLock:
    """The held lock; `release` or the end of the process gives it back."""

    def __init__(self, database: Path) -> None:
        """Take the lock at once or raise `DatabaseInUse`; never waits."""
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path = database.with_name(f"{database.name}.lock")
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            if isinstance(error, BlockingIOError):
                raise DatabaseInUse(database) from None
            raise
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Give the lock back; harmless when done twice."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
