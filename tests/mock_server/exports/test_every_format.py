"""What holds for every format: same numbers, harmless names, no full TIN (SR-OUT-05, issue 3)."""

import io
import subprocess
import sys
import unicodedata
from zipfile import ZipFile

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from client.safe_text import single_line
from mock_server.app import exporters
from mock_server.exports.csv_files import csv_archive
from mock_server.exports.pdf.document import document
from mock_server.exports.readable import readable
from mock_server.exports.workbook import workbook
from tests.mock_server.exports.comparing import checked_pdf
from tests.mock_server.exports.reading import archive, combined, worksheets
from tests.mock_server.exports.samples import (
    HOSTILE_NAMES,
    hostile_report,
    one_table_report,
    report_of,
    teaching_report,
)
from tests.support.csv_guard import unguarded

CONTROLS = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@given(st.text(st.characters(codec=None), max_size=200))
def test_f_rep_01_texts_are_those_of_the_screen(text: str) -> None:
    assert readable(text) == single_line(text)


def test_f_rep_01_long_texts_are_cut_as_on_the_screen() -> None:
    for text in ("a" * 10_001, "\t" * 5000, "é" * 10_001):
        assert readable(text) == single_line(text)


@pytest.mark.sr("SR-OUT-05")
@settings(max_examples=20, deadline=None, phases=[Phase.generate])
@given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
def test_sr_out_05_all_formats_say_the_same(names: list[str]) -> None:
    report = report_of(names, names[0])
    expected = combined(report.sections)
    sheets, files = worksheets(workbook(report)), archive(csv_archive(report))
    for table_id, rows in expected.items():
        written = files[f"R-PQRS-2011_{table_id}.csv"]
        assert [[unguarded(text) for text in row] for row in written] == rows
        assert sheets[table_id] == rows
    checked_pdf(report)


def test_hostile_names_come_out_whole_and_harmless_in_csv_and_excel() -> None:
    report = hostile_report()
    expected = combined(report.sections)
    sheets, files = worksheets(workbook(report)), archive(csv_archive(report))
    for table_id, rows in expected.items():
        written = files[f"R-PQRS-2011_{table_id}.csv"]
        assert [[unguarded(text) for text in row] for row in written] == rows
        assert sheets[table_id] == rows
        for text in (text for row in (*written, *sheets[table_id]) for text in row):
            assert not CONTROLS & {unicodedata.category(character) for character in text}
    names = [row[1] for row in sheets["T2-A"][1:]]
    assert names == [str(single_line(name)) for name in HOSTILE_NAMES]


def contents(action: str) -> bytes:
    """Everything in a file of the teaching report, unpacked."""
    content = exporters()[action].render(teaching_report())
    if action in ("csv", "xlsx"):
        with ZipFile(io.BytesIO(content)) as zipped:
            return b"\n".join(zipped.read(name) for name in zipped.namelist())
    return content


@pytest.mark.parametrize("action", ["csv", "xlsx", "json"])
def test_sr_pii_01_no_format_holds_a_full_tin(action: str) -> None:
    content = contents(action)
    assert b"4802" in content
    assert b"990004802" not in content
    assert b"99-0004802" not in content


def test_sr_pii_01_nor_does_the_pdf() -> None:
    text = " ".join(page.extract_text() for page in checked_pdf(teaching_report()).reader.pages)
    assert "XXXXX4802" in text
    assert "990004802" not in text
    assert b"990004802" not in document(teaching_report())


def test_f_run_04_csv_is_a_zip_unless_there_is_one_table() -> None:
    csv = exporters()["csv"]
    assert csv.suited_to(teaching_report()).ending == "zip"
    alone = csv.suited_to(one_table_report())
    assert (alone.ending, alone.media_type) == ("csv", "text/csv")
    assert alone.render(one_table_report()).startswith(b'"NPI","NPI Name",')
    assert exporters()["pdf"].suited_to(one_table_report()).ending == "pdf"


def test_the_server_starts_without_the_libraries_that_only_exports_need() -> None:
    asked = (
        "import mock_server.app, sys; print({'fpdf', 'xlsxwriter', 'PIL', 'fontTools'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
