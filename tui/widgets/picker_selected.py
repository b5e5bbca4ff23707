"""The one organization that is selected, or the words that none is (F-ORG-09).

Its text wraps instead of being cut: before going on, the person should read the whole name.
"""

from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip

from client.safe_text import single_line
from tui.widgets.cell_text import pad_right, wrap
from tui.widgets.control import Control
from tui.widgets.line_list import MARK, OPEN_MARK

NOTHING = "Nothing is selected."
_LEAD = len("> ")


class PickerSelected(Control):
    """Selected: Enter or a double-click moves the row back to Available (F-ORG-08)."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"picker-selected--focused", "picker-selected--nothing"}
    DEFAULT_CSS = """
    PickerSelected {
        height: 3; color: $foreground; text-style: bold;
        & > .picker-selected--nothing { color: $text-muted; text-style: not bold; }
        & > .picker-selected--focused {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: $block-cursor-text-style;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "clear",
            "Move back",
            show=False,
            id="picker.clear",
            tooltip="Move the row back to Available.",
        ),
    ]

    class Cleared(Message):
        """The selected row goes back."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.text = ""
        """The selected row; empty: none."""

    def show(self, text: str) -> None:
        """Show another selection; empty: none."""
        self.text = text
        self.can_focus = bool(text)
        self.refresh()

    def action_clear(self) -> None:
        """Give the row back."""
        self.post_message(self.Cleared())

    def on_click(self, event: events.Click) -> None:
        """A double-click is Enter (F-GEN-11)."""
        if event.chain == 2 and self.text:
            self.action_clear()

    def on_focus(self) -> None:
        """Show the mark."""
        self.refresh()

    def on_blur(self) -> None:
        """Take the mark away."""
        self.refresh()

    @property
    def cursor_cell(self) -> Offset:
        """First cell of the name."""
        return Offset(_LEAD, 0)

    def render_line(self, y: int) -> Strip:
        """One line of the name; the first has `*`, or `>` while the focus is here."""
        size = self.content_size
        lines = wrap(single_line(self.text or NOTHING), size.width - _LEAD, max(1, size.height))
        if y >= len(lines):
            return Strip.blank(size.width, self.rich_style)
        mark = MARK if self.has_focus else OPEN_MARK if self.text else " "
        style = self.rich_style
        if not self.text:
            style = self.get_component_rich_style("picker-selected--nothing")
        elif self.has_focus:
            style = self.get_component_rich_style("picker-selected--focused")
        lead = f"{mark} " if y == 0 else " " * _LEAD
        return Strip([Segment(pad_right(lead + lines[y], size.width), style)], size.width)
