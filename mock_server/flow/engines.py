"""What the workflow needs of a report: does it exist, what does it say, why.

A scoring program takes part in the portal by one engine; the workflow never looks inside.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from client.messages.report import Explanation, Report
from mock_server.scenario.organizations import Organization


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


class ReportEngine(Protocol):
    """One report of the catalogue."""

    @property
    def loaded(self) -> bool:
        """Whether its data is installed (F-RPT-02, E-RPT-06)."""

    def covers(self, organization: Organization) -> bool:
        """Whether this kind of organization is built; False is E-RPT-06."""

    def exists(self, organization: Organization) -> bool:
        """Whether the organization has this report; False is E-RPT-03."""

    def build(
        self, organization: Organization, facts: RunFacts, sections: Collection[str] | None = None
    ) -> Report:
        """The report; with `sections` only those carry their tables."""

    def explain(
        self, organization: Organization, section: str, table: str, row: str, column: str
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
