"""The scripts that come with the program hold on both front ends, in a usual window and in a narrow one."""

import asyncio

import pytest

from tui.demo import catalogue
from tui.demo.events import RunEnded
from tui.demo.loop import DemoLoop
from tui.demo.reading import load
from tui.demo.run import perform
from tui.demo.script import FRONT_ENDS, FrontEnd, Size
from tui.demo.server import DemoServer

SIZES = (Size(80, 24), Size(40, 24))


@pytest.mark.scenario("AS-DEMO-08")
@pytest.mark.parametrize("front_end", FRONT_ENDS)
def test_t_demo_04_every_shipped_script_holds_at_80_and_40_columns(front_end: FrontEnd) -> None:
    """Among them `attestation-refused`: `attest = "neither"` leads to S-ATTNO and is no failure."""
    with asyncio.Runner(loop_factory=DemoLoop) as runner:
        assert runner.run(_failures(front_end)) == []


async def _failures(front_end: FrontEnd) -> list[str]:
    """What did not hold, of every script in every window, with the screen that was up."""
    failed: list[str] = []
    async with DemoServer() as server:
        for name in catalogue.NAMES:
            for size in SIZES:
                outcome = await perform(load(name), front_end, server, size=size)
                failed += [_told(name, size, outcome)] if outcome.failure else []
    return failed


def _told(name: str, size: Size, outcome: RunEnded) -> str:
    what = outcome.failure
    assert what is not None
    screen = "\n".join(what.screen)
    return f"{name} at {size}, line {what.line}: {what.code} {what.message}\n{screen}"
