"""S-ORGPICK in the full screen: search as you type, select, page (portal-flow 5.3)."""

from typing import Any

import pytest
from textual.pilot import Pilot

from client.settings import Settings
from tests.tui.played import PickerPortal, opened, press, text_of, until
from tui.screens.tin_picker import TinPickerScreen
from tui.widgets.action_bar import ActionButton

HEBREW, ARABIC, CJK = "דנה דמו:4802", "محمد الدمو:1357", "王小明 診所:2468"


def on_screen(pilot: Pilot[Any]) -> str:
    return "\n".join(line.rstrip() for line in text_of(pilot))


def acts(portal: PickerPortal) -> list[str]:
    return [act.action for act in portal.acts]


async def test_the_labels_are_those_of_the_sources() -> None:
    async with opened(PickerPortal(), (120, 40)) as (pilot, screen):
        text = on_screen(pilot)
        assert isinstance(screen, TinPickerScreen)
        for label in (
            "TIN (Required)",
            "Select a TIN",
            "This prompt allows only one selection.",
            "Search for:",
            "[ ] Match case",
            "Available:  1 - 1000 of 2400",
            "Selected:",
        ):
            assert label in text


async def test_f_org_05_the_list_follows_the_typing_and_the_count_is_said() -> None:
    portal = PickerPortal()
    async with opened(portal) as (pilot, screen):
        await press(pilot, *"teal harbor 017")
        await until(pilot, lambda: "1 - 1 of 1" in on_screen(pilot))
        assert portal.lists[-1].search == "teal harbor 017"
        assert "Note: 1 row matches." in on_screen(pilot)
        assert acts(portal) == []
        assert screen.search.entry.has_focus


async def test_w_6_a_late_answer_does_not_replace_a_newer_one() -> None:
    portal = PickerPortal()
    portal.reading.clear()
    async with opened(portal) as (pilot, _screen):
        await press(pilot, "t")
        await until(pilot, lambda: len(portal.lists) == 1)
        await press(pilot, "e")
        await until(pilot, lambda: len(portal.lists) == 2)
        portal.reading.set()
        await until(pilot, lambda: "Available:  1 - 600 of 600" in on_screen(pilot))
        assert [asked.search for asked in portal.lists] == ["t", "te"]


async def test_f_org_05_enter_searches_at_once_and_the_setting_stops_the_following() -> None:
    portal = PickerPortal()
    async with opened(portal, settings=Settings(search_as_you_type=False)) as (pilot, screen):
        await press(pilot, *"harbor", "enter")
        await until(pilot, lambda: "1 - 800 of 800" in on_screen(pilot))
        assert portal.lists == []
        assert acts(portal) == ["search"]
        assert screen.search.entry.has_focus


async def test_f_org_07_nothing_found_says_so() -> None:
    async with opened(PickerPortal()) as (pilot, _screen):
        await press(pilot, *"nowhere")
        await until(pilot, lambda: "Available:  0 - 0 of 0" in on_screen(pilot))
        assert "No row matches." in on_screen(pilot)


async def test_f_org_04_match_case_asks_again() -> None:
    portal = PickerPortal()
    async with opened(portal) as (pilot, _screen):
        await press(pilot, *"harbor", "tab", "space")
        await until(pilot, lambda: "Available:  0 - 0 of 0" in on_screen(pilot))
        assert portal.lists[-1].match_case


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 24), (40, 12)])
async def test_p_tin_11_enter_moves_the_row_to_selected_and_back(size: tuple[int, int]) -> None:
    portal = PickerPortal()
    async with opened(portal, size) as (pilot, screen):
        await press(pilot, "down", "enter")
        await until(pilot, lambda: screen.selected.text == "AMBER ANCHOR DEMO PRACTICE 001:0001")
        assert screen.available.has_focus
        assert "org-1" not in [row.id for row in screen.available.rows]
        screen.selected.focus()
        await press(pilot, "enter")
        await until(pilot, lambda: screen.selected.text == "")
        assert acts(portal) == ["select", "clear"]
        assert screen.available.has_focus


async def test_p_tin_11_double_click_selects() -> None:
    portal = PickerPortal()
    async with opened(portal) as (pilot, screen):
        await pilot.click("#available", offset=(5, 2), times=2)
        await until(pilot, lambda: screen.selected.text.endswith(":0002"))


async def test_p_tin_07_a_second_choice_replaces_the_first_and_the_notice_names_both() -> None:
    portal = PickerPortal()
    async with opened(portal, (120, 40)) as (pilot, screen):
        await press(pilot, "enter")
        await until(pilot, lambda: screen.selected.text.endswith(":0000"))
        await press(pilot, "down", "enter")
        await until(pilot, lambda: screen.selected.text.endswith(":0002"))
        said = "AMBER ANCHOR DEMO PRACTICE 002:0002 replaced AMBER ANCHOR DEMO PRACTICE 000:0000."
        await until(pilot, lambda: said in on_screen(pilot))


async def test_p_tin_14_the_selection_survives_searching_and_paging() -> None:
    portal = PickerPortal()
    async with opened(portal) as (pilot, screen):
        await press(pilot, "enter")
        await until(pilot, lambda: bool(screen.selected.text))
        await press(pilot, "ctrl+n")
        await until(pilot, lambda: "1001 - 2000 of 2400" in on_screen(pilot))
        assert screen.selected.text.endswith(":0000")
        await press(pilot, *"wren")
        await until(pilot, lambda: "1 - 800 of 800" in on_screen(pilot))
        assert screen.selected.text.endswith(":0000")


async def test_a_typed_search_goes_with_the_next_action() -> None:
    """The server pages through what is on the screen, though it was only listed so far (W-6)."""
    portal = PickerPortal(page_rows=100)
    async with opened(portal) as (pilot, _screen):
        await press(pilot, *"wren")
        await until(pilot, lambda: "1 - 100 of 800" in on_screen(pilot))
        await press(pilot, "ctrl+n")
        await until(pilot, lambda: "101 - 200 of 800" in on_screen(pilot))
        assert portal.acts[-1].values["search"] == "wren"


async def test_page_keys_go_on_to_the_next_page_and_back() -> None:
    portal = PickerPortal(page_rows=30)
    async with opened(portal) as (pilot, screen):
        await press(pilot, "end", "pagedown")
        await until(pilot, lambda: "31 - 60 of 2400" in on_screen(pilot))
        await press(pilot, "pageup")
        await until(pilot, lambda: "1 - 30 of 2400" in on_screen(pilot))
        await press(pilot, "ctrl+end")
        await until(pilot, lambda: "2371 - 2400 of 2400" in on_screen(pilot))
        assert not screen.check_action("turn", ("next_page",))
        await press(pilot, "ctrl+home")
        await until(pilot, lambda: "1 - 30 of 2400" in on_screen(pilot))


async def test_down_enters_the_list_up_and_slash_and_f3_lead_back_to_the_field() -> None:
    async with opened(PickerPortal()) as (pilot, screen):
        for key in ("f3", "slash", "up"):
            await press(pilot, key)
            assert screen.search.entry.has_focus, key
            await press(pilot, "down")
            assert screen.available.has_focus, key
        await press(pilot, "f3", "slash")
        assert screen.search.entry.value == "/"


async def test_letters_typed_in_the_list_search() -> None:
    async with opened(PickerPortal()) as (pilot, screen):
        await press(pilot, "down", "down", *"0183")
        assert screen.search.entry.value == "0183"
        assert screen.search.entry.has_focus


async def test_p_tin_09_a_refusal_is_said_and_nothing_moves() -> None:
    async with opened(PickerPortal()) as (pilot, screen):
        screen.query_one("#action-next", ActionButton).focus()
        await press(pilot, "enter")
        await until(pilot, lambda: "Error: Select a TIN." in on_screen(pilot))
        assert len(screen.available.rows) == 1000


async def test_select_from_the_actions_menu_takes_the_highlighted_row() -> None:
    portal = PickerPortal()
    async with opened(portal) as (pilot, screen):
        await press(pilot, "down", "down")
        screen.app.perform(screen.page.action("select"))
        await until(pilot, lambda: screen.selected.text.endswith(":0002"))


async def test_f_org_14_only_ids_travel_so_look_alikes_stay_apart() -> None:
    portal = PickerPortal(["TWIN DEMO CLINIC:4802", "TWIN DEMO CLINIC:4802 (2)"])
    async with opened(portal) as (pilot, screen):
        await press(pilot, "down", "enter")
        await until(pilot, lambda: bool(screen.selected.text))
        assert portal.acts[0].values["org_ids"] == ["org-1"]


async def test_the_only_practice_leaves_the_focus_on_next() -> None:
    async with opened(PickerPortal(["ALDER CREEK DEMO CLINIC LLC:4802"])) as (pilot, screen):
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(screen.focused, ActionButton))
        assert screen.focused.action.id == "next"


async def test_f_orgt_04_roles_stand_in_a_column_or_in_the_reading_line() -> None:
    for size, in_list in (((120, 40), True), ((80, 24), False)):
        async with opened(PickerPortal(roles=["Security Official; Group Representative"]), size) as (
            pilot,
            screen,
        ):
            await pilot.pause()
            row = next(line for line in text_of(pilot) if ">AMBER" in line)
            assert ("Security Official; Group Representative" in row) is in_list
            assert ("Security Official" in screen.reading.text) is not in_list


@pytest.mark.parametrize("size", [(80, 24), (40, 24)])
async def test_a11y_text_08_09_foreign_and_hostile_names_never_break_the_list(size: tuple[int, int]) -> None:
    texts = [HEBREW, ARABIC, CJK, "[@click=app.quit]x[/] [/nope] [bold:1111", "A" * 120 + ":9999"]
    async with opened(PickerPortal(texts), size) as (pilot, screen):
        strips = screen._compositor.render_strips(pilot.app.size)
        assert {strip.cell_length for strip in strips} == {size[0]}
        text = on_screen(pilot)
        assert "[@click=app.quit]x[/] [/nope]" in text
        assert CJK in text
        assert not any(
            segment.style and segment.style.meta.get("@click") for strip in strips for segment in strip
        )
        await press(pilot, "end")
        assert screen.reading.text.endswith("Group Representative")
        assert "A" * 120 in screen.reading.text


async def test_a11y_focus_05_the_terminal_cursor_stands_on_the_highlighted_row() -> None:
    async with opened(PickerPortal()) as (pilot, screen):
        await press(pilot, "down", "down")
        x, y = screen.focused.cursor_screen_offset
        assert text_of(pilot)[y][x:].startswith("AMBER ANCHOR DEMO PRACTICE 002")


async def test_a11y_size_03_a_resize_keeps_rows_highlight_and_typed_text() -> None:
    async with opened(PickerPortal(), (120, 40)) as (pilot, screen):
        await press(pilot, *"wren")
        await until(pilot, lambda: "1 - 800 of 800" in on_screen(pilot))
        await press(pilot, "down", "down", "down")
        current = screen.available.current
        for size in ((40, 12), (60, 20), (80, 24)):
            await pilot.resize_terminal(*size)
            await until(pilot, lambda: f">{current.cells[0]}"[:20] in on_screen(pilot))
            assert screen.available.current == current
            assert screen.available.has_focus
            assert screen.search.entry.value == "wren"
