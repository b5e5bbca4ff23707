"""JSON exports: the Report document itself."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.messages.report import Report
from mock_server.exports.json_document import json_document
from tests.mock_server.exports.samples import hostile_report, report_of, teaching_report


@pytest.mark.parametrize("report", [teaching_report(), hostile_report()], ids=["teaching", "hostile"])
def test_decoding_gives_the_report_back(report: Report) -> None:
    content = json_document(report)
    assert msgspec.json.decode(content, type=Report) == report
    assert json.loads(content)["catalogue_id"] == "R-PQRS-2011"


def test_f_rep_01_values_are_typed() -> None:
    content = json.loads(json_document(teaching_report()))
    cells = content["sections"][0]["tables"][0]["rows"][0]["cells"]
    assert cells == [{"type": "money", "value": "8227.70"}]


@given(st.text(max_size=60))
def test_fz_15_no_byte_of_a_name_can_steer_a_terminal(name: str) -> None:
    content = json_document(msgspec.structs.replace(report_of(["Ada Demo"]), title=name))
    assert content.endswith(b"\n")
    assert all(0x20 <= byte < 0x7F for byte in content[:-1])
    assert json.loads(content)["title"] == name
