"""The document: laid out pages, put into a file with outline and metadata by fpdf2.

Every page says whose it is, that it is a simulation, and its number. Data reaches the file only as escaped
strings (SR-OUT-04). The document is not tagged: who reads by ear is served better by the CSV or Excel form.
"""

from collections.abc import Sequence
from datetime import UTC
from typing import TYPE_CHECKING, cast

from client.messages.report import Report
from mock_server.exports.collector import collector_paused
from mock_server.exports.combined import run_time
from mock_server.exports.pdf.drawable import ENCODING
from mock_server.exports.pdf.faces import Face
from mock_server.exports.pdf.flow import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, WIDTH, Page
from mock_server.exports.pdf.fonts import faces_of, register
from mock_server.exports.pdf.layout import Layout
from mock_server.exports.readable import readable

if TYPE_CHECKING:
    from fpdf import FPDF

LANGUAGE = "en-US"
_SIMULATION = "Unofficial simulation"
_SYNTHETIC = "Unofficial simulation. Counts, charges and means are synthetic."
_HEAD_Y = PAGE_HEIGHT - 30.0
_FOOT_Y = 26.0


def document(report: Report) -> bytes:
    """The whole file. Equal reports give equal bytes: its date is the time of the run."""
    with collector_paused():
        pdf = _empty(report)
        faces = faces_of(pdf)
        layout = Layout(report, faces)
        pages = layout.pages()
        notice = _SYNTHETIC if report.synthetic else _SIMULATION
        _write(pdf, pages, faces.running, title=layout.drawable(report.title), notice=notice)
        return bytes(pdf.output())


def _empty(report: Report) -> "FPDF":
    """A document without pages; its metadata names the report and nobody."""
    from fpdf import FPDF
    from fpdf.prefs import ViewerPreferences
    from fpdf.syntax import PDFContentStream

    PDFContentStream._COMPRESSION_LEVEL = 1  # a sixth of the time for a tenth more bytes
    pdf = FPDF(orientation="landscape", unit="pt", format="letter")
    pdf.core_fonts_encoding = ENCODING
    pdf.set_auto_page_break(False)
    pdf.set_title(readable(report.title))
    pdf.set_lang(LANGUAGE)
    pdf.set_creator("qportal")
    pdf.set_creation_date(run_time(report).astimezone(UTC))
    pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
    return pdf


def _write(pdf: "FPDF", pages: Sequence[Page], face: Face, *, title: str, notice: str) -> None:
    """Give the pages to fpdf2, each with its running head and number."""
    title = face.fitted(title, WIDTH * 0.55)
    pdf.font_family = ""  # or every page begins with a choice of font that nothing uses
    for number, page in enumerate(pages, start=1):
        section = face.fitted(page.section, WIDTH * 0.4)
        of_all = f"Page {number} of {len(pages)}"
        running = (
            face.shown(title, MARGIN, _HEAD_Y),
            face.shown(section, PAGE_WIDTH - MARGIN - face.width(section), _HEAD_Y),
            face.shown(notice, MARGIN, _FOOT_Y),
            face.shown(of_all, PAGE_WIDTH - MARGIN - face.width(of_all), _FOOT_Y),
        )
        content = f"BT {face.select()}{''.join(running)}ET\n{''.join(page.content)}"
        pdf.add_page()
        register(pdf, content)
        cast(bytearray, pdf.pages[number].contents).extend(content.encode("latin-1"))
        for mark in page.marks:
            pdf.set_y(PAGE_HEIGHT - mark.y)
            pdf.start_section(mark.title, mark.level)
