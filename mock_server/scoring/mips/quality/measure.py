"""The score of one quality measure, before anyone asks whether it is picked (mips-scoring 3.2 to 3.4).

Survey and readmission measures have the same shape with other evidence: what the rules on sets ask of a
measure is the same for all.
"""

from decimal import Decimal
from typing import Final

from msgspec import Struct

from mock_server.reference.mips.benchmarks import Benchmark
from mock_server.reference.mips.measures import QualityMeasure
from mock_server.scoring.computed import Computed, formula
from mock_server.scoring.mips.case import Case
from mock_server.scoring.mips.quality.classes import CASE_MINIMUM, ClassRow, measure_class
from mock_server.scoring.mips.quality.deciles import DecilePoints, decile_points, higher_is_better
from mock_server.scoring.mips.quality.rates import Rates, rates_of
from mock_server.scoring.mips.remembered import remembered
from mock_server.scoring.mips.rounding import HUNDRED, ZERO
from mock_server.scoring.mips.rules import SevenPointCap
from mock_server.scoring.mips.submission import MeasurementSet, Method, NonProportion, QualityValue

CAPPED_POINTS: Final = 7
MAXIMUM_POINTS: Final = 10
END_TO_END_METHODS: Final = frozenset(("registry", "electronicHealthRecord", "cmsWebInterface"))

_OUTCOMES: Final = frozenset(
    ("outcome", "intermediateOutcome", "patientReportedOutcome", "intermediateOutcomeAndProcess")
)


class Evidence(Struct, frozen=True):
    """What a measure that was counted rests on."""

    value: QualityValue
    source: MeasurementSet
    rates: Rates
    benchmark: Benchmark | None
    """The usable row, which may be another method's (M-BM-02)."""
    higher_is_better: Computed[bool] | None
    """`None` without a benchmark."""
    measure_class: Computed[ClassRow] | None
    """`None` in the Web Interface."""
    decile: Computed[DecilePoints] | None
    """`None` where the points do not come from a benchmark."""


class SurveyPart(Struct, frozen=True):
    """One summary survey measure that entered the mean (M-QUAL-31)."""

    measure_id: str
    decile: Computed[DecilePoints]


class MeasureScore(Struct, frozen=True):
    """A measure with its points and what decides about its bonus and its place."""

    measure_id: str
    measure: QualityMeasure | None
    """`None` only if the reference data of the year lack a measure that the rules know."""
    method: Method
    points: Computed[Decimal]
    """0 to 10 after floor and cap."""
    maximum: int
    """10, or 7 where the cap applies."""
    tier: int
    """0 to 3 (M-QUAL-02)."""
    complete: bool
    """Data completeness met."""
    bonus_eligible: Computed[bool]
    end_to_end: Computed[int]
    evidence: Evidence | None = None
    """`None` for survey and readmission measures."""
    survey: tuple[SurveyPart, ...] = ()
    suppressed: bool = False
    """A changed guideline took its points away (M-QUAL-33)."""
    counted: bool = True
    """False for a Web Interface measure outside numerator and denominator (M-WI-03)."""

    @property
    def is_high_priority(self) -> bool:
        """Whether it can satisfy the outcome requirement."""
        return self.tier > 0

    @property
    def high_priority_points(self) -> int:
        """The bonus if it is not the required measure (M-QUAL-13)."""
        if not self.bonus_eligible.value:
            return 0
        return 1 if self.tier == 1 else 2

    @property
    def own_bonus(self) -> int:
        """Both bonuses before any cap."""
        return self.high_priority_points + self.end_to_end.value


def tier_of(measure: QualityMeasure | None) -> int:
    """0 to 3, the higher the nearer to an outcome (M-QUAL-02)."""
    if measure is None or not measure.is_high_priority:
        return 0
    if measure.measure_type in _OUTCOMES:
        return 3
    return 2 if measure.measure_type == "patientEngagementExperience" else 1


@formula(
    "mips.achievement_points",
    "0 if a guideline changed; else the class's points, or those of the decile, at most 7 where capped",
    "M-BM-09",
    "M-QUAL-33",
)
def achievement_points(
    *, class_points: int | None, decile_points: Decimal | None, capped: bool, guideline_changed: bool
) -> Decimal:
    """Points of a measure; exactly one of the first two is given."""
    if guideline_changed:
        return ZERO
    points = Decimal(class_points or 0) if decile_points is None else decile_points
    return min(points, Decimal(CAPPED_POINTS)) if capped else points


@formula(
    "mips.bonus_eligible",
    "high priority, complete, 20 cases, and a rate above 0 (below 100 where lower is better); a "
    "non-proportion measure needs no such rate",
    "M-QUAL-11",
)
def bonus_eligible(
    *,
    high_priority: bool,
    complete: bool,
    enough_cases: bool,
    rate: Decimal | None,
    higher_is_better: bool,
    is_ratio: bool,
) -> bool:
    """Whether the measure may earn the high-priority bonus."""
    if not (high_priority and complete and enough_cases) or rate is None:
        return False
    return is_ratio or (rate > ZERO if higher_is_better else rate < HUNDRED)


@formula(
    "mips.end_to_end_points",
    "1 if reported end to end by registry, EHR or Web Interface, except non-proportion measures",
    "M-QUAL-14",
)
def end_to_end_points(*, end_to_end: bool, method: str, is_ratio: bool) -> int:
    """Bonus for electronic reporting from record to submission."""
    return int(end_to_end and not is_ratio and method in END_TO_END_METHODS)


class_of: Final = remembered(measure_class)
end_to_end_of: Final = remembered(end_to_end_points)


def benchmark_for(case: Case, measure_id: str, method: Method, *, end_to_end: bool) -> Benchmark | None:
    """The row that a measurement is compared with (M-BM-01, M-BM-02)."""
    if case.rules.quality.ehr_benchmark_end_to_end and end_to_end and method == "registry":
        row = case.usable_benchmark(measure_id, "electronicHealthRecord")
        if row is not None:
            return row
    return case.usable_benchmark(measure_id, method)


def is_capped(cap: SevenPointCap, measure: QualityMeasure, row: Benchmark | None) -> bool:
    """Whether at most seven points can be earned (M-BM-09)."""
    if cap is SevenPointCap.MEASURE:
        return measure.is_topped_out_by_program
    return cap is SevenPointCap.BENCHMARK and row is not None and row.is_topped_out_by_program is True


def score_measure(
    case: Case, source: MeasurementSet, measure: QualityMeasure, value: QualityValue
) -> MeasureScore:
    """Score a measurement of a registry, EHR or claims set."""
    rules = case.rules.quality
    rates = rates_of(value, measure, case.given_rates.get(measure.measure_id))
    complete = rates.reporting.value >= rules.completeness_percent
    row = benchmark_for(case, measure.measure_id, source.method, end_to_end=value.is_end_to_end_reported)
    label = class_of(
        year=case.rules.year,
        complete=complete,
        enough_cases=rates.cases.value >= CASE_MINIMUM,
        has_benchmark=row is not None,
        has_rate=rates.performance.value is not None,
        small_practice=case.profile.small_practice,
        is_ratio=isinstance(value, NonProportion),
    )
    suppressed = rules.guideline_changes_count and case.is_final and measure.is_clinical_guideline_changed
    return rated(
        case,
        source,
        measure,
        value,
        rates=rates,
        row=row,
        complete=complete,
        label=label,
        class_points=label.value.points,
        suppressed=suppressed,
    )


def rated(
    case: Case,
    source: MeasurementSet,
    measure: QualityMeasure,
    value: QualityValue,
    *,
    rates: Rates,
    row: Benchmark | None,
    complete: bool,
    label: Computed[ClassRow] | None,
    class_points: int | None,
    suppressed: bool = False,
    counted: bool = True,
    from_30th_percentile: bool = False,
) -> MeasureScore:
    """Points and bonuses; `class_points` is `None` where the benchmark decides, which then has to exist."""
    direction = decile = None
    rate = rates.performance.value
    if row is not None:
        direction = higher_is_better.of(deciles=row.deciles, is_inverse=measure.is_inverse)
        if class_points is None and rate is not None:
            decile = decile_points.of(
                rate=rate,
                deciles=row.deciles,
                ascending=direction.value,
                from_30th_percentile=from_30th_percentile,
            )
    capped = is_capped(case.rules.quality.cap, measure, row)
    is_ratio = isinstance(value, NonProportion)
    tier = tier_of(measure)
    return MeasureScore(
        measure_id=measure.measure_id,
        measure=measure,
        method=source.method,
        points=achievement_points.of(
            class_points=class_points,
            decile_points=None if decile is None else decile.value.points,
            capped=capped,
            guideline_changed=suppressed,
        ),
        maximum=CAPPED_POINTS if capped else MAXIMUM_POINTS,
        tier=tier,
        complete=complete,
        bonus_eligible=bonus_eligible.of(
            high_priority=tier > 0,
            complete=complete,
            enough_cases=rates.cases.value >= CASE_MINIMUM,
            rate=rate,
            higher_is_better=not measure.is_inverse if direction is None else direction.value,
            is_ratio=is_ratio,
        ),
        end_to_end=end_to_end_of(
            end_to_end=value.is_end_to_end_reported, method=source.method, is_ratio=is_ratio
        ),
        evidence=Evidence(
            value=value,
            source=source,
            rates=rates,
            benchmark=row,
            higher_is_better=direction,
            measure_class=label,
            decile=decile,
        ),
        suppressed=suppressed,
        counted=counted,
    )
