"""How the picker and the report viewer look: contrast in every theme and focus, pictures in four sizes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.contrast import ENHANCED, TEXT, failures
from tests.tui.fakes import app_on
from tests.tui.played import PickerPortal, PlayedPortal, ReportPortal, opened, press, until
from tui.screens.row_detail import RowDetailScreen

PORTALS: dict[str, Callable[[], PlayedPortal]] = {"picker": PickerPortal, "report": ReportPortal}
SIZES = [(120, 40), (80, 24), (40, 24), (40, 12)]
THEMES = {"qportal-dark": TEXT, "qportal-light": TEXT, "qportal-contrast": ENHANCED}


async def ready(pilot: Pilot[Any]) -> None:
    """Wait for rows or the first table, and for the focus."""
    app: Any = pilot.app
    await until(pilot, lambda: app.session.started and app.base.focused is not None)
    if app.base.page.state == "S-REPORT":
        await until(pilot, lambda: app.base.view.grid.table is not None)
    await pilot.pause()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", PORTALS)
async def test_a11y_color_08_every_text_is_readable_wherever_the_focus_is(name: str, theme: str) -> None:
    async with opened(PORTALS[name](), (120, 40), theme=theme) as (pilot, screen):
        await ready(pilot)
        if name == "picker":
            await press(pilot, "enter")
            await until(pilot, lambda: bool(screen.selected.text))
        for stop in screen.focus_chain:
            stop.focus()
            await pilot.pause()
            assert failures(pilot.app, text=THEMES[theme]) == [], stop  # type: ignore[arg-type]


@pytest.mark.parametrize("theme", THEMES)
async def test_a11y_color_08_a_row_in_full_is_readable(theme: str) -> None:
    async with opened(ReportPortal(), theme=theme) as (pilot, _screen):
        await ready(pilot)
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, RowDetailScreen))
        await pilot.pause()
        assert failures(pilot.app, text=THEMES[theme]) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("theme", THEMES)
async def test_a11y_color_08_find_and_explanation_are_readable(theme: str) -> None:
    async with opened(ReportPortal(), theme=theme) as (pilot, screen):
        await ready(pilot)
        await press(pilot, "f3", *"maya", "enter")
        assert failures(pilot.app, text=THEMES[theme]) == []  # type: ignore[arg-type]
        await press(pilot, "escape", "e")
        await until(pilot, lambda: screen.view.explains)
        await pilot.pause()
        assert failures(pilot.app, text=THEMES[theme]) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("name", PORTALS)
async def test_a11y_color_03_the_terminal_theme_sets_no_colour_of_its_own(name: str) -> None:
    async with opened(PORTALS[name](), theme="terminal") as (pilot, screen):
        await ready(pilot)
        for strip in screen._compositor.render_strips():
            for segment in strip:
                style = segment.style
                assert style is None or style.color is None or style.color.triplet is None
                assert style is None or style.bgcolor is None or style.bgcolor.triplet is None


@pytest.mark.parametrize("name", PORTALS)
async def test_a11y_color_07_focus_and_highlight_show_in_characters(name: str) -> None:
    async with opened(PORTALS[name](), (120, 40)) as (pilot, screen):
        await ready(pilot)
        dumps = set()
        for stop in screen.focus_chain:
            stop.focus()
            await pilot.pause()
            dumps.add("\n".join(strip.text for strip in screen._compositor.render_strips()))
        assert len(dumps) == len(screen.focus_chain)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("picker", ()),
        ("picker", ("down", "enter")),
        ("report", ("right", "down")),
        ("report", ("ctrl+n",)),
        ("report", ("ctrl+t",)),
        ("report", ("enter",)),
        ("report", ("end", "s", "s", "e")),
        ("report", ("f3", *"maya", "enter")),
    ],
    ids=[
        "picker",
        "picker-selected",
        "report",
        "report-groups",
        "report-tables",
        "report-row",
        "report-explained",
        "report-found",
    ],
)
def test_picture(
    snap_compare: Any, tmp_path: Path, size: tuple[int, int], name: str, keys: tuple[str, ...]
) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await ready(pilot)
        for key in keys:
            await press(pilot, key)
            await pilot.pause(0.05)
        app: Any = pilot.app
        await until(pilot, lambda: not app.session.acting)
        if keys == ("ctrl+n",):
            await until(pilot, lambda: app.base.view.grid.table is not None)
        if keys == ("down", "enter"):
            await until(pilot, lambda: bool(app.base.selected.text))
        if keys == ("enter",):
            await until(pilot, lambda: isinstance(app.screen, RowDetailScreen))
        if keys[-1:] == ("e",):
            await until(pilot, lambda: app.screen is not app.base or app.base.view.explains)
        await pilot.pause()

    assert snap_compare(app_on(PORTALS[name]()), terminal_size=size, run_before=before)
