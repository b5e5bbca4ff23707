"""One line of foreign text in a given number of terminal cells (A11Y-TEXT-08).

Everything is measured in cells, not characters: CJK takes two, combining marks none. Text is cut between
graphemes only, and a cut always shows as an ellipsis, so that nobody takes a part for the whole.
"""

from rich.cells import cell_len, split_graphemes

from tui.widgets.wrapping import wrapped

ELLIPSIS = "…"


def cut(text: str, width: int) -> str:
    """`text` in at most `width` cells, ending in an ellipsis where something was left out."""
    if cell_len(text) <= width:
        return text
    return _head(text, width - cell_len(ELLIPSIS)).rstrip() + ELLIPSIS if width > 0 else ""


def pad_right(text: str, width: int) -> str:
    """`text` cut or filled to exactly `width` cells, standing at the left edge."""
    shown = cut(text, width)
    return shown + " " * (width - cell_len(shown))


def pad_left(text: str, width: int) -> str:
    """`text` cut or filled to exactly `width` cells, standing at the right edge."""
    shown = cut(text, width)
    return " " * (width - cell_len(shown)) + shown


def wrap(text: str, width: int, most: int) -> list[str]:
    """At most `most` lines of `width` cells; the last ends in an ellipsis where something was left out."""
    lines = wrapped(text, width)
    return lines if len(lines) <= most else [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), width)]


def longest_word(text: str) -> int:
    """Cells of the widest word; 0 for none."""
    return max(map(cell_len, text.split()), default=0)


def _head(text: str, width: int) -> str:
    end = used = 0
    for _start, stop, cells in split_graphemes(text)[0]:
        if used + cells > width:
            break
        end, used = stop, used + cells
    return text[:end]
