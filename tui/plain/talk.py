"""The conversation: say a line, ask a question, wait for the portal. Every prompt goes through here.

A prompt answers with text or with a command that its caller takes; commands that any prompt can carry out at
once (help, time, ...) are done here and the prompt is repeated; the others leave the prompt as `Leave`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import Final, NoReturn, TypeVar

from client.errors import PortalError
from client.journey import Journey
from client.messages.screen import Confirm
from client.settings import Settings
from tui.plain.choices import Choice, choice_lines, match_choice
from tui.plain.commands import BY_NAME, Invoked, Typed, UnknownCommand, parse
from tui.plain.console import CannotHide, Console, EndOfInput, Entered, Event, Interrupted
from tui.plain.endings import Ended, Interrupts, Leave, Moved
from tui.plain.grammar import Label
from tui.plain.reminders import Reminders
from tui.plain.speech import Speech
from tui.plain.waiting import Meanwhile, Waiting
from tui.plain.writer import Writer

T = TypeVar("T")

NO_TERMINAL: Final = "Error: a terminal is needed for the password. Use ssh -t."
TYPING_CONTINUES: Final = " (typing continues)"


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question and the lines that come before it; `field` names it if the input ends."""

    question: str
    lines: tuple[str, ...] = ()
    field: str = "action"
    commitment: bool = False
    """Whether an answer typed before the question must not count (SSH-NET-07)."""
    path: bool = False
    """Whether the answer is a path, which may begin with a slash."""

    def again(self) -> "Prompt":
        """The question without the lines before it."""
        return replace(self, lines=())


class Talk(Speech):
    """One conversation about one journey."""

    def __init__(self, journey: Journey, console: Console, writer: Writer, settings: Settings) -> None:
        super().__init__(writer, settings)
        self.journey = journey
        self.console = console
        self.reminders = Reminders(journey)
        self.everywhere: Mapping[str, Callable[[str], Awaitable[None]]] = {}
        """Commands carried out inside any prompt, by name; each takes the command's argument."""
        self._interrupts = Interrupts(interactive=console.interactive)
        self._ends = 0
        self._shown: tuple[str, str] | None = None
        """State and step token of the screen the person knows."""

    def screen_shown(self) -> None:
        """The person knows the journey's present screen."""
        self._shown = self._place()
        self.reminders.screen_shown()

    def stay_put(self) -> None:
        """`Moved` if the portal is on another screen than the person knows (F-GEN-13)."""
        if self._shown is not None and self._place() != self._shown:
            raise Moved

    # Asking

    async def ask(self, prompt: Prompt) -> str:
        """The answer to a prompt that takes no command of its own. `Leave`, `Moved` or `Ended` otherwise."""
        answer = await self.hear(prompt)
        return answer.text if isinstance(answer, Typed) else ""

    async def hear(self, prompt: Prompt, accepts: frozenset[str] = frozenset()) -> Typed | Invoked:
        """The answer, or one of the commands in `accepts`. `Leave`, `Moved` or `Ended` otherwise."""
        self.lines(prompt.lines)
        if prompt.commitment:
            self.console.discard_typed()
        while True:
            event, reminded = await self._next_event(prompt.question)
            if isinstance(event, EndOfInput):
                self._input_ended(prompt)
            if isinstance(event, Interrupted):
                await self._interrupted()
                continue
            self._ends = 0
            if reminded and not event.text.strip():
                await self._extend()
                continue
            answer = await self._answer(parse(event.text), accepts, prompt)
            if answer is not None:
                return answer
            await self.keep_in_touch()

    async def choose(self, prompt: Prompt, choices: Sequence[Choice]) -> int:
        """Index of the chosen entry; there is no default (A11Y-PLAIN-06)."""
        while True:
            found = self.chosen(await self.ask(prompt), choices)
            if found is not None:
                return found
            prompt = prompt.again()

    def chosen(
        self, text: str, choices: Sequence[Choice], *, first: int = 1, within: bool = False
    ) -> int | None:
        """Index of the entry that an answer names; None: it names none, which is said."""
        found = match_choice(text, choices, first=first, within=within)
        if isinstance(found, int):
            return found
        self.error(found.error if text else "a choice is needed", found.fix)
        return None

    async def choose_listed(self, title: str, choices: Sequence[Choice], *, commitment: bool = False) -> int:
        """Print the numbered list and ask `title, number 1 to N`."""
        lines = tuple(choice_lines(choices))
        question = f"{title}, number 1 to {len(choices)}:"
        return await self.choose(Prompt(question, lines, title.lower(), commitment), choices)

    async def ask_secret(self, question: str, field: str) -> str:
        """A secret exactly as typed; no command is read in it, an empty one is asked again (A11Y-PLAIN-08).

        Ctrl+C leaves it as `/back` does. Without a terminal the next line is taken, from a server on this
        computer only (A11Y-PLAIN-17).
        """
        if not self.console.interactive and not self.journey.portal.loopback:
            raise Ended(1, NO_TERMINAL)
        while True:
            secret = await self._secret_event(question)
            if isinstance(secret, EndOfInput):
                self._input_ended(Prompt(question, field=field))
            if isinstance(secret, Interrupted):
                if not self.console.interactive:
                    self._interrupts.count()
                raise Leave(Invoked("back"))
            self._ends = 0
            if secret.text:
                return secret.text

    # Waiting

    async def working(self, call: Awaitable[T], phrase: str, meanwhile: Meanwhile | None = None) -> T:
        """Await the portal; a wait that is felt is said (A11Y-MOTION-03)."""
        waiting = Waiting(self, self.console, self._interrupts, phrase=phrase, meanwhile=meanwhile)
        return await waiting.until(call)

    # How

    async def _next_event(self, question: str, *, hidden: bool = False) -> tuple[Event, bool]:
        """The next event of a prompt, and whether an idle warning was said meanwhile."""
        self._writer.prompt(question)
        reading = asyncio.ensure_future(self.console.read())
        reminded = False
        try:
            while True:
                done, _ = await asyncio.wait({reading}, timeout=self.reminders.seconds_to_next())
                if done:
                    event = reading.result()
                    echoed = isinstance(event, Entered) and self.console.interactive and not hidden
                    self._writer.answered(echoed=echoed)
                    return event, reminded
                reminder = await self.reminders.due()
                reminded = reminded or reminder.idle
                if reminder.lines:
                    self.ring()
                    self.lines(reminder.lines)
                    self._writer.prompt(f"{question}{TYPING_CONTINUES}")
        finally:
            reading.cancel()

    async def _secret_event(self, question: str) -> Event:
        hiding = self.console.hidden() if self.console.interactive else nullcontext()
        try:
            with hiding:
                event, _ = await self._next_event(question, hidden=True)
        except CannotHide:
            raise Ended(1, NO_TERMINAL) from None
        return event

    async def _answer(
        self, line: Typed | Invoked | UnknownCommand, accepts: frozenset[str], prompt: Prompt
    ) -> Typed | Invoked | None:
        """What the caller gets; None: it was dealt with here and the question comes again."""
        if isinstance(line, Typed):
            return line
        if isinstance(line, UnknownCommand) and prompt.path:
            return Typed(line.text)
        if isinstance(line, UnknownCommand):
            nearest = f" The nearest is {line.nearest}." if line.nearest else ""
            self.error(f"there is no such command.{nearest}", "type ? for the list")
            return None
        if line.name in accepts:
            return line
        if line.name in self.everywhere:
            await self.everywhere[line.name](line.argument)
            self.lines(prompt.lines if line.name == "repeat" else ())
            return None
        if BY_NAME[line.name].reading or line.name in ("next", "prev", "clear"):
            self.error(f"/{line.name} has nothing to work on here", "type ? for what can be done here")
            return None
        raise Leave(line)

    def _input_ended(self, prompt: Prompt) -> NoReturn:
        if not self.console.interactive:
            state = self.journey.screen.state if self.journey.started else "the start"
            raise Ended(1, f"Error: input ended at {state}, field {prompt.field}.")
        self._ends += 1
        if self._ends > 1:
            raise Ended(0)
        raise Leave(Invoked("back"))

    async def _interrupted(self) -> None:
        self._interrupts.count()
        if await self.confirmed_quit():
            raise Ended(0)

    async def confirmed_quit(self) -> bool:
        """Ask whether the program is to end; a commitment, so it has no default."""
        return await self.confirmed(
            Confirm(title="Quit", text="This ends the program.", yes="Quit", no="Stay")
        )

    async def confirmed(self, confirm: Confirm) -> bool:
        """Ask a question of yes and no by number; `/back` is no."""
        self.say(Label.NOTICE, confirm.text)
        choices = (Choice(confirm.yes, number_only=True), Choice(confirm.no))
        try:
            return await self.choose_listed(confirm.title, choices, commitment=True) == 0
        except Leave as leave:
            if leave.command.name in ("back", "cancel"):
                return False
            raise

    async def _extend(self) -> None:
        try:
            await self.journey.stay_active()
        except PortalError as error:
            self.failure(error)
            return
        self.stay_put()
        self.say(Label.DONE, "you stay signed in.")

    async def keep_in_touch(self) -> None:
        """Reading and typing are use (W-5). `Moved` if the screen is another one by now (F-GEN-13).

        Whoever takes an answer calls this after the answer is kept, so that nothing typed is lost.
        """
        if self.journey.activity_due():
            await self.working(self.journey.note_activity(), "checking the connection")
        self.stay_put()

    def _place(self) -> tuple[str, str]:
        return (self.journey.screen.state, self.journey.screen.step_token)
