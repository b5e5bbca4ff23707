"""The rules between the keys of a practice record (P-DM-30 to 45): each broken once, by rule and path."""

from typing import Any

import pytest

from mock_server.intake.pqrs_record import read_practice, six_month_warnings
from tests.mock_server.intake.documents import (
    CLAIMS,
    GPRO1,
    GPRO2,
    GROUPS,
    INDIVIDUAL,
    MEASURE,
    REGISTRY,
    REMOVE,
    Document,
    changed,
    encoded,
    faults,
    places,
)

CLM = "npis.0.attempts.0"
REG = "npis.0.attempts.1"
GRP = "npis.0.attempts.2"
GROUP = GROUPS["groups"][0]
PERSON = {"npi": "1200000028", "charges_12": "10.00"}
MEMBER = GROUP["members"][0]
SENT = {"reported": 33}
DM_2 = {"measure": "DM-2", "total": 1}
MEAN = INDIVIDUAL["national_means"][0]

Change = tuple[str, Any]
A0 = "$.npis[0].attempts[0]"
A1 = "$.npis[0].attempts[1]"
A2 = "$.npis[0].attempts[2]"


@pytest.mark.parametrize(
    ("rule", "path", "changes"),
    [
        ("P-DM-30", f"{A0}.measures[0]", [(f"{CLM}.measures.0.no_qdc", 3)]),
        ("P-DM-31", f"{A1}.measures[0]", [(f"{REG}.measures.0.eligible_instances", 62)]),
        ("P-DM-31", f"{A1}.measures[0]", [(f"{REG}.measures.0.met", 64)]),
        ("P-DM-31", f"{A1}.measures[0]", [(f"{REG}.measures.0.excl_2p", 64), (f"{REG}.measures.0.met", 0)]),
        ("P-DM-31", f"{A0}.measures[0]", [(f"{CLM}.measures.0.not_met", 6)]),
        ("P-DM-31", f"{A2}.groups[0].members[0]", [(f"{GRP}.groups.0.members.0.met", 21)]),
        ("P-DM-32", f"{A2}.groups[0]", [(f"{GRP}.groups.0.complete", 25)]),
        ("P-DM-33", "$.npis[0].charges_6", [("npis.0.charges_6", "87654.33")]),
        ("P-DM-35", f"{A0}.measures[0].any_qdc", [(f"{CLM}.measures.0.any_qdc", False)]),
        ("P-DM-36", f"{A1}.measures[0].no_qdc", [(f"{REG}.measures.0.no_qdc", 1)]),
        ("P-DM-36", f"{A1}.measures[0].qdc_errors", [(f"{REG}.measures.0.qdc_errors", 1)]),
        ("P-DM-36", f"{A1}.measures[0].submissions", [(f"{REG}.measures.0.submissions", {"reported": 63})]),
        (
            "P-DM-36",
            f"{A2}.groups[0].members[0].submissions",
            [(f"{GRP}.groups.0.members.0.submissions", {"reported": 20})],
        ),
        ("P-DM-37", "$.npis[1].npi", [("npis.+", {**PERSON, "npi": "1200000010"})]),
        ("P-DM-37", "$.contractors[1].id", [("contractors.+", {"id": "05102", "charges_12": "1.00"})]),
        ("P-DM-37", "$.npis[0].attempts[3].method", [("npis.0.attempts.+", REGISTRY)]),
        ("P-DM-37", f"{A0}.measures[1].measure", [(f"{CLM}.measures.+", MEASURE)]),
        ("P-DM-37", f"{A2}.groups[1].group", [(f"{GRP}.groups.+", GROUP)]),
        ("P-DM-37", f"{A2}.groups[0].members[1].measure", [(f"{GRP}.groups.0.members.+", MEMBER)]),
        ("P-DM-37", "$.national_means[1].measure", [("national_means.+", {**MEAN, "mean_percent": 5})]),
        ("P-DM-38", f"{A0}.registry_or_ehr_name", [(f"{CLM}.registry_or_ehr_name", "Some Registry")]),
        ("P-DM-38", f"{A0}.groups", [(f"{CLM}.groups", [{**GROUP, "members": []}])]),
        ("P-DM-38", f"{A0}.measures", [(f"{CLM}.measures", [])]),
        (
            "P-DM-38",
            f"{A0}.measures",
            [(f"{CLM}.measures", [{"measure": "51", "eligible_instances": 4, "reported": 0, "no_qdc": 4}])],
        ),
        ("P-DM-38", f"{A2}.measures", [(f"{GRP}.measures", REGISTRY["measures"])]),
        ("P-DM-38", f"{A2}.groups", [(f"{GRP}.groups", [{"group": "Asthma", "eligible": 4, "complete": 0}])]),
        ("P-DM-38", "$.gpro_measures", [("gpro_measures", GPRO1["gpro_measures"])]),
        ("P-DM-38", "$.gpro2_groups", [("gpro2_groups", GPRO2["gpro2_groups"])]),
        ("P-DM-45", f"{A0}.measures[0].submissions", [(f"{CLM}.measures.0.submissions.correct", 32)]),
        ("P-DM-45", f"{A0}.measures[0].submissions", [(f"{CLM}.measures.0.submissions.dx", 1)]),
        ("P-DM-45", f"{A0}.measures[0].submissions", [(f"{CLM}.measures.0.submissions.gender", 3)]),
        ("P-DM-45", f"{A0}.measures[0].submissions", [(f"{CLM}.measures.0.submissions.age", 3)]),
        ("P-DM-45", f"{A0}.measures[0].submissions", [(f"{CLM}.measures.0.submissions.cpt", 1)]),
    ],
)  # fmt: skip
def test_p_dm_a_broken_rule_is_the_only_fault(rule: str, path: str, changes: list[Change]) -> None:
    assert places(changed(INDIVIDUAL, *changes)) == [(rule, path)]


def test_p_ex_03_a_claims_row_that_does_not_add_up_is_rejected() -> None:
    row = {"measure": "47", "eligible_instances": 91, "reported": 57, "no_qdc": 25, "qdc_errors": 9}
    assert places(changed(INDIVIDUAL, (f"{CLM}.measures.0", row))) == []
    (fault,) = faults(encoded(changed(INDIVIDUAL, (f"{CLM}.measures.0", {**row, "no_qdc": 24}))))
    assert fault.rule == "P-DM-30"
    assert fault.message == (
        "found eligible_instances 91, but reported 57 + no_qdc 24 + qdc_errors 9 = 90; allowed: both equal"
    )


def test_p_ex_08_one_submission_may_count_in_several_columns() -> None:
    sent = {
        "reported": 121, "correct": 83, "gender": 1, "age": 2,
        "cpt": 15, "dx": 9, "cpt_dx": 6, "missing_cpt": 4, "missing_cpt_dx": 2,
    }  # fmt: skip
    assert places(changed(INDIVIDUAL, (f"{CLM}.measures.0.submissions", sent))) == []


def test_p_dm_35_an_invalid_code_alone_is_quality_data() -> None:
    stray = {
        "measure": "52",
        "eligible_instances": 0,
        "reported": 0,
        "submissions": {"reported": 1, "cpt": 1},
    }
    assert places(changed(INDIVIDUAL, (f"{CLM}.measures", [stray]))) == []
    assert places(changed(INDIVIDUAL, (f"{CLM}.measures", [{**stray, "any_qdc": False}]))) == [
        ("P-DM-35", f"{A0}.measures[0].any_qdc"),
    ]


def test_rules_stay_silent_about_values_that_are_bad_themselves() -> None:
    spoilt = changed(INDIVIDUAL, (f"{CLM}.measures.0.reported", "many"), (f"{CLM}.measures.0.any_qdc", None))
    assert places(spoilt) == [("P-JSON-1", f"{A0}.measures[0].reported")]


def test_an_unknown_method_leaves_the_rules_of_all_methods() -> None:
    spoilt = changed(INDIVIDUAL, (f"{CLM}.method", "IND-FAX-12"), (f"{CLM}.measures.0.not_met", 6))
    assert places(spoilt) == [("P-DM-31", f"{A0}.measures[0]"), ("P-JSON-1", f"{A0}.method")]


@pytest.mark.parametrize(
    ("rule", "path", "document", "changes"),
    [
        ("P-DM-31", "$.gpro_measures[0]", GPRO1, [("gpro_measures.0.met", 461)]),
        ("P-DM-37", "$.gpro_measures[1].measure", GPRO1, [("gpro_measures.+", DM_2)]),
        ("P-DM-37", "$.gpro1_modules[8].module", GPRO1, [("gpro1_modules.+", GPRO1["gpro1_modules"][0])]),
        ("P-DM-38", "$.npis[0].attempts", GPRO1, [("npis", [{**PERSON, "attempts": [CLAIMS]}])]),
        ("P-DM-38", "$.gpro2_measures", GPRO1, [("gpro2_measures", GPRO2["gpro2_measures"])]),
        ("P-DM-39", "$.charges_12", GPRO1, [("charges_12", REMOVE)]),
        ("P-DM-39", "$.ep_count", GPRO1, [("ep_count", 199)]),
        ("P-DM-39", "$.gpro1_modules", GPRO1, [("gpro1_modules", GPRO1["gpro1_modules"][1:])]),
        ("P-DM-39", "$.gpro1_modules[2]", GPRO1, [("gpro1_modules.2.excused", None)]),
        ("P-DM-39", "$.gpro1_modules[2]", GPRO1, [("gpro1_modules.2.ranked", ["Complete"])]),
        ("P-DM-39", "$.gpro1_modules[2]", GPRO1, [("gpro1_modules.2.excused", 110)]),
        ("P-DM-30", "$.gpro2_measures[0]", GPRO2, [("gpro2_measures.0.no_qdc", 26)]),
        ("P-DM-32", "$.gpro2_groups[0]", GPRO2, [("gpro2_groups.0.complete", 41)]),
        ("P-DM-36", "$.gpro2_measures[0].no_qdc", GPRO2, [("gpro2_method", "Registry")]),
        ("P-DM-36", "$.gpro2_measures[0].submissions", GPRO2, [("gpro2_measures.0.submissions", SENT)]),
        ("P-DM-37", "$.gpro2_groups[1].group", GPRO2, [("gpro2_groups.+", GPRO2["gpro2_groups"][0])]),
        ("P-DM-38", "$.gpro1_modules", GPRO2, [("gpro1_modules", GPRO1["gpro1_modules"])]),
        ("P-DM-39", "$.charges_12", GPRO2, [("charges_12", None)]),
        ("P-DM-39", "$.gpro2_method", GPRO2, [("gpro2_method", None)]),
        ("P-DM-39", "$.gpro2_tier", GPRO2, [("gpro2_tier", None), ("ep_count", None)]),
        ("P-DM-39", "$.gpro2_tier", GPRO2, [("gpro2_tier", "11-25")]),
        ("P-DM-39", "$.ep_count", GPRO2, [("ep_count", 1)]),
        ("P-DM-39", "$.ep_count", GPRO2, [("ep_count", 200)]),
    ],
)  # fmt: skip
def test_p_dm_39_group_records(rule: str, path: str, document: Document, changes: list[Change]) -> None:
    assert places(changed(document, *changes)) == [(rule, path)]


def test_p_dm_39_a_ranked_list_stands_for_the_three_integers() -> None:
    ranked = {"module": "Hypertension", "ranked": ["Complete", "Excused", "Incomplete"]}
    at = next(i for i, m in enumerate(GPRO1["gpro1_modules"]) if m["module"] == "Hypertension")
    practice = read_practice(encoded(changed(GPRO1, (f"gpro1_modules.{at}", ranked))))
    assert practice.gpro1_modules[at].ranked == ("Complete", "Excused", "Incomplete")


def half(attempt: Document, method: str, *changes: Change) -> Document:
    return changed({**attempt, "method": method}, *changes)


def test_p_dm_33_six_months_above_the_year_is_a_warning() -> None:
    more = half(REGISTRY, "IND-REG-6", ("measures.0.eligible_instances", 80), ("measures.0.reported", 64))
    grouped = half(GROUPS, "MG80-REG-6", ("groups.0.members.0.eligible_instances", 25))
    fine = half(CLAIMS, "IND-CLM-6")
    document = changed(INDIVIDUAL, *(("npis.0.attempts.+", attempt) for attempt in (grouped, more, fine)))
    found = six_month_warnings(read_practice(encoded(document)))
    assert [(w.rule, w.path) for w in found] == [
        ("P-DM-33", "$.npis[0].attempts[3].groups[0].members[0]"),
        ("P-DM-33", "$.npis[0].attempts[4].measures[0]"),
    ]
    assert "eligible_instances 80 in six months against 77 in twelve" in found[1].message


def test_p_dm_33_groups_are_compared_with_the_same_group() -> None:
    other = half(
        GROUPS,
        "MG80-REG-6",
        ("groups.0.group", "Another Measures Group"),
        ("groups.0.members.0.eligible_instances", 25),
    )
    document = changed(INDIVIDUAL, ("npis.0.attempts.+", other))
    assert six_month_warnings(read_practice(encoded(document))) == ()
