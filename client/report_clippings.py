"""Parts of a report table as text for the clipboard: a cell, a row, the table (A11Y-COPY-02).

Cells are separated by tabs, which spreadsheets take apart again, so words that a spreadsheet would run as a
formula get the same apostrophe as in the CSV export (F-RUN-04). Reports carry masked TINs only
(A11Y-COPY-03).
"""

import re

from client.messages.cells import format_cell, is_number
from client.messages.report import Cell, ReportTable
from client.safe_text import single_line

_LOOKS_LIKE_A_FORMULA = re.compile("\\s*'*[=+\\-@＝＋－＠]")
"""A text that already looks guarded counts, so that taking one apostrophe off always gives the original."""


def cell_text(table: ReportTable, row: int, column: int) -> str:
    """One value as the screen shows it."""
    return _guarded(table.rows[row].cells[column])


def row_text(table: ReportTable, row: int) -> str:
    """One row."""
    return "\t".join(map(_guarded, table.rows[row].cells))


def table_text(table: ReportTable) -> str:
    """Headings, then every row."""
    headings = "\t".join(single_line(column.heading) for column in table.columns)
    return "\n".join([headings, *(row_text(table, row) for row in range(len(table.rows)))])


def _guarded(cell: Cell) -> str:
    text = single_line(format_cell(cell))
    return f"'{text}" if not is_number(cell) and _LOOKS_LIKE_A_FORMULA.match(text) else text
