"""Table 2 of a professional, blocks A to D: what was tried, chosen and earned (6.5, Figures 1.2 and 1.3)."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from client.messages.report import NotApplicable, Text, YesNo
from mock_server.reports.document import Column, DataRow, TablePlan
from mock_server.reports.pqrs_2011.texts import NAME_NOTE, Heading, Names, source
from mock_server.reports.sourced import (
    NOT_APPLICABLE,
    SourcedCell,
    computed,
    computed_count,
    earned,
    text,
    text_or_not_available,
    yes_no,
)
from mock_server.scoring.pqrs.choice import Mark
from mock_server.scoring.pqrs.result import AttemptResult, ProfessionalResult

NAME_LINES: Final = (
    "Tax ID Name*: {tin_name}",
    "Tax ID Number: {tin}",
    "NPI Number: {npi}",
    "NPI Name*: {npi_name}",
)

_HEADING = Heading(
    "(INDIVIDUAL NPI REPORT)",
    "Table 2 shows the methods that the professional tried, the one selected for payment, and how each "
    "measure was reported.",
    (
        "Table 2: NPI Reporting Detail",
        "Participation and Reporting Detail",
        "Reporting Detail Tables Sorted by Measures Group and Sub-Sorted by Measure #",
        *NAME_LINES,
    ),
)


class _Try(NamedTuple):
    person: ProfessionalResult
    attempt: AttemptResult


def _sender(attempt: AttemptResult) -> SourcedCell:
    """Name of the registry or EHR; claims have none."""
    if attempt.method.mechanism == "claims":
        return NOT_APPLICABLE
    return text_or_not_available(attempt.attempt.registry_or_ehr_name)


def _mark(mark: Mark) -> NotApplicable | YesNo:
    return NotApplicable() if mark == "N/A" else YesNo(mark == "Yes")


def _eligible(attempt: AttemptResult) -> SourcedCell:
    return computed(attempt.verdict, lambda rationale: YesNo(rationale.eligible), attempt.mav)


def _moc_eligible(person: ProfessionalResult) -> SourcedCell:
    return NOT_APPLICABLE if person.moc_eligible is None else computed(person.moc_eligible, YesNo)


_INCENTIVE: tuple[Column[ProfessionalResult], ...] = (
    Column(
        id="total",
        heading="Total NPI Incentive Amount Earned for the Reporting Period",
        short="Total earned",
        kind="money",
        cell=lambda person: earned(person.total),
    ),
    Column(
        id="charges",
        heading="Total Estimated Allowed Medicare Part B PFS Charges for the Reporting Period",
        short="Charges",
        kind="money",
        cell=lambda person: earned(person.charges_shown),
    ),
    Column(
        id="pqrs",
        heading="Physician Quality Reporting Incentive Amount",
        short="PQRS earned",
        kind="money",
        cell=lambda person: earned(person.pqrs),
    ),
    Column(
        id="moc",
        heading="Maintenance of Certification Total Earned Incentive Amount (0.5%)",
        short="MOC earned",
        kind="money",
        cell=lambda person: earned(person.moc),
    ),
)
_PARTICIPATION: tuple[Column[_Try], ...] = (
    Column(
        id="method",
        heading="Method Reported",
        short="Method",
        kind="text",
        cell=lambda row: text(row.attempt.method.label),
    ),
    Column(
        id="period",
        heading="Reporting Period",
        short="Period",
        kind="text",
        cell=lambda row: text(row.attempt.method.period),
    ),
    Column(
        id="sender",
        heading="Registry/EHR Name (If Applicable)",
        short="Registry/EHR",
        kind="text",
        cell=lambda row: _sender(row.attempt),
    ),
    Column(
        id="eligible",
        heading="Incentive Eligible for Method Reported",
        short="Eligible",
        kind="yes_no",
        cell=lambda row: _eligible(row.attempt),
    ),
    Column(
        id="selected",
        heading="Reporting Method/Period Selected for Incentive Payment",
        short="Selected",
        kind="yes_no",
        note="1",
        cell=lambda row: computed(row.person.mark(row.attempt), _mark, row.person.selected),
    ),
)
_MOC: tuple[Column[ProfessionalResult], ...] = (
    Column(
        id="satisfied",
        heading="Maintenance of Certification Program Requirements Satisfactorily Reported",
        short="MOC done",
        kind="yes_no",
        cell=lambda person: yes_no(bool(person.professional.moc_requirements_met)),
    ),
    Column(
        id="eligible",
        heading="Maintenance of Certification Program Incentive Eligible",
        short="MOC eligible",
        kind="yes_no",
        cell=_moc_eligible,
    ),
)
_DETAIL: tuple[Column[_Try], ...] = (
    Column(
        id="method",
        heading="Method of Reporting",
        short="Method",
        kind="text",
        cell=lambda row: text(row.attempt.method.label),
    ),
    Column(
        id="period",
        heading="Reporting Period",
        short="Period",
        kind="text",
        cell=lambda row: text(row.attempt.method.period),
    ),
    Column(
        id="eligible",
        heading="Incentive Eligible (Yes/No)",
        short="Eligible",
        kind="yes_no",
        note="2",
        cell=lambda row: _eligible(row.attempt),
    ),
    Column(
        id="rationale",
        heading="Incentive Eligibility Rationale",
        short="Rationale",
        kind="text",
        cell=lambda row: computed(row.attempt.verdict, lambda r: Text(r.text), row.attempt.mav),
    ),
    Column(
        id="groups",
        heading="Total # Measures Groups Reported",
        short="Groups",
        kind="count",
        cell=lambda row: computed_count(row.attempt.groups_reported),
    ),
    Column(
        id="measures",
        heading="Total # Measures Reported",
        short="Measures",
        kind="count",
        note="3",
        cell=lambda row: computed_count(row.attempt.measures_reported),
    ),
    Column(
        id="on_eligible",
        heading="Total # Measures Reported on Denominator Eligible Instances",
        short="On eligible",
        kind="count",
        note="4",
        cell=lambda row: computed_count(row.attempt.measures_on_eligible),
    ),
    Column(
        id="satisfactory",
        heading="Total # Measures Satisfactorily Reported",
        short="Satisfactory",
        kind="count",
        note="5",
        cell=lambda row: computed_count(row.attempt.measures_satisfactory),
    ),
)

_PARTICIPATION_FOOTNOTES = {"1": "Yes: selected because it is the most advantageous method and period."}
_DETAIL_FOOTNOTES = {
    "2": "Yes: the reporting criteria of the method were met.",
    "3": "Measures with any quality data, valid or not; no success is implied.",
    "4": "Measures with at least one valid submission.",
    "5": "Measures reported at or above 50% (claims) or 80% (registry, EHR).",
}


def summary_tables(person: ProfessionalResult, names: Names) -> Iterator[TablePlan[Any]]:
    """T2-A to T2-D; T2-C only for participants in Maintenance of Certification."""
    tries = tuple(_tries(person))
    alone = (DataRow(person.npi, "", person),)
    yield TablePlan(
        id="T2-A",
        title="Incentive Summary",
        short="2: Incentive Summary",
        about=names.person,
        columns=_INCENTIVE,
        rows=alone,
        source=source(2),
        caption=_HEADING.caption(names, ""),
        notes=(NAME_NOTE,),
    )
    yield TablePlan(
        id="T2-B",
        title="Participation Summary",
        short="2: Participation Summary",
        about=names.person,
        columns=_PARTICIPATION,
        rows=tries,
        source=source(2),
        footnotes=_PARTICIPATION_FOOTNOTES,
    )
    if person.professional.moc_requirements_met is not None:
        yield TablePlan(
            id="T2-C",
            title="Maintenance of Certification Program Summary",
            short="2: MOC Program Summary",
            about=names.person,
            columns=_MOC,
            rows=alone,
            source=source(2),
        )
    yield TablePlan(
        id="T2-D",
        title="Reporting Detail Summary",
        short="2: Reporting Detail Summary",
        about=names.person,
        columns=_DETAIL,
        rows=tries,
        source=source(2),
        footnotes=_DETAIL_FOOTNOTES,
    )


def _tries(person: ProfessionalResult) -> Iterator[DataRow[_Try]]:
    """One row per attempt, in canonical order (P-T-11)."""
    for attempt in person.attempts:
        label = f"{attempt.method.label}, {attempt.method.period}"
        yield DataRow(attempt.method.code, label, _Try(person, attempt))
