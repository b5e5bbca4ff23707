"""A table read aloud: pure functions from a table to logical lines (A11Y-TABLE-01 to A11Y-TABLE-09).

Report tables and demo lists become one small value first, `SpokenTable`, whose cells are final text; a blank
cell (a group title's, a total's) is left out instead of being said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len

from client.messages.cells import format_cell
from client.messages.report import Cell, MeasureNumber, ReportRow, ReportTable
from client.report_search import find_rows
from tui.plain.choices import Choice, Mismatch, match_choice
from tui.plain.grammar import Label, is_pair, labelled, sentence

Style = Literal["rows", "lines", "grid"]


@dataclass(frozen=True, slots=True)
class SpokenColumn:
    """A column: official heading, short one (at most 12 cells), footnote mark, spanning heading."""

    heading: str
    short: str = ""
    note: str = ""
    span: str = ""


@dataclass(frozen=True, slots=True)
class SpokenRow:
    """A row; an empty cell is blank by design. `group` names the group that it belongs to."""

    cells: tuple[str, ...]
    kind: Literal["data", "group", "total"] = "data"
    number: int = 0
    """Position among the data rows, from 1; 0 for group and total rows."""
    group: str = ""


@dataclass(frozen=True, slots=True)
class SpokenTable:
    """A table whose cells are text."""

    title: str
    columns: tuple[SpokenColumn, ...]
    rows: tuple[SpokenRow, ...]
    caption: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    """Footnotes as (mark, text); an unnumbered note has an empty mark."""

    @property
    def data(self) -> tuple[SpokenRow, ...]:
        """The rows that count: neither group titles nor totals."""
        return tuple(row for row in self.rows if row.kind == "data")


@dataclass(frozen=True, slots=True)
class Reading:
    """How tables are read: the settings `table_style`, `row_labels`, and `announce` as its effects."""

    style: Style = "rows"
    row_labels: bool = True
    short_headings: bool = False
    list_columns: bool = True


def spoken(table: ReportTable) -> SpokenTable:
    """A report table as text; numbers of measures without their `#`."""
    columns = tuple(SpokenColumn(c.heading, c.short, c.note, c.span) for c in table.columns)
    notes = [("", note) for note in table.notes] + [(note.mark, note.text) for note in table.footnotes]
    return SpokenTable(table.title, columns, tuple(_rows(table.rows)), tuple(table.caption), tuple(notes))


def _rows(rows: Sequence[ReportRow]) -> Iterator[SpokenRow]:
    group, number = "", 0
    for row in rows:
        cells = tuple(_cell_text(cell) for cell in row.cells)
        if row.kind == "data":
            number += 1
        elif row.kind == "group":
            group = next((cell for cell in cells if cell), "")
        yield SpokenRow(cells, row.kind, number if row.kind == "data" else 0, group)


def _cell_text(cell: Cell) -> str:
    return cell.value if isinstance(cell, MeasureNumber) else format_cell(cell)


def opening_lines(table: SpokenTable, reading: Reading, known: frozenset[str] = frozenset()) -> list[str]:
    """The `Table:` line, the caption and the list of columns; an empty table says only that it is empty.

    Caption lines in `known` are left out: the tables of one report repeat them.
    """
    rows = len(table.data)
    title = sentence(table.title)
    if not table.rows:
        return [labelled(Label.TABLE, f"{title} 0 rows.")]
    counted = f"{_counted(rows, 'row')}, {_counted(len(table.columns), 'column')}."
    lines = [
        labelled(Label.TABLE, f"{title} {counted}"),
        *(line for line in caption_lines(table) if line not in known),
    ]
    if reading.list_columns:
        names = "; ".join(_listed_headings(table, reading))
        lines.append(f"Columns: {sentence(names)}")
    return lines


def caption_lines(table: SpokenTable) -> list[str]:
    """The header lines of the document above the table, as pairs or notices."""
    lines = (line for line in table.caption if line.strip())
    return [line if is_pair(line) else labelled(Label.NOTICE, line) for line in lines]


def heading(table: SpokenTable, index: int, reading: Reading) -> str:
    """The heading as it is said before a value: official or short, with its footnote.

    The spanning heading is said too where two columns would sound the same without it.
    """
    column = table.columns[index]
    name = column.short if reading.short_headings and column.short else column.heading
    if sum(other.heading == column.heading for other in table.columns) > 1 and column.span:
        name = f"{column.span}, {name}"
    return f"{name} (note {column.note})" if column.note else name


def row_lines(table: SpokenTable, row: SpokenRow, reading: Reading) -> list[str]:
    """One row in the style `rows` or `lines`."""
    pairs = [f"{heading(table, i, reading)}: {cell}" for i, cell in enumerate(row.cells) if cell]
    if row.kind == "group":
        return _titled_lines(f"Group: {row.group}", row.group, row, pairs, reading)
    if row.kind == "total":
        return _titled_lines(labelled(Label.TOTAL, _total_name(row)), _row_title(row), row, pairs, reading)
    if reading.style == "lines":
        opening = f"{Label.ROW} {row.number}: " if reading.row_labels else ""
        return [sentence(opening + "; ".join(pairs))]
    label = [f"{Label.ROW} {row.number} of {len(table.data)}"] if reading.row_labels else []
    return [*label, *pairs]


def _titled_lines(
    title: str, name_cell: str, row: SpokenRow, pairs: list[str], reading: Reading
) -> list[str]:
    """A group or total row: its name, then the values other than the name."""
    said = [cell for cell in row.cells if cell]
    values = [pair for pair, cell in zip(pairs, said, strict=True) if cell != name_cell]
    if reading.style == "lines" and values:
        return [sentence(f"{title}: {'; '.join(values)}")]
    return [title, *values]


def _row_title(row: SpokenRow) -> str:
    """The cell of a total row that names it, for example `Total:`."""
    return next((cell for cell in row.cells if cell and not cell[-1].isdigit()), "")


def _total_name(row: SpokenRow) -> str:
    if row.group:
        return row.group
    title = _row_title(row).strip(" :")
    return title if title.casefold() not in ("", "total", "n/a") else "all rows"


def note_lines(table: SpokenTable) -> list[str]:
    """The notes below the table: `Note 2: ...`, or `Note: ...` without a mark."""
    return [f"{Label.NOTE} {mark}: {text}" if mark else f"{Label.NOTE}: {text}" for mark, text in table.notes]


def column_choices(table: SpokenTable) -> list[Choice]:
    """The columns as choices, by number, heading or short heading."""
    return [Choice(column.heading) for column in table.columns]


def columns_lines(table: SpokenTable) -> list[str]:
    """`/columns`: number, official heading, short heading where it differs."""
    return [
        f"{number}. {_spanned(column)}"
        + (f" (short: {column.short})" if column.short and column.short != column.heading else "")
        for number, column in enumerate(table.columns, 1)
    ]


def find_column(table: SpokenTable, name: str) -> int | Mismatch:
    """Index of the column of that number, heading or short heading."""
    shorts = [column.short.casefold() for column in table.columns]
    if name.casefold() in shorts:
        return shorts.index(name.casefold())
    return match_choice(name, column_choices(table))


def column_lines(table: SpokenTable, index: int) -> list[str]:
    """`/column`: `row key: value` for every data row, the key being the first column."""
    return [f"{row.cells[0]}: {row.cells[index] or 'N/A'}" for row in table.data]


def matching_rows(table: SpokenTable, text: str) -> list[SpokenRow]:
    """`/find`: data rows with `text` in any cell, whatever the case."""
    rows = table.data
    return [rows[match.row] for match in find_rows((row.cells for row in rows), text)]


def grid_lines(table: SpokenTable, rows: Sequence[SpokenRow]) -> list[str]:
    """Aligned columns, headings first; the caller checks that they fit."""
    headings = [column.short or column.heading for column in table.columns]
    lines = [headings, *(list(row.cells) for row in rows)]
    widths = [max(cell_len(line[i]) for line in lines) for i in range(len(headings))]
    return [
        "  ".join(_padded(cell, width) for cell, width in zip(line, widths, strict=True)) for line in lines
    ]


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))


def _listed_headings(table: SpokenTable, reading: Reading) -> Iterator[str]:
    span = ""
    for i, column in enumerate(table.columns):
        opening = f"under {column.span}: " if column.span and column.span != span else ""
        span = column.span
        yield opening + heading(table, i, reading)


def _spanned(column: SpokenColumn) -> str:
    return f"{column.span}, {column.heading}" if column.span else column.heading


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
