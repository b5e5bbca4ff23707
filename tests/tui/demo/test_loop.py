"""The loop that knows when a program rests, and whose clock stands still until told (DEMO-RUN-02)."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest

from tui.demo.loop import DemoLoop, NeverRests, demo_loop


def run(work: Callable[[], Awaitable[None]]) -> None:
    async def inside() -> None:
        await work()

    with asyncio.Runner(loop_factory=DemoLoop) as runner:
        runner.run(inside())


def test_rest_comes_after_near_timers_and_threads_but_not_after_far_timers() -> None:
    done: list[str] = []

    async def program() -> None:
        await asyncio.sleep(0.02)
        done.append("repainted")
        await asyncio.to_thread(time.sleep, 0.05)
        done.append("read a file")
        await asyncio.sleep(60)
        done.append("a minute later")

    async def work() -> None:
        running = asyncio.create_task(program())
        await demo_loop().rest(10)
        assert done == ["repainted", "read a file"]
        demo_loop().pass_time(60)
        await demo_loop().rest(10)
        assert done == ["repainted", "read a file", "a minute later"]
        await running

    run(work)


def test_a_timer_that_a_program_waits_for_comes_at_once() -> None:
    async def work() -> None:
        loop, started = demo_loop(), time.monotonic()
        waiting = asyncio.create_task(asyncio.sleep(3600))
        await loop.rest(10)
        assert not waiting.done()
        assert await loop.next_timer(10)
        assert waiting.done()
        assert time.monotonic() - started < 10
        assert not await loop.next_timer(10)

    run(work)


def test_what_is_under_way_outside_is_waited_for() -> None:
    async def work() -> None:
        loop = demo_loop()
        end = loop.begin()
        with pytest.raises(NeverRests):
            await loop.rest(0.05)
        end()
        end()
        await loop.rest(10)
        with loop.under_way(), pytest.raises(NeverRests):
            await loop.rest(0.05)
        await loop.rest(10)

    run(work)
