"""Rules on the counts of one measure, its submissions and its group (P-DM-30 to 32, 35, 36, 45)."""

from collections.abc import Iterator
from typing import Final

from mock_server.intake.pqrs_record.findings import Finding
from mock_server.intake.pqrs_record.shape import Node
from mock_server.intake.pqrs_record.unique import repeated

_EXCLUSIONS: Final = ("excl_1p", "excl_2p", "excl_3p", "excl_other")
_ERROR_COLUMNS: Final = ("cpt", "dx", "cpt_dx", "missing_cpt", "missing_cpt_dx")
"""Columns 6 to 10 of Table 3, which exclude each other (P-DM-41)."""


def measure_faults(measure: Node, mechanism: str | None, takes_submissions: bool) -> Iterator[Finding]:
    """Broken rules of a measure; `mechanism` is `None` where the method is unknown."""
    yield from _reporting_faults(measure, mechanism)
    yield from _performance_faults(measure)
    yield from _any_qdc_faults(measure)
    sent = measure.values.get("submissions")
    if sent is None:
        return
    if not takes_submissions:
        yield Finding(
            "P-DM-36",
            measure.at("submissions"),
            "found submissions; allowed only in individual measures by claims",
        )
    yield from _submission_faults(sent, measure)


def group_faults(group: Node, mechanism: str | None) -> Iterator[Finding]:
    """Broken rules of a measures group and its members."""
    counts = group.these("complete", "eligible")
    if counts and counts[0] > counts[1]:
        yield Finding(
            "P-DM-32",
            group.path,
            f"found complete {counts[0]}; allowed: at most eligible, which is {counts[1]}",
        )
    for member in group.nodes("members"):
        yield from measure_faults(member, mechanism, takes_submissions=False)
    yield from repeated(group.nodes("members"), "measure")


def has_quality_data(measure: Node) -> bool | None:
    """Whether the measure has quality data (P-DM-35); `None` = cannot be told."""
    sent = measure.values.get("submissions")
    signs = (
        measure.values.get("reported"),
        measure.values.get("qdc_errors"),
        sent.values.get("reported") if sent else 0,
    )
    if any(signs):
        return True
    given = measure.these("any_qdc")
    if given and given[0] is not None:
        return bool(given[0])
    known = given is not None and None not in signs and "submissions" in measure.values
    return False if known else None


def is_reported(group: Node) -> bool | None:
    """Whether anything of a group was reported (P-T2-1); `None` = cannot be told."""
    complete = group.values.get("complete")
    members = [has_quality_data(member) for member in group.nodes("members")]
    if complete or True in members:
        return True
    known = complete is not None and "members" in group.values and None not in members
    return False if known else None


def _reporting_faults(measure: Node, mechanism: str | None) -> Iterator[Finding]:
    counts = measure.these("eligible_instances", "reported", "no_qdc", "qdc_errors")
    if mechanism == "claims" and counts:
        eligible, reported, without, errors = counts
        if eligible != reported + without + errors:
            yield Finding(
                "P-DM-30",
                measure.path,
                f"found eligible_instances {eligible}, but reported {reported} + no_qdc {without} + "
                f"qdc_errors {errors} = {reported + without + errors}; allowed: both equal",
            )
    if mechanism in ("registry", "ehr"):
        for key in ("no_qdc", "qdc_errors"):
            if measure.values.get(key):
                yield Finding(
                    "P-DM-36", measure.at(key), f"found {measure.values[key]}; allowed outside claims: 0"
                )
    both = measure.these("eligible_instances", "reported")
    if both and both[1] > both[0]:
        yield Finding(
            "P-DM-31",
            measure.path,
            f"found reported {both[1]}; allowed: at most eligible_instances, which is {both[0]}",
        )


def _performance_faults(measure: Node) -> Iterator[Finding]:
    counts = measure.these("reported", "met", "not_met", *_EXCLUSIONS)
    if not counts:
        return
    reported, met, not_met, *excluded = counts
    denominator = reported - sum(excluded)
    if denominator < 0:
        message = (
            f"found exclusions of {sum(excluded)} in all; allowed: at most reported, which is {reported}"
        )
    elif not_met is None and met > denominator:
        message = f"found met {met}; allowed: at most reported - exclusions, which is {denominator}"
    elif not_met is not None and met + not_met != denominator:
        message = (
            f"found met {met} + not_met {not_met} = {met + not_met}; "
            f"allowed: reported - exclusions, which is {denominator}"
        )
    else:
        return
    yield Finding("P-DM-31", measure.path, message)


def _any_qdc_faults(measure: Node) -> Iterator[Finding]:
    sent = measure.values.get("submissions")
    signs = {
        "reported": measure.values.get("reported"),
        "qdc_errors": measure.values.get("qdc_errors"),
        "submissions.reported": sent.values.get("reported") if sent else None,
    }
    if measure.values.get("any_qdc") is False and any(signs.values()):
        found = ", ".join(f"{name} {count}" for name, count in signs.items() if count)
        yield Finding(
            "P-DM-35", measure.at("any_qdc"), f"found false; allowed with {found}: true, null or left out"
        )


def _submission_faults(sent: Node, measure: Node) -> Iterator[Finding]:
    counts = sent.these("reported", "correct", "gender", "age", *_ERROR_COLUMNS)
    if not counts:
        return
    reported, correct, gender, age, *columns = counts
    if correct is None:
        correct = measure.values.get("reported")
    if correct is None:
        return
    invalid, coded = reported - correct, sum(columns)
    if invalid < 0:
        message = f"found {correct} correct submissions; allowed: at most reported, which is {reported}"
    elif max(coded, gender, age) > invalid:
        message = (
            f"found gender {gender}, age {age}, other columns {coded} in all; "
            f"allowed for each: at most reported - correct, which is {invalid}"
        )
    elif coded + gender + age < invalid:
        message = (
            f"found {coded + gender + age} reasons; "
            f"allowed: at least one for each of the {invalid} submissions that were not correct"
        )
    else:
        return
    yield Finding("P-DM-45", sent.path, message)
