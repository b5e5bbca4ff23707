"""Every computed cell can say why it shows what it shows; the engine recomputes each of them."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from client.messages.cells import format_cell
from mock_server.reports.document import TablePlan
from mock_server.reports.pqrs_2011 import build_report, explain_cell
from mock_server.reports.pqrs_2011.report import section_plans
from mock_server.reports.pqrs_2011.wording import WORDING
from mock_server.reports.sourced import SourcedCell
from mock_server.scenario.pqrs_counts import practice_record
from mock_server.scoring.computed import FORMULAS
from mock_server.scoring.pqrs.engine import score_practice
from mock_server.scoring.pqrs.result import PracticeResult
from tests.mock_server.reports.samples import every_method, example_10_4

FILLED_IN = re.compile(r"\{|\}|None|Decimal")
"""What a template that was not filled in leaves behind."""


def drawn_practice() -> PracticeResult:
    people = [(f"{800000000 + n}0", None) for n in range(40)]
    return score_practice(practice_record("000500007", "DEMO", people))


RESULTS = {"10.4": example_10_4(), "every method": every_method(), "drawn": drawn_practice()}


def cells(result: PracticeResult) -> Iterator[tuple[str, TablePlan[Any], str, str, SourcedCell]]:
    for section in section_plans(result):
        for plan in section.tables:
            for row in plan.rows:
                for column in plan.columns:
                    sourced = plan.cell(row.id, column.id)
                    assert sourced is not None
                    yield section.id, plan, row.id, column.id, sourced


@pytest.mark.parametrize("name", RESULTS)
def test_every_computed_cell_recomputes_to_what_it_shows(name: str) -> None:
    computed = [sourced.computed for *_, sourced in cells(RESULTS[name]) if sourced.computed]
    assert len(computed) > 20
    for figure in computed:
        assert FORMULAS[figure.formula](**dict(figure.inputs)) == figure.value, figure


@pytest.mark.parametrize("name", RESULTS)
def test_the_plan_and_the_built_table_show_the_same(name: str) -> None:
    result = RESULTS[name]
    built = {
        (section.id, table.id, row.id, column.id): format_cell(cell)
        for section in build_report(result).sections
        for table in section.tables
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
    }
    planned = {
        (section, plan.id, row, column): format_cell(sourced.cell)
        for section, plan, row, column, sourced in cells(result)
    }
    assert built == planned


@pytest.mark.parametrize("name", RESULTS)
def test_an_explanation_exists_exactly_where_something_was_computed(name: str) -> None:
    result = RESULTS[name]
    for section, plan, row, column, sourced in cells(result):
        told = explain_cell(result, section=section, table=plan.id, row=row, column=column)
        assert (told is not None) == (sourced.computed is not None)
        if told is None:
            continue
        assert told.value == format_cell(sourced.cell)
        assert told.title.endswith(f": {told.value}")
        assert told.sentences
        assert all(sentence.endswith(".") for sentence in told.sentences)
        assert not any(FILLED_IN.search(sentence) for sentence in told.sentences), told.sentences
        assert told.inputs
        assert told.formula
        assert told.rules
        assert told.source.startswith("2011 PQRS Feedback Report User Guide, Appendix A, Table ")


def test_every_formula_behind_a_cell_has_words() -> None:
    used = {
        figure.formula
        for result in RESULTS.values()
        for *_, sourced in cells(result)
        if sourced.computed
        for figure in (sourced.computed, *sourced.support)
    }
    assert used <= set(WORDING)


def test_explainable_columns_are_those_with_a_computed_cell() -> None:
    report = build_report(every_method())
    (table,) = (t for t in report.sections[1].tables if t.id == "T4-IND-CLM-12")
    assert [column.id for column in table.columns if column.explainable] == [
        "exclusions", "denominator", "not_met", "rate"
    ]  # fmt: skip


def test_p_f_2_a_reporting_rate_in_plain_words() -> None:
    told = explain_cell(
        every_method(), section="1200000010", table="T2-E-IND-CLM-12", row="51", column="rate"
    )
    assert told is not None
    assert told.title == (
        "Reporting Rate, #51, NPI 1200000010, Individual measure(s) reporting via claims, 12 months: 81%"
    )
    assert told.sentences == [
        "29 of 36 eligible were reported with complete, correct data: 29 / 36 = 80.6%, shown as a whole "
        "percent: 81%.",
        "Satisfactory, because 100 x 29 >= 50 x 36. The test uses the exact counts, not the rate shown.",
    ]
    assert [(given.name, given.value) for given in told.inputs] == [
        ("reported", "29"),
        ("eligible_instances", "36"),
        ("percent", "50"),
    ]
    assert told.rules[0] == "P-F-2"
    assert told.source.endswith("Table 2")


def test_p_mav_4_a_failed_validation_names_the_measure() -> None:
    told = explain_cell(
        example_10_4(), section="TIN", table="T1", row="1300000027-IND-CLM-12", column="rationale"
    )
    assert told is not None
    assert "#35 47" in told.sentences[-1]
    assert "at least one reaches it, so validation fails" in told.sentences[-1]
    assert {"P-RAT-1", "P-MAV-4"} <= set(told.rules)


@pytest.mark.parametrize(
    "place",
    [
        {"section": "9999999999", "table": "T1", "row": "total", "column": "earned"},
        {"section": "TIN", "table": "T9", "row": "total", "column": "earned"},
        {"section": "TIN", "table": "T1", "row": "nothing", "column": "earned"},
        {"section": "TIN", "table": "T1", "row": "total", "column": "nothing"},
        {"section": "TIN", "table": "T1", "row": "total", "column": "charges"},
    ],
)
def test_an_unknown_or_given_cell_has_no_explanation(place: dict[str, str]) -> None:
    assert explain_cell(example_10_4(), **place) is None
