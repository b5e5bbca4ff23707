"""What happens while a script is performed, as values: the one source of every recording and report.

The player emits them in order, each with `t`, the virtual milliseconds since the start (13.1); no real time
is in them. Texts and pictures are safe to write down: secrets are hidden and nine-digit numbers masked
before an event is made (DEMO-RUN-06). While a step with `hide` runs there are no `Frame` and `Printed`, and
`t` stands still (TL-8).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Literal

from rich.segment import Segment

from tui.demo.script import FrontEnd, Script, Size, Step

Row = tuple[Segment, ...]
"""One row of the terminal, its full width, styles with colours resolved; no control segments."""
PrintedKind = Literal["output", "prompt", "typed", "caption"]


@dataclass(frozen=True, slots=True)
class Picture:
    """What the terminal shows: in full-screen all its rows, in plain mode the lines of the current screen."""

    rows: tuple[Row, ...]
    """Plain lines are wrapped to the width and come without style."""
    cursor: tuple[int, int] | None = None
    """Column and row of the visible cursor, from 0; None in plain mode."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The characters alone, right-trimmed, without blank rows at the end."""
        lines = ["".join(segment.text for segment in row).rstrip() for row in self.rows]
        while lines and not lines[-1]:
            lines.pop()
        return tuple(lines)


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation and what was found."""

    what: str
    """`state S-HOME`, `pager`, `field mfa_type`, `cell Row/Column`, ...: the same on both front ends."""
    ok: bool
    expected: str
    got: str
    """Empty where it is as expected."""
    code: str = ""
    """D-code of a check that failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunBegan:
    """First of all, before any picture."""

    t: int = 0
    script: Script
    front_end: FrontEnd
    size: Size
    """The size in force: the script's, or the one of the command line."""
    business: datetime
    """The frozen business clock, Eastern offset."""
    version: str
    """Of the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A chapter begins: a `section`, or `take-over`."""

    t: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepBegan:
    """A step is due; its marker and caption come right after. Steps of the other front end never come."""

    t: int
    step: Step
    """For its line, id, section, verb and modifiers; write `value` instead of its argument."""
    value: str
    """The argument in one line, variables filled in: `(hidden)`, `(code)`, `true`; empty without a verb."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Full-screen: the terminal shows this from `t` on, caption bar included; sent when it changed."""

    t: int
    picture: Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """Plain: this was written at `t`; lines end in LF, no other control character."""

    t: int
    text: str
    kind: PrintedKind
    """`typed` is the echo of the answer, a character at a time, Enter as `\\n`; `caption` a whole line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resized:
    """The terminal has another size; in full-screen a whole frame follows."""

    t: int
    size: Size


@dataclass(frozen=True, slots=True, kw_only=True)
class StepEnded:
    """A step has settled and was checked; `t` is the moment before its gap and `wait`."""

    t: int
    step: Step
    value: str
    state_before: str
    state_after: str
    errors: tuple[str, ...]
    """Codes of the screen's errors, in its order."""
    notices: tuple[str, ...]
    checks: tuple[Check, ...]
    file: str
    """A file that this step saved, relative to the output folder; empty: none."""
    ms: int
    """Real time that it took; differs from run to run."""
    picture: Picture
    """As it stands after the checks, also of hidden steps; empty in a check, which needs none."""
    text: str
    """Plain: everything printed in this step, captions left out. Full-screen: empty."""
    outcome: Literal["ok", "failed"]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a run stopped (16, DEMO-ERR-04). The text form is `tui.demo.reports`."""

    code: str
    """`D501` and so on."""
    message: str
    step: Step | None
    """None: before the first step."""
    line: int
    """Line in the file; of the expectation, where one failed."""
    section: str
    state: str
    t: int
    before: tuple[str, ...] = ()
    """The last three steps, newest first: `step 11 choose-organization-type ok`."""
    screen: tuple[str, ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEnded:
    """Last of all, also after a failure and after Ctrl+C."""

    t: int
    """The total virtual time."""
    ok: int
    """Steps that passed."""
    failed: int
    not_run: int
    """Steps of this front end that were not reached."""
    failure: Failure | None = None
    stopped: bool = False
    """By a person: Ctrl+C, `q`, or a take-over after which the script could not go on."""
    files: tuple[PurePosixPath, ...] = ()
    """What the run saved, relative to the output folder."""


Event = RunBegan | Marked | StepBegan | Frame | Printed | Resized | StepEnded | RunEnded
Listener = Callable[[Event], None]
"""Takes events as they come; must be quick and must not raise."""
