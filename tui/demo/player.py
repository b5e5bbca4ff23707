"""Performs a script step by step through a front end, in the script's own time, and tells what happens.

Phases of a step (DEMO-RUN-03): variables, is it possible here, marker and caption, perform, settle, checks,
gap. The player keeps the time model of 13.1; how long it really takes is the Pace's business: nothing in
check and record, a person's patience in live play.
"""

import random
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePosixPath
from typing import Final, Literal, Protocol

from client.errors import PortalError
from tui.demo.clock import VirtualClock
from tui.demo.events import (
    Event,
    Failure,
    Frame,
    Listener,
    Marked,
    Picture,
    Printed,
    PrintedKind,
    Resized,
    RunBegan,
    RunEnded,
    StepBegan,
    StepEnded,
)
from tui.demo.expecting import Came, Verdict, verdicts
from tui.demo.failing import StepFailed
from tui.demo.knowledge import Knowledge
from tui.demo.loop import NeverRests, demo_loop
from tui.demo.masking import masked
from tui.demo.outline import spoken
from tui.demo.script import Duration, Script, Size, Step
from tui.demo.server import DemoPortal
from tui.demo.shown import shown_value
from tui.demo.stage import Send, Stage
from tui.demo.variables import NoValueYet, resolved
from tui.demo.verbs import VERBS

SHORTEST_CAPTION: Final = 1500
LONGEST_CAPTION: Final = 12_000
BUSY_ANSWERS: Final = 3
"""A report that is made takes as long as so many answers (TL-6)."""
NO_PICTURE: Final = Picture(())
TOLD_BEFORE: Final = 3
"""Steps before a failure that its report names."""


Phase = Literal["typing", "key", "answer", "caption", "gap"]
"""What virtual time passes with."""


class Stopped(Exception):  # noqa: N818 - a person's choice
    """A person ended the run."""


class Pace(Protocol):
    """How virtual time passes for whoever watches. Any of these may raise `Stopped`."""

    async def wait(self, ms: int, phase: Phase) -> None:
        """So much virtual time is to pass."""

    async def before(self, step: Step) -> Step:
        """A step is due; answers how it is to be performed."""

    async def narrated(self, step: Step) -> None:
        """Its caption was shown."""

    async def after(self, step: Step) -> None:
        """It was performed and holds what it promised."""


class AtOnce:
    """Check and record: real time plays no part."""

    async def wait(self, ms: int, phase: Phase) -> None:
        """Nothing to wait for."""

    async def before(self, step: Step) -> Step:
        """As it is written."""
        return step

    async def narrated(self, step: Step) -> None:
        """Go on."""

    async def after(self, step: Step) -> None:
        """Go on."""


def caption_ms(text: str, words_per_minute: int) -> int:
    """How long a caption stands before the step goes on (TL-3)."""
    words = len(text.split())
    reading = -(-words * 60_000 // words_per_minute)
    return min(max(reading, SHORTEST_CAPTION), LONGEST_CAPTION)


class Player:
    """One run of a script on one stage. It is the stage's Hand."""

    def __init__(
        self,
        script: Script,
        stage: Stage,
        portal: DemoPortal,
        clock: VirtualClock,
        *,
        size: Size,
        output: Path,
        listeners: Sequence[Listener] = (),
        frames: bool = True,
        captions: bool,
        pace: Pace | None = None,
    ) -> None:
        self.script = script
        self.stage = stage
        self.portal = portal
        self.clock = clock
        self.pace: Pace = pace or AtOnce()
        self.captions = captions
        self._size = size
        self._output = output
        self._listeners = tuple(listeners)
        self._frames = frames
        self._knowledge = Knowledge(script, stage, portal, clock, self)
        self._random = random.Random(script.run.seed)  # noqa: S311 - repeatable is what is wanted
        self._steps = script.steps_on(stage.front_end)
        self._step: Step | None = None
        self._limit_ms = script.run.timeout
        self._caption = ""
        self._last_picture: Picture | None = None
        self._printed: list[str] = []
        self._done: list[str] = []
        self._ok = 0
        self._section = ""
        self._files: list[str] = []
        stage.hand = self

    # The run

    async def play(self) -> RunEnded:
        """Perform all steps; answers how it went, also after a failure."""
        self._tell(
            RunBegan(
                script=self.script,
                front_end=self.stage.front_end,
                size=self._size,
                business=self.portal.business,
                version=program_version(),
            )
        )
        failure: Failure | None = None
        stopped = True
        try:
            failure = await self._all_steps()
            stopped = False
        except Stopped:
            pass
        finally:
            ended = RunEnded(
                t=self.clock.t,
                ok=self._ok,
                failed=int(failure is not None),
                not_run=len(self._steps) - self._ok - int(failure is not None),
                failure=failure,
                stopped=stopped,
                files=tuple(PurePosixPath(name) for name in self._files),
            )
            self._tell(ended)
        return ended

    async def _all_steps(self) -> Failure | None:
        try:
            await self.settle()
            self.frame()
        except StepFailed as failed:
            return self._failure(failed, None)
        for step in self._steps:
            failure = await self._perform(await self.pace.before(step))
            if failure is not None:
                return failure
            self._ok += 1
        return None

    # A step

    async def _perform(self, written: Step) -> Failure | None:
        self._step, self._printed = written, []
        started = time.monotonic()
        self._limit_ms = written.expect.within or self.script.run.timeout
        before = self.stage.screen
        value = ""
        found: list[Verdict] = []
        failed: StepFailed | None = None
        try:
            step = resolved(written, self._knowledge.built_ins())
            value = shown_value(step, written, self.stage.screen)
            self._begin(replace(step, argument=written.argument), value)
            self._check_possible(step)
            await self._narrate(step)
            await self._do(await self._knowledge.completed(step))
            await self.settle()
            saved_now = self._new_file()
            came = Came(
                before,
                self.stage.view(),
                self._output,
                self._files[-1] if self._files else "",
                saved_now,
                self.stage.front_end,
            )
            found = verdicts(step, came)
            self._knowledge.learn(came.view)
            self._end(replace(step, argument=written.argument), value, before.state, came, found, started)
        except NoValueYet as missing:
            failed = StepFailed("D302", name=missing.name, help="add read-outbox = true before this step")
        except NeverRests:
            failed = StepFailed("D509", d=spoken(self._limit_ms), what=self.stage.resting() or "the program")
        except PortalError as error:
            failed = StepFailed("D901", reason=error.sentence)
        except StepFailed as error:
            failed = error
        if failed is not None:
            self._end_failed(written, value, before.state, failed, started)
            return self._failure(failed, written)
        bad = next((verdict for verdict in found if not verdict.check.ok), None)
        if bad is not None:
            return self._failed_check(bad, written)
        self._done.insert(0, f"step {written.number} {written.verb or 'narration'} ok")
        await self._let_gap_pass(step)
        return None

    def _begin(self, step: Step, value: str) -> None:
        self.stage.begin_step(step)
        self._tell(StepBegan(t=self.clock.t, step=step, value=value))
        if step.section is not None:
            self._section = step.section
            if not step.hide:
                self._tell(Marked(t=self.clock.t, label=masked(step.section)))

    def _check_possible(self, step: Step) -> None:
        verb = VERBS[step.verb] if step.verb else None
        state = self.stage.screen.state
        if verb is not None and not verb.allowed_in(state):
            states = " or ".join(sorted(verb.states))
            raise StepFailed("D502", verb=verb.name, states=states, state=state)

    async def _narrate(self, step: Step) -> None:
        """Show the caption, take away the one before."""
        text = masked(step.say) if step.say and not step.hide else ""
        if text and self.captions:
            self._caption = text
            await self.stage.caption(text)
            self.frame()
        elif self._caption:
            self._caption = ""
            await self.stage.caption("")
            self.frame()
        if text:
            await self._pass(caption_ms(text, self.script.play.reading), "caption")
            await self.pace.narrated(step)

    async def _do(self, step: Step) -> None:
        match step.verb, step.argument:
            case "advance-clock", Duration(ms):
                self.clock.advance(ms)
                await self.portal.keep_time()
                await self.settle()
                await self.stage.time_passed()
                await self.settle()
                self.frame()
            case "resize", Size() as size:
                self.stage.resize(size)
                self._size = size
                self._tell(Resized(t=self.clock.t, size=size))
                await self.settle()
                self.frame()
            case _:
                await self.stage.perform(step)

    def _end(
        self, step: Step, value: str, before: str, came: Came, found: Iterable[Verdict], started: float
    ) -> None:
        checks = tuple(verdict.check for verdict in found)
        self._tell(
            StepEnded(
                t=self.clock.t,
                step=step,
                value=value,
                state_before=before,
                state_after=came.screen.state,
                errors=came.errors,
                notices=came.notices,
                checks=checks,
                file=came.saved_now,
                ms=_ms_since(started),
                picture=self.stage.picture() if self._frames else NO_PICTURE,
                text="".join(self._printed),
                outcome="ok" if all(check.ok for check in checks) else "failed",
            )
        )

    def _end_failed(self, step: Step, value: str, before: str, failed: StepFailed, started: float) -> None:
        """A step that could not be performed to its end."""
        self._tell(
            StepEnded(
                t=self.clock.t,
                step=step,
                value=value,
                state_before=before,
                state_after=self.stage.screen.state,
                errors=tuple(problem.code for problem in self.stage.screen.errors),
                notices=(),
                checks=(),
                file="",
                ms=_ms_since(started),
                picture=self.stage.picture() if self._frames else NO_PICTURE,
                text="".join(self._printed),
                outcome="failed",
            )
        )

    async def _let_gap_pass(self, step: Step) -> None:
        if step.wait or not step.hide:
            await self._pass(self.script.play.gap + step.wait, "gap")
            await self.pace.after(step)
        await self.stage.leave_view()
        await self.settle()
        self.frame()

    def _new_file(self) -> str:
        """The file that came into the output folder since the last look; it becomes the last one saved."""
        there = sorted(
            path.relative_to(self._output).as_posix()
            for path in self._output.rglob("*")
            if path.is_file() and not path.name.endswith(".part")
        )
        new = [name for name in there if name not in self._files]
        self._files += new
        return new[-1] if new else ""

    # Failures

    def _failure(self, failed: StepFailed, step: Step | None) -> Failure:
        place = step.expect.places.get(failed.part) if step else None
        return self._told(failed.code, failed.message, failed.help, step, place.line if place else None)

    def _failed_check(self, verdict: Verdict, step: Step) -> Failure:
        place = step.expect.places.get(verdict.part)
        code = verdict.check.code
        return self._told(code, verdict.message, verdict.help, step, place.line if place else None)

    def _told(self, code: str, words: str, help_: str, step: Step | None, line: int | None) -> Failure:
        picture = self.stage.picture()
        return Failure(
            code=code,
            message=masked(words),
            step=step,
            line=line or (step.line if step else 0),
            section=masked(self._section),
            state=self.stage.screen.state,
            t=self.clock.t,
            before=tuple(self._done[:TOLD_BEFORE]),
            screen=picture.lines,
            help=masked(help_),
        )

    # The hand

    @property
    def _hidden(self) -> bool:
        return self._step is not None and self._step.hide

    @property
    def last_files(self) -> Sequence[str]:
        """Everything saved so far, oldest first."""
        return self._files

    @property
    def size(self) -> Size:
        """Of the terminal now."""
        return self._size

    async def typed(self, send: Send, *, shown: bool = True) -> None:
        """One character (TL-4)."""
        await self._pass(self._typing_ms(), "typing")
        send()
        if self._frames and shown and not self._hidden:
            await self.settle()
            self.frame()

    async def key(self, send: Send) -> None:
        """One other key (TL-5), and the answers it brings (TL-6)."""
        await self._pass(self.script.play.key, "key")
        answers, reports = self.portal.answers, self.portal.reports_begun
        send()
        await self.settle()
        waited = self.portal.answers - answers + BUSY_ANSWERS * (self.portal.reports_begun - reports)
        if waited:
            await self._pass(waited * self.script.play.answer, "answer")
            await self.settle()
        if self._caption and self.stage.make_room():
            await self.settle()
        self.frame()

    async def settle(self) -> None:
        """Until the program waits for a person (DEMO-RUN-02). `NeverRests` after the step's real time."""
        loop, limit_s = demo_loop(), self._limit_ms / 1000
        await loop.rest(limit_s)
        while self.stage.ended is None and self.stage.resting():
            if not await loop.next_timer(limit_s):
                raise NeverRests
        if self.stage.ended is not None:
            raise StepFailed("D508", n=self.stage.ended)

    def _typing_ms(self) -> int:
        play, step = self.script.play, self._step
        typing = play.typing if step is None or step.typing is None else step.typing
        jitter = min(play.jitter, typing)
        return typing + (self._random.randint(-jitter, jitter) if jitter else 0)

    async def let_pass(self, ms: int) -> None:
        """Wait in the script's time; in hidden steps only the clocks go on."""
        if self._hidden:
            self.clock.advance(ms)
        else:
            await self._pass(ms, "answer")

    async def _pass(self, ms: int, phase: Phase) -> None:
        """Virtual time goes on; not in hidden steps (TL-8)."""
        if not self._hidden:
            await self.pace.wait(ms, phase)
            self.clock.pass_ms(ms)

    # What is told

    def frame(self) -> None:
        """Tell what the full screen shows, if it changed."""
        if not self._frames or self._hidden or self.stage.front_end == "plain":
            return
        picture = self.stage.picture()
        if picture != self._last_picture:
            self._last_picture = picture
            self._tell(Frame(t=self.clock.t, picture=picture))

    def printed(self, text: str, kind: PrintedKind) -> None:
        """Tell what plain mode wrote."""
        text = masked(text)
        if kind != "caption":
            self._printed.append(text)
        if text and not self._hidden:
            self._tell(Printed(t=self.clock.t, text=text, kind=kind))

    def _tell(self, event: Event) -> None:
        for listener in self._listeners:
            listener(event)


def program_version() -> str:
    """Of the installed program."""
    try:
        return version("qportal")
    except PackageNotFoundError:
        return "0"


def _ms_since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
