"""A demo script as data: what a `*.demo.toml` file says, typed and immutable.

`tui.demo.reading` makes a Script from a file; players, recorders and the outline only read it. Texts of a
step may still hold `${outbox.code}` and the like: `tui.demo.variables.resolved` fills them in when it is due.
Times are whole milliseconds of the script's own (virtual) clock unless a name says otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

FrontEnd = Literal["full-screen", "plain"]
FRONT_ENDS: Final[tuple[FrontEnd, ...]] = ("full-screen", "plain")

PauseMode = Literal["never", "sections", "captions", "steps"]
Format = Literal["text", "svg", "asciicast-v2", "asciicast-v3", "walkthrough", "journal"]
ActionState = Literal["enabled", "disabled", "absent"]
Scalar = str | bool


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in the file."""

    line: int
    """From 1."""
    column: int
    """From 1, in characters."""
    length: int = 1
    """Characters on that line."""


@dataclass(frozen=True, slots=True)
class Size:
    """Of a terminal, in cells."""

    columns: int
    rows: int

    def __str__(self) -> str:
        return f"{self.columns}x{self.rows}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """`[run]`: what makes two runs equal."""

    scenario: str = "SC-2018"
    clock: datetime | None = None
    """Frozen business clock; None: the date of the scenario."""
    seed: int = 1
    size: Size = Size(80, 24)
    front_end: Literal["any", "full-screen", "plain"] = "any"
    theme: str = "qportal-dark"
    timeout: int = 10_000
    """Longest real time that a step may take to settle."""

    @property
    def front_ends(self) -> tuple[FrontEnd, ...]:
        """The front ends that the script is written for."""
        return FRONT_ENDS if self.front_end == "any" else (self.front_end,)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaySettings:
    """`[play]`: pace."""

    typing: int = 60
    jitter: int = 0
    key: int = 250
    answer: int = 400
    gap: int = 700
    reading: int = 170
    """Words per minute."""
    speed: float = 1.0
    pause: PauseMode = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSettings:
    """`[record]`: what a recording writes."""

    formats: tuple[Format, ...] = ("text", "svg", "asciicast-v2")
    svg: Literal["marked", "every-step"] = "marked"
    captions: bool = True
    keys: bool = False
    idle_limit: int = 3_000


@dataclass(frozen=True, slots=True)
class Search:
    """Argument of `search-tin`."""

    text: str
    match_case: bool | None = None
    """None: as the field stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportChoice:
    """Argument of `choose-report`: values or labels."""

    year: str
    report: str
    action: str
    level: str | None = None
    clinician: str | None = None


@dataclass(frozen=True, slots=True)
class RunReport:
    """Argument of `run-report`."""

    save_as: str | None = None
    """File name below the output folder; None: the one that the portal offers."""


@dataclass(frozen=True, slots=True)
class Export:
    """Argument of `export`."""

    format: Literal["pdf", "excel", "csv"]
    to: str | None = None
    """File name below the output folder; None: the one that the portal offers."""


@dataclass(frozen=True, slots=True)
class Fill:
    """Argument of `fill`: field id and value, in the order of the file."""

    values: tuple[tuple[str, Scalar], ...]


@dataclass(frozen=True, slots=True)
class Keys:
    """Argument of `press`: Textual's names of keys."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duration:
    """Argument of `advance-clock`."""

    ms: int


Argument = bool | str | int | Search | ReportChoice | RunReport | Export | Fill | Keys | Duration | Size
"""What a verb is given. `True` for verbs that take nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectTable:
    """`expect.table`: the table that is up."""

    title: str | None = None
    rows: int | None = None
    columns: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectCell:
    """One of `expect.cell`."""

    row: str | int
    """Text of the first column, or number of the row from 1."""
    column: str
    """Heading."""
    is_: str
    """Displayed text."""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectFile:
    """`expect.file`."""

    path: str | None = None
    """None: the file saved last."""
    exists: bool = True
    min_bytes: int | None = None
    contains: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """What must hold once a step has settled; every part that is given."""

    state: str | None = None
    text: tuple[str, ...] = ()
    not_text: tuple[str, ...] = ()
    error: str | None = None
    notice: str | None = None
    fields: tuple[tuple[str, Scalar], ...] = ()
    """Field id and value; of a secret `set` or `empty`."""
    actions: tuple[tuple[str, ActionState], ...] = ()
    pager: str | None = None
    selected: str | None = None
    focus: str | None = None
    """Field or action id; ignored in plain mode."""
    table: ExpectTable | None = None
    cells: tuple[ExpectCell, ...] = ()
    file: ExpectFile | None = None
    within: int | None = None
    """Real time that the step may take; None: `run.timeout`."""
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)
    """Where each part stands, by its name in the file (`not-text`, `field`, ...)."""


NOTHING_EXPECTED: Final = Expect()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One `[[step]]`."""

    number: int
    """From 1, in the order of the file; steps of the other front end count too."""
    place: Place
    """Of the verb's key; of the header if there is no verb."""
    verb: str | None = None
    """A name of `tui.demo.verbs.VERBS`."""
    argument: Argument | None = None
    """None only without a verb."""
    section: str | None = None
    say: str | None = None
    expect: Expect = NOTHING_EXPECTED
    expect_error: str | None = None
    screenshot: str | None = None
    wait: int = 0
    pause: bool | None = None
    """None: as `play.pause` says."""
    typing: int | None = None
    """None: as `play.typing` says."""
    hide: bool = False
    only: FrontEnd | None = None
    id: str | None = None
    answer: Literal["yes", "no"] = "yes"

    @property
    def line(self) -> int:
        """The line that reports name."""
        return self.place.line

    def runs_on(self, front_end: FrontEnd) -> bool:
        """Whether the step is performed there."""
        return self.only is None or self.only == front_end


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A whole script that the linter has let pass."""

    name: str
    """File name as it was given, for messages (`FILE:LINE:COL`)."""
    stem: str
    """File name without folder and `.demo.toml`: the STEM of recordings."""
    lines: tuple[str, ...] = field(repr=False)
    """The source, for messages."""
    title: str
    description: str = ""
    language: str = "en-US"
    run: RunSettings = RunSettings()
    play: PlaySettings = PlaySettings()
    record: RecordSettings = RecordSettings()
    variables: Mapping[str, str] = field(default_factory=dict)
    """Of `[vars]` and `--var`, already filled in everywhere."""
    steps: tuple[Step, ...]

    def steps_on(self, front_end: FrontEnd) -> tuple[Step, ...]:
        """The steps that are performed there."""
        return tuple(step for step in self.steps if step.runs_on(front_end))
