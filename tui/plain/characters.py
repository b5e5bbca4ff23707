"""Which characters plain mode writes (A11Y-PLAIN-01, A11Y-PLAIN-02, A11Y-TEXT-03).

An allow-list by Unicode category, not a list of bad ranges: letters, marks, digits, punctuation and currency
of data pass, everything that a screen reader would spell out as a drawing becomes words, ASCII or `?`.
"""

import unicodedata
from typing import Final

_WORDS: Final = {
    "→": "->",
    "←": "<-",
    "≤": "<=",
    "≥": ">=",
    "≠": "not equal to",
    "−": "-",
    "×": "x",
    "÷": "/",
    "±": "+/-",
    "®": "(R)",
    "©": "(C)",
    "™": "(TM)",
    "°": " degrees",
    "✓": "yes",
    "✔": "yes",
    "✗": "no",
}
"""Signs with a meaning of their own, said in ASCII."""

_ASCII_PUNCTUATION: Final = {
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "–": "-",
    "—": "-",
    "‑": "-",
    "‐": "-",
    "…": "...",
    "•": "-",
    "·": "-",
    "€": "EUR",
    "£": "GBP",
    "«": '"',
    "»": '"',
}
_ALLOWED: Final = frozenset("LMNP")
"""First letters of the general categories that pass; `Sc` and spaces are handled apart."""
_LETTERS: Final = frozenset("LMN")


def plain_characters(text: str, *, ascii_only: bool) -> str:
    """`text` with nothing in it but what plain mode may write; line feeds and spaces stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character, ascii_only=ascii_only) for character in text)


def loses_letters(text: str) -> bool:
    """Whether ASCII output simplifies a letter or digit of `text` (said once, A11Y-TEXT-03)."""
    return any(not c.isascii() and unicodedata.category(c)[0] in _LETTERS for c in text)


def _shown(character: str, *, ascii_only: bool) -> str:
    if character == "\n" or " " <= character <= "~":
        return character
    if character in _WORDS:
        return _WORDS[character]
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category == "Cf":
        return ""
    if category == "Sc" or category[0] in _ALLOWED:
        return _as_ascii(character) if ascii_only else character
    return "?"


def _as_ascii(character: str) -> str:
    if character in _ASCII_PUNCTUATION:
        return _ASCII_PUNCTUATION[character]
    if unicodedata.combining(character):
        return ""
    simple = "".join(c for c in unicodedata.normalize("NFKD", character) if c.isascii() and c.isprintable())
    return simple or "?"
