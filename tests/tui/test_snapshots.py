"""Pictures of every state at three sizes, and of the views; data, clock and time left are fixed.

After a wanted change of the look: `pytest tests/tui/test_snapshots.py --snapshot-update`, then look at the
report.
"""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from tests.tui.driving import Driven
from tests.tui.fakes import ScriptedPortal, app_on
from tests.tui.pages import PAGES
from tui.full_screen import QportalApp

SnapCompare = Callable[..., bool]
SIZES = [(120, 40), (80, 24), (40, 24)]
VIEWS = {"help": "f1", "phone": "f2", "actions": "ctrl+o", "quit": "ctrl+q"}


def sized(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"


def ready(portal: ScriptedPortal, *keys: str, words: str) -> Callable[[Pilot[int]], object]:
    """Wait for words, press keys, wait until the answer is drawn."""

    async def run(pilot: Pilot[int]) -> None:
        assert isinstance(pilot.app, QportalApp)
        ui = Driven(pilot.app, portal, pilot)
        await ui.until(words.split()[0])
        await ui.settle()
        await ui.press(*keys)

    return run


@pytest.mark.parametrize("size", SIZES, ids=sized)
@pytest.mark.parametrize("name", PAGES)
def test_state(snap_compare: SnapCompare, name: str, size: tuple[int, int]) -> None:
    portal = ScriptedPortal(PAGES[name])
    before = ready(portal, words=PAGES[name].title)
    assert snap_compare(app_on(portal), terminal_size=size, run_before=before)


@pytest.mark.parametrize("theme", ["qportal-light", "qportal-contrast", "terminal"])
def test_theme(snap_compare: SnapCompare, theme: str) -> None:
    portal = ScriptedPortal(PAGES["S-PASS"])
    before = ready(portal, "tab", "down", words=PAGES["S-PASS"].title)
    assert snap_compare(app_on(portal, theme=theme), terminal_size=(80, 24), run_before=before)


@pytest.mark.parametrize("size", [(80, 24), (40, 24)], ids=sized)
@pytest.mark.parametrize("view", VIEWS)
def test_view(snap_compare: SnapCompare, view: str, size: tuple[int, int]) -> None:
    portal = ScriptedPortal(PAGES["S-PASS"])
    before = ready(portal, VIEWS[view], words=PAGES["S-PASS"].title)
    assert snap_compare(app_on(portal), terminal_size=size, run_before=before)
