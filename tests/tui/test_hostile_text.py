"""Text from the portal is data: never markup, never a control sequence (SR-TERM-03 to SR-TERM-07)."""

import re

import msgspec
import pytest
from rich.style import Style

from client.messages.screen import Screen
from tests.tui.driving import Driven, driven
from tests.tui.pages import PAGES
from tests.tui.test_painting import CountingDriver, taken

MARKUP = "Q[@click=app.quit]x[/] [/nope] [bold"
ESCAPES = "\x1b]0;PWNED\x07\x1b[2J\x9b31m‮"
KEPT = frozenset({"state", "step_token", "id", "kind", "level", "code", "field", "value", "at", "org_type"})
"""Keys whose values are names, not text for people."""


def poisoned(page: Screen, payload: str) -> Screen:
    """The page with the payload in every text that is shown."""

    def poison(value: object, key: str = "") -> object:
        if isinstance(value, dict):
            return {name: item if name in KEPT else poison(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [poison(item, key) for item in value]
        return (
            payload + value
            if isinstance(value, str) and value and key not in {"business_now", "zone"}
            else value
        )

    raw = msgspec.to_builtins(page)
    safe = {name: raw[name] for name in ("clock", "deadlines", "login") if name in raw}
    return msgspec.convert({**poison(raw), **safe}, Screen)  # type: ignore[dict-item]


def actions_in(ui: Driven) -> set[str]:
    """Actions that rendered text would carry out when clicked."""
    found: set[str] = set()
    for strip in ui.app.screen._compositor.render_strips():
        for segment in strip:
            style: Style = segment.style or Style()
            found |= {key for key in style.meta if key.startswith("@")} | ({"link"} if style.link else set())
    return found


@pytest.mark.parametrize("name", PAGES)
async def test_sr_term_07_markup_is_shown_as_it_is_and_does_nothing(name: str) -> None:
    page = PAGES[name]
    async with driven(page, size=(100, 60)) as benign:
        allowed = actions_in(benign)
    async with driven(poisoned(page, MARKUP), size=(100, 60)) as ui:
        for key in (None, "f1", "escape", "ctrl+o"):
            if key:
                await ui.press(key)
            assert "Q[@click=app.quit]x[/]" in ui.text
            assert actions_in(ui) <= allowed
        assert ui.app.is_running


@pytest.mark.parametrize("name", ["S-LAND", "S-PASS", "S-RPTSEL", "S-CODE-refused"])
async def test_sr_term_04_no_control_sequence_of_the_portal_reaches_the_terminal(name: str) -> None:
    async with driven(poisoned(PAGES[name], ESCAPES), size=(100, 40), driver=CountingDriver) as ui:
        await ui.press("tab", "f1", "escape")
        written = taken()
        assert "␛]0;PWNED␇" in ui.text
        titles = re.findall(r"\x1b\]2;[^\x07]*\x07", written)
        for title in titles:
            written = written.replace(title, "")
        assert "PWNED" not in "".join(titles)
        assert not re.search(r"\x1b[\]P_^X]|[\x80-\x9f]|\x07", written)
        assert "\x1b[2J" not in written
