"""Compares the PDF of a report with the screen."""

from client.messages.report import Report, ReportTable
from mock_server.exports.pdf.document import document
from mock_server.exports.pdf.drawable import Drawable
from mock_server.exports.pdf.table_form import heading_of
from tests.mock_server.exports.reading import Drawn, shown


def checked_pdf(report: Report, content: bytes | None = None) -> Drawn:
    """Reads a PDF table by table, row by row, cell by cell, and compares it with the screen.

    `content` defaults to the PDF of the report.
    """
    drawn, drawable = Drawn(document(report) if content is None else content), Drawable()
    for section in report.sections:
        for table in section.tables:
            drawn.find(drawable(table.title))
            for line in table.caption:
                drawn.turn()
                drawn.take(drawable(line))
            drawn.turn()
            _take_headings(drawn, drawable, table)
            for row in shown(table):
                if drawn.here == Drawn.PAGE:
                    drawn.turn()
                    drawn.take(drawable(f"{table.title} (continued)"))
                    _take_headings(drawn, drawable, table)
                for cell in row:
                    drawn.take(drawable(cell))
            for note in (*table.notes, *(f"[{note.mark}] {note.text}" for note in table.footnotes)):
                drawn.turn()
                drawn.take(drawable(note))
    return drawn


def _take_headings(drawn: Drawn, drawable: Drawable, table: ReportTable) -> None:
    for span in dict.fromkeys(column.span for column in table.columns if column.span):
        drawn.take(drawable(span))
    for column in table.columns:
        drawn.take(drawable(heading_of(column)))
