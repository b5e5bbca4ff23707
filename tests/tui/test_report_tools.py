"""The tools of the viewer: explain, sort, find, jump, copy, export (issue 3 item 1, accessibility 7.1)."""

import base64
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

import httpx
import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from client.messages.calls import ErrorBody
from client.messages.report import Explanation, Input
from client.messages.screen import Action
from client.settings import Settings
from tests.tui import pages
from tests.tui.played import KeptDriver, ReportPortal, opened, press, text_of, until
from tests.tui.report_samples import MARKUP, report
from tui.clipboard import LONGEST, outcome, refusal, route, sequence
from tui.screens.explanation import ExplanationScreen
from tui.screens.menu import Menu
from tui.widgets.report_grid import CellAddress

SIZES = [(120, 40), (80, 24), (40, 24)]
TOLD = Explanation(
    section="TIN",
    table="T1",
    row="r1",
    column="earned",
    title="Earned incentive, NPI 0999010002: $2,666.66",
    value="$2,666.66",
    sentences=["1.0% of the charges of $266,666.00.", "The method satisfied its criteria."],
    formula="round_half_up(rate * charges) to cents if eligible; else not earned",
    inputs=[Input(name="rate", value="0.01"), Input(name="charges", value="$266,666.00")],
    rules=["P-F-8", "P-INC-1"],
    source="2011 PQRS Feedback Report User Guide, Appendix A, Table 1",
)
EARNED = CellAddress(2, 6)
DOWNLOADS = [Action(id=f"download_{name}", label=f"Download {name.upper()}") for name in ("pdf", "csv")]


class ToolPortal(ReportPortal):
    """Explains the earned amount of rows with an even number; every other cell was given."""

    def __init__(self, told: Explanation = TOLD, professionals: int = 3) -> None:
        super().__init__(professionals)
        self.told = told
        self.explained: list[dict[str, str]] = []
        self.page = replace(self.page, actions=[*self.page.actions, *DOWNLOADS])

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if not self.down and request.url.path.endswith("/explain"):
            self.explained.append(dict(request.url.params))
            if int(request.url.params["row"].lstrip("r") or 1) % 2:
                return self._answer(None, 404, ErrorBody(type="not_found", code="E-AUTHZ-02", message="No."))
            return self._answer(self.told)
        if not self.down and request.url.path.startswith("/api/reports/"):
            sections = request.url.params.get_list("section")
            self.sections.append(sections)
            return self._answer(explainable(sections, self.professionals))
        return await super().__call__(request)


def explainable(sections: Sequence[str], professionals: int) -> Any:
    """The hand-made report, whose earned amounts are computed."""
    made = report(*sections, professionals=professionals)
    first, *others = made.sections
    tables = [
        replace(
            table, columns=[replace(column, explainable=column.id == "earned") for column in table.columns]
        )
        for table in first.tables
    ]
    return replace(made, sections=[replace(first, tables=tables), *others])


def reading(
    size: tuple[int, int] = (120, 40), portal: ToolPortal | None = None, **options: Any
) -> AbstractAsyncContextManager[tuple[Pilot[Any], Any]]:
    return opened(portal or ToolPortal(), size, **options)


def words(pilot: Pilot[Any]) -> str:
    """All words of the screen, line ends and margins taken out."""
    return " ".join(" ".join(line.strip(" ▌") for line in text_of(pilot)).split())


async def at_first_table(pilot: Pilot[Any], screen: Any) -> None:
    await until(pilot, lambda: screen.view.grid.table is not None and screen.view.grid.has_focus)
    await pilot.pause()


async def said(pilot: Pilot[Any], text: str) -> None:
    await until(pilot, lambda: text in words(pilot))


async def all_read(pilot: Pilot[Any], screen: Any) -> str:
    """The whole explanation, panel or screen, scrolled to its end."""
    await until(
        pilot, lambda: isinstance(pilot.app.screen, ExplanationScreen) or screen.view.explanation.has_focus
    )
    await pilot.pause()
    seen = words(pilot)
    for _ in range(6):
        await press(pilot, "pagedown")
        seen += words(pilot)
    return seen


def column(screen: Any, index: int) -> list[str]:
    from tui.widgets.report_layout import cell_texts

    return [texts[index] for texts in cell_texts(screen.view.grid.table.rows)]


# Explain


@pytest.mark.parametrize("size", SIZES)
async def test_w_8_e_explains_the_cell_and_esc_returns_to_it(size: tuple[int, int]) -> None:
    portal = ToolPortal()
    async with reading(size, portal) as (pilot, screen):
        await at_first_table(pilot, screen)
        screen.view.grid.move_to(EARNED)
        await press(pilot, "e")
        seen = await all_read(pilot, screen)
        for part in (
            "Earned incentive, NPI 0999010002: $2,666.66",
            "1.0% of the charges of $266,666.00.",
            "Formula: round_half_up(rate * charges) to cents",
            "With its figures: round_half_up(0.01 * $266,666.00) to cents",
            "Input charges: $266,666.00",
            "Rules: P-F-8, P-INC-1",
            "Source: 2011 PQRS Feedback Report User Guide, Appendix A, Table 1",
            "Note [3]: 1.0% of [2]; N/A where the NPI is not eligible.",
        ):
            assert part in seen, part
        await press(pilot, "escape")
        await until(pilot, lambda: screen.view.grid.has_focus and pilot.app.screen is screen)
        assert screen.view.grid.cursor == EARNED
        assert not screen.view.explains
    assert portal.explained == [{"section": "TIN", "table": "T1", "row": "r2", "column": "earned"}]


@pytest.mark.parametrize("size", SIZES)
async def test_a_given_value_says_so_and_asks_the_portal_nothing(size: tuple[int, int]) -> None:
    portal = ToolPortal()
    async with reading(size, portal) as (pilot, screen):
        await at_first_table(pilot, screen)
        screen.view.grid.move_to(CellAddress(2, 5))
        await press(pilot, "e")
        seen = await all_read(pilot, screen)
        assert "This value is given, not computed." in seen
        assert "Note [2]: Estimated allowed charges of the period of the row." in seen
    assert portal.explained == []


async def test_a_given_value_in_a_computed_column_says_so_too() -> None:
    portal = ToolPortal()
    async with reading(portal=portal) as (pilot, screen):
        await at_first_table(pilot, screen)
        screen.view.grid.move_to(CellAddress(1, 6))
        await press(pilot, "e")
        await said(pilot, "This value is given, not computed.")
    assert len(portal.explained) == 1


async def test_a_lost_connection_is_said_and_the_report_stays() -> None:
    portal = ToolPortal()
    async with reading(portal=portal) as (pilot, screen):
        await at_first_table(pilot, screen)
        screen.view.grid.move_to(EARNED)
        portal.down = True
        await press(pilot, "e")
        await said(pilot, "The portal cannot be reached.")
        assert screen.view.grid.has_focus


async def test_moving_on_in_the_table_closes_the_panel() -> None:
    async with reading() as (pilot, screen):
        await at_first_table(pilot, screen)
        screen.view.grid.move_to(EARNED)
        await press(pilot, "e")
        await until(pilot, lambda: screen.view.explains)
        screen.view.grid.focus()
        await press(pilot, "down")
        await until(pilot, lambda: not screen.view.explains)


async def test_sr_term_06_hostile_text_in_an_explanation_is_text() -> None:
    hostile = replace(TOLD, title=MARKUP, sentences=[MARKUP], formula=MARKUP, source=MARKUP, rules=[MARKUP])
    for size in ((120, 40), (40, 24)):
        async with reading(size, ToolPortal(hostile)) as (pilot, screen):
            await at_first_table(pilot, screen)
            screen.view.grid.move_to(EARNED)
            await press(pilot, "e")
            assert MARKUP in await all_read(pilot, screen)
            strips = pilot.app.screen._compositor.render_strips()
            assert not any(part.style and part.style.meta.get("@click") for strip in strips for part in strip)


# Sort


@pytest.mark.parametrize("size", SIZES)
async def test_7_1_s_sorts_again_reverses_and_third_is_report_order(size: tuple[int, int]) -> None:
    async with reading(size) as (pilot, screen):
        await at_first_table(pilot, screen)
        given = column(screen, 6)
        screen.view.grid.move_to(EARNED)
        await press(pilot, "s")
        await said(pilot, "lowest first. Groups and totals stay in place.")
        amounts = column(screen, 6)
        assert amounts[:3] == ["$0.00", "$2,666.66", "$5,333.32"]
        assert amounts[-2:] == ["N/A", "$12,345.60"]
        assert screen.view.grid.row.id == "r2"
        await press(pilot, "s")
        await said(pilot, "highest first.")
        assert column(screen, 6)[0] == "$15,999.96"
        assert screen.view.grid.row.id == "r2"
        await press(pilot, "s")
        await said(pilot, "The rows are in the order of the report.")
        assert column(screen, 6) == given
        assert screen.view.grid.cursor == EARNED


async def test_a_sorted_row_is_explained_by_its_own_id() -> None:
    portal = ToolPortal()
    async with reading(portal=portal) as (pilot, screen):
        await at_first_table(pilot, screen)
        screen.view.grid.move_to(EARNED)
        await press(pilot, "s", "s", "ctrl+home", "e")
        await until(pilot, lambda: screen.view.explains)
    assert portal.explained[0]["row"] == "r12"


async def test_another_table_opens_in_report_order() -> None:
    async with reading() as (pilot, screen):
        await at_first_table(pilot, screen)
        await press(pilot, "end", "s", "s")
        assert screen.view.sorting is not None
        await press(pilot, "ctrl+t", "enter")
        await at_first_table(pilot, screen)
        assert screen.view.sorting is None
        assert column(screen, 0)[0] == "0999010000"


# Find


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", ["f3", "slash"])
async def test_7_1_find_goes_from_match_to_match_and_says_how_many(size: tuple[int, int], key: str) -> None:
    async with reading(size) as (pilot, screen):
        await at_first_table(pilot, screen)
        await press(pilot, key, *"FENNEL", "enter")
        await said(pilot, "2 of 15 rows match. This is match 1, row 2.")
        assert screen.view.grid.cursor == CellAddress(1, 1)
        await press(pilot, "enter")
        await said(pilot, "This is match 2, row 10.")
        await press(pilot, "down")
        await said(pilot, "This is match 1, row 2.")
        await press(pilot, "up")
        await said(pilot, "This is match 2, row 10.")
        assert screen.view.find_bar.text == "FENNEL"
        await press(pilot, "escape")
        assert screen.view.grid.has_focus
        assert not screen.view.find_bar.is_open
        assert screen.view.grid.cursor == CellAddress(9, 1)
        await press(pilot, "n")
        assert screen.view.grid.cursor == CellAddress(1, 1)
        await press(pilot, "N")
        assert screen.view.grid.cursor == CellAddress(9, 1)


async def test_find_counts_none_and_names_sections() -> None:
    async with reading() as (pilot, screen):
        await at_first_table(pilot, screen)
        await press(pilot, "f3", *"0999010002", "enter")
        await said(pilot, "1 of 15 rows match. This is match 1, row 3. In section titles: 王小明 診所.")
        screen.view.find_bar.query_one("#field-find").value = "nowhere"
        await press(pilot, "enter")
        await said(pilot, "0 of 15 rows match.")
        assert screen.view.grid.cursor == CellAddress(2, 0)


async def test_a11y_key_08_letters_are_text_in_the_line_and_shortcuts_can_be_switched_off() -> None:
    async with reading() as (pilot, screen):
        await at_first_table(pilot, screen)
        await press(pilot, "f3", *"sexpn")
        assert screen.view.find_bar.text == "sexpn"
        assert screen.view.sorting is None
    async with reading(settings=Settings(single_keys=False)) as (pilot, screen):
        await at_first_table(pilot, screen)
        await press(pilot, "s", "e", "x", "p", "slash")
        assert screen.view.sorting is None
        assert screen.view.grid.has_focus
        assert pilot.app.screen is screen
        assert "e Explain" not in words(pilot)


# Actions menu


async def test_a11y_key_02_every_tool_is_in_the_actions_menu_and_works_from_there() -> None:
    async with reading((80, 24), settings=Settings(single_keys=False)) as (pilot, screen):
        await at_first_table(pilot, screen)
        for tool in screen.tools():
            await press(pilot, "ctrl+o")
            await until(pilot, lambda: pilot.app.screen is not screen)
            assert pilot.app.screen.query(f"#action-{tool.id}"), tool
            await press(pilot, "escape")
            await until(pilot, lambda: pilot.app.screen is screen)
        screen.view.grid.move_to(EARNED)
        await press(pilot, "ctrl+o")
        await until(pilot, lambda: pilot.app.screen is not screen)
        pilot.app.screen.query_one("#action-sort").focus()
        await press(pilot, "enter")
        await said(pilot, "lowest first.")


async def test_a11y_help_03_help_names_the_keys() -> None:
    async with reading() as (pilot, screen):
        await at_first_table(pilot, screen)
        await press(pilot, "f1")
        await until(pilot, lambda: pilot.app.screen is not screen)
        shown = "\n".join(str(line.content) for line in pilot.app.screen.query(".help--line").results())  # type: ignore[attr-defined]
    for line in (
        "e: Explain. ",
        "s: Sort. ",
        "x: Export. ",
        "n: Next match. ",
        "N: Match before. ",
        "p: Professional. ",
        "F3: Find. ",
        "Ctrl+Y: Copy. ",
    ):
        assert line in shown, line


@pytest.mark.parametrize(
    ("size", "first"), [((120, 40), "Enter Row e Explain s Sort x Export"), ((80, 24), "")]
)
async def test_the_bottom_line_names_the_tools_first(size: tuple[int, int], first: str) -> None:
    async with reading(size) as (pilot, screen):
        await at_first_table(pilot, screen)
        last = " ".join(text_of(pilot)[-1].split())
        assert last.startswith(first or "Enter Row e Explain s Sort x Export F1 Help Esc Back")


# Copy


def copied(data: str) -> list[str]:
    """The texts that were sent to the clipboard."""
    return [
        base64.b64decode(part.partition("\a")[0]).decode() for part in data.split("\x1b]52;c;")[1:] if part
    ]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("1", "$2,666.66"),
        ("2", "0999010002\t王小明 診所\tMeasures Groups - 30\t12 months"),
        ("3", "NPI\tNPI Name*\tMethod of Reporting\t"),
    ],
)
async def test_a11y_copy_02_a_cell_a_row_or_the_table(
    size: tuple[int, int], choice: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("STY", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    async with reading(size, kept=True) as (pilot, screen):
        await at_first_table(pilot, screen)
        screen.view.grid.move_to(EARNED if choice == "1" else CellAddress(2, 0))
        KeptDriver.take()
        await press(pilot, "ctrl+y")
        await until(pilot, lambda: isinstance(pilot.app.screen, Menu))
        await press(pilot, choice)
        await said(pilot, "Done: Sent to the terminal's clipboard,")
        [text] = copied(KeptDriver.take())
        assert text.startswith(expected)
        assert f"{len(text)} characters. If paste is empty: tmux needs set-clipboard on;" in words(pilot)
        assert screen.view.grid.has_focus


def test_ssh_clip_01_the_sequence_is_raw_unless_an_envelope_is_wanted() -> None:
    assert sequence("a", "raw") == "\x1b]52;c;YQ==\a"
    assert sequence("a", "tmux") == "\x1bPtmux;\x1b\x1b]52;c;YQ==\a\x1b\\"
    assert sequence("a", "none") == ""


@pytest.mark.parametrize(
    ("setting", "variables", "way"),
    [
        ("auto", {"TERM": "xterm-256color"}, "raw"),
        ("auto", {"TERM": "tmux-256color", "TMUX": "/tmp/x"}, "raw"),
        ("auto", {"TERM": "screen-256color", "TMUX": "/tmp/x"}, "raw"),
        ("auto", {"TERM": "screen.xterm", "STY": "1.pts"}, "none"),
        ("auto", {"TERM": "screen"}, "none"),
        ("osc52", {"TERM": "screen", "STY": "1.pts"}, "raw"),
        ("tmux-passthrough", {"TERM": "tmux-256color", "TMUX": "/tmp/x"}, "tmux"),
        ("off", {"TERM": "xterm"}, "none"),
    ],
)
def test_ssh_clip_01_and_04_the_way_to_the_clipboard(
    setting: str, variables: dict[str, str], way: str
) -> None:
    assert route(setting, variables) == way


def test_ssh_clip_02_what_is_too_long_is_not_sent() -> None:
    assert refusal("x" * LONGEST, "raw") is None
    too_long = refusal("é" * (LONGEST // 2 + 1), "raw")
    assert too_long is not None
    assert too_long.text == "Too long for the clipboard (74996 bytes)."
    assert "Export (x)" in too_long.fix


def test_ssh_clip_03_the_words_claim_nothing() -> None:
    assert outcome("$1").plain().startswith("Done: Sent to the terminal's clipboard, 2 characters.")
    assert "1 character." in outcome("7").text


async def test_clipboard_off_says_so_and_writes_nothing() -> None:
    async with reading(kept=True, settings=Settings(clipboard="off")) as (pilot, screen):
        await at_first_table(pilot, screen)
        KeptDriver.take()
        await press(pilot, "ctrl+y")
        await until(pilot, lambda: isinstance(pilot.app.screen, Menu))
        await press(pilot, "1")
        await said(pilot, "Error: Copying is off")
        assert copied(KeptDriver.take()) == []


# Export


@pytest.mark.parametrize("size", SIZES)
async def test_tr_22_x_offers_the_portals_formats_and_asks_for_one(size: tuple[int, int]) -> None:
    portal = ToolPortal()
    portal.script["download_csv"] = replace(pages.RUN, step_token="t-run")
    async with reading(size, portal) as (pilot, screen):
        await at_first_table(pilot, screen)
        await press(pilot, "x")
        await said(pilot, "2 Download CSV")
        await press(pilot, "2")
        await until(pilot, lambda: pilot.app.page_screen.page.state == "S-RUN")  # type: ignore[attr-defined]
    assert [act.action for act in portal.acts] == ["download_csv"]


async def test_esc_in_the_list_of_formats_asks_for_nothing() -> None:
    portal = ToolPortal()
    async with reading(portal=portal) as (pilot, screen):
        await at_first_table(pilot, screen)
        await press(pilot, "x")
        await said(pilot, "1 Download PDF")
        await press(pilot, "escape")
        await until(pilot, lambda: pilot.app.screen is screen)
    assert portal.acts == []


async def test_a_report_without_files_says_so() -> None:
    async with opened(ReportPortal(), (80, 24)) as (pilot, screen):
        await at_first_table(pilot, screen)
        await press(pilot, "x")
        await said(pilot, "The portal offers no file of this report.")


@pytest.mark.parametrize("size", SIZES)
async def test_the_report_is_found_as_it_was_left(size: tuple[int, int]) -> None:
    portal = ToolPortal()
    page = portal.page
    portal.script["download_csv"] = replace(pages.RUN, step_token="t-run")
    portal.script["back"] = replace(page, step_token="t-again")
    async with reading(size, portal) as (pilot, screen):
        await at_first_table(pilot, screen)
        await press(pilot, "ctrl+n", "ctrl+n")
        await until(pilot, lambda: screen.view.title.startswith("3 of 7"))
        await until(pilot, lambda: screen.view.grid.table is not None)
        screen.view.grid.move_to(CellAddress(4, 4))
        await press(pilot, "s")
        row = screen.view.grid.row.id
        await press(pilot, "x", "2")
        await until(pilot, lambda: pilot.app.page_screen.page.state == "S-RUN")  # type: ignore[attr-defined]
        await press(pilot, "escape")
        app: Any = pilot.app
        await until(pilot, lambda: app.base.page.state == "S-REPORT" and app.base.view.grid.table is not None)
        await until(pilot, lambda: app.base.view.title.startswith("3 of 7"))
        again = app.base.view
        assert (again.grid.row.id, again.grid.cursor.column) == (row, 4)
        assert again.sorting is not None
