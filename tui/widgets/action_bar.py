"""The actions of a screen: bracketed words that flow over as many rows as they need, or a numbered menu.

Each action is a focus stop of its own, in the order the portal gives them (A11Y-FOCUS-04). They are drawn
in one row of cells each, because Textual's bordered button costs three full rows per focus move.
"""

from dataclasses import dataclass
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Key
from textual.geometry import NULL_OFFSET, Offset, Region, Size, Spacing
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.message import Message
from textual.widget import Widget

from client.messages.screen import Action
from tui.portal_app import PortalApp
from tui.widgets.control import Control
from tui.widgets.wrapping import wrapped

GAP = 2
"""Cells between two actions of one row."""
EVERYWHERE = frozenset({"help", "outbox", "personas", "logout", "quit", "actions_menu"})
"""Actions that most screens have: quieter, on a row of their own."""


class ActionButton(Control):
    """One action of the screen."""

    DEFAULT_CSS = """
    ActionButton { width: auto; height: auto; color: $foreground; }
    ActionButton.-primary { color: $text-primary; text-style: bold; }
    ActionButton.-everywhere { color: $text-muted; }
    ActionButton.-unavailable { color: $text-disabled; }
    ActionButton:focus {
        color: $block-cursor-foreground; background: $block-cursor-background;
        text-style: $block-cursor-text-style;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "press", "Press", show=False, id="action.press")
    ]

    @dataclass
    class Pressed(Message):
        """The action was chosen."""

        action: Action

    def __init__(self, action: Action, *, number: int | None = None) -> None:
        self.everywhere = number is None and action.id in EVERYWHERE and not action.primary
        looks = {
            "-primary": action.primary,
            "-everywhere": self.everywhere,
            "-unavailable": not action.enabled,
        }
        super().__init__(id=f"action-{action.id}", classes=" ".join(name for name, on in looks.items() if on))
        self.action = action
        self.number = number
        """Position in a numbered menu; None: drawn in brackets."""
        self.can_focus = action.enabled

    @property
    def label(self) -> str:
        """The label, with the reason where the action cannot be chosen now."""
        if self.action.enabled:
            return self.action.label
        return f"{self.action.label} (not available: {self.action.reason or 'not now'})"

    def _lead(self, focused: bool) -> str:
        mark = ">" if focused else " "
        return f"[{mark}" if self.number is None else f"{mark} {self.number:>2}  "

    def lines(self, width: int, *, focused: bool = False) -> list[str]:
        """The button as text lines of at most `width` cells."""
        lead = self._lead(focused)
        tail = " ]" if self.number is None else ""
        first, *rest = wrapped(self.label, width - len(lead) - len(tail))
        rows = [lead + first, *(" " * len(lead) + row for row in rest)]
        return [*rows[:-1], rows[-1] + tail]

    def extent(self, width: int) -> Size:
        """Cells the button takes where `width` are to be had."""
        lines = self.lines(width)
        return Size(max(Content(line).cell_length for line in lines), len(lines))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Width of the longest line."""
        return self.extent(container.width).width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Number of lines at `width`."""
        return len(self.lines(width))

    def render(self) -> Content:
        """The button, marked `>` while it has the focus."""
        return Content("\n".join(self.lines(self.size.width, focused=self.has_focus)))

    @property
    def cursor_cell(self) -> Offset:
        """First cell of the label."""
        return Offset(len(self._lead(True)), 0)

    def action_press(self) -> None:
        """Choose this action."""
        self.post_message(self.Pressed(self.action))

    def on_click(self, event: Click) -> None:
        """A click is Enter."""
        event.stop()
        self.focus()
        self.action_press()


class FlowLayout(Layout):
    """Left to right, and on to the next row where the width ends."""

    name = "flow"

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        """Place each button at its own extent."""
        placements: list[WidgetPlacement] = []
        x = y = row_height = 0
        quiet = False
        for child in children:
            assert isinstance(child, ActionButton)  # noqa: S101 - the bar composes nothing else
            extent = child.extent(size.width)
            if x and (x + extent.width > size.width or child.everywhere > quiet):
                x, y, row_height = 0, y + row_height, 0
            quiet = quiet or child.everywhere
            region = Region(x, y, extent.width, extent.height)
            placements.append(WidgetPlacement(region, NULL_OFFSET, Spacing(), child))
            x += extent.width + GAP
            row_height = max(row_height, extent.height)
        return placements


class ActionBar(Widget):
    """All actions of a screen; arrow keys move between them as Tab does."""

    app = getters.app(PortalApp)

    DEFAULT_CSS = """
    ActionBar { width: 1fr; height: auto; }
    ActionBar.-menu { layout: vertical; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "move(-1)", "Previous action", show=False, id="actions.previous"),
        Binding("right,down", "move(1)", "Next action", show=False, id="actions.next"),
        Binding("home", "move_to(0)", "First action", show=False, id="actions.first"),
        Binding("end", "move_to(-1)", "Last action", show=False, id="actions.last"),
    ]

    def __init__(self, actions: list[Action], *, menu: bool = False) -> None:
        super().__init__(id="actions", classes="-menu" if menu else "")
        self._actions = actions
        self._menu = menu
        if not menu:
            self.styles.inline.set_rule("layout", FlowLayout())

    def compose(self) -> ComposeResult:
        """One button for each action, numbered in a menu."""
        for number, action in enumerate(self._actions, start=1):
            yield ActionButton(action, number=number if self._menu else None)

    @property
    def _stops(self) -> list[ActionButton]:
        return [button for button in self.query(ActionButton) if button.focusable]

    def action_move(self, step: int) -> None:
        """Focus the previous or next action; the ends do not wrap."""
        stops = self._stops
        here = next((index for index, button in enumerate(stops) if button.has_focus), 0)
        stops[min(max(here + step, 0), len(stops) - 1)].focus()

    def action_move_to(self, index: int) -> None:
        """Focus the first or last action."""
        self._stops[index].focus()

    def on_key(self, event: Key) -> None:
        """A digit chooses from the menu; a letter moves to an action that begins with it (A11Y-KEY-07)."""
        character = event.character or ""
        if not self._menu or not event.is_printable or not self.app.single_keys:
            return
        if character.isdigit() and (button := self._numbered(int(character))):
            event.stop()
            button.focus()
            # From the bar: Textual ends a message's way at the widget in whose handler it was posted.
            self.post_message(ActionButton.Pressed(button.action))
        elif character.isalpha():
            event.stop()
            self._jump(character)

    def _numbered(self, number: int) -> ActionButton | None:
        return next((button for button in self._stops if button.number == number), None)

    def _jump(self, letter: str) -> None:
        stops = self._stops
        here = next((index for index, button in enumerate(stops) if button.has_focus), -1)
        for button in [*stops[here + 1 :], *stops[: here + 1]]:
            if button.label.lower().startswith(letter.lower()):
                button.focus()
                return
