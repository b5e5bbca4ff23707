"""Who may do what: evaluation of the permission tables (portal-flow section 10; the rows: `permission_rows`).

A decision is made for one organization from the roles held for it, never from the union over an account's
organizations (10.1). Deny by default: a role without a cell is denied. Time windows and data conditions
(AZ-6, AZ-7) come on top and are not decided here.

    gives("PERM-V-01", Role.GR)                         -> whether the cell allows
    denied_without_role([], practice, picked=False)     -> Denied("E-AUTHZ-02", "PERM-V-06", "none")
    denied_without_role([], practice, picked=True)      -> Denied("E-ORG-03", "PERM-V-06", "none")
    roles_for(grants, practice)                         -> the roles that count there (F-ROLE-09)

`grants` are all grants of the account, in any state; row and cell of a denial go into A-AUTHZ-DENY. Reports
are decided in `report_access`, which adds the catalogue's own limits, and their levels in `report_levels`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from mock_server.access.permission_rows import DENIED, PERMISSIONS
from mock_server.reference.roles import Role
from mock_server.scenario.organizations import Organization

_NO_GRANT = "PERM-V-06"
_NO_ACTIVE_GRANT = "PERM-V-07"


class HeldGrant(Protocol):
    """A role of an account for an organization."""

    @property
    def role(self) -> str:
        """The role's code (`Role`)."""

    @property
    def org_key(self) -> str:
        """Scenario key of the organization, or `O-BULK`."""

    @property
    def state(self) -> str:
        """`GrantState`; anything but `active` gives nothing."""

    @property
    def npi(self) -> str | None:
        """The clinician that a Clinician role stands for; None: the role stands for nobody in particular."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """The capability is given."""

    row: str
    role: Role
    """The role that gives it."""


@dataclass(frozen=True, slots=True)
class Denied:
    """The capability is refused."""

    code: str
    row: str
    cell: str
    """Column of the table: the code of the role that did not suffice; `none`: no role at all."""

    @property
    def role(self) -> Role | None:
        """The role that did not suffice, for the text of the error."""
        return None if self.cell == "none" else Role(self.cell)


Decision = Allowed | Denied


def roles_for(grants: Iterable[HeldGrant], organization: Organization) -> frozenset[Role]:
    """The roles that count for an organization; a rule over the whole directory counts for its rows."""
    return active_roles(_held_for(grants, organization))


def _held_for(grants: Iterable[HeldGrant], organization: Organization) -> list[HeldGrant]:
    keys = {organization.key, organization.grant_key}
    return [grant for grant in grants if grant.org_key in keys]


def active_roles(grants: Iterable[HeldGrant]) -> frozenset[Role]:
    """The roles of those grants that count (F-ROLE-09); for grants of one organization."""
    return frozenset(Role(grant.role) for grant in grants if grant.state == "active")


def denied_without_role(
    grants: Iterable[HeldGrant], organization: Organization, *, picked: bool
) -> Denied | None:
    """The refusal of an account that holds no active role for the organization (AZ-3, AZ-4); None: it does.

    `picked` says that the organization was chosen in the flow: E-ORG-03 instead of E-AUTHZ-02.
    """
    held = _held_for(grants, organization)
    if active_roles(held):
        return None
    code = _invisible(picked)
    return Denied(code, _NO_ACTIVE_GRANT, held[0].role) if held else Denied(code, _NO_GRANT, "none")


def _invisible(picked: bool) -> str:
    return "E-ORG-03" if picked else "E-AUTHZ-02"


def gives(row_id: str, role: Role) -> bool:
    """Whether a cell allows; False for a role without a cell. KeyError for an unknown row."""
    return PERMISSIONS[row_id].cells.get(role, DENIED).outcome == "A"
