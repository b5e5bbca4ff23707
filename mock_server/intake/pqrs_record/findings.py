"""What a reading found: a fault or a warning, with its rule and its place."""

import re
from dataclasses import dataclass

from mock_server.intake.foreign_text import printable

__all__ = ["Finding", "by_path", "printable"]


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
