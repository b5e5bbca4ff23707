"""The nearest right word for a wrong one (DEMO-ERR-03)."""

from collections.abc import Iterable, Sequence
from typing import Final

SHOWN: Final = 12
"""Most candidates that are listed as well."""


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate closest to a word, ties by the alphabet; None: none is close enough to be meant."""
    limit = max(1, len(word) // 3)
    scored = ((distance(_folded(word), _folded(candidate)), candidate) for candidate in candidates)
    return min((pair for pair in scored if pair[0] <= limit), default=(0, None))[1]


def help_for(word: str, candidates: Sequence[str], *, more: str = "") -> tuple[str, ...]:
    """A help line: what was probably meant, and all that is possible where that is not much."""
    meant = nearest(word, candidates)
    parts = [] if meant is None else [f'did you mean "{meant}"?']
    if len(candidates) <= SHOWN:
        parts.append(f"Possible: {', '.join(candidates)}{f', {more}' if more else ''}.")
    return (" ".join(parts),) if parts else ()


def distance(one: str, other: str) -> int:
    """Optimal string alignment: insertions, deletions, replacements and swaps of neighbours cost 1."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, left in enumerate(one, 1):
        current = [row]
        for column, right in enumerate(other, 1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (left != right))
            if row > 1 and column > 1 and left == other[column - 2] and one[row - 2] == right:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, above = above, current
    return above[-1]


def _folded(word: str) -> str:
    return word.lower().replace("_", "-")
