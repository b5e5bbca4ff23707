"""The worked examples of pqrs-2011 10.4 and 10.5 as whole tables of the report."""

import pytest

from client.messages.report import Report
from mock_server.reports.pqrs_2011 import build_report
from mock_server.scoring.pqrs.engine import score_practice
from mock_server.scoring.pqrs.record import Submissions
from tests.mock_server.reports.samples import example_10_4, rows, table
from tests.mock_server.scoring.pqrs.builders import (
    ARTHRITIS,
    KIDNEY,
    attempt,
    group,
    measure,
    practice,
    professional,
)

CLAIMS = "Individual measure(s) reporting via claims"
REGISTRY = "Individual measure(s) reporting via registry"
EHR = "Individual measure(s) reporting via EHR"
THIRTY = "Measures Groups - 30 beneficiaries via registry"
FIFTY = "Measures Groups - 50% eligible instances via claims"
EIGHTY = "Measures Groups - 80% eligible instances via registry"
FIFTY_MET = "Sufficient # of eligible instances reported at 50% and a minimum of 8 eligible instances"
AT_50, AT_80 = "Sufficient # of measures reported at 50%", "Sufficient # of measures reported at 80%"
NOBODY = "Not Available"


@pytest.fixture(scope="module")
def report() -> Report:
    return build_report(example_10_4())


def test_p_ex_43_table_2_of_the_first_professional(report: Report) -> None:
    npi = "1200000010"
    assert rows(table(report, "T2-A", npi)) == [["$1,314.81", "$87,654.32", "$876.54", "$438.27"]]
    assert rows(table(report, "T2-B", npi)) == [
        [CLAIMS, "12 months", "N/A", "Yes", "Yes"],
        [REGISTRY, "12 months", "Wren Demo Registry", "Yes", "No"],
        [THIRTY, "12 months", NOBODY, "No", "No"],
        [FIFTY, "6 months", "N/A", "Yes", "No"],
    ]
    assert rows(table(report, "T2-C", npi)) == [["Yes", "Yes"]]
    assert rows(table(report, "T2-D", npi)) == [
        [CLAIMS, "12 months", "Yes", AT_50, "N/A", "3", "3", "3"],
        [REGISTRY, "12 months", "Yes", AT_80, "N/A", "3", "3", "3"],
        [THIRTY, "12 months", "No", "Insufficient # of beneficiaries reported", "1", "6", "N/A", "6"],
        [FIFTY, "6 months", "Yes", FIFTY_MET, "1", "4", "N/A", "4"],
    ]


def test_p_ex_44_to_46_the_other_incentive_summaries(report: Report) -> None:
    summaries = {
        npi: rows(table(report, "T2-A", npi))[0] for npi in ("1300000027", "1400000034", "1500000041")
    }
    assert summaries == {
        "1300000027": ["$4,123.46", "$412,345.67", "$4,123.46", "N/A"],
        "1400000034": ["N/A", "$96,000.00", "N/A", "N/A"],
        "1500000041": ["$0.00", "$0.00", "$0.00", "N/A"],
    }


def test_p_ex_45_failed_half_year_earns_no_moc(report: Report) -> None:
    npi = "1400000034"
    assert rows(table(report, "T2-B", npi)) == [[EIGHTY, "6 months", NOBODY, "No", "N/A"]]
    assert rows(table(report, "T2-C", npi)) == [["Yes", "No"]]
    assert rows(table(report, "MOC-T1")) == [
        ["1200000010", NOBODY, "$87,654.32", "Yes", "$438.27"],
        ["1400000034", NOBODY, "$96,000.00", "Yes", "N/A"],
        ["Total:", "", "", "", "$438.27"],
    ]


def test_p_ex_47_table_1_in_order(report: Report) -> None:
    failed_30 = "Insufficient # of beneficiaries reported"
    failed_share = "Insufficient % of eligible instances reported"
    assert rows(table(report, "T1")) == [
        ["1200000010", NOBODY, CLAIMS, "12 months", AT_50, "$87,654.32", "$876.54"],
        ["1200000010", NOBODY, THIRTY, "12 months", failed_30, "$87,654.32", "N/A"],
        ["1300000027", NOBODY, REGISTRY, "12 months", AT_80, "$412,345.67", "$4,123.46"],
        ["1300000027", NOBODY, CLAIMS, "12 months", "Did not pass MAV", "$412,345.67", "N/A"],
        ["1400000034", NOBODY, EIGHTY, "6 months", failed_share, "$51,500.00", "N/A"],
        ["1500000041", NOBODY, EHR, "12 months", AT_80, "$0.00", "$0.00"],
        ["Total:", "", "", "", "", "", "$5,000.00"],
    ]


def test_p_ex_48_box_and_split(report: Report) -> None:
    assert rows(table(report, "T1-HEAD")) == [["$5,438.27"]]
    assert rows(table(report, "T1-SPLIT")) == [
        ["05102", "$3,262.96"],
        ["09202", "$543.83"],
        ["13102", "$1,631.48"],
    ]


def test_p_ex_57_all_submissions_invalid_still_makes_a_report() -> None:
    sent = Submissions(reported=3, correct=0, cpt=2, dx=1)
    tried = attempt("IND-CLM-12", "", measure("51", 0, 0, submissions=sent))
    report = build_report(score_practice(practice(professional(tried, charges="70000.00"))))
    failed, title = "Insufficient # of measures reported at 50%", (
        "Chronic Obstructive Pulmonary Disease (COPD): Spirometry Evaluation"
    )  # fmt: skip
    npi = "1200000010"
    assert rows(table(report, "T1"))[0] == [npi, NOBODY, CLAIMS, "12 months", failed, "$70,000.00", "N/A"]
    assert rows(table(report, "T2-D", npi)) == [[CLAIMS, "12 months", "No", failed, "N/A", "1", "0", "0"]]
    assert rows(table(report, "T2-E-IND-CLM-12", npi)) == [["#51", title, "0", "0", "0", "0", "0%"]]
    assert rows(table(report, "T3-12", npi)) == [
        ["#51", title, "3", "0", "0.0%", "0", "0", "2", "1", "0", "0", "0"]
    ]
    assert rows(table(report, "T4-IND-CLM-12", npi)) == [["#51", title, "0", "0", "0", "0", "0", "0%", "N/A"]]


def test_p_ex_60_order_inside_a_group_table() -> None:
    arthritis = group(ARTHRITIS, "30/30", *(measure(number, 30, 30) for number in ("180", "108", "176")))
    kidney = group(KIDNEY, "30/12", *(measure(number, 30, 12) for number in ("153", "121")))
    report = build_report(
        score_practice(practice(professional(attempt("MG30-REG-12", "", arthritis, kidney))))
    )
    shown = [row[:2] for row in rows(table(report, "T2-E-MG30-REG-12", "1200000010"))]
    assert [number or title for number, title in shown] == [
        KIDNEY, "#121", "#153", ARTHRITIS, "#108", "#176", "#180"
    ]  # fmt: skip


def test_p_t2_11_group_rows_hold_the_group_and_its_rate() -> None:
    tried = attempt("MG50-CLM-12", "", group(KIDNEY, "30/17", claims=True))
    report = build_report(score_practice(practice(professional(tried))))
    reporting = table(report, "T2-E-MG50-CLM-12", "1200000010")
    performance = table(report, "T4-MG50-CLM-12", "1200000010")
    assert (reporting.rows[0].kind, rows(reporting)[0]) == (
        "group", ["", KIDNEY, "30", "17", "N/A", "N/A", "57%"]
    )  # fmt: skip
    assert (performance.rows[0].kind, rows(performance)[0]) == ("group", ["", KIDNEY, *[""] * 7])


def test_p_t2_13_groups_list_every_member_and_performance_only_those_with_data() -> None:
    members = (measure("121", 30, 20), measure("122", 30, 0))
    tried = attempt("MG80-REG-12", "", group(KIDNEY, "30/20", *members))
    report = build_report(score_practice(practice(professional(tried))))
    numbers = {
        table_id: [row[0] for row in rows(table(report, table_id, "1200000010"))]
        for table_id in ("T2-E-MG80-REG-12", "T4-MG80-REG-12")
    }
    assert numbers == {"T2-E-MG80-REG-12": ["", "#121", "#122"], "T4-MG80-REG-12": ["", "#121"]}


def test_p_t_10_zero_dollars_stand_before_not_earned() -> None:
    failed, satisfied = attempt("IND-CLM-12", "1 100/10"), attempt("IND-REG-12", "1 50/40, 2 50/40, 3 50/40")
    report = build_report(score_practice(practice(professional(failed, satisfied, charges="0.00"))))
    assert [(row[2], row[-1]) for row in rows(table(report, "T1"))[:-1]] == [
        (REGISTRY, "$0.00"),
        (CLAIMS, "N/A"),
    ]


def test_p_t_10_not_earned_rows_stand_in_canonical_order() -> None:
    tried = [
        attempt("MG80-REG-6", "", group(KIDNEY, "12/9")),
        attempt("IND-REG-6", "1 50/10"),
        attempt("IND-CLM-6", "1 50/10"),
        attempt("IND-CLM-12", "1 60/12"),
    ]
    report = build_report(score_practice(practice(professional(*tried))))
    assert [(row[2], row[3]) for row in rows(table(report, "T1"))[:-1]] == [
        (CLAIMS, "12 months"),
        (CLAIMS, "6 months"),
        (REGISTRY, "6 months"),
        (EIGHTY, "6 months"),
    ]


def test_p_t_12_measures_stand_in_numeric_order() -> None:
    tried = attempt("IND-REG-12", "110 50/40, 1 50/40, 51 50/40")
    report = build_report(score_practice(practice(professional(tried))))
    for table_id in ("T2-E-IND-REG-12", "T4-IND-REG-12"):
        assert [row[0] for row in rows(table(report, table_id, "1200000010"))] == ["#1", "#51", "#110"]


def test_9_2_a_measure_without_a_title_is_not_available_and_its_own_title_wins() -> None:
    tried = attempt(
        "IND-REG-12", "", measure("999", 50, 40), measure("1", 50, 40, title="A title of the record")
    )
    report = build_report(score_practice(practice(professional(tried))))
    shown = rows(table(report, "T4-IND-REG-12", "1200000010"))
    assert [row[1] for row in shown] == ["A title of the record", "Not Available"]


def test_p_t1_1_nobody_eligible_shows_n_a_in_every_total() -> None:
    tried = attempt("MG80-REG-6", "", group(KIDNEY, "12/9"))
    report = build_report(
        score_practice(practice(professional(tried, moc=False), contractors={"05102": "10.00"}))
    )
    assert rows(table(report, "T1-HEAD")) == [["N/A"]]
    assert rows(table(report, "T1-SPLIT")) == [["05102", "N/A"]]
    assert rows(table(report, "T1"))[-1] == ["Total:", "", "", "", "", "", "N/A"]
    assert rows(table(report, "MOC-T1"))[-1] == ["Total:", "", "", "", "N/A"]
