"""Reports as plans: figures described once as data, built and explained by one mechanism.

A plan knows its rows but not yet its cells, so that a report lists all its sections at once and fills only
the ones that somebody opens. Every cell keeps the `Computed` behind it: `explain` asks the same plan that the
table was built from, so an explanation can never tell of another value than the one shown.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from client.messages.report import (
    Blank,
    ColumnKind,
    Footnote,
    ReportColumn,
    ReportRow,
    ReportTable,
    Section,
    TableOutline,
)
from mock_server.reports.sourced import SourcedCell

S = TypeVar("S")

BLANK = SourcedCell(Blank())


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[S]):
    """One column of a figure: its headings, and how a row's subject becomes its cell."""

    id: str
    heading: str
    """Exact official heading."""
    short: str
    """At most 12 cells."""
    kind: ColumnKind
    cell: Callable[[S], SourcedCell]
    note: str = ""
    span: str = ""


@dataclass(frozen=True, slots=True)
class DataRow(Generic[S]):
    """A row with a cell in every column."""

    id: str
    label: str
    """What the row is about, for explanations: `#51`."""
    subject: S


@dataclass(frozen=True, slots=True)
class SparseRow:
    """A group title or total row: some cells by column id, the rest blank (P-FMT-11)."""

    id: str
    kind: Literal["group", "total"]
    label: str
    cells: Mapping[str, SourcedCell]


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePlan(Generic[S]):
    """A table before its cells exist."""

    id: str
    title: str
    short: str
    """At most 30 cells, for the list of tables."""
    about: str
    """Whose table it is, for explanations; empty: the whole TIN's."""
    columns: tuple[Column[S], ...]
    rows: tuple[DataRow[S] | SparseRow, ...]
    source: str
    """Document that defines the columns."""
    caption: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    footnotes: Mapping[str, str] = field(default_factory=dict)
    """Text by mark."""

    def outline(self) -> TableOutline:
        """Enough to list it; builds no cell."""
        return TableOutline(id=self.id, title=self.title, short=self.short, rows=len(self.rows))

    def build(self) -> ReportTable:
        """The table with all its cells."""
        cells = [[_cell(column, row) for column in self.columns] for row in self.rows]
        return ReportTable(
            id=self.id,
            title=self.title,
            caption=list(self.caption),
            columns=[_heading(column, [row[i] for row in cells]) for i, column in enumerate(self.columns)],
            rows=[_row(row, sourced) for row, sourced in zip(self.rows, cells, strict=True)],
            notes=list(self.notes),
            footnotes=[Footnote(mark=mark, text=text) for mark, text in self.footnotes.items()],
        )

    def row(self, row_id: str) -> DataRow[S] | SparseRow | None:
        """The row of that id."""
        return next((row for row in self.rows if row.id == row_id), None)

    def column(self, column_id: str) -> Column[S] | None:
        """The column of that id."""
        return next((column for column in self.columns if column.id == column_id), None)

    def cell(self, row_id: str, column_id: str) -> SourcedCell | None:
        """One cell with its source; None where there is no such row or column."""
        row, column = self.row(row_id), self.column(column_id)
        return None if row is None or column is None else _cell(column, row)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPlan:
    """A part of a report before its tables exist (P-FMT-21)."""

    id: str
    title: str
    tables: Sequence[TablePlan[Any]]
    npi: str | None = None
    name: str | None = None

    def build(self, *, with_tables: bool) -> Section:
        """The section, with its tables or only their outline."""
        return Section(
            id=self.id,
            title=self.title,
            npi=self.npi,
            name=self.name,
            outline=[table.outline() for table in self.tables],
            tables=[table.build() for table in self.tables] if with_tables else [],
        )

    def table(self, table_id: str) -> TablePlan[Any] | None:
        """The table of that id."""
        return next((table for table in self.tables if table.id == table_id), None)


def _cell(column: Column[S], row: DataRow[S] | SparseRow) -> SourcedCell:
    if isinstance(row, SparseRow):
        return row.cells.get(column.id, BLANK)
    return column.cell(row.subject)


def _heading(column: Column[S], cells: Sequence[SourcedCell]) -> ReportColumn:
    return ReportColumn(
        id=column.id,
        heading=column.heading,
        short=column.short,
        kind=column.kind,
        note=column.note,
        span=column.span,
        explainable=any(sourced.computed for sourced in cells),
    )


def _row(row: DataRow[S] | SparseRow, cells: Sequence[SourcedCell]) -> ReportRow:
    return ReportRow(
        id=row.id,
        kind=row.kind if isinstance(row, SparseRow) else "data",
        cells=[sourced.cell for sourced in cells],
    )
