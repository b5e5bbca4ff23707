"""The life of a login: lock, limits, resume, six of them (portal-flow 4.10, TR-23 to TR-28, 15.3)."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from client.messages.screen import Deadline
from mock_server.scenario.personas import COMMON_PASSWORD
from mock_server.store import tables
from tests.support.portal import Call, RunningPortal, Walk
from tests.support.stations import CHOICE, NEW_PASSWORD, HeldReport, at


def deadline(walk: Walk, kind: str) -> Deadline:
    """The deadline of that kind on the screen."""
    return next(found for found in walk.screen.deadlines if found.kind == kind)


@pytest.mark.scenario("P-SESS-01")
@pytest.mark.sr("SR-SESS-04")
async def test_p_sess_01_the_idle_limit_is_told_and_a_read_extends_it(running: RunningPortal) -> None:
    walk = await at(running, "S-HOME")
    idle = deadline(walk, "idle")
    assert idle.warn_s == [120, 60, 20]  # the client says N-SESS-01 after 13 minutes
    assert (idle.at - running.security.now()).total_seconds() == 900
    running.security.advance(13 * 60)
    await walk.read()
    assert (deadline(walk, "idle").at - running.security.now()).total_seconds() == 900
    running.security.advance(14 * 60)
    await walk.read()
    assert walk.screen.state == "S-HOME"


@pytest.mark.scenario("P-SESS-02")
async def test_p_sess_02_the_lock_shows_nothing_and_gives_everything_back(running: RunningPortal) -> None:
    walk = await at(running, "S-RPTSEL")
    await walk.act("next", **CHOICE)
    await walk.act("back")
    chosen = [field.value for field in walk.screen.fields]
    assert chosen == ["2011", "R-PQRS-2011", "view"]
    running.security.advance(900)
    await walk.read(background=True)
    assert walk.screen.state == "S-REAUTH"
    shown = walk.last.body["data"]["screen"]
    assert "ALDER" not in str(shown)
    assert "PQRS" not in str({name: shown[name] for name in ("intro", "fields", "notices", "title", "trail")})
    assert shown["org"] is None
    await walk.act("confirm", password=COMMON_PASSWORD)
    assert walk.screen.state == "S-RPTSEL"
    assert [field.value for field in walk.screen.fields] == chosen
    assert walk.notices == ["N-SESS-02"]
    assert [name for name in await running.audited() if name in ("A-SESS-TIMEOUT", "A-REAUTH-OK")] == [
        "A-SESS-TIMEOUT",
        "A-REAUTH-OK",
    ]


async def test_values_that_were_refused_survive_the_lock(running: RunningPortal) -> None:
    walk = await at(running, "S-RPTSEL")
    await walk.act("next", year="2011", report="R-PQRS-2011")
    assert walk.codes == ["E-VAL-01"]
    running.security.advance(915)
    await walk.read()
    await walk.act("confirm", password="wrong")
    await walk.act("confirm", password=COMMON_PASSWORD)
    assert [field.value for field in walk.screen.fields] == ["2011", "R-PQRS-2011", None]


@pytest.mark.sr("SR-SESS-04")
@pytest.mark.parametrize(("idle", "locked"), [(899, False), (914, False), (916, True)])
async def test_requests_get_the_tolerance_of_the_limit(
    running: RunningPortal, idle: int, locked: bool
) -> None:
    walk = await at(running, "S-HOME")
    running.security.advance(idle)
    call = await walk.act("feedback_reports")
    assert walk.screen.state == ("S-REAUTH" if locked else "S-ORGTYPE")
    if locked:
        assert (call.status, call.body["error"]["type"], call.code) == (401, "reauth_required", None)


@pytest.mark.sr("SR-SESS-05")
async def test_background_reads_are_no_activity(running: RunningPortal) -> None:
    walk = await at(running, "S-HOME")
    for _ in range(9):
        running.security.advance(100)
        await walk.read(background=True)
    assert walk.screen.state == "S-REAUTH"


@pytest.mark.sr("SR-SESS-05")
async def test_reading_a_report_and_searching_are_activity(running: RunningPortal) -> None:
    walk = await at(running, "S-REPORT")
    running.security.advance(800)
    await walk.report("TIN")
    running.security.advance(800)
    await walk.read(background=True)
    assert walk.screen.state == "S-REPORT"
    picker = await (await running.walk(client_id="other")).to_picker("demo.solo")
    running.security.advance(800)
    assert (await running.call("POST", "/api/flow/list", picker.token, json={"search": "b"})).status == 200
    running.security.advance(800)
    await picker.read(background=True)
    assert picker.screen.state == "S-ORGPICK"


async def test_a_locked_login_reads_no_list_report_or_file(running: RunningPortal) -> None:
    walk = await at(running, "S-REPORT")
    assert walk.screen.report is not None
    path = f"/api/reports/{walk.screen.report.id}"
    running.security.advance(916)
    for _ in range(2):  # before and after the server noticed
        call = await running.call("GET", path, walk.token)
        assert (call.status, call.body["error"]["type"]) == (401, "reauth_required")
        listed = await running.call("POST", "/api/flow/list", walk.token, json={})
        assert (listed.status, listed.body["error"]["type"]) == (401, "reauth_required")
        await walk.read(background=True)
    assert walk.screen.state == "S-REAUTH"


@pytest.mark.sr("SR-AUTH-05")
async def test_tr_28_the_lock_counts_wrong_passwords_like_a_sign_in(running: RunningPortal) -> None:
    walk = await at(running, "S-REAUTH")
    for _ in range(5):
        assert (await walk.act("confirm", password="wrong")).code == "E-AUTH-01"
    call = await walk.act("confirm", password=COMMON_PASSWORD)
    assert (call.code, walk.screen.state) == ("E-AUTH-02", "S-REAUTH")
    running.security.advance(30)
    await walk.act("confirm", password=COMMON_PASSWORD)
    assert walk.screen.state == "S-RPTSEL"
    assert await running.failures("demo.grouprep") == 5


async def test_tr_28_a_hard_lock_ends_the_login(running: RunningPortal) -> None:
    walk = await at(running, "S-REAUTH")
    key = tables.throttles.c.key
    await walk.act("confirm", password="wrong")
    await running.execute(update(tables.throttles).where(key.is_not(None)).values(failures=20))
    old = walk.token
    call = await walk.act("confirm", password=COMMON_PASSWORD)
    assert (call.status, call.code, walk.screen.state) == (403, "E-AUTH-03", "S-LAND")
    assert walk.screen.login is None
    assert walk.token != old
    assert (await running.call("GET", "/api/flow", old)).code == "E-SESS-02"
    [row] = await running.rows(select(tables.logins.c.ended_code))
    assert row[0] == "E-SESS-02"


@pytest.mark.scenario("P-SESS-03")
@pytest.mark.sr("SR-SESS-04")
async def test_p_sess_03_twelve_hours_end_a_login_and_the_step_comes_back(running: RunningPortal) -> None:
    walk = await at(running, "S-RPTSEL")
    assert deadline(walk, "absolute").warn_s == [300]
    for _ in range(71):
        running.security.advance(600)
        await walk.read()
    assert walk.screen.state == "S-RPTSEL"
    running.security.advance(600)
    call = await walk.read()
    assert (call.status, call.code, call.body.get("data")) == (401, "E-SESS-01", None)
    assert (await walk.read()).code == "E-SESS-01"
    again = await (await running.walk()).sign_in("demo.grouprep")
    assert again.screen.state == "S-RPTSEL"
    assert "N-SESS-02" in again.notices
    assert again.screen.org is not None
    assert again.screen.org.display.endswith(":4802")


async def test_tr_25_report_states_come_back_at_the_attestation(running: RunningPortal) -> None:
    walk = await at(running, "S-REPORT")
    running.security.advance(43_200)
    assert (await walk.read()).code == "E-SESS-01"
    again = await (await running.walk()).sign_in("demo.grouprep")
    assert again.screen.state == "S-ATTEST"
    assert "R-PQRS" not in again.screen.intro[0]
    assert "2011 PQRS Feedback Report" in again.screen.intro[0]


async def test_tr_25_a_step_is_forgotten_after_a_day_and_by_logout(running: RunningPortal) -> None:
    walk = await at(running, "S-RPTSEL")
    await walk.act("logout")
    assert (await (await running.walk()).sign_in("demo.grouprep")).screen.state == "S-HOME"
    running.security.advance(30)
    await (await running.walk()).to_picker("demo.solo")
    running.security.advance(86_400)
    assert (await (await running.walk()).sign_in("demo.solo")).screen.state == "S-HOME"


async def test_tr_25_a_revoked_grant_is_not_restored(running: RunningPortal) -> None:
    await at(running, "S-RPTSEL")
    await running.set_grants("demo.grouprep", "revoked")
    running.security.advance(30)
    again = await (await running.walk()).sign_in("demo.grouprep")
    assert again.screen.state == "S-HOME"


@pytest.mark.scenario("P-SESS-04")
async def test_p_sess_04_logout_voids_the_token(running: RunningPortal) -> None:
    walk = await at(running, "S-HOME")
    old = walk.token
    await walk.act("logout")
    assert walk.notices[0] == "N-OUT-01"
    assert walk.token != old
    for method, path in (("GET", "/api/flow"), ("GET", "/api/reports/x"), ("POST", "/api/flow/list")):
        call = await running.call(method, path, old, **({"json": {}} if method == "POST" else {}))
        assert (call.status, call.code) == (401, "E-SESS-02")
    assert "A-LOGOUT" in await running.audited()


@pytest.mark.scenario("P-SESS-05")
async def test_p_sess_05_a_password_change_ends_the_other_logins(running: RunningPortal) -> None:
    first = await at(running, "S-HOME")
    await running.set_clock(business="2018-11-20T10:00:00", rebase=False)  # 70 days after it was set
    running.security.advance(30)
    second = await (await running.walk(client_id="second")).sign_in("demo.grouprep")
    assert second.screen.state == "S-PWEXP"
    await second.act("save", new_password=NEW_PASSWORD, confirm_password=NEW_PASSWORD)
    assert second.screen.state == "S-HOME"
    assert "N-PW-02" in second.notices
    assert (await first.read()).code == "E-SESS-02"
    assert "A-PW-CHANGE" in await running.audited()


@pytest.mark.scenario("P-SESS-06")
async def test_p_sess_06_a_repeat_gets_the_same_answer_and_anything_else_is_out_of_date(
    running: RunningPortal,
) -> None:
    walk = await at(running, "S-ATTEST")
    body = {
        "state": "S-ATTEST",
        "step_token": walk.screen.step_token,
        "action": "confirm",
        "values": {"purpose": "ce"},
    }
    first = await walk.send(body)
    second = await walk.send(body)
    assert first.body == second.body
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"
    assert await running.count(tables.attestations) == 1
    other = await walk.send({**body, "values": {"purpose": "ba"}})
    assert (other.status, other.code, walk.screen.state) == (409, "E-FLOW-01", "S-RUN")
    older = await walk.act("run_document", step_token=body["step_token"])  # type: ignore[arg-type]
    assert older.code == "E-FLOW-01"
    assert await running.count(tables.runs) == 0
    assert await running.count(tables.attestations) == 1


@pytest.mark.scenario("P-SESS-07")
async def test_p_sess_07_nothing_is_restored_for_others(running: RunningPortal) -> None:
    walk = await at(running, "S-RPTSEL")
    running.security.advance(43_200)
    await walk.read()
    other = await (await running.walk()).sign_in("demo.solo")
    assert other.screen.state == "S-HOME"
    elsewhere = await (await running.walk(client_id="another-computer")).sign_in("demo.grouprep")
    assert elsewhere.screen.state == "S-HOME"
    running.security.advance(30)
    nameless = await (await running.walk(client_id=None)).sign_in("demo.grouprep")
    assert nameless.screen.state == "S-HOME"


@pytest.mark.scenario("P-SESS-08")
@pytest.mark.sr("SR-SESS-12")
async def test_p_sess_08_a_sixth_login_ends_the_one_idle_longest(running: RunningPortal) -> None:
    walks = []
    for number in range(5):
        walks.append(await (await running.walk(client_id=f"c{number}")).sign_in("demo.totp"))
        running.security.advance(60)
    await walks[0].read()
    running.security.advance(60)
    sixth = await (await running.walk(client_id="c5")).sign_in("demo.totp")
    assert "N-SESS-04" in sixth.notices
    codes = [(await walk.read()).code for walk in walks]
    assert codes == [None, "E-SESS-02", None, None, None]


@pytest.mark.scenario("P-FLOW-01")
async def test_p_flow_01_a_lost_answer_to_log_in_can_be_asked_for_again(running: RunningPortal) -> None:
    walk = await at(running, "S-CODE")
    body = {
        "state": "S-CODE",
        "step_token": walk.screen.step_token,
        "action": "log_in",
        "values": {"code": await walk.code("demo.grouprep")},
    }
    before = walk.token
    lost = await running.call("POST", "/api/flow/act", before, json=body)
    unseen = lost.answer.flow_token
    again = await running.call("POST", "/api/flow/act", before, json=body)
    fresh = again.answer.flow_token
    assert again.answer.screen.state == "S-HOME"
    assert None not in (unseen, fresh)
    assert unseen != fresh
    assert (await running.call("GET", "/api/flow", fresh)).status == 200
    assert (await running.call("GET", "/api/flow", unseen)).code == "E-SESS-02"
    assert await running.count(tables.logins) == 1
    assert (await running.audited()).count("A-LOGIN-OK") == 1
    used = await running.call("POST", "/api/flow/act", before, json=body)
    assert used.code == "E-SESS-02"  # the new token was used: the old one is of no use any more


async def test_w_4_the_old_token_repeats_for_a_minute_and_nothing_else(running: RunningPortal) -> None:
    walk = await at(running, "S-CODE")
    code, before = await walk.code("demo.grouprep"), walk.token
    body = {
        "state": "S-CODE",
        "step_token": walk.screen.step_token,
        "action": "log_in",
        "values": {"code": code},
    }
    first = await running.call("POST", "/api/flow/act", before, json=body)
    for change in ({"action": "resend"}, {"values": {"code": "000000"}}, {"step_token": "0" * 32}):
        assert (
            await running.call("POST", "/api/flow/act", before, json={**body, **change})
        ).code == "E-SESS-02"
    assert (await running.call("GET", "/api/flow", before)).code == "E-SESS-02"
    running.security.advance(60)
    assert (await running.call("POST", "/api/flow/act", before, json=body)).code == "E-SESS-02"
    assert (await running.call("GET", "/api/flow", first.answer.flow_token)).status == 200


@pytest.mark.scenario("P-FLOW-04")
async def test_p_flow_04_no_state_is_reached_by_naming_it(running: RunningPortal) -> None:
    walk = await at(running, "S-RPTSEL")
    call = await walk.act("run_document", state="S-RUN")
    assert (call.status, call.code, walk.screen.state) == (409, "E-ATT-03", "S-RPTSEL")
    first = await running.walk()
    assert (await first.act("next", state="S-USER", user_id="demo.grouprep")).code == "E-TERMS-01"
    assert (await first.act("feedback_reports", state="S-HOME")).code == "E-SESS-02"
    assert first.screen.state == "S-LAND"
    assert (await first.act("login")).status == 200  # the step token was not spent by all that


@pytest.mark.scenario("P-FLOW-06")
async def test_p_flow_06_a_locked_report_comes_back_at_the_attestation(running: RunningPortal) -> None:
    walk = await at(running, "S-REPORT")
    assert walk.screen.report is not None
    report = walk.screen.report.id
    running.security.advance(915)
    await walk.read()
    await walk.act("confirm", password=COMMON_PASSWORD)
    assert walk.screen.state == "S-ATTEST"
    assert "ALDER CREEK DEMO CLINIC LLC:4802, 2011" in walk.screen.intro[0]
    assert (await running.call("GET", f"/api/reports/{report}", walk.token)).code == "E-ATT-03"
    await walk.act("confirm", purpose="ce")
    assert walk.screen.state == "S-RUN"


async def test_tr_27_a_lock_drops_a_running_report(running: RunningPortal, held: HeldReport) -> None:
    walk = await at(running, "S-BUSY")
    running.security.advance(915)
    await walk.read()
    held.release.set()
    await walk.act("confirm", password=COMMON_PASSWORD)
    assert walk.screen.state == "S-ATTEST"
    [row] = await running.rows(select(tables.runs.c.status))
    assert row[0] == "cancelled"


async def test_w_10_a_restarted_client_is_asked_for_the_password_only(running: RunningPortal) -> None:
    walk = await at(running, "S-ATTEST")
    body = {"client": "tui", "client_id": "test-installation"}
    for _ in range(2):
        call = await running.call("POST", "/api/flow/resume", walk.token, json=body)
        assert (call.status, call.answer.screen.state) == (200, "S-REAUTH")
    walk.screen = call.answer.screen
    assert "started again" in walk.screen.intro[0]
    await walk.act("confirm", password=COMMON_PASSWORD)
    assert walk.screen.state == "S-ATTEST"
    signed_out = await running.walk()
    call = await running.call("POST", "/api/flow/resume", signed_out.token, json=body)
    assert (call.status, call.code) == (401, "E-SESS-02")


@pytest.mark.sr("SR-SESS-03")
async def test_tokens_change_with_every_login_and_confirmation(running: RunningPortal) -> None:
    walk = await at(running, "S-HOME")
    running.security.advance(915)
    await walk.read()
    await walk.act("confirm", password=COMMON_PASSWORD)
    assert len({walk.token, *walk.old_tokens}) == 3
    for old in walk.old_tokens:
        assert (await running.call("GET", "/api/flow", old)).code == "E-SESS-02"


@pytest.mark.sr("SR-SESS-01")
async def test_tokens_are_random_bearer_tokens_and_no_cookie(running: RunningPortal) -> None:
    walk = await at(running, "S-HOME")
    assert {len(token) for token in (walk.token, *walk.old_tokens)} == {43}
    assert "set-cookie" not in walk.last.headers
    chosen = await running.call("GET", "/api/flow", "A" * 43)
    assert (chosen.status, chosen.code) == (401, "E-SESS-02")
    assert (await running.call("GET", "/api/flow")).code == "E-SESS-02"
    basic = await running.call("GET", "/api/flow", headers={"Authorization": f"Basic {walk.token}"})
    assert basic.code == "E-SESS-02"
    cookie = await running.call("GET", "/api/flow", headers={"Cookie": f"token={walk.token}"})
    assert cookie.code == "E-SESS-02"
    in_query = await running.call("GET", f"/api/flow?token={walk.token}")
    assert in_query.status == 400


@pytest.mark.sr("SR-SESS-02")
async def test_only_hashes_of_tokens_are_stored(running: RunningPortal) -> None:
    walk = await at(running, "S-HOME")
    rows = await running.rows(select(tables.flows))
    assert walk.token not in str(rows)
    assert all(old not in str(rows) for old in walk.old_tokens)


async def test_a_suspended_account_is_signed_out_with_its_next_request(running: RunningPortal) -> None:
    walk = await at(running, "S-HOME")
    await running.set_account("demo.grouprep", suspended=True)
    assert (await walk.read()).code == "E-SESS-02"


@pytest.mark.sr("SR-SESS-05")
@given(gaps=st.lists(st.integers(0, 1000), max_size=12))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_a_login_is_never_locked_before_its_limit_and_always_soon_after(
    running: RunningPortal, gaps: list[int]
) -> None:
    running.security.advance(400)
    walk = await (await running.walk(client_id=None)).sign_in("demo.grouprep")
    assert walk.screen.state == "S-HOME"
    for gap in gaps:
        running.security.advance(gap)
        await walk.read()
        assert walk.screen.state == ("S-REAUTH" if gap >= 915 else "S-HOME")
        if walk.screen.state == "S-REAUTH":
            return


async def while_hashing(running: RunningPortal, walk: Walk, between: Callable[[], Awaitable[None]]) -> Call:
    """Send a right password; `between` happens while it is being compared."""
    hasher, run = running.server.engine.services.hasher, running.server.engine.services.hasher.run

    async def slow(work: Callable[[], Any]) -> Any:
        await between()
        return await run(work)

    hasher.run = slow  # type: ignore[method-assign]
    try:
        return await walk.send_password()
    finally:
        hasher.run = run  # type: ignore[method-assign]


async def test_an_attempt_that_ends_while_its_password_is_compared(running: RunningPortal) -> None:
    walk = await at(running, "S-PASS")

    async def time_passes() -> None:
        running.security.advance(900)

    call = await while_hashing(running, walk, time_passes)
    assert (call.code, walk.screen.state) == ("E-FLOW-03", "S-LAND")
    assert await running.failures("demo.grouprep") == 0


async def test_a_portal_that_is_reset_while_a_password_is_compared(running: RunningPortal) -> None:
    walk = await at(running, "S-PASS")

    async def reset() -> None:
        await running.reset()

    call = await while_hashing(running, walk, reset)
    assert (call.status, call.code) == (401, "E-SESS-02")
    assert await running.count(tables.flows) == 0
