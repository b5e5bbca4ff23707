"""R-PQRS-2011 in the portal: synthetic counts of a practice, scored when they are asked for (P-DM-50)."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache

from client.messages.report import Explanation, Report
from mock_server.flow.engines import WHOLE, RunFacts, Subject
from mock_server.reports.pqrs_2011 import Run, build_report, explain_cell
from mock_server.reports.pqrs_2011.report import TIN_SECTION
from mock_server.scenario import nation
from mock_server.scenario.organizations import Organization
from mock_server.scenario.pqrs_counts import practice_record
from mock_server.scoring.pqrs.engine import score_practice
from mock_server.scoring.pqrs.result import PracticeResult

YEAR = 2011


@lru_cache(maxsize=16)
def _result(org_key: str) -> PracticeResult:
    organization = nation.organization(org_key)
    if organization is None or organization.tin is None:
        raise LookupError(org_key)
    people = [(person.npi, person.name) for person in nation.roster(organization, YEAR)]
    return score_practice(practice_record(organization.tin, organization.legal_name, people))


class Pqrs2011:
    """The feedback report of practices whose professionals took part one by one."""

    loaded = True
    first_section = TIN_SECTION

    def covers(self, organization: Organization) -> bool:
        """GPRO I and II practices wait for their own engine (E-RPT-06)."""
        return organization.pqrs_2011 in (None, "individual")

    def choices(self, organization: Organization, on: date) -> None:
        """There is one report for the TIN (F-RPT-07)."""

    def exists(self, organization: Organization, subject: Subject = WHOLE) -> bool:
        """At least one professional submitted a quality-data code (P-ACC-1)."""
        return organization.pqrs_2011 == "individual" and _result(organization.key).report_exists

    def build(
        self,
        organization: Organization,
        facts: RunFacts,
        sections: Collection[str] | None = None,
        subject: Subject = WHOLE,
    ) -> Report:
        """The report of one run."""
        run = Run(
            id=facts.run_id,
            created_at=facts.run_at,
            synthetic=True,
            facts=facts.header,
        )
        return build_report(_result(organization.key), run, sections=sections)

    def explain(
        self,
        organization: Organization,
        section: str,
        table: str,
        row: str,
        column: str,
        subject: Subject = WHOLE,
    ) -> Explanation | None:
        """Why a cell shows what it shows."""
        return explain_cell(_result(organization.key), section=section, table=table, row=row, column=column)
