"""The 2011 PQRS feedback report of a TIN with individual professionals, as a document (6.4 to 6.7, P-FMT-21).

Sections are planned lazily: the TIN's own, then one per professional. Only those asked for get their tables.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from client.messages.report import Explanation, Fact, Report
from mock_server.reports.document import SectionPlan, TablePlan
from mock_server.reports.explain import explain_cell as explain
from mock_server.reports.pqrs_2011.measure_tables import performance_table, reporting_table
from mock_server.reports.pqrs_2011.table_1 import tin_tables
from mock_server.reports.pqrs_2011.table_2 import summary_tables
from mock_server.reports.pqrs_2011.table_3 import submission_table
from mock_server.reports.pqrs_2011.texts import (
    CATALOGUE_ID,
    CAUTION,
    CONFIDENTIALITY,
    REPORT_NAME,
    SIMULATION_NOTICE,
    SYNTHETIC_NOTICE,
    TITLE_LINE,
    names_of,
)
from mock_server.reports.pqrs_2011.wording import WORDING
from mock_server.scenario.identifiers import last4
from mock_server.scoring.pqrs.result import PracticeResult, ProfessionalResult

TIN_SECTION = "TIN"
"""Id of the first section; the others are called by their NPI."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What is known of a run of the report beside its figures."""

    id: str = CATALOGUE_ID
    """Of this run; offline scoring has none and keeps the catalogue's."""
    created_at: datetime | None = None
    synthetic: bool = False
    """Whether the counts were made by the simulation (P-DM-53)."""
    facts: tuple[Fact, ...] = ()
    """Further header lines: run time, run by, purpose."""


OFFLINE = Run()


def build_report(
    result: PracticeResult, run: Run = OFFLINE, *, sections: Collection[str] | None = None
) -> Report:
    """The report; `sections` names those that get their tables, None: all of them.

    A TIN without any attempt has a report without sections (P-ACC-1).
    """
    return Report(
        id=run.id,
        catalogue_id=CATALOGUE_ID,
        title=REPORT_NAME,
        year=2011,
        synthetic=run.synthetic,
        facts=[*_facts(result, run), *run.facts],
        cautions=[CAUTION, CONFIDENTIALITY],
        sections=[
            plan.build(with_tables=sections is None or plan.id in sections) for plan in section_plans(result)
        ],
        created_at=run.created_at,
    )


def explain_cell(
    result: PracticeResult, *, section: str, table: str, row: str, column: str
) -> Explanation | None:
    """Why a cell shows what it shows; None for a cell that is unknown or was not computed."""
    plan = section_plan(result, section)
    return None if plan is None else explain(plan, table, row, column, WORDING)


def section_plans(result: PracticeResult) -> Iterator[SectionPlan]:
    """Every section of the report in order; none if no report exists."""
    if result.report_exists:
        yield _tin_section(result)
        for person in result.professionals:
            yield _npi_section(result, person)


def section_plan(result: PracticeResult, section: str) -> SectionPlan | None:
    """One section, without planning the others."""
    if section == TIN_SECTION and result.report_exists:
        return _tin_section(result)
    person = next((person for person in result.professionals if person.npi == section), None)
    return None if person is None else _npi_section(result, person)


def _tin_section(result: PracticeResult) -> SectionPlan:
    names = names_of(result.practice)
    return SectionPlan(
        id=TIN_SECTION, title=f"Tax ID {names.tin}, {names.tin_name}", tables=tuple(tin_tables(result))
    )


def _npi_section(result: PracticeResult, person: ProfessionalResult) -> SectionPlan:
    names = names_of(result.practice, person.professional)
    return SectionPlan(
        id=person.npi,
        title=f"NPI {names.npi}, {names.npi_name}",
        tables=tuple(_npi_tables(result, person)),
        npi=person.npi,
        name=person.professional.npi_name,
    )


def _npi_tables(result: PracticeResult, person: ProfessionalResult) -> Iterator[TablePlan[Any]]:
    """Tables 2, 3 and 4 in the order of 1.6; those without a row are left out (P-JSON-24)."""
    names = names_of(result.practice, person.professional)
    yield from summary_tables(person, names)
    for attempt in person.attempts:
        yield reporting_table(attempt, names)
    for attempt in person.attempts:
        if (table := submission_table(attempt, names)) is not None:
            yield table
    for place, attempt in enumerate(person.attempts):
        yield performance_table(attempt, names, result.national_mean, first=place == 0)


def _facts(result: PracticeResult, run: Run) -> Iterator[Fact]:
    practice, names = result.practice, names_of(result.practice)
    yield Fact(label="Notice", value=SIMULATION_NOTICE)
    if run.synthetic:
        yield Fact(label="Synthetic", value=SYNTHETIC_NOTICE)
    yield Fact(label="Report", value=TITLE_LINE)
    yield Fact(label="Organization", value=f"{names.tin_name}:{last4(practice.tin)}")
    yield Fact(label="Tax ID Number", value=names.tin)
    yield Fact(label="Program year", value="2011")
