"""The table of acceptance scenarios is complete, true and up to date."""

from tests.scenario_report import KNOWN, LATER, REPORT, gaps, proofs, report


def test_every_mark_names_a_scenario_of_the_specification() -> None:
    assert set(proofs()) - KNOWN == set()
    assert set(LATER) - KNOWN == set()


def test_every_scenario_has_a_test_or_a_reason() -> None:
    assert gaps(proofs()) == []


def test_the_table_is_up_to_date() -> None:
    assert REPORT.read_text("utf-8") == report(proofs()), "run: python -m tests.scenario_report"
