"""The rules of submissions-api 9.2: each broken once, by rule id and JSON path, and what breaks none."""

from typing import Any

import pytest

from mock_server.intake.qpp_json import InvalidSubmission, read_submission
from tests.mock_server.intake.qpp_json.documents import (
    ACTIVITIES,
    EARLIER,
    GROUP,
    INDIVIDUAL,
    PI,
    Q0,
    REGISTRY,
    REMOVE,
    VIRTUAL,
    Document,
    a_set,
    changed,
    encoded,
    places,
    problems,
    single,
    stratum,
)

S = "$.measurementSets"
M0 = f"{S}[0].measurements[0]"
QCDR = "measurementSets.0.measurements.2"
RATIO = "measurementSets.0.measurements.3"
STRATA = "measurementSets.1.measurements.0.value.strata"
EP = "measurementSets.2.measurements.0"
M_STRATA = f"{S}[1].measurements[0].value.strata"

Change = tuple[str, Any]


@pytest.mark.parametrize("document", [GROUP, INDIVIDUAL, VIRTUAL, EARLIER])
def test_a_valid_submission_has_no_problem(document: Document) -> None:
    assert problems(document) == ()


IDENTITY: list[tuple[str, str, Document, list[Change]]] = [
    ("API-VAL-2", "$.entityType", GROUP, [("entityType", REMOVE)]),
    ("API-VAL-2", "$.entityType", GROUP, [("entityType", "practice")]),
    ("API-VAL-3", "$.performanceYear", GROUP, [("performanceYear", REMOVE)]),
    ("API-VAL-3", "$.performanceYear", GROUP, [("performanceYear", 2016)]),
    ("API-VAL-3", "$.performanceYear", GROUP, [("performanceYear", "2019")]),
    ("API-VAL-3", "$.performanceYear", GROUP, [("performanceYear", 2019.5)]),
    ("API-VAL-4", "$.taxpayerIdentificationNumber", GROUP, [("taxpayerIdentificationNumber", "12345678")]),
    ("API-VAL-4", "$.taxpayerIdentificationNumber", GROUP, [("taxpayerIdentificationNumber", 123456789)]),
    ("API-VAL-4", "$.taxpayerIdentificationNumber", GROUP, [("taxpayerIdentificationNumber", None)]),
    ("API-VAL-5", "$.taxpayerIdentificationNumber", VIRTUAL, [("taxpayerIdentificationNumber", "000456789")]),
    ("API-VAL-6", "$.nationalProviderIdentifier", INDIVIDUAL, [("nationalProviderIdentifier", REMOVE)]),
    ("API-VAL-6", "$.nationalProviderIdentifier", INDIVIDUAL, [("nationalProviderIdentifier", "08765")]),
    ("API-VAL-7", "$.nationalProviderIdentifier", GROUP, [("nationalProviderIdentifier", "0876543210")]),
    ("API-VAL-8", "$.entityId", VIRTUAL, [("entityId", "")]),
    ("API-VAL-8", "$.entityId", VIRTUAL, [("entityId", "x\u001b[2J")]),
    ("API-VAL-8", "$.entityId", VIRTUAL, [("entityId", "x\ud800")]),
    ("API-VAL-8", "$.entityId", GROUP, [("entityId", "x12345")]),
    ("API-VAL-9", "$.programName", GROUP, [("programName", "pqrs")]),
    ("API-VAL-10", S, GROUP, [("measurementSets", {})]),
    ("API-VAL-10", f"{S}[0]", GROUP, [("measurementSets.0", 7)]),
    ("API-VAL-10", f"{S}[4]", GROUP, [("measurementSets.+", REGISTRY)]),
]

SETS: list[tuple[str, str, Document, list[Change]]] = [
    ("API-VAL-9", f"{S}[0].programName", GROUP, [("measurementSets.0.programName", 1)]),
    ("API-VAL-20", f"{S}[3].category", GROUP, [("measurementSets.3.category", REMOVE)]),
    ("API-VAL-20", f"{S}[3].category", GROUP, [("measurementSets.3.category", "cost")]),
    ("API-VAL-21", f"{S}[2].category", GROUP, [("measurementSets.2.category", "aci")]),
    ("API-VAL-21", f"{S}[0].category", EARLIER, [("measurementSets.0.category", "pi")]),
    ("API-VAL-22", f"{S}[0].submissionMethod", GROUP, [("measurementSets.0.submissionMethod", "fax")]),
    ("API-VAL-23", f"{S}[0].performanceStart", GROUP, [("measurementSets.0.performanceStart", REMOVE)]),
    ("API-VAL-23", f"{S}[0].performanceEnd", GROUP, [("measurementSets.0.performanceEnd", "2019-02-29")]),
    ("API-VAL-23", f"{S}[0].performanceEnd", GROUP, [("measurementSets.0.performanceEnd", "20191231")]),
    ("API-VAL-23", f"{S}[0].performanceEnd", GROUP, [("measurementSets.0.performanceEnd", "2019-W52-1")]),
    (
        "API-VAL-24",
        f"{S}[0].performanceEnd",
        GROUP,
        [
            ("measurementSets.0.performanceStart", "2019-06-02"),
            ("measurementSets.0.performanceEnd", "2019-06-01"),
        ],
    ),
    ("API-VAL-25", f"{S}[0].performanceStart", GROUP, [("measurementSets.0.performanceStart", "2018-12-31")]),
    ("API-VAL-25", f"{S}[0].performanceEnd", GROUP, [("measurementSets.0.performanceEnd", "2020-01-01")]),
    ("API-VAL-26", f"{S}[2].cehrtId", GROUP, [("measurementSets.2.cehrtId", "0015E")]),
    ("API-VAL-26", f"{S}[2].cehrtId", GROUP, [("measurementSets.2.cehrtId", "0015E-BCDEFGHIJ")]),
    ("API-VAL-27", f"{S}[0].measureSet", GROUP, [("measurementSets.0.measureSet", "astrology")]),
    ("API-VAL-28", f"{S}[0].practiceId", GROUP, [("measurementSets.0.practiceId", "T1AL0001")]),
    ("API-VAL-28", f"{S}[0].practiceId", GROUP, [("measurementSets.0.programName", "cpcPlus")]),
    ("API-VAL-29", f"{S}[0].measurements", GROUP, [("measurementSets.0.measurements", {})]),
    ("API-VAL-29", f"{S}[0].measurements", GROUP, [("measurementSets.0.measurements.0", "236")]),
]

MEASUREMENTS: list[tuple[str, str, Document, list[Change]]] = [
    ("API-VAL-30", f"{M0}.measureId", GROUP, [(f"{Q0}.measureId", REMOVE)]),
    ("API-VAL-30", f"{M0}.measureId", GROUP, [(f"{Q0}.measureId", 236)]),
    ("API-VAL-30", f"{M0}.measureId", GROUP, [(f"{Q0}.measureId", "IA_XX_99")]),
    ("API-VAL-31", f"{M0}.measureId", GROUP, [(Q0, {"measureId": "IA_EPA_3", "value": True})]),
    ("API-VAL-32", f"{M0}.measureId", GROUP, [("measurementSets.0.measurements", []), (
        "measurementSets.0.measurements.+", {"measureId": "318", "value": single(1, 1)})]),
    ("API-VAL-33", f"{S}[3].measurements[2].measureId", GROUP, [
        ("measurementSets.3.measurements.+", {"measureId": "IA_EPA_3", "value": True})]),
    ("API-VAL-34", f"{M0}.value", GROUP, [(f"{Q0}.value", REMOVE)]),
    ("API-VAL-34", f"{S}[3].measurements[0].value", GROUP, [
        ("measurementSets.3.measurements.0.value", "true")]),
    ("API-VAL-34", f"{S}[3].measurements[0].value", GROUP, [("measurementSets.3.measurements.0.value", 1)]),
    ("API-VAL-34", f"{M0}.value.performanceMet", GROUP, [(f"{Q0}.value.performanceMet", REMOVE)]),
    ("API-VAL-34", f"{M0}.value.eligiblePopulation", GROUP, [(f"{Q0}.value.eligiblePopulation", None)]),
    ("API-VAL-34", f"{S}[0].measurements[3].value.numerator", GROUP, [(f"{RATIO}.value.numerator", "2")]),
    ("API-VAL-34", f"{S}[0].measurements[3].value.observationInstances", GROUP, [
        (f"{RATIO}.value.observationInstances", REMOVE)]),
    ("API-VAL-34", M_STRATA, GROUP, [(STRATA, REMOVE)]),
    ("API-VAL-35", f"{M0}.value.performanceMet", GROUP, [(f"{Q0}.value.performanceMet", 12.5)]),
    ("API-VAL-35", f"{M0}.value.performanceMet", GROUP, [(f"{Q0}.value.performanceMet", -1)]),
    ("API-VAL-35", f"{M0}.value.performanceMet", GROUP, [(f"{Q0}.value.performanceMet", "75")]),
    ("API-VAL-35", f"{M0}.value.performanceMet", GROUP, [(f"{Q0}.value.performanceMet", True)]),
    ("API-VAL-35", f"{M0}.value.eligiblePopulationException", GROUP, [
        (f"{Q0}.value.eligiblePopulationException", [1])]),
    ("API-VAL-35", f"{M_STRATA}[1].performanceNotMet", GROUP, [(f"{STRATA}.1.performanceNotMet", -3)]),
    ("API-VAL-35", f"{S}[2].measurements[0].value.numerator", GROUP, [(f"{EP}.value.numerator", 0.5)]),
    ("API-VAL-36", f"{M0}.value.eligiblePopulation", GROUP, [(f"{Q0}.value.eligiblePopulation", 99)]),
    ("API-VAL-36", f"{M0}.value.eligiblePopulation", GROUP, [(f"{Q0}.value.eligiblePopulationExclusion", 1)]),
    ("API-VAL-36", f"{M_STRATA}[0].eligiblePopulation", GROUP, [(f"{STRATA}.0.performanceMet", 46)]),
    ("API-VAL-37", f"{S}[2].measurements[0].value", GROUP, [(f"{EP}.value.numerator", 121)]),
    ("API-VAL-37", f"{S}[2].measurements[0].value", GROUP, [(f"{EP}.value.denominator", 0)]),
    ("API-VAL-38", M_STRATA, GROUP, [(STRATA, [])]),
    ("API-VAL-38", M_STRATA, GROUP, [(STRATA, "LVSD")]),
    ("API-VAL-38", M_STRATA, GROUP, [(f"{STRATA}.1", REMOVE)]),
    ("API-VAL-38", f"{M_STRATA}[0].stratum", GROUP, [(f"{STRATA}.0.stratum", "lvsd")]),
    ("API-VAL-38", f"{M_STRATA}[0].stratum", GROUP, [(f"{STRATA}.0.stratum", REMOVE)]),
    ("API-VAL-38", f"{M_STRATA}[2].stratum", GROUP, [(f"{STRATA}.+", stratum("LVSD", 1, 1))]),
    ("API-VAL-38", f"{M_STRATA}[0]", GROUP, [(f"{STRATA}.0", "LVSD")]),
    ("API-VAL-39", f"{M0}.measureId", GROUP, [(f"{Q0}.measureId", "458")]),
    ("API-VAL-39", f"{M0}.measureId", GROUP, [(f"{Q0}.measureId", "CAHPS_1")]),
    ("API-VAL-39", f"{M0}.measureId", GROUP, [(f"{Q0}.measureId", "MSPB_1")]),
    ("API-VAL-40", f"{S}[0].measurements[2].value.performanceRate", GROUP, [
        (f"{QCDR}.value.performanceRate", REMOVE)]),
    ("API-VAL-40", f"{S}[0].measurements[2].value.performanceRate", GROUP, [
        (f"{QCDR}.value.performanceRate", 100.01)]),
    ("API-VAL-40", f"{S}[0].measurements[2].value.performanceRate", GROUP, [
        (f"{QCDR}.value.performanceRate", "80")]),
    ("API-VAL-41", f"{M0}.value.isEndToEndReported", GROUP, [(f"{Q0}.value.isEndToEndReported", REMOVE)]),
    ("API-VAL-41", f"{M0}.value.isEndToEndReported", GROUP, [(f"{Q0}.value.isEndToEndReported", "no")]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "path", "document", "changes"), [*IDENTITY, *SETS, *MEASUREMENTS])
def test_api_val_one_broken_rule_is_one_problem_at_its_path(
    rule: str, path: str, document: Document, changes: list[Change]
) -> None:
    assert places(changed(document, *changes)) == [(rule, path)]


def test_every_rule_of_the_table_is_broken_above() -> None:
    """API-VAL-1 and API-VAL-11 have tests of their own below."""
    broken = {row[0] for row in [*IDENTITY, *SETS, *MEASUREMENTS]}
    numbers = {*range(2, 11), *range(20, 42)}
    assert broken == {f"API-VAL-{number}" for number in numbers}


@pytest.mark.parametrize("document", [[], "text", 7, None, True])
def test_api_val_1_the_body_is_an_object(document: object) -> None:
    assert places(document) == [("API-VAL-1", "$")]


@pytest.mark.parametrize("document", [{"submission": GROUP}, {"data": {"submission": GROUP}}])
def test_ff_json_1_an_envelope_is_refused_for_what_it_lacks(document: Document) -> None:
    assert places(document) == [("API-VAL-2", "$.entityType"), ("API-VAL-3", "$.performanceYear")]


def test_api_val_11_the_preview_environment_takes_invented_ids_only() -> None:
    real = changed(
        INDIVIDUAL,
        ("taxpayerIdentificationNumber", "123456789"),
        ("nationalProviderIdentifier", "1876543210"),
    )
    assert problems(real) == ()
    with pytest.raises(InvalidSubmission) as refused:
        read_submission(encoded(real), invented_only=True)
    assert [(p.rule, p.path) for p in refused.value.problems] == [
        ("API-VAL-11", "$.taxpayerIdentificationNumber"),
        ("API-VAL-11", "$.nationalProviderIdentifier"),
    ]
    assert read_submission(encoded(INDIVIDUAL), invented_only=True).npi == "0876543210"


def test_api_val_34_a_value_of_another_kind_names_every_key_it_lacks() -> None:
    document = changed(GROUP, (f"{Q0}.value", {"numerator": 20, "denominator": 100}))
    assert places(document) == [
        ("API-VAL-34", f"{M0}.value"),
        ("API-VAL-41", f"{M0}.value.isEndToEndReported"),
        ("API-VAL-34", f"{M0}.value.performanceMet"),
        ("API-VAL-34", f"{M0}.value.eligiblePopulation"),
    ]


def test_api_val_34_true_is_no_value_of_a_rate() -> None:
    found = places(changed(GROUP, (f"{EP}.value", True)))
    at = f"{S}[2].measurements[0].value"
    assert found == [
        ("API-VAL-34", at),
        ("API-VAL-34", f"{at}.numerator"),
        ("API-VAL-34", f"{at}.denominator"),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        [("entityType", "practice"), ("taxpayerIdentificationNumber", 5), ("nationalProviderIdentifier", 7)],
        [("performanceYear", 2020), (f"{Q0}.value", "unknown year, unknown measure")],
        [("measurementSets.0.category", "x"), ("measurementSets.0.cehrtId", 5)],
        [("measurementSets.0.submissionMethod", "x")],
        [(f"{Q0}.measureId", "IA_XX_99"), (f"{Q0}.value", 5)],
        [(f"{Q0}.value.performanceMet", -500)],
        [(f"{STRATA}.0.stratum", "LVXD")],
        [("measurementSets.0.performanceStart", "2019-13-01")],
        [("measurementSets.0.programName", "x"), ("measurementSets.0.practiceId", "y")],
    ],
)
def test_a_rule_whose_inputs_failed_stays_silent(changes: list[Change]) -> None:
    assert len(places(changed(GROUP, *changes))) == 1


@pytest.mark.parametrize(
    "changes",
    [
        [(f"{Q0}.value.eligiblePopulationExclusion", None)],
        [(f"{Q0}.value.performanceNotMet", REMOVE)],
        [(f"{Q0}.value.performanceMet", 75.0)],
        [(f"{EP}.value", {"numerator": 0, "denominator": 0})],
        [("measurementSets", REMOVE)],
        [("measurementSets", None)],
        [("measurementSets.0.measurements", None)],
        [("measurementSets.0.programName", "MIPS")],
        [("programName", "mips"), ("entityId", "")],
        [("measurementSets.0.programName", "CPCplus"), ("measurementSets.0.practiceId", "T1AL0001")],
        [("measurementSets.0.practiceId", "")],
        [("measurementSets.0.measureSet", "cardiology")],
        [("measurementSets.0.cehrtId", "ignored outside PI")],
        [("measurementSets.2.cehrtId", REMOVE)],
        [("measurementSets.0.submissionMethod", "webAttestation")],
        [("id", 5), ("createdAt", []), ("measurementSets.0.submitterId", {})],
        [(f"{Q0}.value.performanceRate", "computed, so ignored"), (f"{Q0}.value.reportingRate", -1)],
        [("measurementSets.+", {**ACTIVITIES, "submissionMethod": "webAttestation"})],
        [("measurementSets.+", {**PI, "measureSet": "cardiology"})],
        [
            ("measurementSets.0.performanceStart", "2019-06-01"),
            ("measurementSets.0.performanceEnd", "2019-06-01"),
        ],
        [(f"{RATIO}.value.numerator", -2.5), (f"{RATIO}.value.denominator", 0)],
    ],
)
def test_what_is_allowed(changes: list[Change]) -> None:
    assert places(changed(GROUP, *changes)) == []


@pytest.mark.parametrize("year", [2017, 2018])
def test_api_value_ratios_of_the_earlier_years_write_their_reporting_rate(year: int) -> None:
    ratio = {"isEndToEndReported": False, "numerator": 2, "denominator": 5, "reportingRate": 80}
    document = {
        **GROUP,
        "performanceYear": year,
        "measurementSets": [a_set("quality", "registry", year, ACEP32=ratio)],
    }
    assert problems(document) == ()
    bad = changed(document, (f"{Q0}.value.reportingRate", 101))
    assert places(bad) == [("API-VAL-40", f"{M0}.value.reportingRate")]


def test_api_val_10_the_program_of_the_submission_is_that_of_its_sets() -> None:
    """Two sets that differ only in saying so are the same twice."""
    document = changed(
        GROUP, ("programName", "mips"), ("measurementSets.+", {**REGISTRY, "programName": "MIPS"})
    )
    assert places(document) == [("API-VAL-10", f"{S}[4]")]


def test_ten_kinds_of_errors_are_ten_located_problems_in_the_order_of_the_document() -> None:
    document = changed(
        GROUP,
        ("taxpayerIdentificationNumber", "12345678"),
        (f"{Q0}.value.performanceMet", 12.5),
        ("measurementSets.0.measurements.1.value.eligiblePopulation", 50),
        (f"{QCDR}.value.performanceRate", REMOVE),
        (f"{RATIO}.value.isEndToEndReported", "yes"),
        ("measurementSets.1.performanceStart", "2018-12-31"),
        (f"{STRATA}.0.stratum", "14days"),
        (f"{EP}.value.numerator", 801),
        ("measurementSets.3.measurements.0.measureId", "IA_XX_99"),
        ("measurementSets.3.measurements.1.value", "true"),
    )
    assert places(document) == [
        ("API-VAL-4", "$.taxpayerIdentificationNumber"),
        ("API-VAL-35", f"{M0}.value.performanceMet"),
        ("API-VAL-36", f"{S}[0].measurements[1].value.eligiblePopulation"),
        ("API-VAL-40", f"{S}[0].measurements[2].value.performanceRate"),
        ("API-VAL-41", f"{S}[0].measurements[3].value.isEndToEndReported"),
        ("API-VAL-25", f"{S}[1].performanceStart"),
        ("API-VAL-38", f"{M_STRATA}[0].stratum"),
        ("API-VAL-37", f"{S}[2].measurements[0].value"),
        ("API-VAL-30", f"{S}[3].measurements[0].measureId"),
        ("API-VAL-34", f"{S}[3].measurements[1].value"),
    ]


def test_a_problem_says_what_was_found_and_what_is_allowed() -> None:
    (problem,) = problems(changed(GROUP, (f"{Q0}.value.eligiblePopulation", 90)))
    assert problem.message == (
        "found 90, but performanceMet 75 + performanceNotMet 25 = 100; "
        "allowed: at least 100, the sum of its parts"
    )
    (problem,) = problems(changed(GROUP, (f"{QCDR}.value.performanceRate", None)))
    assert (problem.kind, problem.message) == (
        "MissingValue",
        "missing; required: a number from 0 to 100",
    )


@pytest.mark.parametrize("identifier", ["taxpayerIdentificationNumber", "nationalProviderIdentifier"])
def test_sr_pii_identifiers_are_never_repeated(identifier: str) -> None:
    (problem,) = problems(changed(INDIVIDUAL, (identifier, "98765432109")))
    assert "98765" not in problem.message
    assert "a text of 11 characters" in problem.message
