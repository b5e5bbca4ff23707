"""What the server side prints about a document: the form follows the options and the kind of document."""

import json
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from client.messages.score import ScoreNode
from mock_server.scoring_commands.answering import heading, in_full, in_one_line
from mock_server.scoring_commands.kinds import Kind, kind_of
from mock_server.scoring_commands.options import Options
from mock_server.scoring_commands.sources import Document
from tests.mock_server.intake.qpp_json.documents import GROUP, changed, encoded
from tests.mock_server.reports.test_pqrs_2011_decisions import EXAMPLE as PQRS
from tests.mock_server.scoring_commands.samples import INCOMPLETE, RECORD, REFUSED, SUBMISSION


def told(document: object, **options: Any) -> dict[str, Any]:
    """The answer about the only document."""
    data = document if isinstance(document, bytes) else encoded(document)
    text, scored = in_full(Document("x.json", data), Options(**options))
    answer: dict[str, Any] = json.loads(text)
    assert scored == ("error" not in answer)
    return answer


def told_shortly(document: object, **options: Any) -> dict[str, Any]:
    """The answer about one of many."""
    text, scored = in_one_line(Document("x.json", encoded(document)), Options(**options))
    answer: dict[str, Any] = json.loads(text)
    assert scored == ("error" not in answer)
    return answer


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        (encoded(SUBMISSION), Kind.SUBMISSION),
        (encoded(RECORD), Kind.SUBMISSION),
        (encoded(PQRS), Kind.PQRS),
        (b'{"participation": "individual"}', Kind.PQRS),
        (b'{"program": "qrur"}', Kind.PQRS),
        (b'{"program": "mine", "entityType": "group"}', Kind.SUBMISSION),
        (b'\xef\xbb\xbf  <?xml version="1.0"?>', Kind.XML),
        (b"{}", Kind.SUBMISSION),
        (b"", Kind.SUBMISSION),
    ],
)
def test_ff_gen_1_the_content_tells_what_it_is(document: bytes, kind: Kind) -> None:
    assert kind_of(document) is kind


def test_m_tree_1_json_is_the_score_tree() -> None:
    text, _ = in_full(Document("x.json", encoded(SUBMISSION)), Options(form="json"))
    node = msgspec.json.decode(text, type=ScoreNode)
    assert (node.name, node.title) == ("total", "Total Score")
    assert [part.name for part in node.parts][:3] == ["ia", "pi", "quality"]
    assert node.parts[0].original is not None
    assert node.parts[0].value == Decimal("3.75")


def test_an_option_changes_what_the_file_says() -> None:
    plain = told_shortly(SUBMISSION)["result"]
    assert (plain["mode"], plain["final_score"]) == ("preliminary", None)
    final = told_shortly(SUBMISSION, mode="final")["result"]
    assert final["final_score"] is not None
    small = told_shortly(SUBMISSION, special_statuses=("small-practice",))["result"]
    assert small["total"] > plain["total"]
    assert told_shortly(RECORD, mode="preliminary")["result"]["mode"] == "preliminary"


def test_m_wgt_7_a_status_can_be_that_of_extreme_circumstances() -> None:
    empty = changed(SUBMISSION, ("measurementSets", []))
    result = told_shortly(empty, special_statuses=("euc",), mode="final")["result"]
    assert result["final_score"] == 30


def test_the_year_of_the_option_takes_the_place_of_the_files() -> None:
    other = changed(SUBMISSION, ("performanceYear", 2018))
    assert told(other)["error"]["type"] == "InvalidSubmission"
    assert told_shortly(other, year=2019)["result"]["performance_year"] == 2019


def test_a_refused_submission_is_not_scored_in_any_form() -> None:
    for form in ("table", "json", "csv"):
        answer = told(REFUSED, form=form)
        assert list(answer) == ["error"]
        (detail,) = answer["error"]["details"]
        assert (detail["rule"], detail["path"]) == ("API-VAL-4", "$.taxpayerIdentificationNumber")


def test_xml_is_refused_in_plain_words() -> None:
    error = told(b"<data/>")["error"]
    assert error["type"] == "FormatNotBuilt"
    assert "not built yet" in error["message"]


def test_pqrs_records_know_nothing_of_the_new_options() -> None:
    assert list(told(PQRS)) == ["report"]
    error = told(PQRS, form="csv", year=2018)["error"]
    assert (error["type"], error["message"]) == (
        "OptionNotKnown",
        "This is a PQRS practice record; it has no --csv, --year.",
    )


def test_of_many_each_has_its_source_and_its_figures() -> None:
    answer = told_shortly(RECORD)
    assert answer["source"] == "x.json"
    result = answer["result"]
    assert result["entity"] == "XXXXX6789"
    assert [one["name"] for one in result["categories"]] == ["quality", "pi", "ia", "cost"]
    total = sum(one["contribution"] for one in result["categories"])
    assert total + 1.35 == pytest.approx(result["total"], abs=0.0002)


def test_csv_of_many_is_a_heading_and_a_row_each() -> None:
    columns = json.loads(heading(Options(form="csv")))["csv"].count('","')
    good = told_shortly(SUBMISSION, form="csv")
    bad = told_shortly(REFUSED, form="csv")
    assert good["csv"].count('","') == bad["csv"].count('","') == columns
    assert bad["csv"].endswith('"The submission is not valid: 1 problem."\r\n')
    assert bad["error"]["type"] == "InvalidSubmission"
    assert heading(Options()) == b""


def test_what_is_told_in_full_is_told_of_one_alone() -> None:
    for options in ({"explain": "236"}, {"what_if": True}):
        assert told_shortly(SUBMISSION, **options)["error"]["type"] == "OneAtATime"


def test_no_answer_holds_a_full_tin() -> None:
    """SR-PII-01."""
    for document in (SUBMISSION, RECORD, INCOMPLETE, GROUP):
        for form in ("table", "json", "csv"):
            assert "000456789" not in json.dumps(told(document, form=form))
        assert "000456789" not in json.dumps(told_shortly(document))
        assert "000456789" not in json.dumps(told(document, what_if=True))


@pytest.mark.parametrize(
    "name", ["236", "pi", "PI_EP_1", "ia", "IA_EPA_3", "quality", "cost", "TOTAL", "bonuses"]
)
def test_m_tree_10_whatever_has_a_score_can_be_explained(name: str) -> None:
    explained = told(RECORD, explain=name)["explanations"]
    assert explained
    for one in explained:
        assert one["formula"]
        assert one["rules"]
        assert one["title"].endswith(f"= {one['value']}")


def test_m_bm_7_the_points_of_a_measure_are_explained_step_by_step() -> None:
    steps = {one["column"]: one for one in told(RECORD, explain="236")["explanations"]}
    assert steps["performance rate"]["value"] == "70.00"
    assert {given["name"]: given["value"] for given in steps["performance rate"]["inputs"]} == {
        "met": "140",
        "not_met": "60",
    }
    assert steps["decile points"]["value"].startswith("decile 5")
    assert "M-BM-07" in steps["decile points"]["rules"]


def test_a_name_that_the_score_has_not_gets_the_names_that_it_has() -> None:
    error = told(SUBMISSION, explain="999")["error"]
    assert error["type"] == "NothingToExplain"
    assert "236" in error["message"]
