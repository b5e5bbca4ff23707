"""What a reading found: a fault or a warning, with its rule and its place."""

import re
from dataclasses import dataclass
from typing import Final

SHOWN_LENGTH: Final = 60
"""Longest piece of foreign text that a message or a path repeats."""

_NINE_DIGITS: Final = re.compile(r"(?<!\d)\d{2}-?\d{3}(\d{4})(?!\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or warning."""

    rule: str
    """`P-JSON-1` for the form, else the id of the broken rule (`P-DM-31`)."""
    path: str
    """Place by P-JSON-4: `$.npis[0].attempts[1].measures[2]`."""
    message: str
    """What was found and what is allowed; printable characters only."""


def by_path(finding: Finding) -> tuple[tuple[tuple[bool, int, str], ...], str, str]:
    """Sort key: place, indexes as numbers; then rule and message."""
    steps = re.findall(r"\[(\d+)\]|\.([^.\[]*)", finding.path)
    place = tuple((not index, int(index or 0), key) for index, key in steps)
    return place, finding.rule, finding.message


def printable(text: str) -> str:
    """Foreign text made safe to show: escaped, cut, and nine digits masked, for they may be a TIN."""
    cut = text[:SHOWN_LENGTH]
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut)
    masked = _NINE_DIGITS.sub(r"XXXXX\1", shown)
    return masked if len(cut) == len(text) else f"{masked}..."
