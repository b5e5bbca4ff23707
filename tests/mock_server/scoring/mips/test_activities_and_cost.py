"""Improvement activities and cost (mips-scoring sections 8 and 10)."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from mock_server.reference.mips.years import mips_year
from mock_server.scoring.mips.activities import further_activities
from mock_server.scoring.mips.cost import cost_points
from mock_server.scoring.mips.profile import Circumstances, CostResult, Overrides, Settings
from mock_server.scoring.mips.result import ScoreTree
from mock_server.scoring.mips.submission import Measurement
from mock_server.scoring.mips.years import RULES
from tests.mock_server.scoring.mips.builders import (
    activities,
    dec,
    measurement_set,
    node,
    quality,
    scored,
)

HIGH, MEDIUM = "IA_BE_6", "IA_EPA_3"


def points(tree: ScoreTree) -> int:
    return tree.result.ia.points.value


@pytest.mark.parametrize("status", ["small_practice", "rural", "hpsa", "non_patient_facing"])
def test_m_ia_01_a_special_status_doubles_once(status: str) -> None:
    assert points(scored(2019, activities(2019, MEDIUM))) == 10
    assert points(scored(2019, activities(2019, HIGH))) == 20
    special: Any = {status: True}
    tree = scored(2019, activities(2019, MEDIUM), **special)
    assert points(tree) == 20
    assert tree.root.metadata["hasIAWeightStatus"] == "SPECIAL"
    assert points(scored(2019, activities(2019, MEDIUM), rural=True, hpsa=True)) == 20


def test_m_ia_02_only_what_was_done_and_each_activity_once() -> None:
    undone = measurement_set(2019, "ia", "registry", Measurement(measure_id=HIGH, value=False))
    assert points(scored(2019, undone)) == 0
    twice = (activities(2019, MEDIUM, "registry"), activities(2019, MEDIUM))
    assert points(scored(2019, *twice)) == 10
    assert points(scored(2019, undone, activities(2019, HIGH))) == 20
    with pytest.raises(KeyError):
        scored(2019, activities(2019, "IA_XX_1"))


def test_m_ia_03_forty_points_are_all() -> None:
    tree = scored(2019, activities(2019, f"{HIGH} {MEDIUM} IA_AHE_1 IA_AHE_2 IA_AHE_3"))
    assert points(tree) == 40
    assert tree.result.ia.percent.value == 100
    assert scored(2019, activities(2019, MEDIUM)).result.ia.percent.value == 25


def test_m_ia_04_a_medical_home() -> None:
    assert points(scored(2017, activities(2017, "IA_PCMH"))) == 40
    known = scored(2019, quality(2019, "registry", "236 70/30"), cms_known_pcmh=True)
    assert points(known) == 40
    assert known.root.metadata["givenIACreditPCMH"]
    assert points(scored(2019, cms_known_pcmh=True)) == 0


def test_m_ia_05_apm_participation_needs_data_in_any_category() -> None:
    tree = scored(2019, quality(2019, "registry"), apm_participant=True, mode="preliminary")
    assert (points(tree), node(tree, "ia").value) == (20, dec("7.5"))
    assert tree.root.metadata["givenAPMParticipationCredit"]
    assert points(scored(2019, apm_participant=True)) == 0
    held = quality(2019, "cmsWebInterface", "236 70/30")
    assert points(scored(2019, held, apm_participant=True, mode="preliminary", entity_type="group")) == 0


def test_m_ia_06_full_credit_for_the_study_and_under_the_apm_standard() -> None:
    study = scored(2019, quality(2019, "registry", "236 70/30"), ia_study_participant=True)
    assert points(study) == 40
    assert study.root.metadata["givenIAStudyCredit"]
    assert points(scored(2019, ia_study_participant=True)) == 0
    assert points(scored(2019, scored_under_apm_standard=True, mips_apm="ssp", entity_type="apm")) == 40


@pytest.mark.parametrize(
    ("start", "end", "earned"),
    [
        (date(2019, 1, 1), date(2019, 3, 31), 20),
        (date(2019, 1, 1), date(2019, 3, 30), 0),
        (None, date(2019, 12, 31), 0),
        (date(2019, 1, 1), None, 0),
    ],
)
def test_m_ia_07_ninety_days(start: Any, end: Any, earned: int) -> None:
    short = activities(2019, HIGH, performance_start=start, performance_end=end)
    tree = scored(2019, short)
    assert points(tree) == earned
    assert bool(tree.result.ia.sets[0].warnings) is (earned == 0)
    assert points(scored(2019, short, settings=Settings(enforce_ia_90_days=False))) == 20


def test_m_ia_08_methods_are_combined_from_2019() -> None:
    def two(year: int) -> int:
        return points(
            scored(year, activities(year, "IA_AHE_1", "registry"), activities(year, "IA_EPA_1 IA_EPA_2"))
        )

    assert RULES[2018].activities_combine_methods is False
    single = points(scored(2018, activities(2018, "IA_EPA_1 IA_EPA_2")))
    assert two(2018) == max(single, points(scored(2018, activities(2018, "IA_AHE_1"))))
    first, rest = (points(scored(2019, activities(2019, i))) for i in ("IA_AHE_1", "IA_EPA_1 IA_EPA_2"))
    assert two(2019) == min(40, first + rest)
    merged = scored(
        2018,
        activities(2018, "IA_EPA_2", submitter_id="a"),
        activities(2018, "IA_EPA_3", submitter_id="b"),
    )
    assert points(merged) == 20, "sets of one method are merged"


@pytest.mark.parametrize(
    ("now", "of_one", "needed"), [(30, 10, 1), (30, 20, 1), (0, 10, 4), (0, 20, 2), (10, 20, 2), (40, 10, 0)]
)
def test_m_ia_09_how_many_more(now: int, of_one: int, needed: int) -> None:
    assert further_activities(points=now, points_of_one=of_one) == needed


@pytest.mark.parametrize(("year", "high", "medium"), [(2017, 14, 78), (2018, 22, 90), (2019, 24, 93)])
def test_m_ia_10_the_inventory(year: int, high: int, medium: int) -> None:
    weights = Counter(one.weight for one in mips_year(year).ia.values())
    assert (weights["high"], weights["medium"], weights[None]) == (high, medium, 1)


# --- cost --------------------------------------------------------------------------------------------------

EPISODES = ("EOPCI", "KA", "CCLI", "IOL", "SSC", "IHCI", "SPH", "STEMI")


def cost(year: int, *results: tuple[str, str, int], **more: Any) -> ScoreTree:
    made = tuple(CostResult(measure_id=i, value=dec(v), cases=c) for i, v, c in results)
    return scored(year, cost=made, **more)


@pytest.mark.parametrize("year", [2017, 2018, 2019])
def test_m_cost_01_the_measures_of_the_year(year: int) -> None:
    expected = {"MSPB_1", "TPCC_1"} | ({f"COST_{e}_1" for e in EPISODES} if year == 2019 else set())
    assert set(RULES[year].cost.case_minimum) == expected == set(mips_year(year).cost)
    assert cost(year, ("COST_XX_1", "1", 99)).result.cost.measures == ()


@pytest.mark.parametrize(
    ("measure_id", "minimum"),
    [
        ("MSPB_1", 35),
        ("TPCC_1", 20),
        *((f"COST_{e}_1", 10) for e in EPISODES[:5]),
        *((f"COST_{e}_1", 20) for e in EPISODES[5:]),
    ],
)
def test_m_cost_02_case_minimum(measure_id: str, minimum: int) -> None:
    assert cost(2019, (measure_id, "1", minimum)).result.cost.percent is not None
    assert cost(2019, (measure_id, "1", minimum - 1)).result.cost.percent is None


BOUNDS = tuple(dec(str(n)) for n in range(100, 0, -10))


@pytest.mark.parametrize(
    ("value", "points"),
    [("100.01", "1"), ("100", "1"), ("95", "1.5"), ("90", "2"), ("10", "10"), ("5", "10"), ("91", "1.9")],
)
def test_m_cost_03_ten_bounds_start_deciles_1_to_10(value: str, points: str) -> None:
    assert cost_points(value=dec(value), bounds=BOUNDS, first_decile=1).points == dec(points)


@pytest.mark.parametrize(
    ("value", "points"),
    [("100.01", "1"), ("100", "2"), ("95", "2.5"), ("20", "10"), ("0", "10"), ("25", "9.5")],
)
def test_m_cost_04_nine_bounds_start_deciles_2_to_10_in_2017(value: str, points: str) -> None:
    bounds = (*BOUNDS[:9], dec("0"))
    assert cost_points(value=dec(value), bounds=bounds, first_decile=2).points == dec(points)


def test_m_cost_05_the_mean_of_the_scored_measures() -> None:
    both = cost(2018, ("TPCC_1", "12000", 200), ("MSPB_1", "20000", 40))
    one = cost(2018, ("TPCC_1", "12000", 200), ("MSPB_1", "20000", 34))
    assert float(both.result.percent("cost")) == pytest.approx(76.0805)
    assert float(one.result.percent("cost")) == pytest.approx(69.985)


@pytest.mark.parametrize(
    ("year", "more"),
    [
        (2017, {}),
        (2018, {"mode": "preliminary"}),
        (2018, {"scored_under_apm_standard": True, "mips_apm": "ssp"}),
        (2018, {"euc": Circumstances(cost=True)}),
        (2018, {"overrides": Overrides(removed_benchmarks=(("TPCC_1", "administrativeClaims"),))}),
    ],
)
def test_m_wgt_05_when_cost_is_not_scorable(year: int, more: dict[str, Any]) -> None:
    tree = cost(year, ("TPCC_1", "12000", 200), **more)
    assert tree.result.weight("cost") == 0
    assert tree.category("cost") == 0
    assert cost(2018, ("TPCC_1", "12000", 200)).result.weight("cost") == 10
