"""The `terminal` theme, no colour, ASCII: what reaches the terminal (A11Y-COLOR-02, -03, A11Y-TEXT-03)."""

import re

import pytest

from tests.tui.driving import driven
from tests.tui.pages import PAGES
from tests.tui.test_painting import CountingDriver, taken
from tui.glyphs import simplified

PARAMETERS = re.compile(r"\x1b\[([0-9;]*)m")
KEYS = ("tab", "down", "f1", "escape", "f2", "escape", "ctrl+o", "escape", "x")


def parameters(written: str) -> set[int]:
    """All SGR parameters."""
    return {int(number or 0) for codes in PARAMETERS.findall(written) for number in codes.split(";")}


@pytest.mark.parametrize("name", PAGES)
async def test_t_a11y_32_the_terminal_theme_uses_the_terminals_own_colours(name: str) -> None:
    async with driven(PAGES[name], theme="terminal", driver=CountingDriver) as ui:
        await ui.press(*KEYS[:4])
        used = parameters(taken())
    allowed = {
        0,
        1,
        4,
        7,
        22,
        24,
        27,
        39,
        49,
        *range(30, 38),
        *range(40, 48),
        *range(90, 98),
        *range(100, 108),
    }
    assert used <= allowed


@pytest.mark.parametrize("name", PAGES)
async def test_t_a11y_31_without_colour_there_is_none(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with driven(PAGES[name], color=False, driver=CountingDriver) as ui:
        await ui.press(*KEYS)
        used = parameters(taken())
    assert used <= {0, 1, 4, 7, 22, 24, 27, 39, 49}
    assert 7 in used, "the focus is reverse video"


@pytest.mark.parametrize("name", PAGES)
async def test_t_a11y_91_on_an_ascii_terminal_every_byte_is_ascii(name: str) -> None:
    async with driven(PAGES[name], glyphs="ascii", driver=CountingDriver) as ui:
        await ui.press(*KEYS)
        assert taken().isascii()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("Zoë Čapek", "Zoe Capek"),
        ("診所", "????"),
        ("a › b …", "a > b ."),
        ("••••", "****"),
        ("e\u0301", "e"),
    ],
)
def test_a11y_text_03_letters_lose_their_accents_and_columns_stay(text: str, shown: str) -> None:
    assert simplified(text) == shown
