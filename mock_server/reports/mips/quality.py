"""Quality as tables: the measures by what counts, the survey, the sum."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from client.messages.report import Count
from mock_server.reports.document import Column, DataRow, TablePlan
from mock_server.reports.mips import cells
from mock_server.reports.mips.measures import Line, all_entries, columns, rows_of
from mock_server.reports.mips.steps import IN_POINTS, Step
from mock_server.reports.sourced import NOT_APPLICABLE, computed
from mock_server.scoring.mips.nodes.quality import applicability_text
from mock_server.scoring.mips.nodes.quality_measure import Group, group_of
from mock_server.scoring.mips.quality.deciles import NO_DECILE
from mock_server.scoring.mips.quality.measure import SurveyPart
from mock_server.scoring.mips.quality.measurement_set import QualitySet
from mock_server.scoring.mips.rules import YearRules


def sum_rows(scored: QualitySet) -> tuple[DataRow[Step], ...]:
    """The steps from the measures' points to the percent of the set."""
    steps = [
        ("achievement", Step("Points of the measures that count", scored.total_decile_score)),
        ("high_priority", Step("High-priority bonus, capped", scored.high_priority_bonus)),
        ("end_to_end", Step("End-to-end bonus, capped", scored.end_to_end_bonus)),
    ]
    if scored.small_practice_bonus.value:
        steps.append(("small_practice", Step("Small practice bonus", scored.small_practice_bonus)))
    steps.append(("denominator", Step("Points that can be earned", scored.denominator)))
    if scored.improvement is not None:
        steps.append(("improvement", Step("Improvement over last year, percent", scored.improvement)))
    steps.append(("percent", Step("Percent", scored.percent)))
    return tuple(DataRow(id_, step.what, step) for id_, step in steps)


def sum_notes(scored: QualitySet) -> tuple[str, ...]:
    """What the set lacks, and whether fewer measures were expected of it (M-EMA-09, N-QPP-21)."""
    missing = f"Not reported, counted with 0 points: {', '.join(scored.missing)}" if scored.missing else ""
    return tuple(f"{text}." for text in (missing, applicability_text(scored)) if text)


_SHOWN: Final = (
    "measure",
    "title",
    "collection",
    "rate",
    "reported",
    "cases",
    "decile",
    "points",
    "of",
    "high_priority",
    "end_to_end",
    "score",
    "why",
)
_HEADINGS: Final = {"rate": "Performance rate", "reported": "Data completeness"}
_GROUPS: Final[tuple[tuple[Group, str, str, str], ...]] = (
    ("counts", "COUNTS", "Measures that count", "Measures that count"),
    ("bonusOnly", "BONUS", "Measures that bring only their bonus points", "Bonus points only"),
    ("nothing", "NOTHING", "Measures that do not count", "Measures that do not count"),
)
"""M-TREE-08: group, end of the table id, title, short title."""
_FOOTNOTES: Final = {
    "1": "Before the caps of the set: either bonus is limited to a tenth of the points that can be earned.",
    "2": "Points and bonus of a measure that counts. A measure that does not count shows 0.00; "
    "its bonus, if any, is added on its own.",
}


def _report_columns() -> tuple[Column[Line], ...]:
    found = columns(NOT_APPLICABLE)
    return tuple(_renamed(found[id_]) for id_ in _SHOWN)


def _renamed(column: Column[Line]) -> Column[Line]:
    return replace(column, heading=_HEADINGS.get(column.id, column.heading))


_REPORT_COLUMNS: Final = _report_columns()

_SURVEY: Final[tuple[Column[SurveyPart], ...]] = (
    Column(
        id="measure",
        heading="Measure",
        short="Measure",
        kind="identifier",
        cell=lambda part: cells.name(part.measure_id),
    ),
    Column(
        id="decile",
        heading="Decile",
        short="Decile",
        kind="count",
        cell=lambda part: (
            NOT_APPLICABLE
            if part.decile.value.decile == NO_DECILE
            else computed(part.decile, lambda place: Count(place.decile))
        ),
    ),
    Column(
        id="points",
        heading="Points",
        short="Points",
        kind="points",
        cell=lambda part: cells.points_of_place(part.decile),
    ),
)


def quality_tables(
    scored: QualitySet, rules: YearRules, prefix: str, about: str, source: str, notes: tuple[str, ...]
) -> Iterator[TablePlan[Any]]:
    """The tables of one set for the portal: the groups that have measures, the survey, the sum."""
    entries = all_entries(scored)
    for group, end, title, short in _GROUPS:
        own = [entry for entry in entries if group_of(entry) == group]
        if own:
            yield TablePlan(
                id=f"{prefix}-{end}",
                title=title,
                short=short,
                about=about,
                columns=_REPORT_COLUMNS,
                rows=rows_of(own, rules),
                source=source,
                footnotes=_FOOTNOTES,
                notes=notes,
            )
            notes = ()  # said once, under the first table
    if scored.survey is not None:
        yield TablePlan(
            id=f"{prefix}-SURVEY",
            title="CAHPS for MIPS: the measures of the survey",
            short="CAHPS survey measures",
            about=about,
            columns=_SURVEY,
            rows=tuple(DataRow(p.measure_id, f"measure {p.measure_id}", p) for p in scored.survey.survey),
            source=source,
            notes=("The mean of their points is the score of measure 321.",),
        )
    yield TablePlan(
        id=f"{prefix}-SUM",
        title="From points to percent",
        short="Quality: points to percent",
        about=about,
        columns=IN_POINTS,
        rows=sum_rows(scored),
        source=source,
        notes=sum_notes(scored),
    )
