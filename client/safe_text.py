"""Make text from servers, files and the environment harmless for a terminal (SR-TERM-01 to SR-TERM-03).

Control characters become visible pictures, invisible and bidirectional controls become U+FFFD. Whole
answers are checked at the HTTP boundary before they are typed: `is_safe_json` looks at the set of distinct
characters, which is far cheaper than a walk, and only an answer that fails it is walked by `safe_tree`.
"""

import re
import unicodedata

LONGEST = 10_000
"""Code points kept of one text; a longer one ends in an ellipsis."""
MARKS_IN_A_ROW = 4
_ELLIPSIS = "…"
_REPLACEMENT = "\ufffd"
_FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_MARKS = frozenset({"Mn", "Me", "Mc"})
_LONG = re.compile(f'"[^"]{{{LONGEST + 1}}}')
_LONG_ESCAPED = re.compile(rf'"(?:[^"\\]|\\.){{{LONGEST + 1}}}')
_TELLING_ESCAPE = re.compile(r'(?<!\\)(?:\\\\)*\\[^n"\\/]')


class SafeText(str):
    """Text that passed `safe_text`; made by this module only."""

    __slots__ = ()


class _Replacements(dict[int, str]):
    """Code point -> what stands for it; filled as characters are met."""

    def __missing__(self, code_point: int) -> str:
        self[code_point] = shown = _shown(code_point)
        return shown


def _shown(code_point: int) -> str:
    character = chr(code_point)
    if character == "\n":
        return character
    if character == "\t":
        return "    "
    if code_point < 0x20:
        return chr(0x2400 + code_point)
    if code_point == 0x7F:
        return "\u2421"
    return _REPLACEMENT if unicodedata.category(character) in _FORBIDDEN else character


_REPLACED = _Replacements()


def safe_text(value: str) -> SafeText:
    """`value` as a terminal may show it; line feeds stay (SR-TERM-01).

    Idempotent, the identity on printable ASCII, never longer than four times its input.
    """
    if isinstance(value, SafeText):
        return value
    if value.isascii():
        clean = value if value.isprintable() else value.translate(_REPLACED)
    else:
        clean = _fewer_marks(value.translate(_REPLACED))
    return SafeText(clean if len(clean) <= LONGEST else clean[: LONGEST - 1] + _ELLIPSIS)


def single_line(value: str) -> SafeText:
    """`safe_text` for cells, labels, titles and status lines: line feeds show as U+23CE (SR-TERM-03)."""
    return SafeText(safe_text(value).replace("\n", "\u23ce"))


def safe_tree(value: object) -> object:
    """Decoded JSON with every string, keys included, made safe (SR-TERM-02)."""
    if isinstance(value, str):
        # A plain str: msgspec's conversion takes no subclass for tags and literals.
        return str(safe_text(value))
    if isinstance(value, list):
        return [safe_tree(item) for item in value]
    if isinstance(value, dict):
        return {safe_tree(key): safe_tree(item) for key, item in value.items()}
    return value


def is_safe_json(text: str) -> bool:
    """Whether no string inside this JSON document can need a change; False may be a false alarm."""
    escaped = "\\" in text
    if escaped and _TELLING_ESCAPE.search(text):
        return False
    if not (text.isascii() and text.isprintable()) and not all(map(_is_kept, set(text))):
        return False
    return (_LONG_ESCAPED if escaped else _LONG).search(text) is None


def _is_kept(character: str) -> bool:
    return _REPLACED[ord(character)] == character and unicodedata.category(character) not in _MARKS


def _fewer_marks(value: str) -> str:
    """Drop combining marks beyond four in a row."""
    if not any(unicodedata.category(character) in _MARKS for character in value):
        return value
    kept: list[str] = []
    run = 0
    for character in value:
        run = run + 1 if unicodedata.category(character) in _MARKS else 0
        if run <= MARKS_IN_A_ROW:
            kept.append(character)
    return "".join(kept)
