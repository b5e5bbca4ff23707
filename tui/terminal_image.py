"""What the terminal shows now, cell by cell, and the shortest way to show something else.

Textual repaints whole widgets and, while a screen opens, whole screens several times over: 16 kB for a page
that differs from the last one in 1 kB of cells. The image remembers every cell that was written, so a
repaint costs what it changes and a redundant one costs nothing (SSH-NET-02 to SSH-NET-05). Colours are
written when they change, not once for each piece of text.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rich.cells import get_character_cell_size
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

Cell = tuple[str, Style]
"""A character with its combining marks, and its style; the right half of a wide one is an empty text."""

BRIDGE = 6
"""Unchanged cells that are written again rather than jumped over: moving the cursor costs as much."""
_NOTHING: Cell = ("\x00", Style.null())
"""A cell about which nothing is known."""
_PLACEHOLDER = "\x01"


def cells_of(segments: Iterable[Segment]) -> list[Cell]:
    """One entry for each cell of a line."""
    cells: list[Cell] = []
    for text, style, control in segments:
        if control:
            continue
        style = style or Style.null()
        for character in text:
            width = get_character_cell_size(character)
            if width == 0 and cells:
                before, its_style = cells[-1]
                cells[-1] = (before + character, its_style)
                continue
            cells.append((character, _blank(style) if character == " " else style))
            if width == 2:
                cells.append(("", style))
    return cells


@lru_cache(maxsize=1024)
def _blank(style: Style) -> Style:
    """What of a style can be seen on a space: background, underline, reverse (then the foreground too)."""
    if style.reverse:
        return style.without_color if style.color is None and style.bgcolor is None else style
    return Style(bgcolor=style.bgcolor, underline=style.underline, strike=style.strike)


@lru_cache(maxsize=1024)
def _start(style: Style, colors: ColorSystem | None) -> str:
    """The sequence that switches to a style from whatever was before."""
    rendered = style.render(_PLACEHOLDER, color_system=colors)
    codes = rendered.partition(_PLACEHOLDER)[0]
    return f"\x1b[0;{codes[2:]}" if codes else "\x1b[0m"


@lru_cache(maxsize=4096)
def _switch(before: Style | None, style: Style, colors: ColorSystem | None) -> str:
    """The shortest sequence from one style to another: the colours that differ, where they are all."""
    if before is None or _start(before.without_color, colors) != _start(style.without_color, colors):
        return _start(style, colors)
    color = None if style.color == before.color else style.color
    bgcolor = None if style.bgcolor == before.bgcolor else style.bgcolor
    unset = (style.color is None and before.color is not None) or (
        style.bgcolor is None and before.bgcolor is not None
    )
    codes = Style(color=color, bgcolor=bgcolor).render(_PLACEHOLDER, color_system=colors)
    return _start(style, colors) if unset else codes.partition(_PLACEHOLDER)[0]


def _lasting(cells: Sequence[Cell]) -> Style:
    """The style to write the first of these in: on blanks that of the text behind, if none can tell."""
    first = cells[0][1]
    for text, style in cells:
        if text != " ":
            return style if cells[0][0] == " " and _blank(style) == first else first
        if style != first:
            break
    return first


class TerminalImage:
    """The cells of one terminal."""

    def __init__(self) -> None:
        self._lines: list[list[Cell]] = []
        self._size = (0, 0)

    def forget(self) -> None:
        """Nothing is known any more: the terminal was resized, left or written to by others."""
        self._size = (0, 0)

    def fit(self, width: int, height: int) -> None:
        """The size of what is shown; another size means that nothing is known."""
        if self._size != (width, height):
            self._size = (width, height)
            self._lines = [[_NOTHING] * width for _ in range(height)]

    def show(self, pieces: Iterable[tuple[int, int, Iterable[Segment]]], colors: ColorSystem | None) -> str:
        """What to write so that the terminal shows these (x, y, segments); empty where it does already."""
        written: list[str] = []
        style: Style | None = None
        for x, y, segments in pieces:
            for start, end in self._put(x, y, cells_of(segments)):
                written.append(f"\x1b[{y + 1};{start + 1}H")
                run = self._lines[y][start:end]
                for index, (text, cell_style) in enumerate(run):
                    looks_right = text == " " and style is not None and _blank(style) == cell_style
                    if cell_style != style and not looks_right:
                        before, style = style, _lasting(run[index:])
                        written.append(_switch(before, style, colors))
                    written.append(text)
        if written:
            written.append("\x1b[0m")
        return "".join(written)

    def _put(self, x: int, y: int, cells: list[Cell]) -> list[tuple[int, int]]:
        """Store cells; the runs of columns that changed."""
        if not 0 <= y < len(self._lines):
            return []
        line = self._lines[y]
        runs: list[tuple[int, int]] = []
        for column, cell in enumerate(cells[: len(line) - x], start=x):
            if line[column] == cell:
                continue
            line[column] = cell
            if runs and column - runs[-1][1] <= BRIDGE and _NOTHING not in line[runs[-1][1] : column]:
                runs[-1] = (runs[-1][0], column + 1)
            else:
                runs.append((column, column + 1))
        return [_whole(line, start, end) for start, end in runs]


def _whole(line: list[Cell], start: int, end: int) -> tuple[int, int]:
    """A run that begins and ends between characters: half a wide one cannot be written."""
    while start > 0 and line[start][0] == "":
        start -= 1
    while end < len(line) and line[end][0] == "":
        end += 1
    return start, end
