"""One table as a view: its title, the grid, the line to find text, the reading line, the notes.

It shows the word `Loading` in the place where a table will come (look.md 6), and the page about the report in
the same place.
"""

from dataclasses import dataclass

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from client.messages.report import ReportTable
from client.report_search import Match, beside, find_rows
from client.report_sorting import Sorting, sorted_table, sorting_words, turned
from client.safe_text import single_line
from tui.widgets.find_bar import FindBar
from tui.widgets.reading_line import ReadingLine
from tui.widgets.report_explanation import ReportExplanation
from tui.widgets.report_grid import CellAddress, ReportGrid
from tui.widgets.report_layout import cell_texts
from tui.widgets.report_words import cell_sentence, notes
from tui.widgets.text_pane import Paragraph, TextPane

ABOUT_TITLE = "About this report"


class ReportView(Vertical):
    """What the person reads now."""

    DEFAULT_CSS = """
    ReportView {
        width: 1fr; height: 1fr;
        & > #table-title { height: auto; max-height: 3; text-style: bold; }
        & > #about { display: none; }
        & > ReportGrid { min-height: 4; }
        & > #cell { height: 2; color: $text-muted; }
        & > #notes { height: 4; }
        & > ReportExplanation { display: none; }
        &.-explaining > ReportExplanation { display: block; }
        &.-explaining > #cell, &.-explaining > #notes, &.-no-notes > #notes { display: none; }
        &.-about > ReportGrid, &.-about > #cell, &.-about > #notes, &.-about > FindBar { display: none; }
        &.-about > #about { display: block; }
    }
    """

    @dataclass
    class RowOpened(Message):
        """A row is to be read in full."""

        table: ReportTable
        row: int

    grid = getters.query_one(ReportGrid)
    cell = getters.query_one("#cell", ReadingLine)
    notes = getters.query_one("#notes", TextPane)
    find_bar = getters.query_one(FindBar)
    explanation = getters.query_one(ReportExplanation)
    about = getters.query_one("#about", TextPane)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._in_report_order: ReportTable | None = None
        self.sorting: Sorting | None = None
        """How the rows are sorted; None: as in the report."""

    def compose(self) -> ComposeResult:
        """Title, grid, reading line and notes; or the page about the report in their place."""
        yield Static(id="table-title", markup=False)
        yield TextPane(ABOUT_TITLE, id="about")
        yield ReportGrid(id="grid")
        yield FindBar(id="find-bar")
        yield ReadingLine(id="cell")
        yield ReportExplanation(id="explanation")
        yield TextPane("Notes", id="notes")

    def on_mount(self) -> None:
        """Read every cell that the cursor comes to."""
        self.grid.follow = self._read_cell

    # What is shown

    def show_table(self, table: ReportTable, place: str, cursor: CellAddress | None = None) -> None:
        """Show a table in report order; `place` says which one it is."""
        self.remove_class("-about")
        self.close_explanation()
        self._in_report_order, self.sorting = table, None
        self._title(f"{place}  {table.title}")
        self._show_notes(notes(table))
        self.grid.show(table, cursor)

    def show_waiting(self, title: str, words: str) -> None:
        """Keep the place of a table that is on its way, or say why it does not come."""
        self.remove_class("-about")
        self.close_explanation()
        self._title(title)
        self._show_notes([])
        self.cell.say("")
        self.grid.say(words)

    def _show_notes(self, paragraphs: list[Paragraph]) -> None:
        self.set_class(not paragraphs, "-no-notes")
        self.notes.show(paragraphs)

    def show_about(self, paragraphs: list[Paragraph]) -> None:
        """Show the page about the report."""
        self.add_class("-about")
        self._title("")
        self.about.show(paragraphs)

    # Order and search

    def sort(self, sorting: Sorting | None) -> str:
        """Put the rows in another order, the cursor stays on its row; the order in words."""
        table, row, column = self._in_report_order, self.grid.row, self.grid.cursor.column
        if table is None or row is None:
            return ""
        self.sorting = sorting
        ordered = sorted_table(table, sorting)
        number = next(number for number, other in enumerate(ordered.rows) if other.id == row.id)
        self.grid.show(ordered, CellAddress(number, column))
        return sorting_words(table, sorting)

    def sort_next(self) -> str:
        """Sort by the column under the cursor; again: reversed; again: report order (7.1)."""
        column = self.grid.column
        return self.sort(turned(self.sorting, column.id)) if column else ""

    def find(self, text: str, step: int) -> tuple[int, list[Match]]:
        """Go to the next row that has a text (1) or the one before (-1).

        Which of the matches it is, counted from 0 (-1: none), and all of them.
        """
        matches = find_rows(cell_texts(self.grid.table.rows), text) if self.grid.table else []
        index = beside(matches, self.grid.cursor.row, step)
        if index is None:
            return -1, matches
        self.grid.move_to(CellAddress(*matches[index]))
        return index, matches

    # The explanation of a cell

    @property
    def explains(self) -> bool:
        """Whether the panel with an explanation is open."""
        return self.has_class("-explaining")

    def explain(self, paragraphs: list[Paragraph]) -> None:
        """Show an explanation over the lower part, with the focus on it."""
        self.add_class("-explaining")
        self.explanation.show(paragraphs)
        self.explanation.focus()

    def close_explanation(self) -> None:
        """Take the panel away."""
        self.remove_class("-explaining")

    @property
    def shows_about(self) -> bool:
        """Whether the page about the report is shown."""
        return self.has_class("-about")

    @property
    def title(self) -> str:
        """Which table this is."""
        return str(self.query_one("#table-title", Static).content)

    def _title(self, text: str) -> None:
        title = self.query_one("#table-title", Static)
        title.update(single_line(text))
        title.display = bool(text)

    def on_descendant_focus(self) -> None:
        """Make room for the notes while they are read."""
        self.set_class(self.notes.has_focus, "-in-notes")

    def on_descendant_blur(self) -> None:
        """Give the room back."""
        self.set_class(self.notes.has_focus, "-in-notes")

    # The reading line

    def _read_cell(self) -> None:
        if self.grid.has_focus:
            self.close_explanation()
        if self.grid.table is not None:
            cursor = self.grid.cursor
            self.cell.say(cell_sentence(self.grid.table, cursor.row, cursor.column))

    @on(ReportGrid.RowOpened)
    def _open_row(self, event: ReportGrid.RowOpened) -> None:
        event.stop()
        if self.grid.table is not None:
            self.post_message(self.RowOpened(self.grid.table, event.row))
