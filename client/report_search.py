"""Find text in a report: in the cells of a table as they are shown, and in the titles of sections."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from client.messages.report import Section


class Match(NamedTuple):
    """A row that has the text, and the first of its cells that does; both count from 0."""

    row: int
    column: int


def find_rows(rows: Iterable[Sequence[str]], text: str) -> list[Match]:
    """The rows with `text` in any cell, whatever the case (A11Y-TABLE-07); none for an empty text."""
    wanted = text.casefold()
    return [
        Match(number, column)
        for number, cells in enumerate(rows)
        if wanted and (column := _first(cells, wanted)) is not None
    ]


def beside(matches: Sequence[Match], row: int, step: int) -> int | None:
    """Index of the match after (1) or before (-1) a row, going round at the ends; None: there is no match."""
    if not matches:
        return None
    if step > 0:
        return next((index for index, match in enumerate(matches) if match.row > row), 0)
    last = len(matches) - 1
    return next((index for index in range(last, -1, -1) if matches[index].row < row), last)


def find_sections(sections: Iterable[Section], text: str) -> list[Section]:
    """The sections whose title, name or NPI has every word of `text` (P-FMT-21)."""
    words = text.casefold().split()
    return [section for section in sections if words and _has(section, words)]


def count_words(found: int, total: int) -> str:
    """`2 of 6 rows match.`"""
    return f"{found} of {total} {'row matches' if total == 1 else 'rows match'}."


def _first(cells: Sequence[str], wanted: str) -> int | None:
    return next((index for index, cell in enumerate(cells) if wanted in cell.casefold()), None)


def _has(section: Section, words: Sequence[str]) -> bool:
    text = f"{section.title} {section.name or ''} {section.npi or ''}".casefold()
    return all(word in text for word in words)
