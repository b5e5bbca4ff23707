"""A report is planned whole and filled section by section (P-FMT-21)."""

import time

import msgspec
import pytest

from client.messages.report import Fact, Report
from mock_server.reports.pqrs_2011 import Run, build_report
from mock_server.scenario.pqrs_counts import practice_record
from mock_server.scoring.pqrs.engine import score_practice
from tests.mock_server.reports.samples import example_10_4, table
from tests.mock_server.scoring.pqrs.builders import practice, professional


def test_p_fmt_21_sections_are_the_tin_and_one_per_npi() -> None:
    report = build_report(example_10_4())
    assert [(section.id, section.npi) for section in report.sections] == [
        ("TIN", None),
        ("1200000010", "1200000010"),
        ("1300000027", "1300000027"),
        ("1400000034", "1400000034"),
        ("1500000041", "1500000041"),
    ]
    assert [section.title for section in report.sections][:2] == [
        "Tax ID XXXXX4321, Not Available",
        "NPI 1200000010, Not Available",
    ]


def test_only_the_sections_asked_for_carry_tables() -> None:
    whole = build_report(example_10_4())
    part = build_report(example_10_4(), sections={"TIN", "1300000027"})
    assert [bool(section.tables) for section in part.sections] == [True, False, True, False, False]
    assert [section.outline for section in part.sections] == [section.outline for section in whole.sections]
    assert part.sections[2] == whole.sections[2]
    assert not any(section.tables for section in build_report(example_10_4(), sections=()).sections)


def test_p_acc_1_without_an_attempt_the_report_has_no_section() -> None:
    assert build_report(score_practice(practice(professional(moc=True)))).sections == []


def test_p_dm_53_a_synthetic_report_says_so_in_its_header() -> None:
    run = Run(id="run-1", synthetic=True, facts=(Fact(label="Run by", value="demo.grouprep"),))
    report = build_report(example_10_4(), run)
    assert (report.id, report.catalogue_id, report.synthetic) == ("run-1", "R-PQRS-2011", True)
    assert "Counts, charges and national means in this report are synthetic." in [
        fact.value for fact in report.facts
    ]
    assert report.facts[-1].label == "Run by"


def test_a_report_survives_the_wire() -> None:
    report = build_report(example_10_4())
    assert msgspec.json.decode(msgspec.json.encode(report), type=Report) == report


@pytest.fixture(scope="module")
def thousand() -> Report:
    """The TIN section of a practice with a thousand professionals; fails if that takes seconds."""
    people = [(f"{800000000 + n}0", None) for n in range(1000)]
    record = practice_record("000500007", "DEMO", people)
    result = score_practice(record)
    started = time.process_time()
    report = build_report(result, sections={"TIN"})
    assert time.process_time() - started < 3
    return report


def test_a_tin_with_a_thousand_professionals_opens_its_first_section(thousand: Report) -> None:
    assert len(thousand.sections) == 1001
    assert all(section.outline and not section.tables for section in thousand.sections[1:])
    assert len(table(thousand, "T1").rows) > 1000
