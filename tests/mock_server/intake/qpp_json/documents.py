"""Small submissions of our own making as JSON documents, and a way to spoil one thing in them."""

import copy
import json
from typing import Any

from mock_server.intake.qpp_json import InvalidSubmission, Problem, read_submission

Document = dict[str, Any]
REMOVE = object()


def single(met: int, not_met: int, population: int | None = None, **more: Any) -> Document:
    """The value of a single-rate measure."""
    eligible = met + not_met if population is None else population
    return {
        "isEndToEndReported": False,
        "performanceMet": met,
        "performanceNotMet": not_met,
        "eligiblePopulation": eligible,
        **more,
    }


def stratum(name: str, met: int, not_met: int) -> Document:
    """One rate of a multi-rate measure."""
    counts = single(met, not_met)
    del counts["isEndToEndReported"]
    return {"stratum": name, **counts}


def measurements(**values: Any) -> list[Document]:
    """`measurements(m236=...)`: an `m` before ids that start with a digit."""
    return [{"measureId": name.removeprefix("m"), "value": value} for name, value in values.items()]


def a_set(category: str, method: str, year: int = 2019, **values: Any) -> Document:
    """A measurement set of a whole year."""
    return {
        "category": category,
        "submissionMethod": method,
        "performanceStart": f"{year}-01-01",
        "performanceEnd": f"{year}-12-31",
        "measurements": measurements(**values),
    }


REGISTRY = a_set(
    "quality",
    "registry",
    m236=single(75, 25),
    m047=single(90, 10),
    AAAAI11={**single(40, 10), "performanceRate": 80.5},
    ACRAD15={
        "isEndToEndReported": False,
        "numerator": 2.5,
        "denominator": 500,
        "observationInstances": 480,
    },
)
"""A plain measure, another one, a registry's own with its written rate, and a ratio."""
RECORDS = a_set(
    "quality",
    "electronicHealthRecord",
    m007={
        "isEndToEndReported": True,
        "strata": [stratum("LVSD", 45, 5), stratum("priorMI", 80, 20)],
    },
)
"""A multi-rate measure."""
PI = {
    **a_set(
        "pi",
        "registry",
        PI_EP_1={"numerator": 88, "denominator": 120},
        PI_PEA_1={"numerator": 0, "denominator": 0},
        PI_PPHI_1=True,
    ),
    "cehrtId": "0015EABCDEFGHIJ",
}
ACTIVITIES = a_set("ia", "registry", IA_EPA_3=True, IA_PSPA_6=True)

GROUP: Document = {
    "entityType": "group",
    "taxpayerIdentificationNumber": "000456789",
    "performanceYear": 2019,
    "measurementSets": [REGISTRY, RECORDS, PI, ACTIVITIES],
}
INDIVIDUAL: Document = {**GROUP, "entityType": "individual", "nationalProviderIdentifier": "0876543210"}
VIRTUAL: Document = {
    "entityType": "virtualGroup",
    "entityId": "x12345",
    "performanceYear": 2019,
    "measurementSets": [],
}
EARLIER: Document = {
    **GROUP,
    "performanceYear": 2017,
    "measurementSets": [
        a_set("aci", "registry", 2017, ACI_EP_1={"numerator": 1, "denominator": 2}),
        a_set("quality", "registry", 2017, m236=single(75, 25)),
    ],
}

Q0 = "measurementSets.0.measurements.0"
"""The plain measure 236."""


def changed(document: Document, *changes: tuple[str, Any]) -> Document:
    """A copy with values set at dotted places; `REMOVE` takes a key away, `+` appends."""
    copied = copy.deepcopy(document)
    for place, value in changes:
        *way, last = place.split(".")
        target: Any = copied
        for step in way:
            target = target[int(step)] if isinstance(target, list) else target[step]
        if last == "+":
            target.append(copy.deepcopy(value))
        elif value is REMOVE:
            del target[int(last) if isinstance(target, list) else last]
        else:
            target[int(last) if isinstance(target, list) else last] = value
    return copied


def encoded(document: object) -> bytes:
    """The document as a file."""
    return json.dumps(document).encode()


def problems(document: object) -> tuple[Problem, ...]:
    """What is wrong with a document, or bytes; empty: it is valid."""
    try:
        read_submission(document if isinstance(document, bytes) else encoded(document))
    except InvalidSubmission as invalid:
        return invalid.problems
    return ()


def places(document: object) -> list[tuple[str, str]]:
    """Rule and path of every problem, in order."""
    return [(problem.rule, problem.path) for problem in problems(document)]
