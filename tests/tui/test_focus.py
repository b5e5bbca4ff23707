"""Focus: one element, seen by characters, in reading order, the terminal's cursor on it (A11Y-FOCUS)."""

from typing import Any

import pyte
import pytest

from client.messages.screen import Screen
from tests.tui import pages
from tests.tui.driving import Driven, driven, lines_of
from tests.tui.pages import PAGES
from tests.tui.test_painting import CountingDriver, taken

FIRST = {
    "S-LAND": "action-login",
    "S-HELP": "action-back",
    "S-TERMS": "action-accept",
    "S-USER": "field-user_id",
    "S-USER-refused": "field-user_id",
    "S-PASS": "field-password",
    "S-PASS-refused": "field-password",
    "S-CODE": "field-code",
    "S-CODE-refused": "field-code",
    "S-DISABLED": "action-help",
    "S-PWEXP": "field-new_password",
    "S-REAUTH": "field-password",
    "S-HOME": "action-feedback_reports",
    "S-ORGTYPE": "action-next",
    "S-RPTSEL": "field-year",
    "S-ATTEST": "field-purpose",
    "S-ATTNO": "action-back",
    "S-RUN": "action-run_document",
    "S-BUSY": "action-cancel",
    "S-LATER": "action-save",
}


@pytest.mark.parametrize("name", PAGES)
async def test_a11y_focus_01_what_has_the_focus_on_entry(name: str) -> None:
    async with driven(PAGES[name]) as ui:
        assert ui.focused == FIRST[name]


def expected_stops(page: Screen) -> list[str]:
    """Fields, then actions, as the portal gives them; what is not offered or not available is no stop."""
    offered = [
        field for field in page.fields if field.visible and not (field.when and page.state == "S-RPTSEL")
    ]
    fields = [f"field-{field.id}" for field in offered]
    actions = [f"action-{action.id}" for action in page.actions if action.enabled]
    return [*fields, *actions, "action-actions_menu"]


@pytest.mark.parametrize("name", PAGES)
async def test_a11y_focus_04_tab_order_is_the_portals_order(name: str) -> None:
    async with driven(PAGES[name], size=(120, 40)) as ui:
        wanted = expected_stops(PAGES[name])
        start = wanted.index(ui.focused)
        for step in range(1, len(wanted) + 1):
            await ui.pilot.press("tab")
            assert ui.focused == wanted[(start + step) % len(wanted)]
        for step in range(len(wanted) - 1, -1, -1):
            await ui.pilot.press("shift+tab")
            assert ui.focused == wanted[(start + step) % len(wanted)]


def marks(ui: Driven) -> int:
    """How many focus marks the screen shows below the top band."""
    width = len(" › ")
    text = "\n".join(lines_of(ui.app)[2:])
    return text.count("> ") + text.count("[>") - text.count("›") * (width - 3)


@pytest.mark.parametrize("name", PAGES)
async def test_a11y_focus_02_the_focus_shows_in_characters_once(name: str) -> None:
    async with driven(PAGES[name], size=(120, 40)) as ui:
        for stop in ui.stops():
            stop.focus()
            await ui.pilot.pause()
            assert marks(ui) == 1, f"{stop.id}\n{ui.text}"


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
@pytest.mark.parametrize("name", PAGES)
async def test_a11y_focus_03_and_05_in_view_with_the_cursor_on_it(name: str, size: tuple[int, int]) -> None:
    terminal = pyte.Screen(*size)
    stream = pyte.Stream(terminal)
    async with driven(PAGES[name], size=size, driver=CountingDriver) as ui:
        for _ in range(len(ui.stops()) + 1):
            for _ in range(100):  # the body scrolls after the focus
                stream.feed(taken())
                focused: Any = ui.app.focused
                x, y = terminal.cursor.x, terminal.cursor.y
                on_it = (x, y) == tuple(focused.cursor_screen_offset)
                if in_view := on_it and ui.app.screen.query_one("#body").region.contains(x, y):
                    break
                await ui.pilot.pause()
            assert in_view, f"{ui.focused}, cursor at {x},{y}\n{ui.text}"
            await ui.pilot.press("tab")
            await ui.pilot.pause()


async def test_t_a11y_44_the_cursor_stands_on_the_label() -> None:
    terminal = pyte.Screen(80, 24)
    stream = pyte.Stream(terminal)
    async with driven(pages.PASSWORD, driver=CountingDriver) as ui:
        seen = []
        for keys in (["tab"], ["down"], ["tab"], ["tab"]):
            await ui.press(*keys)
            stream.feed(taken())
            seen.append(terminal.display[terminal.cursor.y][terminal.cursor.x :].strip())
        assert seen[0].startswith("> ( ) 1  Authenticator App")
        assert seen[1].startswith("> ( ) 2  Text Message")
        assert seen[2].startswith("Send ]")
        assert seen[3].startswith("Back ]")


async def test_a11y_focus_04_closing_a_view_returns_the_focus() -> None:
    async with driven(pages.PASSWORD) as ui:
        await ui.press("tab")
        for key in ("f1", "f2", "ctrl+o", "ctrl+q"):
            await ui.press(key)
            assert ui.focused != "field-mfa_type"
            await ui.press("escape")
            assert ui.focused == "field-mfa_type", key


async def test_a11y_key_06_f6_goes_round_messages_fields_and_actions() -> None:
    async with driven(pages.USER_REFUSED) as ui:
        await ui.press("f6")
        assert ui.focused == "action-next"
        await ui.press("ctrl+g")
        assert ui.focused == "status"
        await ui.press("f6")
        assert ui.focused == "field-user_id"


async def test_a11y_size_03_a_resize_keeps_focus_and_text() -> None:
    async with driven(pages.PASSWORD) as ui:
        await ui.press("tab", "down")
        for size in ((40, 12), (30, 8), (120, 40), (80, 24)):
            await ui.pilot.resize_terminal(*size)
            await ui.settle()
            assert ui.focused == "field-mfa_type"
            assert ui.field("mfa_type").highlighted == 1


async def test_a11y_size_02_below_40x12_one_sentence_says_so() -> None:
    async with driven(pages.USER, size=(39, 11)) as ui:
        assert (
            ui.words
            == "Window too small (39x11, needs 40x12). Enlarge it, F4 for plain text, Ctrl+Q to quit."
        )
        await ui.pilot.resize_terminal(40, 12)
        await ui.settle()
        assert "User ID" in ui.text
        assert ui.focused == "field-user_id"
