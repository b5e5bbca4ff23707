"""The permission table, one test per cell (portal-flow 10.3; P-PERM-01 at the function level)."""

from dataclasses import dataclass

import pytest

from mock_server.access.permission_rows import PERMISSIONS
from mock_server.access.permissions import Allowed, Denied, denied_without_role, gives, roles_for
from mock_server.access.report_access import decide_report
from mock_server.reference.catalogue import REPORTS
from mock_server.reference.roles import Role
from mock_server.scenario.bulk import practice
from mock_server.scenario.organizations import ORGANIZATIONS, Organization

PV = (Role.IP, Role.IPR, Role.SO, Role.GR)
ALDER = ORGANIZATIONS["O-01"]
BIRCH = ORGANIZATIONS["O-02"]
PQRS = REPORTS["R-PQRS-2011"]


@dataclass(frozen=True)
class Held:
    role: str
    org_key: str
    state: str = "active"
    npi: str | None = None


def practice_for(role: Role) -> Organization:
    """A practice of the size that the role is made for."""
    return BIRCH if role.size == "solo" else ALDER


def cells(*rows: str) -> list[object]:
    return [pytest.param(row, role, id=f"{row}.{role}") for row in rows for role in PV]


@pytest.mark.parametrize(
    ("row", "role"),
    cells("PERM-V-01", "PERM-V-02", "PERM-V-03", "PERM-V-04", "PERM-V-05", "PERM-V-09", "PERM-V-10"),
)
def test_perm_every_pv_role_runs_and_downloads_reports(row: str, role: Role) -> None:
    assert gives(row, role)


@pytest.mark.parametrize("picked", [False, True])
@pytest.mark.parametrize(("row", "role"), cells("PERM-V-06"))
def test_perm_no_role_for_the_practice_shows_nothing(row: str, role: Role, picked: bool) -> None:
    elsewhere = [Held(role, "O-04")]
    code = "E-ORG-03" if picked else "E-AUTHZ-02"
    assert denied_without_role(elsewhere, practice_for(role), picked=picked) == Denied(code, row, "none")
    assert not gives(row, role)


@pytest.mark.parametrize("state", ["pending", "denied", "revoked", "expired"])
@pytest.mark.parametrize(("row", "role"), cells("PERM-V-07"))
def test_perm_a_role_that_is_not_active_gives_nothing(row: str, role: Role, state: str) -> None:
    where = practice_for(role)
    held = [Held(role, where.key, state)]
    assert denied_without_role(held, where, picked=False) == Denied("E-AUTHZ-02", row, role)
    assert denied_without_role(held, where, picked=True) == Denied("E-ORG-03", row, role)
    assert not gives(row, role)


@pytest.mark.parametrize(
    ("role", "decides_on"),
    [
        pytest.param(Role.IP, {Role.IP, Role.IPR}, id="PERM-V-08.IP"),
        pytest.param(Role.IPR, set(), id="PERM-V-08.IPR"),
        pytest.param(Role.SO, {Role.SO, Role.GR}, id="PERM-V-08.SO"),
        pytest.param(Role.GR, set(), id="PERM-V-08.GR"),
    ],
)
def test_perm_approvers_decide_on_roles_of_their_kind(role: Role, decides_on: set[Role]) -> None:
    assert gives("PERM-V-08", role) is bool(decides_on)
    assert PERMISSIONS["PERM-V-08"].cells[role].decides_on == decides_on


@pytest.mark.parametrize(("row", "role"), cells("PERM-V-11"))
def test_perm_groups_ask_for_npi_level_reports_only_outside_gpro(row: str, role: Role) -> None:
    assert gives(row, role)
    assert PERMISSIONS[row].cells[role].condition == (None if role.size == "solo" else "not_gpro")


@pytest.mark.parametrize(
    ("row", "code"), [("PERM-V-14", "E-AUTHZ-01"), ("PERM-V-16", "E-RPT-04"), ("PERM-V-17", "E-ROLE-03")]
)
@pytest.mark.parametrize("role", PV)
def test_perm_rows_that_are_denied_to_all(row: str, code: str, role: Role) -> None:
    cell = PERMISSIONS[row].cells[role]
    assert not gives(row, role)
    assert (cell.code or PERMISSIONS[row].denied_code) == code


def test_perm_v_12_only_groups_register_for_group_reporting() -> None:
    assert [role for role in PV if gives("PERM-V-12", role)] == [Role.SO, Role.GR]


def test_a_role_without_a_cell_is_denied() -> None:
    assert not gives("PERM-V-09", Role.PR_SU)


def test_of_several_roles_the_one_that_is_allowed_counts() -> None:
    grants = [Held("PR-SU", "O-01"), Held("GR", "O-01")]
    assert decide_report(PQRS, grants, ALDER) == Allowed("PERM-V-01", Role.GR)


def test_roles_of_one_organization_never_count_for_another() -> None:
    grants = [Held("GR", "O-01", "revoked"), Held("SO", "O-10"), Held("IP", "O-02")]
    assert roles_for(grants, ALDER) == frozenset()
    assert decide_report(PQRS, grants, ALDER) == Denied("E-AUTHZ-02", "PERM-V-07", "GR")


def test_the_rule_over_the_directory_counts_for_its_rows_only() -> None:
    grants = [Held("GR", "O-BULK")]
    assert decide_report(PQRS, grants, practice(7)) == Allowed("PERM-V-01", Role.GR)
    assert decide_report(PQRS, grants, ALDER) == Denied("E-AUTHZ-02", "PERM-V-06", "none")


def test_f_role_09_only_active_roles_count() -> None:
    grants = [Held("GR", "O-01"), Held("PR-SU", "O-01"), Held("GR", "O-04", "pending"), Held("SO", "O-10")]
    counting = {key: roles_for(grants, ORGANIZATIONS[key]) for key in ("O-01", "O-04", "O-10")}
    assert counting == {"O-01": {Role.GR, Role.PR_SU}, "O-04": frozenset(), "O-10": {Role.SO}}


def test_every_row_of_10_3_has_a_cell_for_each_pv_role() -> None:
    rows = {row_id: row for row_id, row in PERMISSIONS.items() if row_id.startswith("PERM-V-")}
    assert [f"PERM-V-{number:02d}" for number in range(1, 18)] == list(rows)
    assert all(tuple(row.cells) == PV for row in rows.values())
