"""A report read aloud: header, tables in order, sections by number, NPI or name (F-REP-03, P-FMT-21)."""

import pytest

from tests.tui.plain.pages import REPORT, RUN
from tests.tui.plain.reports import SECTIONS
from tests.tui.plain.stage import PreparedPortal, play, replaced
from tui.plain.report_reader import find_sections

END = ("/quit", "1")


def read(*script: str) -> list[str]:
    return play(PreparedPortal(REPORT, report=SECTIONS), *script, *END, width=None).lines


def test_f_rep_03_the_header_comes_first_then_the_first_table() -> None:
    lines = read()
    assert lines[2:7] == [
        "Time: scenario date 2018-10-01 10:00 ET.",
        "Help: type ? at any prompt.",
        "Report Message Name: 2011 PQRS Feedback Report",
        "Program year: 2011",
        "Warning: This report is confidential.",
    ]
    assert lines[7:9] == ["Section: Tax ID XXXXX4802", "Table: Incentive. 2 rows, 2 columns."]


def test_f_rep_03_enter_reads_table_after_table_and_section_after_section() -> None:
    lines = read("", "", "", "")
    read_out = [line for line in lines if line.startswith(("Section: ", "Table: "))]
    assert read_out == [
        "Section: Tax ID XXXXX4802",
        "Table: Incentive. 2 rows, 2 columns.",
        "Table: Amounts. 1 row, 2 columns.",
        "Section: NPI 0999010016, Rowan Alder",
        "Table: Incentive. 2 rows, 2 columns.",
        "Section: NPI 0999010024, Maya Fennel",
        "Table: Amounts. 1 row, 2 columns.",
    ]
    assert "Action, number 1 to 7: </quit>" in lines


def test_caption_lines_that_were_said_are_not_said_again() -> None:
    assert read("", "", "").count("Tax ID Number: XXXXX4802") == 1


def test_f_rep_03_prev_goes_back_and_stops_at_the_first_table() -> None:
    lines = read("/next", "/prev", "/prev")
    assert lines.count("Table: Incentive. 2 rows, 2 columns.") == 2
    assert "Error: this is the first table." in lines


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2", [1]),
        ("0999010024", [2]),
        ("fennel", [2]),
        ("099901", [1, 2]),
        ("npi", [1, 2]),
        ("nobody", []),
        ("", []),
        ("4", [0, 2]),
    ],
)
def test_p_fmt_21_sections_are_found_by_number_npi_or_name(text: str, found: list[int]) -> None:
    """A number beyond the list is a part of a title."""
    assert find_sections(SECTIONS.sections, text) == found


def test_p_fmt_21_table_lists_sections_then_tables() -> None:
    lines = read("/table", "npi", "nobody", "maya")
    at = next(i for i, line in enumerate(lines) if line.endswith("</table>"))
    assert lines[at + 1 : at + 5] == [
        "1. Tax ID XXXXX4802",
        "2. NPI 0999010016, Rowan Alder",
        "3. NPI 0999010024, Maya Fennel",
        "Section, number 1 to 3, NPI or name: <npi>",
    ]
    assert "Error: this fits 2 sections." in lines
    assert "Error: no section fits." in lines
    assert lines.index("Section: NPI 0999010024, Maya Fennel") > at


def test_p_fmt_21_a_section_with_several_tables_asks_which() -> None:
    lines = read("/table", "1", "amounts")
    assert "1. Incentive. 4 rows" in lines
    assert lines.count("Table: Amounts. 1 row, 2 columns.") == 1


def test_table_n_reads_a_table_of_this_section() -> None:
    assert "Table: Amounts. 1 row, 2 columns." in read("/table 2")


def test_only_the_section_that_is_read_is_fetched() -> None:
    portal = PreparedPortal(REPORT, report=SECTIONS)
    play(portal, "", "", *END)
    assert portal.report_calls == [["TIN"], ["0999010016"]]


def test_the_local_actions_of_the_report_work_from_the_list() -> None:
    """`find`, `expand`, `next_table` and `prev_table` of portal-flow 5.7."""
    lines = read("/done", "3", "0999010024", "/done", "4", "1", "/done", "1", "/done", "2")
    assert "Total: 1 of 2 rows match." in lines
    assert "Table: Amounts. 1 row, 2 columns." in lines
    assert lines.count("Table: Incentive. 2 rows, 2 columns.") == 2


def test_repeat_reads_the_header_and_the_present_table() -> None:
    lines = read("", "/repeat")
    assert lines.count("Report Message Name: 2011 PQRS Feedback Report") == 2
    assert lines.count("Table: Amounts. 1 row, 2 columns.") == 2


def test_back_leaves_the_report() -> None:
    portal = PreparedPortal(REPORT, {("S-REPORT", "back"): replaced(RUN)}, report=SECTIONS)
    play(portal, "/back", *END)
    assert portal.acts[0].action == "back"
