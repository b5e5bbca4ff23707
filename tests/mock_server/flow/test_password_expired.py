"""A new password at S-PWEXP, and when a password is too old (portal-flow 4.9, 9.4, 15.4)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mock_server.access.blocklist import is_common
from mock_server.scenario.personas import COMMON_PASSWORD
from mock_server.store import tables
from tests.support.portal import RunningPortal, Walk
from tests.support.stations import NEW_PASSWORD, at


async def save(walk: Walk, new: str, confirm: str | None = None) -> list[str]:
    """Codes of the answer."""
    await walk.act("save", new_password=new, confirm_password=new if confirm is None else confirm)
    return walk.codes


@pytest.mark.scenario("P-ACCT-05")
@pytest.mark.parametrize(
    ("new", "codes", "wire_name"),
    [
        ("short1A", ["E-PW-01"], "password_too_short"),
        ("x9" * 65, ["E-PW-01"], "password_too_long"),
        ("Medicare2019!", ["E-PW-03"], "password_blocklisted"),
        ("Cypress-2020!!", ["E-PW-03"], "password_blocklisted"),
        ("demo.expired-2020", ["E-PW-03"], "password_blocklisted"),
        ("ALDER creek demo clinic LLC", ["E-PW-03"], "password_blocklisted"),
        (COMMON_PASSWORD, ["E-PW-05"], "password_reused"),
    ],
)
async def test_p_acct_05_rules_of_a_new_password(
    running: RunningPortal, new: str, codes: list[str], wire_name: str
) -> None:
    walk = await at(running, "S-PWEXP")
    assert await save(walk, new) == codes
    assert walk.screen.state == "S-PWEXP"
    assert walk.last.status == 422
    assert walk.last.body["error"]["type"] == wire_name
    assert walk.screen.errors[0].field == "new_password"
    assert all(field.value is None for field in walk.screen.fields)


@pytest.mark.scenario("P-ACCT-05")
async def test_p_acct_05_a_common_password_is_refused(running: RunningPortal) -> None:
    from importlib.resources import files

    lines = (files("mock_server.access") / "blocklist.txt").read_text("utf-8").splitlines()
    entry = next(line for line in lines if is_common(line) and not line.startswith("#"))
    walk = await at(running, "S-PWEXP")
    assert "E-PW-04" in await save(walk, entry)


async def test_pw_9_all_failing_rules_are_said_together(running: RunningPortal) -> None:
    walk = await at(running, "S-PWEXP")
    assert await save(walk, "mips\a", "other") == ["E-PW-01", "E-PW-02", "E-PW-03", "E-PW-07"]
    details = walk.last.body["error"]["details"]
    assert [detail["path"] for detail in details] == ["new_password"] * 3 + ["confirm_password"]
    await walk.act("save")
    assert walk.codes == ["E-VAL-01", "E-VAL-01"]


@pytest.mark.scenario("P-ACCT-06")
async def test_p_acct_06_control_characters_are_refused_emoji_are_not(running: RunningPortal) -> None:
    walk = await at(running, "S-PWEXP")
    assert await save(walk, "orbit\u0007kettle plain") == ["E-PW-02"]
    assert await save(walk, "\U0001f600" * 12) == []
    assert walk.screen.state == "S-HOME"


@pytest.mark.sr("SR-AUTH-01")
async def test_length_is_counted_and_compared_after_nfkc(running: RunningPortal) -> None:
    walk = await at(running, "S-PWEXP")
    composed = "é" * 100
    assert await save(walk, "e\u0301" * 100) == []  # 200 code points as typed, 100 as they count
    assert walk.screen.state == "S-HOME"
    again = await (await running.walk(client_id="other")).to_password("demo.expired")
    await again.send_password(password=composed)
    assert again.codes == ["E-MFA-07"] or again.screen.state == "S-CODE"


async def test_spaces_count_and_the_new_password_works_from_now_on(running: RunningPortal) -> None:
    walk = await at(running, "S-PWEXP")
    assert await save(walk, " twelve chars ") == []
    [said] = [notice.text for notice in walk.screen.notices if notice.code == "N-PW-02"]
    assert "its length makes it fair" in said, "PW-9: 14 characters"
    assert (await running.audited())[-2:] == ["A-PW-CHANGE", "A-LOGIN-OK"]
    again = await (await running.walk()).to_password("demo.expired")
    assert (await again.send_password(password="twelve chars")).code == "E-AUTH-01"
    assert (await again.send_password(password=COMMON_PASSWORD)).code == "E-AUTH-01"
    await again.send_password(password=" twelve chars ")
    assert again.screen.state == "S-CODE"
    told = [message.body for message in await running.outbox("demo.expired") if message.code is None]
    assert any("password was changed" in body for body in told)


async def test_x_18_the_last_six_passwords_cannot_be_chosen_again(running: RunningPortal) -> None:
    day = timedelta(days=61)
    used = [COMMON_PASSWORD, *(f"{NEW_PASSWORD}-{number}" for number in range(6))]
    for new in used[1:]:
        running.security.advance(400)
        walk = await (await running.walk()).to_password("demo.expired")
        await walk.send_password(password=used[used.index(new) - 1])
        await walk.act("log_in", code=await walk.code("demo.expired"))
        assert await save(walk, new) == []
        await walk.act("logout")
        await running.set_account("demo.expired", password_set_at=running.server.business.now() - day)
    running.security.advance(400)
    walk = await (await running.walk()).to_password("demo.expired")
    await walk.send_password(password=used[-1])
    await walk.act("log_in", code=await walk.code("demo.expired"))
    for recent in used[1:]:
        assert await save(walk, recent) == ["E-PW-05"]
    assert await save(walk, used[0]) == []
    assert await running.count(tables.password_history) == 5


@pytest.mark.scenario("P-ACCT-07")
@pytest.mark.sr("SR-AUTH-14")
@pytest.mark.parametrize(("seconds", "state"), [(0, "S-PWEXP"), (-1, "S-HOME")])
async def test_p_acct_07_a_password_expires_after_sixty_times_24_hours(
    running: RunningPortal, seconds: int, state: str
) -> None:
    age = timedelta(days=60, seconds=seconds)
    await running.set_account("demo.grouprep", password_set_at=running.server.business.now() - age)
    walk = await (await running.walk()).sign_in("demo.grouprep")
    assert walk.screen.state == state


async def test_cancel_voids_the_half_login(running: RunningPortal) -> None:
    walk = await at(running, "S-PWEXP")
    old = walk.token
    await walk.act("cancel")
    assert walk.screen.state == "S-LAND"
    assert walk.token != old
    assert (await running.call("GET", "/api/flow", old)).code == "E-SESS-02"
    assert await running.count(tables.logins) == 0


async def test_the_half_login_ends_after_fifteen_minutes(running: RunningPortal) -> None:
    walk = await at(running, "S-PWEXP")
    assert [deadline.kind for deadline in walk.screen.deadlines] == ["attempt"]
    running.security.advance(900)
    assert await save(walk, NEW_PASSWORD) == ["E-FLOW-03"]
    assert walk.screen.state == "S-LAND"
    column = tables.accounts.c.password_set_at
    [row] = await running.rows(select(column).where(tables.accounts.c.user_id == "demo.expired"))
    assert row[0] < running.server.business.now() - timedelta(days=60)
