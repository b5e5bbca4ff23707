"""Garbage is looked for while nobody types.

A full collection walks through every widget and all that Textual remembers of it: 60 ms, at whatever key
happens to allocate next. Here it waits for a pause. Young objects are collected as ever, and so is everything
where no pause ever comes.
"""

import asyncio
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

QUIET_S = 1.0
"""How long nothing may have happened."""
DUE = 10
"""Collections of middle-aged objects after which a full one is due, as ever in Python."""
OVERDUE = 1000
"""The same without a pause: then it comes at once."""


class QuietCollector:
    """Collects in the pauses of one app."""

    def __init__(self) -> None:
        self._busy_at = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def put_off(self) -> None:
        """Something happens: a key, a new screen."""
        loop = asyncio.get_running_loop()
        self._busy_at = loop.time()
        if self._timer is None:
            self._timer = loop.call_later(QUIET_S, self._look)

    def stop(self) -> None:
        """No more collections."""
        if self._timer is not None:
            self._timer.cancel()

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        quiet_at = self._busy_at + QUIET_S
        if loop.time() < quiet_at:
            self._timer = loop.call_at(quiet_at, self._look)
            return
        self._timer = None
        if gc.get_count()[2] >= DUE:
            gc.collect()


class Collected(Protocol):
    """An app that says when something happens."""

    collector: QuietCollector | None


@contextmanager
def collecting_when_quiet(app: Collected) -> Iterator[None]:
    """Run the app inside."""
    young, middle, old = gc.get_threshold()
    gc.set_threshold(young, middle, OVERDUE)
    app.collector = collector = QuietCollector()
    try:
        yield
    finally:
        collector.stop()
        app.collector = None
        gc.set_threshold(young, middle, old)
