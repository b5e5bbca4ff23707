"""What a MIPS report is about: the subject's score, the other scores that apply, the clinicians.

A clinician's feedback details the clinician's own data; without any, the group's, and tells which score
counts (M-GEN-05). What a practice may not see of its APM entity or virtual group (PERM-Q-19, PERM-Q-20,
PERM-P-10) is named, not shown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from client.messages.report import Fact
from mock_server.flow.mips_scores import (
    entity_score,
    group_score,
    individual_score,
    virtual_group_score,
)
from mock_server.reference.catalogue import REPORTS, Level
from mock_server.reference.roles import OrgType
from mock_server.reports.mips import Feedback, Member, NamedScore
from mock_server.reports.mips.words import category_name
from mock_server.scenario.clinicians import Clinician
from mock_server.scenario.mips_submissions.records import clinicians_shown
from mock_server.scenario.mips_submissions.reporting import reporting
from mock_server.scenario.organizations import ORGANIZATIONS, Organization
from mock_server.scenario.participation import (
    entities_around,
    entities_of,
    exemption,
    participants,
    takes_part,
    virtual_group_of,
)
from mock_server.scoring.mips.profile import Mode
from mock_server.scoring.mips.result import ScoreTree
from mock_server.scoring.mips.submission import EntityType

_LEVEL_NAMES: Final[Mapping[Level, str]] = {
    "group": "Group",
    "individual": "Individual clinician",
    "apm_entity": "APM entity",
    "virtual_group": "Virtual group",
}
_SEEN_BY_PRACTICES: Final = "ssp"
"""The APM model whose feedback its practices see (PERM-P-07); the others' is the entity's own (PERM-P-10)."""
_DATA_OF_THE_GROUP: Final = "There are no data of this clinician alone: what follows are the group's."
_WITHOUT_FEEDBACK: Final = frozenset({"QP", "partial QP"})
"""12.1: none for QPs, for partial QPs only after an election, which nobody has made."""


@dataclass(frozen=True, slots=True)
class FeedbackMaker:
    """Puts the feedback of an organization together."""

    id: str
    year: int
    mode: Mode
    organization: Organization
    on: date | None

    def group(self) -> Feedback | None:
        """A practice's group data, with its clinicians."""
        practice = self.organization
        tree = group_score(practice.key, self.year, self.mode, self.on)
        if tree is None:
            return None
        own = NamedScore(practice.row_text, tree)
        seen = tuple(self._shared(practice))
        return self._made(
            "group",
            practice.row_text,
            tree=tree,
            scores=(*seen, *self._virtual(practice), own),
            unseen=self._unseen(practice),
            remarks=tuple(self._elsewhere(practice)),
            members=tuple(self._members(practice, own)),
        )

    def individual(self, npi: str | None) -> Feedback | None:
        """A clinician; QPs have no feedback, partial QPs only if they elected to take part (12.1)."""
        practice, final = self.organization, self.mode == "final"
        people = clinicians_shown(practice, self.year, final=final)
        clinician = next((one for one in people if one.npi == npi), None)
        if clinician is None or exemption(clinician, self.year) in _WITHOUT_FEEDBACK:
            return None
        scores = tuple(self._scores(practice, clinician))
        if not scores:
            return None
        own = [one for one in scores if entity_type(one) in ("individual", "group")]
        name = clinician.name or f"NPI {clinician.npi}"
        made = self._made(
            "individual",
            name,
            tree=own[-1].tree if own else None,
            scores=scores,
            unseen=self._unseen(practice, clinician),
            remarks=(
                *self._elsewhere(practice, clinician),
                *([_DATA_OF_THE_GROUP] if own and entity_type(own[-1]) == "group" else []),
            ),
        )
        known = (
            Fact(label="Clinician", value=clinician.name or "Not Available"),
            Fact(label="NPI", value=clinician.npi),
        )
        reason = exemption(clinician, self.year)
        return replace(made, facts=(*made.facts, *known), exemption=reason)

    def entity(self, key: str | None) -> Feedback | None:
        """An APM entity: its own view with the participants, or a practice's view of it."""
        own_view = key is None or key == self.organization.key
        entity = self.organization if own_view else ORGANIZATIONS.get(key or "")
        if entity is None or not (own_view or self.organization.key in entity.members):
            return None
        if entity.org_type is not OrgType.APM_ENTITY or self.mode != "final":
            return None
        tree = entity_score(entity.key, self.year, self.mode)
        if tree is None:
            return None
        members: tuple[Member, ...] = ()
        if own_view:
            members = tuple(self._participants(entity, NamedScore(entity.row_text, tree)))
        remark = f"{category_name(self.year, 'pi')} data of practices and clinicians cannot be seen here."
        return self._made(
            "apm_entity",
            entity.row_text,
            tree=tree,
            scores=(NamedScore(entity.row_text, tree),),
            remarks=(remark,),
            members=members,
        )

    def virtual_group(self) -> Feedback | None:
        """A virtual group with the clinicians of its practices; without them before final feedback.

        Who belongs to it cannot be taken away as a file in the submission period (PERM-Q-05, N-QPP-16).
        """
        group = self.organization
        tree = virtual_group_score(group.key, self.year, self.mode)
        if tree is None:
            return None
        score = NamedScore(group.row_text, tree)
        final = self.mode == "final"
        remarks = ["Data that member practices or clinicians sent on their own cannot be seen here."]
        if not final:
            remarks.append(
                "A list of all virtual group clinicians cannot be downloaded, so none stands here."
            )
        return self._made(
            "virtual_group",
            group.row_text,
            tree=tree,
            scores=(score,),
            remarks=tuple(remarks),
            members=tuple(self._participants(group, score)) if final else (),
        )

    def _made(
        self,
        level: Level,
        about: str,
        *,
        tree: ScoreTree | None,
        scores: tuple[NamedScore, ...],
        remarks: tuple[str, ...],
        unseen: str | None = None,
        members: tuple[Member, ...] = (),
    ) -> Feedback:
        practice = self.organization
        facts = [
            Fact(label="Report", value=REPORTS[self.id].message_name),
            Fact(label="Organization", value=practice.row_text),
        ]
        if practice.masked_tin is not None:
            facts.append(Fact(label="TIN", value=practice.masked_tin))
        shown = about if level == "apm_entity" and practice.org_type is OrgType.PRACTICE else ""
        name = f"{_LEVEL_NAMES[level]} {shown}".strip()
        return Feedback(
            catalogue_id=self.id,
            title=REPORTS[self.id].message_name,
            year=self.year,
            mode=self.mode,
            about=about,
            facts=(*facts, Fact(label="Level", value=name)),
            tree=tree,
            scores=scores,
            unseen=unseen,
            remarks=remarks,
            members=members,
        )

    def _shared(self, practice: Organization, clinician: Clinician | None = None) -> Iterator[NamedScore]:
        """Scores of entities that the practice may see, for one of its clinicians or for all."""
        for entity in entities_around(practice, clinician):
            if not self._sees(entity):
                continue
            tree = entity_score(entity.key, self.year, self.mode)
            if tree is not None:
                yield NamedScore(entity.row_text, tree)

    def _unseen(self, practice: Organization, clinician: Clinician | None = None) -> str | None:
        """The entity whose score counts for one clinician or for all, and stays with the entity (M-GEN-05).

        A virtual group sees no entity's score, a practice final ones of the Shared Savings Program.
        """
        for entity in entities_around(practice, clinician):
            if not self._sees(entity) and entity_score(entity.key, self.year) is not None:
                return entity.legal_name
        return None

    def _sees(self, entity: Organization) -> bool:
        """Whether the organization may see an entity's score (PERM-Q-19, PERM-P-07, PERM-P-10)."""
        by_practice = self.organization.org_type is OrgType.PRACTICE
        return by_practice and self.mode == "final" and entity.model == _SEEN_BY_PRACTICES

    def _virtual(self, practice: Organization) -> Iterator[NamedScore]:
        """The score of the virtual group, once it is final (PERM-Q-20)."""
        virtual = virtual_group_of(practice, self.year)
        if virtual is None or self.mode != "final":
            return
        tree = virtual_group_score(virtual.key, self.year, self.mode)
        if tree is not None:
            yield NamedScore(virtual.row_text, tree)

    def _scores(self, practice: Organization, clinician: Clinician) -> Iterator[NamedScore]:
        """In order of precedence, the clinician's own last (M-GEN-05)."""
        yield from self._shared(practice, clinician)
        yield from self._virtual(practice)
        group = group_score(practice.key, self.year, self.mode, self.on)
        if group is not None:
            yield NamedScore(practice.row_text, group)
        own = individual_score(practice.key, clinician, self.year, self.mode, self.on)
        if own is not None:
            yield NamedScore(f"NPI {clinician.npi}", own)

    def _elsewhere(self, practice: Organization, clinician: Clinician | None = None) -> Iterator[str]:
        """Who else scores these clinicians, and what cannot be seen of it (N-QPP-18, N-QPP-22)."""
        for entity in entities_of(practice):
            if clinician is not None and not takes_part(entity, practice, clinician):
                continue
            if self._sees(entity):
                yield f"The score of {entity.legal_name} counts for clinicians who take part in it."
                continue
            ask = " Ask its representative." if self.mode == "final" else ""
            yield (
                f"Data of {entity.legal_name} cannot be seen with this access; its score counts for "
                f"clinicians who take part in it.{ask}"
            )
        virtual = virtual_group_of(practice, self.year)
        if virtual is not None:
            yield (
                f"The practice is a member of {virtual.legal_name}, whose score counts; its own submissions "
                "count as voluntary."
            )

    def _members(self, practice: Organization, group: NamedScore) -> Iterator[Member]:
        """The clinicians of a practice that reports as a group."""
        how = reporting(practice, self.year)
        beside = tuple(self._virtual(practice))
        for clinician in clinicians_shown(practice, self.year, final=self.mode == "final"):
            shared = (*self._shared(practice, clinician), *beside, group)
            own = how.individually(clinician.npi)
            unseen = self._unseen(practice, clinician)
            yield self._member(practice, clinician, shared, own=own, unseen=unseen)

    def _participants(self, organization: Organization, score: NamedScore) -> Iterator[Member]:
        """The clinicians of an APM entity or virtual group, practice by practice."""
        is_virtual = organization.org_type is OrgType.VIRTUAL_GROUP
        for practice, clinicians in participants(organization, self.year):
            for clinician in clinicians:
                unseen = self._unseen(practice, clinician) if is_virtual else None
                yield self._member(practice, clinician, (score,), own=False, unseen=unseen)

    def _member(
        self,
        practice: Organization,
        clinician: Clinician,
        shared: tuple[NamedScore, ...],
        *,
        own: bool,
        unseen: str | None,
    ) -> Member:
        def scores() -> tuple[NamedScore, ...]:
            tree = individual_score(practice.key, clinician, self.year, self.mode, self.on) if own else None
            return shared if tree is None else (*shared, NamedScore(f"NPI {clinician.npi}", tree))

        sources = [entity_type(one) for one in shared]
        return Member(
            npi=clinician.npi,
            name=clinician.name,
            kind=clinician.clinician_type,
            practice=practice.row_text,
            exemption=exemption(clinician, self.year),
            sources=(*sources, "individual") if own else tuple(sources),
            scores=scores,
            unseen=unseen,
        )


def entity_type(score: NamedScore) -> EntityType:
    """At which level a score was made."""
    return score.tree.result.case.submission.entity_type
