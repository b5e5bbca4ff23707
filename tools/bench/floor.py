"""The floor: a bare Textual app built thriftily, to measure ours against.

One compact borderless field without blink, one list that repaints two rows, definite heights, no scrollbar.
Run as a program: `python -m tools.bench.floor`. F2 moves the focus to the list, Ctrl+Q leaves.
"""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Input

ROWS = 1000
WIDTH = 44


class FloorList(ScrollView, can_focus=True):
    """A list in the theme's colours whose highlight costs two lines."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "move(1)"), Binding("up", "move(-1)")]

    def __init__(self) -> None:
        super().__init__()
        self.row = 0
        self.virtual_size = Size(WIDTH, ROWS)
        self.show_vertical_scrollbar = False

    def action_move(self, step: int) -> None:
        """Move the highlight."""
        before, self.row = self.row, max(0, min(ROWS - 1, self.row + step))
        self.refresh_line(before)
        self.refresh_line(self.row)

    def render_line(self, y: int) -> Strip:
        """One row."""
        row = y + self.scroll_offset.y
        style = self.rich_style + Style(reverse=row == self.row)
        return Strip([Segment(f"Practice number {row}".ljust(WIDTH), style)], WIDTH)


class FloorApp(App[None]):
    """A field above a list."""

    ENABLE_COMMAND_PALETTE = False
    CSS = f"""
    Input {{ width: 40; height: 1; border: none; padding: 0; background: $background; }}
    FloorList {{ width: {WIDTH}; height: 1fr; scrollbar-size: 0 0; }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f2", "list", "List"), Binding("ctrl+q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        """Field, list."""
        field = Input(compact=True)
        field.cursor_blink = False
        yield field
        yield FloorList()

    def action_list(self) -> None:
        """Focus the list."""
        self.query_one(FloorList).focus()


if __name__ == "__main__":
    FloorApp().run()
