"""Numbers that nobody may read off a recording: nine digits appear as stars and the last four
(DEMO-RUN-06).
"""

import re
from collections.abc import Sequence
from typing import Final

from rich.segment import Segment

TIN: Final = re.compile(r"(?<!\d)(?:\d{5}(\d{4})|\d{2}-\d{3}(\d{4}))(?!\d)")
"""A full TIN, with or without its hyphen."""


def masked(text: str) -> str:
    """A text without full TINs."""
    return TIN.sub(lambda found: f"*****{found[1] or found[2]}", text)


def has_tin(text: str) -> bool:
    """Whether there is something to mask."""
    return TIN.search(text) is not None


def masked_row(row: Sequence[Segment]) -> tuple[Segment, ...]:
    """A row of the terminal without full TINs, as wide as before."""
    text = "".join(segment.text for segment in row)
    found = list(TIN.finditer(text))
    if not found:
        return tuple(row)
    hidden = {index for match in found for index in range(match.start(), match.end() - 4)}
    shown = "".join("*" if index in hidden else character for index, character in enumerate(text))
    masked_segments, start = [], 0
    for segment in row:
        end = start + len(segment.text)
        masked_segments.append(Segment(shown[start:end], segment.style))
        start = end
    return tuple(masked_segments)
