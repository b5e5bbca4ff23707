"""The closed set of line labels and the productions every line of plain mode matches (A11Y-PLAIN-05).

A change of a label breaks the habits and scripts of listeners, so it is a breaking change (A11Y-DOC-02).
"""

import re
from enum import StrEnum
from typing import Final


class Label(StrEnum):
    """First word of a line; the same label means the same thing everywhere."""

    SCREEN = "Screen"
    NOTICE = "Notice"
    WARNING = "Warning"
    ERROR = "Error"
    FIX = "Fix"
    WORKING = "Working"
    DONE = "Done"
    TIME = "Time"
    TABLE = "Table"
    ROW = "Row"
    TOTAL = "Total"
    NOTE = "Note"
    SAVED = "Saved"
    HELP = "Help"


def labelled(label: Label, text: str) -> str:
    """`Label: text`."""
    return f"{label}: {text}"


def sentence(text: str) -> str:
    """`text` with an end: a full stop unless it has one."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


_LABELS: Final = "|".join(label for label in Label if label not in (Label.ROW, Label.NOTE))

PRODUCTIONS: Final = {
    "label": re.compile(rf"(?:{_LABELS}): \S.*"),
    "row": re.compile(r"Row \d+(?: of \d+|: \S.*)"),
    "note": re.compile(r"Note (?:\S{1,6}: )?\S.*"),
    "item": re.compile(r"\d+\. \S.*"),
    "prompt": re.compile(r"\S.*:(?: \(typing continues\))? ?"),
    "pair": re.compile(r"(?=\S)(?:(?!\. )[^\n]){1,200}?: \S.*"),
}
"""Name -> form of one logical line. A prompt ends with a colon; a pair is `heading: value`."""


def production(line: str) -> str | None:
    """Name of the first production that the logical line matches, or None."""
    return next((name for name, form in PRODUCTIONS.items() if form.fullmatch(line)), None)


def is_pair(text: str) -> bool:
    """Whether a paragraph already is a `heading: value` line or a numbered point and needs no label."""
    return bool(re.match(r"\d+\. \S|[A-Z][^.:;!?]{0,48}: \S", text))
