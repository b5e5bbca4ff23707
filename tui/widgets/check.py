"""A checkbox in characters: `[x]` on, `[ ]` off (A11Y-COLOR-06)."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.geometry import Offset
from textual.message import Message

from tui.widgets.control import Control


class Check(Control):
    """One yes-or-no field; the label stands behind the box."""

    DEFAULT_CSS = """
    Check { width: auto; height: auto; color: $foreground; }
    Check:focus {
        color: $block-cursor-foreground; background: $block-cursor-background;
        text-style: $block-cursor-text-style;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "toggle_check", "Tick", show=False, id="check.toggle")
    ]

    @dataclass
    class Toggled(Message):
        """The box was ticked or cleared."""

        field_id: str
        value: bool

    def __init__(self, field_id: str, label: str, value: bool) -> None:
        super().__init__(id=f"field-{field_id}")
        self.field_id = field_id
        self.label = label
        self.value = value

    def render(self) -> Content:
        """Mark, box and label."""
        return Content(f"{'>' if self.has_focus else ' '} [{'x' if self.value else ' '}] {self.label}")

    @property
    def cursor_cell(self) -> Offset:
        """First cell of the box."""
        return Offset(2, 0)

    def action_toggle_check(self) -> None:
        """Tick or clear the box."""
        self.value = not self.value
        self.refresh()
        self.post_message(self.Toggled(self.field_id, self.value))

    def on_click(self, event: Click) -> None:
        """A click toggles."""
        event.stop()
        self.focus()
        self.action_toggle_check()
