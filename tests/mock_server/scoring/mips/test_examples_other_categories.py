"""Worked examples X-35 to X-53 of mips-scoring 14.3: ACI, PI, improvement activities, cost."""

from decimal import Decimal
from typing import Any

import pytest

from mock_server.scoring.mips.interoperability.base_points import performance_points
from mock_server.scoring.mips.profile import CostResult
from mock_server.scoring.mips.result import ScoreTree
from tests.mock_server.scoring.mips.builders import (
    VALID_CEHRT,
    activities,
    dec,
    interoperability,
    node,
    scored,
)

X_35 = (
    "TRANS_EP_1 60/100, TRANS_HIE_1 12/80, TRANS_PEA_1 345/360, TRANS_PEA_2 30/360, TRANS_PSE_1 200/360, "
    "TRANS_SM_1 3/360, TRANS_MR_1 70/90, TRANS_PHCDRR_3 yes"
)
X_38 = (
    "EP_1 5/10, LVOTC_1 yes, LVITC_1 yes, PEA_1 72/80, PEA_2 20/80, CCTPE_1 8/80, PHCDRR_3 yes, PHCDRR_4 yes"
)
X_39 = "EP_1 88/120, HIE_1 45/160, HIE_4 30/90, PEA_1 410/500, PHCDRR_2 yes, PHCDRR_1_EX_1 yes, EP_2 yes"


def pi_percent(tree: ScoreTree) -> Any:
    return tree.result.pi.percent


def pi_parts(tree: ScoreTree) -> dict[str, int]:
    assert tree.result.pi.picked is not None
    return {part.name: part.points.value for part in tree.result.pi.picked.parts}


def pi_points(tree: ScoreTree) -> dict[str, int]:
    assert tree.result.pi.picked is not None
    return {
        one.measure_id.removeprefix("PI_"): one.points.value
        for one in tree.result.pi.picked.measures
        if one.points is not None
    }


def test_x_35_aci_2017_transition_set() -> None:
    tree = scored(2017, interoperability(2017, X_35))
    assert pi_parts(tree) == {"aci_base": 74, "aci_performance": 16, "aci_bonus": 5, "cehrt_bonus": 0}
    assert pi_percent(tree) == 95
    assert node(tree, "aci").value == dec("23.75")


def test_x_36_m_aci_02_an_open_base_requirement_costs_everything() -> None:
    tree = scored(2017, interoperability(2017, X_35.replace("EP_1 60", "EP_1 0")))
    assert pi_percent(tree) == 0
    assert tree.result.pi.picked is not None
    assert tree.result.pi.picked.missing == ("e-Prescribing",)


@pytest.mark.parametrize(
    ("numerator", "denominator", "weight", "earned"),
    [(104, 1000, 10, 1), (105, 1000, 10, 2), (85, 100, 10, 9), (55, 100, 20, 12), (1, 500, 20, 2)],
)
def test_x_37_m_aci_07_rounding(numerator: int, denominator: int, weight: int, earned: int) -> None:
    assert performance_points(numerator=numerator, denominator=denominator, weight=weight) == earned


def x_38() -> Any:
    return interoperability(2018, X_38, cehrt_id=VALID_CEHRT)


def test_x_38_pi_2018_with_2015_edition_technology() -> None:
    tree = scored(2018, x_38(), mode="preliminary")
    assert pi_parts(tree) == {"PI_base": 59, "PI_performance": 14, "PI_bonus": 15, "cehrt_bonus": 0}
    assert pi_percent(tree) == 88
    assert node(tree, "pi").value == 22


def test_x_39_pi_2019() -> None:
    tree = scored(2019, interoperability(2019, X_39), mode="preliminary")
    expected = {"EP_1": 7, "HIE_1": 6, "HIE_4": 7, "PEA_1": 33, "PHCDRR_2": 10, "EP_2": 5}
    assert pi_points(tree) == expected
    assert pi_percent(tree) == 68
    assert node(tree, "pi").value == 17


def test_x_40_m_pi_04_excluded_points_go_elsewhere() -> None:
    tree = scored(
        2019,
        interoperability(
            2019, "LVPP_1 yes, LVITC_2 yes, HIE_1 60/80, PEA_1 99/100, PHCDRR_1 yes, PHCDRR_5 yes"
        ),
        mode="preliminary",
    )
    assert pi_points(tree) == {"HIE_1": 38, "PEA_1": 40, "PHCDRR_1": 5, "PHCDRR_5": 5}
    assert node(tree, "pi").value == 22


def test_x_41_m_pi_06_rounds_half_up() -> None:
    rows = "LVPP_1 yes, HIE_1 133/200, HIE_4 1/1, PEA_1 1/1, PHCDRR_1 yes, PHCDRR_2 yes"
    assert pi_points(scored(2019, interoperability(2019, rows)))["HIE_1"] == 17


def test_x_42_m_pi_06_a_numerator_of_one_earns_a_point() -> None:
    rows = X_39.replace("EP_1 88/120", "EP_1 1/500")
    assert pi_points(scored(2019, interoperability(2019, rows)))["EP_1"] == 1


def test_x_43_m_pi_01_a_required_measure_with_nobody() -> None:
    tree = scored(2019, interoperability(2019, X_39.replace("PEA_1 410/500", "PEA_1 0/300")))
    assert pi_percent(tree) == 0
    assert tree.result.weight("pi") == 25
    assert tree.result.pi.picked is not None
    assert tree.result.pi.picked.missing == ("PI_PEA_1",)


def test_x_44_m_pi_09_contradicting_sets() -> None:
    upload = interoperability(2019, X_39.replace("EP_1 88/120", "EP_1 10/20"), "electronicHealthRecord")
    manual = interoperability(2019, X_39.replace("EP_1 88/120", "EP_1 11/20"))
    tree = scored(2019, upload, manual)
    assert tree.result.pi.is_conflict
    assert node(tree, "pi").value == 0
    assert tree.result.weight("pi") == 25


@pytest.mark.parametrize("cehrt_id", [None, "0015HABCDEFGHIJ"])
def test_x_45_m_pi_02_certification_id(cehrt_id: str | None) -> None:
    tree = scored(2019, interoperability(2019, X_39, cehrt_id=cehrt_id))
    assert pi_percent(tree) == 0
    assert tree.result.pi.picked is not None
    assert tree.result.pi.picked.missing == ("a CMS EHR certification ID of the 2015 edition",)


def ia(tree: ScoreTree) -> tuple[int, Any]:
    """(points, weighted)."""
    return tree.result.ia.points.value, node(tree, "ia").value


def test_x_46_one_high_activity_with_a_special_status() -> None:
    tree = scored(2019, activities(2019, "IA_BE_6"), non_patient_facing=True)
    assert ia(tree) == (40, 15)


def test_x_47_m_ia_05_apm_participation() -> None:
    tree = scored(2019, activities(2019, "IA_EPA_3"), apm_participant=True)
    assert ia(tree) == (30, dec("11.25"))
    advice = {part.name: part.metadata["count"] for part in node_of_feedback(tree).parts}
    assert advice == {"medium": 1, "high": 1}


def node_of_feedback(tree: ScoreTree) -> Any:
    return next(part for part in tree.root.parts if part.name == "feedback-ia")


def test_x_48_at_most_40_points() -> None:
    tree = scored(2017, activities(2017, "IA_PSPA_6 IA_PM_7 IA_PSPA_1"))
    activity_points = [one.points.value for one in tree.result.ia.sets[0].activities]
    assert sorted(activity_points) == [10, 20, 20]
    assert ia(tree) == (40, 15)


def test_x_49_a_medical_home() -> None:
    assert ia(scored(2018, activities(2018, "IA_PCMH"))) == (40, 15)


def cost(year: int, *results: tuple[str, str, int], **profile: Any) -> ScoreTree:
    made = tuple(CostResult(measure_id=i, value=Decimal(v), cases=c) for i, v, c in results)
    return scored(year, cost=made, **profile)


def cost_points(tree: ScoreTree) -> dict[str, Any]:
    return {
        one.result.measure_id: None if one.decile is None else one.decile.value.points
        for one in tree.result.cost.measures
    }


X_50 = (("TPCC_1", "12000", 200), ("MSPB_1", "20000", 40))
X_51 = (("TPCC_1", "9000", 60), ("MSPB_1", "28000", 30), ("COST_IOL_1", "3050", 12))


def test_x_50_cost_2018() -> None:
    tree = cost(2018, *X_50)
    assert cost_points(tree) == {"TPCC_1": dec("6.9985"), "MSPB_1": dec("8.2176")}
    assert node(tree, "cost").original is not None
    assert node(tree, "cost").original.value == dec("76.0805")  # type: ignore[union-attr]
    assert node(tree, "cost").value == dec("7.6081")


def test_x_51_cost_2019_too_few_cases() -> None:
    tree = cost(2019, *X_51)
    assert cost_points(tree) == {"TPCC_1": dec("8.0742"), "MSPB_1": None, "COST_IOL_1": dec("6.5191")}
    assert node(tree, "cost").original.value == dec("72.9665")  # type: ignore[union-attr]
    assert node(tree, "cost").value == dec("10.9450")


def test_x_52_cost_2019_the_ends_of_the_scale() -> None:
    tree = cost(2019, ("MSPB_1", "50000", 80), ("COST_KA_1", "14000", 15))
    assert cost_points(tree) == {"MSPB_1": 1, "COST_KA_1": 10}


def test_x_53_m_cost_04_cost_2017_is_informational() -> None:
    tree = cost(2017, ("TPCC_1", "13000", 200))
    (one,) = tree.result.cost.measures
    assert one.decile is not None
    assert (one.decile.value.decile, one.decile.value.points) == (5, dec("5.9700"))
    assert tree.result.weight("cost") == 0
    assert node(tree, "cost").value == 0
