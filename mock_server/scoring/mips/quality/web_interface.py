"""Measures of a CMS Web Interface set (mips-scoring section 5).

No classes here: a measure counts with its benchmark points, counts with 0 because its data are incomplete, or
leaves numerator and denominator alone because nothing can be said about it.
"""

from collections.abc import Sequence

from mock_server.reference.mips.measures import QualityMeasure
from mock_server.scoring.mips.case import Case
from mock_server.scoring.mips.quality.classes import CASE_MINIMUM
from mock_server.scoring.mips.quality.measure import MeasureScore, rated
from mock_server.scoring.mips.quality.rates import rates_of
from mock_server.scoring.mips.submission import MeasurementSet, QualityValue


def is_held_back(case: Case, source: MeasurementSet) -> bool:
    """Whether the set contributes nothing yet: the window is open and the work unfinished (M-WI-01)."""
    return source.method == "cmsWebInterface" and not case.is_final and not case.profile.wi_complete


def score_wi_measure(
    case: Case, source: MeasurementSet, measure: QualityMeasure, value: QualityValue
) -> MeasureScore:
    """Score a measurement of a Web Interface set (M-WI-03, M-WI-04)."""
    rates = rates_of(value, measure, case.given_rates.get(measure.measure_id))
    row = case.usable_benchmark(measure.measure_id, source.method)
    complete = case.profile.wi_measure_complete.get(measure.measure_id, True)
    suppressed = (
        case.rules.quality.guideline_changes_count and case.is_final and measure.is_clinical_guideline_changed
    )
    scorable = (
        row is not None
        and not suppressed
        and rates.performance.value is not None
        and rates.cases.value >= CASE_MINIMUM
    )
    return rated(
        case,
        source,
        measure,
        value,
        rates=rates,
        row=row,
        complete=complete,
        label=None,
        class_points=None if complete and scorable else 0,
        suppressed=suppressed,
        counted=scorable or not complete,
        from_30th_percentile=True,
    )


def missing_measures(case: Case, scored: Sequence[MeasureScore]) -> tuple[str, ...]:
    """Measures of the year that the set lacks: 0 points, 10 in the denominator (M-WI-03)."""
    return tuple(sorted(case.rules.quality.wi_measures - {score.measure_id for score in scored}))
