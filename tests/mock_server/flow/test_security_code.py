"""The second factor: sent codes, authenticator apps, One-Time Security Codes (portal-flow 3.5, 15.2)."""

import asyncio
import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, select

from mock_server.clocks import FrozenSecurityClock
from mock_server.scenario.personas import AUTHENTICATOR_SECRET, COMMON_PASSWORD
from mock_server.store import tables
from mock_server.store.database import metadata
from tests.support.authenticator import totp_code
from tests.support.portal import ONE_TIME_CODE, Call, RunningPortal, Walk, portal


async def enter(walk: Walk, code: str, times: int = 1) -> Call:
    """The same code so many times."""
    for _ in range(times):
        await walk.act("log_in", code=code)
    return walk.last


async def other_than(walk: Walk, user_id: str) -> str:
    """A code that is not the live one."""
    right = await walk.code(user_id)
    return f"{(int(right) + 1) % 1_000_000:06d}"


async def fail_reasons(running: RunningPortal) -> list[object]:
    """Reasons of the failed codes so far."""
    return [record.details["reason"] for record in await running.audit_records("A-MFA-FAIL")]


@pytest.mark.scenario("P-MFA-01")
@pytest.mark.sr("SR-AUTH-09")
async def test_p_mfa_01_an_unregistered_type_looks_like_a_registered_one(running: RunningPortal) -> None:
    registered = await (await running.walk()).to_code("demo.grouprep", "email")
    running.security.advance(30)
    other = await (await running.walk()).to_code("demo.solorep", "email")
    assert [registered.screen.state, other.screen.state] == ["S-CODE", "S-CODE"]
    texts = [json.dumps(walk.last.body["data"]["screen"]["notices"]) for walk in (registered, other)]
    assert texts[0] == texts[1]
    sms = await (await running.walk()).to_code("demo.grouprep", "sms")
    [shown] = sms.screen.notices
    [mailed] = other.screen.notices
    assert shown.text.replace("Text Message-Short Message Service (SMS)", "E-mail") == mailed.text
    assert [action.id for action in sms.screen.actions] == [action.id for action in other.screen.actions]
    assert await running.outbox("demo.solorep") == []
    for guess in ("000000", "123456", "999999"):
        assert (await enter(other, guess)).code == "E-MFA-04"
    assert await fail_reasons(running) == ["not_registered"] * 3


@pytest.mark.scenario("P-MFA-02")
async def test_p_mfa_02_tries_left_are_said(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_code("demo.grouprep")
    wrong = await other_than(walk, "demo.grouprep")
    for left in (4, 3):
        call = await enter(walk, wrong)
        assert (call.status, call.code, walk.screen.state) == (401, "E-MFA-04", "S-CODE")
        assert f": {left}." in walk.screen.errors[0].text


@pytest.mark.scenario("P-MFA-03")
@pytest.mark.sr("SR-MFA-03")
async def test_p_mfa_03_the_sixth_try_ends_the_attempt(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_code("demo.grouprep")
    right, wrong = await walk.code("demo.grouprep"), await other_than(walk, "demo.grouprep")
    assert (await enter(walk, wrong, 5)).code == "E-MFA-04"
    assert (await enter(walk, right)).code == "E-AUTH-02"
    running.security.advance(30)
    call = await enter(walk, right)
    assert (call.status, call.code, walk.screen.state) == (401, "E-MFA-06", "S-LAND")
    assert await running.count(tables.attempts) == 0
    assert (await fail_reasons(running))[-1] == "exhausted"


@pytest.mark.scenario("P-MFA-04")
@pytest.mark.sr("SR-MFA-02")
async def test_p_mfa_04_a_code_lives_ten_minutes(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_code("demo.grouprep")
    other = await (await running.walk()).to_code("demo.solo")
    mine, late = await walk.code("demo.grouprep"), await other.code("demo.solo")
    running.security.advance(599.999)
    await enter(walk, mine)
    assert walk.screen.state == "S-HOME"
    running.security.advance(0.001)
    # The attempt ends with its code; only one that was extended can still ask.
    attempts = tables.attempts
    longer = running.security.now().replace(year=2027)
    await running.execute(attempts.update().values(expires_at=longer))
    call = await enter(other, late)
    assert (call.status, call.code, other.screen.state) == (401, "E-MFA-05", "S-CODE")
    assert await running.failures("demo.solo") == 0
    [tries] = await running.rows(select(attempts.c.tries))
    assert tries[0] == 0
    assert (await fail_reasons(running))[-1] == "expired"


@pytest.mark.scenario("P-MFA-05")
async def test_p_mfa_05_a_new_code_after_thirty_seconds_voids_the_old_one(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_code("demo.grouprep")
    old = await walk.code("demo.grouprep")
    running.security.advance(29)
    call = await walk.act("resend")
    assert (call.status, call.code, call.headers["retry-after"]) == (429, "E-MFA-07", "1")
    running.security.advance(1)
    await walk.act("resend")
    assert walk.notices == ["N-MFA-01"]
    new = await walk.code("demo.grouprep")
    assert [message.live for message in await running.outbox("demo.grouprep")] == [True, False]
    if new != old:
        assert (await enter(walk, old)).code == "E-MFA-04"
    await enter(walk, new)
    assert walk.screen.state == "S-HOME"


@pytest.mark.scenario("P-MFA-06")
async def test_p_mfa_06_five_sends_in_an_attempt_ten_in_an_hour(running: RunningPortal) -> None:
    for number in range(2):
        walk = await (await running.walk()).to_code("demo.grouprep")
        for _ in range(4):
            running.security.advance(30)
            assert (await walk.act("resend")).status == 200
        running.security.advance(30)
        call = await walk.act("resend")
        assert (call.status, call.code, walk.screen.state) == (429, "E-MFA-08", "S-CODE")
        assert "start again" in walk.screen.errors[0].text, number
    third = await (await running.walk()).to_password("demo.grouprep")
    call = await third.send_password()
    assert (call.code, third.screen.state) == ("E-MFA-08", "S-PASS")
    assert "minutes" in third.screen.errors[0].text
    running.security.advance(int(call.headers["retry-after"]))
    await (await running.walk()).to_code("demo.grouprep")
    assert await running.failures("demo.grouprep") == 0


@pytest.mark.scenario("P-MFA-06")
async def test_p_mfa_06_sends_that_deliver_nothing_count_too(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_code("demo.grouprep", "sms")
    for _ in range(4):
        running.security.advance(30)
        assert (await walk.act("resend")).status == 200
    running.security.advance(30)
    assert (await walk.act("resend")).code == "E-MFA-08"


@pytest.mark.scenario("P-MFA-07")
async def test_p_mfa_07_passwords_and_codes_share_one_counter(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_password("demo.grouprep")
    for _ in range(4):
        await walk.send_password(password="not-the-password")
    await walk.send_password()
    right, wrong = await walk.code("demo.grouprep"), await other_than(walk, "demo.grouprep")
    assert (await enter(walk, wrong)).code == "E-MFA-04"
    assert await running.failures("demo.grouprep") == 5
    call = await enter(walk, right)
    assert (call.code, call.headers["retry-after"]) == ("E-AUTH-02", "30")
    running.security.advance(30)
    assert (await walk.act("resend")).status == 200


async def test_tr_08_resend_is_allowed_during_a_wait(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_code("demo.grouprep")
    running.security.advance(30)
    await enter(walk, await other_than(walk, "demo.grouprep"), 5)
    assert (await walk.act("resend")).status == 200


@pytest.mark.scenario("P-MFA-08")
async def test_p_mfa_08_a_used_code_is_wrong_and_audited_as_a_replay(running: RunningPortal) -> None:
    first = await (await running.walk()).to_code("demo.grouprep")
    code = await first.code("demo.grouprep")
    await enter(first, code)
    running.security.advance(30)
    second = await (await running.walk()).to_code("demo.grouprep")
    assert (await enter(second, code)).code == "E-MFA-04"
    assert await fail_reasons(running) == ["replay"]
    notices = [message for message in await running.outbox("demo.grouprep") if message.code is None]
    assert "used before" in notices[0].body


@pytest.mark.scenario("P-MFA-09")
@pytest.mark.sr("SR-MFA-02")
async def test_p_mfa_09_a_code_works_in_its_own_sign_in_only(running: RunningPortal) -> None:
    first = await (await running.walk()).to_code("demo.grouprep")
    code = await first.code("demo.grouprep")
    second = await (await running.walk()).to_code("demo.grouprep")
    assert code != await second.code("demo.grouprep")
    assert (await enter(second, code)).code == "E-MFA-04"
    assert (await enter(first, code)).code == "E-MFA-04"  # the second send made it void (F-MFA-01)
    assert await fail_reasons(running) == ["wrong", "wrong"]


async def to_authenticator(running: RunningPortal) -> Walk:
    """demo.totp at S-CODE."""
    return await (await running.walk()).to_code("demo.totp", "totp")


def app_code(running: RunningPortal, steps: int = 0) -> str:
    """What the authenticator app shows so many steps from now."""
    clock = FrozenSecurityClock(running.security.now())
    at = datetime.fromtimestamp(clock.now().timestamp() + 30 * steps, UTC)
    return totp_code(AUTHENTICATOR_SECRET, at)


@pytest.mark.scenario("P-MFA-10")
@pytest.mark.sr("SR-MFA-06")
@pytest.mark.parametrize("step", [-1, 0, 1])
async def test_p_mfa_10_the_neighbouring_steps_are_accepted(running: RunningPortal, step: int) -> None:
    walk = await to_authenticator(running)
    assert walk.notices == ["N-MFA-02"]
    assert "resend" not in walk.offered
    code = app_code(running, step)
    await enter(walk, code)
    assert walk.screen.state == "S-HOME"
    again = await to_authenticator(running)
    assert (await enter(again, code)).code == "E-MFA-04"
    if step > -1:
        assert (await enter(again, app_code(running, step - 1))).code == "E-MFA-04"
    assert set(await fail_reasons(running)) == {"replay"}


@pytest.mark.sr("SR-MFA-07")
async def test_a_repeated_step_is_noticed_once_an_attempt(running: RunningPortal) -> None:
    code = app_code(running)
    await enter(await to_authenticator(running), code)
    await enter(await to_authenticator(running), code, 2)
    bodies = [message.body for message in await running.outbox("demo.totp")]
    assert len(bodies) == 1
    assert "used before" in bodies[0]
    assert await running.failures("demo.totp") == 2


@pytest.mark.scenario("P-MFA-11")
@pytest.mark.parametrize("step", [-2, 2])
async def test_p_mfa_11_two_steps_away_is_too_far(running: RunningPortal, step: int) -> None:
    walk = await to_authenticator(running)
    assert (await enter(walk, app_code(running, step))).code == "E-MFA-04"
    assert await fail_reasons(running) == ["wrong"]


@pytest.mark.scenario("P-MFA-14")
async def test_p_mfa_14_a_one_time_code_works_once(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_code("demo.onetime", "otsc")
    field = walk.screen.field("code")
    assert field is not None
    assert field.hint.startswith("8 digits")
    await enter(walk, ONE_TIME_CODE)
    assert walk.screen.state == "S-HOME"
    again = await (await running.walk()).to_code("demo.onetime", "otsc")
    call = await enter(again, ONE_TIME_CODE)
    assert call.code == "E-MFA-04"
    assert ": 2." in again.screen.errors[0].text
    assert await fail_reasons(running) == ["replay"]


@pytest.mark.scenario("P-MFA-14")
@pytest.mark.parametrize(("age", "state"), [(1799, "S-HOME"), (1800, "S-CODE")])
async def test_p_mfa_14_a_one_time_code_lives_thirty_minutes(
    running: RunningPortal, age: int, state: str
) -> None:
    running.security.advance(age)
    walk = await (await running.walk()).to_code("demo.onetime", "otsc")
    await enter(walk, ONE_TIME_CODE)
    assert walk.screen.state == state
    assert walk.codes == ([] if state == "S-HOME" else ["E-MFA-04"])


async def test_x_11_a_one_time_code_has_three_tries_and_its_own_type(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_code("demo.onetime", "otsc")
    await enter(walk, "12345678", 3)
    assert ": 0." in walk.screen.errors[0].text
    assert (await enter(walk, ONE_TIME_CODE)).code == "E-MFA-06"
    other = await (await running.walk()).to_code("demo.onetime", "sms")
    assert (await enter(other, ONE_TIME_CODE)).code == "E-VAL-03"


@pytest.mark.scenario("P-MFA-17")
async def test_p_mfa_17_messages_can_be_read_when_they_are_delivered(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_code("demo.slowcode")
    running.security.advance(44)
    assert await running.outbox("demo.slowcode") == []
    running.security.advance(1)
    await enter(walk, await walk.code("demo.slowcode"))
    assert walk.screen.state == "S-HOME"


async def test_lost_messages_never_arrive_and_after_a_minute_the_page_says_what_to_do(
    running: RunningPortal,
) -> None:
    walk = await (await running.walk()).to_code("demo.nocode")
    first = walk.screen
    assert first.refresh_s == 60
    running.security.advance(59)
    await walk.read(background=True)
    assert "N-MFA-03" not in walk.notices
    running.security.advance(1)
    token = walk.screen.step_token
    await walk.read(background=True)
    assert "N-MFA-03" in walk.notices
    assert walk.screen.refresh_s is None
    assert walk.screen.step_token == token
    assert await running.outbox("demo.nocode") == []


@pytest.mark.scenario("P-MFA-18")
async def test_p_mfa_18_spaces_and_hyphens_make_no_difference(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_code("demo.grouprep")
    code = await walk.code("demo.grouprep")
    for malformed in (code[:5], code + "0", "12345a", "１２３４５６"):
        call = await enter(walk, malformed)
        assert (call.status, call.code) == (422, "E-VAL-03"), malformed
    assert await running.failures("demo.grouprep") == 0
    await enter(walk, f"{code[:2]} {code[2:4]}-{code[4:]}")
    assert walk.screen.state == "S-HOME"


@pytest.mark.sr("SR-AUTH-18")
async def test_three_wrong_codes_are_told_once_even_over_two_codes(running: RunningPortal) -> None:
    walk = await (await running.walk("tui")).to_code("demo.grouprep")
    await enter(walk, await other_than(walk, "demo.grouprep"), 2)
    running.security.advance(30)
    await walk.act("resend")
    await enter(walk, await other_than(walk, "demo.grouprep"), 2)
    notices = [message for message in await running.outbox("demo.grouprep") if message.code is None]
    assert len(notices) == 1
    await enter(walk, await walk.code("demo.grouprep"))
    assert walk.notices.count("N-SEC-01") == 1


@pytest.mark.sr("SR-MFA-04")
async def test_fifty_races_of_two_right_codes_give_one_login_each() -> None:
    async with portal() as running:
        for number in range(50):
            walk = await (await running.walk()).to_code("demo.totp", "totp")
            code = app_code(running)
            second = code if number % 2 else f" {code}"  # a repeat, or another request with a right code
            calls = await asyncio.gather(*(send_code(running, walk, text) for text in (code, second)))
            assert await running.count(tables.logins) == number + 1
            tokens = [call.answer.flow_token for call in calls if call.status == 200]
            assert len(tokens) == (2 if number % 2 else 1)
            if number % 2 == 0:
                assert "E-SESS-02" in {call.code for call in calls}
            running.security.advance(60)
        assert (await running.audited()).count("A-LOGIN-OK") == 50


async def send_code(running: RunningPortal, walk: Walk, code: str) -> Call:
    """The action without following its answer, so that it can be sent twice at once."""
    body = {
        "state": "S-CODE",
        "step_token": walk.screen.step_token,
        "action": "log_in",
        "values": {"code": code},
    }
    return await running.call("POST", "/api/flow/act", walk.token, json=body)


@pytest.mark.sr("SR-MFA-05")
async def test_no_code_and_no_token_is_stored(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_code("demo.grouprep")
    code = await walk.code("demo.grouprep")
    dump = await dump_of(running)
    assert code not in dump
    assert walk.token not in dump
    assert COMMON_PASSWORD not in dump
    await enter(walk, code)
    assert walk.token not in await dump_of(running)


async def dump_of(running: RunningPortal) -> str:
    """Every value of every table, as text."""

    def work(conn: Connection) -> str:
        found = [conn.execute(select(table)).all() for table in metadata.sorted_tables]
        return " ".join(repr(tuple(row)) for rows in found for row in rows)

    return await running.server.database.read(work)


@pytest.mark.sr("SR-MFA-09")
async def test_no_answer_of_the_flow_holds_the_code(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_code("demo.grouprep")
    bodies = [str(walk.last.body)]
    code = await walk.code("demo.grouprep")
    for action, values in (
        ("help", {}),
        ("back", {}),
        ("log_in", {"code": f"{code}0"}),
        ("log_in", {"code": code}),
    ):
        bodies.append(str((await walk.act(action, values)).body))
    assert walk.screen.state == "S-HOME"
    assert [body for body in bodies if code in body] == []
