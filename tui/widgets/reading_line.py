"""A few lines of text of a fixed height that change with every key, and repaint only what differs.

Lists and tables use it instead of scrollbars: it says in words where the cursor stands and what is under it.
Its height never follows its text, so nothing on the screen moves.
"""

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from client.safe_text import single_line
from tui.widgets.cell_text import wrap

WORTH_A_MOVE = 50
"""Cells that cost as much as moving the cursor and setting the style again."""


class ReadingLine(Widget):
    """Says what the cursor stands on; what does not fit ends in an ellipsis."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ReadingLine { height: 1; width: 1fr; color: $foreground; }
    """

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._text = single_line(text)
        self._lines: list[str] = []

    @property
    def text(self) -> str:
        """All of the text, also what does not fit."""
        return self._text

    def say(self, text: str) -> None:
        """Show another text, repainting each line as far as it changed."""
        self._text = single_line(text)
        before, self._lines = self._lines, self._wrapped()
        for y in range(self.content_size.height):
            changed = [
                Region(x, y, cells, 1) for x, cells in changes(_line(before, y), _line(self._lines, y))
            ]
            if changed:
                self.refresh(*changed)

    def on_resize(self) -> None:
        """Wrap the text anew."""
        self._lines = self._wrapped()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the text."""
        strip = Strip([Segment(_line(self._lines, y), self.rich_style)])
        return strip.adjust_cell_length(self.content_size.width, self.rich_style)

    def _wrapped(self) -> list[str]:
        size = self.content_size
        return wrap(self._text, size.width, max(1, size.height)) if size.width else []


def changes(old: str, new: str) -> list[tuple[int, int]]:
    """Where two lines differ, as (first cell, cells); nearby differences count as one."""
    width = max(cell_len(old), cell_len(new))
    if len(old) != cell_len(old) or len(new) != cell_len(new):
        return [(0, width)] if old != new else []
    runs: list[tuple[int, int]] = []
    for x, (before, after) in enumerate(zip(old.ljust(width), new.ljust(width), strict=True)):
        if before == after:
            continue
        first, cells = runs[-1] if runs else (0, -WORTH_A_MOVE)
        if x - (first + cells) < WORTH_A_MOVE:
            runs[-1] = (first, x + 1 - first)
        else:
            runs.append((x, 1))
    return runs


def _line(lines: list[str], number: int) -> str:
    return lines[number] if number < len(lines) else ""
