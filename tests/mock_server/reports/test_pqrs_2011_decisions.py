"""The decision output of offline scoring (pqrs-2011 1.6) on the complete example of 1.5."""

import json
from copy import deepcopy
from typing import Any

import msgspec
import pytest

from mock_server.scoring_commands.pqrs import decisions as score
from mock_server.scoring_commands.refusals import NotScored

EXAMPLE: dict[str, Any] = json.loads("""
{ "program": "pqrs", "year": 2011, "tin": "987654321", "tin_name": "Example Family Practice",
  "participation": "individual", "ep_count": 4,
  "contractors": [ { "id": "05102", "charges_12": "300000.00" } ],
  "national_means": [ { "measure": "51", "mechanism": "claims", "months": 12, "mean_percent": 61 } ],
  "npis": [ { "npi": "1200000010", "npi_name": null, "charges_12": "87654.32", "charges_6": "41200.00",
      "moc_requirements_met": true, "eligible_by_measure": { "12": { "52": 29 }, "6": {} },
      "attempts": [ { "method": "IND-CLM-12", "registry_or_ehr_name": null,
          "measures": [ { "measure": "51", "any_qdc": true, "eligible_instances": 36, "reported": 29,
              "no_qdc": 4, "qdc_errors": 3, "excl_1p": 2, "met": 20, "not_met": 7,
              "submissions": { "reported": 31, "correct": 29, "cpt": 2 } } ],
          "groups": [] } ] } ] }
""")


def scored(record: dict[str, Any]) -> dict[str, Any]:
    output: dict[str, Any] = json.loads(msgspec.json.encode(score(json.dumps(record).encode())))
    return output


def refused(record: object) -> dict[str, Any]:
    with pytest.raises(NotScored) as refusal:
        score(json.dumps(record).encode())
    body: dict[str, Any] = msgspec.to_builtins(refusal.value.refusal)
    return body


@pytest.fixture
def record() -> dict[str, Any]:
    return deepcopy(EXAMPLE)


def test_p_json_20_to_22_the_complete_example(record: dict[str, Any]) -> None:
    output = scored(record)
    report = output.pop("report")
    tables = output.pop("tables")
    assert output == {
        "program": "pqrs",
        "year": 2011,
        "participation": "individual",
        "tin": "XXXXX4321",
        "tin_name": "Example Family Practice",
        "report_exists": True,
        "decisions": [
            {
                "npi": "1200000010",
                "method": "IND-CLM-12",
                "eligible": True,
                "rationale_id": "P-RAT-14",
                "rationale": "Sufficient # of measures reported at 50%",
                "selected": "Yes",
                "mav": "pass",
                "counts": {
                    "groups_reported": None,
                    "measures_reported": 1,
                    "measures_on_eligible": 1,
                    "measures_satisfactory": 1,
                },
            }
        ],
        "npis": [
            {
                "npi": "1200000010",
                "selected_method": "IND-CLM-12",
                "pqrs": "876.54",
                "moc": "438.27",
                "total": "1314.81",
            }
        ],
        "modules": [],
        "totals": {"pqrs": "876.54", "moc": "438.27", "total": "1314.81"},
        "distribution": [{"id": "05102", "amount": "1314.81"}],
        "warnings": [],
    }
    assert report["title"] == "2011 Physician Quality Reporting System (PQRS) Feedback Report"
    title = "Chronic Obstructive Pulmonary Disease (COPD): Spirometry Evaluation"
    by_id = {table["id"]: table for table in tables}
    assert list(by_id) == [
        *("T1-HEAD", "T1-SPLIT", "T1", "MOC-T1", "T2-A", "T2-B", "T2-C", "T2-D"),
        *("T2-E-IND-CLM-12", "T3-12", "T4-IND-CLM-12"),
    ]
    assert by_id["T2-E-IND-CLM-12"]["rows"] == [["#51", title, "36", "29", "4", "3", "81%"]]
    assert by_id["T3-12"]["rows"] == [["#51", title, "31", "29", "93.5%", "0", "0", "2", "0", "0", "0", "0"]]
    assert by_id["T4-IND-CLM-12"]["rows"] == [["#51", title, "29", "2", "27", "20", "7", "74%", "61%"]]
    assert by_id["T1"]["rows"][-1] == ["Total:", "", "", "", "", "", "$876.54"]


def test_p_json_23_columns_carry_no_footnote_marks_and_npi_only_where_it_is_one(
    record: dict[str, Any],
) -> None:
    tables = scored(record)["tables"]
    assert {table["npi"] for table in tables if table["id"].startswith(("T1", "MOC"))} == {None}
    assert {table["npi"] for table in tables if table["id"].startswith(("T2", "T3", "T4"))} == {"1200000010"}
    assert not any("[" in heading for table in tables for heading in table["columns"])
    assert all(set(table) == {"id", "npi", "title", "columns", "rows"} for table in tables)


def test_p_json_24_the_split_stays_without_contractors(record: dict[str, Any]) -> None:
    record["contractors"] = []
    (split,) = (table for table in scored(record)["tables"] if table["id"] == "T1-SPLIT")
    assert split["rows"] == []


def test_p_acc_1_no_attempt_empties_everything(record: dict[str, Any]) -> None:
    record["npis"][0]["attempts"] = []
    output = scored(record)
    assert output["report_exists"] is False
    empty = ("decisions", "npis", "modules", "distribution", "tables", "warnings")
    assert all(output[key] == [] for key in empty)
    assert output["totals"] == {"pqrs": None, "moc": None, "total": None}


def test_p_json_20_amounts_that_were_not_earned_are_null(record: dict[str, Any]) -> None:
    record["npis"][0]["eligible_by_measure"]["12"]["52"] = 30
    output = scored(record)
    assert output["npis"][0] == {
        "npi": "1200000010", "selected_method": None, "pqrs": None, "moc": None, "total": None
    }  # fmt: skip
    assert output["distribution"] == [{"id": "05102", "amount": None}]
    assert [(d["rationale_id"], d["mav"], d["selected"]) for d in output["decisions"]] == [
        ("P-RAT-1", "fail", "N/A")
    ]


def test_p_dm_33_six_months_above_the_year_warn(record: dict[str, Any]) -> None:
    attempts = record["npis"][0]["attempts"]
    half = deepcopy(attempts[0])
    half["method"] = "IND-CLM-6"
    half["measures"][0] |= {"eligible_instances": 40, "no_qdc": 8}
    attempts.append(half)
    (warning,) = scored(record)["warnings"]
    assert (warning["rule"], warning["path"]) == ("P-DM-33", "$.npis[0].attempts[1].measures[0]")
    assert warning["message"]


def test_p_json_25_a_rejected_record_names_rule_and_path(record: dict[str, Any]) -> None:
    record["npis"][0]["attempts"][0]["measures"][0]["no_qdc"] = 5
    body = refused(record)
    assert body["type"] == "InvalidRecord"
    assert [(fault["rule"], fault["path"]) for fault in body["details"]] == [
        ("P-DM-30", "$.npis[0].attempts[0].measures[0]")
    ]
    assert body["message"]


@pytest.mark.parametrize("other", [[], "text", {"program": "mips"}, 7])
def test_p_json_1_anything_else_is_an_invalid_record(other: object) -> None:
    body = refused(other)
    assert body["type"] == "InvalidRecord"
    assert {fault["rule"] for fault in body["details"]} == {"P-JSON-1"}
