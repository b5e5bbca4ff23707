"""A submission back as QPP JSON: what the API shows, and the same submission when it is read again."""

import json
from typing import Any

import msgspec
from hypothesis import given, settings

from client.messages.submission import Submission
from mock_server.intake.qpp_json import read_submission
from mock_server.intake.qpp_json.normal_form import encoded as written
from mock_server.intake.qpp_json.normal_form import normal_form
from tests.mock_server.intake.qpp_json.documents import EARLIER, GROUP, INDIVIDUAL, VIRTUAL, encoded
from tests.mock_server.intake.qpp_json.strategies import documents


def shown(document: dict[str, Any]) -> dict[str, Any]:
    """The normal form of a valid document."""
    again: dict[str, Any] = json.loads(written(read_submission(encoded(document))))
    return again


def test_api_e1_the_program_is_named_and_rates_stand_beside_the_counts() -> None:
    quality = shown(GROUP)["measurementSets"][0]
    assert quality["programName"] == "mips"
    values = {one["measureId"]: one["value"] for one in quality["measurements"]}
    assert (values["236"]["performanceRate"], values["236"]["reportingRate"]) == (75, 100)
    assert values["236"]["eligiblePopulationExclusion"] == 0


def test_api_calc_1_and_2() -> None:
    """The examples of submissions-api 3.1."""
    for met, not_met, other, eligible, rate, reporting in (
        (120, 36, 0, 156, 76.92, 100),
        (36, 120, 0, 156, 23.08, 100),
        (50, 10, 1, 63, 83.33, 96.83),
        (305, 255, 2, 562, 54.46, 100),
    ):
        document = json.loads(encoded(GROUP))
        value = document["measurementSets"][0]["measurements"][0]["value"]
        value |= {
            "performanceMet": met,
            "performanceNotMet": not_met,
            "eligiblePopulationException": other,
            "eligiblePopulation": eligible,
        }
        computed = shown(document)["measurementSets"][0]["measurements"][0]["value"]
        assert (computed["performanceRate"], computed["reportingRate"]) == (rate, reporting)


def test_api_calc_6_the_weighted_average_of_the_strata() -> None:
    value = shown(GROUP)["measurementSets"][1]["measurements"][0]["value"]
    assert (value["performanceRate"], value["reportingRate"]) == (83.33, 100)


def test_api_calc_9_the_reporting_rate_of_a_ratio() -> None:
    value = shown(GROUP)["measurementSets"][0]["measurements"][3]["value"]
    assert value["reportingRate"] == 96
    assert "performanceRate" not in value


def test_api_value_a_written_rate_stays_as_it_was_written() -> None:
    value = shown(GROUP)["measurementSets"][0]["measurements"][2]["value"]
    assert value["performanceRate"] == 80.5


def test_round_trip_of_the_examples() -> None:
    for document in (GROUP, INDIVIDUAL, VIRTUAL, EARLIER):
        submission = read_submission(encoded(document))
        assert read_submission(written(submission)) == submission


@settings(max_examples=200, deadline=None)
@given(documents())
def test_round_trip_of_any_submission(document: dict[str, Any]) -> None:
    submission = read_submission(encoded(document))
    assert read_submission(written(submission)) == submission


def test_the_wire_types_read_what_they_write() -> None:
    for document in (GROUP, INDIVIDUAL, VIRTUAL, EARLIER):
        shape = normal_form(read_submission(encoded(document)))
        assert msgspec.json.decode(written(read_submission(encoded(document))), type=Submission) == shape
