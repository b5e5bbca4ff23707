"""The frame that every screen shares: top band, status row, body, bottom line, and the keys of section 7.1.

A screen says what is in its body; the frame keeps the focus visible, moves between regions, says where the
terminal's cursor belongs and gives way to one sentence where the window is too small (A11Y-SIZE-02).
"""

import asyncio
from typing import ClassVar, TypeVar

from textual import getters, on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import DescendantFocus, Resize, ScreenResume
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tui import keys
from tui.announcement import Announcement
from tui.portal_app import PortalApp
from tui.widgets.action_bar import ActionButton
from tui.widgets.body import Body, Column
from tui.widgets.check import Check
from tui.widgets.choice_list import ChoiceList
from tui.widgets.entry import Entry
from tui.widgets.field_row import FieldRow
from tui.widgets.key_bar import KeyBar, KeyHint
from tui.widgets.masthead import Masthead, Place
from tui.widgets.painting import image_of, paint_tightly
from tui.widgets.status import Status

Result = TypeVar("Result")

LONGEST_WORD = 14
"""Cells of an action's label that the bottom line repeats; a longer one is `Choose`."""
SMALLEST = (40, 12)
"""Columns and rows with full function (A11Y-SIZE-01)."""
NARROW_BELOW = 80
SHORT_BELOW = 18


class FrameScreen(Screen[Result]):
    """Three bands around a body (look.md 2)."""

    app = getters.app(PortalApp)

    BINDINGS: ClassVar[list[BindingType]] = [*keys.FRAME]
    AUTO_FOCUS = ""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As Textual's, whose screen repaints itself as a whole at each move of the focus (5 kB at 80x24)."""
    _is_open = False
    _was_covered = False
    _position = ""
    painted_at: float | None = None
    """When, by the loop's clock, the first paint since it was opened or uncovered began; None: not yet."""

    masthead = getters.query_one("#masthead", Masthead)
    status = getters.query_one("#status", Status)
    body = getters.query_one("#body", Body)
    column = getters.query_one("#column", Column)

    def __init__(self, name: str | None = None) -> None:
        super().__init__(name)
        paint_tightly(self)
        # Before anything is styled: a class that comes later has the whole screen styled again.
        self.update_classes(self.looks(self.app.size), update=False)

    # What a screen provides

    def looks(self, size: Size) -> dict[str, bool]:
        """The style classes that follow from the size of the window."""
        return {
            "-narrow": size.width < NARROW_BELOW,
            "-short": size.height < SHORT_BELOW,
            "-too-small": size.width < SMALLEST[0] or size.height < SMALLEST[1],
        }

    def place(self) -> Place:
        """What the top band says."""
        return Place(title="qportal")

    def compose_body(self) -> ComposeResult:
        """The content of the body."""
        yield from ()

    def first_stop(self) -> Widget | None:
        """What has the focus when the screen opens; None: the first focus stop."""
        return None

    # Frame

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close this screen once: a second press must not close what lies under it."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def compose(self) -> ComposeResult:
        """Top band, status row, body, bottom line; and the sentence for small windows."""
        yield Masthead(self.place(), self.app.glyphs)
        with Horizontal(id="status-row"):
            yield Status()
            yield Static(id="position", markup=False)
        with Body(id="body"):
            yield Column(id="column")
        yield from self.app.compose_above_keys()
        yield KeyBar()
        yield Static(id="too-small", markup=False)

    def on_mount(self) -> None:
        """Open once; Textual calls this for every class that has one, so subclasses extend `opened`."""
        if not self._is_open:
            self._is_open = True
            self.opened()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """The window title and the rest of what follows the first paint."""
        event.refresh_styles = self._was_covered  # what was mounted just now has its styles
        if not self._was_covered:
            self.call_after_refresh(self.reveal_focus)
        self.call_after_refresh(self.app.become_visible)

    def on_screen_suspend(self) -> None:
        """Something covers this screen: it counts as painted again when it is."""
        self.painted_at = None
        self._was_covered = True

    def painting(self) -> None:
        """A paint begins; keys pressed before the first one are not for this screen (SSH-NET-07)."""
        if self.painted_at is None:
            self.painted_at = asyncio.get_running_loop().time()

    def opened(self) -> None:
        """Put the focus where it belongs; all widgets are there."""
        self.focus_first()
        self.show_keys()

    def say(self, *announcements: Announcement) -> None:
        """Show announcements in the status region (use the app's `announce`, which also logs them)."""
        for status in self.query("#status").results(Status):
            status.say(*announcements)
            self.query_one("#status-row").set_class(bool(announcements), "-said")

    def focus_first(self) -> None:
        """One element has the focus at any time (A11Y-FOCUS-01)."""
        stop = self.first_stop()
        if stop is None or not stop.focusable:
            stop = next((widget for widget in self.focus_chain if widget is not self.body), None)
        self.set_focus(stop or (self.body if self.body.focusable else None))

    @property
    def narrow(self) -> bool:
        """Whether labels stand above their fields."""
        return self.size.width < NARROW_BELOW

    def on_resize(self, event: Resize) -> None:
        """Say so where the window is too small; keep the focus in view."""
        looks, (width, height) = self.looks(event.size), event.size
        if looks["-too-small"]:
            self.query_one("#too-small", Static).update(
                f"Window too small ({width}x{height}, needs {SMALLEST[0]}x{SMALLEST[1]}). "
                "Enlarge it, F4 for plain text, Ctrl+Q to quit."
            )
        self.update_classes(looks, animate=False)
        self.resized()
        self.call_after_refresh(self.reveal_focus)

    def _screen_resized(self, size: Size) -> None:
        """As Textual's, which lays out again what has this size already."""
        if size != self._size:
            super()._screen_resized(size)

    def resized(self) -> None:
        """The window has another size; subclasses rearrange here."""

    # Focus

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        """As Textual's, but scrolling no further than needed to see the focused element and its label."""
        super().set_focus(widget, scroll_visible=False, from_app_focus=from_app_focus)
        if widget is not None and scroll_visible:
            self.call_after_refresh(self.reveal_focus)

    def on_descendant_focus(self, _event: DescendantFocus) -> None:
        """The bottom line may say something else now."""
        self.show_keys()

    @on(ChoiceList.Moved)
    def reveal_focus(self) -> None:
        """Scroll the body so that the focused element is in view (A11Y-FOCUS-03)."""
        focused = self.focused
        if focused is None or focused is self.body or self.body not in focused.ancestors:
            return
        row = next((node for node in focused.ancestors if isinstance(node, FieldRow)), None)
        wanted: Region = getattr(focused, "attention", focused.region)
        if row is not None and row.region.height <= self.body.size.height:
            wanted = row.region
        self.body.reveal(wanted)

    # The bottom line

    def enter_word(self) -> str:
        """What Enter does now, in a word or two; empty: nothing."""
        match self.focused:
            case ActionButton() as button if (
                button.number is None and len(button.action.label) <= LONGEST_WORD
            ):
                return button.action.label
            case ActionButton() | ChoiceList():
                return "Choose"
            case Entry() | Check():
                return "Next"
            case _:
                return ""

    def hints(self) -> list[KeyHint]:
        """Entries of the bottom line, most useful first."""
        enter = [KeyHint("Enter", word)] if (word := self.enter_word()) else []
        tab = [KeyHint("Tab", "Next")] if len(self.focus_chain) > 1 else []
        more = [KeyHint("PgDn", "More")] if self.body.max_scroll_y > self.body.scroll_y else []
        return [*enter, *tab, *self._bound_hints(), *more]

    def _bound_hints(self) -> list[KeyHint]:
        shown: dict[str, KeyHint] = {}
        for active in self.active_bindings.values():
            binding: Binding = active.binding
            if binding.show and active.enabled:
                spelled = keys.spelled(binding.key.split(",")[0])
                hint = KeyHint(spelled, binding.description, kept=binding.id in keys.ALWAYS)
                shown.setdefault(binding.action, hint)
        return list(shown.values())

    def show_keys(self) -> None:
        """Bring the bottom line up to date."""
        for bar in self.query(KeyBar):
            bar.show(self.hints())

    @on(Body.Moved)
    def _say_position(self, event: Body.Moved) -> None:
        all_in_view = event.total <= event.last - event.first + 1
        text = "" if all_in_view else f"lines {event.first}-{event.last} of {event.total}"
        if text != self._position:  # saying the same again would lay the whole screen out again
            self._position = text
            self.query_one("#position", Static).update(text)
        self.show_keys()

    @on(Body.Fits)
    def _leave_body(self, event: Body.Fits) -> None:
        event.stop()
        self.focus_first()

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that can do nothing here are not shown and not bound (S-10)."""
        if action == "reveal":
            return isinstance(self.focused, Entry) and self.focused.secret
        return True

    def action_back(self) -> None:
        """Leave this screen."""
        self.dismiss(None)

    def action_read_again(self) -> None:
        """Repeat title, errors and focus in the status region, and write the whole screen anew."""
        image_of(self.app).forget()
        self.refresh()
        place = self.place()
        words = ", ".join(part for part in (place.title, place.step) if part)
        self.app.announce(Announcement("note", f"{words}. {self.focus_words()}".strip()))

    def focus_words(self) -> str:
        """Where the focus is, in words."""
        match self.focused:
            case ActionButton() as button:
                return f"Focus on the action {button.action.label}."
            case Entry() | ChoiceList() | Check() as control:
                return f"Focus on the field {self.label_of(control.field_id)}."
            case _:
                return ""

    def label_of(self, field_id: str) -> str:
        """The label of a field."""
        return field_id

    def action_next_region(self) -> None:
        """Move to the next part: messages, fields, actions (A11Y-KEY-06)."""
        regions = [region for region in self.regions() if region]
        here = next((index for index, region in enumerate(regions) if self.focused in region), -1)
        for step in range(1, len(regions) + 1):
            target = regions[(here + step) % len(regions)][0]
            if target is self.status:
                if self.status.visit():
                    return
            else:
                target.focus()
                return

    def regions(self) -> list[list[Widget]]:
        """Focus stops by part of the screen."""
        stops = [widget for widget in self.focus_chain if widget is not self.status]
        actions: list[Widget] = [widget for widget in stops if isinstance(widget, ActionButton)]
        fields = [widget for widget in stops if widget not in actions]
        return [[self.status] if self.status.said else [], fields, actions]

    def action_scroll_body(self, pages: int) -> None:
        """Scroll the body by so many pages."""
        self.body.scroll_relative(y=pages * max(1, self.body.size.height - 1), animate=False)

    def action_reveal(self) -> None:
        """Show or hide the password in the focused field (A11Y-AUTH-05)."""
        if isinstance(self.focused, Entry) and self.focused.secret:
            entry = self.focused
            entry.reveal(not entry.revealed)
            word = "shown" if entry.revealed else "hidden"
            self.app.announce(Announcement("note", f"{self.label_of(entry.field_id)} is {word}."))
