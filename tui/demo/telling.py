"""Tells the listeners of a run what happens: steps, pictures, printed text, and why it failed.

Whatever is told is masked first (DEMO-RUN-06). Of hidden steps only their beginning and end are told (TL-8).
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePosixPath
from typing import Final

from client.messages.screen import Screen
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
from tui.demo.expecting import Came, Verdict
from tui.demo.masking import masked
from tui.demo.script import Script, Size, Step
from tui.demo.server import DemoPortal
from tui.demo.stage import Stage

TOLD_BEFORE: Final = 3
"""Steps before a failure that its report names."""


_NOT_TAKEN: Final = Picture(())


class Teller:
    """Of one run. Without `frames` no pictures are taken, but for a failure's."""

    def __init__(
        self,
        script: Script,
        stage: Stage,
        clock: VirtualClock,
        listeners: Sequence[Listener],
        *,
        frames: bool,
    ) -> None:
        self._script = script
        self._stage = stage
        self._clock = clock
        self._listeners = tuple(listeners)
        self.frames = frames
        self._step: Step | None = None
        self._value = ""
        self._before = ""
        self._started = 0.0
        self._section = ""
        self._last_picture: Picture | None = None
        self._printed: list[str] = []
        self._done: list[str] = []

    @property
    def hidden(self) -> bool:
        """Whether the present step is not to be seen."""
        return self._step is not None and self._step.hide

    # The run

    def run_began(self, portal: DemoPortal, size: Size) -> None:
        """The first event."""
        self._tell(
            RunBegan(
                script=self._script,
                front_end=self._stage.front_end,
                size=size,
                business=portal.business,
                version=program_version(),
            )
        )

    def run_ended(
        self, ok: int, steps: int, failure: Failure | None, files: Sequence[str], *, stopped: bool
    ) -> RunEnded:
        """The last event; answers it."""
        failed = int(failure is not None)
        ended = RunEnded(
            t=self._clock.t,
            ok=ok,
            failed=failed,
            not_run=steps - ok - failed,
            failure=failure,
            stopped=stopped,
            files=tuple(PurePosixPath(name) for name in files),
        )
        self._tell(ended)
        return ended

    # A step

    def step_due(self, step: Step) -> None:
        """A step comes; nothing of it is told yet."""
        self._step, self._value, self._printed = step, "", []
        self._before = self._stage.screen.state
        self._started = time.monotonic()

    def step_began(self, step: Step, value: str) -> None:
        """Its variables are filled in; `value` is its argument as it may be shown."""
        self._value = value
        self._tell(StepBegan(t=self._clock.t, step=step, value=value))
        if step.section is not None:
            self._section = step.section
            if not step.hide:
                self._tell(Marked(t=self._clock.t, label=masked(step.section)))

    def step_ended(self, step: Step, came: Came, found: Iterable[Verdict]) -> None:
        """It was performed; what came of it and of its checks."""
        checks = tuple(verdict.check for verdict in found)
        ok = all(check.ok for check in checks)
        if ok:
            self._done.insert(0, f"step {step.number} {step.verb or 'narration'} ok")
        self._tell(
            replace(
                self._end(step, came.screen, came.errors, ok=ok),
                notices=came.notices,
                checks=checks,
                file=came.saved_now,
            )
        )

    def step_failed(self, step: Step) -> None:
        """It could not be performed to its end."""
        screen = self._stage.screen
        self._tell(self._end(step, screen, tuple(problem.code for problem in screen.errors), ok=False))

    def _end(self, step: Step, after: Screen, errors: tuple[str, ...], *, ok: bool) -> StepEnded:
        return StepEnded(
            t=self._clock.t,
            step=step,
            value=self._value,
            state_before=self._before,
            state_after=after.state,
            errors=errors,
            notices=(),
            checks=(),
            file="",
            ms=round((time.monotonic() - self._started) * 1000),
            picture=self._stage.picture() if self.frames else _NOT_TAKEN,
            text="".join(self._printed),
            outcome="ok" if ok else "failed",
        )

    def failure(self, code: str, words: str, help_: str, part: str, step: Step | None) -> Failure:
        """Why the run failed; `part` of the step, if any, gives the line."""
        place = step.expect.places.get(part) if step else None
        return Failure(
            code=code,
            message=masked(words),
            step=step,
            line=place.line if place else step.line if step else 0,
            section=masked(self._section),
            state=self._stage.screen.state,
            t=self._clock.t,
            before=tuple(self._done[:TOLD_BEFORE]),
            screen=self._stage.picture().lines,
            help=masked(help_),
        )

    # What is shown

    def frame(self) -> None:
        """What the full screen shows, if it changed."""
        if not self.frames or self.hidden or self._stage.front_end == "plain":
            return
        picture = self._stage.picture()
        if picture != self._last_picture:
            self._last_picture = picture
            self._tell(Frame(t=self._clock.t, picture=picture))

    def printed(self, text: str, kind: PrintedKind) -> None:
        """What plain mode wrote."""
        text = masked(text)
        if kind != "caption":
            self._printed.append(text)
        if text and not self.hidden:
            self._tell(Printed(t=self._clock.t, text=text, kind=kind))

    def resized(self, size: Size) -> None:
        """The terminal has another size."""
        self._tell(Resized(t=self._clock.t, size=size))

    def _tell(self, event: Event) -> None:
        for listener in self._listeners:
            listener(event)


def program_version() -> str:
    """Of the installed program."""
    try:
        return version("qportal")
    except PackageNotFoundError:
        return "0"
