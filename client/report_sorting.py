"""Sort the rows of a report table by one column (accessibility 7.1, key `s`).

Group titles and totals stay where they are and the rows between them are sorted among themselves, so no row
leaves its group. What has no value (`N/A`, `NULL`) comes after the numbers in both directions: nobody who
looks for the highest or the lowest figure wants to page through what was not computed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import msgspec

from client.messages.cells import format_cell, is_number
from client.messages.report import Blank, Cell, NotApplicable, NotAvailable, Null, ReportRow, ReportTable

_DIGITS = re.compile(r"([0-9]+)")
_NUMBERS = frozenset({"count", "money", "percent", "points"})
_DIRECTIONS = {True: ("lowest first", "highest first"), False: ("A to Z", "Z to A")}
"""Whether the column holds numbers -> the words for both directions."""


@dataclass(frozen=True)
class Sorting:
    """The column that the rows are sorted by, and the direction."""

    column: str
    """Id of the column."""
    descending: bool = False


def turned(sorting: Sorting | None, column: str) -> Sorting | None:
    """What the key does next: the column's order, the reverse, the report's own order (None)."""
    if sorting is None or sorting.column != column:
        return Sorting(column)
    return None if sorting.descending else replace(sorting, descending=True)


def sorted_table(table: ReportTable, sorting: Sorting | None) -> ReportTable:
    """The table with its data rows in another order; equal ones keep the order they have."""
    index = next(
        (i for i, column in enumerate(table.columns) if sorting and column.id == sorting.column), None
    )
    if sorting is None or index is None:
        return table
    return msgspec.structs.replace(table, rows=list(_sorted(table.rows, index, sorting.descending)))


def sorting_words(table: ReportTable, sorting: Sorting | None) -> str:
    """The order in words."""
    column = next((column for column in table.columns if sorting and column.id == sorting.column), None)
    if sorting is None or column is None:
        return "The rows are in the order of the report."
    direction = _DIRECTIONS[column.kind in _NUMBERS][sorting.descending]
    fixed = any(row.kind != "data" for row in table.rows)
    return f"Sorted by {column.heading}, {direction}." + (" Groups and totals stay in place." * fixed)


def _sorted(rows: Sequence[ReportRow], index: int, descending: bool) -> Iterator[ReportRow]:
    for movable, block in groupby(rows, key=lambda row: row.kind == "data"):
        if not movable:
            yield from block
            continue
        by_value = sorted(block, key=lambda row: _value(row.cells[index]), reverse=descending)
        yield from sorted(by_value, key=lambda row: _rank(row.cells[index]))


def _rank(cell: Cell) -> int:
    """Numbers, `N/A`, `NULL`, words, then what is missing."""
    match cell:
        case NotApplicable():
            return 1
        case Null():
            return 2
        case NotAvailable() | Blank():
            return 4
        case _:
            return 0 if is_number(cell) else 3


def _value(cell: Cell) -> tuple[int, Any]:
    """What cells of one rank are compared by; ranks never mix, they only must not break the comparison."""
    return (_rank(cell), getattr(cell, "value", 0) if is_number(cell) else natural(format_cell(cell)))


def natural(text: str) -> list[Any]:
    """A key under which `6 months` comes before `12 months` and `#31` before `#110`."""
    parts: list[Any] = _DIGITS.split(text.casefold())
    # Numbers as (length, digits): foreign text may hold more digits than Python turns into a number.
    parts[1::2] = [(len(bare), bare) for bare in (part.lstrip("0") for part in parts[1::2])]
    return parts
