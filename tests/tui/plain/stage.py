"""A stage for plain mode: a prepared portal, a console that types a script, and time that passes at once.

Everything between them is the real program: Journey, Talk, Session, Writer. The transcript shows what
a person at a terminal sees; what was typed stands in angle brackets, a secret as an ellipsis.
"""

import asyncio
import io
import selectors
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from msgspec.structs import replace

from client.journey import Journey
from client.messages.calls import Act, ClientKind, ErrorBody, OutboxMessage, Personas
from client.messages.report import Report
from client.messages.screen import Action, Clock, Field, Login, Notice, Option, Problem, Screen, Step
from client.portal import FlowReply, Portal
from client.settings import Settings
from tui.plain.console import EndOfInput, Entered, Event, Interrupted
from tui.plain.endings import Ended
from tui.plain.session import Session
from tui.plain.talk import Talk
from tui.plain.writer import Writer

EASTERN = timezone(timedelta(hours=-4))
SCENARIO = Clock(business_now=datetime(2018, 10, 1, 10, 0, tzinfo=EASTERN))
SECURITY_NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
CTRL_C = Interrupted()
CTRL_D = EndOfInput()

Answer = Screen | Callable[[Act], Screen] | Exception
"""What an action is answered with."""


@dataclass(frozen=True)
class After:
    """A line that is typed after so many seconds of silence."""

    seconds: float
    text: str


Typing = str | After | Interrupted | EndOfInput | Callable[[], Awaitable[str]]
"""What the script does at a prompt; a function finds out what to type (a code from the simulated mailbox)."""


class _TimelessSelector(selectors.DefaultSelector):
    """Never waits: where the loop would sleep, its clock jumps."""

    jumped = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready and timeout:
            self.jumped += timeout
        return ready


class TimelessLoop(asyncio.SelectorEventLoop):
    """An event loop whose seconds cost nothing."""

    def __init__(self) -> None:
        self._timeless = _TimelessSelector()
        super().__init__(self._timeless)

    def time(self) -> float:
        return 1000.0 + self._timeless.jumped


def loop_time() -> float:
    """The stage's clock."""
    return asyncio.get_running_loop().time()


def screen(state: str, title: str = "", *, number: int | None = None, **parts: Any) -> Screen:
    """A Screen with only what a test is about."""
    step = Step(number=number, total=12) if number else None
    parts.setdefault("step_token", f"{state}-first")
    parts.setdefault("clock", SCENARIO)
    return Screen(state=state, title=title or state, step=step, **parts)


def login() -> Login:
    """A signed-in person."""
    ends = SECURITY_NOW + timedelta(hours=12)
    return Login(user_id="demo.grouprep", role_labels=[], idle_expires_at=ends, absolute_expires_at=ends)


def text_field(name: str, label: str, **parts: Any) -> Field:
    """A required text field."""
    parts.setdefault("kind", "text")
    return Field(id=name, label=label, required=parts.pop("required", True), **parts)


def choice_field(name: str, label: str, options: dict[str, str], **parts: Any) -> Field:
    """A required list of options, value -> label."""
    offered = [Option(value=value, label=text) for value, text in options.items()]
    parts.setdefault("required", True)
    return Field(id=name, label=label, kind="select", options=offered, **parts)


def action(name: str, label: str = "", **parts: Any) -> Action:
    """An action."""
    return Action(id=name, label=label or name, **parts)


def notice(text: str, level: str = "info") -> Notice:
    """A notice without a code."""
    return Notice(code="N-TEST", level=level, text=text)  # type: ignore[arg-type]


def problem(code: str, text: str, name: str | None = None) -> Problem:
    """A refusal."""
    return Problem(code=code, text=text, field=name)


class PreparedPortal(Portal):
    """Answers (state, action) with what the test prepared; an unprepared one gets the same screen anew."""

    def __init__(
        self,
        first: Screen,
        answers: Mapping[tuple[str, str], Answer | list[Answer]] | None = None,
        *,
        report: Report | None = None,
        messages: Sequence[OutboxMessage] = (),
        personas: Personas | None = None,
        loopback: bool = True,
        delays: dict[str, float] | None = None,
    ) -> None:
        super().__init__("http://127.0.0.1:1")
        self.page = first
        self.answers = {
            place: list(answer) if isinstance(answer, list) else [answer]
            for place, answer in (answers or {}).items()
        }
        self.acts: list[Act] = []
        self.reads = 0
        self.report_calls: list[list[str]] = []
        self.news: Screen | None = None
        """What the next read of the flow brings."""
        self.delays = delays or {}
        """Action -> seconds that its answer takes; `read` for a long poll."""
        self._report_made = report
        self._messages = list(messages)
        self._personas_made = personas
        self._loopback = loopback
        self._count = 0

    @property
    def loopback(self) -> bool:
        return self._loopback

    def seconds_until(self, instant: datetime) -> float:
        return (instant - SECURITY_NOW).total_seconds() - (loop_time() - 1000.0)

    async def start(self, client: ClientKind, client_id: str | None = None) -> Screen:
        return self.page

    async def act(self, act: Act) -> FlowReply:
        await asyncio.sleep(self.delays.get(act.action, 0))
        self.acts.append(act)
        self._count += 1
        prepared = self.answers.get((act.state, act.action))
        answer = prepared.pop(0) if prepared and len(prepared) > 1 else prepared[0] if prepared else self.page
        if isinstance(answer, Exception):
            raise answer
        page = answer if isinstance(answer, Screen) else answer(act)
        self.page = replaced(page, step_token=f"{page.state}-{self._count}")
        first = self.page.errors[0] if self.page.errors else None
        error = ErrorBody(type=first.code, code=first.code, message=first.text) if first else None
        return FlowReply(self.page, error)

    async def read(
        self, *, after: str | None = None, wait: int | None = None, background: bool = False
    ) -> Screen:
        self.reads += 1
        if wait:
            await asyncio.sleep(self.delays.get("read", 0))
        if self.news is not None:
            self.page, self.news = self.news, None
        return self.page

    async def report(self, report_id: str, sections: Sequence[str] | None = None) -> Report:
        self.report_calls.append(list(sections or ()))
        made = self._report_made
        assert made is not None
        wanted = set(sections or ())
        shown = [
            section if section.id in wanted else replace(section, tables=[]) for section in made.sections
        ]
        return replace(made, sections=shown)

    async def outbox(self, user_id: str | None = None, **_: object) -> list[OutboxMessage]:
        return self._messages

    async def personas(self) -> Personas:
        assert self._personas_made is not None
        return self._personas_made


def replaced(value: Any, /, **changes: Any) -> Any:
    """A copy of a Struct with other parts, for values whose type a test does not care about."""
    return replace(value, **changes)


@dataclass
class ScriptedConsole:
    """Types a script, one entry per question; after it the input has ended."""

    script: list[Typing]
    output: io.StringIO
    interactive: bool = True
    show_typing: bool = True
    discarded: int = 0
    hiding: bool = False
    typed_while_busy: list[float] = field(default_factory=list)
    _reading: asyncio.Task[Event] | None = None

    async def read(self) -> Event:
        if self._reading is None:
            self._reading = asyncio.ensure_future(self._next())
        event = await asyncio.shield(self._reading)
        self._reading = None
        return event

    async def _next(self) -> Event:
        if not self.script:
            return EndOfInput()
        entry = self.script.pop(0)
        if isinstance(entry, After):
            await asyncio.sleep(entry.seconds)
            entry = entry.text
        if isinstance(entry, Interrupted | EndOfInput):
            return entry
        if not isinstance(entry, str):
            entry = await entry()
        if self.interactive:
            shown = "" if not self.show_typing else "<…>" if self.hiding else f"<{entry}>"
            self.output.write(shown if self.hiding else f"{shown}\n")
        return Entered(entry)

    async def interrupted(self) -> None:
        await asyncio.Event().wait()

    @contextmanager
    def hidden(self) -> Iterator[None]:
        self.hiding = True
        try:
            yield
        finally:
            self.hiding = False

    def discard_typed(self) -> None:
        self.discarded += 1


@dataclass(frozen=True)
class Played:
    """What a run came to."""

    text: str
    code: int
    message: str
    console: ScriptedConsole

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


def play(
    portal: PreparedPortal,
    *script: Typing,
    settings: Settings | None = None,
    width: int | None = 79,
    interactive: bool = True,
    show_typing: bool = True,
    ascii_only: bool = False,
    save_setting: Callable[[str, str], object] | None = None,
) -> Played:
    """Walk through a prepared portal with a script and answer the transcript and the end."""
    output = io.StringIO()
    console = ScriptedConsole(list(script), output, interactive, show_typing)
    writer = Writer(output, width=lambda: width, ascii_only=ascii_only, echoes=interactive)

    async def walk() -> Played:
        journey = Journey(portal, "plain", monotonic=loop_time)
        talk = Talk(journey, console, writer, settings or Settings())
        return await played(talk, console, output, save_setting)

    with asyncio.Runner(loop_factory=TimelessLoop) as runner:
        return runner.run(walk())


async def played(
    talk: Talk,
    console: ScriptedConsole,
    output: io.StringIO,
    save_setting: Callable[[str, str], object] | None = None,
) -> Played:
    """Run a session to its end."""
    try:
        await Session(talk, save_setting=save_setting).run()
    except Ended as ended:
        talk.close()
        return Played(output.getvalue(), ended.code, ended.message, console)
