"""Improvement activities as tables: what was done, the points, what would fill the category."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from mock_server.reports.document import Column, DataRow, TablePlan
from mock_server.reports.mips import cells
from mock_server.reports.mips.steps import IN_WHOLE_POINTS, WHAT, Step
from mock_server.scoring.mips.activities import (
    MAXIMUM,
    ActivitiesScore,
    Activity,
    ActivitySet,
    activities_set_points,
    further_activities_of,
    points_of_weight,
)

COLUMNS: Final[tuple[Column[Activity], ...]] = (
    Column(
        id="activity",
        heading="Activity",
        short="Activity",
        kind="identifier",
        cell=lambda one: cells.name(one.measure_id),
    ),
    Column(id="title", heading="Title", short="Title", kind="text", cell=lambda one: cells.words(one.title)),
    Column(
        id="weight",
        heading="Weight",
        short="Weight",
        kind="text",
        cell=lambda one: cells.words(one.weight or "medical home"),
    ),
    Column(
        id="points", heading="Points", short="Points", kind="count", cell=lambda one: cells.count(one.points)
    ),
    Column(
        id="status", heading="Status", short="Status", kind="text", cell=lambda one: cells.words(_status(one))
    ),
)


def _status(one: Activity) -> str:
    if one.points.value:
        return "counts"
    return "done, period too short" if one.done else "not done"


_NEEDED: Final[tuple[Column[Step], ...]] = (
    replace(WHAT, heading="Weight", short="Weight"),
    Column(
        id="activities",
        heading="Further activities that would be enough",
        short="Further",
        kind="count",
        cell=lambda step: cells.count(step.figure),
    ),
)


def rows_of(scored: ActivitySet) -> tuple[DataRow[Activity], ...]:
    """The activities of a set."""
    return tuple(DataRow(one.measure_id, one.measure_id, one) for one in scored.activities)


def step_rows(score: ActivitiesScore, scored: ActivitySet | None) -> tuple[DataRow[Step], ...]:
    """Points of the set; of the one that counts also the credit and the points of the category."""
    own = activities_set_points.of(points=()) if scored is None else scored.points
    steps = [("activities", Step("Activities", own))]
    if scored is None or scored is score.sets[0]:
        steps.append(("credit", Step("Automatic credit", score.credit)))
        steps.append(("points", Step(f"Points, of {MAXIMUM}", score.points)))
    return tuple(DataRow(id_, step.what, step) for id_, step in steps)


def activity_tables(
    score: ActivitiesScore,
    scored: ActivitySet | None,
    prefix: str,
    about: str,
    source: str,
    notes: tuple[str, ...],
) -> Iterator[TablePlan[Any]]:
    """The tables of one set for the portal; with `None` those of automatic credit alone."""
    if scored is not None and scored.activities:
        yield TablePlan(
            id=f"{prefix}-ACTIVITIES",
            title="Activities",
            short="Activities",
            about=about,
            columns=COLUMNS,
            rows=rows_of(scored),
            source=source,
            notes=(*notes, *scored.warnings),
        )
    yield TablePlan(
        id=f"{prefix}-SUM",
        title="Points",
        short="Activity points",
        about=about,
        columns=IN_WHOLE_POINTS,
        rows=step_rows(score, scored),
        source=source,
        notes=() if scored is not None else notes,
    )


def needed_table(
    score: ActivitiesScore, *, special_status: bool, final: bool, about: str, source: str
) -> TablePlan[Any] | None:
    """How many more activities of either weight fill the category; None: it is full (M-IA-09)."""
    points = score.points.value
    if points >= MAXIMUM:
        return None
    rows = [
        DataRow(
            weight,
            f"{weight} activities",
            Step(
                weight,
                further_activities_of(
                    points=points, points_of_one=points_of_weight(weight, special_status=special_status)
                ),
            ),
        )
        for weight in ("medium", "high")
    ]
    return TablePlan(
        id="IA-NEEDED",
        title="What would have filled the category" if final else "What would fill the category",
        short="What would fill the category",
        about=about,
        columns=_NEEDED,
        rows=tuple(rows),
        source=source,
        notes=("Activities of one weight alone; each row stands for itself.",),
    )
