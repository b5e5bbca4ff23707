"""The first page, the terms, the help desk and the user ID (portal-flow 4.1 to 4.3, 15.1)."""

import pytest
from sqlalchemy import select

from client.messages.screen import Screen
from mock_server.store import tables
from tests.support.portal import RunningPortal


@pytest.mark.scenario("P-LAND-01")
async def test_p_land_01_first_page_says_that_it_is_a_simulation(running: RunningPortal) -> None:
    walk = await running.walk()
    screen = walk.screen
    assert screen.state == "S-LAND"
    assert "N-SIM-01" in walk.notices
    assert screen.clock.business_now.isoformat() == "2018-10-01T10:00:00-04:00"
    assert screen.primary is not None
    assert screen.primary.id == "login"
    assert await running.audited() == []


@pytest.mark.scenario("P-LAND-02")
@pytest.mark.parametrize(
    "state",
    ["S-HOME", "S-ORGTYPE", "S-ORGPICK", "S-RPTSEL", "S-ATTEST", "S-ATTNO", "S-RUN", "S-BUSY", "S-REPORT"],
)
async def test_p_land_02_no_login_no_signed_in_state(running: RunningPortal, state: str) -> None:
    walk = await running.walk()
    call = await walk.act("next", state=state)
    assert (call.status, call.code, walk.screen.state) == (401, "E-SESS-02", "S-LAND")
    assert walk.codes == ["E-SESS-02"]


@pytest.mark.scenario("P-TERMS-01")
async def test_p_terms_01_accepting_leads_to_the_user_id(running: RunningPortal) -> None:
    walk = await running.walk()
    await walk.act("login")
    assert walk.screen.state == "S-TERMS"
    await walk.act("accept")
    assert walk.screen.state == "S-USER"
    assert await running.audited() == ["A-TERMS-ACCEPT"]


@pytest.mark.scenario("P-TERMS-02")
async def test_p_terms_02_declining_leaves_nothing_behind(running: RunningPortal) -> None:
    walk = await running.walk()
    await walk.act("login")
    await walk.act("decline")
    assert walk.screen.state == "S-LAND"
    assert walk.notices[0] == "N-TERMS-01"
    assert await running.count(tables.attempts) == 0
    assert await running.audited() == ["A-TERMS-DECLINE"]


@pytest.mark.scenario("P-TERMS-03")
@pytest.mark.parametrize("state", ["S-USER", "S-PASS", "S-CODE"])
async def test_p_terms_03_no_user_id_before_the_terms(running: RunningPortal, state: str) -> None:
    walk = await running.walk()
    await walk.act("login")
    call = await walk.act("next", state=state, user_id="demo.grouprep")
    assert (call.status, call.code, walk.screen.state) == (409, "E-TERMS-01", "S-TERMS")


@pytest.mark.scenario("P-TERMS-04")
async def test_p_terms_04_terms_are_asked_at_every_sign_in(running: RunningPortal) -> None:
    walk = await running.walk()
    await walk.sign_in("demo.grouprep")
    await walk.act("logout")
    assert walk.notices[0] == "N-OUT-01"
    await walk.act("login")
    assert walk.screen.state == "S-TERMS"


@pytest.mark.scenario("P-USER-01")
@pytest.mark.parametrize("typed", ["", "   ", None])
async def test_p_user_01_user_id_is_required(running: RunningPortal, typed: str | None) -> None:
    walk = await (await running.walk()).to_user()
    call = await walk.act("next", user_id=typed)
    assert call.status == 422
    assert [(found.code, found.field) for found in walk.screen.errors] == [("E-VAL-01", "user_id")]


@pytest.mark.scenario("P-USER-02")
@pytest.mark.parametrize("typed", ["ab1", "12345678", "has space", "naïve-user", "x" * 74 + "'!"])
async def test_p_user_02_form_of_the_user_id(running: RunningPortal, typed: str) -> None:
    walk = await (await running.walk()).to_user()
    await walk.act("next", user_id=typed)
    assert walk.screen.state == "S-USER"
    assert walk.codes == (["E-VAL-02"] if len(typed) > 74 else ["E-VAL-03"])


async def test_user_id_up_to_its_longest(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_password("x" * 74)
    assert walk.screen.state == "S-PASS"


@pytest.mark.scenario("P-USER-03")
async def test_p_user_03_unknown_user_ids_look_like_known_ones(running: RunningPortal) -> None:
    known = await (await running.walk()).to_password("demo.grouprep")
    unknown = await (await running.walk()).to_password("demo.ghost")
    assert without_tokens(known.screen) == without_tokens(unknown.screen)


@pytest.mark.scenario("P-USER-04")
async def test_p_user_04_capital_letters_make_no_difference(running: RunningPortal) -> None:
    walk = await running.walk()
    await walk.sign_in("DEMO.GroupRep")
    assert walk.screen.state == "S-HOME"
    assert walk.screen.login is not None
    assert walk.screen.login.user_id == "demo.grouprep"


async def test_f_user_02_user_id_is_there_again_on_the_way_back(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_password("demo.grouprep")
    await walk.act("back")
    field = walk.screen.field("user_id")
    assert walk.screen.state == "S-USER"
    assert field is not None
    assert field.value == "demo.grouprep"


async def test_cancel_forgets_the_user_id(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_password("demo.grouprep")
    await walk.act("cancel")
    assert walk.screen.state == "S-LAND"
    assert await running.count(tables.attempts) == 0
    await walk.to_user()
    field = walk.screen.field("user_id")
    assert field is not None
    assert field.value is None
    assert (await running.audited()).count("A-LOGIN-CANCEL") == 1


async def test_typed_user_id_is_audited_as_a_keyed_hash_only(running: RunningPortal) -> None:
    await (await running.walk()).to_password("Walnut-Harbor-2468")  # people type passwords here (4.3)
    await (await running.walk()).to_password("walnut-harbor-2468")
    first, second = await running.audit_records("A-USER-ENTER")
    assert first.actor == second.actor
    assert first.actor.startswith("typed:")
    assert "walnut" not in str(vars(first)).lower()


async def test_tr_00_help_leads_back_to_the_page_as_it_was(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_code("demo.grouprep")
    assert walk.notices == ["N-MFA-01"]
    await walk.act("help")
    assert walk.screen.state == "S-HELP"
    assert "1-888-734-6433" in " ".join(walk.screen.intro)
    await walk.act("back")
    assert walk.screen.state == "S-CODE"
    assert walk.notices == ["N-MFA-01"]


async def test_a_flow_without_demo_flag_names_no_demo_pages() -> None:
    from tests.support.portal import portal

    async with portal(demo=False) as running:
        walk = await running.walk()
        assert not {"outbox", "personas"} & set(walk.offered)
        assert "N-LAND-03" not in walk.notices
        assert await running.rows(select(tables.accounts)) == []


def without_tokens(screen: Screen) -> Screen:
    """The screen as everybody may compare it (SR-AUTH-09)."""
    import msgspec

    return msgspec.structs.replace(screen, step_token="")
