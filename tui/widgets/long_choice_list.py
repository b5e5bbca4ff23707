"""A list of many options in a few lines: type to narrow it, move through the rest (F-RPT-06).

A practice may have a thousand clinicians. Only the options around the highlight are laid out and drawn, so a
key costs the same whatever the length; digits narrow as letters do, because people know the end of an NPI.
"""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Click, Key

from client.messages.screen import Option
from tui.widgets.choice_list import LEAD, ChoiceList, Row
from tui.widgets.wrapping import wrapped

LONG = 15
"""Lists up to so many options are shown whole."""
WINDOW = 8
"""Options shown at once."""
_NOT_AN_OPTION = -1
LONGEST_SEARCH = 40


class LongChoiceList(ChoiceList):
    """A window on the options that contain what was typed; spaces, which choose, do not matter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", f"move({-WINDOW})", "Previous options", show=False, id="choice.page_up"),
        Binding("pagedown", f"move({WINDOW})", "Next options", show=False, id="choice.page_down"),
    ]

    def __init__(self, field_id: str, options: list[Option], value: str | None) -> None:
        self.all_options = options
        self.search = ""
        self.first = 0
        super().__init__(field_id, options, value)
        self._fit()

    def offer(self, options: list[Option], value: str | None) -> None:
        """Show other options or another choice, without a message; other options end the search."""
        if options == self.all_options and value == self.value:
            return
        if options != self.all_options:
            self.search = ""
        self.all_options, self.value = options, value
        self._narrow()

    def _narrow(self) -> None:
        """Keep the options that contain what was typed: `rowanalder` finds Rowan Alder."""
        typed = self.search.casefold()
        self.options = [
            option for option in self.all_options if typed in "".join(option.label.casefold().split())
        ]
        self.highlighted = self._start()
        self._fit()
        self.refresh(layout=True)
        self.post_message(self.Moved())

    def _fit(self) -> None:
        """Move the window so that it holds the highlight."""
        last = max(0, len(self.options) - WINDOW)
        self.first = min(max(self.first, self.highlighted - WINDOW + 1), self.highlighted, last)
        self.first = max(0, self.first)

    # Lines

    def rows(self, width: int) -> list[Row]:
        """How to narrow, the options of the window, where it stands."""
        lines = [Row(_NOT_AN_OPTION, line, "explain") for line in wrapped(self._heading(), width - LEAD)]
        for index, option in enumerate(self.options[self.first : self.first + WINDOW], self.first):
            lines += self.rows_of(index, option, width)
        return lines + [Row(_NOT_AN_OPTION, line, "explain") for line in wrapped(self._place(), width - LEAD)]

    def _heading(self) -> str:
        if self.search:
            return f"Narrowed by: {self.search}"
        return "Type part of a name or number to narrow."

    def _place(self) -> str:
        """`1 - 8 of 260`, and what is chosen where the window does not show it."""
        last = min(self.first + WINDOW, len(self.options))
        place = f"{self.first + 1 if last else 0} - {last} of {len(self.options)}"
        shown = any(option.value == self.value for option in self.options[self.first : last])
        chosen = next((option for option in self.all_options if option.value == self.value), None)
        return place if shown or chosen is None else f"{place}. Chosen: {chosen.label}"

    def lead(self, index: int) -> str:
        """Mark and `(o)`; options have no numbers here, digits narrow."""
        if index == _NOT_AN_OPTION:
            return " " * LEAD
        mark = ">" if self.has_focus and index == self.highlighted else " "
        chosen = "(o)" if self.options[index].value == self.value else "( )"
        return f"{mark} {chosen}".ljust(LEAD)

    def style_of(self, row: Row) -> str:
        """The component style of a line."""
        return "choice--explain" if row.option == _NOT_AN_OPTION else super().style_of(row)

    # Keys

    def highlight(self, index: int) -> None:
        """Move the highlight; the window follows it."""
        if not self.options:
            return
        before, first = self.highlighted, self.first
        super().highlight(index)
        self._fit()
        if self.first != first and self.highlighted != before:
            self.refresh(layout=True)

    def on_key(self, event: Key) -> None:
        """Letters and digits narrow the list, Backspace takes the last one away (A11Y-KEY-07)."""
        event.prevent_default()  # Textual calls the base class's handler too, where digits choose
        character = event.character or ""
        if event.key == "backspace" and self.search:
            event.stop()
            self.search = self.search[:-1]
            self._narrow()
        elif event.is_printable and character != " " and len(self.search) < LONGEST_SEARCH:
            event.stop()
            self.search += character
            self._narrow()

    def on_click(self, event: Click) -> None:
        """A click on a line that is no option does nothing; on others the base class's handler follows."""
        rows = self.rows(self.size.width)
        if event.y >= len(rows) or rows[event.y].option == _NOT_AN_OPTION:
            event.prevent_default()
