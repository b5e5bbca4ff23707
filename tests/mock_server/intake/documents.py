"""Practice records as JSON documents, and a way to spoil one thing in them."""

import copy
import json
from typing import Any

from mock_server.intake.pqrs_record import Finding, InvalidRecord, read_practice
from mock_server.reference.pqrs_2011.gpro import GPRO1_MODULES

Document = dict[str, Any]
REMOVE = object()

MEASURE: Document = {
    "measure": "51", "any_qdc": True, "eligible_instances": 36, "reported": 29, "no_qdc": 4, "qdc_errors": 3,
    "excl_1p": 2, "met": 20, "not_met": 7, "submissions": {"reported": 31, "correct": 29, "cpt": 2},
}  # fmt: skip
CLAIMS: Document = {"method": "IND-CLM-12", "registry_or_ehr_name": None, "measures": [MEASURE], "groups": []}
REGISTRY: Document = {
    "method": "IND-REG-12",
    "registry_or_ehr_name": "Example Registry",
    "measures": [{"measure": "31", "eligible_instances": 77, "reported": 63, "met": 63}],
}
GROUPS: Document = {
    "method": "MG80-REG-12",
    "groups": [
        {
            "group": "Chronic Kidney Disease Measures Group",
            "eligible": 24,
            "complete": 20,
            "members": [{"measure": "121", "eligible_instances": 24, "reported": 20, "met": 20}],
        }
    ],
}
INDIVIDUAL: Document = {
    "program": "pqrs", "year": 2011, "tin": "987654321", "tin_name": "Example Family Practice",
    "participation": "individual", "ep_count": 4,
    "contractors": [{"id": "05102", "charges_12": "300000.00"}],
    "national_means": [{"measure": "51", "mechanism": "claims", "months": 12, "mean_percent": 61}],
    "npis": [
        {
            "npi": "1200000010", "npi_name": None, "charges_12": "87654.32", "charges_6": "41200.00",
            "moc_requirements_met": True, "eligible_by_measure": {"12": {"52": 29}, "6": {}},
            "attempts": [CLAIMS, REGISTRY, GROUPS],
        }
    ],
}  # fmt: skip
GPRO1: Document = {
    "program": "pqrs", "year": 2011, "tin": "987654321", "participation": "gpro1", "ep_count": 200,
    "charges_12": "2718281.83",
    "gpro1_modules": [
        {"module": title, "assigned": 520, "excused": 30, "consecutive_complete": 411}
        for title in GPRO1_MODULES
    ],
    "gpro_measures": [{"measure": "DM-2", "total": 500, "exclusions": 40, "met": 322}],
}  # fmt: skip
GPRO2: Document = {
    "program": "pqrs", "year": 2011, "tin": "987654321", "participation": "gpro2", "ep_count": 10,
    "charges_12": "614250.50", "gpro2_tier": "2-10", "gpro2_method": "Claims",
    "gpro2_measures": [{"measure": "51", "eligible_instances": 60, "reported": 33, "no_qdc": 27}],
    "gpro2_groups": [{"group": "Diabetes Mellitus Measures Group", "eligible": 40, "complete": 36}],
}  # fmt: skip


def changed(document: Document, *changes: tuple[str, Any]) -> Document:
    """A copy with values set (`"npis.0.npi"`), appended (`"npis.+"`) or taken away (`REMOVE`)."""
    made = copy.deepcopy(document)
    for place, value in changes:
        *steps, last = place.split(".")
        target: Any = made
        for step in steps:
            target = target[int(step) if isinstance(target, list) else step]
        if last == "+":
            target.append(value)
        elif value is REMOVE:
            del target[last]
        else:
            target[int(last) if isinstance(target, list) else last] = value
    return made


def encoded(document: Any) -> bytes:
    """The document as a file."""
    return json.dumps(document).encode()


def faults(data: bytes) -> tuple[Finding, ...]:
    """Everything found in a record; empty = it is valid."""
    try:
        read_practice(data)
    except InvalidRecord as refused:
        return refused.faults
    return ()


def places(document: Document) -> list[tuple[str, str]]:
    """Rule and path of every fault."""
    return [(fault.rule, fault.path) for fault in faults(encoded(document))]
