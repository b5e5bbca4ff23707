"""Performs a script step by step through a front end, in the script's own time, and tells what happens.

Phases of a step (DEMO-RUN-03): variables, is it possible here, marker and caption, perform, settle, checks,
gap. The player keeps the time model of 13.1; how long it really takes is the Pace's business: nothing in
check and record, a person's patience in live play.
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from client.errors import PortalError
from tui.demo.clock import VirtualClock
from tui.demo.events import Failure, Listener, PrintedKind, RunEnded
from tui.demo.expecting import Came, Verdict, verdicts
from tui.demo.failing import StepFailed
from tui.demo.knowledge import Knowledge
from tui.demo.loop import NeverRests, demo_loop
from tui.demo.masking import masked
from tui.demo.outline import spoken
from tui.demo.pace import AtOnce, Pace, Phase, Stopped, caption_ms
from tui.demo.script import Duration, Script, Size, Step
from tui.demo.server import DemoPortal
from tui.demo.shown import shown_value
from tui.demo.stage import Send, Stage
from tui.demo.telling import Teller
from tui.demo.variables import NoValueYet, resolved
from tui.demo.verbs import VERBS

BUSY_ANSWERS: Final = 3
"""A report that is made takes as long as so many answers (TL-6)."""


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
        self._teller = Teller(script, stage, clock, listeners, frames=frames)
        self._knowledge = Knowledge(script, stage, portal, clock, self)
        self._random = random.Random(script.run.seed)  # noqa: S311 - repeatable is what is wanted
        self._steps = script.steps_on(stage.front_end)
        self._step: Step | None = None
        self._limit_ms = script.run.timeout
        self._caption = ""
        self._ok = 0
        self._files: list[str] = []
        stage.hand = self
        stage.shows_keys = script.record.keys and frames

    # The run

    async def play(self) -> RunEnded:
        """Perform all steps; answers how it went, also after a failure."""
        self._teller.run_began(self.portal, self._size)
        failure: Failure | None = None
        stopped = True
        try:
            failure = await self._all_steps()
            stopped = False
        except Stopped:
            pass
        finally:
            ended = self._teller.run_ended(self._ok, len(self._steps), failure, self._files, stopped=stopped)
        return ended

    async def _all_steps(self) -> Failure | None:
        try:
            await self.settle()
            self._teller.frame()
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
        self._step = written
        self._limit_ms = written.expect.within or self.script.run.timeout
        self._teller.step_due(written)
        try:
            step, found = await self._carried_out(written)
        except NoValueYet as missing:
            failed = StepFailed("D302", name=missing.name, help="add read-outbox = true before this step")
        except NeverRests:
            failed = StepFailed("D509", d=spoken(self._limit_ms), what=self.stage.resting() or "the program")
        except PortalError as error:
            failed = StepFailed("D901", reason=error.sentence)
        except StepFailed as error:
            failed = error
        else:
            bad = next((verdict for verdict in found if not verdict.check.ok), None)
            if bad is not None:
                return self._teller.failure(bad.check.code, bad.message, bad.help, bad.part, written)
            await self._let_gap_pass(step)
            return None
        self._teller.step_failed(written)
        return self._failure(failed, written)

    async def _carried_out(self, written: Step) -> tuple[Step, list[Verdict]]:
        """Perform it up to its checks; the step with its variables filled in, and what the checks found."""
        before = self.stage.screen
        step = resolved(written, self._knowledge.built_ins())
        told = replace(step, argument=written.argument)  # what came for a variable may be a secret
        self.stage.begin_step(told)
        self._teller.step_began(told, shown_value(step, written, before))
        self._check_possible(step)
        await self._narrate(step)
        await self._do(await self._knowledge.completed(step))
        await self.settle()
        saved_now = self._new_file()
        last_file = self._files[-1] if self._files else ""
        came = Came(before, self.stage.view(), self._output, last_file, saved_now, self.stage.front_end)
        found = list(verdicts(step, came))
        self._knowledge.learn(came.view)
        self._teller.step_ended(told, came, found)
        return step, found

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
            self._teller.frame()
        elif self._caption or self.stage.shows_keys:
            self._caption = ""
            await self.stage.caption("")
            self._teller.frame()
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
                self._teller.frame()
            case "resize", Size() as size:
                self.stage.resize(size)
                self._size = size
                self._teller.resized(size)
                await self.settle()
                self._teller.frame()
            case _:
                await self.stage.perform(step)

    async def _let_gap_pass(self, step: Step) -> None:
        if step.wait or not step.hide:
            await self._pass(self.script.play.gap + step.wait, "gap")
            await self.pace.after(step)
        await self.stage.leave_view()
        await self.settle()
        self._teller.frame()

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

    def _failure(self, failed: StepFailed, step: Step | None) -> Failure:
        return self._teller.failure(failed.code, failed.message, failed.help, failed.part, step)

    # The hand

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
        if self._teller.frames and shown and not self._teller.hidden:
            await self.settle()
            self._teller.frame()

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
        if (self._caption or self.stage.shows_keys) and self.stage.make_room():
            await self.settle()
        self._teller.frame()

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
        if self._teller.hidden:
            self.clock.advance(ms)
        else:
            await self._pass(ms, "answer")

    async def _pass(self, ms: int, phase: Phase) -> None:
        """Virtual time goes on; not in hidden steps (TL-8)."""
        if not self._teller.hidden:
            await self.pace.wait(ms, phase)
            self.clock.pass_ms(ms)

    def printed(self, text: str, kind: PrintedKind) -> None:
        """Plain mode wrote something."""
        self._teller.printed(text, kind)
