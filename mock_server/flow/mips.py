"""R-MIPS-2017 to R-MIPS-2019 and R-MIPS-2019-PRE in the portal: synthetic data, scored when asked for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from client.messages.report import Explanation, Report
from mock_server.flow.engines import WHOLE, Choices, RunFacts, Subject
from mock_server.flow.mips_feedback import FeedbackMaker
from mock_server.reference.catalogue import REPORTS, Level
from mock_server.reference.roles import OrgType
from mock_server.reports.mips import FIRST_SECTION, Feedback, Run, build_report, explain_cell
from mock_server.scenario import nation
from mock_server.scenario.mips_submissions.records import clinicians_shown
from mock_server.scenario.organizations import Organization
from mock_server.scenario.participation import entities_of
from mock_server.scoring.mips.profile import Mode
from mock_server.scoring.mips.result import ScoreTree

_LEVELS: Final[Mapping[OrgType, Level]] = {
    OrgType.APM_ENTITY: "apm_entity",
    OrgType.VIRTUAL_GROUP: "virtual_group",
}
_KEPT: Final = 32
"""Feedback values kept for opening, explaining and exporting the same report."""


@dataclass(frozen=True, slots=True)
class MipsFeedback:
    """One MIPS row of the catalogue."""

    id: str
    mode: Mode
    loaded: bool = True
    first_section: str = FIRST_SECTION

    @property
    def year(self) -> int:
        """Performance year."""
        return REPORTS[self.id].year

    def covers(self, organization: Organization) -> bool:
        """Every type of organization that the catalogue names."""
        return organization.org_type in REPORTS[self.id].org_types

    def choices(self, organization: Organization, on: date) -> Choices | None:
        """F-RPT-06; clinicians whose claims began late in 2019 come with final feedback (11.3)."""
        own = _LEVELS.get(organization.org_type)
        if own is not None:
            return Choices(levels=(own,))
        entities = entities_of(organization) if self.mode == "final" else ()
        return Choices(
            levels=("group", "individual", "apm_entity") if entities else ("group", "individual"),
            clinicians=tuple(clinicians_shown(organization, self.year, final=self.mode == "final")),
            entities=entities,
        )

    def exists(self, organization: Organization, subject: Subject = WHOLE) -> bool:
        """Data were sent or calculated; not for QPs (12.1)."""
        return self.feedback(organization, subject) is not None

    def build(
        self,
        organization: Organization,
        facts: RunFacts,
        sections: Collection[str] | None = None,
        subject: Subject = WHOLE,
    ) -> Report:
        """The report of one run; LookupError where none exists."""
        feedback = self.feedback(organization, subject)
        if feedback is None:
            raise LookupError(self.id)
        run = Run(
            id=facts.run_id,
            created_at=facts.run_at,
            facts=facts.header,
        )
        return build_report(feedback, run, sections=sections)

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
        feedback = self.feedback(organization, subject)
        if feedback is None:
            return None
        return explain_cell(feedback, section=section, table=table, row=row, column=column)

    def tree(self, organization: Organization, subject: Subject = WHOLE) -> ScoreTree | None:
        """The score that the report details, for what-if questions; None: there is none."""
        feedback = self.feedback(organization, subject)
        return None if feedback is None else feedback.tree

    def feedback(self, organization: Organization, subject: Subject = WHOLE) -> Feedback | None:
        """What the report is made of; None: it does not exist."""
        return _feedback_of(self, organization.key, _plain(self, organization, subject))


def _plain(engine: MipsFeedback, organization: Organization, subject: Subject) -> Subject:
    """The subject with what cannot matter left out, so that equal reports are kept once."""
    own = _LEVELS.get(organization.org_type)
    level = own or subject.level or "group"
    matters = engine.mode == "preliminary" and organization.exception_on_improvement is not None
    return Subject(
        level=level,
        npi=subject.npi if level == "individual" else None,
        entity=subject.entity if own is None and level == "apm_entity" else None,
        on=subject.on if matters else None,
    )


@lru_cache(maxsize=_KEPT)
def _feedback_of(engine: MipsFeedback, org_key: str, subject: Subject) -> Feedback | None:
    organization = nation.organization(org_key)
    if organization is None or not engine.covers(organization):
        return None
    return _made(engine, organization, subject)


def _made(engine: MipsFeedback, organization: Organization, subject: Subject) -> Feedback | None:
    maker = FeedbackMaker(engine.id, engine.year, engine.mode, organization, subject.on)
    match subject.level:
        case "individual":
            return maker.individual(subject.npi)
        case "apm_entity":
            return maker.entity(subject.entity)
        case "virtual_group":
            return maker.virtual_group()
    return maker.group()


MIPS_ENGINES: Final[Mapping[str, MipsFeedback]] = {
    "R-MIPS-2017": MipsFeedback("R-MIPS-2017", "final"),
    "R-MIPS-2018": MipsFeedback("R-MIPS-2018", "final"),
    "R-MIPS-2019": MipsFeedback("R-MIPS-2019", "final"),
    "R-MIPS-2019-PRE": MipsFeedback("R-MIPS-2019-PRE", "preliminary"),
}
"""Every MIPS row of the catalogue with its engine."""
