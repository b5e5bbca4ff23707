"""Explaining, sorting, finding and notes while a report is read aloud (issue 3, A11Y-TABLE-07, W-8)."""

import pytest
from msgspec.structs import replace

from client.errors import Refused
from client.messages.calls import ErrorBody
from client.messages.cells import format_cell
from client.messages.report import Explanation, Input, Report, ReportTable
from tests.tui.plain.pages import REPORT, RUN
from tests.tui.plain.reports import GROUPED, SECTIONS, STROKE_TABLE, report, section
from tests.tui.plain.stage import PreparedPortal, action, play, replaced
from tui.plain.choices import Mismatch
from tui.plain.grammar import production
from tui.plain.report_table import find_row

END = ("/quit", "1")
RATE = Explanation(
    section="TIN",
    table="T2-IND-REG-12",
    row="32",
    column="rate",
    title="Reporting Rate, #32, NPI 0999010016: 80%",
    value="80%",
    sentences=["400 of 500 eligible were reported: 400 / 500 = 80.0%.", "Satisfactory"],
    formula="round_half_up(100 * reported / eligible_instances)",
    inputs=[Input(name="reported", value="400"), Input(name="eligible_instances", value="500")],
    rules=["P-F-2", "P-F-6"],
    source="2011 PQRS Feedback Report User Guide, Appendix A, Table 2",
)


def explainable(table: ReportTable) -> ReportTable:
    """The same table with a rate that was computed."""
    columns = [replace(column, explainable=column.id == "rate") for column in table.columns]
    return replace(table, columns=columns)


EXPLAINED = report(section("TIN", "Tax ID XXXXX4802", explainable(STROKE_TABLE)))


class ExplainingPortal(PreparedPortal):
    """Explains the rate of measure 32; of every other cell it says that nothing was computed."""

    def __init__(self, made: Report = EXPLAINED) -> None:
        super().__init__(REPORT, report=made)
        self.explained: list[tuple[str, ...]] = []

    async def explain(
        self, report_id: str, *, section: str, table: str, row: str, column: str
    ) -> Explanation:
        self.explained.append((section, table, row, column))
        if row != "32":
            raise Refused(404, ErrorBody(type="not_found", code="E-AUTHZ-02", message="Not found."))
        return RATE


def read(*script: str, made: Report = EXPLAINED) -> list[str]:
    """The lines that answer the script."""
    lines = play(ExplainingPortal(made), *script, *END, width=None).lines
    return lines[next(i for i, line in enumerate(lines) if line.endswith(f"<{script[0]}>")) + 1 :]


# Explain


@pytest.mark.parametrize(
    "asked", ["2 5", "2 Reporting Rate", "2 rate", "#32 Rate", "antiplatelet 5", "Discharged on Rate"]
)
def test_w_8_a_cell_is_named_by_row_and_column_as_numbers_or_names(asked: str) -> None:
    assert read(f"/explain {asked}")[:9] == [
        "Reporting Rate, #32, NPI 0999010016: 80%",
        "Help: 400 of 500 eligible were reported: 400 / 500 = 80.0%.",
        "Help: Satisfactory.",
        "Formula: round_half_up(100 * reported / eligible_instances)",
        "With its figures: round_half_up(100 * 400 / 500)",
        "Input reported: 400",
        "Input eligible_instances: 500",
        "Rules: P-F-2, P-F-6",
        "Source: 2011 PQRS Feedback Report User Guide, Appendix A, Table 2",
    ]


def test_a_footnote_of_the_heading_is_explained_with_the_cell() -> None:
    assert read("/explain 2 5")[9] == "Note 11: Numerator divided by denominator."


def test_what_the_portal_is_asked_for() -> None:
    portal = ExplainingPortal()
    play(portal, "/explain 2 5", "/explain 1 1", *END)
    assert portal.explained == [("TIN", "T2-IND-REG-12", "32", "rate")]


def test_a_value_that_was_given_says_so() -> None:
    given = "Notice: This value is given, not computed."
    assert read("/explain 2 title")[:2] == ["Measure Title: " + stroke_title(1), given]
    assert read("/explain 1 5")[:2] == ["Reporting Rate: 87%", given]


def stroke_title(row: int) -> str:
    return format_cell(STROKE_TABLE.rows[row].cells[1])


def test_without_row_and_column_both_are_asked_for() -> None:
    assert read("/explain", "2", "rate")[:3] == [
        "Row: <2>",
        "Column: <rate>",
        "Reporting Rate, #32, NPI 0999010016: 80%",
    ]


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ("9 5", "Error: the rows go from 1 to 8."),
        ("2", "Error: a row and a column are needed."),
        ("nobody rate", "Error: no row has this name."),
        ("stroke rate", "Error: this fits 6 rows."),
        ("2 nowhere", "Error: this is none of the choices."),
    ],
)
def test_a_cell_that_is_not_there_is_refused_with_the_repair(asked: str, error: str) -> None:
    lines = read(f"/explain {asked}")
    assert lines[0] == error
    assert lines[1].startswith("Fix: type ")


def test_a11y_plain_05_every_line_of_an_explanation_fits_the_grammar() -> None:
    lines = read("/explain 2 5", "/explain 1 1", "/sort 5", "/note")
    assert [line for line in lines if line and production(line) is None and "<" not in line] == []


def test_total_rows_are_named_by_their_first_cell() -> None:
    assert find_row(GROUPED, "total:") is GROUPED.rows[3]
    assert find_row(GROUPED, "0999010024") is GROUPED.rows[2]
    assert isinstance(find_row(GROUPED, "09990100"), Mismatch)


# Sort


def rates(lines: list[str]) -> list[str]:
    return [line.rpartition(": ")[2] for line in lines if line.startswith("Reporting Rate (note 11): ")]


def test_7_1_sort_again_reversed_third_report_order() -> None:
    given = ["87%", "80%", "81%", "74%", "85%", "82%", "73%", "63%"]
    lines = read("/sort rate", "/sort rate", "/sort rate")
    assert lines[0] == "Done: sorted by Reporting Rate, lowest first."
    assert "Done: sorted by Reporting Rate, highest first." in lines
    assert "Done: the rows are in the order of the report." in lines
    upwards = sorted(given)
    assert rates(lines) == [*upwards, *upwards[::-1], *given]


def test_sort_without_a_column_is_report_order_and_an_unknown_one_is_refused() -> None:
    assert rates(read("/sort 5", "/sort"))[8] == "87%"
    assert read("/sort nowhere")[:2] == [
        "Error: this is none of the choices.",
        "Fix: type /columns for the list.",
    ]


def test_rows_have_their_numbers_in_the_order_that_is_read() -> None:
    lines = read("/sort 5", "/row 1", "/explain 7 5")
    assert lines.count("Measure #: 124") == 2
    assert "Reporting Rate: 85%" in lines


# Find and notes


def test_find_names_section_titles_too() -> None:
    lines = read("/find fennel", made=SECTIONS)
    assert lines[:2] == [
        "Total: 0 of 2 rows match.",
        "Notice: in section titles: NPI 0999010024, Maya Fennel. /table and a name go there.",
    ]


def test_note_reads_one_or_all() -> None:
    assert read("/note 3", made=SECTIONS)[0] == "Note 3: Paid once."
    assert read("/note", made=SECTIONS)[:2] == ["Note: Amounts are synthetic.", "Note 3: Paid once."]
    assert read("/note 4", made=SECTIONS)[:2] == [
        "Error: there is no note of this name.",
        "Fix: type /note and one of: 3.",
    ]


def test_help_lists_the_commands() -> None:
    lines = read("?")
    for usage in ("/explain ROW COLUMN: ", "/sort NAME-OR-N: ", "/note N: ", "/find TEXT: ", "/column "):
        assert any(line.startswith(usage) for line in lines), usage


# Coming back


def test_after_a_download_the_report_goes_on_where_it_was() -> None:
    page = replaced(REPORT, actions=[*REPORT.actions, action("download_csv", "Download CSV")])
    portal = PreparedPortal(
        page, {("S-REPORT", "download_csv"): RUN, ("S-RUN", "back"): page}, report=SECTIONS
    )
    lines = play(portal, "", "/do download_csv", "/do back", *END, width=None).lines
    back = lines[next(i for i, line in enumerate(lines) if line.endswith("</do back>")) + 1 :]
    tables = [line for line in back if line.startswith("Table: ")]
    assert tables == ["Table: Amounts. 1 row, 2 columns."]
    assert lines.count("Report Message Name: 2011 PQRS Feedback Report") == 1
    assert portal.report_calls == [["TIN"]]
