"""S-REPORT in the full screen: tables, cells, rows in full, notes, lazy sections (portal-flow 5.7)."""

from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import Any

import pytest
from textual.pilot import Pilot

from client.messages.cells import format_cell
from tests.tui.played import ReportPortal, opened, press, text_of, until
from tests.tui.report_samples import LONG_TITLE, MARKUP, earned_incentive, performance
from tui.screens.report import ReportScreen
from tui.screens.row_detail import RowDetailScreen
from tui.widgets.report_grid import CellAddress

SIZES = [(120, 40), (80, 24), (40, 24), (40, 12)]


def on_screen(pilot: Pilot[Any]) -> str:
    return "\n".join(line.rstrip() for line in text_of(pilot))


def words(pilot: Pilot[Any]) -> str:
    """All words of the screen, line ends and margins taken out."""
    return " ".join(on_screen(pilot).split())


def reading(
    size: tuple[int, int] = (120, 40), portal: ReportPortal | None = None
) -> AbstractAsyncContextManager[tuple[Pilot[Any], Any]]:
    return opened(portal or ReportPortal(), size)


def _another(screen: ReportScreen, title: str) -> bool:
    return screen.view.title != title and screen.view.grid.table is not None


async def at_first_table(pilot: Pilot[Any], screen: ReportScreen) -> None:
    await until(pilot, lambda: screen.view.grid.table is not None and screen.view.grid.has_focus)
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_the_first_table_is_open_and_has_the_focus(size: tuple[int, int]) -> None:
    async with reading(size) as (pilot, screen):
        assert isinstance(screen, ReportScreen)
        await at_first_table(pilot, screen)
        text = on_screen(pilot)
        assert ">0999010000" in text
        assert "Row 1 of 15." in text


async def test_header_facts_and_the_synthetic_mark_are_on_screen() -> None:
    async with reading() as (pilot, screen):
        await at_first_table(pilot, screen)
        text = on_screen(pilot)
        for fact in (
            "2011 PQRS Feedback Report",
            "ALDER CREEK DEMO CLINIC LLC",
            "XXXXX4802",
            "Synthetic counts",
        ):
            assert fact in text


async def test_loading_stands_in_the_place_of_the_table() -> None:
    portal = ReportPortal()
    portal.reading.clear()
    async with reading(portal=portal) as (pilot, screen):
        await until(pilot, lambda: "Loading the report." in on_screen(pilot))
        portal.reading.set()
        await at_first_table(pilot, screen)
        portal.reading.clear()
        await press(pilot, "ctrl+n")
        await until(pilot, lambda: "Loading the tables of Rowan Alder." in on_screen(pilot))
        assert screen.view.grid.has_focus
        portal.reading.set()
        await until(pilot, lambda: "Diabetes Mellitus" in on_screen(pilot))
        assert portal.sections == [["TIN"], ["0999010000"]]


async def test_sections_are_fetched_once() -> None:
    portal = ReportPortal()
    async with reading(portal=portal) as (pilot, screen):
        await at_first_table(pilot, screen)
        for key in ("ctrl+n", "ctrl+n", "ctrl+p", "ctrl+p", "ctrl+n"):
            before = screen.view.title
            await press(pilot, key)
            await until(pilot, partial(_another, screen, before))
        assert portal.sections == [["TIN"], ["0999010000"]]
        assert screen.view.title.startswith("2 of 7, Rowan Alder")


async def test_a_report_that_does_not_come_says_so_and_can_be_asked_for_again() -> None:
    portal = ReportPortal()
    async with reading(portal=portal) as (pilot, screen):
        await at_first_table(pilot, screen)
        portal.down = True
        await press(pilot, "ctrl+n")
        await until(pilot, lambda: "Not loaded." in on_screen(pilot))
        assert "Error:" in on_screen(pilot)
        portal.down = False
        await press(pilot, "ctrl+p", "ctrl+n")
        await until(pilot, lambda: "Diabetes Mellitus" in on_screen(pilot))


async def test_both_ends_are_said() -> None:
    async with reading() as (pilot, screen):
        await at_first_table(pilot, screen)
        await press(pilot, "ctrl+p")
        assert "This is the first table." in on_screen(pilot)


async def test_next_table_from_the_actions_menu() -> None:
    async with reading() as (pilot, screen):
        await at_first_table(pilot, screen)
        screen.app.perform(screen.page.action("next_table"))
        await until(pilot, lambda: screen.view.title.startswith("2 of 7"))


@pytest.mark.parametrize("size", SIZES)
async def test_f_rep_01_every_cell_can_be_reached_and_reads_as_formatted(size: tuple[int, int]) -> None:
    table = earned_incentive()
    async with reading(size) as (pilot, screen):
        await at_first_table(pilot, screen)
        grid = screen.view.grid
        for row in (0, 7, 14):
            for index in range(len(table.columns)):
                grid.move_to(CellAddress(row, index))
                await pilot.pause()
                value = format_cell(table.rows[row].cells[index]) or "no value"
                assert screen.view.cell.text.endswith(f"{table.columns[index].heading}: {value}")
                x, y = grid.cursor_screen_offset
                here = text_of(pilot)[y][x:].strip()
                assert here.startswith(("…", value[:8].strip())) or value == "no value"
                assert text_of(pilot)[y][x - 1] == ">"


async def test_headings_and_first_columns_stay_while_columns_scroll() -> None:
    async with reading((80, 24)) as (pilot, screen):
        await at_first_table(pilot, screen)
        await press(pilot, "end")
        assert "NPI NPI Name* Incentive Amount [3]" in words(pilot)
        assert "0999010000 Rowan Alder > $0.00" in words(pilot)
        await press(pilot, "home", "ctrl+end")
        assert "NPI NPI Name*" in words(pilot)
        assert ">Total:" in on_screen(pilot)


async def test_the_mouse_moves_the_cursor_and_a_double_click_opens_the_row() -> None:
    async with reading() as (pilot, screen):
        await at_first_table(pilot, screen)
        await pilot.click("#grid", offset=(20, 5))
        assert screen.view.grid.cursor == CellAddress(2, 1)
        await pilot.click("#grid", offset=(20, 6), times=2)
        await until(pilot, lambda: isinstance(pilot.app.screen, RowDetailScreen))


@pytest.mark.parametrize("size", SIZES)
async def test_a11y_table_10_enter_reads_the_row_in_full_and_esc_returns(size: tuple[int, int]) -> None:
    async with reading(size) as (pilot, screen):
        await at_first_table(pilot, screen)
        await press(pilot, "ctrl+n")
        await until(pilot, lambda: screen.view.grid.table is not None and screen.view.title.startswith("2"))
        await press(pilot, "down", "down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, RowDetailScreen))
        await pilot.pause()
        seen = words(pilot)
        for _ in range(6):
            await press(pilot, "pagedown")
            seen += words(pilot)
        assert "Row 3 of 13" in seen
        assert "Measure #: #2" in seen
        assert "Performance Rate [6]: 1%" in seen
        if size[1] > 12:
            assert LONG_TITLE in seen
        await press(pilot, "escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert screen.view.grid.has_focus


async def test_rows_can_be_read_one_after_the_other_and_the_cursor_follows() -> None:
    async with reading() as (pilot, screen):
        await at_first_table(pilot, screen)
        await press(pilot, "enter")
        await until(pilot, lambda: "[>Next row ]" in on_screen(pilot))
        await press(pilot, "enter")
        await until(pilot, lambda: "Row 2 of 15" in on_screen(pilot))
        assert "[>Next row ]" in on_screen(pilot)
        await press(pilot, "enter", "escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert screen.view.grid.cursor == CellAddress(2, 0)


@pytest.mark.parametrize("size", SIZES)
async def test_notes_are_reached_and_read_by_keyboard(size: tuple[int, int]) -> None:
    async with reading(size) as (pilot, screen):
        await at_first_table(pilot, screen)
        await press(pilot, "tab")
        assert screen.view.notes.has_focus
        await pilot.pause()
        seen = words(pilot)
        for _ in range(12):
            await press(pilot, "down")
            seen += words(pilot)
        assert ">Notes" in seen
        assert "[3] 1.0% of [2]" in seen
        assert "Registry figures" in seen
        await press(pilot, "shift+tab")
        assert screen.view.grid.has_focus


async def test_the_list_of_tables_opens_tables_and_folds_sections() -> None:
    async with reading() as (pilot, screen):
        await at_first_table(pilot, screen)
        assert "*    Table 1: Earned Incentive Summ" in on_screen(pilot)
        await press(pilot, "ctrl+t", "down", "enter")
        assert "[-] Rowan Alder 0999010000" in on_screen(pilot)
        await press(pilot, "down", "down", "enter")
        await until(pilot, lambda: screen.view.title.startswith("3 of 7"))
        assert screen.view.grid.has_focus
        await press(pilot, "ctrl+t", "left")
        assert "[+] Rowan Alder 0999010000" in on_screen(pilot)


async def test_moving_in_the_list_of_tables_opens_nothing() -> None:
    """A11Y-FOCUS-09."""
    portal = ReportPortal()
    async with reading(portal=portal) as (pilot, screen):
        await at_first_table(pilot, screen)
        title = screen.view.title
        await press(pilot, "ctrl+t", "down", "down", "up", "end")
        assert screen.view.title == title
        assert portal.sections == [["TIN"]]


async def test_typing_in_the_list_filters_by_name_or_npi() -> None:
    async with reading(portal=ReportPortal(professionals=40)) as (pilot, screen):
        await at_first_table(pilot, screen)
        await press(pilot, "ctrl+t", *"0999010017")
        await until(pilot, lambda: "[+] Maya Fennel 0999010017" in on_screen(pilot))
        assert "0999010018" not in on_screen(pilot).split("Filter")[1].split("Row 1 of")[0][:400]
        await press(pilot, "enter", "enter", "down", "enter")
        await until(pilot, lambda: "Maya Fennel" in screen.view.title)


async def test_p_fmt_21_one_key_goes_to_the_filter_for_professionals() -> None:
    async with reading() as (pilot, screen):
        await at_first_table(pilot, screen)
        await press(pilot, "p", "m", "a", "y", "a")
        assert "> Filter by NPI or name" in on_screen(pilot)
        assert "Maya Fennel" in on_screen(pilot)


@pytest.mark.parametrize("size", [(80, 24), (40, 24), (40, 12)])
async def test_narrow_windows_show_the_list_in_the_place_of_the_table(size: tuple[int, int]) -> None:
    async with reading(size) as (pilot, screen):
        await at_first_table(pilot, screen)
        assert "Filter by NPI" not in on_screen(pilot)
        await press(pilot, "ctrl+t")
        assert "[-] Practice" in on_screen(pilot)
        assert not screen.view.display or "Row 1 of" not in on_screen(pilot)
        await press(pilot, "escape")
        assert screen.view.grid.has_focus
        assert "Row 1 of 15." in on_screen(pilot)


async def test_the_page_about_the_report_has_facts_and_cautions() -> None:
    async with reading() as (pilot, screen):
        await at_first_table(pilot, screen)
        await press(pilot, "ctrl+t", "home", "enter")
        await until(pilot, lambda: "Organization: ALDER CREEK DEMO CLINIC LLC:4802" in on_screen(pilot))
        assert "Caution: The Tax ID field may hold part of a Social Security Number." in on_screen(pilot)
        assert screen.focused is not None
        await press(pilot, "ctrl+n")
        await until(pilot, lambda: screen.view.title.startswith("1 of 7"))


@pytest.mark.parametrize("size", SIZES)
async def test_a11y_text_08_09_and_sr_term_07_names_stay_in_their_cells_and_are_text(
    size: tuple[int, int],
) -> None:
    async with reading(size) as (pilot, screen):
        await at_first_table(pilot, screen)
        for keys in ((), ("right",), ("end",), ("pagedown",), ("ctrl+t",)):
            await press(pilot, *keys)
            strips = screen._compositor.render_strips(pilot.app.size)
            assert {strip.cell_length for strip in strips} == {size[0]}
            assert not any(seg.style and seg.style.meta.get("@click") for strip in strips for seg in strip)
        screen.view.grid.move_to(CellAddress(6, 1))
        await until(pilot, lambda: screen.view.cell.text.endswith(MARKUP))


async def test_esc_leaves_the_report_and_back_is_a_button() -> None:
    portal = ReportPortal()
    async with reading(portal=portal) as (pilot, screen):
        await at_first_table(pilot, screen)
        assert "[ Back ]" in on_screen(pilot)
        await press(pilot, "escape")
        await until(pilot, lambda: [act.action for act in portal.acts] == ["back"])


async def test_f6_goes_through_the_parts() -> None:
    async with reading() as (pilot, screen):
        await at_first_table(pilot, screen)
        parts = []
        for _ in range(4):
            await press(pilot, "f6")
            parts.append(screen.focused.id)
        assert parts == ["notes", "action-tables", "field-filter", "grid"] or parts[0] == "notes"
        assert "grid" in parts


async def test_a11y_size_03_a_resize_keeps_table_cell_and_focus() -> None:
    async with reading() as (pilot, screen):
        await at_first_table(pilot, screen)
        await press(pilot, "down", "right", "right", "right", "right")
        for size in ((40, 12), (80, 24), (60, 20), (120, 40)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert screen.view.grid.cursor == CellAddress(1, 4)
            assert screen.view.grid.has_focus
            x, y = screen.view.grid.cursor_screen_offset
            assert text_of(pilot)[y][x:].startswith("Insufficient")


async def test_ninety_six_rows_scroll_half_a_page_at_the_edge() -> None:
    async with reading((80, 24)) as (pilot, screen):
        await at_first_table(pilot, screen)
        screen.view.show_table(performance(96), "x")
        await press(pilot, *["down"] * 40)
        assert "Row 41 of 97." in on_screen(pilot)
        assert ">#40" in on_screen(pilot)
        await press(pilot, "ctrl+end")
        assert ">#96" in on_screen(pilot)
