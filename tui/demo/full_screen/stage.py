"""The full screen as a stage: fields are focused and typed into, actions gone to and pressed (DEMO-RUN-05).

What is looked at between two keys (which control has the focus, which row is highlighted) is what a person
sees; nothing is ever called in the person's place.
"""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.widget import Widget
from textual.widgets import Input

from client.journey import BUSY, Journey
from client.messages.screen import Field, FieldValue, TableRow
from tui.commitments import default_action
from tui.demo.events import Picture
from tui.demo.failing import StepFailed
from tui.demo.full_screen import report_keys
from tui.demo.full_screen.app import DemoApp
from tui.demo.full_screen.keys import Keyboard
from tui.demo.full_screen.picture import picture_of
from tui.demo.full_screen.reading import pieces_of, report_table
from tui.demo.script import FrontEnd, Scalar, Search, Size, Step
from tui.demo.stage import Stage, View
from tui.screens.actions_menu import ActionsMenu
from tui.screens.confirm import ConfirmView
from tui.screens.form import FormScreen
from tui.screens.portal import PortalScreen
from tui.screens.report import ReportScreen
from tui.screens.starting import UnreachableView
from tui.screens.tin_picker import TinPickerScreen
from tui.widgets.check import Check
from tui.widgets.choice_list import ChoiceList
from tui.widgets.entry import Entry

WORKING = frozenset({"start", "act", "report", "search", "background", "view"})
"""Groups of workers that end by themselves, apart from a view that is open."""


class FullScreenStage(Stage):
    """The app of one run; it must be running."""

    front_end: ClassVar[FrontEnd] = "full-screen"

    def __init__(self, app: DemoApp, resized: Callable[[Size], None]) -> None:
        self.app = app
        self._keys = Keyboard(app, lambda: self.hand)
        self._resized = resized
        self._said_before = 0

    # What there is

    @property
    def journey(self) -> Journey:
        """The walk."""
        return self.app.journey

    @property
    def ended(self) -> int | None:
        """The app's exit code once it was left."""
        return (self.app.return_code or 0) if self.app._exit or not self.app._running else None

    def resting(self) -> str:
        """What the app still waits for."""
        app = self.app
        if not isinstance(app.base, PortalScreen):
            return "the first page"
        if isinstance(app.screen, UnreachableView):
            raise StepFailed("D403", reason="the demo server does not answer any more")
        if app.journey.screen.state == BUSY:
            return "the report"
        if app.session.acting and not isinstance(app.screen, ConfirmView):
            return "the portal"
        if app._visible_since is None:
            return "the next page"
        open_view = app.view_is_open
        for worker in app.workers:
            waits_for_person = open_view and worker.group in ("act", "view", "report")
            if worker.group in WORKING and worker.is_running and not waits_for_person:
                return worker.group
        return ""

    def view(self) -> View:
        """What the screens on top and below show."""
        base, app = self.app.base, self.app
        pieces = pieces_of(app.screen)
        table = report_table(base)
        return View(
            screen=self.screen,
            fields=self._values(),
            text=" ".join(pieces),
            pieces=tuple(pieces),
            said=tuple(item.plain() for item in app.log_of_messages[self._said_before :]),
            focus=_id_of(app.focused),
            table=table,
        )

    def _values(self) -> dict[str, FieldValue]:
        base, journey = self.app.base, self.app.journey
        values: dict[str, FieldValue] = {**journey.offer().values}
        if isinstance(base, FormScreen):
            values |= base.typed()
        if isinstance(base, TinPickerScreen):
            values |= {"search": base.search.text, "match_case": base.search.match_case}
        for field in journey.screen.fields:
            if field.kind == "secret":
                values[field.id] = "set" if values.get(field.id) else "empty"
        return values

    def picture(self) -> Picture:
        """All rows, as the compositor draws them, and the cursor."""
        return picture_of(self.app)

    # What the player does with it

    def begin_step(self, step: Step) -> None:
        """Only what is said from now on counts."""
        self._said_before = len(self.app.log_of_messages)
        if self.shows_keys:
            self.app.forget_keys(shown=not step.hide)

    async def caption(self, text: str) -> None:
        """The bar above the bottom line."""
        self.app.show_caption(text)
        await self.hand.settle()

    def make_room(self) -> bool:
        """In a low window the caption has the rows of the status region."""
        return self.app.yield_to_status()

    def resize(self, size: Size) -> None:
        """As the terminal's driver tells the app."""
        self._resized(size)

    async def time_passed(self) -> None:
        """The app's own timers have noticed."""

    async def leave_view(self) -> None:
        """Esc closes a view, and the line to find text."""
        while self.ended is None and self.app.view_is_open:
            await self._keys.press("escape")
        base = self.app.base
        if isinstance(base, ReportScreen) and base.view.find_bar.is_open:
            await self._keys.press("escape")

    # Fields

    def offered_field(self, name: str) -> Field | None:
        """A field as it stands under the choices made so far."""
        offer = self.app.journey.offer()
        return next((field for field in offer.fields if field.id == name and field.visible), None)

    async def fill(self, field: Field, value: Scalar) -> None:
        """Into its control."""
        match self._control(field.id):
            case Entry() as entry:
                await self._keys.fill_text(entry, str(value))
            case ChoiceList() as choices:
                await self._keys.choose(choices, str(value))
            case Check() as check:
                await self._keys.focus(check)
                if check.value != (value is True or value == "true"):
                    await self._keys.press("space")
            case _:
                raise StepFailed("D503", action=field.id, reason="it cannot be filled in here")

    def _control(self, name: str) -> Widget | None:
        return next(iter(self.app.screen.query(f"#field-{name}")), None)

    # Actions

    async def act(self, action_id: str, *, yes: bool = True) -> None:
        """Press its button, or choose it from the Actions menu where it has none."""
        self.checked_action(action_id)
        button = self._button(action_id)
        if button is None:
            await self._keys.press("ctrl+o")
            button = self._button(action_id) if isinstance(self.app.screen, ActionsMenu) else None
            if button is None:
                raise StepFailed("D503", action=action_id, reason="the Actions menu does not offer it")
        await self._keys.focus(button)
        await self._keys.press("enter")
        await self._answer(yes)

    async def _answer(self, yes: bool) -> None:
        if isinstance(self.app.screen, ConfirmView):
            answer = self._button("yes" if yes else "no")
            if answer is not None:
                await self._keys.focus(answer)
                await self._keys.press("enter")

    def _button(self, action_id: str) -> Widget | None:
        """A button that can be gone to."""
        chain = self.app.screen.focus_chain
        return next((widget for widget in chain if widget.id == f"action-{action_id}"), None)

    async def submit(self, action_id: str) -> None:
        """Enter where it leads there, else the button."""
        base = self.app.screen
        default = default_action(self.screen)
        if (
            isinstance(base, FormScreen)
            and isinstance(base.focused, Entry | Check | ChoiceList)
            and default is not None
            and default.id == action_id
            and base.first_empty_required(after=base.focused) is None
        ):
            await self._keys.press("enter")
        else:
            await self.act(action_id)

    async def back(self) -> None:
        """Esc."""
        await self._keys.press("escape")
        await self._answer(True)

    # Lists

    async def search(self, search: Search) -> None:
        """F3 goes to the search field, Enter searches."""
        picker = self._picker()
        if search.match_case is not None and picker.search.match_case != search.match_case:
            await self._keys.focus(picker.search.check)
            await self._keys.press("space")
        await self._keys.press("f3")
        await self._keys.fill_text(picker.search.entry, search.text)
        await self._keys.press("enter")

    async def pick(self, row: TableRow, rows: Sequence[TableRow]) -> None:
        """Go to the row and press Enter."""
        picker = self._picker()
        index = next((i for i, shown in enumerate(picker.available.rows) if shown.id == row.id), None)
        if index is None:
            raise StepFailed("D503", action="select", reason="the row is selected already")
        await self._keys.highlight(picker.available, index)
        await self._keys.press("enter")

    def _picker(self) -> TinPickerScreen:
        base = self.app.base
        if not isinstance(base, TinPickerScreen):
            raise StepFailed("D503", action="search", reason="there is no list here")
        return base

    # Views and reports

    async def read_outbox(self) -> None:
        """F2; it stays open until the step is over."""
        await self._keys.press("f2")

    async def show_table(self, table: str | int) -> None:
        """Through the list of tables."""
        await report_keys.show_table(self._keys, self._report(), table)

    async def show_row(self, row: str | int) -> None:
        """To the row, then Enter; the row stays open until the step is over."""
        await report_keys.show_row(self._keys, self._report(), row)

    async def find(self, text: str) -> None:
        """F3, the text, Enter."""
        await report_keys.find(self._keys, self._report(), text)

    def _report(self) -> ReportScreen:
        base = self.app.base
        if not isinstance(base, ReportScreen):
            raise StepFailed("D503", action="table", reason="there is no report on the screen")
        return base

    # Raw input

    async def type(self, text: str) -> None:
        """Where the focus is."""
        if not isinstance(self.app.focused, Input):
            for character in text:
                await self._keys.press(character)
        else:
            await self._keys.type(text)

    async def press(self, keys: Sequence[str]) -> None:
        """As they are named."""
        await self._keys.press(*keys)


def _id_of(widget: Widget | None) -> str | None:
    name = (widget.id or "") if widget is not None else ""
    return name.removeprefix("field-").removeprefix("action-") or None
