"""The search row of the picker: the field, Match case, and when a search is meant (F-ORG-05).

A search is meant at once on Enter, and otherwise once no key came for a moment; the screen decides whether
the list follows. The row never clears what was typed.
"""

from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import DescendantBlur, DescendantFocus
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static

from client.messages.screen import Field
from tui.widgets.check import Check
from tui.widgets.entry import Entry

SETTLE_S = 0.15
"""Time without a key after which a search is meant."""
WIDEST = 40
"""Cells of the field; every key repaints it (style.md 3, rule 1)."""


class PickerSearch(Vertical):
    """Search for, Match case, and the tip under them."""

    DEFAULT_CSS = """
    PickerSearch {
        height: auto;
        & > #search-row { height: 1; }
        & #search-line { height: 1; width: 1fr; max-width: 55; }
        & #search-label { width: auto; margin-right: 1; }
        & #field-search { width: 1fr; margin-left: 0; }
        & #field-match_case { margin-left: 2; }
        & > #search-hint { height: auto; padding-left: 2; color: $text-muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "leave", "To the list", show=False, id="picker.enter_list"),
    ]

    @dataclass
    class Typed(Message):
        """Something else stands in the row now; more may follow."""

    @dataclass
    class Meant(Message):
        """This is what to search for."""

        at_once: bool
        """Enter was pressed; otherwise the typing settled."""

    class Left(Message):
        """Down: the person wants to go to the list."""

    entry = getters.query_one("#field-search", Entry)
    check = getters.query_one("#field-match_case", Check)

    def __init__(self, search: Field, match_case: Field, text: str, ticked: bool) -> None:
        super().__init__(id="search")
        self._search = search
        self._match_case = match_case
        self._text = text
        self._ticked = ticked
        self._settling: Timer | None = None

    def compose(self) -> ComposeResult:
        """Label, field and box in one row, the tip below."""
        entry = Entry("search", self._text)
        entry.max_length = self._search.max_len
        entry.styles.width, entry.styles.max_width = "1fr", WIDEST
        with Horizontal(id="search-row"):
            with Horizontal(id="search-line"):
                yield Static(id="search-label", markup=False)
                yield entry
            yield Check("match_case", self._match_case.label, self._ticked)
        yield Static(self._search.hint, id="search-hint", markup=False)

    def on_mount(self) -> None:
        """Label the field."""
        self._label()

    @property
    def text(self) -> str:
        """What is typed."""
        return self.entry.value

    @property
    def match_case(self) -> bool:
        """Whether the box is ticked."""
        return self.check.value

    def go_on(self, character: str = "") -> None:
        """Take the focus, with a character that was typed elsewhere."""
        self.entry.focus()
        self.entry.cursor_position = len(self.entry.value)
        self.entry.insert_text_at_cursor(character)

    def settle_no_more(self) -> None:
        """Something else happened: what was typed goes with it."""
        if self._settling is not None:
            self._settling.stop()
            self._settling = None

    # Keys

    @on(Input.Changed)
    @on(Check.Toggled)
    def _changed(self, event: Input.Changed | Check.Toggled) -> None:
        event.stop()
        self.post_message(self.Typed())
        self.settle_no_more()
        self._settling = self.set_timer(SETTLE_S, lambda: self.post_message(self.Meant(at_once=False)))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.settle_no_more()
        self.post_message(self.Meant(at_once=True))

    def action_leave(self) -> None:
        """Go to the list."""
        self.post_message(self.Left())

    def on_descendant_focus(self, _event: DescendantFocus) -> None:
        """Mark the label of the field while it has the focus (A11Y-FOCUS-02)."""
        self._label()

    def on_descendant_blur(self, _event: DescendantBlur) -> None:
        """Take the mark away."""
        self._label()

    def _label(self) -> None:
        mark = ">" if self.entry.has_focus else " "
        self.query_one("#search-label", Static).update(f"{mark} {self._search.label}:")
