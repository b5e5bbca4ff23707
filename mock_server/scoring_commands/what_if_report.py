"""A what-if as a report and as rows: measures below their maximum and what is missing, best gains first."""

from decimal import Decimal
from typing import Final

from client.messages.report import Blank, Cell, Count, Fact, Report, ReportTable
from mock_server.exports.csv_files import guarded, records
from mock_server.intake.qpp_json import Record
from mock_server.reports.mips.words import ENTITIES, METHODS, NAMES
from mock_server.scoring.mips.what_if import MeasureGain, Missing, Step, WhatIf, what_if
from mock_server.scoring.mips.years import RULES
from mock_server.scoring_commands.cells import column, name, points, table, words
from mock_server.scoring_commands.result_line import entity_of
from mock_server.scoring_commands.score_report import section

_CASE: Final = "One more case"
_NEXT: Final = "Next decile or point"
_GAINS: Final = [
    column("measure", "Measure", "identifier"),
    column("now", "Points now", "points"),
    column("of", "Of", "count"),
    column("case_points", "Points", "points", "Case: points", span=_CASE),
    column("case_score", "Score", "points", "Case: score", span=_CASE),
    column("next_cases", "Cases", "count", "Next: cases", span=_NEXT),
    column("next_points", "Points", "points", "Next: points", span=_NEXT),
    column("next_score", "Score", "points", "Next: score", span=_NEXT),
]
_MEANS: Final = [
    column("measure", "Measure", "identifier"),
    column("title", "Title", "text"),
    column("case", _CASE, "text", "Case"),
    column("next", _NEXT, "text", "Next"),
]
_MISSING: Final = [
    column("category", "Category", "text"),
    column("what", "What", "text"),
    column("gains", "Gains", "text"),
    column("score", "Score", "points"),
]
_NOTES: Final = [
    "Every gain is the difference of two scores: picking, caps and bonuses are in it. A gain of 0 means that "
    "another measure counts, a cap is reached, or that one case does not move the points."
]


def computed(record: Record) -> WhatIf:
    """The what-if of a record."""
    return what_if(record.submission, record.profile, record.mode, record.overrides)


def what_if_report(record: Record) -> Report:
    """The whole what-if as a document."""
    found = computed(record)
    submission = record.submission
    year = submission.performance_year
    tables = [*_measure_tables(found), *_missing_table(found, RULES[year].pi_code)]
    return Report(
        id="what-if",
        catalogue_id=f"WHAT-IF-MIPS-{year}",
        title=f"What would earn more, performance year {year}",
        year=year,
        synthetic=False,
        facts=[
            Fact(label=ENTITIES[submission.entity_type], value=entity_of(submission)),
            Fact(label="Mode", value=record.mode),
            Fact(label="Score", value=f"{found.total}"),
        ],
        cautions=[] if tables else ["Nothing that was submitted could earn more, and nothing is missing."],
        sections=[section("WHAT-IF", "Gains", tables)],
    )


def _measure_tables(found: WhatIf) -> list[ReportTable]:
    if not found.measures:
        return []
    return [
        table(
            "GAINS", "Measures below their maximum", _GAINS, [_gains(one) for one in found.measures], _NOTES
        ),
        table("MEANS", "What it takes", _MEANS, [_means(one) for one in found.measures]),
    ]


def _gains(one: MeasureGain) -> list[Cell]:
    case, level = one.one_case, one.next_level
    return [
        name(one.measure_id),
        points(one.points),
        Count(one.maximum),
        *_step(case),
        Blank() if level is None or level.cases is None else Count(level.cases),
        *_step(level),
    ]


def _step(step: Step | None) -> list[Cell]:
    return [Blank(), Blank()] if step is None else [points(step.points), points(step.score)]


def _means(one: MeasureGain) -> list[Cell]:
    return [
        name(one.measure_id),
        words(one.title),
        words("" if one.one_case is None else one.one_case.what),
        words(one.note if one.next_level is None else one.next_level.what),
    ]


def _missing_table(found: WhatIf, pi_code: str) -> list[ReportTable]:
    rows: list[list[Cell]] = [
        [
            words(NAMES[pi_code if one.category == "pi" else one.category]),
            words(one.what),
            words(one.exactness),
            points(one.score),
        ]
        for one in found.missing
    ]
    return [table("MISSING", "What is missing", _MISSING, rows)] if rows else []


_COLUMNS: Final = ("category", "id", "method", "points", "maximum", "change", "what", "cases",
                   "points_gained", "score_gained", "exactness")  # fmt: skip


def what_if_csv(record: Record) -> str:
    """A row for each step of each measure, and for each thing that is missing."""
    found = computed(record)
    rows = [row for one in found.measures for row in _measure_rows(one)]
    rows += [_missing_row(one) for one in found.missing]
    return records([_COLUMNS, *rows]).decode()


def _measure_rows(one: MeasureGain) -> list[list[str]]:
    steps = (("one_case", one.one_case), ("next_level", one.next_level))
    fixed = [one.category, guarded(one.measure_id), METHODS[one.method], _text(one.points), str(one.maximum)]
    return [
        [
            *fixed,
            change,
            guarded(step.what),
            "" if step.cases is None else str(step.cases),
            _text(step.points),
            _text(step.score),
            "exactly",
        ]
        for change, step in steps
        if step is not None
    ]


def _missing_row(one: Missing) -> list[str]:
    return [
        one.category,
        "",
        "",
        "",
        "",
        "missing",
        guarded(one.what),
        "",
        "",
        _text(one.score),
        one.exactness,
    ]


def _text(value: Decimal) -> str:
    return f"{value:f}"
