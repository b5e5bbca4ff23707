"""A picture as SVG that any browser shows offline and a screen reader can read (DEMO-REC-05).

Drawn here from the cells: Rich's export names a font on another host, has neither title nor description, and
misplaces wide characters. The rows of text stand in `<desc>`, so the drawing is never the only form; it has
no size of its own and grows with its page, for large text. Every number is whole, so that equal pictures are
equal bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Final

from rich.color import Color, blend_rgb
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import SVG_EXPORT_THEME, TerminalTheme

from tui.demo.events import Picture, Row
from tui.styles.themes import THEMES

CELL_WIDTH: Final = 12
"""Pixels; 0.6 of the font size, as monospaced fonts are wide."""
LINE_HEIGHT: Final = 24
FONT_SIZE: Final = 20
MARGIN: Final = 12
TITLE_HEIGHT: Final = 40
_BASELINE: Final = 18
"""From the top of a row to the foot of its letters."""


def svg(picture: Picture, width: int, *, title: str, theme: str) -> str:
    """A picture in normal form as an SVG document.

    `width` is that of its terminal in cells; `theme` gives the colours of cells that name none.
    """
    looks = _Looks(_terminal_theme(theme))
    backgrounds: list[str] = []
    texts: list[str] = []
    for number, row in enumerate(picture.rows):
        for column, piece in _placed(row):
            look = looks.of(piece.style)
            backgrounds += _background(piece, look, column, number)
            texts += _characters(piece, look, column, number)
    pixels = width * CELL_WIDTH + 2 * MARGIN
    height = len(picture.rows) * LINE_HEIGHT + TITLE_HEIGHT + MARGIN
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {pixels} {height}" role="img"'
        ' aria-labelledby="name text">',
        f'<title id="name">{escape(title)}</title>',
        f'<desc id="text">{escape(chr(10).join(picture.lines))}</desc>',
        "<style>",
        f"text {{ font-family: monospace; font-size: {FONT_SIZE}px; }}",
        *looks.rules(),
        "</style>",
        f'<rect width="{pixels}" height="{height}" rx="8" fill="{looks.paper}"/>',
        f'<text x="{MARGIN}" y="26" fill="{looks.ink}" font-weight="bold">{_spaced(title)}</text>',
        f'<g transform="translate({MARGIN},{TITLE_HEIGHT})">',
        *backgrounds,
        *texts,
        "</g>",
        "</svg>",
    ]
    return "".join(f"{line}\n" for line in lines)


@dataclass(frozen=True, slots=True)
class _Look:
    """How a run of cells is drawn."""

    name: str
    rule: str
    background: str | None
    """None: that of the whole picture."""


class _Looks:
    """The looks of one picture, named in the order in which they come."""

    def __init__(self, theme: TerminalTheme) -> None:
        self._theme = theme
        self._by_rule: dict[str, str] = {}
        self.paper = theme.background_color.hex
        self.ink = theme.foreground_color.hex

    def of(self, style: Style | None) -> _Look:
        """The look of a style."""
        style = style or Style.null()
        ink = self._color(style.color, self._theme.foreground_color)
        paper = self._color(style.bgcolor, self._theme.background_color)
        if style.reverse:
            ink, paper = paper, ink
        if style.dim:
            ink = blend_rgb(ink, paper, 0.4)
        rules = [f"fill: {ink.hex};"]
        rules += ["font-weight: bold;"] if style.bold else []
        rules += ["font-style: italic;"] if style.italic else []
        lines = [name for on, name in ((style.underline, "underline"), (style.strike, "line-through")) if on]
        rules += [f"text-decoration: {' '.join(lines)};"] if lines else []
        rule = " ".join(rules)
        name = self._by_rule.setdefault(rule, f"l{len(self._by_rule) + 1}")
        return _Look(name, rule, None if paper.hex == self.paper else paper.hex)

    def rules(self) -> Iterator[str]:
        """One line of style sheet for each look."""
        return (f".{name} {{ {rule} }}" for rule, name in self._by_rule.items())

    def _color(self, color: Color | None, default: ColorTriplet) -> ColorTriplet:
        return default if color is None or color.is_default else color.get_truecolor(self._theme)


def _placed(pieces: Row) -> Iterator[tuple[int, Segment]]:
    """Each piece with the column where it begins."""
    column = 0
    for piece in pieces:
        yield column, piece
        column += piece.cell_length


def _background(piece: Segment, look: _Look, column: int, row: int) -> list[str]:
    if look.background is None:
        return []
    width = piece.cell_length * CELL_WIDTH
    return [
        f'<rect x="{column * CELL_WIDTH}" y="{row * LINE_HEIGHT}" width="{width}" height="{LINE_HEIGHT}"'
        f' fill="{look.background}" shape-rendering="crispEdges"/>'
    ]


def _characters(piece: Segment, look: _Look, column: int, row: int) -> list[str]:
    """The text of a run; blanks at its ends only matter where they are underlined."""
    text = piece.text
    if not text.strip() and "text-decoration" not in look.rule:
        return []
    if "text-decoration" not in look.rule:
        column += len(text) - len(text.lstrip(" "))
        text = text.strip(" ")
    width = Segment(text).cell_length * CELL_WIDTH
    return [
        f'<text class="{look.name}" x="{column * CELL_WIDTH}" y="{row * LINE_HEIGHT + _BASELINE}"'
        f' textLength="{width}" lengthAdjust="spacingAndGlyphs">{_spaced(text)}</text>'
    ]


def _spaced(text: str) -> str:
    """Text with spaces that are kept without a rule for them."""
    return escape(text).replace(" ", "\u00a0")


def _terminal_theme(name: str) -> TerminalTheme:
    """The colours of a terminal; its own two as the theme has them."""
    theme = THEMES.get(name)
    if theme is None or theme.background is None or theme.foreground is None or theme.ansi:
        return SVG_EXPORT_THEME
    made = TerminalTheme((0, 0, 0), (0, 0, 0), [(0, 0, 0)] * 8)
    made.background_color = Color.parse(theme.background).get_truecolor()
    made.foreground_color = Color.parse(theme.foreground).get_truecolor()
    made.ansi_colors = SVG_EXPORT_THEME.ansi_colors
    return made
