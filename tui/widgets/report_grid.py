"""One table of a report with a cell cursor, painting only what changed (style.md 3).

A plain widget that draws its own lines, not a `DataTable`: headings and first columns stand still, columns
scroll whole, and an arrow key repaints two cells. There are no scrollbars; the reading line says the position
in words. Moving past an edge scrolls half a page, because a page at a time costs less than a row at a time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip

from client.messages.report import ReportColumn, ReportRow, ReportTable
from client.safe_text import single_line
from tui.widgets.cell_text import pad_left, pad_right
from tui.widgets.control import Control
from tui.widgets.grown import Grown
from tui.widgets.report_layout import GAP, ColumnLayout, GridLayout, PlacedColumn, lay_out

NO_LAYOUT = GridLayout(0, (), 0, ())
LOW = 8
"""Lines below which headings take one line only."""
NO_ROWS = "This table has no rows."
READING_LINES = 2
"""Lines under the table that belong in view with it."""
MARK = ">"
"""Stands before the focused cell: focus never shows by colour alone (A11Y-FOCUS-02)."""


@dataclass(frozen=True)
class CellAddress:
    """A cell of the table shown; both count from 0."""

    row: int
    column: int


class ReportGrid(Control):
    """A report table: arrows move from cell to cell, Enter opens the row."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "report-grid--heading",
        "report-grid--group",
        "report-grid--total",
        "report-grid--cursor",
        "report-grid--cursor-blurred",
    }
    DEFAULT_CSS = """
    ReportGrid {
        height: 1fr;
        color: $foreground;
        & > .report-grid--heading { background: $panel; color: $foreground; text-style: bold; }
        & > .report-grid--group { text-style: bold; }
        & > .report-grid--total { text-style: bold; }
        & > .report-grid--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: $block-cursor-text-style;
        }
        & > .report-grid--cursor-blurred {
            background: $block-cursor-blurred-background;
            color: $block-cursor-blurred-foreground;
            text-style: $block-cursor-blurred-text-style;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", "Row up", show=False, id="report.row_up"),
        Binding("down", "move(1, 0)", "Row down", show=False, id="report.row_down"),
        Binding("left", "move(0, -1)", "Column left", show=False, id="report.column_left"),
        Binding("right", "move(0, 1)", "Column right", show=False, id="report.column_right"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="report.page_up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="report.page_down"),
        Binding("home", "edge('column', 0)", "First column", show=False, id="report.first_column"),
        Binding("end", "edge('column', -1)", "Last column", show=False, id="report.last_column"),
        Binding("ctrl+home", "edge('row', 0)", "First row", show=False, id="report.first_row"),
        Binding("ctrl+end", "edge('row', -1)", "Last row", show=False, id="report.last_row"),
        Binding(
            "enter",
            "open_row",
            "Row",
            show=False,
            id="report.open_row",
            tooltip="Read the row, one fact a line",
        ),
    ]

    @dataclass
    class RowOpened(Message):
        """The person wants to read a row in full."""

        row: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.table: ReportTable | None = None
        """The table shown; None before the first one."""
        self.cursor = CellAddress(0, 0)
        self._words = ""
        self._layout = NO_LAYOUT
        self._placed: tuple[PlacedColumn, ...] = ()
        self._top = 0
        self._left = 0
        self.follow: Callable[[], None] = lambda: None
        """Called at each move of the cursor; no message, because what it changes is painted with it."""

    # What is shown

    def show(self, table: ReportTable, cursor: CellAddress | None = None) -> None:
        """Show another table, or the same one with its rows in another order."""
        self.table = table
        self._words = "" if table.rows else NO_ROWS
        self.cursor = cursor or CellAddress(0, 0)
        self._top = self._left = 0
        self._lay_out()
        self.follow()

    def say(self, words: str) -> None:
        """Keep the place of a table that is on its way: `Loading` (look.md 6), or why it does not come."""
        self.table = None
        self._words = single_line(words)
        self._lay_out()

    @property
    def text(self) -> str:
        """The words in the place of a table; empty while there is one."""
        return self._words

    @property
    def row(self) -> ReportRow | None:
        """The row under the cursor; None where there is none."""
        return self.table.rows[self.cursor.row] if self.table and self.table.rows else None

    @property
    def column(self) -> ReportColumn | None:
        """The column under the cursor; None where there is none."""
        return self.table.columns[self.cursor.column] if self.table and self.table.columns else None

    def move_to(self, address: CellAddress) -> None:
        """Put the cursor on a cell, scrolling as little as needed; beyond the edges: the nearest cell."""
        if self.table is None or not self.table.rows or not self.table.columns:
            return
        target = CellAddress(
            max(0, min(address.row, len(self.table.rows) - 1)),
            max(0, min(address.column, len(self.table.columns) - 1)),
        )
        if target == self.cursor:
            return
        before, self.cursor = self.cursor, target
        if self._bring_into_view():
            self._refresh_lines_in_use()
        else:
            self._refresh_cells(before, target)
        self.follow()

    # Keys and mouse

    def action_move(self, rows: int, columns: int) -> None:
        """Move by rows and columns."""
        self.move_to(CellAddress(self.cursor.row + rows, self.cursor.column + columns))

    def action_page(self, direction: int) -> None:
        """Move by the rows that fit."""
        self.action_move(direction * max(1, self._visible_rows - 1), 0)

    def action_edge(self, axis: str, end: int) -> None:
        """Move to the first (0) or last (-1) row or column."""
        far = 1_000_000_000 if end else 0
        if axis == "row":
            self.move_to(CellAddress(far, self.cursor.column))
        else:
            self.move_to(CellAddress(self.cursor.row, far))

    def action_open_row(self) -> None:
        """Read the row under the cursor."""
        if self.row is not None:
            self.post_message(self.RowOpened(self.cursor.row))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor under the pointer; a double-click is Enter (F-GEN-11)."""
        offset = event.get_content_offset(self)
        row = self._top + offset.y - self._layout.heading_height if offset else -1
        if offset is None or not 0 <= row < len(self._layout.texts) or offset.y < self._layout.heading_height:
            return
        hit = [placed for placed in self._placed if placed.x - GAP <= offset.x < placed.end]
        self.move_to(CellAddress(row, hit[0].column.index if hit else self.cursor.column))
        if event.chain == 2:
            self.action_open_row()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Three rows down."""
        event.stop()
        self.action_move(3, 0)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Three rows up."""
        event.stop()
        self.action_move(-3, 0)

    def on_resize(self) -> None:
        """Lay the table out anew; the cursor stays on its cell (A11Y-SIZE-03)."""
        self._lay_out()
        if self.has_focus:
            self.post_message(Grown())

    def on_focus(self) -> None:
        """Show the mark."""
        self._refresh_cells(self.cursor)

    def on_blur(self) -> None:
        """Take the mark away."""
        self._refresh_cells(self.cursor)

    # Geometry

    @property
    def _visible_rows(self) -> int:
        return max(1, self.content_size.height - self._layout.heading_height)

    def _lay_out(self) -> None:
        width, height = self.content_size
        self._layout = NO_LAYOUT if self.table is None else lay_out(self.table, width, low=height < LOW)
        self._bring_into_view()
        self._placed = self._layout.place(self._left)
        self.refresh()

    def _bring_into_view(self) -> bool:
        """Scroll so that the cursor's cell is visible; whether anything scrolled."""
        before = (self._top, self._left)
        row, page, last = self.cursor.row, self._visible_rows, len(self._layout.texts)
        if not self._top <= row < self._top + page:
            step = max(1, page // 2)
            top = row - step if row >= self._top + page else row - page + step + 1
            self._top = top
        self._top = max(0, min(self._top, last - page))
        self._left = self._layout.left_for(self.cursor.column, self._left)
        self._placed = self._layout.place(self._left)
        return before != (self._top, self._left)

    def _cell_region(self, address: CellAddress) -> Region | None:
        """The cell and the mark before it, in this widget; None where it is not visible."""
        y = self._layout.heading_height + address.row - self._top
        for placed in self._placed:
            if placed.column.index == address.column and y < self.content_size.height:
                return Region(placed.x - 1, y, placed.column.width + 1, 1)
        return None

    def _refresh_cells(self, *addresses: CellAddress) -> None:
        """Repaint the cells that are visible; nothing where none is."""
        regions = [region for region in map(self._cell_region, addresses) if region is not None]
        if regions:
            self.refresh(*regions)

    def _refresh_lines_in_use(self) -> None:
        """Repaint what scrolls: not the empty lines below a short table."""
        height = self._layout.heading_height + len(self._layout.texts)
        self.refresh(Region(0, 0, self.content_size.width, min(height, self.content_size.height)))

    @property
    def cursor_cell(self) -> Offset:
        """First cell of the value under the cursor (A11Y-FOCUS-05)."""
        region = self._cell_region(self.cursor)
        return Offset(0, 0) if region is None else region.offset + Offset(1, 0)

    @property
    def attention(self) -> Region:
        """The table and the reading line under it (A11Y-FOCUS-03)."""
        return self.region.grow((0, 0, READING_LINES, 0))

    # Painting

    def render_line(self, y: int) -> Strip:
        """One line: a line of the headings, or one row."""
        width = self.content_size.width
        if y < self._layout.heading_height:
            style = self.get_component_rich_style("report-grid--heading")
            return Strip([Segment(pad_right(self._heading_line(y), width), style)], width)
        row = self._top + y - self._layout.heading_height
        if self.table is None or row >= len(self._layout.texts):
            words = self._words if row == 0 else ""
            return Strip([Segment(pad_right(" " * GAP + words, width), self.rich_style)], width)
        kind = self.table.rows[row].kind
        style = self.rich_style if kind == "data" else self.get_component_rich_style(f"report-grid--{kind}")
        return Strip(self._row_segments(row, style)).adjust_cell_length(width, style)

    def _heading_line(self, y: int) -> str:
        if self._layout.has_spans and y == 0:
            return self._span_line()
        return "".join(" " * GAP + self._heading_part(placed.column, y) for placed in self._placed)

    def _heading_part(self, column: ColumnLayout, y: int) -> str:
        """The column's part of heading line `y`; the last lines of all headings stand side by side."""
        number = y - (self._layout.heading_height - len(column.heading))
        text = column.heading[number] if number >= 0 else ""
        return pad_left(text, column.width) if column.right else pad_right(text, column.width)

    def _span_line(self) -> str:
        line = ""
        for index, placed in enumerate(self._placed):
            span = placed.column.span
            if span and (index == 0 or self._placed[index - 1].column.span != span):
                after = [other for other in self._placed[index:] if other.column.span == span]
                line = pad_right(line, placed.x) + pad_right(span, after[-1].end - placed.x)
        return line

    def _row_segments(self, row: int, style: Style) -> list[Segment]:
        """The row in one run of style, the cursor's cell with its mark in another."""
        segments: list[Segment] = []
        run = ""
        for placed in self._placed:
            text = self._layout.aligned(row, placed.column)
            if CellAddress(row, placed.column.index) == self.cursor:
                name = "report-grid--cursor" if self.has_focus else "report-grid--cursor-blurred"
                mark = MARK if self.has_focus else " "
                segments.append(Segment(run + " " * (GAP - 1), style))
                segments.append(Segment(mark + text, self.get_component_rich_style(name)))
                run = ""
            else:
                run += " " * GAP + text
        rest = self.content_size.width - (self._placed[-1].end if self._placed else 0)
        return [*segments, Segment(run + " " * max(0, rest), style)]
