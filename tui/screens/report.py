"""S-REPORT: read a feedback report table by table (portal-flow 5.7).

The screen knows where the person is in the report; the contents, the grid and the notes each do one thing and
say by message what was chosen. Sections come when they are opened: `Loading` stands in the table's place
until then. What can be done with a table (explain, sort, find, copy, export) are classes of their own.
"""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.geometry import Size
from textual.widget import Widget

from client.errors import PortalError
from client.messages.report import Report
from client.messages.screen import Action, Screen
from tui.announcement import Announcement, of_notice
from tui.screens.form import MENU
from tui.screens.report_explain import Explaining
from tui.screens.report_search import Searching
from tui.screens.report_take import Taking
from tui.screens.row_detail import RowDetailScreen
from tui.widgets.action_bar import ActionButton
from tui.widgets.action_row import ActionRow
from tui.widgets.entry import Entry
from tui.widgets.line_list import LineList
from tui.widgets.reading_line import ReadingLine
from tui.widgets.report_book import Bookmark, ReportBook, TableKey
from tui.widgets.report_contents import ReportContents
from tui.widgets.report_grid import CellAddress, ReportGrid
from tui.widgets.report_view import ReportView
from tui.widgets.report_words import about, summary

BESIDE_FROM = 100
"""Columns from which the list of tables stands beside the table; below, one takes the place of the other."""
ROOMY_FROM = 30
"""Rows from which the notes stand open under the table; below, they open when the focus goes there."""
TABLES = Action(id="tables", label="Tables", local=True)
BUTTONS = ("back", "another_report", "change_org", "home")
"""Actions with a button of their own; the Actions menu lists all."""


class ReportScreen(Explaining, Searching, Taking):
    """Choose a table, move from cell to cell, read a row in full."""

    CSS_PATH = "report.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "next_table", "Next table", tooltip="Show the next table.", id="report.next_table"),
        Binding(
            "ctrl+p", "prev_table", "Table before", tooltip="Show the one before.", id="report.prev_table"
        ),
        Binding("ctrl+t", "tables", "Tables", tooltip="Go to the list of tables.", id="report.tables"),
    ]

    _returning: Bookmark | None = None
    """Where to go back to, while the table there is on its way."""

    # Body

    def compose_body(self) -> ComposeResult:
        """A line about the report, the list of tables beside the table, the actions."""
        yield ReadingLine(id="summary")
        with Horizontal(id="panes"):
            yield ReportContents(id="tables")
            yield ReportView(id="view")
        offered = {action.id: action for action in self.page.actions}
        yield ActionRow([TABLES, *(offered[name] for name in BUTTONS if name in offered), MENU])

    def on_mount(self) -> None:
        """Keep the place and fetch the report."""
        self.view.show_waiting("", "Loading the report.")
        super().on_mount()
        self.run_worker(self._open(), group="report", exclusive=True)

    def first_stop(self) -> Widget | None:
        """The table."""
        return self.view.grid

    async def renew(self, page: Screen) -> None:
        """A refusal or a notice; the report stays where it is, unless it is another one."""
        before, self.page = self.page, page
        self.masthead.show(self.place())
        self.say_problems()
        if before.report != page.report:
            self.on_mount()

    def problems(self) -> list[Announcement]:
        """What was refused, and what the portal notes."""
        return [*super().problems(), *map(of_notice, self.page.notices)]

    def looks(self, size: Size) -> dict[str, bool]:
        """One pane or two."""
        return {
            **super().looks(size),
            "-one-pane": size.width < BESIDE_FROM,
            "-squat": size.height < ROOMY_FROM,
        }

    # Fetching

    async def _open(self) -> None:
        reference = self.page.report
        report = await self._fetched(reference.first_section) if reference is not None else None
        if report is not None:
            self.book = ReportBook(report)
            self.query_one("#summary", ReadingLine).say(summary(report))
            self.contents.show(self.book)
            self._go_back_to(self.app.bookmark)

    async def _fetch(self, key: TableKey) -> None:
        """Bring the section of a table and show it, if the person still waits for it."""
        report = await self._fetched(key.section)
        if report is not None and self.book is not None:
            self.book = self.book.merged(report)
            if self.key == key:
                self._show(key)

    async def _fetched(self, section: str) -> Report | None:
        try:
            return await self.app.journey.report([section])
        except PortalError as error:
            self.view.show_waiting(self.view.title, f"Not loaded. {error.sentence}")
            self.app.announce(Announcement("error", error.sentence, error.remedy))
            return None

    # Going from table to table

    def _go(self, key: TableKey | None) -> None:
        """Show a table, or the page about the report (None); fetch it where it has not arrived."""
        book = self.book
        if book is None:
            return
        self.key = key
        self.contents.mark(key)
        if key is None:
            self.view.show_about(about(book.report))
        elif not self._show(key):
            section = book.section(key)
            self.view.show_waiting(
                self._place(key), f"Loading the tables of {section.name or section.title}."
            )
            self.run_worker(self._fetch(key), group="report", exclusive=True)
        self._show_table_pane()

    def _show(self, key: TableKey) -> bool:
        """Show a table that has arrived; whether it had."""
        table = self.book.table(key) if self.book else None
        if table is not None:
            self.view.show_table(table, self._place(key))
            self._restore(key)
        return table is not None

    def _go_back_to(self, bookmark: Bookmark | None) -> None:
        """Where the person was in this very report; else the first table."""
        book = self.book
        if book is None:
            return
        known = bookmark is not None and bookmark.report == book.report.id and bookmark.key in book.keys
        self._returning = bookmark if known else None
        self._go(self._returning.key if self._returning else book.beside(None, 1))

    def _restore(self, key: TableKey) -> None:
        """Sorting and cursor as they were, once."""
        bookmark, self._returning = self._returning, None
        if bookmark is not None and bookmark.key == key:
            self.view.sort(bookmark.sorting)
            self.view.grid.move_to(CellAddress(bookmark.row, bookmark.column))

    def on_screen_suspend(self) -> None:
        """Something else comes: remember the place."""
        if self.book is not None and self.key is not None and not self.view.shows_about:
            cursor = self.view.grid.cursor
            self.app.bookmark = Bookmark(
                self.book.report.id, self.key, cursor.row, cursor.column, self.view.sorting
            )

    def _place(self, key: TableKey) -> str:
        if self.book is None:
            return ""
        section = self.book.section(key)
        whose = f", {section.name or section.title}" if section.npi else ""
        return f"{self.book.position(key)}{whose}"

    @on(ReportContents.TableChosen)
    def _chosen(self, event: ReportContents.TableChosen) -> None:
        event.stop()
        self._go(event.key)

    def action_next_table(self) -> None:
        """Show the next table."""
        self._turn(1)

    def action_prev_table(self) -> None:
        """Show the table before."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        key = self.book.beside(self.key, step) if self.book else None
        if key is not None:
            self._go(key)
        elif self.book is not None:
            self.app.announce(Announcement("note", f"This is the {'last' if step > 0 else 'first'} table."))

    # Panes

    def action_tables(self) -> None:
        """Go to the list of tables."""
        self.add_class("-contents")
        self.contents.focus_list()

    def _show_table_pane(self) -> None:
        """Put the table in view and the focus on it."""
        self.remove_class("-contents")
        pane: Widget = self.view.about if self.view.shows_about else self.view.grid
        if pane.can_focus:
            pane.focus()

    def action_back(self) -> None:
        """From the list of tables to the table where one covers the other; else leave the report."""
        if self.has_class("-one-pane") and self.has_class("-contents"):
            self._show_table_pane()
        else:
            super().action_back()

    def regions(self) -> list[list[Widget]]:
        """The parts that F6 goes through."""
        stops = [widget for widget in self.focus_chain if widget not in (self.status, self.body)]
        in_contents = [stop for stop in stops if self.contents in stop.ancestors]
        in_view = [stop for stop in stops if self.view in stop.ancestors]
        actions: list[Widget] = [stop for stop in stops if isinstance(stop, ActionButton)]
        messages: list[Widget] = [self.status] if self.status.said else []
        return [messages, in_contents, *([stop] for stop in in_view), actions]

    def enter_word(self) -> str:
        """What Enter does here."""
        match self.focused:
            case ReportGrid():
                return "Row"
            case LineList():
                return "Open"
            case Entry() if self.contents.has_the_focus:
                return "To the list"
            case _:
                return super().enter_word()

    async def perform_locally(self, action: str) -> None:
        """`next_table` and `prev_table` of the Actions menu, `tables` of the button."""
        match action:
            case "next_table":
                self.action_next_table()
            case "prev_table":
                self.action_prev_table()
            case "tables":
                self.action_tables()
            case _:
                await super().perform_locally(action)

    def focus_words(self) -> str:
        """Where the focus is, in words."""
        if isinstance(self.focused, ReportGrid) and self.view.cell.text:
            return f"{self.view.title}. {self.view.cell.text}"
        return super().focus_words()

    # Rows

    @on(ReportView.RowOpened)
    def _read_row(self, event: ReportView.RowOpened) -> None:
        event.stop()
        self.app.push_screen(RowDetailScreen(event.table, event.row), self._row_read)

    def _row_read(self, row: int | None) -> None:
        """The cursor goes to the row that was read last."""
        if row is not None:
            self.view.grid.move_to(CellAddress(row, self.view.grid.cursor.column))
