"""Text in the characters that the standard PDF fonts have: Windows-1252, Greek, and signs of the Symbol font.

No font is bundled, so other characters cannot be drawn. Letters with further marks lose the marks (`ő` is
`o`), all else is written as its code (`{U+4E2D}`): nothing disappears, nothing is guessed. The document says
so where it happened; the CSV, Excel and JSON forms carry every character.
"""

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mock_server.exports.readable import readable

ENCODING: Final = "cp1252"

SYMBOLS: Final[Mapping[str, str]] = MappingProxyType(
    dict(zip("ΑΒΧΔΕΦΓΗΙΚΛΜΝΟΠΘΡΣΤΥΩΞΨΖ", "ABCDEFGHIKLMNOPQRSTUWXYZ", strict=True))
    | dict(zip("αβχδεφγηικλμνοπθρστυωξψζς", "abcdefghiklmnopqrstuwxyzV", strict=True))
    | dict(zip("−∼≤∞←↑→↓≥∝∂≠≡≈∩∪⊂⊃∈∏√∑", "\x2d\x7e\xa3\xa5\xac\xad\xae\xaf\xb3\xb5\xb6\xb9\xba\xbb"
                                           "\xc7\xc8\xcc\xc9\xce\xd5\xd6\xe5", strict=True))
)  # fmt: skip
"""Character -> the character whose byte is its code in the Symbol font."""

NOTE: Final = (
    "Some characters of this report are not in the fonts of this document. Letters are shown without marks "
    "that the fonts lack, other characters by their code, for example {U+05D0}. The CSV, Excel and JSON "
    "forms have them as they are."
)


class Drawable:
    """Makes texts drawable, and remembers what that took."""

    def __init__(self) -> None:
        self.replaced = False
        """Whether a character had to be replaced, and `NOTE` is needed."""
        self._known: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        """The text on one line, without a character that no font has."""
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = self._drawn(readable(text))
        return found

    def _drawn(self, text: str) -> str:
        if _encodable(text):
            return text
        drawn = "".join(map(_drawn, text))
        self.replaced |= drawn != text
        return drawn


def _encodable(text: str) -> bool:
    try:
        text.encode(ENCODING)
    except UnicodeEncodeError:
        return False
    return True


def _drawn(character: str) -> str:
    """One character, or what stands for it."""
    for candidate in (character, unicodedata.normalize("NFD", character)[0]):
        if candidate in SYMBOLS or _encodable(candidate):
            return candidate
    # A mark of its own belongs to the letter before it, which is drawn without.
    return "" if unicodedata.combining(character) else f"{{U+{ord(character):04X}}}"
