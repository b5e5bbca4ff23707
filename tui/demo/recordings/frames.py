"""A picture as the bytes that draw it: whole at first, then only the rows that changed (DEMO-REC-04)."""

from typing import Final

from rich.color import ColorSystem
from rich.segment import Segment

from tui.demo.events import Picture, Row

HIDE_CURSOR: Final = "\x1b[?25l"
SHOW_CURSOR: Final = "\x1b[?25h"
CLEAR: Final = "\x1b[2J\x1b[H"
_LOOKS_OFF: Final = "\x1b[0m"
_ERASE_REST: Final = "\x1b[K"


def drawn(picture: Picture, before: Picture | None, width: int) -> str:
    """What to write so that a terminal that shows `before` shows `picture`; empty where it does already.

    Both in their normal form. `before` is None for a terminal about which nothing is known.
    """
    if before is None:
        return "".join([HIDE_CURSOR, CLEAR, *_rows(picture, (), width), _cursor(picture.cursor)])
    changed = _rows(picture, before.rows, width)
    if not changed and before.cursor == picture.cursor:
        return ""
    hidden = HIDE_CURSOR if before.cursor is not None else ""
    return "".join([hidden, *changed, _cursor(picture.cursor)])


def _rows(picture: Picture, old: tuple[Row, ...], width: int) -> list[str]:
    return [
        _row(number, row, width)
        for number, row in enumerate(picture.rows)
        if number >= len(old) or old[number] != row
    ]


def _row(number: int, row: Row, width: int) -> str:
    """One row anew. What is right of it is erased only if there is something: after the last column a
    terminal would erase that column instead."""
    filled = sum(piece.cell_length for piece in row)
    written = "".join(map(_look, row))
    return f"\x1b[{number + 1};1H{written}{_LOOKS_OFF}{_ERASE_REST if filled < width else ''}"


def _look(piece: Segment) -> str:
    style = piece.style
    return piece.text if style is None else style.render(piece.text, color_system=ColorSystem.TRUECOLOR)


def _cursor(cursor: tuple[int, int] | None) -> str:
    return "" if cursor is None else f"\x1b[{cursor[1] + 1};{cursor[0] + 1}H{SHOW_CURSOR}"
