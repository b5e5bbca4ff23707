"""Text from a file inside our own sentences: escaped, cut, and without a TIN."""

import re
from typing import Final

SHOWN_LENGTH: Final = 60
"""Longest piece of foreign text that a message or a path repeats."""

_NINE_DIGITS: Final = re.compile(r"(?<!\d)\d{2}-?\d{3}(\d{4})(?!\d)", re.ASCII)


def printable(text: str) -> str:
    """Foreign text made safe to show: escaped, cut, and nine digits masked, for they may be a TIN."""
    cut = text[:SHOWN_LENGTH]
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut)
    masked = _NINE_DIGITS.sub(r"XXXXX\1", shown)
    return masked if len(cut) == len(text) else f"{masked}..."
