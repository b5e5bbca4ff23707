"""The metadata of the root (M-TREE-07) and of the categories."""

from typing import Any

from mock_server.scoring.mips.activities import MEDICAL_HOME, points_of_weight
from mock_server.scoring.mips.interoperability.record import has_90_days
from mock_server.scoring.mips.nodes.interoperability import bonuses_of
from mock_server.scoring.mips.result import Result
from mock_server.scoring.mips.rounding import ZERO, number, rounded
from mock_server.scoring.mips.rules import Slot

_NAMES: dict[Slot, str] = {"quality": "Quality", "pi": "PI", "ia": "IA", "cost": "Cost"}


def category_facts(result: Result, slot: Slot) -> dict[str, Any]:
    """The category before and after its weight, unrounded."""
    score = result.ia.points.value if slot == "ia" else number(result.percent(slot))
    return {"unroundedScoreValue": score, "unroundedWeightedValue": number(result.weighted(slot))}


def root_facts(result: Result) -> dict[str, Any]:
    """Everything that M-TREE-07 lists."""
    facts: dict[str, Any] = {
        "performanceYear": result.case.rules.year,
        "mode": result.case.mode,
        "maxTotalScore": 100,
        "maxScoreShown": result.shown_maximum,
        "unroundedScoreValue": number(result.total_score.value),
        "messages": {},
        **_categories(result),
        **_activities(result),
        **_quality(result),
        **_interoperability(result),
        **_presence(result),
    }
    if result.final_score is not None:
        facts["finalScore"] = result.final_score.value
        facts["payment"] = _payment(result)
    return facts


def _categories(result: Result) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for slot, name in _NAMES.items():
        score = result.ia.points.value if slot == "ia" else result.percent(slot)
        facts[f"maxContribution{name}"] = result.weight(slot)
        facts[f"{slot}CategoryScore"] = rounded(score, 4)
        facts[f"{slot}CategoryScoreUnrounded"] = score if isinstance(score, int) else number(score)
        facts[f"{slot}WeightedScore"] = rounded(result.weighted(slot), 4)
    if result.case.rules.pi_code == "aci":
        facts["maxContributionACI"] = facts["maxContributionPI"]
    return facts


def _activities(result: Result) -> dict[str, Any]:
    profile, credited = result.case.profile, result.ia.credit.value > 0
    special = profile.has_ia_special_status
    home = any(
        one.measure_id == MEDICAL_HOME and one.points.value
        for group in result.ia.sets
        for one in group.activities
    )
    standard = result.case.under_apm_standard
    return {
        "maxMediumContributionIA": points_of_weight("medium", special_status=special),
        "maxHighContributionIA": points_of_weight("high", special_status=special),
        "hasIAWeightStatus": "SPECIAL" if special else "NORMAL",
        "givenAPMParticipationCredit": credited and (standard or profile.apm_participant),
        "givenIACreditPCMH": home or (credited and profile.cms_known_pcmh),
        "givenIAStudyCredit": credited and profile.ia_study_participant,
    }


def _quality(result: Result) -> dict[str, Any]:
    picked, before = result.quality.picked, result.case.profile.prior_year
    improvement = None if picked is None else picked.improvement
    facts: dict[str, Any] = {
        "qualityImprovementBonus": ZERO if improvement is None else number(improvement.value),
        "previousYearQualityScore": None,
        "previousYearQualityNumerator": None,
        "previousYearQualityDenominator": None,
    }
    if before is not None:
        facts["previousYearQualityNumerator"] = before.quality_achievement_points
        facts["previousYearQualityDenominator"] = before.quality_denominator
        if before.quality_denominator > 0:
            score = 100 * before.quality_achievement_points / before.quality_denominator
            facts["previousYearQualityScore"] = rounded(score, 4)
    return facts


def _interoperability(result: Result) -> dict[str, Any]:
    picked = result.pi.picked
    year = result.case.rules.year
    return {
        "piObjectives": {} if picked is None else {part.name: part.points.value for part in picked.parts},
        "piBonuses": {} if picked is None else bonuses_of(picked),
        "hasMinimumPIPerformancePeriod": any(
            has_90_days(start=one.period[0], end=one.period[1], year=year) for one in result.pi.sets
        ),
    }


def _presence(result: Result) -> dict[str, Any]:
    picked = result.quality.picked
    activities = result.ia.sets[0].activities if result.ia.sets else ()
    apm = result.case.submission.entity_type == "apm" or result.case.under_apm_standard
    return {
        "hasQualityMeasures": any(s.entries for s in result.quality.sets),
        "hasPIMeasures": any(s.measures for s in result.pi.sets),
        "hasIAMeasures": any(s.activities for s in result.ia.sets),
        "hasCostMeasures": bool(result.cost.measures),
        "hasACRMeasure": picked is not None and picked.readmission is not None,
        "hasCAHPSMeasure": picked is not None and picked.survey is not None,
        "hasScorableQualityMeasures": picked is not None
        and any(entry.status == "PICKED" for entry in picked.entries),
        "hasScorablePIMeasures": result.pi.picked is not None and not result.pi.picked.missing,
        "hasScorableIAMeasures": any(one.points.value for one in activities),
        "hasScorableCostMeasures": result.cost.percent is not None,
        "hasIncompleteAPMWISubmission": apm and result.quality.held_back,
        "numberOfCategoriesHavingExternalMeasures": result.presence.count,
    }


def _payment(result: Result) -> dict[str, Any] | None:
    pay = result.payment
    if pay is None:
        return None
    return {
        "adjustment": pay.adjustment.value,
        "exceptional": pay.exceptional.value,
        "total": pay.total.value,
        "band": pay.band,
    }
