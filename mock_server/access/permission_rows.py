"""Who may do what: the permission tables of portal-flow section 10 as data.

One row per capability, one cell per role; `permissions` evaluates them. The PV application (10.3) is here as
a whole, of the Quality Payment Program (10.4, 10.5) the rows that reports need.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from mock_server.reference.roles import Role

Outcome = Literal["A", "D", "N"]
"""Allowed, denied, not visible (10.2)."""

Condition = Literal["not_gpro", "own_npi", "own_data"]
"""What the caller has to check besides: a fact about the organization (AZ-7), or whose data it is."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one role may do in one row."""

    outcome: Outcome
    code: str | None = None
    """Error code in place of the row's; None: the row's."""
    condition: Condition | None = None
    decides_on: frozenset[Role] = frozenset()
    """PERM-V-08 only: the roles whose requests may be decided."""


@dataclass(frozen=True, slots=True)
class PermissionRow:
    """A capability of the portal."""

    id: str
    capability: str
    """Completes `Your role cannot ...`."""
    cells: Mapping[Role, Cell]
    denied_code: str = "E-AUTHZ-01"


_ALLOWED = Cell("A")
_DENIED = Cell("D")
_HIDDEN = Cell("N")
_NOT_IF_GPRO = Cell("A", condition="not_gpro")
_WRONG_SIZE = Cell("D", code="E-ROLE-03")


def _row(row_id: str, capability: str, *cells: Cell, denied_code: str = "E-AUTHZ-01") -> PermissionRow:
    """A row from its cells in the order IP, IPR, SO, GR; one cell alone stands for all four."""
    columns = (Role.IP, Role.IPR, Role.SO, Role.GR)
    full = cells * len(columns) if len(cells) == 1 else cells
    return PermissionRow(row_id, capability, dict(zip(columns, full, strict=True)), denied_code)


_REPORT = "E-RPT-04"
_DECIDES_SOLO = Cell("A", decides_on=frozenset({Role.IPR, Role.IP}))
_DECIDES_GROUP = Cell("A", decides_on=frozenset({Role.GR, Role.SO}))

_PV = (
    _row("PERM-V-01", "run the PQRS Feedback Report", _ALLOWED, denied_code=_REPORT),
    _row("PERM-V-02", "run the Annual QRUR", _ALLOWED, denied_code=_REPORT),
    _row("PERM-V-03", "run the Mid-Year QRUR", _ALLOWED, denied_code=_REPORT),
    _row("PERM-V-04", "run the Supplemental QRUR", _ALLOWED, denied_code=_REPORT),
    _row("PERM-V-05", "download a report", _ALLOWED, denied_code=_REPORT),
    _row("PERM-V-06", "run a report without a role for the TIN", _HIDDEN),
    _row("PERM-V-07", "run a report with a role that is not active", _HIDDEN),
    _row("PERM-V-08", "decide role requests", _DECIDES_SOLO, _DENIED, _DECIDES_GROUP, _DENIED),
    _row("PERM-V-09", "ask for an informal review of the Value Modifier", _ALLOWED),
    _row("PERM-V-10", "ask for an informal review of PQRS", _ALLOWED),
    _row("PERM-V-11", "ask for an NPI-level report", _ALLOWED, _ALLOWED, _NOT_IF_GPRO, _NOT_IF_GPRO),
    _row("PERM-V-12", "register for group reporting", _DENIED, _DENIED, _ALLOWED, _ALLOWED),
    _row("PERM-V-13", "run the MIPS 2017 performance feedback", _ALLOWED, denied_code=_REPORT),
    _row("PERM-V-14", "submit or elect anything in the Quality Payment Program", _DENIED),
    _row("PERM-V-15", "run the feedback of a Shared Savings Program entity", _ALLOWED, denied_code=_REPORT),
    _row("PERM-V-16", "run the feedback of a Next Generation ACO", _DENIED, denied_code=_REPORT),
    _row("PERM-V-17", "hold a role made for a practice of another size", _WRONG_SIZE),
)

_OWN_NPI = Cell("A", condition="own_npi")
_OWN_DATA = Cell("A", condition="own_data")


def _qpp(
    row_id: str, capability: str, cells: Mapping[Role, Cell], denied_code: str = _REPORT
) -> PermissionRow:
    """A row of the Quality Payment Program; a role that is not named is denied."""
    return PermissionRow(row_id, capability, cells, denied_code)


def _of(cell: Cell, *roles: Role) -> dict[Role, Cell]:
    return dict.fromkeys(roles, cell)


_PRACTICE = (Role.PR_SO, Role.PR_SU)
_VIRTUAL = (Role.VG_SO, Role.VG_SU)
_REGISTRY = (Role.RG_SO, Role.RG_SU)
_ENTITY = (Role.AE_SO, Role.AE_SU)

_QPP_REPORTS = (
    _qpp(
        "PERM-Q-15",
        "view preliminary scores",
        _of(_ALLOWED, *_PRACTICE, *_VIRTUAL)
        | _of(_OWN_DATA, *_REGISTRY)
        | _of(_DENIED, Role.PR_CL, *_ENTITY),
    ),
    _qpp("PERM-Q-19", "view data of its APM entity", _of(_HIDDEN, *_PRACTICE, Role.PR_CL)),
    _qpp("PERM-Q-20", "view data of its virtual group", _of(_HIDDEN, *_PRACTICE, Role.PR_CL)),
    _qpp("PERM-Q-21", "view data of member practices or clinicians", _of(_HIDDEN, *_VIRTUAL)),
    _qpp("PERM-Q-22", "view data of its clinicians or groups", _of(_HIDDEN, *_ENTITY)),
    _qpp(
        "PERM-P-04",
        "run the final performance feedback",
        _of(_ALLOWED, *_PRACTICE, *_VIRTUAL, *_ENTITY) | _of(_OWN_NPI, Role.PR_CL) | _of(_DENIED, *_REGISTRY),
    ),
    # A Clinician role chooses its own NPI only (F-RPT-06); the entity's score stands in that report.
    _qpp(
        "PERM-P-07",
        "run the feedback of a Shared Savings Program entity",
        _of(_ALLOWED, *_PRACTICE) | _of(_OWN_NPI, Role.PR_CL),
    ),
    _qpp(
        "PERM-P-08",
        "run the feedback of a Next Generation ACO",
        _of(_DENIED, *_PRACTICE) | _of(_ALLOWED, *_ENTITY),
    ),
    _qpp(
        "PERM-P-10",
        "run the feedback of another MIPS APM entity",
        _of(_DENIED, *_PRACTICE) | _of(_OWN_NPI, Role.PR_CL) | _of(_ALLOWED, *_ENTITY),
    ),
)

PERMISSIONS: Final[Mapping[str, PermissionRow]] = {row.id: row for row in (*_PV, *_QPP_REPORTS)}
"""Every row by id."""

DENIED: Final = _DENIED
"""What a role without a cell has."""
