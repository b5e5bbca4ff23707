"""What is drawn with ordinary characters, and how a non-UTF-8 terminal gets it (A11Y-TEXT-01 to
A11Y-TEXT-03).

Two sets of glyphs for what the program draws itself; data from outside goes through `simplified`, which
keeps every text's width so that columns and the cursor stay where they were computed.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter


@dataclass(frozen=True)
class Glyphs:
    """Characters of the frame."""

    name: str
    ellipsis: str
    """Ends a text that was shortened."""
    crumb: str
    """Stands between the steps of the trail."""
    separator: str
    """Stands between two facts on one line."""


UNICODE = Glyphs(name="unicode", ellipsis="…", crumb=" › ", separator=" · ")
ASCII = Glyphs(name="ascii", ellipsis="...", crumb=" > ", separator=" - ")

_LOOKALIKES = str.maketrans("•›‹…–—‘’“”·×▌▁│─", "*><.--''\"\"-x|_|-")


def simplified(text: str) -> str:
    """`text` in ASCII with the same number of cells; letters lose their accents, the rest becomes `?`."""
    return text if text.isascii() else "".join(_ascii(character) for character in text.translate(_LOOKALIKES))


@lru_cache(maxsize=4096)
def _ascii(character: str) -> str:
    if character.isascii():
        return character
    width = get_character_cell_size(character)
    letters = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return letters if len(letters) == width else "?" * width


class AsciiOnly(LineFilter):
    """Lets only ASCII reach the terminal; Textual applies it to every line that it draws."""

    def __init__(self, told: Callable[[], object]) -> None:
        """`told` is called for every line that loses more than typography."""
        super().__init__()
        self._told = told

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments with simplified text."""
        if not all(segment.text.translate(_LOOKALIKES).isascii() for segment in segments):
            self._told()
        return [Segment(simplified(text), style, control) for text, style, control in segments]
