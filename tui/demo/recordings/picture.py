"""Rows of cells in one normal form, so that what looks the same is the same, to the byte.

Textual hands out a row in as many segments as widgets happened to draw it, with links and click targets that
nobody sees. A recording must not depend on either.
"""

from collections.abc import Iterable
from typing import Final

from rich.segment import Segment
from rich.style import Style

from tui.demo.events import Picture, Row

_PLAIN: Final = Style.null()


def normal(picture: Picture) -> Picture:
    """The picture in its normal form."""
    return Picture(tuple(map(normal_row, picture.rows)), picture.cursor)


def normal_row(row: Iterable[Segment]) -> Row:
    """Neighbours of one look joined, what is not seen left out, blanks without a look at the end dropped."""
    joined: list[Segment] = []
    for text, style, _ in row:
        look = _PLAIN if style is None else style.clear_meta_and_links()
        if joined and joined[-1].style == look:
            joined[-1] = Segment(joined[-1].text + text, look)
        elif text:
            joined.append(Segment(text, look))
    while joined and joined[-1].style == _PLAIN:
        text = joined.pop().text.rstrip(" ")
        if text:
            joined.append(Segment(text, _PLAIN))
            break
    return tuple(joined)


def with_cursor(picture: Picture) -> Picture:
    """The picture with its cursor as a cell in reverse: a drawing has no cursor of its own."""
    if picture.cursor is None:
        return picture
    column, number = picture.cursor
    if not 0 <= number < len(picture.rows):
        return picture
    rows = list(picture.rows)
    rows[number] = _reversed_at(rows[number], column)
    return Picture(tuple(rows), picture.cursor)


def _reversed_at(row: Row, column: int) -> Row:
    missing = column + 1 - sum(piece.cell_length for piece in row)
    padded = [*row, Segment(" " * missing, _PLAIN)] if missing > 0 else row
    before, cell, after = Segment.divide(padded, [column, column + 1, max(column + 2, _cells(padded))])
    marked = [Segment(text, (style or _PLAIN) + Style(reverse=True)) for text, style, _ in cell]
    return (*before, *marked, *after)


def _cells(row: Iterable[Segment]) -> int:
    return sum(piece.cell_length for piece in row)
