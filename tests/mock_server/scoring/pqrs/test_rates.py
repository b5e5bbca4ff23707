"""Formulas of one measure (pqrs-2011 section 2, examples 10.1)."""

from decimal import Decimal

import pytest

from mock_server.scoring.computed import Computed
from mock_server.scoring.pqrs import rates
from mock_server.scoring.pqrs.rates import NULL
from mock_server.scoring.pqrs.record import MeasureCounts, Submissions
from mock_server.scoring.pqrs.result import MeasureResult
from tests.mock_server.scoring.pqrs.builders import measure


def performance(counts: MeasureCounts) -> tuple[object, ...]:
    """Denominator, not met and rate, as Table 4 shows them."""
    result = MeasureResult(counts, 50)
    return result.performance_denominator.value, result.not_met.value, result.performance_rate.value


@pytest.mark.parametrize(
    ("reported", "eligible", "percent"),
    [(57, 91, 63), (1, 8, 13), (3, 8, 38), (5, 8, 63), (399, 400, 100), (0, 0, 0), (451, 520, 87)],
)
def test_p_ex_01_reporting_rate_rounds_half_up(reported: int, eligible: int, percent: int) -> None:
    assert MeasureResult(measure("47", eligible, reported), 50).reporting_rate.value == percent


def test_p_ex_02_a_shown_80_percent_may_be_unsatisfactory() -> None:
    result = MeasureResult(measure("31", 200, 159), 80)
    assert result.reporting_rate.value == 80
    assert result.satisfactory.value is False


def test_p_ex_03_claims_row_with_errors() -> None:
    result = MeasureResult(measure("47", 91, 57, claims=True, no_qdc=25, qdc_errors=9), 50)
    assert result.reporting_rate.value == 63


def test_p_ex_04_exclusions_leave_the_performance_denominator() -> None:
    counts = measure("47", 64, 64, excl_1p=4, excl_2p=3, excl_3p=2, met=41)
    assert MeasureResult(counts, 50).exclusions.value == 9
    assert performance(counts) == (55, 14, 75)


@pytest.mark.parametrize(
    ("example", "counts", "shown"),
    [
        ("P-EX-5", measure("47", 23, 23, excl_1p=23, met=0), (0, 0, NULL)),
        ("P-EX-6", measure("47", 0, 0), (0, 0, 0)),
        ("P-EX-7", measure("47", 18, 18, excl_2p=6, met=0, not_met=12), (12, 12, 0)),
    ],
)
def test_p_ex_05_06_07_null_is_not_zero_percent(
    example: str, counts: MeasureCounts, shown: tuple[object, ...]
) -> None:
    assert performance(counts) == shown, example


def test_p_ex_08_submission_errors() -> None:
    sent = Submissions(
        reported=121, correct=83, gender=1, age=2, cpt=15, dx=9, cpt_dx=6, missing_cpt=4, missing_cpt_dx=2
    )
    shown = MeasureResult(measure("47", 90, 83, claims=True, submissions=sent), 50).submission
    assert shown is not None
    assert (shown.counts.reported, shown.correct) == (121, 83)
    assert shown.correctly_reported.value == Decimal("68.6")


@pytest.mark.parametrize(("correct", "reported", "percent"), [(1, 16, "6.3"), (7, 80, "8.8"), (0, 3, "0.0")])
def test_p_ex_09_correctly_reported_has_one_decimal(correct: int, reported: int, percent: str) -> None:
    shown = rates.correctly_reported(correct=correct, reported=reported)
    assert str(shown) == percent


def test_p_dm_44_correct_is_the_numerator_unless_given() -> None:
    shown = MeasureResult(
        measure("47", 40, 30, claims=True, submissions=Submissions(reported=40, cpt=10)), 50
    )
    assert shown.submission is not None
    assert shown.submission.correct == 30


def test_p_f_5_without_submissions_no_row() -> None:
    assert MeasureResult(measure("47", 40, 30, claims=True), 50).submission is None
    none_sent = measure("47", 40, 0, claims=True, submissions=Submissions(reported=0))
    assert MeasureResult(none_sent, 50).submission is None


def test_p_ex_10_national_mean_leaves_null_out() -> None:
    assert rates.national_mean(rates=((31, 53), NULL, (40, 40))) == 79


def test_p_f_7_national_mean_of_nobody_is_none() -> None:
    assert rates.national_mean(rates=(NULL,)) is None
    assert rates.national_mean(rates=((0, 0), (1, 1))) == 50


def test_a_figure_says_how_it_came_about() -> None:
    rate = MeasureResult(measure("51", 36, 29), 50).reporting_rate
    assert rate == Computed(
        81, "pqrs.reporting_rate", (("reported", 29), ("eligible_instances", 36)), ("P-F-2", "P-F-1")
    )
    assert rate.text == "round_half_up(100 * reported / eligible_instances), 0 if eligible_instances = 0"
