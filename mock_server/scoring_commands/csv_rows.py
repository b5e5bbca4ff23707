"""Scores as comma separated values: every figure of one submission, or one row for each of many.

Guarded and quoted like every other CSV file of the program (SR-OUT-01); figures without unit or separator.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from client.messages.score import Refusal, ScoreResult
from mock_server.exports.csv_files import guarded, records
from mock_server.reports.mips.measures import all_entries, place_of, why
from mock_server.reports.mips.words import SHOWN_ORDER, reported
from mock_server.scoring.mips.interoperability.record import PiMeasureScore
from mock_server.scoring.mips.nodes.root import code_of
from mock_server.scoring.mips.quality.deciles import NO_DECILE
from mock_server.scoring.mips.quality.picking import Entry
from mock_server.scoring.mips.result import Result
from mock_server.scoring.mips.rounding import rounded
from mock_server.scoring_commands.quality_tables import contribution

FIGURES: Final = (
    "level",
    "category",
    "set",
    "id",
    "title",
    "value",
    "maximum",
    "weight",
    "contribution",
    "rate",
    "reporting_rate",
    "cases",
    "decile",
    "bonus",
    "status",
    "why",
)
"""Columns of one score. `value`: percent of a category (points of `ia`), points of a measure."""
_NUMBERS: Final = frozenset(
    (
        "value",
        "maximum",
        "weight",
        "contribution",
        "rate",
        "reporting_rate",
        "cases",
        "decile",
        "bonus",
    )
)

Row = dict[str, str]


def figures_csv(result: Result) -> str:
    """One row for the total, each category, each measure."""
    rows = [[row.get(name, "") for name in FIGURES] for row in _rows(result)]
    return records([FIGURES, *rows]).decode()


def _number(value: object) -> str:
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def _row(**cells: Decimal | int | str | None) -> Row:
    """A row whose texts cannot be taken for formulas."""
    return {
        name: guarded(value) if isinstance(value, str) and name not in _NUMBERS else _text(value)
        for name, value in cells.items()
    }


def _text(value: Decimal | int | str | None) -> str:
    return value if isinstance(value, str) else _number(value)


def _rows(result: Result) -> Iterator[Row]:
    total = rounded(result.total_score.value, 4)
    yield _row(level="total", id="total", value=total, maximum=100, contribution=total)
    if result.final_score is not None:
        yield _row(level="total", id="finalScore", value=result.final_score.value, maximum=100)
    if result.payment is not None:
        yield _row(level="total", id="payment", value=result.payment.total.value)
    for slot in SHOWN_ORDER:
        score = result.ia.points.value if slot == "ia" else rounded(result.percent(slot), 4)
        code = code_of(result, slot)
        yield _row(
            level="category",
            category=code,
            id=code,
            value=score,
            maximum=40 if slot == "ia" else 100,
            weight=result.weight(slot),
            contribution=rounded(result.weighted(slot), 4),
        )
    for bonus in result.bonuses:
        points = rounded(bonus.points.value, 4)
        yield _row(level="bonus", id=bonus.name, title=bonus.title, value=points, contribution=points)
    yield from _quality(result)
    yield from _interoperability(result)
    yield from _activities(result)
    yield from _cost(result)


def _quality(result: Result) -> Iterator[Row]:
    for scored in result.quality.sets:
        for entry in all_entries(scored):
            yield _quality_row(entry, scored.method)


def _quality_row(entry: Entry, method: str) -> Row:
    score = entry.score
    rates = None if score.evidence is None else score.evidence.rates
    place = place_of(score)
    return _row(
        level="measure",
        category="quality",
        set=method,
        id=score.measure_id,
        title="" if score.measure is None else score.measure.title,
        value=score.points.value,
        maximum=score.maximum,
        contribution=contribution(entry),
        rate=None if rates is None else rates.performance.value,
        reporting_rate=None if rates is None else rates.reporting.value,
        cases=None if rates is None else rates.cases.value,
        decile=None if place is None or place.decile == NO_DECILE else place.decile,
        bonus=entry.own_bonus,
        status=entry.status,
        why=why(entry),
    )


def _interoperability(result: Result) -> Iterator[Row]:
    code = result.case.rules.pi_code
    for scored in result.pi.sets:
        method = ", ".join(dict.fromkeys(source.method for source in scored.sources))
        for one in scored.measures:
            reference = result.case.reference.pi.get(one.measure_id)
            yield _row(
                level="measure",
                category=code,
                set=method,
                id=one.measure_id,
                title="" if reference is None else reference.title,
                value=_points(one),
                maximum=None if one.points is None else one.maximum,
                contribution=_points(one),
                status=one.status,
                why=f"reported {reported(one)}",
            )
        for missing in scored.missing:
            yield _row(level="missing", category=code, set=method, why=missing)


def _points(one: PiMeasureScore) -> int | None:
    return None if one.points is None else one.points.value


def _activities(result: Result) -> Iterator[Row]:
    for scored in result.ia.sets:
        for one in scored.activities:
            yield _row(
                level="measure",
                category="ia",
                set=scored.method,
                id=one.measure_id,
                title=one.title,
                value=one.points.value,
                contribution=one.points.value,
                status=one.status,
                why=one.weight or "",
            )


def _cost(result: Result) -> Iterator[Row]:
    for one in result.cost.measures:
        place = None if one.decile is None else one.decile.value
        points = None if place is None else place.points
        yield _row(
            level="measure",
            category="cost",
            set="administrativeClaims",
            id=one.result.measure_id,
            title=one.title,
            value=points,
            maximum=10,
            contribution=points,
            rate=one.result.value,
            cases=one.result.cases,
            decile=None if place is None or place.decile == NO_DECILE else place.decile,
            status="SKIPPED" if place is None else "PICKED",
        )


LINE: Final = (
    "source",
    "performance_year",
    "entity_type",
    "entity",
    "mode",
    "total",
    "maximum",
    "final_score",
    "payment",
    *(f"{slot}_{figure}" for slot in SHOWN_ORDER for figure in ("percent", "weight", "contribution")),
    "problem",
)
"""Columns of a row for one submission of many."""


def heading_csv() -> str:
    """The first row of many."""
    return records([LINE]).decode()


def line_csv(source: str, outcome: ScoreResult | Refusal) -> str:
    """The row of one submission of many."""
    if isinstance(outcome, Refusal):
        cells: Sequence[str] = [guarded(source), *[""] * (len(LINE) - 2), guarded(outcome.message)]
        return records([cells]).decode()
    return records([[guarded(source), *_line(outcome), ""]]).decode()


def _line(one: ScoreResult) -> Iterator[str]:
    yield from (str(one.performance_year), one.entity_type, guarded(one.entity), one.mode)
    yield from map(_number, (one.total, one.maximum, one.final_score, one.payment))
    for category in one.categories:
        yield from map(_number, (category.percent, category.weight, category.contribution))
