"""The fonts of the document: three of the fourteen that every PDF reader has, none of them embedded."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mock_server.exports.pdf.drawable import ENCODING, SYMBOLS
from mock_server.exports.pdf.faces import Face, Faces, Font

if TYPE_CHECKING:
    from fpdf import FPDF
    from fpdf.fonts import CoreFont, TTFFont

_STYLES = (("Helvetica", ""), ("Helvetica", "B"), ("Symbol", ""))


def faces_of(pdf: "FPDF") -> Faces:
    """The type of a document, measured."""
    plain, bold = _fonts(pdf)
    return Faces(
        report_title=Face(bold, size=15, leading=20),
        title=Face(bold, size=10.5, leading=14),
        heading=Face(bold, size=8, leading=9.5),
        body=Face(plain, size=8.5, leading=10.5),
        strong=Face(bold, size=8.5, leading=10.5),
        running=Face(plain, size=8, leading=10),
    )


def register(pdf: "FPDF", content: str) -> None:
    """Make the fonts that a page's content selects known to the page.

    fpdf2 does so where its own `text` writes, which is far dearer.
    """
    from fpdf.enums import PDFResourceType

    for family, style in _STYLES:
        if f"/{_resource(pdf, family, style)} " in content:
            pdf._resource_catalog.add(PDFResourceType.FONT, _font(pdf, family, style).i, pdf.page)


def _fonts(pdf: "FPDF") -> tuple[Font, Font]:
    """Regular and bold, each able to draw the signs of the Symbol font."""
    drawable = bytes([*range(0x20, 0x7F), *range(0x80, 0x100)]).decode(ENCODING, errors="ignore")
    own = {character: character for character in drawable}
    plain, bold, signs = (
        _widths(pdf, family, style, SYMBOLS if family == "Symbol" else own) for family, style in _STYLES
    )
    symbols = _resource(pdf, *_STYLES[2])
    return (
        Font(_resource(pdf, *_STYLES[0]), symbols, signs | plain),
        Font(_resource(pdf, *_STYLES[1]), symbols, signs | bold),
    )


def _widths(pdf: "FPDF", family: str, style: str, codes: Mapping[str, str]) -> dict[str, float]:
    """How wide characters are at one point; `codes` maps them to the font's own."""
    pdf.set_font(family, style, 1000)
    return {character: pdf.get_string_width(code) / 1000 for character, code in codes.items()}


def _resource(pdf: "FPDF", family: str, style: str) -> str:
    """The name of a font in page content."""
    return f"F{_font(pdf, family, style).i}"


def _font(pdf: "FPDF", family: str, style: str) -> "CoreFont | TTFFont":
    return pdf.fonts[family.lower() + style]
