"""Looking organizations up across the named ones and the generated directory."""

import pytest

from mock_server.reference.roles import Role
from mock_server.scenario import bulk, nation
from mock_server.scenario.identifiers import opaque_id


@pytest.mark.parametrize(
    ("key", "tin"), [("O-01", "000104802"), ("O-10", "000234802"), ("B-17", "000500017")]
)
def test_a_practice_is_the_same_by_key_id_and_tin(key: str, tin: str) -> None:
    practice = nation.organization(key)
    assert practice is not None
    assert practice.tin == tin
    assert nation.organization_with_id(practice.org_id) == practice
    assert nation.practice_with_tin(tin) == practice


def test_unknown_organizations_are_none() -> None:
    assert nation.organization("O-99") is None
    assert nation.organization("O-BULK") is None
    assert nation.organization_with_id("0" * 32) is None
    assert nation.organization_with_id(opaque_id("B-999999")) is None
    assert nation.practice_with_tin("123456789") is None


def test_the_roster_of_a_generated_practice_is_its_two_clinicians_in_every_year() -> None:
    practice = bulk.practice(5)
    assert nation.roster(practice, 2011) == bulk.clinicians(5)


def test_the_roster_of_a_named_practice_depends_on_the_year() -> None:
    practice = nation.organization("O-01")
    assert practice is not None
    assert (len(nation.roster(practice, 2011)), len(nation.roster(practice, 2019))) == (10, 12)


def test_p_org_04_solo_and_group_role_names_stand_side_by_side() -> None:
    page = nation.directory({"O-02": {Role.IP}, "O-10": {Role.SO}}).page()
    assert [(row.text, row.roles) for row in page.rows] == [
        ("BIRCH HOLLOW DEMO MEDICINE:1357", "Individual Practitioner"),
        ("JUNIPER DEMO PRACTICE:4802", "Security Official"),
    ]


def test_f_orgt_04_several_roles_of_one_organization_are_joined() -> None:
    [row] = nation.directory({"O-01": {Role.PR_SU, Role.GR}}).page().rows
    assert row.roles == "Group Representative; Staff User"


def test_the_rule_over_the_directory_lists_every_generated_practice() -> None:
    listed = nation.directory({"O-BULK": {Role.GR}})
    assert len(listed) == 310184
    assert listed.page(page=311).rows[-1].roles == "Group Representative"


def test_roles_for_single_practices_join_the_directory_in_their_sorted_place() -> None:
    listed = nation.directory({"O-BULK": {Role.GR}, "O-01": {Role.SO}, "O-03": {Role.GR}})
    assert len(listed) == 310186
    first = listed.page(limit=1).rows[0]
    assert (first.text, first.roles) == ("ALDER CREEK DEMO CLINIC LLC:4802", "Security Official")
    found = listed.page("cedar ridge").rows
    assert [row.text for row in found] == ["CEDAR RIDGE DEMO MEDICAL GROUP PC:2468"]


def test_a_key_of_nothing_is_an_error() -> None:
    with pytest.raises(KeyError):
        nation.directory({"O-99": {Role.GR}})
