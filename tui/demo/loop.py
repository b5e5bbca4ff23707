"""An event loop that knows when the program has come to rest, and whose clock stands still until told.

Nothing sleeps in check and record: a program that waits for a timer of its own gets it at once, one that
waits for the portal or a thread is waited for, however long that takes. At rest is a fact here, not a
guess: no callback is ready, no request is under way and no timer is near (DEMO-RUN-02). Live play uses the
same loop with the real clock.

    with asyncio.Runner(loop_factory=DemoLoop) as runner:    # or partial(DemoLoop, live=True)
        runner.run(play())          # ... await loop.rest(10.0); loop.pass_time(0.7)
"""

import asyncio
import selectors
import time
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar, TypeVarTuple, Unpack

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


NEAR_S: Final = 0.05
"""Timers of so many seconds are part of what goes on now: the screen's repaint is one of 17 ms."""
_FOREVER_S: Final = 3600.0
_SLICE_S: Final = 0.25
"""Longest real wait before the deadline is looked at."""


class NeverRests(Exception):  # noqa: N818 - it says what was found
    """The program did not come to rest in the real time it had."""


class _Selector(selectors.DefaultSelector):
    """Asks its loop what to do where it would wait."""

    loop: "DemoLoop"

    def select(self, timeout: float | None = None) -> Any:
        ready = super().select(0)
        if ready or (timeout is not None and timeout <= 0):
            return ready
        wait = self.loop.before_waiting(timeout)
        return super().select(wait) if wait > 0 else ready


class DemoLoop(asyncio.SelectorEventLoop):
    """`live`: its clock is the real one; otherwise it moves by `pass_time` and by near timers alone."""

    def __init__(self, *, live: bool = False) -> None:
        self._live = live
        self._now = 1000.0
        self._under_way = 0
        self._resting: asyncio.Future[None] | None = None
        self._deadline = 0.0
        chooser = _Selector()
        chooser.loop = self
        super().__init__(chooser)

    @property
    def live(self) -> bool:
        """Whether its clock is the real one."""
        return self._live

    def time(self) -> float:
        """The loop's clock, seconds."""
        return time.monotonic() if self._live else self._now

    def pass_time(self, seconds: float) -> None:
        """Let so much time be over; timers that are due then run in their order."""
        if not self._live:
            self._now += seconds

    @contextmanager
    def under_way(self) -> "Iterator[None]":
        """Something outside of the loop is being waited for: a request, a thread, a process."""
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1

    def begin(self) -> Callable[[], None]:
        """The same without a block; call the answer once when it is over, more often does no harm."""
        self._under_way += 1
        over = False

        def end() -> None:
            nonlocal over
            if not over:
                over = True
                self._under_way -= 1

        return end

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[Unpack[Ts]], T], *args: *Ts
    ) -> asyncio.Future[T]:
        """As asyncio's; a thread that works is something under way."""
        end = self.begin()
        try:
            future = super().run_in_executor(executor, func, *args)
        except BaseException:
            end()
            raise
        future.add_done_callback(lambda _: end())
        return future

    async def rest(self, within_s: float) -> None:
        """Return when nothing is going on. `NeverRests` after so many real seconds."""
        self._deadline = time.monotonic() + within_s
        while self._resting is not None:
            await asyncio.shield(self._resting)
        self._resting = self.create_future()
        try:
            await self._resting
        finally:
            self._resting = None

    async def next_timer(self, within_s: float) -> bool:
        """Let the next timer of the program come, however far off; False where there is none."""
        timer = self._next_timer()
        if timer is None:
            return False
        if self._live:
            await asyncio.sleep(NEAR_S)
        else:
            self._now = max(self._now, timer)
        await self.rest(within_s)
        return True

    def before_waiting(self, timeout: float | None) -> float:
        """Called where the loop has nothing to do for `timeout` seconds; answers how long to wait really."""
        near = timeout is not None and timeout <= NEAR_S
        if self._resting is not None and time.monotonic() >= self._deadline:
            self._resolve(NeverRests())
            return 0.0
        if self._under_way:
            return min(_SLICE_S, timeout) if self._live and timeout is not None else _SLICE_S
        if near and timeout is not None:
            if self._live:
                return timeout
            self._now += timeout
            return 0.0
        if self._resolve(None):
            return 0.0
        if self._live:
            return _FOREVER_S if timeout is None else timeout
        return _SLICE_S

    def _resolve(self, error: Exception | None) -> bool:
        """End the wait for rest; whether anybody waited."""
        if self._resting is None or self._resting.done():
            return False
        if error is None:
            self._resting.set_result(None)
        else:
            self._resting.set_exception(error)
        return True

    def _next_timer(self) -> float | None:
        pending = [handle.when() for handle in self._scheduled if not handle.cancelled()]  # type: ignore[attr-defined]
        return min(pending, default=None)


def demo_loop() -> DemoLoop:
    """The loop that runs; for code that is only ever run in one."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, DemoLoop)  # noqa: S101 - the commands make no other
    return loop
