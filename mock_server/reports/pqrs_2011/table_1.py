"""The TIN's own section: Table 1 with its box and its split (6.4), and Table 1 of the MOC report (6.10)."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from client.messages.report import Text
from mock_server.reports.document import Column, DataRow, SparseRow, TablePlan
from mock_server.reports.pqrs_2011.texts import (
    NAME_NOTE,
    OFFSET_NOTE,
    REGISTRY_NOTE,
    TIN_LINES,
    Heading,
    names_of,
    source,
)
from mock_server.reports.sourced import (
    computed,
    earned,
    identifier,
    money,
    text,
    text_or_not_available,
    yes_no,
)
from mock_server.scoring.pqrs.result import (
    AttemptResult,
    ContractorShare,
    PracticeResult,
    ProfessionalResult,
    Totals,
)

TITLE: Final = "Table 1: Earned Incentive Summary for Taxpayer Identification Number (Tax ID)"
MOC_TITLE: Final = "Table 1: Maintenance of Certification Program Incentive Summary"

_HEADING = Heading(
    "(TIN-LEVEL REPORT WITH INDIVIDUAL NPIS)",
    "Table 1 lists, for every professional under the Tax ID, the methods tried and what was earned.",
    (
        TITLE,
        "Sorted by NPI Number and Sub-Sorted by Total Earned Incentive Amount and Method of Reporting",
        *TIN_LINES,
    ),
)
_MOC_HEADING = Heading(
    "(MAINTENANCE OF CERTIFICATION PROGRAM REPORT)",
    "This table lists the professionals who took part in the Maintenance of Certification Program.",
    (MOC_TITLE, "Sorted by NPI Number", *TIN_LINES),
)

_BOX: tuple[Column[Totals], ...] = (
    Column(
        id="total",
        heading="Total Tax ID Earned Incentive Amount for NPIs (listed below)",
        short="Total earned",
        kind="money",
        note="1",
        cell=lambda totals: earned(totals.total),
    ),
)
_SPLIT: tuple[Column[ContractorShare], ...] = (
    Column(
        id="contractor",
        heading="A/B MAC and Carrier Identification #",
        short="Contractor",
        kind="identifier",
        cell=lambda share: identifier(share.id),
    ),
    Column(
        id="amount",
        heading="Tax ID Earned Incentive Amount Under A/B MAC and Carrier",
        short="Amount",
        kind="money",
        cell=lambda share: earned(share.amount),
    ),
)


class _Line(NamedTuple):
    person: ProfessionalResult
    attempt: AttemptResult


_SUMMARY: tuple[Column[_Line], ...] = (
    Column(
        id="npi",
        heading="NPI",
        short="NPI",
        kind="identifier",
        cell=lambda line: identifier(line.person.npi),
    ),
    Column(
        id="name",
        heading="NPI Name*",
        short="Name",
        kind="text",
        cell=lambda line: text_or_not_available(line.person.professional.npi_name),
    ),
    Column(
        id="method",
        heading="Method of Reporting",
        short="Method",
        kind="text",
        cell=lambda line: text(line.attempt.method.label),
    ),
    Column(
        id="period",
        heading="Reporting Period",
        short="Period",
        kind="text",
        cell=lambda line: text(line.attempt.method.period),
    ),
    Column(
        id="rationale",
        heading="Incentive Eligibility Rationale",
        short="Rationale",
        kind="text",
        cell=lambda line: computed(line.attempt.verdict, lambda r: Text(r.text), line.attempt.mav),
    ),
    Column(
        id="charges",
        heading="Total Estimated Allowed Medicare Part B PFS Charges for the Reporting Period",
        short="Charges",
        kind="money",
        note="2",
        cell=lambda line: money(line.attempt.charges),
    ),
    Column(
        id="earned",
        heading="Physician Quality Reporting NPI Total Earned Incentive Amount",
        short="Earned",
        kind="money",
        note="3",
        cell=lambda line: earned(line.attempt.incentive),
    ),
)
_MOC: tuple[Column[ProfessionalResult], ...] = (
    Column(id="npi", heading="NPI", short="NPI", kind="identifier", cell=lambda p: identifier(p.npi)),
    Column(
        id="name",
        heading="NPI Name*",
        short="Name",
        kind="text",
        cell=lambda person: text_or_not_available(person.professional.npi_name),
    ),
    Column(
        id="charges",
        heading="Total Estimated Allowed Medicare Part B PFS Charges",
        short="Charges",
        kind="money",
        note="1",
        cell=lambda person: money(person.professional.charges_12),
    ),
    Column(
        id="satisfied",
        heading="Maintenance of Certification Program Satisfactorily Reporting Participant (Yes/No)",
        short="MOC done",
        kind="yes_no",
        cell=lambda person: yes_no(bool(person.professional.moc_requirements_met)),
    ),
    Column(
        id="earned",
        heading="Maintenance of Certification Total Earned Incentive Amount (0.5%)",
        short="MOC earned",
        kind="money",
        cell=lambda person: earned(person.moc),
    ),
)

_BOX_FOOTNOTES = {
    "1": "Incentive of all NPIs on the estimated allowed charges of the period for which they were eligible, "
    "plus Maintenance of Certification amounts. N/A: none earned.",
}
_SUMMARY_FOOTNOTES = {
    "2": "Estimated allowed Medicare Part B PFS charges of the six or twelve month period of the row.",
    "3": "1.0% of the charges in [2]. N/A: the NPI was not eligible for the incentive.",
}
_MOC_FOOTNOTES = {"1": "Estimated allowed Medicare Part B PFS charges of the twelve months of 2011."}


def tin_tables(result: PracticeResult) -> Iterator[TablePlan[Any]]:
    """T1-HEAD, T1-SPLIT, T1 and, with participants, MOC-T1."""
    names = names_of(result.practice)
    yield TablePlan(
        id="T1-HEAD",
        title=TITLE,
        short="1: Total earned",
        about="",
        columns=_BOX,
        rows=(DataRow("total", "", result.totals),),
        source=source(1),
        caption=_HEADING.caption(names, TITLE),
        footnotes=_BOX_FOOTNOTES,
    )
    yield TablePlan(
        id="T1-SPLIT",
        title="Distribution of Total Incentive Earned Among A/B MACs and Carriers That Processed Payments",
        short="1: Split among contractors",
        about="",
        columns=_SPLIT,
        rows=tuple(DataRow(share.id, f"contractor {share.id}", share) for share in result.distribution),
        source=source(1),
    )
    yield TablePlan(
        id="T1",
        title=TITLE,
        short="1: Earned Incentive Summary",
        about="",
        columns=_SUMMARY,
        rows=(*_lines(result), _total(result.totals)),
        source=source(1),
        notes=(NAME_NOTE, REGISTRY_NOTE, OFFSET_NOTE),
        footnotes=_SUMMARY_FOOTNOTES,
    )
    if result.moc_participants:
        yield TablePlan(
            id="MOC-T1",
            title=MOC_TITLE,
            short="1: MOC incentive summary",
            about="",
            columns=_MOC,
            rows=(*_participants(result), _moc_total(result.totals)),
            source=source(1),
            caption=_MOC_HEADING.caption(names, MOC_TITLE),
            notes=(NAME_NOTE, "The amounts are part of the lump sum of the Tax ID."),
            footnotes=_MOC_FOOTNOTES,
        )


def _lines(result: PracticeResult) -> Iterator[DataRow[_Line]]:
    """Selected and failed attempts of each professional (P-T1-1)."""
    for person in result.professionals:
        for attempt in person.table_1_attempts:
            label = f"NPI {person.npi}, {attempt.method.label}, {attempt.method.period}"
            yield DataRow(f"{person.npi}-{attempt.method.code}", label, _Line(person, attempt))


def _participants(result: PracticeResult) -> Iterator[DataRow[ProfessionalResult]]:
    for person in result.moc_participants:
        yield DataRow(person.npi, f"NPI {person.npi}", person)


def _total(totals: Totals) -> SparseRow:
    return SparseRow("total", "total", "all NPIs", {"npi": text("Total:"), "earned": earned(totals.pqrs)})


def _moc_total(totals: Totals) -> SparseRow:
    return SparseRow("total", "total", "all NPIs", {"npi": text("Total:"), "earned": earned(totals.moc)})
