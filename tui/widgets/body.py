"""The middle of a screen: one calm column that scrolls when it has to.

It has no scrollbar, because every key typed beside one repaints it (style rule 3); the position is said in
words at the right of the status row instead. It is a focus stop only while there is something to scroll, so
that the arrow keys can read what has no control of its own (A11Y-FOCUS-07).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.events import Resize
from textual.geometry import Offset, Region
from textual.message import Message
from textual.widgets import Static

WIDEST = 100
"""Cells of the column (look.md 1)."""


class Body(VerticalScroll, can_focus=False):
    """The scrolling region; a bar in its margin shows that the arrow keys scroll it."""

    DEFAULT_CSS = """
    Body { height: 1fr; width: 100%; padding: 0 1; scrollbar-size-vertical: 0; overflow-x: hidden; }
    Body:focus { padding: 0 1 0 0; border-left: outer $border; }
    """

    @dataclass
    class Moved(Message):
        """Another part is in view."""

        first: int
        """First line in view, from 1."""
        last: int
        total: int

    @dataclass
    class Fits(Message):
        """Nothing is left to scroll: the focus has to go elsewhere."""

    def on_resize(self, _event: Resize) -> None:
        """Everything may fit now, or no longer."""
        self.call_after_refresh(self.measure)

    def watch_virtual_size(self) -> None:
        """The content became longer or shorter."""
        self.call_after_refresh(self.measure)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Say what is in view."""
        super().watch_scroll_y(old_value, new_value)
        self.measure()

    def measure(self) -> None:
        """Say which lines are in view, and be a focus stop only where there are more."""
        total, height = self.virtual_size.height, self.size.height
        self.can_focus = total > height > 0
        if self.has_focus and not self.can_focus:
            self.post_message(self.Fits())
        first = round(self.scroll_y) + 1
        self.post_message(self.Moved(first, min(first + height - 1, total), total))

    def reveal(self, region: Region) -> None:
        """Scroll as little as needed to show a region given in terminal coordinates."""
        view = self.region
        if region.y < view.y or region.height > view.height:
            self.scroll_relative(y=region.y - view.y, animate=False)
        elif region.bottom > view.bottom:
            self.scroll_relative(y=region.bottom - view.bottom, animate=False)

    @property
    def cursor_screen_offset(self) -> Offset:
        """First cell in view."""
        return self.region.offset + Offset(1, 0)

    @property
    def attention(self) -> Region:
        """Nothing in particular: it is in view as it is."""
        return Region(*self.region.offset, 1, 1)


class Column(Vertical):
    """The content; the screen says what is in it and can build it anew."""

    DEFAULT_CSS = f"""
    Column {{ height: auto; width: 1fr; max-width: {WIDEST}; }}
    """

    def compose(self) -> ComposeResult:
        """What the screen composes for its body."""
        content: Iterator[Static] = self.screen.compose_body()  # type: ignore[attr-defined]
        yield from content
