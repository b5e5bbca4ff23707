"""The roles a person can hold for an organization, as one table (portal-flow 5.2, 9.7, 10.4).

A role belongs to exactly one application and organization type; everything that depends on a role (labels,
permissions, the report catalogue) is keyed by the member itself. Short codes are those of the specification.

    Role.GR.label            -> "Group Representative"
    Role.GR.org_type         -> OrgType.PRACTICE
    role_text({Role.GR, Role.PR_SU}) -> "Group Representative; Staff User"
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Application = Literal["PV", "QPP"]
"""Physician Quality and Value Programs (PQRS, QRUR), or Quality Payment Program."""

PracticeSize = Literal["solo", "group"]

GrantState = Literal["active", "pending", "denied", "revoked", "expired"]
"""Only `active` gives a capability (F-ROLE-09)."""


class OrgType(StrEnum):
    """Types of organization, in the fixed order of S-ORGTYPE; the value travels on the wire."""

    PRACTICE = "practice"
    APM_ENTITY = "apm_entity"
    VIRTUAL_GROUP = "virtual_group"
    REGISTRY = "registry"

    @property
    def label(self) -> str:
        """Plural label of the choice (`Practices`)."""
        return _TYPE_LABELS[self][0]

    @property
    def prompt(self) -> str:
        """What one is asked to select (`TIN`)."""
        return _TYPE_LABELS[self][1]


_TYPE_LABELS = {
    OrgType.PRACTICE: ("Practices", "TIN"),
    OrgType.APM_ENTITY: ("APM Entities", "APM Entity"),
    OrgType.VIRTUAL_GROUP: ("Virtual Groups", "Virtual Group"),
    OrgType.REGISTRY: ("Registries", "Registry"),
}


class Role(StrEnum):
    """A role; the value is the specification's short code, stored with a grant."""

    IP = "IP"
    IPR = "IPR"
    SO = "SO"
    GR = "GR"
    PR_SO = "PR-SO"
    PR_SU = "PR-SU"
    PR_CL = "PR-CL"
    VG_SO = "VG-SO"
    VG_SU = "VG-SU"
    RG_SO = "RG-SO"
    RG_SU = "RG-SU"
    AE_SO = "AE-SO"
    AE_SU = "AE-SU"

    @property
    def label(self) -> str:
        """The role's name on screen."""
        return _FACTS[self].label

    @property
    def application(self) -> Application:
        """The application the role belongs to."""
        return _FACTS[self].application

    @property
    def org_type(self) -> OrgType:
        """The only organization type the role can be held for."""
        return _FACTS[self].org_type

    @property
    def size(self) -> PracticeSize | None:
        """Practice size the role is limited to (F-ROLE-01); None: any."""
        return _FACTS[self].size


@dataclass(frozen=True, slots=True)
class _RoleFacts:
    label: str
    application: Application
    org_type: OrgType
    size: PracticeSize | None = None


_FACTS = {
    Role.IP: _RoleFacts("Individual Practitioner", "PV", OrgType.PRACTICE, "solo"),
    Role.IPR: _RoleFacts("Individual Practitioner Representative", "PV", OrgType.PRACTICE, "solo"),
    Role.SO: _RoleFacts("Security Official", "PV", OrgType.PRACTICE, "group"),
    Role.GR: _RoleFacts("Group Representative", "PV", OrgType.PRACTICE, "group"),
    Role.PR_SO: _RoleFacts("Security Official", "QPP", OrgType.PRACTICE),
    Role.PR_SU: _RoleFacts("Staff User", "QPP", OrgType.PRACTICE),
    Role.PR_CL: _RoleFacts("Clinician", "QPP", OrgType.PRACTICE),
    Role.VG_SO: _RoleFacts("Security Official", "QPP", OrgType.VIRTUAL_GROUP),
    Role.VG_SU: _RoleFacts("Staff User", "QPP", OrgType.VIRTUAL_GROUP),
    Role.RG_SO: _RoleFacts("Security Official", "QPP", OrgType.REGISTRY),
    Role.RG_SU: _RoleFacts("Staff User", "QPP", OrgType.REGISTRY),
    Role.AE_SO: _RoleFacts("Security Official", "QPP", OrgType.APM_ENTITY),
    Role.AE_SU: _RoleFacts("Staff User", "QPP", OrgType.APM_ENTITY),
}

PV_ROLES = frozenset(role for role in Role if role.application == "PV")
"""The four roles for PQRS and QRUR reports."""

QPP_ROLES = frozenset(role for role in Role if role.application == "QPP")
"""The roles of the Quality Payment Program."""


def role_text(roles: Iterable[Role]) -> str:
    """Role names for the picker's second column, each once, in table order, joined by `; ` (F-ORGT-04)."""
    held = set(roles)
    return "; ".join(dict.fromkeys(role.label for role in Role if role in held))
