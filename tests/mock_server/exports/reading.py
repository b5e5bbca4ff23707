"""Reads exports back with libraries that did not write them: csv and zipfile, openpyxl, pypdf."""

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple
from zipfile import ZipFile

from fpdf.fonts import CORE_FONTS_CHARWIDTHS
from openpyxl import load_workbook  # type: ignore[import-untyped]
from pypdf import PdfReader
from pypdf.generic import ContentStream

from client.messages.cells import format_cell
from client.messages.report import ReportTable, Section
from client.safe_text import single_line
from mock_server.exports.pdf.drawable import SYMBOLS

Rows = list[list[str]]

RUNNING_LINES = 4
"""Of a page of a PDF: report and section at the head, notice and page number at the foot."""


def shown(table: ReportTable) -> Rows:
    """What the screen shows of a table's cells (F-REP-01)."""
    return [[str(single_line(format_cell(cell))) for cell in row.cells] for row in table.rows]


def combined(sections: list[Section]) -> dict[str, Rows]:
    """The tables by id as P-FMT-21 joins them, headings first, as the screen shows their cells."""
    tables: dict[str, Rows] = {}
    for section in sections:
        name = "Not Available" if section.name is None else str(single_line(section.name))
        owner = [] if section.npi is None else [section.npi, name]
        for table in section.tables:
            headings = [column.heading for column in table.columns]
            rows = tables.setdefault(table.id, [(["NPI", "NPI Name"] if owner else []) + headings])
            rows += [owner + row for row in shown(table)]
    return tables


# CSV


def csv_rows(content: bytes) -> Rows:
    """The fields of one file."""
    return list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))


def archive(content: bytes) -> dict[str, Rows]:
    """Rows by entry."""
    with ZipFile(io.BytesIO(content)) as zipped:
        assert zipped.testzip() is None
        return {name: csv_rows(zipped.read(name)) for name in zipped.namelist()}


# Excel


def opened(content: bytes) -> Any:
    """The workbook as openpyxl reads it."""
    return load_workbook(io.BytesIO(content))


def worksheets(content: bytes) -> dict[str, Rows]:
    """What each worksheet shows, by its name."""
    return {
        sheet.title: [[displayed(cell) for cell in row] for row in sheet.iter_rows()]
        for sheet in opened(content)
    }


def displayed(cell: Any) -> str:
    """A cell as a spreadsheet program displays it under its number format."""
    value: Any = cell.value
    if value is None or isinstance(value, str):
        return value or ""
    exact, pattern = Decimal(repr(value)), cell.number_format
    if pattern == '"$"#,##0.00;\\-"$"#,##0.00':
        return f"-${-exact:,.2f}" if exact < 0 else f"${exact:,.2f}"
    found = re.fullmatch(r"0(?:\.(0+))?(%?)", pattern)
    assert found is not None, pattern
    places, percent = len(found[1] or ""), found[2]
    return f"{exact * 100 if percent else exact:.{places}f}{percent}"


# PDF


class Line(NamedTuple):
    """A line that a PDF draws."""

    text: str
    end: float
    """Where it ends, in points from the left edge of the page."""


class Drawn:
    """The texts that a PDF draws, line by line, with page turns, and a place in them."""

    PAGE = "\f"

    def __init__(self, content: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(content))
        drawn = [[line for line in _drawn(page) if line.text] for page in self.reader.pages]
        self.pages = [[line.text for line in page] for page in drawn]
        self.lines = [line for page in self.pages for line in (self.PAGE, *page)]
        self.right_end = max(line.end for page in drawn for line in page)
        self._at = 0

    @property
    def catalog(self) -> Any:
        """The document's root."""
        return self.reader.trailer["/Root"]

    @property
    def outline(self) -> Any:
        """Bookmarks, nested."""
        return self.reader.outline

    @property
    def resources(self) -> list[Any]:
        """What each page uses."""
        return [page["/Resources"] for page in self.reader.pages]

    @property
    def here(self) -> str:
        """The next line."""
        return self.lines[self._at]

    def find(self, text: str) -> None:
        """Go behind the next occurrence of a text."""
        while True:
            start = self._at
            if self._take(text):
                return
            self._at = start + 1
            assert self._at < len(self.lines), text

    def take(self, text: str) -> None:
        """Read a text that must come next, wrapped or not."""
        start = self._at
        assert self._take(text), f"{text!r} is not {self.lines[start : start + 4]!r}"

    def turn(self) -> None:
        """Over a page turn and the running lines, if there is one here."""
        if self.here == self.PAGE:
            self._at += 1 + RUNNING_LINES

    def _take(self, text: str) -> bool:
        wanted, got = _bare(text), ""
        while got != wanted and wanted.startswith(got) and self._at < len(self.lines):
            if got:
                self.turn()
            got += _bare(self.here)
            self._at += 1
        return got == wanted


def _bare(text: str) -> str:
    """Without spaces: where a line was wrapped, one is gone."""
    return re.sub(r"\s", "", text)


_SYMBOLS = {code: character for character, code in SYMBOLS.items()}


def _drawn(page: Any) -> Iterator[Line]:
    """The lines of a page in drawing order; runs in different fonts on one line are joined."""
    fonts = {name: str(font.get_object()["/BaseFont"]) for name, font in page["/Resources"]["/Font"].items()}
    font, size, moved, text, end = "", 0.0, 0.0, "", 0.0
    for operands, operator in ContentStream(page["/Contents"].get_object(), page.pdf).operations:
        match operator:
            case b"Tf":
                font, size = fonts[operands[0]], float(operands[1])
            case b"cm":
                moved = float(operands[4])
            case b"Q":
                moved = 0.0
            case b"Tm" | b"ET":
                yield Line(text, end)
                text = ""
                end = moved + float(operands[4]) if operator == b"Tm" else end
            case b"Tj":
                run = operands[0].original_bytes.decode("cp1252")
                end += _width(run, font, size)
                text += "".join(map(_SYMBOLS.__getitem__, run)) if font == "/Symbol" else run
    yield Line(text, end)


def _width(run: str, font: str, size: float) -> float:
    widths = CORE_FONTS_CHARWIDTHS[{"/Symbol": "symbol", "/Helvetica": "helvetica"}.get(font, "helveticaB")]
    return sum(widths[byte] for byte in run.encode("cp1252").decode("latin-1")) * size / 1000
