"""Keys: every action of every state, the table of section 7.1, and the bottom line (A11Y-KEY, A11Y-HELP)."""

import pytest
from textual.binding import Binding

from client.settings import Settings
from tests.tui import pages
from tests.tui.driving import Driven, driven
from tests.tui.pages import PAGES
from tui import keys
from tui.widgets.key_bar import KeyHint, fitting

FORBIDDEN = {
    "ctrl+a",
    "ctrl+b",
    "ctrl+z",
    "ctrl+s",
    "ctrl+h",
    "ctrl+i",
    "ctrl+j",
    "ctrl+m",
    "ctrl+left_square_bracket",
    "insert",
    "caps_lock",
}


async def go_to(ui: Driven, action: str, key: str) -> None:
    """Press a key until the action has the focus."""
    for _ in range(len(ui.stops()) + 1):
        if ui.focused == f"action-{action}":
            return
        await ui.pilot.press(key)
    raise AssertionError(f"{action} cannot be reached with {key}")


async def confirm_if_asked(ui: Driven) -> None:
    """Say yes; the answer that changes nothing has the focus."""
    if ui.app.view_is_open:
        await ui.press("left", "enter")


@pytest.mark.scenario("P-TUI-01")
@pytest.mark.parametrize("size", [(40, 12)])
@pytest.mark.parametrize("name", PAGES)
async def test_t_a11y_50_every_action_of_every_state_by_keyboard(name: str, size: tuple[int, int]) -> None:
    page = PAGES[name]
    async with driven(page, size=size) as ui:
        for action in page.actions:
            if action.enabled and not action.local:
                ui.portal.acts.clear()
                await go_to(ui, action.id, "tab")
                await ui.press("enter")
                await confirm_if_asked(ui)
                assert ui.actions == [action.id]


@pytest.mark.parametrize("name", PAGES)
async def test_a11y_key_02_every_action_through_the_actions_menu(name: str) -> None:
    page = PAGES[name]
    async with driven(page) as ui:
        for action in page.actions:
            if action.enabled and not action.local:
                ui.portal.acts.clear()
                await ui.press("ctrl+o")
                await go_to(ui, action.id, "down")
                await ui.press("enter")
                await confirm_if_asked(ui)
                assert ui.actions == [action.id]


async def test_local_actions_open_a_view_without_a_call() -> None:
    async with driven(pages.LAND) as ui:
        for action in pages.LAND.actions:
            if action.local:
                await go_to(ui, action.id, "tab")
                await ui.press("enter")
                assert ui.app.view_is_open, action.id
                await ui.press("escape")
        assert ui.actions == []


BACK = {
    "S-HELP": "back",
    "S-TERMS": "decline",
    "S-USER": "cancel",
    "S-PASS": "back",
    "S-CODE": "change_device",
    "S-DISABLED": "cancel",
    "S-PWEXP": "cancel",
    "S-ORGTYPE": "back",
    "S-RPTSEL": "back",
    "S-ATTEST": "back",
    "S-ATTNO": "back",
    "S-RUN": "back",
    "S-BUSY": "cancel",
}


@pytest.mark.parametrize(("name", "action"), BACK.items())
async def test_a11y_key_04_escape_goes_back_from_every_stop(name: str, action: str) -> None:
    async with driven(PAGES[name]) as ui:
        for _ in ui.stops():
            ui.portal.acts.clear()
            await ui.press("escape")
            assert ui.actions == [action]
            await ui.press("tab")


@pytest.mark.parametrize("name", ["S-HOME", "S-REAUTH"])
async def test_escape_asks_before_it_logs_out(name: str) -> None:
    async with driven(PAGES[name]) as ui:
        await ui.press("escape")
        assert "Stay" in ui.text
        await ui.press("escape")
        assert ui.actions == []
        await ui.press("escape", "left", "enter")
        assert ui.actions == ["logout"]


async def test_escape_on_the_first_page_asks_whether_to_quit() -> None:
    async with driven(pages.LAND) as ui:
        await ui.press("escape")
        assert ui.focused == "action-no"
        await ui.press("enter")
        assert ui.app.is_running
        await ui.press("ctrl+q", "left", "enter")
        assert ui.app.return_value == 0


async def test_ctrl_c_ends_nothing_and_says_what_does() -> None:
    async with driven(pages.USER) as ui:
        await ui.press("ctrl+c")
        assert "Ctrl+Q quits the program, after a question." in ui.words


@pytest.mark.parametrize("name", PAGES)
async def test_t_a11y_52_no_key_that_belongs_to_others_is_bound(name: str) -> None:
    async with driven(PAGES[name]) as ui:
        for stop in ui.stops():
            stop.focus()
            await ui.pilot.pause()
            bound = set(ui.app.screen.active_bindings)
            assert not bound & FORBIDDEN, stop.id
            assert not [key for key in bound if key.startswith("alt+") and len(key) == 5]


async def test_a11y_help_03_help_names_every_key_that_works() -> None:
    async with driven(pages.PASSWORD, size=(120, 40)) as ui:
        works = {
            name
            for active in ui.app.screen.active_bindings.values()
            if active.binding.description
            for name in (keys.spelled(active.binding.key),)
        }
        await ui.press("f1")
        shown = "\n".join(str(line.content) for line in ui.app.screen.query(".help--line").results())  # type: ignore[attr-defined]
        assert {name for name in works if name not in shown} == set()
        assert "Password, required. Not shown while typing." in shown
        assert "Send (send)" in shown


def test_s_10_every_binding_has_an_id_a_word_and_a_sentence() -> None:
    bindings = [binding for binding in keys.FRAME if isinstance(binding, Binding)]
    assert len({binding.id for binding in bindings}) == len(bindings)
    assert all(binding.id and binding.description for binding in bindings)
    assert all(binding.tooltip for binding in bindings if binding.id != "help.single")


@pytest.mark.parametrize("size", [(80, 24), (40, 24), (40, 12)])
@pytest.mark.parametrize("name", PAGES)
async def test_a11y_help_02_the_bottom_line_keeps_three_keys_uncut(name: str, size: tuple[int, int]) -> None:
    async with driven(PAGES[name], size=size) as ui:
        last = ui.text.splitlines()[-1]
        for entry in ("F1 Help", "Esc Back", "Ctrl+O Actions"):
            assert entry in last


def test_a11y_help_02_entries_are_dropped_from_the_right_and_never_cut() -> None:
    hints = [
        KeyHint("Enter", "Send"),
        KeyHint("Tab", "Next"),
        KeyHint("F1", "Help", kept=True),
        KeyHint("F2", "Phone and mailbox"),
        KeyHint("Esc", "Back", kept=True),
    ]
    assert fitting(hints, 80) == hints
    assert [hint.key for hint in fitting(hints, 50)] == ["Enter", "Tab", "F1", "Esc"]
    assert [hint.key for hint in fitting(hints, 30)] == ["Enter", "F1", "Esc"]
    assert [hint.key for hint in fitting(hints, 5)] == ["F1", "Esc"]


async def test_a11y_key_08_single_keys_off_disables_letters_digits_and_the_question_mark() -> None:
    async with driven(pages.LAND, settings=Settings(single_keys=False)) as ui:
        await ui.press("5", "q", "question_mark")
        assert not ui.app.view_is_open
        assert ui.focused == "action-login"


async def test_a_digit_chooses_from_a_menu() -> None:
    async with driven(pages.LAND) as ui:
        await ui.press("3")
        await ui.until("demo.grouprep")


async def test_no_demo_no_phone() -> None:
    from tests.tui.fakes import ScriptedPortal

    async with driven(pages.USER, portal=ScriptedPortal(pages.USER, demo=False)) as ui:
        await ui.press("f2")
        assert not ui.app.view_is_open
        assert "F2" not in ui.text


async def test_a11y_key_08_shortcuts_are_not_taken_from_text() -> None:
    async with driven(pages.USER) as ui:
        await ui.type("a?1")
        assert ui.field("user_id").value == "a?1"
        assert not ui.app.view_is_open
