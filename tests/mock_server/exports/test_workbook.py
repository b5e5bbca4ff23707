"""Excel exports (F-RUN-05, P-FMT-21, SR-OUT-02)."""

import io
import re
from datetime import datetime
from decimal import Decimal
from zipfile import ZipFile

import pytest
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from client.messages.report import (
    Cell,
    Count,
    Money,
    Percent,
    Points,
    Report,
    ReportColumn,
    ReportRow,
    ReportTable,
    Section,
)
from mock_server.exports.workbook import workbook
from tests.mock_server.exports.reading import combined, displayed, opened, shown, worksheets
from tests.mock_server.exports.samples import RUN_AT, hostile_report, teaching_report


def test_f_run_05_every_cell_of_the_teaching_report_is_as_on_the_screen() -> None:
    report = teaching_report()
    sheets = worksheets(workbook(report))
    expected = combined(report.sections)
    assert list(sheets) == ["About", *expected]
    for table_id, rows in expected.items():
        assert sheets[table_id] == rows


def test_f_run_05_counts_amounts_and_rates_are_numbers() -> None:
    book = opened(workbook(teaching_report()))
    detail = book["T2-E-IND-CLM-12"]
    assert detail["E2"].value == 159
    assert detail["I2"].value == 0.81
    assert displayed(detail["I2"]) == "81%"
    assert displayed(book["T3-12"]["G2"]) == "84.2%"
    assert book["T1"]["F2"].value == 55108.93
    assert displayed(book["T1"]["F2"]) == "$55,108.93"


NUMBERS: list[Cell] = [
    *(Count(value) for value in (0, 7, -3, 2**40)),
    *(Money(Decimal(value)) for value in ("0.00", "0.05", "-0.05", "-1234567.89", "99999999.99")),
    *(Percent(Decimal(value)) for value in range(101)),
    *(Percent(Decimal(value) / 10, 1) for value in range(1001)),
    Percent(Decimal("-9.00"), 2),
    *(Points(Decimal(value)) for value in ("0.00", "9.95", "60.00")),
    Points(Decimal(7), 0),
]


def test_f_run_05_every_number_shows_the_text_of_the_screen() -> None:
    column = ReportColumn(id="n", heading="Number", short="Number", kind="count")
    rows = [ReportRow(id=str(i), cells=[cell]) for i, cell in enumerate(NUMBERS)]
    table = ReportTable(id="T1", title="Numbers", columns=[column], rows=rows)
    section = Section(id="TIN", title="Numbers", outline=[], tables=[table])
    report = Report(
        id="run",
        catalogue_id="R",
        title="Numbers",
        year=2011,
        synthetic=True,
        facts=[],
        cautions=[],
        sections=[section],
        created_at=RUN_AT,
    )
    assert worksheets(workbook(report))["T1"] == [["Number"], *shown(table)]


def test_f_run_05_a_sheet_prints_one_page_wide_with_its_headings_on_every_page() -> None:
    book = opened(workbook(teaching_report()))
    for sheet in book:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$1:$1"
    assert book["About"].freeze_panes == "A2"
    assert book["T1"].freeze_panes == "B2"
    assert book["T2-D"].freeze_panes == "C2"


def test_p_dm_53_the_first_sheet_has_header_cautions_and_notes() -> None:
    report = teaching_report()
    about = worksheets(workbook(report))["About"]
    for fact in report.facts:
        assert ["Header", fact.label, fact.value] in about
    for caution in report.cautions:
        assert ["Caution", "", caution] in about


@pytest.mark.sr("SR-OUT-02")
@pytest.mark.parametrize("report", [teaching_report(), hostile_report()], ids=["teaching", "hostile"])
def test_sr_out_02_text_is_a_quoted_string_and_nothing_is_a_formula(report: Report) -> None:
    content = workbook(report)
    book = opened(content)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert all(cell.quotePrefix for cell in cells if cell.data_type == "s")
    with ZipFile(io.BytesIO(content)) as zipped:
        parts = {name: zipped.read(name).decode() for name in zipped.namelist()}
    assert not [name for name in parts if re.search(r"vba|external|embeddings|drawing|comment", name)]
    for name, text in parts.items():
        assert "<f>" not in text
        assert "<f " not in text
        assert "hyperlink" not in text
        if name == "xl/workbook.xml":
            assert set(re.findall(r'definedName name="([^"]*)"', text)) == {"_xlnm.Print_Titles"}


def test_the_quick_way_of_writing_cells_gives_the_librarys_own_file(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = workbook(hostile_report())
    monkeypatch.setattr("mock_server.exports.workbook.quick_sheet", lambda: Worksheet)
    assert workbook(hostile_report()) == quick


def test_equal_reports_give_equal_bytes_and_the_only_date_is_that_of_the_run() -> None:
    content = workbook(teaching_report())
    assert content == workbook(teaching_report())
    properties = opened(content).properties
    assert properties.created == properties.modified == datetime(2018, 10, 1, 14, 0)
    assert properties.title == teaching_report().title
    assert (properties.creator, properties.lastModifiedBy) == (None, None)
