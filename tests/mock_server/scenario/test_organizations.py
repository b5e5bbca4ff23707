"""The named organizations and clinicians of the demo nation."""

import re

import pytest

from mock_server.reference.roles import OrgType
from mock_server.scenario.clinicians import clinicians, roster
from mock_server.scenario.identifiers import npi_is_valid
from mock_server.scenario.organizations import ORGANIZATIONS, Organization

PRACTICES = [org for org in ORGANIZATIONS.values() if org.org_type is OrgType.PRACTICE]


def test_the_nation_has_fourteen_practices_four_entities_a_virtual_group_and_two_registries() -> None:
    count = {kind: sum(org.org_type is kind for org in ORGANIZATIONS.values()) for kind in OrgType}
    assert list(count.values()) == [14, 4, 1, 2]


@pytest.mark.parametrize("practice", PRACTICES, ids=lambda org: org.key)
def test_sr_pii_04_every_tin_is_one_that_nobody_has(practice: Organization) -> None:
    assert re.fullmatch(r"000[0-9]{6}", practice.tin or "")


def test_every_name_says_that_it_is_a_demo() -> None:
    assert all("DEMO" in org.legal_name for org in ORGANIZATIONS.values())


def test_f_org_01_rows_show_the_name_and_the_last_four_or_the_id() -> None:
    assert ORGANIZATIONS["O-01"].row_text == "ALDER CREEK DEMO CLINIC LLC:4802"
    assert ORGANIZATIONS["AE-01"].row_text == "MEADOW DEMO ACO:A9901"


def test_sr_pii_01_the_tin_of_an_organization_is_masked() -> None:
    assert ORGANIZATIONS["O-01"].masked_tin == "XXXXX4802"
    assert ORGANIZATIONS["AE-01"].masked_tin is None


def test_sr_ac_04_no_two_organizations_share_an_id() -> None:
    assert len({org.org_id for org in ORGANIZATIONS.values()}) == len(ORGANIZATIONS)


def test_o_01_and_o_10_end_in_the_same_four_digits() -> None:
    assert ORGANIZATIONS["O-01"].suffix == ORGANIZATIONS["O-10"].suffix == "4802"


def test_members_are_organizations_themselves() -> None:
    assert all(member in ORGANIZATIONS for org in ORGANIZATIONS.values() for member in org.members)


def test_practices_of_up_to_15_clinicians_are_small() -> None:
    large = [org.key for org in PRACTICES if not org.is_small]
    assert large == ["O-03", "O-05", "O-07", "O-11"]
    assert ORGANIZATIONS["VG-01"].is_small


def test_f_role_01_the_number_of_clinicians_depends_on_the_year() -> None:
    assert ORGANIZATIONS["O-02"].clinicians_in(2018) == 1
    assert [ORGANIZATIONS["O-13"].clinicians_in(year) for year in (2017, 2018)] == [0, 2]


@pytest.mark.parametrize(
    ("key", "npi"),
    [
        ("O-01", "0999010016"),
        ("O-02", "0999020015"),
        ("O-03", "0999030014"),
        ("O-04", "0999040013"),
        ("O-05", "0999050012"),
        ("O-06", "0999060011"),
        ("O-07", "0999070010"),
        ("O-08", "0999080019"),
        ("O-09", "0999090018"),
        ("O-10", "0999100015"),
        ("O-11", "0999110014"),
        ("O-12", "0999120013"),
        ("O-13", "0999130012"),
    ],
)
def test_the_first_npi_of_each_practice_is_the_one_of_13_3(key: str, npi: str) -> None:
    assert clinicians(key)[0].npi == npi


@pytest.mark.parametrize("practice", PRACTICES, ids=lambda org: org.key)
def test_every_practice_has_as_many_clinicians_as_it_says_with_valid_npis(practice: Organization) -> None:
    npis = [clinician.npi for clinician in clinicians(practice.key)]
    assert len(npis) == practice.clinician_count
    assert all(map(npi_is_valid, npis))


def test_no_clinician_works_at_two_practices() -> None:
    npis = [clinician.npi for practice in PRACTICES for clinician in clinicians(practice.key)]
    assert len(set(npis)) == len(npis)


def test_the_clinicians_of_o_01_are_those_of_13_3() -> None:
    assert [(each.npi, each.name) for each in clinicians("O-01")] == [
        ("0999010016", "Rowan Alder"),
        ("0999010024", "Maya Fennel"),
        ("0999010032", "Tobias Sorrel"),
        ("0999010040", "Lena Yarrow"),
        ("0999010057", "Otis Bramble"),
        ("0999010065", "Nora Quince"),
        ("0999010073", "Pavel Rush"),
        ("0999010081", "Iris Clover"),
        ("0999010099", "Hugo Tansy"),
        ("0999010107", "Edda Burnet"),
        ("0999010115", "Felix Teasel"),
        ("0999010123", "Gilda Mallow"),
    ]


def test_other_clinicians_have_no_names() -> None:
    assert all(each.name is None for org in PRACTICES if org.key != "O-01" for each in clinicians(org.key))


def test_entities_groups_and_registries_list_no_clinicians_of_their_own() -> None:
    assert all(clinicians(key) == () for key in ("AE-01", "VG-01", "RG-01"))


def test_in_2011_two_clinicians_of_o_01_did_not_bill_yet() -> None:
    absent = {each.name for each in clinicians("O-01")} - {each.name for each in roster("O-01", 2011)}
    assert absent == {"Lena Yarrow", "Iris Clover"}


def test_in_2020_the_clinician_who_left_is_gone() -> None:
    assert "Pavel Rush" not in {each.name for each in roster("O-01", 2020)}


def test_who_took_part_in_pqrs_2011_and_how() -> None:
    participation = {org.key: org.pqrs_2011 for org in PRACTICES if org.pqrs_2011 != "individual"}
    assert participation == {"O-11": "gpro1", "O-12": "gpro2", "O-13": None, "O-14": None}
    assert roster("O-13", 2011) == ()
