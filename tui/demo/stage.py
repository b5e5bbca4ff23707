"""What the player asks of a front end, and what a front end asks of the player.

A Stage performs steps through the input path of a person: keys in full-screen, lines in plain mode. What a
verb means (which fields, which action) is the same for all of them and stands here; how a field is filled
or an action taken is each front end's own. A Stage knows nothing of time, expectations or recordings: for
each stroke it asks the Hand, which keeps the pace.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from client.journey import Journey
from client.messages.screen import Action, Field, FieldValue, Option, Screen, TableRow
from tui.demo.events import Picture, PrintedKind
from tui.demo.failing import StepFailed
from tui.demo.script import (
    Export,
    Fill,
    FrontEnd,
    Keys,
    ReportChoice,
    RunReport,
    Scalar,
    Search,
    Size,
    Step,
)
from tui.demo.verbs import EXPORTS, REPORT_ACTIONS, VERBS, Verb

Send = Callable[[], None]
"""Puts one character or key where the program reads its input."""
ANYWHERE = {"help": "Help", "logout": "Log out"}
"""Actions that the portal takes on every screen, offered or not."""
MOST_OFFERED = 12
MOST_ROWS = 5


@dataclass(frozen=True, slots=True)
class TableView:
    """The table of a report or list that is up, as it is displayed."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """Displayed texts of the rows of data, first column first."""


@dataclass(frozen=True, slots=True)
class View:
    """What expectations are compared with (11.4, 11.5)."""

    screen: Screen
    fields: dict[str, FieldValue]
    """Values as they stand; of a secret `set` or `empty`."""
    text: str
    """The screen text: white space collapsed, no borders and marks."""
    pieces: tuple[str, ...]
    """The same in lines, for the nearest one to a text that is missing."""
    said: tuple[str, ...] = ()
    """What the program itself said since the step began."""
    focus: str | None = None
    """Id of the focused field or action; None in plain mode."""
    table: TableView | None = None


class Hand(Protocol):
    """Keeps the pace of a run: every stroke goes through it."""

    async def typed(self, send: Send, *, shown: bool = True) -> None:
        """One character of a text; `shown` is false where its picture would give something away."""

    async def key(self, send: Send) -> None:
        """One other key, and what comes of it."""

    async def settle(self) -> None:
        """Wait until the program rests, without a stroke."""

    def printed(self, text: str, kind: PrintedKind) -> None:
        """Plain mode wrote something."""


class Stage(ABC):
    """One front end, showing one walk."""

    front_end: ClassVar[FrontEnd]
    hand: Hand
    """The player's."""
    shows_keys = False
    """Whether the caption bar tells the pressed keys (`record.keys`); plain mode prints what is typed."""

    # What there is

    @property
    @abstractmethod
    def journey(self) -> Journey:
        """The walk."""

    @property
    def screen(self) -> Screen:
        """The portal's present screen."""
        return self.journey.screen

    @property
    @abstractmethod
    def ended(self) -> int | None:
        """Exit code of a program that has ended; None while it runs."""

    @abstractmethod
    def resting(self) -> str:
        """Empty while the program waits for a person; else what it waits for, in words."""

    @abstractmethod
    def view(self) -> View:
        """What there is to be compared."""

    @abstractmethod
    def picture(self) -> Picture:
        """What the terminal shows."""

    # What the player does with it

    @abstractmethod
    def begin_step(self, step: Step) -> None:
        """A step begins: forget what was said so far."""

    @abstractmethod
    async def caption(self, text: str) -> None:
        """Show a caption; empty: take it away."""

    def make_room(self) -> bool:
        """Take a caption away that stands where the portal now says something; whether one was."""
        return False

    @abstractmethod
    def resize(self, size: Size) -> None:
        """Give the terminal another size. `StepFailed` where it cannot have it."""

    @abstractmethod
    async def time_passed(self) -> None:
        """The security clock was moved: notice what that ended, as a person does who comes back."""

    @abstractmethod
    async def leave_view(self) -> None:
        """Close what a step left open for its picture."""

    # How a person does it

    @abstractmethod
    async def fill(self, field: Field, value: Scalar) -> None:
        """Fill in one field of the screen; the value is one that the field offers."""

    @abstractmethod
    async def act(self, action_id: str, *, yes: bool = True) -> None:
        """Take an action; `yes` answers the question that may come before it."""

    @abstractmethod
    async def submit(self, action_id: str) -> None:
        """Take an action right after the fields were filled."""

    @abstractmethod
    async def back(self) -> None:
        """Go back one level."""

    @abstractmethod
    async def search(self, search: Search) -> None:
        """Search the list of organizations."""

    @abstractmethod
    async def pick(self, row: TableRow, rows: Sequence[TableRow]) -> None:
        """Choose one of the rows."""

    @abstractmethod
    async def read_outbox(self) -> None:
        """Open the simulated phone and mailbox."""

    @abstractmethod
    async def show_table(self, table: str | int) -> None:
        """Bring up a table of the report, by its title or its number."""

    @abstractmethod
    async def show_row(self, row: str | int) -> None:
        """Read a row of the table in full, by its first column or its number."""

    @abstractmethod
    async def find(self, text: str) -> None:
        """Find a text in the table."""

    @abstractmethod
    async def type(self, text: str) -> None:
        """Type a text where the focus or the prompt is."""

    @abstractmethod
    async def press(self, keys: Sequence[str]) -> None:
        """Press keys by Textual's names."""

    # Verbs

    async def perform(self, step: Step) -> None:
        """Do what the step's verb says. `StepFailed` where that is not possible."""
        if step.verb is None:
            return
        verb = VERBS[step.verb]
        match step.verb, step.argument:
            case "read-outbox", _:
                await self.read_outbox()
            case "search-tin", (str() | Search()) as search:
                await self.search(Search(search, None) if isinstance(search, str) else search)
            case "pick-tin", str(text):
                await self._pick(text)
            case "continue", _:
                await self.act(self._primary().id)
            case "choose-report", ReportChoice() as choice:
                await self._choose_report(verb, choice)
            case "run-report", argument:
                await self._run(argument.save_as if isinstance(argument, RunReport) else None)
            case "export", Export() as export:
                await self.act(EXPORTS[export.format])
                if self.screen.state == "S-RUN":
                    await self._run(export.to)
            case "show-table", (str() | int()) as table:
                await self.show_table(table)
            case "show-row", (str() | int()) as row:
                await self.show_row(row)
            case "find", str(text):
                await self.find(text)
            case "fill", Fill(values):
                for name, value in values:
                    await self._fill(None, name, value)
            case "do", str(action_id):
                await self.act(action_id, yes=step.answer == "yes")
            case (("go-back" | "close-help"), _):
                await self.back()
            case "type", str(text):
                await self.type(text)
            case "press", Keys(names):
                await self.press(names)
            case _, argument:
                await self._fields_and_action(verb, argument)

    async def _fields_and_action(self, verb: Verb, argument: object) -> None:
        """A verb of one field, one action, or both."""
        action = verb.action_in(self.screen.state)
        if verb.fields and isinstance(argument, str):
            await self._fill(verb, verb.fields[0], argument)
            if action is not None:
                await self.submit(action)
        elif action is not None:
            await self.act(action)

    async def _choose_report(self, verb: Verb, choice: ReportChoice) -> None:
        for name in verb.fields:
            value = getattr(choice, name)
            if value is not None:
                wire = REPORT_ACTIONS.get(value, value) if name == "action" else value
                await self._fill(verb, name, wire)
        await self.submit(verb.action_in(self.screen.state) or "next")

    async def _run(self, save_as: str | None) -> None:
        path = self.screen.field("path")
        if save_as is not None and path is not None:
            await self.fill(path, save_as)
        await self.submit("run_document")

    async def _pick(self, text: str) -> None:
        rows = self.screen.table.rows if self.screen.table else []
        found = _named(rows, text)
        if len(found) != 1:
            shown = "; ".join(row.cells[0] for row in found[:MOST_ROWS])
            raise StepFailed("D305", n=len(found), value=text, help=f"these do: {shown}" if shown else "")
        await self.pick(found[0], rows)

    async def _fill(self, verb: Verb | None, name: str, value: Scalar) -> None:
        field = self.offered_field(name)
        if field is None:
            names = ", ".join(field.id for field in self.screen.fields if field.visible) or "none"
            raise StepFailed(
                "D503", action=name, reason="this screen has no such field", help=f"It has: {names}."
            )
        if field.kind in ("select", "radio") and isinstance(value, str):
            value = _option(field, verb.choices.get(value, value) if verb else value, value).value
        await self.fill(field, value)

    @abstractmethod
    def offered_field(self, name: str) -> Field | None:
        """A field as it is offered now, with the options of the moment."""

    def _primary(self) -> Action:
        primary = self.screen.primary
        if primary is None:
            raise StepFailed("D503", action="continue", reason="this screen has no main action")
        return primary

    def checked_action(self, action_id: str) -> Action:
        """The action, if it can be taken now. `StepFailed` (D503) otherwise."""
        action = self.screen.action(action_id)
        if action is None and action_id in ANYWHERE:
            return Action(id=action_id, label=ANYWHERE[action_id])
        if action is None:
            offered = ", ".join(action.id for action in self.screen.actions)
            raise StepFailed(
                "D503", action=action_id, reason="not on this screen", help=f"It offers: {offered}."
            )
        if not action.enabled:
            raise StepFailed("D503", action=action_id, reason=action.reason or "not available now")
        return action


def _option(field: Field, value: str, written: str) -> Option:
    """The option of that value or label."""
    found = next((option for option in field.options if option.value == value), None) or next(
        (option for option in field.options if option.label == written), None
    )
    if found is None:
        labels = "; ".join(option.label for option in field.options[:MOST_OFFERED])
        raise StepFailed("D304", value=written, field=field.id, help=f"It offers: {labels}.")
    if not found.enabled:
        raise StepFailed("D503", action=found.label, reason=found.reason or "not available now")
    return found


def _named(rows: Sequence[TableRow], text: str) -> list[TableRow]:
    """Rows whose text, or else name, or else last four digits or id equal a text (F-GEN-10)."""
    tests: list[Callable[[TableRow], bool]] = [
        lambda row: row.cells[0] == text,
        lambda row: row.cells[0].rpartition(":")[0] == text,
        lambda row: row.cells[0].rpartition(":")[2] == text,
    ]
    return next((found for test in tests if (found := list(filter(test, rows)))), [])
