"""CSV exports (P-FMT-20, P-FMT-21, F-RUN-04, SR-OUT-01)."""

import io
from decimal import Decimal
from zipfile import ZipFile

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.messages.report import Cell, Money, Percent, Text
from mock_server.exports.csv_files import csv_archive, csv_file, field, guarded, records
from tests.mock_server.exports.reading import archive, combined, csv_rows
from tests.mock_server.exports.samples import one_table_report, report_of, teaching_report
from tests.support.csv_guard import unguarded

VECTORS: list[tuple[Cell, str]] = [
    (Text("=1+1"), '"\'=1+1"'),
    (Percent(Decimal("-9.00"), 2), '"-9.00%"'),
    (Text("-9.00%"), '"\'-9.00%"'),
    (Text("@SUM(A1)"), '"\'@SUM(A1)"'),
    (Text("＝1"), '"\'＝1"'),
    (Text('a","=1+1'), '"a"",""=1+1"'),
    (Text('Smith, "Bob"'), '"Smith, ""Bob"""'),
    (Text(""), '""'),
    (Money(Decimal("-1234.5")), '"-$1,234.50"'),
]


@pytest.mark.sr("SR-OUT-01")
@pytest.mark.parametrize(("cell", "written"), VECTORS)
def test_sr_out_01_vectors_of_7_4(cell: Cell, written: str) -> None:
    assert records([[field(cell)]]) == f"{written}\r\n".encode()


@pytest.mark.sr("SR-OUT-01")
def test_sr_out_01_a_tab_before_a_formula_does_not_hide_it() -> None:
    assert records([[guarded("\t=1")]]) == b'"\'\t=1"\r\n'


@pytest.mark.sr("SR-OUT-01")
@given(st.text(st.sampled_from("=+-@\t\r\n\0＝＋－＠'\",a1 "), max_size=12) | st.text(max_size=40))
def test_sr_out_01_taking_the_guard_off_gives_the_original(text: str) -> None:
    written = guarded(text)
    assert unguarded(written) == text
    assert not written or written[0] not in "=+-@\t\r\n\0＝＋－＠"
    ((read,),) = csv_rows(records([[written]]))
    assert read == written


def test_p_fmt_21_every_cell_of_the_teaching_report_is_as_on_the_screen() -> None:
    report = teaching_report()
    files = archive(csv_archive(report))
    expected = combined(report.sections)
    assert list(files) == [f"R-PQRS-2011_{part}.csv" for part in ("ABOUT", *expected)]
    for table_id, rows in expected.items():
        assert files[f"R-PQRS-2011_{table_id}.csv"] == rows
    assert sum(len(rows) * len(rows[0]) for rows in expected.values()) > 2000


def test_p_fmt_20_every_field_is_quoted_and_every_record_ends_in_crlf() -> None:
    content = csv_archive(teaching_report())
    with ZipFile(io.BytesIO(content)) as zipped:
        for name in zipped.namelist():
            text = zipped.read(name).decode("utf-8")
            assert text.endswith('"\r\n')
            assert all(line.startswith('"') and line.endswith('"') for line in text[:-2].split("\r\n"))
            assert not text.startswith("\ufeff")


def test_p_dm_53_header_cautions_and_notes_are_beside_the_tables() -> None:
    report = teaching_report()
    about = archive(csv_archive(report))["R-PQRS-2011_ABOUT.csv"]
    assert about[0] == ["Part", "Label", "Text"]
    for fact in report.facts:
        assert ["Header", fact.label, fact.value] in about
    assert [text for part, _, text in about if part == "Caution"] == report.cautions
    assert any(part == "Header" and "synthetic" in text for part, _, text in about)
    footnotes = [text for part, table, text in about if (part, table) == ("Footnote", "T2-D")]
    assert footnotes[0] == (
        "[2] Incentive Eligible (Yes/No): Yes: the reporting criteria of the method were met."
    )
    assert len(about) == len(set(map(tuple, about)))


def test_p_fmt_07_a_professional_without_a_name_is_not_available() -> None:
    rows = archive(csv_archive(report_of(["Ada Demo"])))["R-PQRS-2011_T2-A.csv"]
    assert rows[1][:2] == ["1200000000", "Ada Demo"]
    nameless = report_of(["Ada Demo"])
    person = msgspec.structs.replace(nameless.sections[1], name=None)
    nameless = msgspec.structs.replace(nameless, sections=[nameless.sections[0], person])
    assert archive(csv_archive(nameless))["R-PQRS-2011_T2-A.csv"][1][:2] == ["1200000000", "Not Available"]


def test_f_run_04_a_report_with_one_table_is_one_plain_file() -> None:
    report = one_table_report()
    assert csv_rows(csv_file(report)) == combined(report.sections)["T2-B"]


def test_equal_reports_give_equal_bytes_that_carry_the_time_of_the_run() -> None:
    content = csv_archive(teaching_report())
    assert content == csv_archive(teaching_report())
    with ZipFile(io.BytesIO(content)) as zipped:
        assert {entry.date_time for entry in zipped.infolist()} == {(2018, 10, 1, 10, 0, 0)}
        assert {entry.external_attr >> 16 & 0o777 for entry in zipped.infolist()} == {0o600}


def test_tables_of_one_id_with_different_columns_are_an_error_and_not_a_wrong_file() -> None:
    report = report_of(["Ada Demo", "Bo Demo"])
    first, *others = report.sections[2].tables
    cut = msgspec.structs.replace(first, columns=first.columns[:-1])
    broken = msgspec.structs.replace(report.sections[2], tables=[cut, *others])
    with pytest.raises(ValueError, match="T2-A"):
        csv_archive(msgspec.structs.replace(report, sections=[*report.sections[:2], broken]))
