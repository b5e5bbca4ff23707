"""Advancing Care Information and Promoting Interoperability as tables: measures, sum, what is missing."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from mock_server.reference.mips.measures import PiMeasure
from mock_server.reference.mips.years import MipsYear
from mock_server.reports.document import Column, DataRow, TablePlan
from mock_server.reports.mips import cells
from mock_server.reports.mips.figures import rolled_up_percent_of
from mock_server.reports.mips.words import part_name, reported
from mock_server.reports.sourced import NOT_APPLICABLE, SourcedCell
from mock_server.scoring.computed import Computed
from mock_server.scoring.mips.interoperability.category import PiScore
from mock_server.scoring.mips.interoperability.record import PiMeasureScore, PiSet

INCOMPLETE: Final = "The category counts 0 until nothing is missing."


class Line(NamedTuple):
    """A measure, attestation or exclusion as a row."""

    score: PiMeasureScore
    reference: PiMeasure | None


class Part(NamedTuple):
    """A group or objective, or the percent, as a row."""

    name: str
    figure: Computed[int]


def columns(absent: SourcedCell) -> Mapping[str, Column[Line]]:
    """Every column of a measure by id; `absent` stands where it earns no points by its nature."""

    def of(id_: str, heading: str, kind: Any, cell: Any) -> Column[Line]:
        return Column(id=id_, heading=heading, short=heading, kind=kind, cell=cell)

    every = (
        of("measure", "Measure", "identifier", lambda line: cells.name(line.score.measure_id)),
        of("title", "Title", "text", lambda line: cells.words_or_blank(_title(line))),
        of("objective", "Objective", "text", lambda line: cells.words(part_name(line.score.part))),
        of("value", "Reported", "text", lambda line: cells.words(reported(line.score))),
        of("points", "Points", "count", lambda line: _points(line, absent)),
        of("of", "Of", "count", lambda line: _maximum(line, absent)),
        of("status", "Status", "text", lambda line: cells.words(_status(line.score))),
    )
    return {column.id: column for column in every}


def _title(line: Line) -> str:
    return "" if line.reference is None else line.reference.title


def _points(line: Line, absent: SourcedCell) -> SourcedCell:
    return absent if line.score.points is None else cells.count(line.score.points)


def _maximum(line: Line, absent: SourcedCell) -> SourcedCell:
    return absent if line.score.points is None else cells.given_count(line.score.maximum)


def _status(score: PiMeasureScore) -> str:
    return score.message or ("counts" if score.status == "PICKED" else "no points")


PARTS: Final[tuple[Column[Part], ...]] = (
    Column(id="part", heading="Part", short="Part", kind="text", cell=lambda part: cells.words(part.name)),
    Column(
        id="points",
        heading="Points",
        short="Points",
        kind="count",
        cell=lambda part: cells.count(part.figure),
    ),
)
LACKS: Final[tuple[Column[str], ...]] = (
    Column(id="missing", heading="Missing", short="Missing", kind="text", cell=cells.words),
)
_SHOWN: Final = ("measure", "title", "objective", "value", "points", "of", "status")
_REPORT_COLUMNS: Final = tuple(columns(NOT_APPLICABLE)[id_] for id_ in _SHOWN)

_ROLLED_UP: Final[tuple[Column[Computed[Any]], ...]] = (
    Column(
        id="what",
        heading="What",
        short="What",
        kind="text",
        cell=lambda _: cells.words("Mean of the participants"),
    ),
    Column(id="percent", heading="Percent", short="Percent", kind="percent", cell=cells.percent),
)


def rows_of(scored: PiSet, reference: MipsYear) -> tuple[DataRow[Line], ...]:
    """The measures of a set."""
    return tuple(
        DataRow(one.measure_id, f"measure {one.measure_id}", Line(one, reference.pi.get(one.measure_id)))
        for one in scored.measures
    )


def part_rows(scored: PiSet) -> tuple[DataRow[Part], ...]:
    """From points to percent."""
    parts = [
        DataRow(part.name, part_name(part.name), Part(part_name(part.name), part.points))
        for part in scored.parts
    ]
    return (*parts, DataRow("percent", "Percent", Part("Percent", scored.percent)))


def missing_rows(scored: PiSet) -> tuple[DataRow[str], ...]:
    """What the category lacks (M-PI-01)."""
    return tuple(DataRow(str(place), missing, missing) for place, missing in enumerate(scored.missing, 1))


def interoperability_tables(
    scored: PiSet,
    reference: MipsYear,
    prefix: str,
    about: str,
    source: str,
    notes: tuple[str, ...],
) -> Iterator[TablePlan[Any]]:
    """The tables of one set for the portal."""
    if scored.missing:
        yield TablePlan(
            id=f"{prefix}-MISSING",
            title="What is missing",
            short="What is missing",
            about=about,
            columns=LACKS,
            rows=missing_rows(scored),
            source=source,
            notes=(INCOMPLETE,),
        )
    yield TablePlan(
        id=f"{prefix}-MEASURES",
        title="Measures",
        short="Measures and attestations",
        about=about,
        columns=_REPORT_COLUMNS,
        rows=rows_of(scored, reference),
        source=source,
        notes=(*notes, *scored.warnings),
    )
    yield TablePlan(
        id=f"{prefix}-SUM",
        title="From points to percent",
        short="Points to percent",
        about=about,
        columns=PARTS,
        rows=part_rows(scored),
        source=source,
        notes=_period_note(scored),
    )


def _period_note(scored: PiSet) -> tuple[str, ...]:
    start, end = scored.period
    if start is None or end is None:
        return ()
    return (f"Performance period {start.isoformat()} to {end.isoformat()}.",)


def rolled_up_table(score: PiScore, name: str, about: str, source: str) -> TablePlan[Any] | None:
    """The roll-up of an APM entity; None where the category, called `name` in its year, is no roll-up.

    The participants' own figures stay with them (PERM-Q-22, M-APM-05).
    """
    if score.rollup is None:
        return None
    return TablePlan(
        id="PI-ROLLUP",
        title=f"{name} of the participants",
        short="Mean of the participants",
        about=about,
        columns=_ROLLED_UP,
        rows=(DataRow("mean", "Mean of the participants", rolled_up_percent_of(score.rollup)),),
        source=source,
        notes=("What each practice or clinician reported can only be seen by the practice.",),
    )
