"""F-REP-01, F-RUN-04, F-RUN-05: a MIPS report as a file says what the screen says."""

import json

import pytest

from client.messages.report import Report
from mock_server.app import exporters
from mock_server.exports.csv_files import csv_archive
from mock_server.exports.workbook import workbook
from tests.mock_server.exports.comparing import checked_pdf
from tests.mock_server.exports.reading import archive, combined, worksheets
from tests.mock_server.reports.mips.subjects import report_of
from tests.support.csv_guard import unguarded

NAMES = ("small rural group 2018", "solo, preliminary")


@pytest.fixture(params=NAMES)
def report(request: pytest.FixtureRequest) -> Report:
    return report_of(request.param)


def test_f_rep_01_all_formats_say_the_same(report: Report) -> None:
    expected = combined(report.sections)
    sheets, files = worksheets(workbook(report)), archive(csv_archive(report))
    for table_id, rows in expected.items():
        written = files[f"{report.catalogue_id}_{table_id}.csv"]
        assert [[unguarded(text) for text in row] for row in written] == rows
        assert sheets[table_id] == rows
    checked_pdf(report)
    document = json.loads(exporters()["json"].render(report))
    assert document["catalogue_id"] == report.catalogue_id


def test_p_run_05_no_file_holds_a_full_tin(report: Report) -> None:
    for exporter in exporters().values():
        assert b"000104802" not in exporter.render(report)
