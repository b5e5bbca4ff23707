"""The what-if of a report: the engine's gains as tables that explain themselves (issue 4, deliverable 6)."""

from dataclasses import replace
from decimal import Decimal

import pytest
from msgspec import structs

from client.messages.cells import format_cell
from client.messages.report import NotApplicable, Points, ReportTable
from mock_server.flow.mips_scores import entity_score, group_score, individual_score, virtual_group_score
from mock_server.reports.explain import explain_cell
from mock_server.reports.mips.what_if import WHAT_IF, what_if_section
from mock_server.reports.mips.wording import WORDING
from mock_server.scenario.clinicians import clinicians
from mock_server.scoring.mips.profile import PriorQuality
from mock_server.scoring.mips.result import ScoreTree
from mock_server.scoring.mips.what_if import what_if_of


def tree(name: str) -> ScoreTree:
    """A score of the demo nation."""
    found = {
        "group": lambda: group_score("O-01", 2019, "final"),
        "preliminary": lambda: group_score("O-01", 2019, "preliminary"),
        "individual": lambda: individual_score("O-01", clinicians("O-01")[0], 2019, "final"),
        "virtual group": lambda: virtual_group_score("VG-01", 2019, "final"),
        "entity": lambda: entity_score("AE-01", 2019),
    }[name]()
    assert found is not None
    return found


def table(scored: ScoreTree, end: str) -> ReportTable:
    section = what_if_section(scored.result, "ALDER")
    plan = section.table(f"{WHAT_IF}-{end}") if section else None
    assert plan is not None
    return plan.build()


def column(of: ReportTable, column_id: str) -> list[str]:
    index = [each.id for each in of.columns].index(column_id)
    return [format_cell(row.cells[index]) for row in of.rows]


@pytest.mark.parametrize("name", ["group", "preliminary", "individual", "virtual group", "entity"])
def test_every_gain_of_the_engine_stands_in_the_table_best_first(name: str) -> None:
    scored = tree(name)
    found = what_if_of(scored.result)
    measures = table(scored, "MEASURES")
    assert column(measures, "measure") == [one.measure_id for one in found.measures]
    for end in ("case", "next"):
        steps = [one.one_case if end == "case" else one.next_level for one in found.measures]
        shown = ["N/A" if step is None else f"{step.score:.4f}" for step in steps]
        assert column(measures, f"{end}_score") == shown
    best = [max(_number(row.cells[4]), _number(row.cells[7])) for row in measures.rows]
    assert best == sorted(best, reverse=True)


def _number(cell: object) -> Decimal:
    assert isinstance(cell, Points | NotApplicable)
    return cell.value if isinstance(cell, Points) else Decimal(0)


def test_what_is_missing_says_how_much_it_would_add() -> None:
    scored = tree("group")
    missing = table(scored, "MISSING")
    expected = [
        (each.what, each.exactness, f"{each.score:.4f}") for each in what_if_of(scored.result).missing
    ]
    shown = zip(column(missing, "what"), column(missing, "exactness"), column(missing, "score"), strict=True)
    assert list(shown) == expected != []


def test_a_gain_is_explained_by_the_two_scores() -> None:
    scored = tree("group")
    section = what_if_section(scored.result, "ALDER")
    assert section is not None
    first = what_if_of(scored.result).measures[0]
    found = explain_cell(section, f"{WHAT_IF}-MEASURES", first.measure_id, "next_score", WORDING)
    assert found is not None
    assert first.next_level is not None
    assert found.value == f"{first.next_level.score:.4f}"
    assert found.formula == "R4(changed - now)"
    assert [given.name for given in found.inputs] == ["now", "changed"]
    assert "M-GEN-02" in found.rules
    assert explain_cell(section, f"{WHAT_IF}-MEASURES", first.measure_id, "case", WORDING) is None


def test_final_feedback_says_that_nothing_can_be_added_now() -> None:
    assert [("was in reach" in " ".join(table(tree(name), "MEASURES").notes)) for name in
            ("group", "preliminary")] == [True, False]  # fmt: skip


def test_the_gains_of_a_score_are_computed_once() -> None:
    scored = tree("group")
    twice = [what_if_section(scored.result, "ALDER") for _ in range(2)]
    measures = [section.tables[0].rows[0].subject for section in twice if section]  # type: ignore[union-attr]
    assert measures[0] is measures[1]
    prior = PriorQuality(quality_achievement_points=Decimal(30), quality_denominator=Decimal(60))
    case = scored.result.case
    other = structs.replace(
        scored.result, case=replace(case, profile=replace(case.profile, prior_year=prior))
    )
    changed = what_if_section(other, "ALDER")
    assert changed is not None
    assert changed.tables[0].rows[0].subject is not measures[0]  # type: ignore[union-attr]
