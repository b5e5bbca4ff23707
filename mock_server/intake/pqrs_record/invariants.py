"""Rules between the keys of a record (P-DM-30 to P-DM-45).

Each check takes nodes, asks for the keys it needs and says nothing where one of them was bad: that fault is
already on the list. Here stand the rules of attempts, professionals and the practice; counts and the group
options have modules of their own.
"""

from collections.abc import Iterator
from typing import Final

from mock_server.intake.pqrs_record.findings import Finding
from mock_server.intake.pqrs_record.gpro import gpro_faults
from mock_server.intake.pqrs_record.measures import (
    group_faults,
    has_quality_data,
    is_reported,
    measure_faults,
)
from mock_server.intake.pqrs_record.shape import Node
from mock_server.intake.pqrs_record.unique import repeated
from mock_server.reference.pqrs_2011.methods import METHODS, Method

_GPRO_ARRAYS: Final = {
    "gpro1_modules": "gpro1",
    "gpro_measures": "gpro1",
    "gpro2_measures": "gpro2",
    "gpro2_groups": "gpro2",
}
"""Arrays that belong to one participation (P-DM-38)."""


def broken_invariants(practice: Node) -> list[Finding]:
    """Every broken rule of a record, in no particular order."""
    return [
        *repeated(practice.nodes("contractors"), "id"),
        *repeated(practice.nodes("npis"), "npi"),
        *repeated(practice.nodes("national_means"), "measure", "mechanism", "months"),
        *(fault for npi in practice.nodes("npis") for fault in _professional_faults(npi)),
        *_participation_faults(practice),
        *gpro_faults(practice),
    ]


def _professional_faults(npi: Node) -> Iterator[Finding]:
    charges = npi.these("charges_6", "charges_12")
    if charges and charges[0] > charges[1]:
        yield Finding(
            "P-DM-33",
            npi.at("charges_6"),
            f"found {charges[0]}; allowed: at most charges_12, which is {charges[1]}",
        )
    yield from repeated(npi.nodes("attempts"), "method")
    for attempt in npi.nodes("attempts"):
        yield from _attempt_faults(attempt)


def _attempt_faults(attempt: Node) -> Iterator[Finding]:
    method = METHODS.get(attempt.values.get("method", ""))
    for measure in attempt.nodes("measures"):
        yield from measure_faults(measure, method.mechanism if method else None, _takes_submissions(method))
    for group in attempt.nodes("groups"):
        yield from group_faults(group, method.mechanism if method else None)
    yield from repeated(attempt.nodes("measures"), "measure")
    yield from repeated(attempt.nodes("groups"), "group")
    if method:
        yield from _content_faults(attempt, method)
        name = attempt.values.get("registry_or_ehr_name")
        if method.mechanism == "claims" and name is not None:
            yield Finding(
                "P-DM-38",
                attempt.at("registry_or_ehr_name"),
                "found a name; allowed with a claims method: null",
            )


def _content_faults(attempt: Node, method: Method) -> Iterator[Finding]:
    """An attempt reports either measures or groups, and something of them (P-DM-38)."""
    own, other, has_data = (
        ("groups", "measures", is_reported) if method.groups else ("measures", "groups", has_quality_data)
    )
    if attempt.nodes(other):
        message = f"found {len(attempt.nodes(other))} elements; allowed with {method.code}: none"
        yield Finding("P-DM-38", attempt.at(other), message)
    if own in attempt.values and all(has_data(node) is False for node in attempt.nodes(own)):
        thing = "group that was reported" if method.groups else "measure with quality data"
        yield Finding(
            "P-DM-38", attempt.at(own), f"found no {thing}; allowed with {method.code}: at least one"
        )


def _takes_submissions(method: Method | None) -> bool:
    """Whether measures may carry submissions; an unknown method is not held against them (P-DM-36)."""
    return method is None or (method.mechanism == "claims" and not method.groups)


def _participation_faults(practice: Node) -> Iterator[Finding]:
    """Arrays that the participation has no use for must be empty (P-DM-38)."""
    participation = practice.values.get("participation")
    if participation is None:
        return
    for name, owner in _GPRO_ARRAYS.items():
        if practice.nodes(name) and owner != participation:
            yield Finding(
                "P-DM-38",
                practice.at(name),
                f'found {len(practice.nodes(name))} elements; allowed with participation "{participation}": '
                f'none (only with "{owner}")',
            )
    for npi in practice.nodes("npis"):
        if participation != "individual" and npi.nodes("attempts"):
            yield Finding(
                "P-DM-38",
                npi.at("attempts"),
                f"found {len(npi.nodes('attempts'))} elements; allowed with participation "
                f'"{participation}": none',
            )
