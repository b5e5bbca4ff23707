"""Lay a report's table out as plain text of a given width, without an escape byte or a line character.

Three forms, the first that reads well wins: a grid under the official headings, a grid under the short ones
with the official headings listed below it, and one `heading: value` line per cell. Official headings run to
sixteen words, so a grid that would stack them too high is not readable even where it fits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rich.cells import cell_len, chop_cells

from client.messages.cells import format_cell
from client.messages.report import ReportColumn, ReportRow, ReportTable
from client.safe_text import single_line

TALLEST_HEADING = 5
"""Lines that a heading may take; where the official ones need more, the short ones are used."""

_NUMBERS = ("count", "money", "percent", "points")
"""Kinds of columns that line up at the right."""


@dataclass(frozen=True)
class TableText:
    """A table laid out; what its short headings stand for, if it has them."""

    lines: list[str]
    legend: tuple[tuple[str, str], ...] = ()
    """Short and official heading, where they differ."""


@dataclass(frozen=True)
class _Lane:
    """One column of a grid: its texts and how far it can be squeezed."""

    heading: str
    texts: tuple[str, ...]
    right: bool

    @cached_property
    def least(self) -> int:
        """Cells of its longest word: narrower would break words."""
        words = (word for text in (self.heading, *self.texts) for word in text.split())
        return max(map(cell_len, words), default=1)

    def wanted(self, lines: int) -> int:
        """Cells at which no value wraps and the heading is at most `lines` lines high."""
        width = max(self.least, *map(cell_len, self.texts))
        while len(wrap(self.heading, width)) > lines:
            width += 1
        return width


def lay_out(table: ReportTable, width: int) -> TableText:
    """The columns and rows of a table in lines of at most `width` cells; nothing of its notes."""
    if not table.rows:
        return TableText(wrap("No rows.", width))
    full, short = _lanes(table, short=False), _lanes(table, short=True)
    for lanes, gap in ((full, 2), (short, 2), (short, 1)):
        widths = _widths(lanes, width - gap * (len(lanes) - 1))
        if widths is not None and _heading_height(lanes, widths) <= TALLEST_HEADING:
            return TableText(_grid(lanes, widths, gap), _legend(table) if lanes is short else ())
    return TableText(_records(table, width))


def marked(text: str, mark: str) -> str:
    """A heading with its footnote mark in plain text (P-FMT-10)."""
    return f"{text} [{mark}]" if mark else text


def full_heading(column: ReportColumn) -> str:
    """The official heading with the spanning heading above it and the footnote mark."""
    heading = f"{column.span}: {column.heading}" if column.span else column.heading
    return single_line(marked(heading, column.note))


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells, broken at blanks; a longer word breaks hard."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        *full, rest = chop_cells(word, width) if cell_len(word) > width else [word]
        for piece in full:
            lines.extend(filter(None, (line, piece)))
            line = ""
        longer = f"{line} {rest}" if line else rest
        if cell_len(longer) > width:
            lines.append(line)
            longer = rest
        line = longer
    return [*lines, line] if line or not lines else lines


def _lanes(table: ReportTable, *, short: bool) -> list[_Lane]:
    texts = zip(*map(_texts, table.rows), strict=True)
    return [
        _Lane(
            heading=single_line(column.short) if short else full_heading(column),
            texts=column_texts,
            right=column.kind in _NUMBERS,
        )
        for column, column_texts in zip(table.columns, texts, strict=True)
    ]


def _texts(row: ReportRow) -> list[str]:
    return [single_line(format_cell(cell)) for cell in row.cells]


def _widths(lanes: Sequence[_Lane], room: int) -> list[int] | None:
    """A width for each lane, with the lowest headings that fit into `room`; None: words would break."""
    for lines in range(1, TALLEST_HEADING):
        wanted = [lane.wanted(lines) for lane in lanes]
        if sum(wanted) <= room:
            return wanted
    spare = room - sum(lane.least for lane in lanes)
    wishes = [lane.wanted(TALLEST_HEADING) - lane.least for lane in lanes]
    return (
        None
        if spare < 0
        else [lane.least + w for lane, w in zip(lanes, _granted(wishes, spare), strict=True)]
    )


def _granted(wishes: Sequence[int], spare: int) -> list[int]:
    """Small wishes whole, the rest shared alike: a period of two words need not wrap beside a long title."""
    granted = [0] * len(wishes)
    for place, lane in enumerate(sorted(range(len(wishes)), key=lambda lane: wishes[lane])):
        granted[lane] = min(wishes[lane], spare // (len(wishes) - place))
        spare -= granted[lane]
    return granted


def _heading_height(lanes: Sequence[_Lane], widths: Sequence[int]) -> int:
    return max(len(wrap(lane.heading, width)) for lane, width in zip(lanes, widths, strict=True))


def _grid(lanes: Sequence[_Lane], widths: Sequence[int], gap: int) -> list[str]:
    blocks = [
        _block(texts, lanes, widths, gap) for texts in zip(*(lane.texts for lane in lanes), strict=True)
    ]
    lines = _block([lane.heading for lane in lanes], lanes, widths, gap, bottom=True)
    lines.append((" " * gap).join("-" * width for width in widths))
    spaced = any(len(block) > 1 for block in blocks)
    for number, block in enumerate(blocks):
        lines.extend([""] if spaced and number else [])
        lines.extend(block)
    return lines


def _block(
    texts: Iterable[str], lanes: Sequence[_Lane], widths: Sequence[int], gap: int, *, bottom: bool = False
) -> list[str]:
    """The lines of one row; headings stand at the bottom of theirs, values at the top."""
    wrapped = [wrap(text, width) for text, width in zip(texts, widths, strict=True)]
    height = max(map(len, wrapped))
    padded = [[*[""] * (height - len(w)), *w] if bottom else [*w, *[""] * (height - len(w))] for w in wrapped]
    return [
        (" " * gap).join(map(_aligned, line, widths, (lane.right for lane in lanes))).rstrip()
        for line in zip(*padded, strict=True)
    ]


def _aligned(text: str, width: int, right: bool) -> str:
    space = " " * (width - cell_len(text))
    return space + text if right else text + space


def _legend(table: ReportTable) -> tuple[tuple[str, str], ...]:
    pairs = ((single_line(column.short), full_heading(column)) for column in table.columns)
    return tuple((short, full) for short, full in pairs if short != full)


def _records(table: ReportTable, width: int) -> list[str]:
    lines: list[str] = []
    for number, row in enumerate(table.rows, 1):
        lines.extend([""] if number > 1 else [])
        lines.append(f"Row {number} of {len(table.rows)}")
        for column, text in zip(table.columns, _texts(row), strict=True):
            if text:
                lines.extend(wrap(f"{full_heading(column)}: {text}", width))
    return lines
