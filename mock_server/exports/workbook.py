"""A report as an Excel workbook (F-RUN-05): one worksheet per table id, with the id as its name.

Counts, amounts and rates are numbers whose number format shows the text of the screen; all other cells are
strings with the quote prefix, never formulas (SR-OUT-02). XlsxWriter is loaded when a workbook is asked for:
the server starts without it.
"""

import io
from collections.abc import Callable, Mapping
from datetime import UTC
from typing import TYPE_CHECKING, Any

from client.messages.cells import format_cell
from client.messages.report import Blank, Cell, ColumnKind, Count, Money, Percent, Points, Report
from mock_server.exports.collector import collector_paused
from mock_server.exports.combined import (
    ABOUT_HEADINGS,
    CombinedTable,
    about,
    combined_tables,
    run_time,
)
from mock_server.exports.quick_sheet import quick_sheet
from mock_server.exports.readable import readable

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

ABOUT = "About"
"""Name of the first worksheet: header facts, cautions, notes."""

_WIDTHS: Mapping[ColumnKind, int] = {
    "text": 42,
    "identifier": 13,
    "measure": 11,
    "count": 14,
    "money": 17,
    "percent": 13,
    "points": 13,
    "yes_no": 14,
}
_NAME_WIDTH = 30
_ABOUT_WIDTHS = (12, 22, 110)
_US_LETTER = 1
_DOLLARS = '"$"#,##0.00;\\-"$"#,##0.00'


def workbook(report: Report) -> bytes:
    """The whole file. Equal reports give equal bytes: the only date in it is the time of the run."""
    from xlsxwriter import Workbook

    content = io.BytesIO()
    with collector_paused(), Workbook(content, {"in_memory": True}) as book:
        book.set_properties(
            {
                "title": readable(report.title),
                "comments": "Unofficial simulation.",
                "created": run_time(report).astimezone(UTC).replace(tzinfo=None),
            }
        )
        styles = _Styles(book)
        _about_sheet(book, styles, report)
        for table in combined_tables(report):
            _table_sheet(book, styles, table)
    return content.getvalue()


class _Styles:
    """The workbook's cell formats, made when first used."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[tuple[str, bool], Format] = {}
        self.heading = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "quote_prefix": True}
        )
        self.text = self._text(bold=False)
        self.strong = self._text(bold=True)
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})

    def _text(self, *, bold: bool) -> "Format":
        return self._book.add_format({"bold": bold, "valign": "top", "quote_prefix": True})

    def number(self, pattern: str, *, bold: bool) -> "Format":
        """Numbers that show as `pattern` says."""
        found = self._made.get((pattern, bold))
        if found is None:
            options = {"num_format": pattern, "bold": bold, "valign": "top"}
            found = self._made[pattern, bold] = self._book.add_format(options)
        return found


def _about_sheet(book: "Workbook", styles: _Styles, report: Report) -> None:
    sheet = _sheet(book, ABOUT)
    for column, (heading, width) in enumerate(zip(ABOUT_HEADINGS, _ABOUT_WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, styles.heading)
    for row, line in enumerate(about(report), start=1):
        for column, text in enumerate(line):
            _write_text(sheet, row, column, readable(text), styles.wrapped)
    sheet.freeze_panes(1, 0)


def _table_sheet(book: "Workbook", styles: _Styles, table: CombinedTable) -> None:
    sheet = _sheet(book, table.id)
    owner_columns = 2 if table.by_npi else 0
    widths = [_WIDTHS[column.kind] for column in table.columns]
    if table.by_npi:
        widths = [_WIDTHS["identifier"], _NAME_WIDTH, *widths]
    for column, (heading, width) in enumerate(zip(table.headings, widths, strict=True)):
        sheet.set_column(column, column, width)
        _write_text(sheet, 0, column, readable(heading), styles.heading)
    sheet.freeze_panes(1, max(owner_columns, 1))
    write = _cell_writer(sheet, styles)
    number = 0
    for npi, name, rows in table.rows():
        name = readable(name)
        for row in rows:
            number += 1
            bold = row.kind != "data"
            if table.by_npi:
                sheet.write_string(number, 0, npi, styles.text)
                _write_text(sheet, number, 1, name, styles.text)
            for column, cell in enumerate(row.cells, start=owner_columns):
                write(number, column, cell, bold)


def _sheet(book: "Workbook", name: str) -> "Worksheet":
    """A worksheet that prints one page wide, its header row on every page."""
    sheet = book.add_worksheet(name, worksheet_class=quick_sheet())
    sheet.set_landscape()
    sheet.set_paper(_US_LETTER)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&LUnofficial simulation&R&A, page &P of &N")
    return sheet


def _cell_writer(sheet: "Worksheet", styles: _Styles) -> Callable[[int, int, Cell, bool], None]:
    """How cells get into a worksheet; the inner loop of a large report."""
    write_number, write_string = sheet.write_number, sheet.write_string
    number = styles.number
    texts = (styles.text, styles.strong)

    def write(row: int, column: int, cell: Cell, bold: bool) -> None:
        match cell:
            case Count(value):
                write_number(row, column, value, number("0", bold=bold))
            case Money(value):
                write_number(row, column, float(value), number(_DOLLARS, bold=bold))
            case Percent(value, places):
                write_number(row, column, float(value / 100), number(f"{_decimals(places)}%", bold=bold))
            case Points(value, places):
                write_number(row, column, float(value), number(_decimals(places), bold=bold))
            case Blank():
                pass
            case _:
                text = readable(format_cell(cell))
                if text.startswith("<"):
                    _write_text(sheet, row, column, text, texts[bold])
                else:
                    write_string(row, column, text, texts[bold])

    return write


def _decimals(places: int) -> str:
    return f"0.{'0' * places}" if places else "0"


def _write_text(sheet: "Worksheet", row: int, column: int, text: str, style: Any) -> None:
    """Write a string. XlsxWriter takes `<r>...</r>` for its own markup and would not escape it."""
    if text.startswith("<r>") and text.endswith("</r>"):
        plain = style
        sheet.write_rich_string(row, column, plain, text[:1], text[1:], style)
    else:
        sheet.write_string(row, column, text, style)
