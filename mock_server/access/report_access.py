"""Which reports an account sees and may run: catalogue roles, permission table and window together.

The list of S-RPTSEL shows reports that cannot be chosen now with the reason (F-RPT-02), but never whether a
report exists for the practice (F-RPT-03). Reasons are looked for in the order of 10.1: role, window, data.

    report_years({Role.GR}, OrgType.PRACTICE)                   -> (2011,), newest first
    report_choices(2011, {Role.GR}, OrgType.PRACTICE, now)      -> (ReportChoice(report, "open"),)
    decide_report(report, grants, practice, action="csv")       -> Allowed or Denied (E-RPT-04, E-ORG-03)
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from mock_server.access.permissions import (
    Allowed,
    Decision,
    Denied,
    HeldGrant,
    denied_without_role,
    gives,
    roles_for,
)
from mock_server.reference.catalogue import OFFERED, ReportAction, ReportType
from mock_server.reference.roles import PV_ROLES, OrgType, Role
from mock_server.scenario.organizations import Organization

ChoiceState = Literal["open", "not_for_role", "early", "late", "not_loaded"]

_DOWNLOAD = "PERM-V-05"


@dataclass(frozen=True, slots=True)
class ReportChoice:
    """One entry of the list of reports."""

    report: ReportType
    state: ChoiceState

    @property
    def enabled(self) -> bool:
        """Whether it can be chosen now."""
        return self.state == "open"

    @property
    def reason(self) -> str | None:
        """Why it cannot be chosen, in words; None: it can."""
        window = self.report.window
        reasons: dict[ChoiceState, str] = {
            "not_for_role": "Not for your role.",
            "early": f"Not yet available. It opens on {window.first_day}.",
            "late": f"No longer available. It ended on {window.last_day}.",
            "not_loaded": "Its data is not installed on this server.",
        }
        return reasons.get(self.state)


def report_years(
    roles: Collection[Role], org_type: OrgType, reports: Iterable[ReportType] = OFFERED
) -> tuple[int, ...]:
    """The years with a report for these roles, newest first."""
    years = {report.year for report in reports if _for_roles(report, roles, org_type)}
    return tuple(sorted(years, reverse=True))


def report_choices(
    year: int,
    roles: Collection[Role],
    org_type: OrgType,
    now: datetime,
    *,
    reports: Iterable[ReportType] = OFFERED,
    not_loaded: Collection[str] = (),
) -> tuple[ReportChoice, ...]:
    """The reports of a year in catalogue order, with what stands against each at business instant `now`.

    `not_loaded` holds ids of reports whose data pack is missing.
    """
    listed = [report for report in reports if report.year == year and org_type in report.org_types]
    return tuple(
        ReportChoice(report, _state(report, now, missing=report.id in not_loaded))
        if _for_roles(report, roles, org_type)
        else ReportChoice(report, "not_for_role")
        for report in listed
    )


def _state(report: ReportType, now: datetime, *, missing: bool) -> ChoiceState:
    window = report.window.state(now)
    return "not_loaded" if window == "open" and missing else window


def _for_roles(report: ReportType, roles: Collection[Role], org_type: OrgType) -> bool:
    """Whether one of the roles runs it for that type; a role counts for its own type only (F-ORGT-03)."""
    counting = {role for role in roles if role.org_type is org_type}
    return org_type in report.org_types and not report.roles.isdisjoint(counting)


def decide_report(
    report: ReportType,
    grants: Iterable[HeldGrant],
    organization: Organization,
    *,
    action: ReportAction = "view",
    picked: bool = False,
) -> Decision:
    """Whether an account may run a report for an organization (AZ-3 to AZ-5; E-RPT-04 where a role is short).

    Window, attestation and existence come on top.
    """
    held = list(grants)
    nothing = denied_without_role(held, organization, picked=picked)
    if nothing is not None:
        return nothing
    roles = [role for role in Role if role in roles_for(held, organization)]
    fits = organization.org_type in report.org_types
    for role in roles:
        if fits and role in report.roles and _table_allows(report, role, action):
            return Allowed(report.permission_of(role), role)
    return Denied("E-RPT-04", report.permission_of(roles[0]), roles[0])


def _table_allows(report: ReportType, role: Role, action: ReportAction) -> bool:
    """The report's row, and for the PV application that of downloads (levels: `report_levels`)."""
    runs = gives(report.permission_of(role), role)
    return runs and (action == "view" or role not in PV_ROLES or gives(_DOWNLOAD, role))
