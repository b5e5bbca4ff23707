"""The line in which a text is typed to be found in what stands above it.

Typing writes the typed character and nothing else; Enter and the arrow keys go from match to match, so a slow
line carries a new view only when it is asked for.
"""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from tui.widgets.entry import Entry

LABEL = "Find"


class FindBar(Horizontal):
    """Label and entry on one line; hidden until somebody wants to find something."""

    DEFAULT_CSS = """
    FindBar { height: 1; display: none; }
    FindBar.-open { display: block; }
    FindBar > Static { width: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "ask(1)", "Next match", show=False, id="find.next", tooltip="Go to the next match."),
        Binding(
            "up", "ask(-1)", "Match before", show=False, id="find.before", tooltip="Go to the match before."
        ),
    ]

    @dataclass
    class Asked(Message):
        """The person wants the next match (1) or the one before (-1)."""

        text: str
        step: int

    def compose(self) -> ComposeResult:
        """What is typed, behind its label."""
        yield Static(f"  {LABEL}", id="find-label", markup=False)
        yield Entry("find", width=24)

    @property
    def text(self) -> str:
        """What is looked for, also while the line is hidden."""
        return self._entry.value.strip()

    @property
    def is_open(self) -> bool:
        """Whether the line is on the screen."""
        return self.has_class("-open")

    def open(self) -> None:
        """Show the line and put the focus into it; the last text is still there."""
        self.add_class("-open")
        self._entry.focus()

    def close(self) -> None:
        """Hide the line."""
        self.remove_class("-open")

    @property
    def _entry(self) -> Entry:
        return self.query_one(Entry)

    def action_ask(self, step: int) -> None:
        """Ask for a match."""
        self.post_message(self.Asked(self.text, step))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_ask(1)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        """Nobody else's business."""
        event.stop()

    def on_descendant_focus(self) -> None:
        """Mark the label while the entry has the focus (A11Y-FOCUS-02)."""
        self._mark(">")

    def on_descendant_blur(self) -> None:
        """Take the mark away."""
        self._mark(" ")

    def _mark(self, mark: str) -> None:
        self.query_one("#find-label", Static).update(f"{mark} {LABEL}", layout=False)
