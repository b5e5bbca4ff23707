"""Quality measures that nobody submits: CAHPS survey and readmission (M-QUAL-30, M-QUAL-31)."""

from decimal import Decimal
from typing import Final

from mock_server.scoring.computed import formula
from mock_server.scoring.mips.case import Case
from mock_server.scoring.mips.quality.deciles import decile_points, higher_is_better
from mock_server.scoring.mips.quality.measure import (
    MAXIMUM_POINTS,
    MeasureScore,
    SurveyPart,
    end_to_end_of,
)
from mock_server.scoring.mips.rounding import ZERO, ratio

SURVEY: Final = "321"
READMISSION: Final = "458"
_SURVEY_VENDOR: Final = "certifiedSurveyVendor"
_CLAIMS: Final = "administrativeClaims"
_ACO_SURVEY: Final = "CAHPS_ACO_"
_READMISSION_CLINICIANS: Final = 16
_READMISSION_CASES: Final = 200
_SURVEY_TIER: Final = 2


@formula("mips.survey_points", "R4(mean of the points of the summary survey measures)", "M-QUAL-31")
def survey_points(*, points: tuple[tuple[str, Decimal], ...]) -> Decimal:
    """Points of the survey as one measure; `points` holds (measure id, points), at least one."""
    return ratio(sum((earned for _, earned in points), ZERO), len(points), 4)


@formula("mips.survey_bonus_eligible", "a scored survey always is", "M-QUAL-31", "M-QUAL-11")
def survey_bonus_eligible(*, scored: bool) -> bool:
    """Whether the survey may earn the high-priority bonus."""
    return scored


@formula("mips.readmission_points", "points of the decile, at least 3", "M-QUAL-30", "M-BM-11")
def readmission_points(*, decile_points: Decimal) -> Decimal:
    """Points of the readmission measure."""
    return decile_points


@formula("mips.readmission_bonus_eligible", "never: no bonus, and no outcome requirement met", "M-QUAL-30")
def readmission_bonus_eligible() -> bool:
    """Whether the readmission measure may earn a bonus."""
    return False


def score_survey(case: Case) -> MeasureScore | None:
    """The CAHPS survey as one measure; `None` where it does not count (M-QUAL-31)."""
    profile = case.profile
    may_count = case.is_final and case.submission.entity_type != "individual"
    if not (may_count and profile.cahps_registered and profile.cahps_sample_met and profile.cahps):
        return None
    parts = tuple(part for name in sorted(profile.cahps) if (part := _survey_part(case, name)) is not None)
    if not parts:
        return None
    return MeasureScore(
        measure_id=SURVEY,
        measure=case.reference.quality.get(SURVEY),
        method=_SURVEY_VENDOR,
        points=survey_points.of(points=tuple((part.measure_id, part.decile.value.points) for part in parts)),
        maximum=MAXIMUM_POINTS,
        tier=_SURVEY_TIER,
        complete=True,
        bonus_eligible=survey_bonus_eligible.of(scored=True),
        end_to_end=end_to_end_of(end_to_end=False, method=_SURVEY_VENDOR, is_ratio=False),
        survey=parts,
    )


def _survey_part(case: Case, name: str) -> SurveyPart | None:
    """One summary survey measure; `None` with too few answers or without benchmark."""
    given = (case.profile.cahps or {})[name]
    row = case.usable_benchmark(name, _SURVEY_VENDOR)
    if given.is_below_minimum or row is None:
        return None
    measure = case.reference.quality.get(name)
    ascending = higher_is_better(deciles=row.deciles, is_inverse=measure is not None and measure.is_inverse)
    return SurveyPart(
        measure_id=name,
        decile=decile_points.of(
            rate=given.score,
            deciles=row.deciles,
            ascending=ascending,
            from_30th_percentile=name.startswith(_ACO_SURVEY),
        ),
    )


def score_readmission(case: Case, *, has_quality_data: bool) -> MeasureScore | None:
    """The readmission measure; `None` where it is ignored (M-QUAL-30, M-APM-03)."""
    acr = case.profile.acr
    is_group = case.submission.entity_type in ("group", "virtualGroup") and not case.under_apm_standard
    if acr is None or not (case.is_final and is_group and has_quality_data):
        return None
    large = (case.profile.clinician_count or 0) >= _READMISSION_CLINICIANS
    row = case.usable_benchmark(READMISSION, _CLAIMS)
    if not large or acr.cases < _READMISSION_CASES or row is None:
        return None
    ascending = higher_is_better(deciles=row.deciles, is_inverse=True)
    decile = decile_points.of(
        rate=acr.rate, deciles=row.deciles, ascending=ascending, from_30th_percentile=False
    )
    return MeasureScore(
        measure_id=READMISSION,
        measure=case.reference.quality.get(READMISSION),
        method=_CLAIMS,
        points=readmission_points.of(decile_points=decile.value.points),
        maximum=MAXIMUM_POINTS,
        tier=0,
        complete=True,
        bonus_eligible=readmission_bonus_eligible.of(),
        end_to_end=end_to_end_of(end_to_end=False, method=_CLAIMS, is_ratio=False),
        survey=(SurveyPart(measure_id=READMISSION, decile=decile),),
    )
