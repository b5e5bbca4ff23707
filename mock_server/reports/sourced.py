"""Cells that remember how they were computed, and the ways to make them.

One function per kind of value, so that what an absent value looks like (`N/A`, `NULL`, `Not Available`) is
decided here and nowhere in the figures.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from client.messages.report import (
    Cell,
    Count,
    Identifier,
    MeasureNumber,
    Money,
    NotApplicable,
    NotAvailable,
    Percent,
    Text,
    YesNo,
)
from mock_server.scoring.computed import Computed

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SourcedCell:
    """A cell and, if it was computed, the figure behind it."""

    cell: Cell
    computed: Computed[Any] | None = None
    support: tuple[Computed[Any], ...] = ()
    """Further figures that decided about it, for example MAV's."""


NOT_APPLICABLE = SourcedCell(NotApplicable())


def computed(figure: Computed[T], show: Callable[[T], Cell], *support: Computed[Any] | None) -> SourcedCell:
    """The cell of a computed figure."""
    return SourcedCell(show(figure.value), figure, tuple(filter(None, support)))


def text(value: str) -> SourcedCell:
    """Words."""
    return SourcedCell(Text(value))


def text_or_not_available(value: str | None) -> SourcedCell:
    """Words, or `Not Available` (P-FMT-7)."""
    return SourcedCell(NotAvailable() if value is None else Text(value))


def identifier(value: str) -> SourcedCell:
    """An NPI or contractor id."""
    return SourcedCell(Identifier(value))


def measure_number(value: str) -> SourcedCell:
    """A measure's number (P-FMT-8)."""
    return SourcedCell(MeasureNumber(value))


def count(value: int) -> SourcedCell:
    """A count that was given, not computed."""
    return SourcedCell(Count(value))


def computed_count(figure: Computed[int] | None) -> SourcedCell:
    """A computed count; `N/A` where the figure does not apply."""
    return NOT_APPLICABLE if figure is None else computed(figure, Count)


def money(value: Decimal) -> SourcedCell:
    """An amount that was given."""
    return SourcedCell(Money(value))


def earned(figure: Computed[Decimal | None]) -> SourcedCell:
    """A computed amount; `N/A` where nothing was earned (P-INC-2)."""
    return computed(figure, lambda value: NotApplicable() if value is None else Money(value))


def percent(figure: Computed[int]) -> SourcedCell:
    """A computed rate in whole percent."""
    return computed(figure, lambda value: Percent(Decimal(value)))


def percent_or_not_applicable(value: int | None) -> SourcedCell:
    """A rate from reference data."""
    return NOT_APPLICABLE if value is None else SourcedCell(Percent(Decimal(value)))


def yes_no(value: bool) -> SourcedCell:
    """A fact that was given (P-FMT-6)."""
    return SourcedCell(YesNo(value))
