"""A MIPS report that costs nothing: says whose it is, and exists for whom the test wants (F-RPT-06).

engines = feedback_engines()
async with portal(engines=engines, scenario="SC-2020-FB") as running: ...
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from client.messages.report import Explanation, Fact, Report, Section
from mock_server.flow.engines import WHOLE, Choices, ReportEngine, RunFacts, Subject
from mock_server.reference.catalogue import REPORTS
from mock_server.reference.roles import OrgType
from mock_server.scenario import nation
from mock_server.scenario.organizations import ORGANIZATIONS, Organization


@dataclass(eq=False)
class Feedback:
    """One report of the catalogue."""

    report_id: str
    loaded: bool = True
    first_section: str = "OVERVIEW"
    absent: set[Subject] = field(default_factory=set)
    """Subjects without a report, their day left out."""
    asked: list[Subject] = field(default_factory=list)
    """Every subject that a document was built for."""

    def covers(self, organization: Organization) -> bool:
        """Every kind is built."""
        return True

    def choices(self, organization: Organization, on: date) -> Choices:
        """Everybody who billed, and the entities of a practice."""
        if organization.org_type is OrgType.VIRTUAL_GROUP:
            return Choices(levels=("virtual_group",))
        if organization.org_type is OrgType.APM_ENTITY:
            return Choices(levels=("apm_entity",))
        entities = tuple(
            each for each in ORGANIZATIONS.values() if each.model and organization.key in each.members
        )
        people = nation.roster(organization, REPORTS[self.report_id].year)
        return Choices(levels=("group", "individual"), clinicians=people, entities=entities)

    def exists(self, organization: Organization, subject: Subject = WHOLE) -> bool:
        """Unless the test says otherwise."""
        return Subject(level=subject.level, npi=subject.npi, entity=subject.entity) not in self.absent

    def build(
        self,
        organization: Organization,
        facts: RunFacts,
        sections: Collection[str] | None = None,
        subject: Subject = WHOLE,
    ) -> Report:
        """One empty section; the header says whose report it is."""
        self.asked.append(subject)
        row = REPORTS[self.report_id]
        return Report(
            id=facts.run_id,
            catalogue_id=row.id,
            title=row.message_name,
            year=row.year,
            synthetic=True,
            facts=[Fact(label="Subject", value=f"{subject.level} {subject.npi} {subject.entity}")],
            cautions=[],
            sections=[Section(id=self.first_section, title="Overview", outline=[])],
            created_at=facts.run_at,
        )

    def explain(
        self,
        organization: Organization,
        section: str,
        table: str,
        row: str,
        column: str,
        subject: Subject = WHOLE,
    ) -> Explanation | None:
        """Nothing is computed."""
        self.asked.append(subject)
        return None


def feedback_engines() -> dict[str, ReportEngine]:
    """All four reports of portal-flow 12.1."""
    return {row.id: Feedback(row.id) for row in REPORTS.values() if "MIPS" in row.id}
