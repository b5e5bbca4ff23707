"""Tables read aloud (A11Y-TABLE-01 to -09; T-A11Y-20, T-A11Y-21), with the worked example of 5.3."""

from itertools import product

import pytest

from client.settings import Settings
from tests.tui.plain.conftest import Golden
from tests.tui.plain.pages import REPORT
from tests.tui.plain.reports import (
    EMPTY,
    EXAMPLE,
    GROUPED,
    PLAIN_TOTAL,
    STROKE_TABLE,
    long_table,
    report,
    section,
)
from tests.tui.plain.stage import PreparedPortal, play
from tui.plain.tables import (
    Reading,
    column_lines,
    columns_lines,
    find_column,
    grid_lines,
    opening_lines,
    spoken,
)

END = ("/quit", "1")


def read(*script: str, made: object = EXAMPLE, width: int | None = 60, **settings: object) -> list[str]:
    """The lines from the first `Table:` on."""
    portal = PreparedPortal(REPORT, report=made)  # type: ignore[arg-type]
    text = play(portal, *script, *END, width=width, settings=Settings(**settings)).text  # type: ignore[arg-type]
    return text[text.index("Table: ") :].splitlines()


def test_a11y_5_3_the_worked_example() -> None:
    assert read()[:16] == [
        "Table: Reporting Detail of Information Submitted by",
        "Registries for Individual Measures - 12 Months. 8 rows, 5",
        "columns.",
        "Columns: Measure #; Measure Title; Reporting Denominator:",
        "Eligible Instances; Reporting Numerator: Required Quality",
        "Data Reported (note d); Reporting Rate (note 11).",
        "Row 1 of 8",
        "Measure #: 31",
        "Measure Title: Stroke and Stroke Rehabilitation: Deep Vein",
        "Thrombosis Prophylaxis (DVT) for Ischemic Stroke or",
        "Intracranial Hemorrhage",
        "Reporting Denominator: Eligible Instances: 520",
        "Reporting Numerator: Required Quality Data Reported (note",
        "d): 451",
        "Reporting Rate (note 11): 87%",
        "",
    ]


def in_every_way(style: str) -> str:
    """The worked example in one style, with and without row labels, at each level of `announce`."""
    parts = []
    for labels, announce in product((True, False), ("normal", "brief", "verbose")):
        lines = read(table_style=style, row_labels=labels, announce=announce, width=160)
        parts += [f"== row_labels {'on' if labels else 'off'}, announce {announce} ==", *lines]
    return "\n".join(parts) + "\n"


@pytest.mark.parametrize("style", ["rows", "lines", "grid"])
def test_t_a11y_20_the_worked_example_in_every_style(style: str, golden: Golden) -> None:
    golden(f"table-{style}", in_every_way(style))


def test_t_a11y_21_a_column_and_a_search_of_the_worked_example() -> None:
    table = spoken(STROKE_TABLE)
    rate = find_column(table, "Reporting Rate")
    assert isinstance(rate, int)
    assert column_lines(table, rate) == [
        "31: 87%", "32: 80%", "33: 81%", "34: 74%", "35: 85%", "36: 82%", "47: 73%", "124: 63%",
    ]  # fmt: skip
    found = read("/find stroke")
    after = found[found.index("Note 11: Numerator divided by denominator.") :]
    assert [line for line in after if line.startswith("Row ")] == [f"Row {n} of 8" for n in range(1, 7)]
    assert "Total: 6 of 8 rows match." in after


@pytest.mark.parametrize("name", ["5", "reporting rate", "RATE", "Reporting R"])
def test_t_a11y_21_a_column_is_named_by_number_heading_or_short_heading(name: str) -> None:
    assert find_column(spoken(STROKE_TABLE), name) == 4


def test_t_a11y_21_an_ambiguous_or_unknown_column_is_refused() -> None:
    lines = read("/column Reporting", "/column nothing", width=None)
    refused = [line for line in lines if line.startswith("Error: ")]
    assert refused[0].startswith("Error: this fits 3 choices: 3. Reporting Denominator")
    assert refused[1] == "Error: this is none of the choices."


def test_a11y_table_02_columns_lists_the_short_headings() -> None:
    assert columns_lines(spoken(STROKE_TABLE))[4] == "5. Reporting Rate (short: Rate)"


def test_a11y_table_01_an_empty_table_says_only_that() -> None:
    assert opening_lines(spoken(EMPTY), Reading()) == ["Table: Nothing here. 0 rows."]


def test_a11y_table_09_groups_and_totals_are_announced_by_name() -> None:
    lines = read(made=report(section("TIN", "TIN", GROUPED)))
    assert lines[:16] == [
        "Table: Incentive. 2 rows, 2 columns.",
        "Notice: Sorted by NPI Number",
        "Tax ID Number: XXXXX4802",
        "Columns: NPI; Amount (note 3).",
        "Group: Diabetes",
        "",
        "Row 1 of 2",
        "NPI: 0999010016",
        "Amount (note 3): $50,000.00",
        "",
        "Row 2 of 2",
        "NPI: 0999010024",
        "Amount (note 3): N/A",
        "",
        "Total: Diabetes",
        "Amount (note 3): $50,000.00",
    ]
    assert lines[17:19] == ["Note: Amounts are synthetic.", "Note 3: Paid once."]


def test_a11y_table_04_signs_are_written_and_a_total_without_a_group_says_so() -> None:
    lines = read(made=report(section("TIN", "TIN", PLAIN_TOTAL)), table_style="lines")
    assert "Row 1: NPI: 0999010016; Amount (note 3): -$1.50." in lines
    assert "Total: all rows: Amount (note 3): -$1.50." in lines


def test_a11y_table_03_a_grid_that_does_not_fit_becomes_rows_with_a_notice() -> None:
    lines = read(table_style="grid", width=60)
    assert any(line.startswith("Notice: the grid is too wide") for line in lines)
    small = read(made=report(section("TIN", "TIN", long_table(2))), table_style="grid")
    assert small[2:5] == ["No  Rate", "1   1%", "2   2%"]


def test_a11y_table_03_grid_columns_line_up_in_cells() -> None:
    table = spoken(long_table(12))
    assert [line.rstrip() for line in grid_lines(table, table.rows)][-3:] == ["10  10%", "11  11%", "12  12%"]


def test_as_a11y_10_a_table_of_96_rows_is_read_in_pages() -> None:
    made = report(section("TIN", "TIN", long_table(96)))
    lines = read("/row 57", "", "/prev", "/column Reporting Rate", "/done", made=made, width=None)
    prompt = "Rows 1 to 20 of 96 read. Enter for more, /row N, /find TEXT, /done to stop reading:"
    assert lines.index(f"{prompt} </row 57>") < lines.index("Row 57 of 96") < lines.index("Row 21 of 96")
    assert sum(line.startswith("Rows 1 to 20") for line in lines) == 4
    assert "57: 57%" in lines
    assert "Action, number 1 to 7: </quit>" in lines


def test_a11y_table_06_page_rows_0_reads_everything() -> None:
    lines = read(made=report(section("TIN", "TIN", long_table(96))), page_rows=0)
    assert "Row 96 of 96" in lines
    assert lines[-6].startswith("Table 1 of 1 read.")


def test_t_a11y_20_find_pages_its_matches_too() -> None:
    made = report(section("TIN", "TIN", long_table(96)))
    lines = read("/find %", "", made=made, width=None)
    assert any(line.startswith("Matches 1 to 20 of 96 read.") for line in lines)


@pytest.mark.parametrize(
    "command", ["/row 0", "/row 9", "/row x", "/row 99999999999", "/find", "/table 7", "text"]
)
def test_commands_with_nothing_to_find_say_so(command: str) -> None:
    lines = read(command, width=None)
    assert sum(line.startswith("Error: ") for line in lines) == 1
