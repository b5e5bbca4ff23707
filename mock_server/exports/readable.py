"""Cell and header texts as every export carries them: the same characters that the screens show.

The rules are those of SR-TERM-01 and SR-TERM-03, so that F-REP-01 (values equal the screen's) holds for
hostile text as well. They are written a second time because the server takes nothing from the client but its
messages; a test compares the two on any text.
"""

import unicodedata

LONGEST = 10_000
"""Code points kept of one text."""
_MARKS_IN_A_ROW = 4
_FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_MARKS = frozenset({"Mn", "Me", "Mc"})


class _Replacements(dict[int, str]):
    """Code point -> what stands for it; filled as characters are met."""

    def __missing__(self, code_point: int) -> str:
        self[code_point] = shown = _shown(code_point)
        return shown


def _shown(code_point: int) -> str:
    character = chr(code_point)
    if character == "\n":
        return "\u23ce"
    if character == "\t":
        return "    "
    if code_point < 0x20:
        return chr(0x2400 + code_point)
    if code_point == 0x7F:
        return "\u2421"
    return "\ufffd" if unicodedata.category(character) in _FORBIDDEN else character


_REPLACED = _Replacements()


def readable(value: str) -> str:
    """`value` on one line, without a character that controls, hides or reorders anything."""
    plain = value.isascii() and value.isprintable()
    clean = value if plain else _fewer_marks(value.translate(_REPLACED))
    return clean if len(clean) <= LONGEST else clean[: LONGEST - 1] + "…"


def _fewer_marks(value: str) -> str:
    """Drop combining marks beyond four in a row: more of them paint over neighbouring lines."""
    kept: list[str] = []
    run = 0
    for character in value:
        run = run + 1 if unicodedata.category(character) in _MARKS else 0
        if run <= _MARKS_IN_A_ROW:
            kept.append(character)
    return "".join(kept)
