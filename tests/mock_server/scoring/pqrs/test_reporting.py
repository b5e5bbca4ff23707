"""Satisfactory reporting of individuals (pqrs-2011 3.2 to 3.5, examples 10.2)."""

from typing import Any

import pytest

from mock_server.scoring.pqrs.record import Attempt, MeasureCounts, Submissions, ZeroPerformanceDiscount
from mock_server.scoring.pqrs.result import AttemptResult
from tests.mock_server.scoring.pqrs.builders import (
    ARTHRITIS,
    DIABETES,
    KIDNEY,
    PREVENTIVE,
    attempt,
    group,
    judged,
    measure,
    row,
)


def decision(result: AttemptResult) -> tuple[bool, str]:
    """Eligible, and the rationale's id."""
    return result.eligible, result.verdict.value.id


def shown_rates(result: AttemptResult) -> list[int]:
    """Reporting rates in the order of the detail table."""
    return [m.reporting_rate.value for m in result.measures]


def counted(result: AttemptResult) -> tuple[int | None, ...]:
    """P-T2-1 to P-T2-4; `None` = does not apply."""
    figures = (
        result.groups_reported,
        result.measures_reported,
        result.measures_on_eligible,
        result.measures_satisfactory,
    )
    return tuple(figure.value if figure else None for figure in figures)


def test_p_ex_11_claims_three_measures_at_half() -> None:
    result = judged(attempt("IND-CLM-12", "1 120/66, 47 210/105, 110 88/40, 128 95/61, 226 140/69"))
    assert decision(result) == (True, "P-RAT-14")
    assert shown_rates(result) == [55, 50, 45, 64, 49]
    assert counted(result) == (None, 5, 5, 3)
    assert result.mav is None


def test_p_ex_12_three_reported_so_no_mav() -> None:
    result = judged(attempt("IND-CLM-6", "51 41/30, 52 44/22, 47 61/30"))
    assert decision(result) == (False, "P-RAT-5")
    assert shown_rates(result) == [49, 73, 50]
    assert result.measures_satisfactory.value == 2
    assert result.mav is None


def test_p_ex_16_no_mav_when_a_measure_is_below_half() -> None:
    result = judged(attempt("IND-CLM-12", "31 64/50, 32 58/25"))
    assert decision(result) == (False, "P-RAT-5")
    assert shown_rates(result) == [78, 43]
    assert result.mav is None


def test_p_ex_17_an_invalid_code_on_a_second_measure_prevents_mav() -> None:
    stray = measure("52", 0, 0, claims=True, any_qdc=True)
    result = judged(attempt("IND-CLM-12", "51 36/29", stray))
    assert decision(result) == (False, "P-RAT-5")
    assert counted(result) == (None, 2, 1, 1)


def test_p_ex_18_registry_needs_three_at_80() -> None:
    result = judged(attempt("IND-REG-12", "31 77/63, 32 65/52, 35 90/73, 36 48/30"))
    assert decision(result) == (True, "P-RAT-15")
    assert shown_rates(result) == [82, 80, 81, 63]
    assert counted(result) == (None, 4, 4, 3)


def test_p_ex_19_a_shown_80_percent_does_not_count() -> None:
    result = judged(attempt("IND-REG-6", "31 200/159, 32 65/52, 35 90/73"))
    assert decision(result) == (False, "P-RAT-6")
    assert shown_rates(result) == [80, 80, 81]
    assert result.measures_satisfactory.value == 2


@pytest.mark.parametrize(
    ("switched_on", "verdict", "satisfactory"),
    [(True, (False, "P-RAT-6"), 2), (False, (True, "P-RAT-15"), 3)],
)
def test_p_ex_20_zero_performance_discount(
    switched_on: bool, verdict: tuple[bool, str], satisfactory: int
) -> None:
    tried = attempt("IND-REG-12", "32 65/52, 35 90/73", measure("31", 77, 63, met=0))
    result = judged(tried, ZeroPerformanceDiscount(registry=switched_on))
    assert decision(result) == verdict
    assert result.measures_satisfactory.value == satisfactory
    assert row(result, "31").performance_rate.value == 0


def test_p_cfg_11_the_discount_is_on_for_registries_only() -> None:
    zero = measure("31", 77, 63, met=0)
    assert not judged(attempt("IND-REG-12", "32 65/52, 35 90/73", zero)).eligible
    assert judged(attempt("IND-EHR-12", "32 65/52, 35 90/73", zero)).eligible


@pytest.mark.parametrize(
    ("why", "kept"),
    [
        ("inverse measure", measure("1", 77, 63, met=0)),
        ("only exclusions", measure("31", 77, 63, excl_1p=63, met=0)),
    ],
)
def test_p_sr_3_some_measures_are_never_discounted(why: str, kept: MeasureCounts) -> None:
    assert judged(attempt("IND-REG-12", "32 65/52, 35 90/73", kept)).eligible, why


def test_p_ex_21_ehr_three_measures_at_80() -> None:
    result = judged(attempt("IND-EHR-12", "1 143/143, 110 260/222, 111 118/95, 113 87/61"))
    assert decision(result) == (True, "P-RAT-15")
    assert shown_rates(result) == [100, 85, 81, 70]
    assert counted(result) == (None, 4, 4, 3)


def test_p_ex_22_two_measures_are_never_enough_by_ehr() -> None:
    result = judged(attempt("IND-EHR-12", "1 143/143, 110 260/222"))
    assert decision(result) == (False, "P-RAT-6")
    assert result.measures_satisfactory.value == 2
    assert result.mav is None


def test_p_ex_23_one_satisfied_group_is_enough() -> None:
    result = judged(
        attempt("MG30-CLM-12", "", group(DIABETES, "44/31", claims=True), group(KIDNEY, "36/12", claims=True))
    )
    assert decision(result) == (True, "P-RAT-4")
    assert counted(result)[:3] == (2, 10, None)


def test_p_ex_24_29_beneficiaries_are_too_few() -> None:
    result = judged(attempt("MG30-CLM-12", "", group(DIABETES, "44/29", claims=True)))
    assert decision(result) == (False, "P-RAT-3")


@pytest.mark.parametrize(("counts", "verdict"), [("30/30", (True, "P-RAT-9")), ("34/28", (False, "P-RAT-2"))])
def test_p_ex_25_beneficiaries_by_registry(counts: str, verdict: tuple[bool, str]) -> None:
    assert decision(judged(attempt("MG30-REG-12", "", group(ARTHRITIS, counts)))) == verdict


@pytest.mark.parametrize(
    ("example", "method", "counts", "verdict", "rate"),
    [
        ("P-EX-26", "MG50-CLM-12", "30/17", (True, "P-RAT-10"), 57),
        ("P-EX-26", "MG50-CLM-12", "20/14", (False, "P-RAT-7"), 70),
        ("P-EX-26", "MG50-CLM-12", "40/16", (False, "P-RAT-8"), 40),
        ("P-EX-27", "MG50-CLM-6", "15/9", (True, "P-RAT-11"), 60),
        ("P-EX-27", "MG50-CLM-6", "10/7", (False, "P-RAT-7"), 70),
        ("P-EX-27", "MG50-CLM-6", "20/8", (False, "P-RAT-8"), 40),
        ("P-EX-28", "MG80-REG-12", "24/20", (True, "P-RAT-12"), 83),
        ("P-EX-28", "MG80-REG-12", "16/14", (False, "P-RAT-7"), 88),
        ("P-EX-28", "MG80-REG-12", "27/21", (False, "P-RAT-8"), 78),
        ("P-EX-29", "MG80-REG-6", "10/8", (True, "P-RAT-13"), 80),
        ("P-EX-29", "MG80-REG-6", "7/7", (False, "P-RAT-7"), 100),
        ("P-EX-29", "MG80-REG-6", "12/9", (False, "P-RAT-8"), 75),
    ],
)
def test_p_ex_26_27_28_29_groups_by_eligible_instances(
    example: str, method: Any, counts: str, verdict: tuple[bool, str], rate: int
) -> None:
    result = judged(attempt(method, "", group(KIDNEY, counts, claims="CLM" in method)))
    assert decision(result) == verdict, example
    assert [g.reporting_rate.value for g in result.groups] == [rate]


def test_p_sr_3_a_group_with_a_zero_performance_member_is_removed_from_the_tests_alone() -> None:
    dead = group(KIDNEY, "30/30", measure("121", 30, 30), measure("122", 30, 30, met=0))
    result = judged(attempt("MG30-REG-12", "", dead))
    assert decision(result) == (False, "P-RAT-2")
    assert counted(result) == (1, 2, None, 2)
    assert [g.group for g in result.groups] == [KIDNEY]
    assert "P-SR-3" in result.verdict.rules
    assert judged(attempt("MG30-REG-12", "", dead, group(ARTHRITIS, "30/30"))).eligible


def test_p_t2_1_groups_without_any_data_are_not_reported() -> None:
    silent = group(PREVENTIVE, "40/0", measure("39", 40, 0))
    touched = group(DIABETES, "40/0", measure("1", 40, 3), measure("2", 40, 0))
    result = judged(attempt("MG80-REG-12", "", silent, touched))
    assert counted(result) == (1, 1, None, 0)
    assert [(g.group, len(g.members)) for g in result.groups] == [(DIABETES, 2)]


def test_p_ex_57_every_code_was_invalid() -> None:
    sent = Submissions(reported=3, cpt=2, dx=1)
    result = judged(Attempt(method="IND-CLM-12", measures=(measure("51", 0, 0, submissions=sent),)))
    assert decision(result) == (False, "P-RAT-5")
    assert result.incentive.value is None
    assert counted(result) == (None, 1, 0, 0)
    shown = row(result, "51")
    assert (shown.reporting_rate.value, shown.performance_rate.value) == (0, 0)
    assert (shown.performance_denominator.value, shown.not_met.value) == (0, 0)
    assert [str(s.correctly_reported.value) for s in result.submissions] == ["0.0"]


def test_p_t2_13_measures_without_quality_data_are_no_rows() -> None:
    result = judged(attempt("IND-CLM-12", "51 36/29, 52 29/0"))
    assert [m.measure for m in result.measures] == ["51"]


def test_p_ex_60_groups_by_title_and_measures_by_number() -> None:
    arthritis = group(ARTHRITIS, "40/30", *(measure(n, 40, 30) for n in ("180", "108", "176")))
    kidney = group(KIDNEY, "40/30", *(measure(n, 40, 30) for n in ("153", "121")))
    result = judged(attempt("MG80-REG-12", "", arthritis, kidney))
    assert [(g.group, [m.measure for m in g.members]) for g in result.groups] == [
        (KIDNEY, ["121", "153"]),
        (ARTHRITIS, ["108", "176", "180"]),
    ]
