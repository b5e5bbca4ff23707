"""Where every cell of a report table stands, worked out from the table and the width at hand.

Pure: no widget, no colour. The first column never scrolls away, nor does the name beside an identifier where
half of the width has room for both; the others scroll one at a time and are never shown in part, because half
a figure is a wrong figure. Headings wrap to three lines (look.md 5); the short ones are taken in narrow views
and where they bring more columns into view. The reading line and the row in full have the official ones.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rich.cells import cell_len

from client.messages.cells import format_cell
from client.messages.report import Blank, Cell, ReportColumn, ReportRow, ReportTable
from client.safe_text import single_line
from tui.widgets.cell_text import longest_word, pad_left, pad_right, wrap
from tui.widgets.wrapping import wrapped

GAP = 2
"""Cells before each column; the second one holds the mark of the focused cell."""
HEADING_LINES = 3
SHORT_BELOW = 60
"""Narrower views take the short headings."""
LEAST_NAME = 16
"""Cells below which a name does not stand still beside its key."""
WIDEST_TEXT = 40
"""Cells that a column of words gets before spare room is shared out."""
_NUMBERS = frozenset({"count", "money", "percent", "points"})
_KEYS = frozenset({"identifier", "measure"})
_UP_TO_UNITS = re.compile(r"[^.]*\d")


@dataclass(frozen=True)
class ColumnLayout:
    """One column as drawn."""

    index: int
    """Its place in the table."""
    heading: tuple[str, ...]
    """At most `lines` lines."""
    lines: int
    span: str
    """Spanning heading above; empty: none."""
    width: int
    """Cells, the gap before it excepted."""
    right: bool
    """Numbers stand at the right edge, aligned on the decimal."""
    tail: int
    """Cells that follow the units digit, at most, in the values of the column."""
    widest: int
    """Cells that its widest value would take."""
    least: int
    """Cells to which it can be squeezed: words end in an ellipsis, numbers are never cut."""


@dataclass(frozen=True)
class PlacedColumn:
    """A column and the cell where it begins."""

    x: int
    column: ColumnLayout

    @property
    def end(self) -> int:
        """The cell after its last."""
        return self.x + self.column.width


@dataclass(frozen=True)
class GridLayout:
    """A table laid out for `width` cells."""

    width: int
    columns: tuple[ColumnLayout, ...]
    frozen: int
    """Leading columns that do not scroll; at least 1 where there are any."""
    texts: tuple[tuple[str, ...], ...]
    """Every cell as shown, row by row, safe and on one line."""

    @cached_property
    def heading_height(self) -> int:
        """Lines of the header block while columns are squeezed, a line for spanning headings included."""
        squeezed = [_fitted(column, min(column.width, column.least)) for column in self.columns]
        return max((len(column.heading) for column in (*self.columns, *squeezed)), default=0) + self.has_spans

    @cached_property
    def has_spans(self) -> bool:
        """Whether some columns share a heading above theirs."""
        return any(column.span for column in self.columns)

    def place(self, left: int) -> tuple[PlacedColumn, ...]:
        """The columns that are visible when `left` is the first of those that scroll.

        A number is shown whole or not at all; the last words may be squeezed, and room that is left over goes
        to words that were cut.
        """
        shown: list[ColumnLayout] = []
        spare = self.width
        for column in (*self.columns[: self.frozen], *self.columns[max(left, self.frozen) :]):
            width = min(column.width, spare - GAP)
            if width < min(column.width, column.least):
                break
            shown.append(column if width == column.width else _fitted(column, width))
            spare -= GAP + width
        placed: list[PlacedColumn] = []
        for column in shown:
            more = max(0, min(column.widest - column.width, spare))
            spare -= more
            start = placed[-1].end if placed else 0
            placed.append(PlacedColumn(start + GAP, replace(column, width=column.width + more)))
        return tuple(placed)

    def left_for(self, index: int, left: int) -> int:
        """The nearest scroll position to `left` at which column `index` is wholly visible."""
        left = max(left, self.frozen)
        if index < self.frozen:
            return left
        left = min(left, index)
        while left < index and all(placed.column.index != index for placed in self.place(left)):
            left += 1
        return left

    def aligned(self, row: int, column: ColumnLayout) -> str:
        """The cell's text in exactly the column's width."""
        text = self.texts[row][column.index]
        if not column.right:
            return pad_right(text, column.width)
        return pad_left(text + " " * _after(text, column.tail), column.width)


def lay_out(table: ReportTable, width: int, *, low: bool = False) -> GridLayout:
    """Lay out a table for a view of `width` cells; a `low` one has no lines to spare for headings."""
    short = _laid_out(table, width, short=True, lines=1 if low else HEADING_LINES)
    if low or width < SHORT_BELOW:
        return short
    official = _laid_out(table, width, short=False, lines=HEADING_LINES)
    return short if len(short.place(0)) > len(official.place(0)) else official


def _laid_out(table: ReportTable, width: int, *, short: bool, lines: int) -> GridLayout:
    texts = cell_texts(table.rows)
    columns = tuple(
        _measure(index, column, [row[index] for row in texts], short=short, lines=lines)
        for index, column in enumerate(table.columns)
    )
    frozen = _frozen(table.columns, columns, width)
    widths = _squeezed(columns, width) if _all_fit(columns, width) else _scrolled(columns, frozen, width)
    fitted = tuple(_fitted(column, cells) for column, cells in zip(columns, widths, strict=True))
    return GridLayout(width, fitted, frozen, texts)


def cell_texts(rows: Sequence[ReportRow]) -> tuple[tuple[str, ...], ...]:
    """Every cell as shown; a group or total row that begins blank says in words what it is."""
    return tuple(tuple(_text(row, index, cell) for index, cell in enumerate(row.cells)) for row in rows)


def heading_text(column: ReportColumn, *, short: bool = False) -> str:
    """The heading with its footnote mark as `[n]` (P-FMT-10)."""
    words = column.short if short and column.short else column.heading
    return single_line(f"{words} [{column.note}]" if column.note else words)


def _text(row: ReportRow, index: int, cell: Cell) -> str:
    if index == 0 and isinstance(cell, Blank) and row.kind != "data":
        return row.kind.capitalize()
    return single_line(format_cell(cell))


def _measure(
    index: int, column: ReportColumn, texts: Sequence[str], *, short: bool, lines: int
) -> ColumnLayout:
    right = column.kind in _NUMBERS
    tail = max(map(_tail, texts), default=0) if right else 0
    # Numbers line up first: the widest needs its own digits and the longest tail of the column.
    widest = max((cell_len(text) + _after(text, tail) for text in texts), default=0)
    heading = heading_text(column, short=short)
    head = max(_heading_width(heading, lines), 1)
    width = max(widest if right else min(widest, WIDEST_TEXT), head)
    least = width if right else max(head, min(widest, LEAST_NAME))
    span = single_line(column.span)
    return ColumnLayout(index, (heading,), lines, span, width, right, tail, max(width, widest), least)


def _heading_width(heading: str, lines: int) -> int:
    """The fewest cells in which a heading takes so many lines."""
    width = max(longest_word(heading), -(-cell_len(heading) // lines))
    while len(wrapped(heading, width)) > lines:
        width += 1
    return width


def _frozen(columns: Sequence[ReportColumn], laid: Sequence[ColumnLayout], width: int) -> int:
    """How many columns stand still: the first, and the name beside a key if half of the width has room."""
    if len(columns) < 3:
        return min(len(columns), 1)
    named_key = columns[0].kind in _KEYS and columns[1].kind == "text"
    room = width // 2 - laid[0].width - 2 * GAP
    return 2 if named_key and room >= min(laid[1].width, LEAST_NAME) else 1


def _all_fit(columns: Sequence[ColumnLayout], width: int) -> bool:
    """Whether no column has to scroll."""
    return sum(GAP + column.least for column in columns) <= width


def _squeezed(columns: Sequence[ColumnLayout], width: int) -> list[int]:
    """Widths at which all columns fit; the widest words give way first."""
    widths = [column.width for column in columns]
    while sum(widths) + GAP * len(widths) > width:
        squeezable = (index for index, column in enumerate(columns) if widths[index] > column.least)
        widths[max(squeezable, key=widths.__getitem__)] -= 1
    return widths


def _scrolled(columns: Sequence[ColumnLayout], frozen: int, width: int) -> list[int]:
    """Widths where columns scroll: what stands still takes half of the width at most."""
    widths = [column.width for column in columns]
    room = width if len(columns) == 1 else width // 2
    for index in range(frozen):
        widths[index] = max(1, min(widths[index], room - GAP))
        room -= GAP + widths[index]
    room = width - sum(GAP + cells for cells in widths[:frozen])
    return widths[:frozen] + [max(1, min(cells, room - GAP)) for cells in widths[frozen:]]


def _fitted(column: ColumnLayout, width: int) -> ColumnLayout:
    """The column at another width, its heading wrapped anew."""
    heading = " ".join(column.heading)
    return replace(column, width=width, heading=tuple(wrap(heading, width, column.lines)))


def _after(text: str, tail: int) -> int:
    """Cells to leave free after a value so that its units digit lines up; words stand at the edge itself."""
    return max(0, tail - _tail(text)) if any(map(str.isdigit, text)) else 0


def _tail(text: str) -> int:
    """Cells after the units digit (`.50`, `%`, `.5%`); 0 where there is no digit (`N/A`, `NULL`)."""
    found = _UP_TO_UNITS.match(text)
    return cell_len(text[found.end() :]) if found else 0
