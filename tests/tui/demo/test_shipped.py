"""The scripts that come with the program hold on both front ends, in a usual window and in a narrow one."""

import asyncio

import pytest

from tui.demo import catalogue
from tui.demo.checking import Checked, checked, collector_paused
from tui.demo.loop import DemoLoop
from tui.demo.reading import load
from tui.demo.reports import failure_lines
from tui.demo.script import FRONT_ENDS, Size
from tui.demo.server import DemoServer

SIZES = (Size(80, 24), Size(40, 24))


@pytest.mark.scenario("AS-DEMO-08")
@pytest.mark.scenario("T-DEMO-05")
def test_t_demo_04_every_shipped_script_holds_at_80_and_40_columns_with_equal_journals() -> None:
    """Among them `attestation-refused`: `attest = "neither"` leads to S-ATTNO and is no failure."""
    with asyncio.Runner(loop_factory=DemoLoop) as runner, collector_paused():
        runs = runner.run(_runs())
    assert len(runs) == len(catalogue.NAMES) * len(SIZES) * len(FRONT_ENDS)
    assert [line for run in runs if run.failure for line in failure_lines(run)] == []


async def _runs() -> list[Checked]:
    """Every script in every window on every front end, on one server."""
    async with DemoServer() as server:
        return [
            run
            for name in catalogue.NAMES
            for size in SIZES
            for run in await checked(load(name), FRONT_ENDS, server, size)
        ]
