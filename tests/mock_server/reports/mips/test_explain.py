"""M-TREE-10: every computed cell of a MIPS report says why; the engine recomputes each of them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from client.messages.cells import format_cell
from mock_server.reports.document import SectionPlan, TablePlan
from mock_server.reports.explain import explain_cell as explain
from mock_server.reports.mips import Feedback, explain_cell
from mock_server.reports.mips.inputs import shown
from mock_server.reports.mips.measures import why
from mock_server.reports.mips.report import section_plans
from mock_server.reports.mips.wording import WORDING
from mock_server.reports.sourced import SourcedCell
from mock_server.scenario import bulk
from mock_server.scoring.computed import FORMULAS
from mock_server.scoring.mips.engine import evaluate
from tests.mock_server.reports.mips.subjects import CASES, GROUP, case, feedback, person, report_of

FILLED_IN = re.compile(r"\{|\}|\bNone\b|Decimal|Fraction|\bTrue\b|\bFalse\b")
"""What a template that was not filled in, or a bare Python value, leaves behind."""
DIRECTORY = range(0, 310_000, 52_021)
NAMED = [name for name in CASES if not name.startswith("ACO")]


def directory() -> Iterator[Feedback]:
    """Reports of generated practices in every year, at both levels."""
    for index in DIRECTORY:
        for report in ("R-MIPS-2017", "R-MIPS-2018", "R-MIPS-2019", "R-MIPS-2019-PRE"):
            first, _ = bulk.clinicians(index)
            for subject in (GROUP, person(first.npi)):
                found = feedback(report, bulk.key(index), subject)
                if found is not None:
                    yield found


def cells(made: Feedback) -> Iterator[tuple[SectionPlan, TablePlan[Any], str, str, SourcedCell]]:
    for section in section_plans(made):
        for plan in section.tables:
            for row in plan.rows:
                for column in plan.columns:
                    sourced = plan.cell(row.id, column.id)
                    assert sourced is not None
                    yield section, plan, row.id, column.id, sourced


def check(made: Feedback) -> int:
    """Every figure recomputes, and is explained in whole sentences; how many there are."""
    checked = 0
    for section, plan, row, column, sourced in cells(made):
        told = explain(section, plan.id, row, column, WORDING, shown)
        assert (told is not None) == (sourced.computed is not None)
        if told is None or sourced.computed is None:
            continue
        checked += 1
        for figure in (sourced.computed, *sourced.support):
            assert FORMULAS[figure.formula](**dict(figure.inputs)) == figure.value, figure
            assert figure.formula in WORDING, figure.formula
        assert told.value == format_cell(sourced.cell)
        assert told.sentences
        assert all(sentence.endswith(".") for sentence in told.sentences), told.sentences
        assert not any(FILLED_IN.search(sentence) for sentence in told.sentences), told.sentences
        assert told.inputs
        assert told.formula
        assert told.rules
        assert told.source.startswith("MIPS scoring rules and benchmarks of performance year 20")
    return checked


@pytest.mark.parametrize("name", NAMED)
def test_m_tree_10_every_computed_cell_recomputes_and_says_why(name: str) -> None:
    assert check(case(name)) > 20


def test_m_tree_10_of_generated_practices_in_every_year() -> None:
    found = list(directory())
    assert {made.year for made in found} == {2017, 2018, 2019}
    assert sum(map(check, found)) > 1000


@pytest.mark.parametrize("name", ["ACO 2018", "ACO 2019"])
def test_m_tree_10_of_an_entity_whose_participants_are_many(name: str) -> None:
    made = case(name)
    few = made.members[:2] + made.members[-2:]
    assert check(replace(made, members=few)) > 50


@pytest.mark.parametrize("name", ["small rural group 2019", "small rural group, preliminary"])
def test_the_built_tables_show_what_the_plans_hold(name: str) -> None:
    built = {
        (section.id, table.id, row.id, column.id): format_cell(cell)
        for section in report_of(name).sections
        for table in section.tables
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
    }
    planned = {
        (section.id, plan.id, row, column): format_cell(sourced.cell)
        for section, plan, row, column, sourced in cells(case(name))
    }
    assert built == planned


def test_a_payment_adjustment_in_plain_words() -> None:
    told = explain_cell(
        case("small rural group 2019"), section="OVERVIEW", table="O-PAYMENT", row="total", column="percent"
    )
    assert told is not None
    assert told.rules == ["M-PAY-05"]
    assert told.sentences[0].endswith(f"rounded to two places: {told.value}.")


def test_m_wi_04_below_the_30th_percentile_the_first_decile_is_the_fourth() -> None:
    tree = case("ACO 2018").tree
    assert tree is not None
    rate = Decimal("25.00")  # beyond the start of decile 3, and short of that of decile 4
    scored = evaluate(replace(tree.result.case, given_rates={"113": rate}))
    [entry] = [one for one in scored.quality.sets[0].entries if one.score.measure_id == "113"]
    assert entry.score.points.value == 3
    assert why(entry).startswith("25.00 does not reach decile 4, which starts at 30")


def test_m_qual_15_the_web_interface_of_2019_says_why_high_priority_earns_nothing() -> None:
    told = explain_cell(
        case("ACO 2019"), section="QUALITY", table="QUALITY-COUNTS", row="318", column="high_priority"
    )
    assert told is not None
    assert told.sentences[0] == "No bonus: Web Interface data earn none for high priority in this year."
    assert "M-QUAL-15" in told.rules


def test_a_loss_is_called_less() -> None:
    """A change may make another measure the required one."""
    given = {"now": Decimal("60.5"), "changed": Decimal(60)}
    assert WORDING["mips.gain"](given, Decimal("-0.5")) == ["60 with this change, 60.5 now: 0.5 less."]


@pytest.mark.parametrize(
    "place",
    [
        {"section": "NOWHERE", "table": "O-TOTAL", "row": "total", "column": "points"},
        {"section": "OVERVIEW", "table": "NONE", "row": "total", "column": "points"},
        {"section": "OVERVIEW", "table": "O-TOTAL", "row": "none", "column": "points"},
        {"section": "OVERVIEW", "table": "O-TOTAL", "row": "total", "column": "none"},
        {"section": "OVERVIEW", "table": "O-TOTAL", "row": "threshold", "column": "points"},
    ],
)
def test_an_unknown_or_given_cell_has_no_explanation(place: dict[str, str]) -> None:
    assert explain_cell(case("small rural group 2019"), **place) is None
