"""The demo accounts, scenarios and learners."""

from datetime import datetime

import pyotp
import pytest

from mock_server.reference.roles import PV_ROLES, Role
from mock_server.scenario import nation
from mock_server.scenario.clinicians import clinicians
from mock_server.scenario.learners import learners
from mock_server.scenario.organizations import BULK_KEY, ORGANIZATIONS
from mock_server.scenario.personas import (
    AUTHENTICATOR_SECRET,
    GHOST_USER_ID,
    PERSONAS,
    Persona,
    PersonaGrant,
    published,
)
from mock_server.scenario.scenarios import DEFAULT_SCENARIO, SCENARIOS

ALL = tuple(PERSONAS.values())


def test_there_are_the_37_accounts_of_13_5_and_no_ghost() -> None:
    assert len(PERSONAS) == 37
    assert GHOST_USER_ID not in PERSONAS


@pytest.mark.parametrize("persona", ALL, ids=lambda persona: persona.user_id)
def test_every_role_is_for_an_organization_of_its_type_and_size(persona: Persona) -> None:
    for grant in persona.grants:
        if grant.org_key == BULK_KEY:
            assert grant.role is Role.GR
            continue
        organization = ORGANIZATIONS[grant.org_key]
        assert grant.role.org_type is organization.org_type
        size = "solo" if organization.clinicians_in(2018) == 1 else "group"
        assert grant.role.size in (None, size)


def test_the_main_persona_has_two_roles_and_an_email_device() -> None:
    persona = PERSONAS["demo.grouprep"]
    assert persona.name == "Juno Hazel"
    assert persona.grants == (PersonaGrant(Role.GR, "O-01"), PersonaGrant(Role.PR_SU, "O-01"))
    assert [(each.type, each.destination, each.masked) for each in persona.devices] == [
        ("email", "demo.grouprep@example.org", "d***@example.org")
    ]


def test_destinations_are_reserved_addresses_and_fictional_numbers() -> None:
    for device in (device for persona in ALL for device in persona.devices):
        if device.type == "email":
            assert device.destination.endswith("@example.org")
        elif device.type in ("sms", "ivr"):
            assert device.destination.startswith("202-555-01")
        else:
            assert (device.destination, device.masked) == ("", "")


def test_phone_numbers_are_not_shared() -> None:
    numbers = [each.destination for persona in ALL for each in persona.devices if each.type in ("sms", "ivr")]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize(("at", "code"), [(59, "287082"), (1111111109, "081804"), (1538395200, "637958")])
def test_the_published_authenticator_secret_gives_the_codes_of_13_5(at: int, code: str) -> None:
    assert pyotp.TOTP(AUTHENTICATOR_SECRET).at(at) == code


def test_special_conditions_are_those_of_13_5() -> None:
    assert PERSONAS["demo.locked"].failures == 20
    assert PERSONAS["demo.expired"].password_days == 61
    assert PERSONAS["demo.expiring"].password_days == 55
    assert PERSONAS["demo.dormant"].last_login_days == 61
    assert PERSONAS["demo.suspended"].suspended
    assert PERSONAS["demo.nodevice"].devices == ()
    assert PERSONAS["demo.norole"].grants == ()
    assert [device.lost for device in PERSONAS["demo.nocode"].devices] == [True]
    assert [device.delay_s for device in PERSONAS["demo.slowcode"].devices] == [45]
    assert PERSONAS["demo.onetime"].one_time_code == "20486357"
    assert [device.type for device in PERSONAS["demo.official"].devices] == ["totp", "sms"]


def test_requests_that_wait_and_roles_that_were_taken_away() -> None:
    [pending] = PERSONAS["demo.pending"].grants
    [revoked] = PERSONAS["demo.revoked"].grants
    assert (pending.state, pending.requested_days) == ("pending", 2)
    assert revoked.state == "revoked"


def test_the_clinician_persona_is_the_clinician_of_that_npi() -> None:
    [grant] = PERSONAS["demo.clinician"].grants
    [clinician] = [each for each in clinicians("O-01") if each.npi == grant.npi]
    assert clinician.name == PERSONAS["demo.clinician"].name


def test_unremarkable_accounts_are_well_inside_the_60_day_limits() -> None:
    usual = [each for each in ALL if each.user_id not in ("demo.expired", "demo.expiring", "demo.dormant")]
    assert {(each.password_days, each.last_login_days) for each in usual} == {(20, 3)}


def test_published_personas_tell_roles_and_devices_in_words() -> None:
    entry = published(PERSONAS["demo.pending"])
    assert entry.roles == ["Group Representative: ALDER CREEK DEMO CLINIC LLC (pending)"]
    assert entry.devices == ["E-mail"]
    assert published(PERSONAS["demo.bulk"]).roles[0].endswith("all practices of the bulk directory")


def test_learners_have_the_roles_of_the_main_persona_and_an_address_of_their_own() -> None:
    first, *_, last = learners(500)
    assert (first.user_id, last.user_id) == ("demo.learner001", "demo.learner500")
    assert first.grants == PERSONAS["demo.grouprep"].grants
    assert last.email == last.devices[0].destination == "demo.learner500@example.org"
    assert learners(0) == ()


@pytest.mark.parametrize("count", [-1, 501])
def test_the_number_of_learners_is_limited(count: int) -> None:
    with pytest.raises(ValueError, match="0 to 500"):
        learners(count)


def test_the_default_scenario_is_1_october_2018_at_ten_eastern() -> None:
    assert SCENARIOS[DEFAULT_SCENARIO].starts == datetime.fromisoformat("2018-10-01T14:00:00+00:00")


def test_scenarios_run_from_2012_to_2020() -> None:
    starts = [scenario.starts for scenario in SCENARIOS.values()]
    assert starts == sorted(starts)
    assert (len(starts), starts[0].year, starts[-1].year) == (8, 2012, 2020)


def test_directories_can_be_made_for_every_persona() -> None:
    for persona in ALL:
        keys = {grant.org_key for grant in persona.grants if grant.role in PV_ROLES}
        listed = nation.directory({key: {Role.GR} for key in keys})
        assert len(listed) == (310184 if BULK_KEY in keys else len(keys))
