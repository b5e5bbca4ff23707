"""Cost: computed from claims after the window, lower is better (mips-scoring section 10)."""

from decimal import Decimal
from fractions import Fraction
from typing import Final

from msgspec import Struct

from mock_server.reference.mips.benchmarks import Benchmark
from mock_server.scoring.computed import Computed, formula
from mock_server.scoring.mips.case import Case
from mock_server.scoring.mips.profile import CostResult
from mock_server.scoring.mips.quality.deciles import NO_DECILE, DecilePoints, place, reached
from mock_server.scoring.mips.rounding import ZERO

MEASURE_POINTS: Final = 10
_TOP_DECILE: Final = 10
_METHOD: Final = "administrativeClaims"


@formula(
    "mips.cost_points",
    "decile + R4((start of the decile - value) / (start of the decile - start of the next)); 10 in "
    "decile 10; 1 above the first bound",
    "M-COST-03",
    "M-COST-04",
)
def cost_points(*, value: Decimal, bounds: tuple[Decimal, ...], first_decile: int) -> DecilePoints:
    """Points of a cost measure; `bounds` start at `first_decile` and fall."""
    starts = bounds[: _TOP_DECILE + 1 - first_decile]
    index = reached(value, starts, ascending=False, first=0)
    if index is None:
        return DecilePoints(NO_DECILE, ZERO, ZERO, Decimal(1))
    return place(value, starts, index, first_decile + index)


@formula("mips.enough_cases", "cases >= minimum", "M-COST-02")
def enough_cases(*, cases: int, minimum: int) -> bool:
    """Whether a cost measure is scored."""
    return cases >= minimum


@formula("mips.cost_percent", "100 * sum of points / (10 * measures)", "M-COST-05")
def cost_percent(*, points: tuple[tuple[str, Decimal], ...]) -> Fraction:
    """Percent of the category; at least one measure."""
    total = sum((earned for _, earned in points), ZERO)
    return Fraction(100 * total) / (MEASURE_POINTS * len(points))


class CostMeasureScore(Struct, frozen=True, kw_only=True):
    """One cost measure."""

    result: CostResult
    title: str
    benchmark: Benchmark | None
    enough_cases: Computed[bool]
    decile: Computed[DecilePoints] | None
    """`None`: not scored."""


class CostScore(Struct, frozen=True, kw_only=True):
    """The category."""

    measures: tuple[CostMeasureScore, ...]
    percent: Computed[Fraction] | None
    """`None`: no measure could be scored (M-WGT-05)."""
    weighted: bool
    """False where the year shows it for information only."""


def score_cost(case: Case) -> CostScore:
    """Score the category; preliminary mode and the APM standard know none (M-WGT-05)."""
    measures: tuple[CostMeasureScore, ...] = ()
    if case.is_final and not case.under_apm_standard:
        results = sorted(case.profile.cost, key=lambda result: (result.measure_id, repr(result)))
        known = case.rules.cost.case_minimum
        measures = tuple(_score(case, result) for result in results if result.measure_id in known)
    points = tuple((m.result.measure_id, m.decile.value.points) for m in measures if m.decile is not None)
    return CostScore(
        measures=measures,
        percent=cost_percent.of(points=points) if points else None,
        weighted=case.rules.cost.weighted,
    )


def _score(case: Case, result: CostResult) -> CostMeasureScore:
    rules = case.rules.cost
    enough = enough_cases.of(cases=result.cases, minimum=rules.case_minimum[result.measure_id])
    row = case.usable_benchmark(result.measure_id, _METHOD)
    reference = case.reference.cost.get(result.measure_id)
    return CostMeasureScore(
        result=result,
        title=result.measure_id if reference is None else reference.title,
        benchmark=row,
        enough_cases=enough,
        decile=cost_points.of(value=result.value, bounds=row.deciles, first_decile=rules.first_decile)
        if enough.value and row is not None
        else None,
    )
