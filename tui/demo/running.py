"""The event loop of a command of `qportal demo`; whatever ends it, the demo server goes with it."""

import asyncio
from collections.abc import Coroutine
from functools import partial
from typing import Any, TypeVar

from tui.demo.loop import DemoLoop
from tui.signals import Ended, ending

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T], *, live: bool = False) -> T:
    """What the work comes to. `KeyboardInterrupt` after Ctrl+C, `Ended` after SIGTERM or SIGHUP."""
    with asyncio.Runner(loop_factory=partial(DemoLoop, live=live)) as runner:
        return runner.run(_until_ended(work))


async def _until_ended(work: Coroutine[Any, Any, T]) -> T:
    task = asyncio.ensure_future(work)

    def stop(_exit_code: int) -> None:
        task.cancel()

    with ending(stop) as state:
        try:
            return await task
        except asyncio.CancelledError:
            if state.number is None:
                raise
            raise Ended(state.number) from None
