"""What the workflow needs of a report: does it exist, what does it say, why.

A scoring program takes part in the portal by one engine; the workflow never looks inside.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Protocol

from client.messages.report import Explanation, Fact, Report
from mock_server.clocks import format_business
from mock_server.reference.catalogue import Level
from mock_server.scenario.clinicians import Clinician
from mock_server.scenario.organizations import Organization


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What tells two reports of one catalogue row and one organization apart (F-RPT-06)."""

    level: Level | None = None
    """None: the report has no levels, or the organization's first one is meant."""
    npi: str | None = None
    """The clinician; level `individual` only."""
    entity: str | None = None
    """Scenario key of the APM entity that a practice asks for; level `apm_entity` of a practice only."""
    on: date | None = None
    """Business day (Eastern) of the run: an approved exception counts in preliminary feedback from its day
    (TM-12). None: the last day of the report's window."""


WHOLE: Final = Subject()
"""The only subject of a report without levels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Whose reports of an organization can be asked for; says nothing of whether they exist (F-RPT-03)."""

    levels: tuple[Level, ...]
    """In the order offered; one alone for APM entities and virtual groups."""
    clinicians: tuple[Clinician, ...] = ()
    """For *Select a Clinician, by running number."""
    entities: tuple[Organization, ...] = ()
    """APM entities that a practice takes part in; may be one too many for the role (PERM-V-15, PERM-V-16)."""


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What a report's header says about this run."""

    run_id: str
    organization_text: str
    """Row text of the picker: `NAME:4802`."""
    run_at: datetime
    """Business time."""
    run_by: str
    """User ID."""
    purpose: str
    """Label of the attested purpose."""

    @property
    def header(self) -> tuple[Fact, ...]:
        """The lines of the report's header."""
        return (
            Fact(label="Run on", value=format_business(self.run_at)),
            Fact(label="Run by", value=self.run_by),
            Fact(label="Purpose", value=self.purpose),
        )


class ReportEngine(Protocol):
    """One report of the catalogue."""

    @property
    def loaded(self) -> bool:
        """Whether its data is installed (F-RPT-02, E-RPT-06)."""

    @property
    def first_section(self) -> str:
        """Id of the section that a viewer opens first; it is built before the report is delivered."""

    def covers(self, organization: Organization) -> bool:
        """Whether this kind of organization is built; False is E-RPT-06."""

    def choices(self, organization: Organization, on: date) -> Choices | None:
        """The levels to choose from on that business day (F-RPT-06); None: the report has no levels."""

    def exists(self, organization: Organization, subject: Subject = WHOLE) -> bool:
        """Whether the organization has this report; False is E-RPT-03."""

    def build(
        self,
        organization: Organization,
        facts: RunFacts,
        sections: Collection[str] | None = None,
        subject: Subject = WHOLE,
    ) -> Report:
        """The report; with `sections` only those carry their tables."""

    def explain(
        self,
        organization: Organization,
        section: str,
        table: str,
        row: str,
        column: str,
        subject: Subject = WHOLE,
    ) -> Explanation | None:
        """Why a cell shows what it shows; None: there is no such cell, or nothing was computed."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """One file format of reports."""

    ending: str
    """Of the file name, without the dot; several CSV tables make a `zip` (F-RUN-02)."""
    media_type: str
    render: Callable[[Report], bytes]
    """The whole file; every section of the report carries its tables."""
    single_table: "Exporter | None" = None
    """Takes over for a report that has one table id only (F-RUN-04); None: it makes no difference."""

    def suited_to(self, report: Report) -> "Exporter":
        """The exporter for this very report."""
        ids = {table.id for section in report.sections for table in section.tables}
        return self.single_table if self.single_table is not None and len(ids) == 1 else self
