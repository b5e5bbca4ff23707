"""Selection, incentives and totals of a practice (pqrs-2011 5.1, 5.2, examples 10.4)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mock_server.scoring.pqrs.choice import Payable, selected_method
from mock_server.scoring.pqrs.engine import ParticipationNotBuilt, score_practice, score_professional
from mock_server.scoring.pqrs.incentive import paid_after_sequestration
from mock_server.scoring.pqrs.record import NationalMean, Practice, Professional
from mock_server.scoring.pqrs.result import PracticeResult, ProfessionalResult
from tests.mock_server.scoring.pqrs.builders import (
    ARTHRITIS,
    KIDNEY,
    attempt,
    group,
    practice,
    professional,
)

CLAIMS_YES = attempt("IND-CLM-12", "1 120/66, 47 210/105, 128 95/61")
CLAIMS_FAILS_MAV = attempt("IND-CLM-12", "31 64/50, 32 58/44")
REGISTRY_YES = attempt("IND-REG-12", "31 77/63, 32 65/52, 35 90/73")
EHR_YES = attempt("IND-EHR-12", "1 143/143, 110 260/222, 111 118/95")
HALF_YEAR_YES = attempt("MG50-CLM-6", "", group(KIDNEY, "15/9", claims=True))
HALF_YEAR_NO = attempt("MG80-REG-6", "", group(KIDNEY, "12/9"))
THIRTY_NO = attempt("MG30-REG-12", "", group(ARTHRITIS, "34/28"))


@pytest.fixture
def example() -> Practice:
    """The practice of section 10.4, its rows in no order."""
    return practice(
        professional(EHR_YES, npi="1500000041", charges="0.00"),
        professional(
            REGISTRY_YES, CLAIMS_FAILS_MAV, npi="1300000027", charges="412345.67", half="205000.00",
            eligible={"35": 47},
        ),
        professional(
            THIRTY_NO, HALF_YEAR_YES, REGISTRY_YES, CLAIMS_YES,
            npi="1200000010", charges="87654.32", half="41200.00", moc=True,
        ),
        professional(HALF_YEAR_NO, npi="1400000034", charges="96000.00", half="51500.00", moc=True),
        contractors={"05102": "300000.00", "13102": "150000.00", "09202": "50000.00"},
    )  # fmt: skip


@pytest.fixture
def result(example: Practice) -> PracticeResult:
    return score_practice(example)


def dollars(amount: str | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)


def amounts(result: ProfessionalResult) -> tuple[Decimal | None, ...]:
    return result.pqrs.value, result.moc.value, result.total.value


def test_p_ex_43_a_tie_goes_to_claims_by_canonical_order(result: PracticeResult) -> None:
    first = result.professionals[0]
    assert first.selected.value == "IND-CLM-12"
    assert amounts(first) == (Decimal("876.54"), Decimal("438.27"), Decimal("1314.81"))
    participation = [(a.method.code, a.eligible, first.mark(a).value) for a in first.attempts]
    assert participation == [
        ("IND-CLM-12", True, "Yes"),
        ("IND-REG-12", True, "No"),
        ("MG30-REG-12", False, "No"),
        ("MG50-CLM-6", True, "No"),
    ]


def test_p_ex_44_45_46_amounts_of_the_others(result: PracticeResult) -> None:
    second, third, fourth = result.professionals[1:]
    assert amounts(second) == (Decimal("4123.46"), None, Decimal("4123.46"))
    assert second.attempts[0].verdict.value.id == "P-RAT-1"
    assert amounts(third) == (None, None, None)
    assert [third.mark(a).value for a in third.attempts] == ["N/A"]
    assert third.moc_eligible is not None
    assert third.moc_eligible.value is False
    assert amounts(fourth) == (Decimal("0.00"), None, Decimal("0.00"))
    assert fourth.attempts[0].eligible


def test_p_ex_47_rows_of_table_1(result: PracticeResult) -> None:
    rows = [
        (p.npi, a.method.code, str(a.charges), a.incentive.value)
        for p in result.professionals
        for a in p.table_1_attempts
    ]
    assert rows == [
        ("1200000010", "IND-CLM-12", "87654.32", dollars("876.54")),
        ("1200000010", "MG30-REG-12", "87654.32", None),
        ("1300000027", "IND-REG-12", "412345.67", dollars("4123.46")),
        ("1300000027", "IND-CLM-12", "412345.67", None),
        ("1400000034", "MG80-REG-6", "51500.00", None),
        ("1500000041", "IND-EHR-12", "0.00", dollars("0.00")),
    ]
    assert result.totals.pqrs.value == Decimal("5000.00")


def test_p_ex_48_header_total_and_split(result: PracticeResult) -> None:
    assert result.totals.total.value == Decimal("5438.27")
    assert [(c.id, str(c.amount.value)) for c in result.distribution] == [
        ("05102", "3262.96"),
        ("09202", "543.83"),
        ("13102", "1631.48"),
    ]


def test_p_ex_45_moc_participants_in_order(result: PracticeResult) -> None:
    assert [(p.npi, p.moc.value) for p in result.moc_participants] == [
        ("1200000010", Decimal("438.27")),
        ("1400000034", None),
    ]
    assert result.totals.moc.value == Decimal("438.27")


def test_p_ex_49_half_year_success_earns_no_moc() -> None:
    result = score_professional(professional(HALF_YEAR_YES, charges="90000.00", half="41200.00", moc=True))
    assert amounts(result) == (Decimal("412.00"), None, Decimal("412.00"))
    assert result.charges_shown.value == Decimal("41200.00")


@pytest.mark.parametrize(
    ("charges", "pqrs", "moc"),
    [("18750.00", "187.50", "93.75"), ("50.00", "0.50", "0.25"), ("49.99", "0.50", "0.25")],
)
def test_p_ex_50_each_amount_is_rounded_half_up(charges: str, pqrs: str, moc: str) -> None:
    result = score_professional(professional(CLAIMS_YES, charges=charges, moc=True))
    assert (str(result.pqrs.value), str(result.moc.value)) == (pqrs, moc)


@pytest.mark.parametrize(
    ("amount", "year", "paid"),
    [("876.54", 2014, "859.01"), ("1234.57", 2014, "1209.88"), ("876.54", 2011, "876.54")],
)
def test_p_ex_56_sequestration(amount: str, year: int, paid: str) -> None:
    shown = paid_after_sequestration(amount=Decimal(amount), period_end=date(year, 12, 31))
    assert str(shown) == paid


@pytest.mark.parametrize(
    ("rule", "candidates", "chosen"),
    [
        ("P-CHO-2", {"MG30-REG-12": "10.00", "IND-CLM-12": "9.99"}, "MG30-REG-12"),
        ("P-CHO-3", {"IND-CLM-6": "10.00", "MG80-REG-12": "10.00"}, "MG80-REG-12"),
        ("P-CHO-4", {"IND-CLM-12": "10.00", "IND-EHR-12": "10.00"}, "IND-EHR-12"),
        ("P-CHO-4", {"IND-REG-12": "10.00", "MG30-CLM-12": "10.00"}, "IND-REG-12"),
        ("P-CHO-1", {}, None),
    ],
)
def test_p_cho_most_advantageous_method(rule: str, candidates: dict[str, str], chosen: str | None) -> None:
    offered = tuple(Payable(method, Decimal(amount)) for method, amount in candidates.items())
    assert selected_method(candidates=offered) == chosen, rule


def test_p_inc_6_nobody_eligible_means_no_total() -> None:
    result = score_practice(practice(professional(HALF_YEAR_NO), contractors={"05102": "0.00"}))
    assert (result.totals.pqrs.value, result.totals.moc.value, result.totals.total.value) == (
        None,
        None,
        None,
    )
    assert [(c.id, c.amount.value) for c in result.distribution] == [("05102", None)]


def test_p_inc_8_none_selected_shows_the_charges_of_the_year() -> None:
    result = score_professional(professional(HALF_YEAR_NO, charges="96000.00", half="51500.00"))
    assert result.charges_shown.value == Decimal("96000.00")


@pytest.mark.parametrize("nobody", [(), (professional(moc=True),)])
def test_p_acc_1_without_an_attempt_there_is_no_report(nobody: tuple[Professional, ...]) -> None:
    result = score_practice(practice(*nobody, contractors={"05102": "10.00"}))
    assert not result.report_exists
    assert (result.professionals, result.moc_participants, result.distribution) == ((), (), ())
    assert result.totals.total.value is None


def test_p_dm_22_a_professional_without_attempts_is_listed_for_moc_alone() -> None:
    result = score_practice(practice(professional(CLAIMS_YES), professional(npi="1000000004", moc=True)))
    assert [p.npi for p in result.professionals] == ["1200000010"]
    assert [(p.npi, p.moc.value) for p in result.moc_participants] == [("1000000004", None)]


def test_p_f_7_national_means_by_mechanism_and_period() -> None:
    means = (
        NationalMean(measure="51", mechanism="claims", months=12, mean_percent=61),
        NationalMean(measure="51", mechanism="ehr", months=12, mean_percent=None),
    )
    result = score_practice(practice(professional(CLAIMS_YES), national_means=means))
    assert result.national_mean("51", "IND-CLM-12") == 61
    assert result.national_mean("51", "MG30-CLM-12") == 61
    assert result.national_mean("51", "IND-CLM-6") is None
    assert result.national_mean("51", "IND-EHR-12") is None


@pytest.mark.parametrize("option", ["gpro1", "gpro2"])
def test_a_group_option_has_no_engine_yet(option: Any) -> None:
    with pytest.raises(ParticipationNotBuilt) as refused:
        score_practice(Practice(tin="987654321", participation=option))
    assert refused.value.participation == option


def test_p_acc_8_a_practice_never_shows_its_tin_in_a_traceback(example: Practice) -> None:
    assert "987654321" not in repr(example)
