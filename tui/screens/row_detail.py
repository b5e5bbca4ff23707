"""A row of a report read in full: one `Heading: value` a line, nothing cut (A11Y-TABLE-10, A11Y-SIZE-01)."""

from textual.app import ComposeResult
from textual.widget import Widget

from client.messages.report import ReportTable
from client.messages.screen import Action
from client.safe_text import single_line
from tui.screens.view import CLOSE, View, fact, text
from tui.widgets.action_bar import ActionButton
from tui.widgets.masthead import Place
from tui.widgets.report_words import row_facts, row_footnotes

NEXT = Action(id="next_row", label="Next row", local=True)
BEFORE = Action(id="row_before", label="Row before", local=True)


class RowDetailScreen(View[int]):
    """Read one row after the other; answers the row read last, so that the table's cursor follows."""

    def __init__(self, table: ReportTable, row: int) -> None:
        super().__init__(name="row-detail")
        self._table = table
        self._row = row

    def place(self) -> Place:
        """Which row of which table."""
        title = f"Row {self._row + 1} of {len(self._table.rows)}"
        return Place(title=title, trail=(single_line(self._table.title),))

    def buttons(self) -> list[Action]:
        """The rows beside this one, where there are any."""
        last = len(self._table.rows) - 1
        return [*([NEXT] if self._row < last else []), *([BEFORE] if self._row else []), CLOSE]

    def compose_content(self) -> ComposeResult:
        """The facts of the row, then the footnotes that its headings name."""
        for item in row_facts(self._table, self._row):
            yield fact(single_line(item.heading), single_line(item.value))
        for note in row_footnotes(self._table):
            yield text(single_line(note), "hint")

    def on_mount(self) -> None:
        """Where the text is longer than the window, the focus goes to it: it is read from its start."""
        super().on_mount()
        self.call_after_refresh(self._read_from_the_start)

    def _read_from_the_start(self) -> None:
        self.body.measure()
        self.focus_first()
        self.body.scroll_home(animate=False)

    def first_stop(self) -> Widget | None:
        """The text, where there is more than fits."""
        return self.body

    def chosen(self, action: Action) -> None:
        """Read another row."""
        self._row += 1 if action.id == NEXT.id else -1
        self.run_worker(self._show(action), exclusive=True)

    async def _show(self, pressed: Action) -> None:
        """Compose the row anew, the focus on the same button where it is still there."""
        with self.app.batch_update():
            self.masthead.show(self.place())
            await self.column.recompose()
            self.body.scroll_home(animate=False)
            same = [button for button in self.query(ActionButton) if button.action.id == pressed.id]
            self.set_focus(same[0] if same else self.query(ActionButton).last(), scroll_visible=False)
            self.show_keys()

    def action_back(self) -> None:
        """Back to the table."""
        self.dismiss(self._row)
