"""Whose MIPS report an account may ask for: the group's, a clinician's, an entity's (F-RPT-06).

The report itself is decided in `report_access`; here comes the level on top. A practice sees the feedback of
an APM entity by the entity's model, and a Clinician role only its own NPI.

    decide_level(report, grants, practice, Asked("group"))                  -> Allowed(row, role)
    decide_level(report, grants, practice, Asked("individual", npi=npi))    -> Denied("E-RPT-04", row, cell)
    decide_level(report, grants, practice, Asked("apm_entity", model="ng")) -> Denied("E-RPT-04", row, cell)
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from mock_server.access.permission_rows import DENIED, PERMISSIONS
from mock_server.access.permissions import Allowed, Decision, Denied, HeldGrant, roles_for
from mock_server.reference.catalogue import Level, ReportType
from mock_server.reference.roles import OrgType, Role
from mock_server.scenario.organizations import ApmModel, Organization

_OWN_LEVELS: Final[Mapping[OrgType, frozenset[Level]]] = {
    OrgType.PRACTICE: frozenset({"group", "individual"}),
    OrgType.VIRTUAL_GROUP: frozenset({"virtual_group"}),
    OrgType.APM_ENTITY: frozenset({"apm_entity"}),
}
_FOREIGN_ROWS: Final[Mapping[OrgType, str]] = {
    OrgType.PRACTICE: "PERM-Q-20",
    OrgType.VIRTUAL_GROUP: "PERM-Q-21",
    OrgType.APM_ENTITY: "PERM-Q-22",
}
"""Rows about data of somebody else that an organization has to do with; they hide it in every period."""

_ENTITY_ROWS: Final[Mapping[tuple[str, ApmModel], str]] = {
    ("PV", "ssp"): "PERM-V-15",
    ("PV", "ng"): "PERM-V-16",
    ("QPP", "ssp"): "PERM-P-07",
}
"""Row that decides about an entity's feedback asked for by a practice, by application and model."""
_OTHER_ENTITY: Final = "PERM-P-10"
_NEXT_GENERATION_2017: Final = "PERM-P-08"
_ENTITY_DATA: Final = "PERM-Q-19"
"""The same in the submission period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The level that is asked for, and what decides about it."""

    level: Level
    npi: str | None = None
    """The clinician, level `individual` only."""
    model: ApmModel | None = None
    """Model of the APM entity that a practice asks for; None: the entity asks for itself."""


def own_npis(grants: Iterable[HeldGrant], organization: Organization) -> frozenset[str]:
    """The clinicians that active Clinician roles at the organization stand for."""
    return frozenset(
        grant.npi
        for grant in grants
        if grant.npi is not None and grant.state == "active" and grant.org_key == organization.key
    )


def decide_level(
    report: ReportType, grants: Iterable[HeldGrant], organization: Organization, asked: Asked
) -> Decision:
    """Whether an account that may run the report may ask for this level of it (AZ-5).

    What no role may even see is E-AUTHZ-02 (`N` of 10.2), what another role could ask for is E-RPT-04.
    """
    held = list(grants)
    own = own_npis(held, organization)
    roles = [role for role in Role if role in report.roles & roles_for(held, organization)]
    refused: Denied | None = None
    for role in roles:
        row_id = _row_of(report, organization.org_type, role, asked)
        cell = PERMISSIONS[row_id].cells.get(role, DENIED)
        if cell.outcome == "A" and (cell.condition != "own_npi" or asked.npi in own):
            return Allowed(row_id, role)
        code = "E-AUTHZ-02" if cell.outcome == "N" else "E-RPT-04"
        refused = refused or Denied(code, row_id, role)
    return refused or Denied("E-RPT-04", report.permission, "none")


def _row_of(report: ReportType, org_type: OrgType, role: Role, asked: Asked) -> str:
    """The row of section 10 that decides."""
    if asked.level in _OWN_LEVELS[org_type]:
        return report.permission_of(role)
    if asked.level != "apm_entity" or asked.model is None:
        return _FOREIGN_ROWS[org_type]
    if report.preliminary:
        return _ENTITY_DATA
    if (role.application, asked.model, report.year) == ("QPP", "ng", 2017):
        return _NEXT_GENERATION_2017
    return _ENTITY_ROWS.get((role.application, asked.model), _OTHER_ENTITY)
