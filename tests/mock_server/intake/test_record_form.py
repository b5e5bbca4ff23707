"""The form of a practice record (P-JSON-1, P-JSON-2, P-JSON-4)."""

from decimal import Decimal
from typing import Any

import pytest

from mock_server.intake.pqrs_record import InvalidRecord, read_practice
from mock_server.scoring.pqrs.record import EligibleCount, ZeroPerformanceDiscount
from tests.mock_server.intake.documents import (
    GPRO1,
    GPRO2,
    INDIVIDUAL,
    MEASURE,
    REMOVE,
    Document,
    changed,
    encoded,
    faults,
    places,
)

M0 = "npis.0.attempts.0.measures.0"


@pytest.mark.parametrize("document", [INDIVIDUAL, GPRO1, GPRO2], ids=["individual", "gpro1", "gpro2"])
def test_p_json_1_valid_records_are_read(document: Document) -> None:
    assert read_practice(encoded(document)).participation == document["participation"]


def test_the_example_of_the_format_becomes_typed_values() -> None:
    practice = read_practice(encoded(INDIVIDUAL))
    (person,) = practice.professionals
    counts = person.attempts[0].measures[0]
    assert person.charges_12 == Decimal("87654.32")
    assert person.eligible_by_measure == (EligibleCount(months=12, measure="52", count=29),)
    assert (counts.eligible_instances, counts.reported, counts.not_met) == (36, 29, 7)
    assert counts.submissions is not None
    assert (counts.submissions.cpt, counts.submissions.dx) == (2, 0)


def test_keys_with_a_default_may_be_left_out() -> None:
    least = {k: INDIVIDUAL[k] for k in ("program", "year", "tin", "participation")}
    person = {"npi": "1200000010", "charges_12": "1.00"}
    practice = read_practice(encoded({**least, "npis": [person]}))
    assert practice.professionals[0].charges_6 == Decimal("0.00")
    assert practice.zero_performance_discount == ZeroPerformanceDiscount()
    assert practice.gpro1_validation_passed


def test_p_cfg_11_a_switch_that_is_left_out_keeps_its_default() -> None:
    document = changed(INDIVIDUAL, ("zero_performance_discount", {"claims": True}))
    switches = read_practice(encoded(document)).zero_performance_discount
    assert (switches.claims, switches.registry, switches.ehr) == (True, True, False)


def test_a_byte_order_mark_is_no_fault() -> None:
    assert faults(b"\xef\xbb\xbf" + encoded(INDIVIDUAL)) == ()


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("program", "mips"),
        ("year", 2012),
        ("year", "2011"),
        ("tin", "98765432"),
        ("tin", 987654321),
        ("tin_name", "  "),
        ("tin_name", "bell\u0007"),
        ("tin_name", "right\u202eleft"),
        ("participation", "group"),
        ("participation", None),
        ("ep_count", 0),
        ("ep_count", True),
        ("charges_12", "-1.00"),
        ("contractors", {}),
        ("contractors", None),
        ("contractors.0", "05102"),
        ("contractors.0.id", "5102"),
        ("contractors.0.id", "o5102"),
        ("contractors.0.charges_12", "1,000.00"),
        ("contractors.0.charges_12", 1000),
        ("national_means.0.months", 9),
        ("national_means.0.mean_percent", 101),
        ("zero_performance_discount", {"claims": "no"}),
        ("npis.0.npi", "120000001"),
        ("npis.0.npi", "12000000١0"),
        ("npis.0.charges_6", "1.5"),
        ("npis.0.charges_6", None),
        ("npis.0.moc_requirements_met", "yes"),
        ("npis.0.eligible_by_measure.12.52", -1),
        ("npis.0.attempts.0.method", "GPRO1-12"),
        (f"{M0}.measure", "#51"),
        (f"{M0}.measure", "051"),
        (f"{M0}.measure", 51),
        (f"{M0}.reported", 29.0),
        (f"{M0}.reported", "29"),
        (f"{M0}.reported", True),
        (f"{M0}.reported", None),
        (f"{M0}.reported", 2**53),
        (f"{M0}.any_qdc", 1),
        (f"{M0}.submissions.correct", -3),
        ("npis.0.attempts.2.groups.0.group", ""),
    ],
)
def test_p_json_2_a_wrong_value_is_named_at_its_path(place: str, value: object) -> None:
    spoilt = changed(INDIVIDUAL, (place, value))
    if place == "zero_performance_discount":
        place += ".claims"
    assert ("P-JSON-1", path_of(place)) in places(spoilt)


@pytest.mark.parametrize(
    ("place", "value"), [("gpro1_modules.0.module", "Asthma"), ("gpro_measures.0.measure", "DM-4")]
)
def test_p_json_2_gpro_names_come_from_the_tables(place: str, value: str) -> None:
    assert ("P-JSON-1", path_of(place)) in places(changed(GPRO1, (place, value)))


@pytest.mark.parametrize(
    "place",
    [
        "program",
        "tin",
        "npis.0.npi",
        "npis.0.charges_12",
        "npis.0.attempts.0.method",
        f"{M0}.measure",
        f"{M0}.reported",
    ],
)
def test_p_json_4_a_missing_key_is_named_by_its_path(place: str) -> None:
    (fault,) = [f for f in faults(encoded(changed(INDIVIDUAL, (place, REMOVE)))) if f.path == path_of(place)]
    assert fault.rule == "P-JSON-1"
    assert fault.message.startswith("missing; required: ")


@pytest.mark.parametrize("place", ["note", "npis.0.name", f"{M0}.rate", f"{M0}.submissions.sex"])
def test_p_json_1_an_unknown_key_is_named_by_its_path(place: str) -> None:
    (fault,) = faults(encoded(changed(INDIVIDUAL, (place, 1))))
    assert (fault.rule, fault.path) == ("P-JSON-1", path_of(place))
    assert fault.message.startswith("unknown key; allowed: ")


def test_an_eligible_measure_needs_a_number() -> None:
    spoilt = changed(INDIVIDUAL, ("npis.0.eligible_by_measure.6", {"#52": 3}))
    assert places(spoilt) == [("P-JSON-1", "$.npis[0].eligible_by_measure.6.#52")]


def test_messages_say_what_was_found_and_what_is_allowed() -> None:
    (fault,) = faults(encoded(changed(INDIVIDUAL, ("npis.0.charges_12", "87,654.32"))))
    assert fault.message == (
        'found the text "87,654.32"; allowed: a string of 1 to 12 digits, a point and 2 digits ("1234.50")'
    )


def test_all_faults_are_listed_in_the_order_of_their_paths() -> None:
    persons: list[Document] = [{"npi": "x", "charges_12": "1.00"} for _ in range(11)]
    spoilt = changed(INDIVIDUAL, ("year", 2010), ("npis", persons), ("extra", 1))
    with pytest.raises(InvalidRecord, match="13 faults") as refused:
        read_practice(encoded(spoilt))
    paths = [fault.path for fault in refused.value.faults]
    assert paths == ["$.extra", *(f"$.npis[{i}].npi" for i in range(11)), "$.year"]


def test_form_and_rules_are_checked_in_one_reading() -> None:
    broken_counts = {**MEASURE, "no_qdc": 5, "rate": 80}
    spoilt = changed(INDIVIDUAL, (M0, broken_counts), ("npis.0.charges_6", "99999.00"), ("tin", "1"))
    assert places(spoilt) == [
        ("P-DM-30", "$.npis[0].attempts[0].measures[0]"),
        ("P-JSON-1", "$.npis[0].attempts[0].measures[0].rate"),
        ("P-DM-33", "$.npis[0].charges_6"),
        ("P-JSON-1", "$.tin"),
    ]


def test_p_acc_8_no_message_repeats_a_tin() -> None:
    spoilt = changed(
        INDIVIDUAL,
        ("tin", "987654321x"),
        ("contractors.0.id", "987654321"),
        ("npis.0.npi", "98-7654321"),
    )
    text = " ".join(f"{fault.path} {fault.message}" for fault in faults(encoded(spoilt)))
    assert "98765" not in text
    assert "98-76" not in text
    assert "XXXXX4321" in text


def path_of(place: str) -> str:
    """`npis.0.npi` as a path by P-JSON-4."""
    steps: list[Any] = place.split(".")
    in_map = "eligible_by_measure" in steps
    return "$" + "".join(
        f"[{step}]" if step.isdigit() and not (in_map and i > 2) else f".{step}"
        for i, step in enumerate(steps)
    )
