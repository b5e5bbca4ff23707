"""What a key costs in the picker and the report viewer: bytes written, in truecolor (style.md 3).

The reference is 250 bytes for an arrow key in a thrifty list; a key may cost one and a half times that. Rows
that a scroll brings are no part of it.
"""

from statistics import median
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.played import KeptDriver, PickerPortal, ReportPortal, opened, press, until

REFERENCE = 250
ALLOWED = REFERENCE * 3 // 2
SIZES = [(120, 40), (80, 24)]


async def cost(pilot: Pilot[Any], *keys: str) -> list[int]:
    """Bytes written for each key."""
    costs = []
    while KeptDriver.take():  # what came before
        await pilot.pause(0.05)
    for key in keys:
        KeptDriver.take()
        await press(pilot, key)
        costs.append(len(KeptDriver.take().encode()))
    return costs


@pytest.mark.parametrize("size", SIZES)
async def test_an_arrow_key_in_the_picker_repaints_two_rows(size: tuple[int, int]) -> None:
    async with opened(PickerPortal(), size, kept=True) as (pilot, _screen):
        costs = await cost(pilot, *["down"] * 6, *["up"] * 4)
        assert 0 < max(costs) <= ALLOWED, costs


@pytest.mark.parametrize("size", SIZES)
async def test_an_arrow_key_in_a_report_repaints_two_cells(size: tuple[int, int]) -> None:
    async with opened(ReportPortal(), size, kept=True) as (pilot, screen):
        await until(pilot, lambda: screen.view.grid.table is not None)
        await pilot.pause()
        costs = await cost(pilot, *["down"] * 6, "right", "left", *["up"] * 4)
        assert 0 < max(costs) <= ALLOWED, costs
        await press(pilot, "end")
        at_the_end = await cost(pilot, *["down"] * 5)
        assert 0 < max(at_the_end) <= ALLOWED, at_the_end


@pytest.mark.parametrize("size", SIZES)
async def test_a_letter_in_the_search_field_repaints_what_was_typed(size: tuple[int, int]) -> None:
    portal = PickerPortal()
    portal.reading.clear()
    async with opened(portal, size, kept=True) as (pilot, _screen):
        await press(pilot, "f3", "t")
        costs = await cost(pilot, *"eal h")
        assert median(costs) <= REFERENCE, costs


@pytest.mark.parametrize("size", SIZES)
async def test_a_letter_to_find_in_a_report_repaints_what_was_typed(size: tuple[int, int]) -> None:
    async with opened(ReportPortal(), size, kept=True) as (pilot, screen):
        await until(pilot, lambda: screen.view.grid.table is not None)
        await press(pilot, "f3", "f")
        costs = await cost(pilot, *"ennel")
        assert max(costs) <= REFERENCE, costs
        await press(pilot, "enter", "escape")
        assert max(await cost(pilot, "down", "up")) <= ALLOWED


async def test_a11y_motion_02_an_idle_screen_writes_nothing() -> None:
    async with opened(PickerPortal(), kept=True) as (pilot, _screen):
        await press(pilot, "down")
        KeptDriver.take()
        await pilot.pause(1.2)
        assert KeptDriver.take() == ""
