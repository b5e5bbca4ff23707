"""Turn a typed cell into the text that every view and export shows (P-FMT-1 to P-FMT-8)."""

from collections.abc import Callable
from typing import Any, Final

from client.messages.report import (
    Blank,
    Cell,
    Count,
    Identifier,
    MeasureNumber,
    Money,
    NotApplicable,
    NotAvailable,
    Null,
    Percent,
    Points,
    Text,
    YesNo,
)


def format_cell(cell: Cell) -> str:
    """Display text of a cell; the only formatter of report values."""
    return _TEXTS[type(cell)](cell)


def _measure_number(cell: MeasureNumber) -> str:
    return f"#{cell.value}" if cell.value.isdigit() else cell.value


def _money(cell: Money) -> str:
    return f"-${-cell.value:,.2f}" if cell.value < 0 else f"${cell.value:,.2f}"


# A table, because large reports have half a million cells.
_TEXTS: Final[dict[type[Cell], Callable[[Any], str]]] = {
    Text: lambda cell: cell.value,
    Identifier: lambda cell: cell.value,
    MeasureNumber: _measure_number,
    Count: lambda cell: str(cell.value),
    Money: _money,
    Percent: lambda cell: f"{cell.value:.{cell.places}f}%",
    Points: lambda cell: f"{cell.value:.{cell.places}f}",
    YesNo: lambda cell: "Yes" if cell.value else "No",
    NotApplicable: lambda cell: cell.word,
    Null: lambda cell: "NULL",
    NotAvailable: lambda cell: "Not Available",
    Blank: lambda cell: "",
}


def is_number(cell: Cell) -> bool:
    """Whether the cell holds a number that lines up and sums (count, money, percent, points)."""
    return isinstance(cell, Count | Money | Percent | Points)
