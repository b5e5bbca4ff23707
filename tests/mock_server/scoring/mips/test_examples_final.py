"""Worked examples X-54 to X-66 of mips-scoring 14.4: final scores and payment."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from mock_server.scoring.mips.final import add_up, complex_patient_bonus
from mock_server.scoring.mips.payment import payment_for
from mock_server.scoring.mips.profile import Circumstances, CostResult, PiParticipant, Readmission
from mock_server.scoring.mips.result import ScoreTree
from mock_server.scoring.mips.submission import MeasurementSet
from mock_server.scoring.mips.years import RULES
from tests.mock_server.scoring.mips.builders import (
    activities,
    dec,
    entry,
    interoperability,
    measurement_set,
    node,
    points,
    quality,
    scored,
)
from tests.mock_server.scoring.mips.test_examples_other_categories import X_35, X_50, X_51, x_38
from tests.mock_server.scoring.mips.test_examples_quality import x_24

X_23_ROWS = "236 150/50, 001 60/140, 226 190/10, 113 120/80, 130 195/5, 128 15/4"


def costs(results: Any) -> tuple[CostResult, ...]:
    return tuple(CostResult(measure_id=i, value=Decimal(v), cases=c) for i, v, c in results)


def test_x_54_a_group_in_2017() -> None:
    tree = scored(
        2017,
        quality(2017, "registry", X_23_ROWS),
        interoperability(2017, X_35),
        activities(2017, "IA_PSPA_6 IA_PM_7"),
        entity_type="group",
        clinician_count=20,
        acr=Readmission(rate=dec("14.55"), cases=250),
    )
    assert node(tree, "quality").value == dec("41.7531")
    assert tree.final_score == dec("80.50")
    pay = tree.result.payment
    assert pay is not None
    assert (pay.adjustment.value, pay.exceptional.value) == (dec("0.2314"), dec("0.6082"))
    assert tree.payment_total == dec("0.84")


def test_x_55_a_small_practice_in_2018() -> None:
    tree = x_24(
        sets=(x_38(), activities(2018, "IA_PCMH")),
        cost=costs(X_50),
        hcc_average=dec("1.42"),
        dual_ratio=dec("0.12"),
    )
    assert node(tree, "quality").value == dec("36.7505")
    assert {bonus.name: bonus.points.value for bonus in tree.result.bonuses} == {
        "smallPracticeBonus": 5,
        "complexPatientBonus": dec("2.02"),
    }
    assert tree.final_score == dec("88.38")
    pay = tree.result.payment
    assert pay is not None
    assert (pay.adjustment.value, pay.exceptional.value) == (dec("0.2706"), dec("0.8640"))
    assert tree.payment_total == dec("1.13")


def x_56(*more: MeasurementSet, **profile: Any) -> ScoreTree:
    rows = "236 140/60, 117 180/20, 113 90/110, 318 70/30, 374 30/70, 226 90/10"
    return scored(
        2019,
        quality(2019, "electronicHealthRecord", rows),
        activities(2019, "IA_PCMH"),
        *more,
        pi_hardship_approved=True,
        cost=costs(X_51),
        hcc_average=dec("1.10"),
        dual_ratio=dec("0.05"),
        **profile,
    )


def test_x_56_reweighted_pi_in_2019() -> None:
    tree = x_56()
    assert node(tree, "quality").original.value == dec("71.8332")  # type: ignore[union-attr]
    assert node(tree, "quality").value == dec("50.2832")
    assert tree.final_score == dec("77.58")
    assert tree.payment_total == dec("0.29")


def test_x_57_the_same_during_the_window() -> None:
    tree = x_56(mode="preliminary")
    assert points(entry(tree, "226")) == 3
    assert tree.result.total.weighing.weights.value == (85, 0, 15, 0)
    assert node(tree, "quality").value == dec("54.2535")
    assert tree.root.value == dec("69.2535")
    assert tree.final_score is None


def test_x_58_m_wgt_04_a_pi_set_with_only_dates_cancels_the_reweighting() -> None:
    tree = x_56(measurement_set(2019, "pi", "webAttestation"), mode="preliminary")
    assert tree.result.total.weighing.weights.value == (60, 0, 15, 25)
    assert node(tree, "quality").value == dec("38.2966")
    assert tree.root.value == dec("53.2966")


def test_x_59_m_wgt_03_one_category_left() -> None:
    tree = scored(2018, euc=Circumstances(quality=True, pi=True, ia=True), cost=costs(X_50))
    assert tree.final_score == dec("15.00")
    assert tree.payment_total == 0


def test_x_60_m_apm_01_an_apm_entity() -> None:
    tree = scored(
        2019,
        quality(2019, "electronicHealthRecord", "236 140/60"),
        entity_type="apm",
        mips_apm="ssp",
        scored_under_apm_standard=True,
        apm_pi_participants=(PiParticipant(percent=dec("90")),),
    )
    assert tree.result.total.weighing.weights.value == (50, 0, 20, 30)
    assert tree.category("ia") == 20
    assert tree.category("pi") == 27
    percents = {**tree.result.total.percents, "quality": Fraction(82)}
    assert add_up(tree.result.case, tree.result.total.weighing, percents).sum == 88


def test_x_61_nothing_submitted() -> None:
    tree = scored(2019)
    assert tree.final_score == 0
    assert tree.payment_total == -7
    assert tree.root.parts == ()


def test_x_62_m_fin_03_the_complex_patient_bonus_is_capped() -> None:
    assert complex_patient_bonus(hcc_average=dec("3.1"), dual_ratio=dec("0.6"), any_data=True) == 5


@pytest.mark.parametrize(
    ("year", "score", "total"),
    [
        (2017, "0.40", "-4.00"),
        (2017, "2.00", "-1.33"),
        (2017, "45.50", "0.13"),
        (2017, "88.25", "1.25"),
        (2018, "2.50", "-5.00"),
        (2018, "9.00", "-2.00"),
        (2018, "45.00", "0.11"),
        (2018, "92.50", "1.33"),
        (2019, "5.00", "-7.00"),
        (2019, "22.40", "-1.77"),
        (2019, "60.00", "0.02"),
        (2019, "81.25", "0.53"),
    ],
)
def test_x_63_x_64_x_65_payment(year: int, score: str, total: str) -> None:
    assert payment_for(dec(score), RULES[year].payment).total.value == dec(total)


def test_x_66_m_wgt_09_an_unfinished_web_interface_set_and_nothing_else() -> None:
    tree = scored(
        2019,
        quality(2019, "cmsWebInterface", "236 70/30"),
        entity_type="group",
        mode="preliminary",
        wi_registered=True,
    )
    assert (tree.root.value, tree.result.shown_maximum) == (0, 45)
