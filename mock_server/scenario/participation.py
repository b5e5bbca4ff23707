"""Who takes part in which APM entity or virtual group, and whom MIPS leaves out (portal-flow 11.3, 13.2).

entities_of(ORGANIZATIONS["O-01"])         -> (AE-01,)
participants(ORGANIZATIONS["AE-01"], 2019) -> ((O-03, its 140 clinicians), (O-01, three of twelve))
virtual_group_of(practice, 2019)           -> VG-01; None before 2018, when there were none
exemption(clinician, 2019)                 -> "partial QP"; None: nothing exempts the person
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, Literal

from mock_server.reference.roles import OrgType
from mock_server.scenario import nation
from mock_server.scenario.clinicians import Clinician
from mock_server.scenario.organizations import ORGANIZATIONS, Organization

Exemption = Literal["QP", "newly enrolled", "clinician type", "partial QP"]
"""Rows 1 to 4 of 11.3: they hold at group level too."""

FIRST_VIRTUAL_GROUPS: Final = 2018
"""Performance year."""
_FIRST_YEAR_OF_THERAPISTS: Final = 2019
_LATER_TYPES: Final = frozenset({"PT"})
_NEVER_ELIGIBLE: Final = frozenset({"clinical social worker"})

_SOME_OF: Final[Mapping[tuple[str, str], tuple[str, ...]]] = MappingProxyType(
    {("AE-01", "O-01"): ("0999010073", "0999010099", "0999010107")}
)
"""(entity, practice) -> NPIs where not the whole practice takes part: 13.2 says three, the QP and the partial
QP of 13.3 must be among them."""


def entities_of(practice: Organization) -> tuple[Organization, ...]:
    """The APM entities that some clinicians of a practice take part in, by key."""
    return tuple(
        each
        for each in ORGANIZATIONS.values()
        if each.org_type is OrgType.APM_ENTITY and practice.key in each.members
    )


def takes_part(entity: Organization, practice: Organization, clinician: Clinician) -> bool:
    """Whether one clinician of a participating practice is in the entity."""
    some = _SOME_OF.get((entity.key, practice.key))
    return practice.key in entity.members and (some is None or clinician.npi in some)


def participants(entity: Organization, year: int) -> tuple[tuple[Organization, tuple[Clinician, ...]], ...]:
    """Practices of an entity or virtual group with those of their clinicians who are in it."""
    practices = [ORGANIZATIONS[key] for key in entity.members]
    if entity.org_type is OrgType.VIRTUAL_GROUP:
        return tuple((practice, nation.roster(practice, year)) for practice in practices)
    return tuple(
        (practice, tuple(one for one in nation.roster(practice, year) if takes_part(entity, practice, one)))
        for practice in practices
    )


def is_whole(entity: Organization, practice: Organization) -> bool:
    """Whether all clinicians of a participating practice are in the entity."""
    return practice.key in entity.members and (entity.key, practice.key) not in _SOME_OF


def entities_around(practice: Organization, clinician: Clinician | None) -> Iterator[Organization]:
    """The APM entities that one clinician of a practice takes part in; None: that all of them do."""
    for entity in entities_of(practice):
        if is_whole(entity, practice) if clinician is None else takes_part(entity, practice, clinician):
            yield entity


def virtual_group_of(practice: Organization, year: int) -> Organization | None:
    """The virtual group that a practice is a member of in that year."""
    if year < FIRST_VIRTUAL_GROUPS:
        return None
    found = (
        each
        for each in ORGANIZATIONS.values()
        if each.org_type is OrgType.VIRTUAL_GROUP and practice.key in each.members
    )
    return next(found, None)


def exemption(clinician: Clinician, year: int) -> Exemption | None:
    """What keeps a payment adjustment away from a clinician at every level (11.3, rows 1 to 4)."""
    if clinician.apm_status == "QP":
        return "QP"
    if clinician.enrolled_on is not None and clinician.enrolled_on.year >= year:
        return "newly enrolled"
    kind = clinician.clinician_type
    if kind in _NEVER_ELIGIBLE or (kind in _LATER_TYPES and year < _FIRST_YEAR_OF_THERAPISTS):
        return "clinician type"
    return "partial QP" if clinician.apm_status == "partial QP" else None
