"""Runs made by hand, for tests of what is made from runs: a few events, no server, no program."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

from rich.segment import Segment
from rich.style import Style

from tui.demo.events import (
    Check,
    Event,
    Frame,
    Marked,
    Picture,
    Printed,
    RunBegan,
    RunEnded,
    StepBegan,
    StepEnded,
)
from tui.demo.recordings.recorder import Recording
from tui.demo.script import FrontEnd, Place, Script, Size, Step

BUSINESS = datetime(2016, 10, 3, 10, 0, tzinfo=timezone(timedelta(hours=-4)))
SIZE = Size(40, 4)
DARK = Style.parse("#e9eef3 on #10151a")


def step(number: int, verb: str | None = None, argument: str | bool | None = None, **parts: object) -> Step:
    """A step on line 10 times its number."""
    return Step(number=number, place=Place(number * 10, 1), verb=verb, argument=argument, **parts)  # type: ignore[arg-type]


def script(*steps: Step, **parts: object) -> Script:
    """A script of these steps."""
    return Script(name="try.demo.toml", stem="try", lines=(), title="Try it", steps=steps, **parts)  # type: ignore[arg-type]


def screen(*lines: str, width: int = 40, height: int = 4, cursor: tuple[int, int] | None = None) -> Picture:
    """A full-screen picture with a background everywhere."""
    padded = [*lines, *[""] * (height - len(lines))]
    return Picture(tuple((Segment(line.ljust(width), DARK),) for line in padded), cursor)


def printed(*lines: str) -> Picture:
    """A picture of plain lines."""
    return Picture(tuple((Segment(line),) for line in lines))


def began(of: Script, front_end: FrontEnd = "plain") -> RunBegan:
    """The beginning of a run."""
    return RunBegan(script=of, front_end=front_end, size=SIZE, business=BUSINESS, version="1.0.0")


def ended(of: Step, t: int, **parts: object) -> StepEnded:
    """The end of a step that went well."""
    values: dict[str, object] = {
        "value": "" if of.verb is None else "true" if of.argument is True else str(of.argument),
        "state_before": "S-USER",
        "state_after": "S-PASS",
        "errors": (),
        "notices": (),
        "checks": (Check("state", True, "S-PASS", ""),),
        "file": "",
        "ms": 3,
        "picture": printed("Screen: Password"),
        "text": "",
        "outcome": "ok",
    }
    return StepEnded(t=t, step=of, **(values | parts))  # type: ignore[arg-type]


def run(of: Script, events: Sequence[Event], t: int, front_end: FrontEnd = "plain") -> Recording:
    """A whole run that went well."""
    steps = sum(isinstance(event, StepEnded) for event in events)
    last = RunEnded(t=t, ok=steps, failed=0, not_run=0)
    return Recording((began(of, front_end), *events, last))


def typed(text: str, t: int, each: int = 60, enter: int = 250) -> list[Printed]:
    """A line typed in plain mode (TL-4)."""
    times = range(t + each, t + each * len(text) + 1, each)
    characters = [Printed(t=at, text=one, kind="typed") for at, one in zip(times, text, strict=True)]
    return [*characters, Printed(t=t + each * len(text) + enter, text="\n", kind="typed")]


def worked_example() -> Recording:
    """Step `enter-user-id` of the specification's example in plain mode, from t = 9000 ms (13.1, 15)."""
    user = step(3, "enter-user-id", "demo.grouprep", section="Sign in", say="First, the User ID.")
    of = script(user)
    question = "User ID, required, 6 to 74 characters: "
    answer = "Screen: Password and MFA Device Type, step 4 of 12\n"
    events: list[Event] = [
        Marked(t=9000, label="Sign in"),
        StepBegan(t=9000, step=user, value="demo.grouprep"),
        Printed(t=9000, text=question, kind="prompt"),
        *typed("demo.grouprep", 9000),
        Printed(t=10430, text=answer, kind="output"),
        ended(user, 10430, text=f"{question}demo.grouprep\n{answer}"),
    ]
    return run(of, events, 11130)


def pictured_run() -> Recording:
    """A full-screen run of two pictures that differ in a row, and in the cursor."""
    first, second = step(1, "open-login", True, section="Sign in"), step(2, "accept-terms", True)
    of = script(first, second)
    before, after = screen("Welcome", "Login"), screen("Terms", "Login", cursor=(2, 1))
    events: list[Event] = [
        Frame(t=0, picture=before),
        Marked(t=0, label="Sign in"),
        StepBegan(t=0, step=first, value="true"),
        Frame(t=650, picture=after),
        ended(first, 650, picture=after, state_before="S-LAND", state_after="S-TERMS", checks=()),
        StepBegan(t=1350, step=second, value="true"),
        ended(second, 2000, picture=after, state_before="S-TERMS", state_after="S-TERMS", checks=()),
    ]
    return run(of, events, 2700, "full-screen")
