"""Turn a typed cell into the text that every view and export shows (P-FMT-1 to P-FMT-8)."""

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
    match cell:
        case Text(value) | Identifier(value):
            return value
        case MeasureNumber(value):
            return f"#{value}" if value.isdigit() else value
        case Count(value):
            return str(value)
        case Money(value):
            return f"-${-value:,.2f}" if value < 0 else f"${value:,.2f}"
        case Percent(value, places):
            return f"{value:.{places}f}%"
        case Points(value, places):
            return f"{value:.{places}f}"
        case YesNo(value):
            return "Yes" if value else "No"
        case NotApplicable(word):
            return word
        case Null():
            return "NULL"
        case NotAvailable():
            return "Not Available"
        case Blank():
            return ""


def is_number(cell: Cell) -> bool:
    """Whether the cell holds a number that lines up and sums (count, money, percent, points)."""
    return isinstance(cell, Count | Money | Percent | Points)
