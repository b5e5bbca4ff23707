"""A list of options, one of which can be chosen: the select and radio fields of the portal.

Moving the highlight chooses nothing (A11Y-FOCUS-09); Enter, Space or the number does. The widget draws its
own lines and repaints the two rows that a move changes, where Textual's list would repaint all of them.
"""

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import getters
from textual.binding import Binding, BindingType
from textual.events import Click, Key, Resize
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.strip import Strip

from client.messages.screen import Option
from tui.portal_app import PortalApp
from tui.widgets.control import Control
from tui.widgets.wrapping import wrapped

LEAD = len("> (o) 1  ")
"""Cells before a label."""


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    option: int
    """Index of the option it belongs to."""
    text: str
    kind: str
    """`label` or `explain`: the component style."""


class ChoiceList(Control):
    """Options with `(o)` before the chosen one and `>` before the highlighted one (A11Y-COLOR-06)."""

    app = getters.app(PortalApp)

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "choice--label",
        "choice--explain",
        "choice--highlight",
        "choice--unavailable",
    }

    DEFAULT_CSS = """
    ChoiceList { width: 1fr; height: auto; max-width: 76; }
    ChoiceList > .choice--label { color: $foreground; }
    ChoiceList > .choice--explain { color: $text-muted; }
    ChoiceList > .choice--unavailable { color: $text-disabled; }
    ChoiceList > .choice--highlight {
        color: $block-cursor-foreground; background: $block-cursor-background;
        text-style: $block-cursor-text-style;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Previous option", show=False, id="choice.previous"),
        Binding("down", "move(1)", "Next option", show=False, id="choice.next"),
        Binding("home", "move_to(0)", "First option", show=False, id="choice.first"),
        Binding("end", "move_to(-1)", "Last option", show=False, id="choice.last"),
        Binding("enter", "choose(True)", "Choose", show=False, id="choice.enter"),
        Binding("space", "choose", "Choose", show=False, id="choice.choose"),
    ]

    @dataclass
    class Chosen(Message):
        """An option was chosen (or the chosen one confirmed with Enter)."""

        field_id: str
        value: str
        confirmed: bool
        """Enter on the option that was chosen already: go on."""

    def __init__(self, field_id: str, options: list[Option], value: str | None) -> None:
        super().__init__(id=f"field-{field_id}")
        self.field_id = field_id
        self.options = options
        self.value = value
        self.highlighted = self._start()

    def _start(self) -> int:
        """The chosen option, else the first that can be chosen."""
        wanted = next(
            (index for index, option in enumerate(self.options) if option.value == self.value), None
        )
        first = next((index for index, option in enumerate(self.options) if option.enabled), 0)
        return first if wanted is None else wanted

    def offer(self, options: list[Option], value: str | None) -> None:
        """Show other options or another choice, without a message."""
        if options == self.options and value == self.value:
            return
        taller = [option.value for option in options] != [option.value for option in self.options]
        self.options, self.value = options, value
        if taller:
            self.highlighted = self._start()
        self.refresh(layout=taller)

    # Lines

    def rows(self, width: int) -> list[Row]:
        """The lines of the list at `width`; labels and explanations wrap, nothing is cut (A11Y-SIZE-01)."""
        return [
            row for index, option in enumerate(self.options) for row in self.rows_of(index, option, width)
        ]

    def rows_of(self, index: int, option: Option, width: int) -> list[Row]:
        """The lines of one option."""
        reason = "" if option.enabled else f" (not available: {option.reason or 'not now'})"
        return [
            *(Row(index, line, "label") for line in wrapped(option.label + reason, width - LEAD)),
            *(
                Row(index, line, "explain")
                for line in (wrapped(option.explain, width - LEAD) if option.explain else ())
            ),
        ]

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as the longest label."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Number of lines at `width`."""
        return max(1, len(self.rows(width)))

    def render_line(self, y: int) -> Strip:
        """One line: mark, `(o)`, number and label; explanations and further lines are indented."""
        width = self.size.width
        rows = self.rows(width)
        base = self.rich_style
        if y >= len(rows):
            return Strip.blank(width, base)
        row = rows[y]
        first = y == 0 or rows[y - 1].option != row.option
        lead = self.lead(row.option) if first else " " * LEAD
        text = lead + row.text
        return Strip([Segment(text, self.get_component_rich_style(self.style_of(row)))]).adjust_cell_length(
            width, base
        )

    def lead(self, index: int) -> str:
        """What stands before the first line of an option."""
        mark = ">" if self.has_focus and index == self.highlighted else " "
        chosen = "(o)" if self.options[index].value == self.value else "( )"
        number = str(index + 1) if index < 9 else " "
        return f"{mark} {chosen} {number}  "

    def style_of(self, row: Row) -> str:
        """The component style of a line."""
        if row.kind == "label" and row.option == self.highlighted and self.has_focus:
            return "choice--highlight"
        if not self.options[row.option].enabled:
            return "choice--unavailable"
        return f"choice--{row.kind}"

    def _region(self, index: int) -> Region:
        """The lines of one option, in content coordinates."""
        rows = self.rows(self.size.width)
        mine = [y for y, row in enumerate(rows) if row.option == index] or [0]
        return Region(0, mine[0], self.size.width, len(mine))

    @property
    def cursor_cell(self) -> Offset:
        """First cell of the highlighted row."""
        return self._region(self.highlighted).offset

    @property
    def attention(self) -> Region:
        """The highlighted option."""
        return self._region(self.highlighted).translate(self.content_region.offset)

    # Keys

    def action_move(self, step: int) -> None:
        """Highlight the next or previous option."""
        self.highlight(self.highlighted + step)

    def action_move_to(self, index: int) -> None:
        """Highlight the first or last option."""
        self.highlight(index % max(1, len(self.options)))

    def highlight(self, index: int) -> None:
        """Move the highlight; chooses nothing."""
        before, self.highlighted = self.highlighted, min(max(index, 0), len(self.options) - 1)
        if before != self.highlighted:
            self.refresh(self._region(before), self._region(self.highlighted))
            self.post_message(self.Moved())

    @dataclass
    class Moved(Message):
        """The highlight moved; the screen keeps it in view."""

    def action_choose(self, go_on: bool = False) -> None:
        """Choose the highlighted option; with `go_on`, Enter on the chosen one goes on."""
        if not self.options or not (option := self.options[self.highlighted]).enabled:
            return
        confirmed = go_on and option.value == self.value
        before, self.value = self.value, option.value
        for index, other in enumerate(self.options):
            if other.value in (before, option.value):
                self.refresh(self._region(index))
        self.post_message(self.Chosen(self.field_id, option.value, confirmed))

    def on_key(self, event: Key) -> None:
        """A digit chooses; a letter moves to the next option that begins with it (A11Y-KEY-07)."""
        character = event.character or ""
        if not event.is_printable or character == " " or not self.app.single_keys:
            return
        if character in "123456789" and int(character) <= len(self.options):
            event.stop()
            self.highlight(int(character) - 1)
            self.action_choose()
        elif character.isalpha():
            event.stop()
            self._jump(character.lower())

    def _jump(self, letter: str) -> None:
        count = len(self.options)
        for step in range(1, count + 1):
            index = (self.highlighted + step) % count
            if self.options[index].label.lower().startswith(letter):
                self.highlight(index)
                return

    def on_click(self, event: Click) -> None:
        """A click chooses the option under it."""
        rows = self.rows(self.size.width)
        if 0 <= event.y < len(rows):
            self.focus()
            self.highlight(rows[event.y].option)
            self.action_choose()

    def on_focus(self) -> None:
        """The mark appears."""
        self.refresh(self._region(self.highlighted))

    def on_blur(self) -> None:
        """The mark goes."""
        self.refresh(self._region(self.highlighted))

    def on_resize(self, _event: Resize) -> None:
        """Lines wrap anew."""
        self.refresh(layout=True)
