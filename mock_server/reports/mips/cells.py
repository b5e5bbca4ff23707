"""Cells of MIPS figures that remember how they were computed."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from client.messages.report import (
    Cell,
    Count,
    Identifier,
    Money,
    NotApplicable,
    Percent,
    Points,
    Text,
)
from mock_server.reports.document import BLANK
from mock_server.reports.sourced import NOT_APPLICABLE, SourcedCell, computed
from mock_server.scoring.computed import Computed
from mock_server.scoring.mips.quality.deciles import DecilePoints
from mock_server.scoring.mips.rounding import rounded

Figure = Computed[Any]


def text_of(value: str) -> Cell:
    """Words as a cell."""
    return Text(value)


def words(value: str) -> SourcedCell:
    """A text; an empty one says that it does not apply (F-REP-02)."""
    return SourcedCell(Text(value)) if value else NOT_APPLICABLE


def words_or_blank(value: str) -> SourcedCell:
    """A text of a sum or total row, which may be empty."""
    return SourcedCell(Text(value)) if value else BLANK


def name(value: str) -> SourcedCell:
    """An id."""
    return SourcedCell(Identifier(value))


def points(figure: Figure | None, places: int = 4, *support: Figure | None) -> SourcedCell:
    """Computed points; nothing where there is no figure."""
    if figure is None:
        return NOT_APPLICABLE
    return computed(figure, lambda value: Points(rounded(value, places), places), *support)


def points_of_place(figure: Computed[DecilePoints]) -> SourcedCell:
    """The points of a place on a benchmark."""
    return computed(figure, lambda place: Points(rounded(place.points, 4), 4))


def percent(figure: Figure | None, places: int = 2, *support: Figure | None) -> SourcedCell:
    """A computed percent; nothing to judge where its value is none."""
    return NOT_APPLICABLE if figure is None else computed(figure, lambda v: _percent(v, places), *support)


def _percent(value: Decimal | Fraction | int | None, places: int) -> Cell:
    return NotApplicable() if value is None else Percent(rounded(value, places), places)


def count(figure: Figure | None, *support: Figure | None) -> SourcedCell:
    """A computed number of cases or points; a ratio's denominator may be a fraction."""
    return NOT_APPLICABLE if figure is None else computed(figure, _count, *support)


def _count(value: Decimal | int) -> Cell:
    return Count(int(value)) if value == int(value) else Points(rounded(value, 4), 4)


def given_count(value: int) -> SourcedCell:
    """A count that was given, not computed."""
    return SourcedCell(Count(value))


def given_percent(value: Decimal | int, places: int = 0) -> SourcedCell:
    """A percent of the rules."""
    return SourcedCell(Percent(rounded(Decimal(value), places), places))


def given_points(value: Decimal, places: int = 2) -> SourcedCell:
    """Points of the rules."""
    return SourcedCell(Points(rounded(value, places), places))


def money(value: Decimal) -> SourcedCell:
    """Dollars that the agency computed from claims."""
    return SourcedCell(Money(rounded(value, 2)))
