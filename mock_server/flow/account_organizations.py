"""The organizations that an account works for, read from its grants at every use (F-ROLE-08, F-ORG-02)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import Connection

from mock_server.flow.model import Grant
from mock_server.reference.catalogue import REPORTS
from mock_server.reference.roles import PV_ROLES, OrgType, Role
from mock_server.scenario import bulk, nation
from mock_server.scenario.organizations import BULK_KEY, Organization
from mock_server.store import accounts
from mock_server.store.directory import Directory

REPORT_ROLES = frozenset(
    (role, org_type) for row in REPORTS.values() for role in row.roles for org_type in row.org_types
)
"""(role, organization type) pairs that permit any report of the catalogue."""
_MIPS_ROLES = frozenset(
    (role, org_type)
    for row in REPORTS.values()
    if row.is_mips
    for role in row.roles
    for org_type in row.org_types
)


class Chosen(NamedTuple):
    """An organization of the account."""

    organization: Organization
    text: str
    """Row text of the picker."""
    grants: tuple[Grant, ...]
    """The account's grants for it, in any state."""


@dataclass(frozen=True)
class Organizations:
    """All grants of one account."""

    grants: tuple[Grant, ...]

    @classmethod
    def of(cls, conn: Connection, account_id: int) -> "Organizations":
        """Read them."""
        return cls(tuple(accounts.grants_of(conn, account_id)))

    @cached_property
    def active(self) -> tuple[tuple[Role, str], ...]:
        """(role, organization key) of the grants that count."""
        return tuple((Role(grant.role), grant.org_key) for grant in self.grants if grant.state == "active")

    @property
    def role_labels(self) -> tuple[str, ...]:
        """Labels of the roles held anywhere, each once."""
        held = {role for role, _ in self.active}
        return tuple(dict.fromkeys(role.label for role in Role if role in held))

    @property
    def has_pv_role(self) -> bool:
        """Whether any PV role is active (portal-flow 5.1)."""
        return any(role in PV_ROLES for role, _ in self.active)

    @property
    def any_report(self) -> bool:
        """Whether any active grant permits any report (TR-12)."""
        return bool(self.types())

    @property
    def any_mips_feedback(self) -> bool:
        """Whether any active grant permits MIPS performance feedback (portal-flow 5.1, F-RPT-09)."""
        return any((role, role.org_type) in _MIPS_ROLES for role, _ in self.active)

    def types(self) -> dict[OrgType, int]:
        """Organization types with a grant that permits a report, in fixed order, with how many there are."""
        keys: defaultdict[OrgType, set[str]] = defaultdict(set)
        for role, org_key in self._reporting():
            keys[role.org_type].add(org_key)
        return {kind: self._count(keys[kind]) for kind in OrgType if kind in keys}

    def _reporting(self) -> Iterable[tuple[Role, str]]:
        return ((role, key) for role, key in self.active if (role, role.org_type) in REPORT_ROLES)

    @staticmethod
    def _count(keys: set[str]) -> int:
        return len(keys - {BULK_KEY}) + (bulk.SIZE if BULK_KEY in keys else 0)

    def directory(self, org_type: OrgType) -> Directory:
        """The picker's list of a type."""
        roles: defaultdict[str, set[Role]] = defaultdict(set)
        for role, org_key in self._reporting():
            if role.org_type == org_type:
                roles[org_key].add(role)
        return nation.directory(roles)

    def grants_for(self, organization: Organization) -> tuple[Grant, ...]:
        """The account's grants for one organization, in any state."""
        keys = {organization.key, organization.grant_key}
        return tuple(grant for grant in self.grants if grant.org_key in keys)

    def by_id(self, org_id: str) -> Chosen | None:
        """The organization of that id, if it is in the account's list (F-ORG-02, AZ-3, AZ-4)."""
        organization = nation.organization_with_id(org_id)
        if organization is None:
            return None
        row = self.directory(organization.org_type).row(org_id)
        return None if row is None else Chosen(organization, row.text, self.grants_for(organization))
