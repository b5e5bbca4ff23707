"""Figures of the engine as typed cells of a report."""

from decimal import Decimal
from fractions import Fraction

from client.messages.report import (
    Blank,
    Cell,
    ColumnKind,
    Count,
    Identifier,
    Money,
    NotApplicable,
    Percent,
    Points,
    ReportColumn,
    ReportRow,
    ReportTable,
    Text,
)
from mock_server.scoring.mips.rounding import rounded


def points(value: Decimal | Fraction | int | None, places: int = 4) -> Cell:
    """Points, or nothing."""
    return Blank() if value is None else Points(rounded(value, places), places)


def percent(value: Decimal | Fraction | None, places: int = 2) -> Cell:
    """A percent, or nothing to judge."""
    return NotApplicable() if value is None else Percent(rounded(value, places), places)


def count(value: Decimal | int) -> Cell:
    """A number of cases; a ratio's denominator may be a fraction."""
    return Count(int(value)) if value == int(value) else Points(rounded(value, 4), 4)


def money(value: Decimal) -> Cell:
    """Dollars."""
    return Money(rounded(value, 2))


def words(value: str) -> Cell:
    """A text; an empty one is blank."""
    return Text(value) if value else Blank()


def name(value: str) -> Cell:
    """An id."""
    return Identifier(value)


def column(id_: str, heading: str, kind: ColumnKind, short: str = "", *, span: str = "") -> ReportColumn:
    """A column; `short` only where the heading is longer than 12 cells or stands under another."""
    return ReportColumn(id=id_, heading=heading, short=short or heading, kind=kind, span=span)


def table(
    id_: str, title: str, columns: list[ReportColumn], rows: list[list[Cell]], notes: list[str] | None = None
) -> ReportTable:
    """A table whose rows are named by their number."""
    made = [ReportRow(id=str(number), cells=cells) for number, cells in enumerate(rows, 1)]
    return ReportTable(id=id_, title=title, columns=columns, rows=made, notes=notes or [])
