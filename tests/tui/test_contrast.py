"""Contrast of every screen in every theme with every element focused (A11Y-COLOR-08 to A11Y-COLOR-12)."""

import pytest

from client.messages.screen import Screen
from tests.tui.contrast import ENHANCED, TEXT, failures, ratio, rgb
from tests.tui.driving import driven
from tests.tui.pages import PAGES

RGB_THEMES = {"qportal-dark": TEXT, "qportal-light": TEXT, "qportal-contrast": ENHANCED}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#FFD54A", "#10151A", 12.99),
        ("#7C8C9C", "#1F2A35", 4.23),
        ("#FFFFFF", "#000000", 21.00),
        ("#767676", "#FFFFFF", 4.54),
        ("#777777", "#FFFFFF", 4.48),
    ],
)
def test_the_algorithm_gives_the_worked_values(one: str, other: str, expected: float) -> None:
    assert round(ratio(rgb(one), rgb(other)) + 1e-9, 2) == expected


@pytest.mark.parametrize("theme", RGB_THEMES)
@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
async def test_t_a11y_36_every_cell_has_contrast_whatever_has_the_focus(page: Screen, theme: str) -> None:
    async with driven(page, theme=theme) as ui:
        for stop in ui.stops():
            stop.focus()
            await ui.pilot.pause()
            assert failures(ui.app, text=RGB_THEMES[theme]) == [], f"focus on {stop.id}"


@pytest.mark.parametrize("theme", RGB_THEMES)
@pytest.mark.parametrize("key", ["f1", "f2", "ctrl+o", "ctrl+q"])
async def test_t_a11y_36_views_have_contrast(key: str, theme: str) -> None:
    async with driven(PAGES["S-CODE"], theme=theme) as ui:
        await ui.press(key)
        for stop in ui.stops():
            stop.focus()
            await ui.pilot.pause()
            assert failures(ui.app, text=RGB_THEMES[theme]) == [], f"focus on {stop.id}"
