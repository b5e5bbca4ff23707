"""Worked examples X-23 to X-34 of mips-scoring 14.2: whole quality sets."""

from typing import Any

import pytest

from mock_server.scoring.mips.profile import PriorQuality, Readmission
from mock_server.scoring.mips.result import ScoreTree
from mock_server.scoring.mips.rounding import rounded
from tests.mock_server.scoring.mips.builders import dec, entry, node, picked_set, points, quality, scored
from tests.mock_server.scoring.mips.test_examples_measures import survey_scores


def percent(tree: ScoreTree) -> Any:
    """Of the category, as shown."""
    return rounded(tree.result.percent("quality"), 4)


def bonus_ids(tree: ScoreTree) -> dict[str, int]:
    """High-priority bonus by measure, zeros left out."""
    entries = picked_set(tree).entries
    return {e.score.measure_id: e.high_priority_bonus for e in entries if e.high_priority_bonus}


def x_23() -> ScoreTree:
    return scored(
        2017,
        quality(2017, "registry", "236 150/50, 001 60/140, 226 190/10, 113 120/80, 130 195/5, 128 15/4"),
        entity_type="group",
        clinician_count=20,
        acr=Readmission(rate=dec("14.55"), cases=250),
    )


def test_x_23_six_registry_measures_and_readmission() -> None:
    tree = x_23()
    shown = {e.score.measure_id: str(points(e)) for e in picked_set(tree).entries}
    assert shown == {
        "236": "7.6037",
        "001": "7.0255",
        "226": "6.9345",
        "113": "7.3900",
        "130": "6.2582",
        "128": "3",
    }
    assert entry(tree, "236").required
    assert bonus_ids(tree) == {"001": 2, "130": 1}
    assert picked_set(tree).total_decile_score.value == dec("45.7119")
    assert picked_set(tree).denominator.value == 70
    assert percent(tree) == dec("69.5884")


def x_24(row_047: str = "047 90/10", **more: Any) -> ScoreTree:
    rows = f"236 75/25, 001 10/90, 113 80/20, 110 60/40, 128 90/10, {row_047}"
    return scored(
        2018,
        quality(2018, "claims", rows),
        *more.pop("sets", ()),
        small_practice=True,
        prior_year=PriorQuality(quality_achievement_points=dec("31.5"), quality_denominator=dec("60")),
        **more,
    )


def test_x_24_improvement_of_a_small_practice() -> None:
    tree = x_24()
    assert entry(tree, "001").required
    assert picked_set(tree).total_decile_score.value == dec("39.5645")
    assert bonus_ids(tree) == {"236": 2, "047": 1}
    improvement = picked_set(tree).improvement
    assert improvement is not None
    assert rounded(improvement.value, 4) == dec("2.5602")
    assert percent(tree) == dec("73.5010")


def test_x_25_incomplete_data_cost_points_bonus_and_improvement() -> None:
    tree = x_24("047 45/5 of 100")
    improvement = picked_set(tree).improvement
    assert improvement is not None
    assert improvement.value == 0
    assert picked_set(tree).total_decile_score.value == dec("36.7103")
    assert bonus_ids(tree) == {"236": 2}
    assert percent(tree) == dec("64.5172")


def test_x_26_claims_and_ehr_together() -> None:
    tree = scored(
        2019,
        quality(2019, "claims", "001 10/90, 113 160/40, 130 200/0"),
        quality(
            2019,
            "electronicHealthRecord",
            "113 160/40, 236 112/88, 117 140/60, 374 30/70, 318 20/80",
            end_to_end=True,
        ),
        mode="preliminary",
        small_practice=True,
    )
    scored_set = picked_set(tree)
    assert [(e.score.measure_id, e.status) for e in scored_set.entries] == [
        ("001", "PICKED"),
        ("113", "PICKED"),
        ("130", "PICKED"),
        ("117", "PICKED"),
        ("374", "PICKED"),
        ("318", "PICKED"),
        ("236", "SKIPPED"),
        ("113", "DUPLICATE"),
    ]
    assert entry(tree, "113").score.method == "electronicHealthRecord"
    assert scored_set.total_decile_score.value == dec("39.5569")
    assert bonus_ids(tree) == {"236": 2, "130": 1, "374": 1, "318": 1}
    assert scored_set.end_to_end_bonus.value == 5
    assert scored_set.small_practice_bonus.value == 6
    assert percent(tree) == dec("92.5948")


def test_x_27_both_bonuses_reach_their_caps() -> None:
    rows = "236 75/25, 001 20/80, 191 98/2, 192 1/199, 113 70/30, 110 60/40, 130 80/20, 318 10/90"
    tree = scored(2018, quality(2018, "electronicHealthRecord", rows, end_to_end=True))
    scored_set = picked_set(tree)
    picked = [e.score.measure_id for e in scored_set.entries if e.status == "PICKED"]
    assert picked == ["001", "236", "191", "110", "113", "318"]
    assert scored_set.total_decile_score.value == dec("47.7824")
    assert scored_set.high_priority_bonus.value == 6
    assert scored_set.end_to_end_bonus.value == 6
    assert percent(tree) == dec("99.6373")


def test_x_28_m_qual_22_without_high_priority_only_five_count() -> None:
    tree = scored(
        2018, quality(2018, "registry", "110 70/30, 113 70/30, 128 70/30, 117 95/5, 226 90/10, 134 50/50")
    )
    # 113 and 117 are not of high priority in 2018 by registry
    assert entry(tree, "134").status == "SKIPPED"
    assert picked_set(tree).total_decile_score.value == dec("32.5241")
    assert percent(tree) == dec("54.2068")


def test_x_29_m_ema_03_a_complete_cluster() -> None:
    tree = scored(2019, quality(2019, "registry", "012 99/1, 141 45/5"))
    assert entry(tree, "141").required
    assert picked_set(tree).denominator.value == 20
    assert percent(tree) == dec("41.1055")
    early = scored(2019, quality(2019, "registry", "012 99/1, 141 45/5"), mode="preliminary")
    assert node(early, "quality").value == dec("24.6633")


def test_x_30_m_ema_05_the_missing_related_measure_scores_0() -> None:
    tree = scored(2019, quality(2019, "registry", "141 45/5"))
    assert percent(tree) == dec("21.4205")
    assert picked_set(tree).applicability.value.missing == ("012",)


def test_x_31_m_ema_03_one_measure_outside_the_cluster() -> None:
    tree = scored(2019, quality(2019, "registry", "141 45/5, 236 80/20"))
    assert entry(tree, "236").required
    assert bonus_ids(tree) == {"141": 2}
    assert percent(tree) == dec("22.8183")


@pytest.mark.parametrize(
    ("mode", "numerator", "shown"), [("final", "18.5735", "61.9117"), ("preliminary", "13.6042", "45.3473")]
)
def test_x_32_m_ema_06_a_complete_specialty_set(mode: Any, numerator: str, shown: str) -> None:
    tree = scored(2019, quality(2019, "registry", "102 49/1, 143 98/2, 144 90/10"), mode=mode)
    scored_set = picked_set(tree)
    assert scored_set.applicability.value.specialty_set == "radiationOncology"
    assert entry(tree, "143").required
    assert scored_set.total_measurement_points.value == dec(numerator)
    assert percent(tree) == dec(shown)


WEB_INTERFACE = (
    "110 62, 111 85, 112 71, 113 25, 128 55, 134 40, 204 88, 236 66, 318 60, dmComposite 40, "
    "046 50, 226 50, 370 50, 438 50"
)


def x_33(**survey: Any) -> ScoreTree:
    return scored(
        2018,
        quality(2018, "cmsWebInterface", WEB_INTERFACE),
        entity_type="group",
        clinician_count=30,
        acr=Readmission(rate=dec("14.66"), cases=340),
        **survey,
    )


def test_x_33_m_wi_05_a_web_interface_group() -> None:
    tree = x_33()
    scored_set = picked_set(tree)
    assert scored_set.denominator.value == 110
    assert scored_set.total_decile_score.value == dec("69.1692") + dec("6.5")
    assert bonus_ids(tree) == {"370": 2, "dmComposite": 2, "046": 1, "318": 1}
    assert entry(tree, "236").required
    assert percent(tree) == dec("74.2447")


def test_x_34_m_wi_05_the_survey_is_an_additional_measure() -> None:
    tree = x_33(cahps_registered=True, cahps=survey_scores())
    assert picked_set(tree).denominator.value == 120
    assert percent(tree) == dec("75.5528")
