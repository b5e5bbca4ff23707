"""The status region: what happened, in one fixed place, until the next action (A11Y-ERR-07).

One row is always kept for it, so that nothing jumps when a word appears (look.md 6). It is a focus stop
only while F6 has led there: then a braille line can read it.
"""

from textual.content import Content
from textual.events import Blur
from textual.geometry import Offset, Region
from textual.widgets import Static

from tui.announcement import Announcement


class Status(Static):
    """Errors, notices and outcomes as words and sentences."""

    DEFAULT_CSS = """
    Status { width: 1fr; height: auto; min-height: 1; max-height: 8; padding: 0 1; color: $foreground; }
    Status.-errors { margin-bottom: 1; }
    Status:focus { text-style: underline; }
    """

    def __init__(self) -> None:
        super().__init__(id="status", markup=False)
        self.said: tuple[Announcement, ...] = ()

    def say(self, *announcements: Announcement) -> None:
        """Show these and nothing else; none empties the region."""
        if announcements != self.said:
            self.said = announcements
            self.set_class(any(item.level == "error" for item in announcements), "-errors")
            self.update(Content("\n").join(item.content() for item in announcements))

    def visit(self) -> bool:
        """Put the focus here for as long as it stays; False where there is nothing to read."""
        if not self.said:
            return False
        self.can_focus = True
        self.focus()
        return True

    def on_blur(self, _event: Blur) -> None:
        """Not a stop on the way of Tab."""
        self.can_focus = False

    @property
    def cursor_screen_offset(self) -> Offset:
        """First cell of the text."""
        return self.content_region.offset

    @property
    def attention(self) -> Region:
        """All of it."""
        return self.region
