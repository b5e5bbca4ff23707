"""Roles and organization types (portal-flow 5.2, 9.7)."""

import pytest

from mock_server.reference.roles import PV_ROLES, QPP_ROLES, OrgType, Role, role_text


def test_organization_types_have_a_fixed_order_with_labels_and_prompts() -> None:
    assert [(kind.value, kind.label, kind.prompt) for kind in OrgType] == [
        ("practice", "Practices", "TIN"),
        ("apm_entity", "APM Entities", "APM Entity"),
        ("virtual_group", "Virtual Groups", "Virtual Group"),
        ("registry", "Registries", "Registry"),
    ]


def test_four_pv_roles_two_for_each_size_of_practice() -> None:
    assert {role: role.size for role in PV_ROLES} == {
        Role.IP: "solo",
        Role.IPR: "solo",
        Role.SO: "group",
        Role.GR: "group",
    }
    assert set(Role) == PV_ROLES | QPP_ROLES


@pytest.mark.parametrize(
    ("roles", "text"),
    [
        ({Role.IP}, "Individual Practitioner"),
        ({Role.PR_SU, Role.GR}, "Group Representative; Staff User"),
        ({Role.SO, Role.PR_SO}, "Security Official"),
        (set(), ""),
    ],
)
def test_f_orgt_04_role_names_are_joined_each_once(roles: set[Role], text: str) -> None:
    assert role_text(roles) == text


def test_a_role_read_from_storage_is_the_member() -> None:
    assert Role("PR-SU") is Role.PR_SU
