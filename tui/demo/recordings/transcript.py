"""A run as text to read, to hear and to compare (15.1)."""

from collections.abc import Iterator

from tui.demo.events import Check, RunEnded, StepEnded
from tui.demo.recordings.recorder import Performed, Recording


def transcript(recording: Recording) -> str:
    """The run as labelled lines."""
    began = recording.began
    run = began.script.run
    lines = [
        f"Demo: {began.script.title}",
        f"Run: front end {began.front_end}, size {began.size}, seed {run.seed}, "
        f"clock {began.business.isoformat()}, client {began.version}",
    ]
    for performed in recording.steps:
        lines += _step(performed)
    lines += _end(recording.ended)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _step(performed: Performed) -> Iterator[str]:
    ended, step = performed.ended, performed.ended.step
    if step.section is not None:
        yield f"Section: {step.section}"
    yield f"Step {step.number}, line {step.line}: {_said(ended)}"
    if step.say is not None and not step.hide:
        yield f"Say: {step.say}"
    before, after = ended.state_before, ended.state_after
    yield f"State: {after}" if before == after else f"State: {before} to {after}"
    if not step.hide and performed.lines:
        yield "Text:"
        yield from (f"| {line}" for line in performed.lines)
    yield from map(_check, ended.checks)


def _said(ended: StepEnded) -> str:
    """The step as the script says it, on one line."""
    verb, value = ended.step.verb, ended.value
    if verb is None:
        return "no action"
    if value in ("", "true"):
        return verb
    return f'{verb} "{value}"' if _is_text(ended) else f"{verb} {value}"


def _is_text(ended: StepEnded) -> bool:
    return isinstance(ended.step.argument, str) and not ended.value.startswith("(")


def wanted(check: Check) -> str:
    """What a check asks for: `state S-PASS`; a name that holds the value already says it once."""
    return check.what if check.expected in check.what else f"{check.what} {check.expected}"


def _check(check: Check) -> str:
    if check.ok:
        return f"Check: {wanted(check)} ok"
    return f"Check: {check.what} failed, expected {check.expected}, got {check.got}"


def _end(ended: RunEnded) -> Iterator[str]:
    failure = ended.failure
    if failure is not None:
        yield f"Failure: {failure.code} {failure.message}, line {failure.line}"
    if ended.stopped:
        yield "Stopped: by a person"
    total = ended.ok + ended.failed + ended.not_run
    left = f", {ended.not_run} not run" if ended.not_run else ""
    yield f"Result: {total} step{'' if total == 1 else 's'}, {ended.ok} ok, {ended.failed} failed{left}"
