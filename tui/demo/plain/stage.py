"""Plain mode as a stage: answers are typed at the prompts that come (DEMO-RUN-05).

A value whose prompt has not come yet waits for it, prompts of other fields are answered with Enter where
they may be left as they are. The last field of a form sends it at once; a step that only fills asks for the
list of actions instead (setting `confirm`), so that it does the same as in the full screen.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Final, NoReturn

from client.journey import BUSY, Journey
from client.messages.screen import Field, FieldValue, TableRow
from tui.demo.events import Picture, PrintedKind
from tui.demo.failing import StepFailed
from tui.demo.masking import has_tin, masked
from tui.demo.plain.answers import Answers
from tui.demo.plain.console import ScriptConsole
from tui.demo.plain.page import Page
from tui.demo.plain.report_lines import row_line, table_lines, table_view
from tui.demo.plain.roll import Print, Roll, ScriptWriter
from tui.demo.plain.talk import ScriptTalk
from tui.demo.script import FrontEnd, Scalar, Search, Size, Step
from tui.demo.stage import Stage, View
from tui.demo.verbs import VERBS
from tui.plain.endings import Ended
from tui.plain.picker import PICKER_FIELDS
from tui.plain.report_reader import ReportReader
from tui.plain.session import Session
from tui.text_table import wrap

ACTIONS: Final = "action"
NARROWEST: Final = 20
MOST_PROMPTS: Final = 30
"""Prompts that an answer may have to wait for."""


class Width:
    """How long lines may be: as the terminal is wide, less one; asked for every line."""

    def __init__(self, size: Size) -> None:
        self.size = size

    def __call__(self) -> int:
        """Cells of a line."""
        return max(self.size.columns - 1, NARROWEST)


class PlainStage(Stage):
    """One conversation; it must be running."""

    front_end: ClassVar[FrontEnd] = "plain"

    def __init__(
        self,
        session: Session,
        talk: ScriptTalk,
        console: ScriptConsole,
        writer: ScriptWriter,
        roll: Roll,
        walking: "asyncio.Task[NoReturn]",
        width: "Width",
    ) -> None:
        self._session = session
        self._talk = talk
        self._console = console
        self._writer = writer
        self._roll = roll
        self._walking = walking
        self._width = width
        self._answers = Answers()
        self._filled = ""
        """Step token of the screen on which this step has filled in a field."""
        self._page = Page()
        self.also_print: Print = lambda text, kind: None
        """Live: prints for the audience as well."""

    # What there is

    @property
    def journey(self) -> Journey:
        """The walk."""
        return self._talk.journey

    @property
    def ended(self) -> int | None:
        """The exit code of a conversation that is over."""
        if not self._walking.done():
            return None
        error = None if self._walking.cancelled() else self._walking.exception()
        return error.code if isinstance(error, Ended) else 1

    def resting(self) -> str:
        """What the conversation still waits for."""
        if self.journey.started and self.screen.state == BUSY:
            return "the report"
        return "" if self._console.asked else "the portal"

    def view(self) -> View:
        """What was printed since the last `Screen:` line, and the values as they stand."""
        values: dict[str, FieldValue] = {**self.journey.offer().values, **self._answers.waiting}
        for field in self.screen.fields:
            if field.kind == "secret":
                values[field.id] = "set" if self._answers.has(field.id) else "empty"
        reader = self._session.reader
        return View(
            screen=self.screen,
            fields=values,
            text=" ".join(self._writer.pieces),
            pieces=tuple(self._writer.pieces),
            said=tuple(self._writer.said),
            table=table_view(reader) if reader is not None and self.screen.report is not None else None,
        )

    def picture(self) -> Picture:
        """The printed lines of the present screen."""
        return self._page.picture(self._width.size.columns)

    def print_(self, text: str, kind: PrintedKind) -> None:
        """Something was printed: keep it, show it, tell it."""
        self._page.keep(text)
        self.also_print(masked(text), kind)
        self.hand.printed(text, kind)

    # A person in the script's place

    @property
    def asks_secret(self) -> bool:
        """Whether the prompt of the moment hides what is typed."""
        return self._console.hiding

    def hold_prompts(self, held: bool) -> None:
        """Hold prompts back for the script's steps, or print them as they come."""
        self._roll.holds = held
        if not held:
            self._roll.release()

    def take_line(self, line: str) -> None:
        """A line that a person typed for the program; the terminal has echoed it."""
        if self._console.asked:
            self._console.enter(line)

    # What the player does with it

    def begin_step(self, step: Step) -> None:
        """Only what is said from now on counts; a step that takes no action leaves the form open."""
        self._filled = ""
        self._writer.said.clear()
        verb = VERBS[step.verb] if step.verb else None
        fills_only = verb is not None and (verb.name == "fill" or (bool(verb.fields) and not verb.actions))
        confirm = "every-screen" if fills_only else "important"
        self._talk.settings = replace(self._talk.settings, confirm=confirm)  # type: ignore[arg-type]

    async def caption(self, text: str) -> None:
        """A line of its own, before the prompt; it never goes away."""
        if text:
            for line in wrap(f"Note: {text}", self._width()):
                self.print_(f"{line}\n", "caption")

    def resize(self, size: Size) -> None:
        """Lines are as long as the terminal is wide, less one."""
        self._width.size = size

    async def leave_view(self) -> None:
        """Nothing stays open."""

    async def time_passed(self) -> None:
        """Plain mode hears of a lock with the next line; Enter alone is one."""
        before = self.screen.step_token
        await self.journey.refresh(background=True)
        if self.screen.step_token != before and self._console.asked:
            await self.enter("")

    # Typing

    async def enter(self, line: str) -> None:
        """Type a line at the prompt, and Enter."""
        self._roll.release()
        if self._console.hiding:
            for _ in line:
                await self.hand.typed(lambda: None, shown=False)
        elif has_tin(line):
            for _ in line:
                await self.hand.typed(lambda: None, shown=False)
            self._roll.print_(masked(line), "typed")
        else:
            for character in line:
                await self.hand.typed(lambda c=character: self._roll.print_(c, "typed"))  # type: ignore[misc]
        await self.hand.key(lambda: self._entered(line))

    def _entered(self, line: str) -> None:
        if not self._console.hiding:
            self._roll.print_("\n", "typed")
        self._console.enter(line)

    # Fields

    def offered_field(self, name: str) -> Field | None:
        """A field as it stands under the choices made so far."""
        offer = self.journey.offer()
        return next((field for field in offer.fields if field.id == name and field.visible), None)

    async def fill(self, field: Field, value: Scalar) -> None:
        """Answer its prompt; prompts before it keep what they have."""
        self._filled = self.screen.step_token
        self._answers.put(self.screen, field.id, value)
        for _ in range(MOST_PROMPTS):
            if field.id not in self._answers.waiting or not await self._answer_prompt():
                break
        if field.id in self._answers.waiting and self._talk.question.field == ACTIONS:
            raise StepFailed("D503", action=field.id, reason="its prompt has passed; go back and come again")

    async def _answer_prompt(self) -> bool:
        """Answer the prompt of a field, if there is an answer for it; whether there was."""
        question = self._talk.question
        asked = self.offered_field(question.field)
        if asked is None or question.field in PICKER_FIELDS or asked.kind == "picker":
            return False
        if asked.id in self._answers.waiting:
            await self.enter(self._answers.line(asked))
            return True
        if asked.kind == "secret" or (asked.required and self.view().fields.get(asked.id) in (None, "")):
            return False
        await self.enter("")
        return True

    # Actions

    async def act(self, action_id: str, *, yes: bool = True) -> None:
        """By its number where the list of actions is asked for, else by `/do`."""
        action = self.checked_action(action_id)
        await self._pass_fields()
        ids = [offered.id for offered in self.screen.actions]
        question = self._talk.question
        if question.secret:
            raise StepFailed("D503", action=action_id, reason="the prompt for a secret takes no command")
        if question.field == ACTIONS and action.id in ids:
            await self.enter(str(ids.index(action.id) + 1))
        elif action.id == "logout":
            await self.enter("/logout")
        else:
            await self.enter(f"/do {action.id}")
        await self._answer_confirmation(yes)

    async def _pass_fields(self) -> None:
        """Give the answers that wait for their prompts."""
        while self._answers.waiting and await self._answer_prompt():
            pass

    async def _answer_confirmation(self, yes: bool) -> None:
        while self.ended is None and self._talk.question.confirming and self._console.asked:
            await self.enter("1" if yes else "2")

    async def submit(self, action_id: str) -> None:
        """The last field has sent the form already, or else the rest of it is gone through."""
        filled, self._filled = self._filled, ""
        before = self.screen.step_token
        if filled and filled != before:
            return
        for _ in range(MOST_PROMPTS):
            if self.screen.step_token != before or not await self._answer_prompt():
                break
        if self.screen.step_token == before:
            await self.act(action_id)

    async def back(self) -> None:
        """`/back`."""
        if self._talk.question.secret:
            await self.hand.key(self._console.interrupt)
        else:
            await self.enter("/back")

    # Lists

    async def search(self, search: Search) -> None:
        """`/find`, after `/case` where it matters."""
        if search.match_case is not None and self.view().fields.get("match_case") != search.match_case:
            await self.enter(f"/case {'on' if search.match_case else 'off'}")
        await self.enter(f"/find {search.text}")

    async def pick(self, row: TableRow, rows: Sequence[TableRow]) -> None:
        """By the number that was read out; reads on until it was."""
        table = self.screen.table
        first = max(table.first, 1) if table else 1
        number = first + next(index for index, item in enumerate(rows) if item.id == row.id)
        for _ in range(MOST_PROMPTS):
            if f"number {first} to" not in self._last_prompt() or self._last_number() >= number:
                break
            await self.enter("/next")
        await self.enter(str(number))

    def _last_prompt(self) -> str:
        return self._writer.pieces[-1] if self._writer.pieces else ""

    def _last_number(self) -> int:
        words = self._last_prompt().partition(" to ")[2].split()
        digits = words[0].strip(":,.") if words else ""
        return int(digits) if digits.isdecimal() else 0

    # Views and reports

    async def read_outbox(self) -> None:
        """`/outbox`."""
        if self._talk.question.secret:
            raise StepFailed("D503", action="outbox", reason="the prompt for a secret takes no command")
        await self.enter("/outbox")

    async def show_table(self, table: str | int) -> None:
        """`/table`, then the section and the table by number."""
        for line in table_lines(self._report(), table):
            await self.enter(line)

    async def show_row(self, row: str | int) -> None:
        """`/row N`."""
        await self.enter(row_line(self._report(), row))

    async def find(self, text: str) -> None:
        """`/find`."""
        self._report()
        await self.enter(f"/find {text}")

    def _report(self) -> ReportReader:
        reader = self._session.reader
        if reader is None or self.screen.report is None:
            raise StepFailed("D503", action="table", reason="there is no report on the screen")
        return reader

    # Raw input

    async def type(self, text: str) -> None:
        """A line."""
        await self.enter(text)

    async def press(self, keys: Sequence[str]) -> None:
        """Plain mode has no keys."""
        raise StepFailed("D503", action="press", reason="keys exist only full-screen")
