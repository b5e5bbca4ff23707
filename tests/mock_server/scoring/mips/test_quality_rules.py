"""Bonuses, picking, totals and set choice (mips-scoring 3.1, 3.4, 3.5)."""

from typing import Any

import pytest

from mock_server.reference.mips.years import mips_year
from mock_server.scoring.mips.nodes.quality_measure import group_of
from mock_server.scoring.mips.profile import Overrides, PriorQuality, Readmission, SurveyScore
from mock_server.scoring.mips.quality.measure import tier_of
from mock_server.scoring.mips.quality.totals import capped_bonus, denominator, improvement
from mock_server.scoring.mips.result import ScoreTree
from mock_server.scoring.mips.rounding import rounded
from mock_server.scoring.mips.submission import Measurement, NonProportion
from mock_server.scoring.mips.tree import walk
from tests.mock_server.scoring.mips.builders import (
    dec,
    entry,
    measurement_set,
    picked_set,
    points,
    quality,
    scored,
)

SIX = "236 150/50, 001 60/140, 226 190/10, 113 120/80, 130 195/5, 128 150/40"
SURVEY = {"CAHPS_1": SurveyScore(score=dec("86")), "CAHPS_2": SurveyScore(score=dec("94"))}


def statuses(tree: ScoreTree) -> dict[str, str]:
    return {e.score.measure_id: e.status for e in picked_set(tree).entries}


def group(year: int, *sets: Any, **more: Any) -> ScoreTree:
    return scored(year, *sets, entity_type="group", clinician_count=20, **more)


@pytest.mark.parametrize(
    ("year", "measure_id", "tier"),
    [
        (2019, "236", 3),
        (2018, "dmComposite", 3),
        (2019, "321", 2),
        (2019, "130", 1),
        (2019, "110", 0),
    ],
)
def test_m_qual_02_tiers(year: int, measure_id: str, tier: int) -> None:
    assert tier_of(mips_year(year).quality[measure_id]) == tier


def test_m_qual_02_without_high_priority_the_type_does_not_matter() -> None:
    measure = mips_year(2019).quality["236"]
    outcome = next(
        (
            m
            for m in mips_year(2017).quality.values()
            if m.measure_type == "outcome" and not m.is_high_priority
        ),
        None,
    )
    assert outcome is None or tier_of(outcome) == 0
    assert tier_of(measure) == 3


def test_m_qual_01_m_qual_21_six_measures_count_the_required_one_first() -> None:
    rows = SIX + ", 110 10/190, 134 10/190"
    tree = scored(2017, quality(2017, "registry", rows))
    entries = [e for e in picked_set(tree).entries if e.status == "PICKED"]
    assert [e.place for e in entries] == [1, 2, 3, 4, 5, 6]
    assert entries[0].required
    rest = [points(e) for e in entries[1:]]
    assert rest == sorted(rest, reverse=True)
    skipped = [points(e) for e in picked_set(tree).entries if e.status == "SKIPPED"]
    assert max(skipped) <= min(rest)


def test_m_qual_21_equal_points_go_by_measure_id() -> None:
    rows = "236 70/30, " + ", ".join(f"{id_} 10/5" for id_ in ("226", "134", "128", "113", "111", "047"))
    tree = scored(2019, quality(2019, "registry", rows))
    picked = [e.score.measure_id for e in picked_set(tree).entries if e.status == "PICKED"]
    assert picked == ["236", "047", "111", "113", "128", "134"]


def test_m_qual_03_the_denominator_is_60() -> None:
    assert picked_set(scored(2019, quality(2019, "registry", "236 70/30"))).denominator.value == 60


@pytest.mark.parametrize(
    ("row", "eligible"),
    [
        ("236 70/30", True),
        ("236 0/100", False),
        ("236 70/30 of 300", False),
        ("236 10/5", False),
        ("236 0/0 of 50", False),
        ("001 100/0", False),
        ("001 0/100", True),
        ("110 70/30", False),
    ],
)
def test_m_qual_11_bonus_eligibility(row: str, eligible: bool) -> None:
    tree = scored(2019, quality(2019, "registry", row))
    assert entry(tree, row.split()[0]).score.bonus_eligible.value is eligible


def test_m_qual_11_a_measure_without_benchmark_stays_eligible() -> None:
    found = entry(scored(2019, quality(2019, "registry", "258 70/30")), "258").score
    assert found.evidence is not None
    assert found.evidence.benchmark is None
    assert found.bonus_eligible.value


def test_m_qual_11_a_non_proportion_measure_needs_no_rate_above_0() -> None:
    measure = next(
        m for m in mips_year(2019).quality.values() if m.metric_type == "nonProportion" and m.is_high_priority
    )
    for observations, expected in ((90, True), (10, False)):
        value = NonProportion(numerator=dec("0"), denominator=dec("100"), observation_instances=observations)
        one = Measurement(measure_id=measure.measure_id, value=value)
        tree = scored(2019, measurement_set(2019, "quality", "registry", one))
        assert entry(tree, measure.measure_id).score.bonus_eligible.value is expected


def test_m_qual_12_the_required_measure_is_of_the_highest_tier_then_of_most_points() -> None:
    tree = scored(2019, quality(2019, "registry", "130 200/0, 236 62/38, 001 20/80"))
    best = max((e for e in picked_set(tree).entries if e.score.tier == 3), key=points)
    assert best.required
    assert best.high_priority_bonus == 0
    assert points(entry(tree, "130")) > points(entry(tree, "236"))


def test_m_qual_12_if_none_is_eligible_any_high_priority_measure_is_required() -> None:
    tree = scored(2019, quality(2019, "registry", "236 10/5, 110 70/30"))
    assert entry(tree, "236").required


def test_m_qual_12_an_eligible_measure_goes_before_a_better_tier() -> None:
    tree = scored(2019, quality(2019, "registry", "236 10/5, 130 190/10"))
    assert entry(tree, "130").required


def test_m_qual_13_two_points_for_outcomes_and_experience_one_for_the_rest() -> None:
    tree = group(2018, quality(2018, "registry", SIX), cahps_registered=True, cahps=SURVEY)
    bonus = {e.score.measure_id: e.high_priority_bonus for e in picked_set(tree).entries}
    assert (bonus["321"], bonus["130"], bonus["113"]) == (2, 1, 0)
    assert sorted((bonus["236"], bonus["001"])) == [0, 2]


@pytest.mark.parametrize(
    ("method", "row", "earned"),
    [
        ("registry", "236 70/30", 1),
        ("electronicHealthRecord", "236 10/5", 1),
        ("registry", "236 70/30 of 300", 1),
        ("claims", "236 70/30", 0),
    ],
)
def test_m_qual_14_end_to_end_reporting(method: Any, row: str, earned: int) -> None:
    sent = quality(2019, method, row, end_to_end=True)
    assert entry(scored(2019, sent, small_practice=True), "236").end_to_end_bonus == earned


def test_m_qual_14_not_for_non_proportion_measures_nor_without_the_flag() -> None:
    value = NonProportion(numerator=dec("2"), denominator=dec("100"), is_end_to_end_reported=True)
    one = Measurement(measure_id="ACRAD15", value=value)
    tree = scored(2018, measurement_set(2018, "quality", "registry", one))
    assert entry(tree, "ACRAD15").end_to_end_bonus == 0
    assert entry(scored(2019, quality(2019, "registry", "236 70/30")), "236").end_to_end_bonus == 0


@pytest.mark.parametrize(("year", "bonus"), [(2017, True), (2018, True), (2019, False)])
def test_m_qual_15_web_interface_high_priority_bonus_until_2018(year: int, bonus: bool) -> None:
    rows = "236 70/30, 318 70/30, 112 70/30"
    tree = group(year, quality(year, "cmsWebInterface", rows, end_to_end=True))
    scored_set = picked_set(tree)
    assert bool(scored_set.high_priority_bonus.value) is bonus
    assert scored_set.end_to_end_bonus.value == 3


@pytest.mark.parametrize(("maximum", "cap"), [(60, 6), (70, 7), (20, 2)])
def test_m_qual_16_each_bonus_is_capped_at_a_tenth(maximum: int, cap: int) -> None:
    assert capped_bonus(bonuses=(("a", 5), ("b", 5)), denominator=maximum) == cap


def test_m_qual_20_the_method_with_most_points_counts() -> None:
    tree = scored(
        2019,
        quality(2019, "registry", "113 160/40"),
        quality(2019, "electronicHealthRecord", "113 160/40, 236 1/99"),
    )
    kept, lost = entry(tree, "113"), picked_set(tree).entries[-1]
    assert (kept.score.method, lost.status, lost.own_bonus) == ("electronicHealthRecord", "DUPLICATE", 0)


def test_m_qual_20_equal_points_go_by_method_then_bonus() -> None:
    tied = scored(
        2019,
        quality(2019, "claims", "236 10/5"),
        quality(2019, "electronicHealthRecord", "236 10/5"),
        small_practice=True,
    )
    assert entry(tied, "236").score.method == "electronicHealthRecord"
    same_method = scored(
        2018,
        quality(2018, "registry", "236 10/5", submitter_id="a"),
        quality(2018, "registry", "236 10/5", end_to_end=True, submitter_id="b"),
    )
    assert entry(same_method, "236").end_to_end_bonus == 1


def test_m_qual_22_without_high_priority_the_sixth_place_stays_empty() -> None:
    low = ("128", "134", "111", "226", "127", "117")
    assert not any(mips_year(2019).quality[id_].is_high_priority for id_ in low)
    tree = scored(2019, quality(2019, "registry", ", ".join(f"{id_} 70/30" for id_ in low)))
    assert sum(e.status == "PICKED" for e in picked_set(tree).entries) == 5
    assert picked_set(tree).denominator.value == 60
    high = scored(2019, quality(2019, "registry", ", ".join(f"{id_} 70/30" for id_ in (*low, "047"))))
    assert sum(e.status == "PICKED" for e in picked_set(high).entries) == 6


def test_m_qual_23_totals() -> None:
    tree = group(2017, quality(2017, "registry", SIX), acr=Readmission(rate=dec("14.55"), cases=250))
    scored_set = picked_set(tree)
    assert scored_set.readmission is not None
    parts = [points(e) for e in scored_set.entries] + [scored_set.readmission.points.value]
    assert scored_set.total_decile_score.value == sum(parts)
    expected = scored_set.total_decile_score.value + scored_set.total_bonus_points
    assert scored_set.total_measurement_points.value == expected


@pytest.mark.parametrize("mode", ["preliminary", "final"])
def test_m_qual_24_a_small_practice_gets_6_points_in_2019(mode: Any) -> None:
    def bonus(year: int, *sets: Any, small: bool = True) -> int:
        tree = scored(year, *sets, small_practice=small, mode=mode, entity_type="virtualGroup")
        return picked_set(tree).small_practice_bonus.value

    assert bonus(2019, quality(2019, "registry", "236 70/30")) == 6
    assert bonus(2019, quality(2019, "registry", "236 70/30"), small=False) == 0
    assert bonus(2019, quality(2019, "registry")) == 0
    assert bonus(2018, quality(2018, "registry", "236 70/30")) == 0


def test_m_qual_24_the_survey_alone_is_no_measurement() -> None:
    tree = group(2019, small_practice=True, cahps_registered=True, cahps=SURVEY)
    assert picked_set(tree).small_practice_bonus.value == 0


def test_m_qual_25_at_most_100_percent() -> None:
    rows = ", ".join(f"{id_} {rate}" for id_, rate in TOP_2018.items())
    tree = scored(2018, quality(2018, "electronicHealthRecord", rows, end_to_end=True))
    assert tree.result.percent("quality") == 100


TOP_2018 = {"236": "99/1", "001": "0/100", "191": "100/0", "110": "99/1", "113": "99/1", "318": "99/1"}


@pytest.mark.parametrize(
    ("now", "before", "full", "expected"),
    [
        ("39.5645", "31.5", True, "2.5602"),
        ("39.5645", "31.5", False, "0"),
        ("20", "40", True, "0"),
        ("30", "6", True, "6.6667"),
        ("60", "12", True, "10"),
    ],
)
def test_m_qual_26_improvement(now: str, before: str, full: bool, expected: str) -> None:
    found = improvement(
        full_participation=full,
        total_decile_score=dec(now),
        denominator=60,
        previous_points=dec(before),
        previous_denominator=dec("60"),
    )
    assert rounded(found, 4) == dec(expected)


PRIOR = PriorQuality(quality_achievement_points=dec("18"), quality_denominator=dec("60"))


def improved(year: int, *sets: Any, **more: Any) -> bool:
    """Whether there is an improvement score above 0."""
    found = picked_set(scored(year, *sets, prior_year=PRIOR, **more)).improvement
    return found is not None and found.value > 0


def test_m_qual_26_only_in_final_mode_from_2018_with_last_years_record() -> None:
    assert improved(2018, quality(2018, "registry", SIX))
    assert not improved(2017, quality(2017, "registry", SIX))
    assert not improved(2018, quality(2018, "registry", SIX), mode="preliminary")
    assert picked_set(scored(2018, quality(2018, "registry", SIX))).improvement is None


def test_m_qual_26_full_participation_needs_complete_data_of_six_one_of_high_priority() -> None:
    assert not improved(2018, quality(2018, "registry", SIX.replace("113 120/80", "113 120/80 of 900")))
    assert not improved(2018, quality(2018, "registry", SIX.replace("128 150/40", "")))
    low = "110 99/1, 111 99/1, 134 99/1, 128 99/1, 226 99/1, 048 99/1, 117 99/1"
    high = [i for i in low.replace(" 99/1", "").split(", ") if mips_year(2018).quality[i].is_high_priority]
    assert not high
    assert not improved(2018, quality(2018, "registry", low))
    few_cases = SIX.replace("128 150/40", "128 10/5")
    assert improved(2018, quality(2018, "registry", few_cases)), "case counts are not tested"


def test_m_qual_26_a_complete_specialty_set_participates_fully() -> None:
    prior = PriorQuality(quality_achievement_points=dec("1"), quality_denominator=dec("60"))
    tree = scored(2019, quality(2019, "registry", "102 49/1, 143 98/2, 144 90/10"), prior_year=prior)
    found = picked_set(tree).improvement
    assert found is not None
    assert found.value > 0


def test_m_qual_26_a_previous_denominator_of_0_is_no_record() -> None:
    prior = PriorQuality(quality_achievement_points=dec("0"), quality_denominator=dec("0"))
    assert picked_set(scored(2019, quality(2019, "registry", SIX), prior_year=prior)).improvement is None


def test_m_qual_27_the_best_method_wins_until_2018() -> None:
    tree = scored(
        2018,
        quality(2018, "claims", "236 70/30"),
        quality(2018, "registry", SIX),
        quality(2018, "electronicHealthRecord"),
    )
    assert [one.method for one in tree.result.quality.sets] == [
        "registry",
        "claims",
        "electronicHealthRecord",
    ]
    empty = tree.result.quality.sets[-1]
    assert empty.percent.value == 0
    assert empty.denominator.value == 60


def test_m_qual_27_sets_of_one_method_are_merged() -> None:
    tree = scored(
        2018,
        quality(2018, "registry", "236 70/30", submitter_id="a"),
        quality(2018, "registry", "001 20/80", program_name="cpcPlus"),
    )
    assert statuses(tree) == {"236": "PICKED", "001": "PICKED"}


def test_m_qual_27_in_2019_methods_are_combined_and_the_web_interface_stands_apart() -> None:
    tree = scored(
        2019,
        quality(2019, "registry", "130 200/0"),
        quality(2019, "electronicHealthRecord", "236 70/30"),
        quality(2019, "cmsWebInterface", "236 70/30"),
        entity_type="group",
    )
    assert sorted(one.method for one in tree.result.quality.sets) == [
        "cmsWebInterface",
        "registry, electronicHealthRecord",
    ]


def test_m_qual_27_other_methods_are_data_without_a_score() -> None:
    tree = scored(2019, quality(2019, "webAttestation", "236 70/30"))
    assert tree.result.quality.sets == ()
    assert tree.result.presence.quality
    assert tree.category("quality") == 0


def test_m_qual_27_the_survey_joins_every_set_and_stands_alone_without_one() -> None:
    both = group(
        2018,
        quality(2018, "registry", SIX),
        quality(2018, "claims", "236 70/30"),
        cahps_registered=True,
        cahps=SURVEY,
    )
    assert all(one.survey is not None for one in both.result.quality.sets)
    alone = group(2018, cahps_registered=True, cahps=SURVEY)
    assert [one.method for one in alone.result.quality.sets] == ["certifiedSurveyVendor"]


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        ({}, True),
        ({"mode": "preliminary"}, False),
        ({"entity_type": "individual"}, False),
        ({"entity_type": "virtualGroup"}, True),
        ({"entity_type": "apm"}, False),
        ({"clinician_count": 15}, False),
        ({"acr": Readmission(rate=dec("14.55"), cases=199)}, False),
        ({"scored_under_apm_standard": True, "mips_apm": "other"}, False),
        ({"overrides": Overrides(removed_benchmarks=(("458", "administrativeClaims"),))}, False),
    ],
)
def test_m_qual_30_readmission(change: dict[str, Any], counts: bool) -> None:
    given = {
        "entity_type": "group",
        "clinician_count": 16,
        "acr": Readmission(rate=dec("14.55"), cases=200),
        **change,
    }
    found = picked_set(scored(2018, quality(2018, "registry", "236 70/30"), **given))
    assert (found.readmission is not None) is counts
    assert found.denominator.value == (70 if counts else 60)


def test_m_qual_30_readmission_counts_without_a_place_and_says_so() -> None:
    """No `Not picked` for a measure that never competes with the others."""
    acr = Readmission(rate=dec("14.55"), cases=200)
    tree = scored(
        2018, quality(2018, "registry", "236 70/30"), entity_type="group", clinician_count=16, acr=acr
    )
    [node] = [each for each in walk(tree.root) if each.name == "458"]
    assert node.status == "PICKED"
    assert node.metadata["messages"]["measurementPicker"] == "Counts besides the other measures"
    other = next(each for each in walk(tree.root) if each.name == "236" and each.status)
    assert other.metadata["messages"]["measurementPicker"] == "Picked at 1"


def test_m_qual_30_readmission_needs_quality_data() -> None:
    tree = group(2018, acr=Readmission(rate=dec("14.55"), cases=250))
    assert tree.result.quality.sets == ()


@pytest.mark.parametrize(
    "change",
    [
        {"mode": "preliminary"},
        {"entity_type": "individual"},
        {"cahps_registered": False},
        {"cahps_sample_met": False},
        {"cahps": {"CAHPS_1": SurveyScore(score=dec("86"), is_below_minimum=True)}},
        {"cahps": {"CAHPS_99": SurveyScore(score=dec("86"))}},
        {"cahps": {}},
    ],
)
def test_m_qual_31_when_the_survey_is_not_scored(change: dict[str, Any]) -> None:
    given = {"entity_type": "group", "cahps_registered": True, "cahps": SURVEY, **change}
    found = picked_set(scored(2018, quality(2018, "registry", "236 70/30"), **given))
    assert found.survey is None


def test_m_qual_31_the_survey_takes_one_of_the_six_places() -> None:
    tree = group(2018, quality(2018, "registry", SIX), cahps_registered=True, cahps=SURVEY)
    assert sum(e.status == "PICKED" for e in picked_set(tree).entries) == 6
    assert statuses(tree)["321"] == "PICKED"
    assert picked_set(tree).denominator.value == 60


@pytest.mark.parametrize(
    ("change", "maximum"),
    [
        ({}, 50),
        ({"entity_type": "individual"}, 60),
        ({"mode": "preliminary"}, 60),
        ({"cahps_registered": False}, 60),
        ({"cahps_sample_met": True}, 60),
    ],
)
def test_m_qual_32_a_survey_without_enough_answers(change: dict[str, Any], maximum: int) -> None:
    given = {"entity_type": "group", "cahps_registered": True, "cahps_sample_met": False, **change}
    tree = scored(2019, quality(2019, "registry", "236 70/30, 128 70/30"), **given)
    assert picked_set(tree).denominator.value == maximum


def test_m_qual_32_not_with_six_measures_nor_with_a_reduction_nor_before_2019() -> None:
    given: dict[str, Any] = {"cahps_registered": True, "cahps_sample_met": False}
    assert picked_set(group(2019, quality(2019, "registry", SIX), **given)).denominator.value == 60
    reduced = group(2019, quality(2019, "registry", "012 99/1, 141 45/5"), **given)
    assert picked_set(reduced).denominator.value == 20
    assert picked_set(group(2018, quality(2018, "registry", "236 70/30"), **given)).denominator.value == 60


def test_m_qual_33_a_changed_guideline_takes_points_and_denominator() -> None:
    tree = scored(2019, quality(2019, "registry", "236 70/30, 450 70/30", end_to_end=True))
    found = entry(tree, "450")
    assert (points(found), found.status) == (0, "PICKED")
    assert found.own_bonus >= 1
    assert picked_set(tree).denominator.value == 50
    early = scored(2019, quality(2019, "registry", "236 70/30, 450 70/30"), mode="preliminary")
    assert picked_set(early).denominator.value == 60


def test_m_qual_33_out_of_reach_it_changes_nothing() -> None:
    rows = "236 70/30, 130 190/10, 113 70/30, 128 70/30, 134 70/30, 047 90/10, 110 70/30"
    tree = scored(2019, quality(2019, "registry", rows))
    assert statuses(tree)["110"] == "SKIPPED"
    assert picked_set(tree).denominator.value == 60


def test_m_qual_33_in_the_web_interface_it_is_excluded() -> None:
    tree = scored(2019, quality(2019, "cmsWebInterface", "110 70/30, 236 70/30"), entity_type="group")
    assert statuses(tree)["110"] == "SKIPPED"


def test_m_qual_34_the_denominator_has_a_floor_before_readmission() -> None:
    tree = scored(2019, quality(2019, "registry", "110 70/30"))
    assert picked_set(tree).denominator.value == 50
    assert denominator(expected=1, guideline_changed=1, missed_survey=True, readmission=True) == 20
    assert denominator(expected=6, guideline_changed=1, missed_survey=True, readmission=False) == 40


def test_m_qual_35_claims_are_for_small_practices_in_2019() -> None:
    sets = (quality(2019, "claims", "236 90/10"), quality(2019, "registry", "236 60/40"))
    large, small = scored(2019, *sets), scored(2019, *sets, small_practice=True)
    left_out = next(e for e in picked_set(large).entries if e.score.method == "claims")
    assert (left_out.status, left_out.own_bonus, group_of(left_out)) == ("SKIPPED", 0, "nothing")
    assert entry(large, "236").score.method == "registry"
    assert entry(small, "236").score.method == "claims"
    only_claims = scored(2019, quality(2019, "claims", "236 90/10"))
    assert only_claims.result.presence.quality
    assert only_claims.result.percent("quality") == 0
    assert scored(2018, quality(2018, "claims", "236 90/10")).result.percent("quality") > 0
