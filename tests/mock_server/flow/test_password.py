"""User ID and password: limits, locks, and that nobody can tell who exists (portal-flow 3.4, 15.2)."""

import asyncio
import json
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from mock_server.access.passwords import PasswordHasher
from mock_server.figures import Figures
from mock_server.scenario.personas import COMMON_PASSWORD
from mock_server.store import tables
from tests.support.portal import Call, RunningPortal, Walk, portal


def body_bytes(call: Call) -> bytes:
    """The answer without what is meant to differ: step token and request id (SR-AUTH-09)."""
    text = json.dumps(call.body)
    for part in (call.body.get("data", {}).get("screen", {}), call.body.get("error") or {}):
        for name in ("step_token", "request_id"):
            if part.get(name):
                text = text.replace(part[name], "")
    return text.encode()


async def wrong(walk: Walk, times: int = 1) -> Call:
    """So many wrong passwords on S-PASS."""
    for _ in range(times):
        await walk.send_password(password="not-the-password")
    return walk.last


@pytest.mark.scenario("P-LOGIN-01")
async def test_p_login_01_password_and_mailed_code_sign_in(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_code("demo.grouprep", "email")
    assert walk.screen.state == "S-CODE"
    await walk.act("log_in", code=await walk.code("demo.grouprep"))
    assert walk.screen.state == "S-HOME"
    assert "Hello, Juno." in walk.screen.intro[0]
    [record] = await running.audit_records("A-LOGIN-OK")
    assert record.actor == f"acct:{await running.account_id('demo.grouprep')}"
    assert (await running.audited())[-4:] == ["A-PW-OK", "A-MFA-SENT", "A-MFA-OK", "A-LOGIN-OK"]


@pytest.mark.scenario("P-LOGIN-02")
async def test_p_login_02_wrong_password_keeps_the_device_type_only(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_password("demo.grouprep")
    call = await wrong(walk)
    assert (call.status, call.code, walk.screen.state) == (401, "E-AUTH-01", "S-PASS")
    password, mfa_type = walk.screen.fields
    assert password.value is None
    assert mfa_type.value == "email"
    [record] = await running.audit_records("A-PW-FAIL")
    assert record.details["reason"] == "bad_password"


@pytest.mark.scenario("P-LOGIN-03")
@pytest.mark.sr("SR-AUTH-09")
@pytest.mark.parametrize("other", ["demo.ghost", "demo.suspended", "no.such.person"])
async def test_p_login_03_unknown_accounts_get_the_same_bytes(running: RunningPortal, other: str) -> None:
    known = await (await running.walk()).to_password("demo.grouprep")
    unknown = await (await running.walk()).to_password(other)
    first, second = await wrong(known), await wrong(unknown)
    assert first.status == second.status
    assert body_bytes(first) == body_bytes(second)
    headers = [sorted(set(call.headers) - {"x-request-id"}) for call in (first, second)]
    assert headers[0] == headers[1]


@pytest.mark.sr("SR-AUTH-10")
async def test_unknown_accounts_cost_one_hash_as_known_ones_do(
    running: RunningPortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[bool] = []
    verify = PasswordHasher.verify

    def counted(self: PasswordHasher, stored: str | None, password: str) -> bool:
        compared.append(stored is not None)
        return verify(self, stored, password)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    for user_id in ("demo.grouprep", "demo.ghost", "demo.suspended"):
        await wrong(await (await running.walk()).to_password(user_id))
    assert compared == [True, False, False]


@pytest.mark.scenario("P-LOGIN-04")
@pytest.mark.sr("SR-AUTH-05")
async def test_p_login_04_the_fifth_failure_makes_one_wait(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_password("demo.grouprep")
    for _ in range(5):
        assert (await wrong(walk)).code == "E-AUTH-01"
    for password in ("not-the-password", COMMON_PASSWORD):
        call = await walk.send_password(password=password)
        assert (call.status, call.code, call.headers["retry-after"]) == (429, "E-AUTH-02", "30")
        assert "30 seconds" in walk.screen.errors[0].text
    assert await running.failures("demo.grouprep") == 5
    running.security.advance(29.5)
    assert (await walk.send_password()).headers["retry-after"] == "1"
    running.security.advance(0.5)
    await walk.send_password()
    assert walk.screen.state == "S-CODE"


@pytest.mark.scenario("P-LOGIN-05")
@pytest.mark.sr("SR-AUTH-07")
async def test_p_login_05_a_script_of_25_tries_gives_unknown_ids_the_same(running: RunningPortal) -> None:
    answers: list[list[bytes]] = [[], []]
    walks = [await (await running.walk()).to_password(user) for user in ("demo.grouprep", "demo.ghost")]
    for number in range(25):
        for walk, kept in zip(walks, answers, strict=True):
            call = await wrong(walk)
            kept.append(body_bytes(call) + call.headers.get("retry-after", "").encode())
        running.security.advance(31 if number % 2 else 10)
    assert answers[0] == answers[1]
    assert any(b"E-AUTH-02" in answer for answer in answers[0])


@pytest.mark.scenario("P-LOGIN-06")
@pytest.mark.sr("SR-AUTH-06")
async def test_p_login_06_the_twentieth_failure_locks_for_good(running: RunningPortal) -> None:
    waits = Figures().auth
    failures = 0
    while failures < 20:
        walk = await (await running.walk()).to_password("demo.grouprep")
        call = await wrong(walk)
        failures += 1
        assert call.code == ("E-AUTH-01" if failures < 20 else "E-AUTH-03")
        running.security.advance(waits.wait_after(failures))
    assert (await running.audited()).count("A-LOCK") == 1
    running.security.advance(86_400)
    walk = await (await running.walk()).to_password("demo.grouprep")
    assert (await walk.send_password()).code == "E-AUTH-03"
    assert await running.failures("demo.grouprep") == 20
    [told] = await running.outbox("demo.grouprep")
    assert "locked" in told.body
    # Unlocking by a password reset belongs to the account life cycle (P-ACCT-03).


@pytest.mark.scenario("P-LOGIN-07")
async def test_p_login_07_only_a_complete_login_resets_the_counter(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_password("demo.grouprep")
    await wrong(walk, 4)
    await walk.send_password()
    assert walk.screen.state == "S-CODE"
    assert await running.failures("demo.grouprep") == 4
    await walk.act("change_device")
    assert (await wrong(walk)).code == "E-AUTH-01"
    assert (await wrong(walk)).code == "E-AUTH-02"

    running.security.advance(30)
    await walk.send_password()
    await walk.act("log_in", code=await walk.code("demo.grouprep"))
    assert walk.screen.state == "S-HOME"
    assert await running.failures("demo.grouprep") == 0
    again = await (await running.walk()).to_password("demo.grouprep")
    await wrong(again, 4)
    await again.send_password()
    assert again.screen.state == "S-CODE"


@pytest.mark.scenario("P-LOGIN-08")
async def test_p_login_08_locked_is_said_before_the_password_is_looked_at(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_password("demo.locked")
    call = await walk.send_password()
    assert (call.status, call.code, walk.screen.state) == (403, "E-AUTH-03", "S-PASS")
    [record] = await running.audit_records("A-PW-FAIL")
    assert record.details["reason"] == "locked"
    for failures in range(1, 21):
        ghost = await (await running.walk()).to_password("demo.ghost")
        await wrong(ghost)
        running.security.advance(Figures().auth.wait_after(failures))
    ghost = await (await running.walk()).to_password("demo.ghost")
    assert body_bytes(await ghost.send_password()) != b""
    assert ghost.codes == ["E-AUTH-03"]
    assert [error.text for error in ghost.screen.errors] == [error.text for error in walk.screen.errors]


@pytest.mark.scenario("P-LOGIN-09")
async def test_p_login_09_dormant_accounts_show_only_after_the_right_password(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_password("demo.dormant")
    assert (await wrong(walk)).code == "E-AUTH-01"
    call = await walk.send_password()
    assert (call.status, walk.screen.state) == (200, "S-DISABLED")
    assert "Quality Payment Program" in " ".join(walk.screen.intro)
    assert "A-LOGIN-DISABLED" in await running.audited()
    await walk.act("help")
    await walk.act("back")
    assert walk.screen.state == "S-DISABLED"
    await walk.act("cancel")
    assert walk.screen.state == "S-LAND"


@pytest.mark.scenario("P-LOGIN-10")
async def test_p_login_10_an_expired_password_can_only_be_changed(running: RunningPortal) -> None:
    walk = await (await running.walk()).sign_in("demo.expired")
    assert walk.screen.state == "S-PWEXP"
    assert walk.screen.login is None
    assert await running.count(tables.logins) == 0
    for state in ("S-HOME", "S-ORGPICK", "S-RPTSEL", "S-REPORT"):
        call = await walk.act("next", state=state)
        assert (call.code, walk.screen.state) == ("E-SESS-02", "S-PWEXP")
    for path in ("/api/reports/x", "/api/files/x"):
        assert (await running.call("GET", path, walk.token)).code == "E-SESS-02"
    listed = await running.call("POST", "/api/flow/list", walk.token, json={})
    assert listed.code == "E-SESS-02"
    assert set(walk.offered) == {"save", "cancel", "help", "outbox"}


@pytest.mark.scenario("P-LOGIN-11")
async def test_p_login_11_expiring_passwords_are_warned_about(running: RunningPortal) -> None:
    walk = await (await running.walk()).sign_in("demo.expiring")
    [warning] = [notice for notice in walk.screen.notices if notice.code == "N-PW-01"]
    assert "5 days" in warning.text
    other = await (await running.walk()).sign_in("demo.grouprep")
    assert "N-PW-01" not in other.notices


@pytest.mark.scenario("P-LOGIN-12")
async def test_p_login_12_suspended_looks_like_a_wrong_password(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_password("demo.suspended")
    assert (await walk.send_password()).code == "E-AUTH-01"
    [record] = await running.audit_records("A-PW-FAIL")
    assert record.details["reason"] == "suspended"


@pytest.mark.scenario("P-LOGIN-13")
@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"password": COMMON_PASSWORD}, ["mfa_type"]),
        ({"mfa_type": "email"}, ["password"]),
        ({}, ["password", "mfa_type"]),
    ],
)
async def test_p_login_13_send_needs_both_fields(
    running: RunningPortal, values: dict[str, str], missing: list[str]
) -> None:
    walk = await (await running.walk()).to_password("demo.grouprep")
    await walk.act("send", **values)
    assert [(error.code, error.field) for error in walk.screen.errors] == [
        ("E-VAL-01", name) for name in missing
    ]
    assert await running.failures("demo.grouprep") == 0


@pytest.mark.scenario("P-LOGIN-14")
async def test_p_login_14_a_sign_in_attempt_lives_fifteen_minutes(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_password("demo.grouprep")
    running.security.advance(900)
    call = await walk.send_password()
    assert (call.status, call.code, walk.screen.state) == (401, "E-FLOW-03", "S-LAND")
    assert await running.count(tables.attempts) == 0


@pytest.mark.scenario("P-LOGIN-14")
async def test_p_login_14_stay_renews_it_ten_times(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_password("demo.grouprep")
    for _ in range(10):
        running.security.advance(14 * 60)
        call = await walk.act("stay")
        assert call.status == 200
    assert "stay" not in walk.offered
    call = await walk.act("stay")
    assert (call.code, walk.screen.state) == ("E-FLOW-02", "S-PASS")


@pytest.mark.scenario("P-LOGIN-14")
async def test_p_login_14_the_attempt_never_ends_before_its_code(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_password("demo.grouprep")
    running.security.advance(14 * 60)
    await walk.send_password()
    assert "stay" not in walk.offered
    running.security.advance(9 * 60 + 59)
    await walk.act("log_in", code=await walk.code("demo.grouprep"))
    assert walk.screen.state == "S-HOME"


@pytest.mark.scenario("P-LOGIN-15")
async def test_p_login_15_cancel_voids_the_code(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_code("demo.grouprep")
    code = await walk.code("demo.grouprep")
    await walk.act("cancel")
    assert walk.screen.state == "S-LAND"
    [message] = await running.outbox("demo.grouprep")
    assert not message.live
    running.security.advance(30)
    again = await (await running.walk()).to_code("demo.grouprep")
    call = await again.act("log_in", code=code)
    assert call.code == "E-MFA-04"


@pytest.mark.scenario("P-LOGIN-16")
@pytest.mark.sr("SR-AUTH-08")
async def test_p_login_16_two_hundred_failures_block_the_address(running: RunningPortal) -> None:
    start = running.security.now()
    earlier = [{"address": "127.0.0.1", "at": start + timedelta(seconds=2 * n)} for n in range(196)]
    await running.execute(insert(tables.source_failures).values(earlier))  # over six and a half minutes
    running.security.advance(400)
    walk = await (await running.walk()).to_password("demo.ghost")
    other = await (await running.walk()).to_password("demo.solo")
    for _ in range(4):
        assert (await wrong(walk)).code == "E-AUTH-01"
    call = await other.send_password()
    assert (call.status, call.code, call.headers["retry-after"]) == (429, "E-AUTH-05", "300")
    assert await running.failures("demo.solo") == 0
    forged = await running.call(
        "POST",
        "/api/flow/act",
        other.token,
        headers={"X-Forwarded-For": "203.0.113.9"},
        json={
            "state": "S-PASS",
            "step_token": other.screen.step_token,
            "action": "send",
            "values": {"password": COMMON_PASSWORD, "mfa_type": "email"},
        },
    )
    assert forged.code == "E-AUTH-05"
    await other.read()
    running.security.advance(300)
    await other.send_password()
    assert other.screen.state == "S-CODE"


@pytest.mark.scenario("P-LOGIN-16")
async def test_p_login_16_successes_never_block_the_address(running: RunningPortal) -> None:
    for _ in range(3):
        walk = await (await running.walk()).sign_in("demo.totp")
        assert walk.screen.state == "S-HOME"
        running.security.advance(90)
    assert await running.count(tables.source_failures) == 0


@pytest.mark.sr("SR-AUTH-05")
async def test_a_hundred_parallel_wrong_passwords_run_five_hashes(
    running: RunningPortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []
    verify = PasswordHasher.verify

    def counted(self: PasswordHasher, stored: str | None, password: str) -> bool:
        compared.append(password)
        return verify(self, stored, password)

    walks = [await (await running.walk()).to_password("demo.grouprep") for _ in range(30)]
    monkeypatch.setattr(PasswordHasher, "verify", counted)
    calls = await asyncio.gather(*(wrong(walk) for walk in walks))
    assert len(compared) == 5
    assert sorted(str(call.code) for call in calls) == ["E-AUTH-01"] * 5 + ["E-AUTH-02"] * 25
    assert await running.failures("demo.grouprep") == 5


@pytest.mark.sr("SR-AUTH-18")
async def test_a_login_after_five_failures_is_told_to_its_owner(running: RunningPortal) -> None:
    walk = await (await running.walk("plain")).to_password("demo.grouprep")
    await wrong(walk, 5)
    running.security.advance(30)
    await walk.send_password()
    await walk.act("log_in", code=await walk.code("demo.grouprep"))
    told = [notice.text for notice in walk.screen.notices if notice.code == "N-SEC-01"]
    assert len(told) == 1
    assert "5 unsuccessful tries" in told[0]
    assert "2018-10-01 10:00 ET" in told[0]
    assert "plain" in told[0]
    notices = [message for message in await running.outbox("demo.grouprep") if message.code is None]
    assert len(notices) == 1
    assert "127.0.0.1" in notices[0].body
    assert "Failed tries since: 5" in walk.screen.intro[0]


@pytest.mark.sr("SR-AUTH-18")
async def test_a_login_after_long_disuse_is_told_to_its_owner(running: RunningPortal) -> None:
    day = timedelta(days=1)
    now = running.server.business.now()
    await running.set_account("demo.grouprep", last_login_at=now - 31 * day)
    walk = await (await running.walk()).sign_in("demo.grouprep")
    assert walk.notices.count("N-SEC-01") == 1
    await running.set_account("demo.solo", last_login_at=now - 30 * day)
    other = await (await running.walk()).sign_in("demo.solo")
    assert "N-SEC-01" not in other.notices


@pytest.mark.sr("SR-AUTH-04")
async def test_outdated_hashes_are_replaced_at_a_right_password() -> None:
    async with portal() as running:
        from argon2 import PasswordHasher as Argon2

        older = Argon2(time_cost=2, memory_cost=16, parallelism=1).hash(COMMON_PASSWORD)
        await running.set_account("demo.grouprep", password_hash=older)
        await (await running.walk()).sign_in("demo.grouprep")
        column = tables.accounts.c.password_hash
        [row] = await running.rows(select(column).where(tables.accounts.c.user_id == "demo.grouprep"))
        assert row[0] != older
        assert "m=8,t=1,p=1" in row[0]
        again = await (await running.walk()).to_password("demo.grouprep")
        running.security.advance(30)
        await again.send_password()
        assert again.screen.state == "S-CODE"
