"""Type: how wide a text is, where it breaks, and how it is written into a page.

Lengths are points throughout; the widths of characters come from the fonts that fpdf2 knows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

from mock_server.exports.pdf.drawable import ENCODING, SYMBOLS

Lines = tuple[str, ...]

_ESCAPED = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)"})


@dataclass(frozen=True, slots=True)
class Font:
    """A font of the document."""

    resource: str
    """Its name in page content, for example `F1`."""
    symbols: str
    """The name of the Symbol font."""
    widths: Mapping[str, float]
    """Character -> width at a size of one point; those of `SYMBOLS` included."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font at a size."""

    font: Font
    size: float
    leading: float
    """From one baseline to the next."""
    _wrapped: dict[tuple[str, float], Lines] = field(default_factory=dict)

    def width(self, text: str) -> float:
        """How wide a line is."""
        widths = self.font.widths
        return sum([widths[character] for character in text]) * self.size

    def wrap(self, text: str, width: float) -> Lines:
        """The lines of a text no wider than `width`; words that are wider are broken anywhere."""
        found = self._wrapped.get((text, width))
        if found is None:
            whole = self.width(text) <= width
            found = (text,) if whole else tuple(self._broken(text, width))
            self._wrapped[text, width] = found
        return found

    def fitted(self, text: str, width: float) -> str:
        """The text, cut with an ellipsis where it is wider than `width`."""
        if self.width(text) <= width:
            return text
        return f"{self._pieces(text, width - self.width('…'))[0]}…"

    def shown(self, text: str, x: float, y: float) -> str:
        """The operators that draw a line with its baseline at `y`, inside a text object of this face.

        Data gets into a page here and nowhere else, and only ever as an escaped string (SR-OUT-04).
        """
        if SYMBOLS.keys().isdisjoint(text):
            return f"1 0 0 1 {x:.5g} {y:.5g} Tm {_string(text)} Tj\n"
        runs = ((symbolic, "".join(run)) for symbolic, run in groupby(text, SYMBOLS.__contains__))
        drawn = "".join(self._symbols(run) if symbolic else f"{_string(run)} Tj\n" for symbolic, run in runs)
        return f"1 0 0 1 {x:.5g} {y:.5g} Tm {drawn}"

    def select(self) -> str:
        """The operator that makes it the current font."""
        return f"/{self.font.resource} {self.size:g} Tf\n"

    def _symbols(self, run: str) -> str:
        codes = _string("".join(map(SYMBOLS.__getitem__, run)))
        return f"/{self.font.symbols} {self.size:g} Tf {codes} Tj {self.select()}"

    def _broken(self, text: str, width: float) -> list[str]:
        lines: list[str] = []
        line, used = "", 0.0
        space = self.width(" ")
        for word in text.split(" "):
            wide = self.width(word)
            if line and used + space + wide <= width:
                line, used = f"{line} {word}", used + space + wide
                continue
            if line:
                lines.append(line)
            *full, line = self._pieces(word, width) if wide > width else [word]
            lines += full
            used = self.width(line)
        return [*lines, line]

    def _pieces(self, word: str, width: float) -> list[str]:
        """A word cut so that each piece fits; one character at least."""
        pieces: list[str] = []
        start, used = 0, 0.0
        for end, character in enumerate(word):
            wide = self.font.widths[character] * self.size
            if used + wide > width and end > start:
                pieces.append(word[start:end])
                start, used = end, 0.0
            used += wide
        return [*pieces, word[start:]]


@dataclass(frozen=True, slots=True)
class Faces:
    """The type of the document."""

    report_title: Face
    title: Face
    """Of sections and tables."""
    heading: Face
    """Of columns."""
    body: Face
    strong: Face
    """Group and total rows."""
    running: Face
    """Head and foot of a page."""


def _string(text: str) -> str:
    """A PDF string, its bytes as the characters of Latin-1."""
    return f"({text.translate(_ESCAPED).encode(ENCODING).decode('latin-1')})"
