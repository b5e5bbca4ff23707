"""Figures of the engine as typed cells of a report."""

from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from msgspec.structs import replace

from client.messages.report import (
    Blank,
    Cell,
    ColumnKind,
    Identifier,
    Points,
    ReportColumn,
    ReportRow,
    ReportTable,
    Text,
)
from mock_server.reports.document import Column, DataRow, SparseRow, TablePlan
from mock_server.scoring.mips.rounding import rounded

S = TypeVar("S")


def points(value: Decimal | Fraction | int | None, places: int = 4) -> Cell:
    """Points, or nothing."""
    return Blank() if value is None else Points(rounded(value, places), places)


def words(value: str) -> Cell:
    """A text; an empty one is blank."""
    return Text(value) if value else Blank()


def name(value: str) -> Cell:
    """An id."""
    return Identifier(value)


def column(id_: str, heading: str, kind: ColumnKind, short: str = "", *, span: str = "") -> ReportColumn:
    """A column; `short` only where the heading is longer than 12 cells or stands under another."""
    return ReportColumn(id=id_, heading=heading, short=short or heading, kind=kind, span=span)


def planned(
    id_: str,
    title: str,
    columns: tuple[Column[S], ...],
    rows: tuple[DataRow[S] | SparseRow, ...],
    *notes: str,
) -> ReportTable:
    """A table of the report's columns; nobody answers questions about its cells."""
    plan = TablePlan(
        id=id_, title=title, short="", about="", columns=columns, rows=rows, source="", notes=notes
    )
    made = plan.build()
    headings = [replace(column, explainable=False) for column in made.columns]
    return replace(made, columns=headings)


def table(
    id_: str, title: str, columns: list[ReportColumn], rows: list[list[Cell]], notes: list[str] | None = None
) -> ReportTable:
    """A table whose rows are named by their number."""
    made = [ReportRow(id=str(number), cells=cells) for number, cells in enumerate(rows, 1)]
    return ReportTable(id=id_, title=title, columns=columns, rows=made, notes=notes or [])
