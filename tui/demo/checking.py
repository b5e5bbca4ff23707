"""Checks scripts: each on its front ends, and that both front ends came to the same (DEMO-RUN-04)."""

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tui.demo.codes import message
from tui.demo.events import Event, Failure, RunEnded, StepEnded
from tui.demo.failing import StepFailed
from tui.demo.run import perform
from tui.demo.script import FrontEnd, Script, Size
from tui.demo.server import DemoServer


@dataclass(frozen=True, slots=True)
class Checked:
    """One script on one front end."""

    script: Script
    front_end: FrontEnd
    size: Size
    ended: RunEnded
    seconds: float
    """Real time that it took."""

    @property
    def failure(self) -> Failure | None:
        """Why it failed; None: it passed."""
        return self.ended.failure


@contextmanager
def collector_paused() -> Iterator[None]:
    """No garbage is looked for while scripts run, only between them: a quarter of the processor's time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


async def checked(
    script: Script, front_ends: Sequence[FrontEnd], server: DemoServer, size: Size | None = None
) -> list[Checked]:
    """Run a script on front ends; a difference between their journals is a failure of the last one (D511)."""
    done: list[Checked] = []
    journals: list[list[StepEnded]] = []
    for front_end in front_ends:
        if done:
            gc.collect()
        steps: list[StepEnded] = []
        started = time.monotonic()
        ended = await _run(script, front_end, server, size, steps)
        took = time.monotonic() - started
        done.append(Checked(script, front_end, size or script.run.size, ended, took))
        journals.append(steps)
    if len(done) > 1 and not any(item.failure for item in done):
        difference = _difference(*journals)
        if difference is not None:
            last = done[-1]
            ended = _failed(last.ended, difference)
            done[-1] = Checked(script, last.front_end, last.size, ended, last.seconds)
    return done


async def _run(
    script: Script, front_end: FrontEnd, server: DemoServer, size: Size | None, steps: list[StepEnded]
) -> RunEnded:
    def note(event: Event) -> None:
        if isinstance(event, StepEnded):
            steps.append(event)

    try:
        return await perform(script, front_end, server, size=size, listeners=[note], frames=False)
    except StepFailed as failed:
        failure = Failure(failed.code, failed.message, None, 0, "", "", 0, help=failed.help)
        return RunEnded(t=0, ok=0, failed=1, not_run=len(script.steps_on(front_end)), failure=failure)


def _difference(one: Sequence[StepEnded], other: Sequence[StepEnded]) -> Failure | None:
    """The first step at which two journals differ; steps of one front end alone are left out."""
    pairs = zip(_shared(one), _shared(other), strict=False)
    for left, right in pairs:
        for key, mine, theirs in _entries(left, right):
            if mine != theirs:
                words = message("D511", n=left.step.number, key=key)
                help_ = f"full-screen {mine}; plain {theirs}"
                return Failure("D511", words, left.step, left.step.line, "", left.state_after, 0, help=help_)
    return None


def _shared(steps: Sequence[StepEnded]) -> list[StepEnded]:
    return [ended for ended in steps if ended.step.only is None]


def _entries(left: StepEnded, right: StepEnded) -> Iterator[tuple[str, Any, Any]]:
    """What must be equal, by the journal's keys."""
    for key in ("value", "state_before", "state_after", "errors", "notices", "file"):
        yield key, getattr(left, key), getattr(right, key)
    yield "n", left.step.number, right.step.number
    yield "checks", _outcomes(left), _outcomes(right)


def _outcomes(step: StepEnded) -> list[tuple[str, bool, str]]:
    return [(check.what, check.ok, check.got) for check in step.checks]


def _failed(ended: RunEnded, failure: Failure) -> RunEnded:
    return RunEnded(t=ended.t, ok=ended.ok, failed=1, not_run=0, failure=failure, files=ended.files)
