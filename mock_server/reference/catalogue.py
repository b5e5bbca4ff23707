"""The report catalogue (portal-flow 12.1) as one table: names, who may see a report, when it is open.

`built` says whether this server has an engine for the report; rows without one are not offered, and a direct
request for one is E-RPT-06. Building a report means adding its id to `_BUILT`. Whether a given practice has a
report is decided by the rule named in `exists`, not here (F-RPT-03).

    REPORTS["R-PQRS-2011"].window.is_open(now)
    OFFERED            -> the rows that can be chosen on this server
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from mock_server.reference.roles import PV_ROLES, QPP_ROLES, OrgType, Role
from mock_server.reference.windows import Window, eastern

ReportAction = Literal["view", "pdf", "xlsx", "csv", "json"]
"""What can be done with a report (portal-flow 5.4)."""

ACTION_LABELS: dict[ReportAction, str] = {
    "view": "View Online",
    "pdf": "Download PDF",
    "xlsx": "Download Excel",
    "csv": "Download CSV",
    "json": "Download JSON",
}
"""Every action with its label, in the order offered; every report has all five (F-RPT-05)."""

Level = Literal["group", "individual", "apm_entity", "virtual_group"]
"""Whose MIPS report is asked for (F-RPT-06): `apm_entity` by the entity, or by a practice that takes part."""

Existence = Literal[
    "pqrs_any_code",
    "pqrs_measure_reported",
    "qrur_groups_of_25",
    "qrur_outside_models",
    "every_billing_tin",
    "mips_feedback",
    "mips_any_data",
]
"""Key of the rule that decides whether an organization has the report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportType:
    """One row of the catalogue."""

    id: str
    year: int
    label: str
    """Text in the list of reports."""
    message_name: str
    """Report Message Name, the title of the report itself."""
    org_types: frozenset[OrgType]
    roles: frozenset[Role]
    window: Window
    exists: Existence
    permission: str
    """Row of portal-flow section 10 that decides; see `permission_of`."""
    built: bool

    @property
    def preliminary(self) -> bool:
        """Whether it shows scores of the submission period (PERM-Q-15)."""
        return self.exists == "mips_any_data"

    @property
    def is_mips(self) -> bool:
        """Whether it is MIPS performance feedback, preliminary or final."""
        return self.exists in ("mips_feedback", "mips_any_data")

    def permission_of(self, role: Role) -> str:
        """The row of section 10 that decides for a role: PV roles run MIPS feedback by a row of their own."""
        by_pv = role in PV_ROLES and self.exists == "mips_feedback"
        return "PERM-V-13" if by_pv else self.permission

    @property
    def actions(self) -> tuple[ReportAction, ...]:
        """What can be done with it, in the order offered."""
        return tuple(ACTION_LABELS)


_BUILT = frozenset({"R-PQRS-2011", "R-MIPS-2017", "R-MIPS-2018", "R-MIPS-2019", "R-MIPS-2019-PRE"})
_CLOSE = eastern(2019, 1, 1)
"""End of every PQRS and QRUR report."""

_PRACTICE = frozenset({OrgType.PRACTICE})
_GROUP_ROLES = frozenset({Role.SO, Role.GR})
_ENTITY_ROLES = frozenset({Role.AE_SO, Role.AE_SU})
_REGISTRY_ROLES = frozenset({Role.RG_SO, Role.RG_SU})
_MIPS_ROLES = QPP_ROLES - _REGISTRY_ROLES
_MIPS_TYPES = frozenset({OrgType.PRACTICE, OrgType.VIRTUAL_GROUP, OrgType.APM_ENTITY})


def _pv(
    report_id: str,
    label: str,
    opens: datetime,
    exists: Existence,
    *,
    permission: str,
    roles: frozenset[Role] = PV_ROLES,
    message_name: str | None = None,
) -> ReportType:
    """A PQRS or QRUR row; the message name is the label without `Annual` unless given."""
    return ReportType(
        id=report_id,
        year=int(report_id[-4:]),
        label=label,
        message_name=message_name or label.replace("Annual ", ""),
        org_types=_PRACTICE,
        roles=roles,
        window=Window(opens, _CLOSE),
        exists=exists,
        permission=permission,
        built=report_id in _BUILT,
    )


def _pqri(year: int) -> ReportType:
    return _pv(
        f"R-PQRS-{year}",
        f"{year} PQRI Feedback Report",
        eastern(year + 1, 10, 1),
        "pqrs_any_code",
        permission="PERM-V-01",
        message_name=f"{year} Physician Quality Reporting Initiative (PQRI) Feedback Report",
    )


def _pqrs(year: int, opens: datetime, exists: Existence, message_name: str | None = None) -> ReportType:
    return _pv(
        f"R-PQRS-{year}",
        f"{year} PQRS Feedback Report",
        opens,
        exists,
        permission="PERM-V-01",
        message_name=message_name,
    )


def _qrur(
    report_id: str,
    kind: Literal["", "Annual ", "Mid-Year ", "Supplemental "],
    opens: datetime,
    exists: Existence = "every_billing_tin",
    roles: frozenset[Role] = PV_ROLES,
) -> ReportType:
    permission = {"Mid-Year ": "PERM-V-03", "Supplemental ": "PERM-V-04"}.get(kind, "PERM-V-02")
    label = f"{report_id[-4:]} {kind}Quality and Resource Use Report (QRUR)"
    return _pv(report_id, label, opens, exists, permission=permission, roles=roles)


def _mips(
    year: int,
    opens: datetime,
    roles: frozenset[Role],
    org_types: frozenset[OrgType],
    *,
    preliminary_until: datetime | None = None,
) -> ReportType:
    """Final feedback of a performance year, or the preliminary one that ends when the final one opens."""
    final = preliminary_until is None
    name = "MIPS Performance Feedback"
    report_id = f"R-MIPS-{year}" if final else f"R-MIPS-{year}-PRE"
    return ReportType(
        id=report_id,
        year=year,
        label=name if final else "Preliminary Performance Feedback (submission period)",
        message_name=f"{year} {name}" if final else f"{year} Preliminary {name}",
        org_types=org_types,
        roles=roles,
        window=Window(opens, preliminary_until),
        exists="mips_feedback" if final else "mips_any_data",
        permission="PERM-P-04" if final else "PERM-Q-15",
        built=report_id in _BUILT,
    )


_FINAL_2019 = eastern(2020, 7, 1)
_PQRS_2011_NAME = "2011 Physician Quality Reporting System (PQRS) Feedback Report"
_PQRSPA_2013_LABEL = "2015 PQRS Payment Adjustment Feedback Report (program year 2013)"

_ALL = (
    *(_pqri(year) for year in range(2007, 2011)),
    _pqrs(2011, eastern(2012, 10, 1), "pqrs_any_code", _PQRS_2011_NAME),
    _pqrs(2012, eastern(2013, 10, 1), "pqrs_measure_reported"),
    _qrur("R-QRUR-2012", "", eastern(2013, 9, 16), "qrur_groups_of_25", _GROUP_ROLES),
    _qrur("R-SQRUR-2012", "Supplemental ", eastern(2014, 6, 1), "qrur_groups_of_25", _GROUP_ROLES),
    _pqrs(2013, eastern(2014, 10, 1), "pqrs_measure_reported"),
    _pv(
        "R-PQRSPA-2013",
        _PQRSPA_2013_LABEL,
        eastern(2015, 1, 1),
        "pqrs_measure_reported",
        permission="PERM-V-01",
    ),
    _qrur("R-QRUR-2013", "", eastern(2014, 9, 30), "qrur_outside_models"),
    _pqrs(2014, eastern(2015, 9, 9), "pqrs_measure_reported"),
    _qrur("R-MYQRUR-2014", "Mid-Year ", eastern(2015, 4, 1)),
    _qrur("R-QRUR-2014", "Annual ", eastern(2015, 9, 9)),
    _qrur("R-SQRUR-2014", "Supplemental ", eastern(2015, 9, 28)),
    _pqrs(2015, eastern(2016, 9, 26), "pqrs_measure_reported"),
    _qrur("R-MYQRUR-2015", "Mid-Year ", eastern(2016, 4, 19)),
    _qrur("R-QRUR-2015", "Annual ", eastern(2016, 9, 26)),
    _qrur("R-SQRUR-2015", "Supplemental ", eastern(2016, 10, 31)),
    _pqrs(2016, eastern(2017, 9, 18), "pqrs_measure_reported"),
    _qrur("R-QRUR-2016", "Annual ", eastern(2017, 9, 18)),
    _qrur("R-SQRUR-2016", "Supplemental ", eastern(2017, 11, 1)),
    _mips(
        2017,
        eastern(2018, 7, 1),
        PV_ROLES | {Role.PR_SO, Role.PR_SU, Role.PR_CL} | _ENTITY_ROLES,
        frozenset({OrgType.PRACTICE, OrgType.APM_ENTITY}),
    ),
    _mips(2018, eastern(2019, 7, 1), _MIPS_ROLES, _MIPS_TYPES),
    _mips(2019, _FINAL_2019, _MIPS_ROLES, _MIPS_TYPES),
    _mips(
        2019,
        eastern(2020, 1, 2),
        frozenset({Role.PR_SO, Role.PR_SU, Role.VG_SO, Role.VG_SU}),
        frozenset({OrgType.PRACTICE, OrgType.VIRTUAL_GROUP}),
        preliminary_until=_FINAL_2019,
    ),
)

REPORTS: dict[str, ReportType] = {report.id: report for report in _ALL}
"""Every row by id; within a year in catalogue order, Supplemental last."""

OFFERED = tuple(report for report in _ALL if report.built)
"""The rows that have an engine, in the same order."""
