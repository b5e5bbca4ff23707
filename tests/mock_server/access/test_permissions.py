"""The permission table, one test per cell (portal-flow 10.3; P-PERM-01 at the function level)."""

from dataclasses import dataclass

import pytest

from mock_server.access.permission_rows import PERMISSIONS
from mock_server.access.permissions import (
    Allowed,
    Denied,
    decide,
    roles_by_organization,
    roles_for,
)
from mock_server.reference.roles import Role
from mock_server.scenario.bulk import practice
from mock_server.scenario.organizations import ORGANIZATIONS, Organization

PV = (Role.IP, Role.IPR, Role.SO, Role.GR)
ALDER = ORGANIZATIONS["O-01"]
BIRCH = ORGANIZATIONS["O-02"]


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
    where = practice_for(role)
    assert decide(row, [Held(role, where.key)], where) == Allowed(row, role)


@pytest.mark.parametrize("picked", [False, True])
@pytest.mark.parametrize(("row", "role"), cells("PERM-V-06"))
def test_perm_no_role_for_the_practice_shows_nothing(row: str, role: Role, picked: bool) -> None:
    elsewhere = [Held(role, "O-04")]
    code = "E-ORG-03" if picked else "E-AUTHZ-02"
    for capability in ("PERM-V-01", "PERM-V-05"):
        assert decide(capability, elsewhere, practice_for(role), picked=picked) == Denied(code, row, "none")


@pytest.mark.parametrize("state", ["pending", "denied", "revoked", "expired"])
@pytest.mark.parametrize(("row", "role"), cells("PERM-V-07"))
def test_perm_a_role_that_is_not_active_gives_nothing(row: str, role: Role, state: str) -> None:
    where = practice_for(role)
    held = [Held(role, where.key, state)]
    for capability in ("PERM-V-01", "PERM-V-05"):
        assert decide(capability, held, where) == Denied("E-AUTHZ-02", row, role)
    assert decide("PERM-V-01", held, where, picked=True) == Denied("E-ORG-03", row, role)


@pytest.mark.parametrize(("row", "role"), cells("PERM-V-06", "PERM-V-07"))
def test_perm_rows_that_show_nothing_refuse_even_an_active_role(row: str, role: Role) -> None:
    where = practice_for(role)
    assert decide(row, [Held(role, where.key)], where) == Denied("E-AUTHZ-02", row, role)


@pytest.mark.parametrize(
    ("role", "decides_on"),
    [
        pytest.param(Role.IP, {Role.IP, Role.IPR}, id="PERM-V-08.IP"),
        pytest.param(Role.IPR, None, id="PERM-V-08.IPR"),
        pytest.param(Role.SO, {Role.SO, Role.GR}, id="PERM-V-08.SO"),
        pytest.param(Role.GR, None, id="PERM-V-08.GR"),
    ],
)
def test_perm_approvers_decide_on_roles_of_their_kind(role: Role, decides_on: set[Role] | None) -> None:
    where = practice_for(role)
    decision = decide("PERM-V-08", [Held(role, where.key)], where)
    if decides_on is None:
        assert decision == Denied("E-AUTHZ-01", "PERM-V-08", role)
    else:
        assert decision == Allowed("PERM-V-08", role, decides_on=frozenset(decides_on))


@pytest.mark.parametrize(("row", "role"), cells("PERM-V-11"))
def test_perm_groups_ask_for_npi_level_reports_only_outside_gpro(row: str, role: Role) -> None:
    where = practice_for(role)
    decision = decide(row, [Held(role, where.key)], where)
    assert isinstance(decision, Allowed)
    assert decision.condition == (None if role.size == "solo" else "not_gpro")


@pytest.mark.parametrize(
    ("row", "code"), [("PERM-V-14", "E-AUTHZ-01"), ("PERM-V-16", "E-RPT-04"), ("PERM-V-17", "E-ROLE-03")]
)
@pytest.mark.parametrize("role", PV)
def test_perm_rows_that_are_denied_to_all(row: str, code: str, role: Role) -> None:
    where = practice_for(role)
    decision = decide(row, [Held(role, where.key)], where)
    assert decision == Denied(code, row, role)
    assert decision.role is role


def test_perm_v_12_only_groups_register_for_group_reporting() -> None:
    assert isinstance(decide("PERM-V-12", [Held("SO", "O-01")], ALDER), Allowed)
    assert decide("PERM-V-12", [Held("IP", "O-02")], BIRCH) == Denied("E-AUTHZ-01", "PERM-V-12", "IP")


def test_a_role_without_a_cell_is_denied() -> None:
    assert decide("PERM-V-09", [Held("PR-SU", "O-01")], ALDER) == Denied("E-AUTHZ-01", "PERM-V-09", "PR-SU")


def test_of_several_roles_the_one_that_is_allowed_counts() -> None:
    grants = [Held("PR-SU", "O-01"), Held("GR", "O-01")]
    assert decide("PERM-V-01", grants, ALDER) == Allowed("PERM-V-01", Role.GR)


def test_roles_of_one_organization_never_count_for_another() -> None:
    grants = [Held("GR", "O-01", "revoked"), Held("SO", "O-10"), Held("IP", "O-02")]
    assert roles_for(grants, ALDER) == frozenset()
    assert decide("PERM-V-01", grants, ALDER) == Denied("E-AUTHZ-02", "PERM-V-07", "GR")


def test_the_rule_over_the_directory_counts_for_its_rows_only() -> None:
    grants = [Held("GR", "O-BULK")]
    assert decide("PERM-V-01", grants, practice(7)) == Allowed("PERM-V-01", Role.GR)
    assert decide("PERM-V-01", grants, ALDER) == Denied("E-AUTHZ-02", "PERM-V-06", "none")


def test_f_role_09_the_picker_gets_active_roles_only() -> None:
    grants = [Held("GR", "O-01"), Held("PR-SU", "O-01"), Held("GR", "O-04", "pending"), Held("SO", "O-10")]
    assert roles_by_organization(grants) == {
        "O-01": frozenset({Role.GR, Role.PR_SU}),
        "O-10": frozenset({Role.SO}),
    }


def test_every_row_of_10_3_has_a_cell_for_each_pv_role() -> None:
    rows = {row_id: row for row_id, row in PERMISSIONS.items() if row_id.startswith("PERM-V-")}
    assert [f"PERM-V-{number:02d}" for number in range(1, 18)] == list(rows)
    assert all(tuple(row.cells) == PV for row in rows.values())
