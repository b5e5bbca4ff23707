"""Scoring records: a submission with its profile, mode and what-if parts; what is wrong in them, by path."""

from decimal import Decimal
from typing import Any

import pytest

from mock_server.intake.qpp_json import InvalidSubmission, read_record, read_submission
from mock_server.scoring.mips.profile import (
    Circumstances,
    CostResult,
    Facility,
    PiParticipant,
    PriorQuality,
    Profile,
    Readmission,
    Settings,
    SurveyScore,
)
from tests.mock_server.intake.qpp_json.documents import EARLIER, GROUP, changed, encoded

FULL_PROFILE: dict[str, Any] = {
    "smallPractice": True, "rural": True, "hpsa": True, "nonPatientFacing": True, "clinicianCount": 30,
    "hospitalBased": True, "ascBased": True, "piReweightClinicianType": True, "piHardshipApproved": True,
    "euc": {"quality": True, "pi": True, "ia": True, "cost": True},
    "apmParticipant": True, "iaStudyParticipant": True, "cmsKnownPcmh": True,
    "mipsApm": "ssp", "scoredUnderApmStandard": True, "wiRegistered": True, "wiComplete": True,
    "cahpsRegistered": True, "cahpsSampleMet": False, "wiMeasureComplete": {"110": False},
    "claimsEligibleInstances": {"130": 12}, "acr": {"rate": 14.55, "cases": 250},
    "cahps": {"CAHPS_1": {"score": 86, "isBelowMinimum": True}},
    "cost": [{"measureId": "TPCC_1", "value": 9000.5, "cases": 60}],
    "apmPiParticipants": [{"percent": None, "clinicians": 3, "reweighted": True}, {"percent": 80}],
    "voluntary": True, "hccAverage": 1.42, "dualRatio": 0.12,
    "priorYear": {"qualityAchievementPoints": 31.5, "qualityDenominator": 60},
    "facility": {"qualityPercent": 55.5, "costPercent": 70},
    "settings": {"covid2019": True, "preliminaryCost": "reserve", "enforceIa90Days": False},
}  # fmt: skip

RECORD: dict[str, Any] = {
    "submission": GROUP,
    "profile": {"smallPractice": True},
    "mode": "final",
    "benchmarks": [
        {
            "measureId": "236",
            "submissionMethod": "registry",
            "deciles": [0, 10, 20, 30, 40, 50, 60, 70.5, 80],
            "benchmarkYear": 2017,
        },
        {"measureId": "047", "submissionMethod": "registry", "remove": True},
    ],
    "performanceRate": {"236": 82.315},
    "clinicalClusters": "none",
}


def places(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Rule and path of every problem of a record."""
    with pytest.raises(InvalidSubmission) as refused:
        read_record(encoded(document))
    return [(problem.rule, problem.path) for problem in refused.value.problems]


def test_a_bare_submission_is_a_record_with_nothing_else() -> None:
    record = read_record(encoded(GROUP))
    assert record.submission == read_submission(encoded(GROUP))
    assert (record.profile, record.mode) == (Profile(), "preliminary")
    assert record.overrides.clinical_clusters


def test_the_parts_of_a_record() -> None:
    record = read_record(encoded(RECORD))
    assert record.mode == "final"
    assert record.profile == Profile(small_practice=True)
    (row,) = record.overrides.benchmarks
    assert (row.key, row.performance_year, row.benchmark_year) == (("236", "registry"), 2019, 2017)
    assert row.deciles[7] == Decimal("70.5")
    assert record.overrides.removed_benchmarks == (("047", "registry"),)
    assert record.overrides.performance_rate == {"236": Decimal("82.315")}
    assert not record.overrides.clinical_clusters


def test_m_0_1_every_key_of_a_profile() -> None:
    profile = read_record(encoded({"submission": GROUP, "profile": FULL_PROFILE})).profile
    assert profile == Profile(
        small_practice=True, rural=True, hpsa=True, non_patient_facing=True, clinician_count=30,
        hospital_based=True, asc_based=True, pi_reweight_clinician_type=True, pi_hardship_approved=True,
        euc=Circumstances(quality=True, pi=True, ia=True, cost=True),
        apm_participant=True, ia_study_participant=True, cms_known_pcmh=True,
        mips_apm="ssp", scored_under_apm_standard=True, wi_registered=True, wi_complete=True,
        cahps_registered=True, cahps_sample_met=False, wi_measure_complete={"110": False},
        claims_eligible_instances={"130": 12}, acr=Readmission(rate=Decimal("14.55"), cases=250),
        cahps={"CAHPS_1": SurveyScore(score=Decimal(86), is_below_minimum=True)},
        cost=(CostResult(measure_id="TPCC_1", value=Decimal("9000.5"), cases=60),),
        apm_pi_participants=(
            PiParticipant(percent=None, clinicians=3, reweighted=True), PiParticipant(percent=Decimal(80)),
        ),
        voluntary=True, hcc_average=Decimal("1.42"), dual_ratio=Decimal("0.12"),
        prior_year=PriorQuality(
            quality_achievement_points=Decimal("31.5"), quality_denominator=Decimal(60)
        ),
        facility=Facility(quality_percent=Decimal("55.5"), cost_percent=Decimal(70)),
        settings=Settings(covid2019=True, preliminary_cost="reserve", enforce_ia_90_days=False),
    )  # fmt: skip


def test_m_0_1_settings_may_stand_beside_the_other_keys() -> None:
    profile = {"enforceIa90Days": False, "settings": {"covid2019": True}}
    read = read_record(encoded({"submission": GROUP, "profile": profile})).profile
    assert read.settings == Settings(covid2019=True, enforce_ia_90_days=False)


def test_a_profile_may_repeat_what_is_known_but_not_contradict_it() -> None:
    same = {"performanceYear": 2019, "entityType": "group", "mode": "final"}
    record = read_record(encoded({"submission": GROUP, "profile": same}))
    assert record.mode == "final"
    other = {"performanceYear": 2018, "entityType": "apm", "mode": "preliminary"}
    assert places({"submission": GROUP, "profile": other, "mode": "final"}) == [
        ("M-0.1", "$.profile.performanceYear"),
        ("M-0.1", "$.profile.entityType"),
        ("M-0.1", "$.profile.mode"),
    ]


@pytest.mark.parametrize(
    ("path", "place", "value"),
    [
        ("$.mode", "mode", "now"),
        ("$.profil", "profil", {}),
        ("$.profile", "profile", [True]),
        ("$.clinicalClusters", "clinicalClusters", "all"),
        ("$.profile.smallPratice", "profile.smallPratice", True),
        ("$.profile.smallPractice", "profile.smallPractice", "yes"),
        ("$.profile.euc.promoting", "profile.euc", {"promoting": True}),
        ("$.profile.acr.cases", "profile.acr", {"rate": 14}),
        ("$.profile.cahps.CAHPS_1.score", "profile.cahps", {"CAHPS_1": {"score": "86"}}),
        ("$.profile.cost[0].value", "profile.cost", [{"measureId": "TPCC_1", "value": -1, "cases": 2}]),
        ("$.profile.apmPiParticipants[0].clinicians", "profile.apmPiParticipants", [{"clinicians": 0}]),
        ("$.profile.dualRatio", "profile.dualRatio", 12),
        ("$.profile.priorYear.qualityDenominator", "profile.priorYear", {
            "qualityAchievementPoints": 1, "qualityDenominator": 0}),
        ("$.profile.wiMeasureComplete.110", "profile.wiMeasureComplete", {"110": 1}),
        ("$.profile.mipsApm", "profile.mipsApm", "other-apm"),
        ("$.benchmarks", "benchmarks", {}),
        ("$.benchmarks[0].deciles", "benchmarks.0.deciles", [1, 2]),
        ("$.benchmarks[0].deciles[1]", "benchmarks.0.deciles.1", "10"),
        ("$.benchmarks[0].measureId", "benchmarks.0.measureId", "IA_EPA_3"),
        ("$.benchmarks[0].performanceYear", "benchmarks.0.performanceYear", 2018),
        ("$.benchmarks[2]", "benchmarks.+", RECORD["benchmarks"][1]),
        ("$.performanceRate.236", "performanceRate.236", 101),
        ("$.performanceRate.999", "performanceRate.999", 50),
    ],
)  # fmt: skip
def test_m_0_1_what_is_wrong_in_a_record_is_located(path: str, place: str, value: Any) -> None:
    assert places(changed(RECORD, (place, value))) == [("M-0.1", path)]


def test_problems_of_the_submission_are_located_in_the_record() -> None:
    bad = changed(RECORD, ("submission.entityType", "x"), ("mode", "now"))
    assert places(bad) == [("API-VAL-2", "$.submission.entityType"), ("M-0.1", "$.mode")]
    assert places({"submission": None}) == [("API-VAL-1", "$.submission")]


def test_another_year_takes_the_place_of_the_submissions_own() -> None:
    document = changed(EARLIER, ("performanceYear", 2019))
    assert read_record(encoded(document), year=2017).submission == read_submission(encoded(EARLIER))
    with pytest.raises(InvalidSubmission) as refused:
        read_record(encoded({"submission": EARLIER}), year=2019)
    assert {problem.rule for problem in refused.value.problems} == {"API-VAL-21", "API-VAL-25", "API-VAL-30"}
