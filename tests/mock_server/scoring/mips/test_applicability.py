"""Eligible measure applicability and the Web Interface (mips-scoring sections 4 and 5)."""

from typing import Any

import pytest

from mock_server.scoring.mips.nodes.quality import applicability_text
from mock_server.scoring.mips.profile import Overrides, SurveyScore
from mock_server.scoring.mips.quality.applicability import Applicability
from mock_server.scoring.mips.result import ScoreTree
from mock_server.scoring.mips.submission import Measurement, SingleRate
from mock_server.scoring.mips.years import RULES
from tests.mock_server.scoring.mips.builders import (
    counts,
    dec,
    entry,
    facts,
    measurement_set,
    picked_set,
    points,
    quality,
    scored,
)
from tests.mock_server.scoring.mips.test_quality_rules import PRIOR


def check(tree: ScoreTree) -> Applicability:
    return picked_set(tree).applicability.value


GLAUCOMA = "012 99/1, 141 45/5"


@pytest.mark.parametrize(
    ("method", "mode", "qualifies"),
    [
        ("registry", "preliminary", True),
        ("registry", "final", True),
        ("claims", "preliminary", False),
        ("claims", "final", True),
    ],
)
def test_m_ema_01_claims_are_tested_in_final_mode_only(method: Any, mode: Any, qualifies: bool) -> None:
    rows = "021 70/30, 023 70/30" if method == "registry" else "021 70/30, 023 70/30, 047 70/30"
    tree = scored(2019, quality(2019, method, rows), mode=mode, small_practice=True)
    assert check(tree).qualifies is qualifies


def test_m_ema_01_ehr_qcdr_and_survey_expect_six() -> None:
    ehr = scored(2019, quality(2019, "electronicHealthRecord", "012 99/1"))
    mixed = scored(
        2019, quality(2019, "registry", GLAUCOMA), quality(2019, "electronicHealthRecord", "236 70/30")
    )
    rate = SingleRate(counts=counts(30, 10), performance_rate=dec("75"))
    qcdr = scored(
        2019,
        quality(2019, "registry", GLAUCOMA, extra=(Measurement(measure_id="ACRAD25", value=rate),)),
    )
    survey = scored(
        2019,
        quality(2019, "registry", GLAUCOMA),
        entity_type="group",
        cahps_registered=True,
        cahps={"CAHPS_1": SurveyScore(score=dec("86"))},
    )
    duplicate = scored(
        2019,
        quality(2019, "registry", GLAUCOMA),
        quality(2019, "claims", "012 99/1"),
        small_practice=True,
    )
    for tree in (ehr, mixed, qcdr, survey, duplicate):
        assert not check(tree).qualifies
        assert picked_set(tree).denominator.value == 60


def test_m_ema_01_six_measures_with_one_of_high_priority_are_not_tested() -> None:
    tree = scored(2019, quality(2019, "registry", GLAUCOMA + ", 021 70/30, 023 70/30, 126 70/30, 127 70/30"))
    assert not check(tree).tested


def test_m_ema_02_a_row_counts_only_for_a_submitted_measure() -> None:
    """051 and 052 name 130 in their cluster, 130 itself has no registry row."""
    assert not check(scored(2019, quality(2019, "registry", "130 190/10"))).qualifies
    assert check(scored(2019, quality(2019, "registry", "051 90/10, 052 90/10, 130 190/10"))).qualifies


def test_m_ema_03_every_submitted_measure_has_to_be_related() -> None:
    assert check(scored(2019, quality(2019, "registry", GLAUCOMA))).qualifies
    assert not check(scored(2019, quality(2019, "registry", GLAUCOMA + ", 236 70/30"))).qualifies
    assert not check(scored(2019, quality(2019, "registry", "236 70/30"))).qualifies
    assert not check(scored(2019, quality(2019, "registry"))).qualifies


@pytest.mark.parametrize(
    ("instances", "missing"), [({}, ("047",)), ({"047": 20}, ("047",)), ({"047": 19}, ())]
)
def test_m_ema_04_claims_show_which_related_measures_were_available(
    instances: dict[str, int], missing: tuple[str, ...]
) -> None:
    tree = scored(
        2019,
        quality(2019, "claims", "021 70/30, 023 70/30"),
        small_practice=True,
        claims_eligible_instances=instances,
    )
    assert check(tree).missing == missing
    assert picked_set(tree).denominator.value == 20 + 10 * len(missing)


def test_m_ema_04_registry_measures_are_always_available() -> None:
    tree = scored(2019, quality(2019, "registry", "141 45/5"), claims_eligible_instances={"012": 0})
    assert picked_set(tree).denominator.value == 20


def test_m_ema_05_ten_points_for_each_available_measure() -> None:
    rows = "006 70/30, 007 70/30"
    tree = scored(2019, quality(2019, "registry", rows))
    assert check(tree).missing == ("118", "130", "226")
    assert (check(tree).places, picked_set(tree).denominator.value) == (5, 50)


@pytest.mark.parametrize("mode", ["preliminary", "final"])
def test_m_ema_06_a_complete_specialty_set_by_claims_in_both_modes(mode: Any) -> None:
    tree = scored(2019, quality(2019, "claims", "076 70/30"), mode=mode, small_practice=True)
    assert (check(tree).specialty_set, picked_set(tree).denominator.value) == ("anesthesiology", 10)


def test_m_ema_06_not_with_a_measure_more_or_less() -> None:
    for rows in ("102 49/1, 143 98/2", "102 49/1, 143 98/2, 144 90/10, 236 70/30"):
        assert check(scored(2019, quality(2019, "registry", rows))).specialty_set is None


def test_m_ema_07_the_outcome_requirement_is_waived_without_related_high_priority() -> None:
    waived = scored(2019, quality(2019, "registry", "126 70/30, 127 70/30"))
    assert check(waived).high_priority_waived
    assert sum(e.status == "PICKED" for e in picked_set(waived).entries) == 2
    kept = scored(2019, quality(2019, "registry", "012 99/1"))
    assert not check(kept).high_priority_waived
    assert (check(kept).places, sum(e.status == "PICKED" for e in picked_set(kept).entries)) == (2, 1)


def test_m_ema_08_six_related_measures_without_high_priority_all_count() -> None:
    rows = ", ".join(f"{id_} 70/30" for id_ in ("067", "068", "069", "070", "126", "127"))
    tree = scored(2018, quality(2018, "registry", rows))
    assert check(tree).high_priority_waived
    assert sum(e.status == "PICKED" for e in picked_set(tree).entries) == 6
    off = scored(2018, quality(2018, "registry", rows), overrides=Overrides(clinical_clusters=False))
    assert sum(e.status == "PICKED" for e in picked_set(off).entries) == 5


def test_m_ema_09_the_feedback_says_what_the_check_found() -> None:
    assert "012" in applicability_text(picked_set(scored(2019, quality(2019, "registry", "141 45/5"))))
    good = applicability_text(picked_set(scored(2019, quality(2019, "registry", GLAUCOMA))))
    assert "20 points" in good
    bad = applicability_text(picked_set(scored(2019, quality(2019, "registry", "236 70/30"))))
    assert "does not qualify" in bad
    special = picked_set(scored(2019, quality(2019, "registry", "102 49/1, 143 98/2, 144 90/10")))
    assert "radiationOncology" in applicability_text(special)
    assert applicability_text(picked_set(scored(2019, quality(2019, "electronicHealthRecord")))) == ""


def test_the_check_can_be_switched_off() -> None:
    off = Overrides(clinical_clusters=False)
    for rows in (GLAUCOMA, "102 49/1, 143 98/2, 144 90/10"):
        tree = scored(2019, quality(2019, "registry", rows), overrides=off)
        assert picked_set(tree).denominator.value == 60


# --- Web Interface -----------------------------------------------------------------------------------------

ALL_2019 = "001 110 112 113 134 226 236 318 370 438"


def web(year: int, rows: str, **more: Any) -> ScoreTree:
    given = {"entity_type": "group", "wi_registered": True, **more}
    return scored(year, quality(year, "cmsWebInterface", rows), **given)


def full(year: int = 2019, numbers: str = "70/30", ids: str = ALL_2019) -> str:
    return ", ".join(f"{id_} {numbers}" for id_ in ids.split())


def test_m_wi_01_an_unfinished_set_waits_in_preliminary_mode() -> None:
    waiting = web(2019, full(), mode="preliminary")
    assert waiting.result.quality.held_back
    assert not waiting.result.presence.quality
    assert web(2019, full(), mode="preliminary", wi_complete=True).result.quality.sets
    assert web(2019, full()).result.quality.sets


def test_m_wi_01_a_group_below_25_is_warned() -> None:
    small = web(2019, full(), clinician_count=20)
    node = next(p for p in small.root.parts if p.name == "quality").original
    assert node is not None
    assert node.parts[0].warnings


@pytest.mark.parametrize(("year", "count"), [(2017, 14), (2018, 14), (2019, 10)])
def test_m_wi_02_every_measure_of_the_year_is_wanted(year: int, count: int) -> None:
    assert len(picked_set(web(year, "236 70/30")).missing) == count - 1


def test_m_wi_02_two_measures_are_scored_inside_the_composite_only() -> None:
    tree = web(2018, "001 20/80, 117 90/10, 236 70/30")
    assert [e.score.measure_id for e in picked_set(tree).entries] == ["236"]


def test_m_wi_03_incomplete_or_missing_measures_count_with_0() -> None:
    tree = web(2019, full(), wi_measure_complete={"236": False})
    found = entry(tree, "236")
    assert (points(found), found.status, facts(tree, "236")["decile"]) == (0, "PICKED", -1)
    assert not found.score.bonus_eligible.value
    lacking = web(2019, full().replace(", 236 70/30", ""))
    assert lacking.result.quality.sets[0].denominator.value == picked_set(tree).denominator.value


def test_m_wi_03_what_cannot_be_scored_is_left_out() -> None:
    tree = web(2019, full())
    skipped = {e.score.measure_id for e in picked_set(tree).entries if e.status == "SKIPPED"}
    assert skipped == {"110", "134", "226", "370", "438"}
    few = web(2019, full().replace("236 70/30", "236 10/5"))
    assert entry(few, "236").status == "SKIPPED"
    no_rate = web(2019, full().replace("236 70/30", "236 0/0 of 40"))
    assert entry(no_rate, "236").status == "SKIPPED"
    assert facts(tree, "236")["measureClass"] is None


def test_m_wi_03_other_measures_are_ignored() -> None:
    ids = [e.score.measure_id for e in picked_set(web(2019, full() + ", 130 70/30")).entries]
    assert "130" not in ids


def test_m_wi_04_below_the_30th_percentile() -> None:
    for rate, expected in (("29.99", "3"), ("30", "4"), ("35", "4.5")):
        assert points(entry(web(2019, f"236 {rate}"), "236")) == dec(expected)
    aco = {"CAHPS_ACO_1": SurveyScore(score=dec("1"))}
    tree = scored(2019, entity_type="apm", cahps_registered=True, cahps=aco)
    survey = tree.result.quality.sets[0].survey if tree.result.quality.sets else None
    assert survey is None or survey.points.value == 3


@pytest.mark.parametrize(("year", "maximum"), [(2017, 110), (2018, 100), (2019, 50)])
def test_m_wi_05_the_denominator_counts_the_measures_with_a_row(year: int, maximum: int) -> None:
    ids = " ".join(sorted(RULES[year].quality.wi_measures))
    assert picked_set(web(year, full(year, ids=ids))).denominator.value == maximum


def test_m_wi_06_left_out_measures_keep_their_bonus_and_there_is_no_limit_of_six() -> None:
    ids = " ".join(sorted(RULES[2018].quality.wi_measures))
    entries = picked_set(web(2018, full(2018, ids=ids))).entries
    left_out = {e.score.measure_id: e.high_priority_bonus for e in entries if e.status == "SKIPPED"}
    assert left_out["370"] == 2
    assert sum(e.status == "PICKED" for e in entries) == 10


def test_m_qual_26_web_interface_participation_needs_every_measure_complete() -> None:
    def improvement(rows: str, **more: Any) -> Any:
        found = picked_set(web(2019, rows, prior_year=PRIOR, **more)).improvement
        assert found is not None
        return found.value

    assert improvement(full()) > 0
    assert improvement(full(), wi_measure_complete={"370": False}) == 0
    assert improvement(full().replace(", 370 70/30", "")) == 0


def test_a_web_interface_set_may_be_the_only_one_with_an_odd_measure() -> None:
    one = Measurement(measure_id="236", value=SingleRate(counts=counts(70, 30)))
    tree = scored(2019, measurement_set(2019, "quality", "cmsWebInterface", one), entity_type="group")
    assert points(entry(tree, "236")) == 8
