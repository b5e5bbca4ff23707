"""Each figure of the settings rules what it says: changed there, the portal follows (SR-META-02)."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from mock_server.figures import Figures
from mock_server.store import tables
from tests.support.portal import ONE_TIME_CODE, RunningPortal, Walk, portal
from tests.support.stations import at

Check = Callable[[RunningPortal], Awaitable[None]]
EFFECTS: dict[str, tuple[int, Check]] = {}
"""Key of the figure -> another value than the default, and what must follow from it."""


def effect(key: str, value: int) -> Callable[[Check], Check]:
    """Declare what follows when a figure has that value."""

    def declare(check: Check) -> Check:
        EFFECTS[key] = (value, check)
        return check

    return declare


async def wrong(running: RunningPortal, times: int, user_id: str = "demo.grouprep") -> Walk:
    """So many wrong passwords, one after the other."""
    walk = await (await running.walk()).to_password(user_id)
    for _ in range(times):
        await walk.send_password(password="not-the-password")
    return walk


async def new_password(running: RunningPortal, password: str) -> list[str]:
    """Codes of a new password at S-PWEXP."""
    walk = await at(running, "S-PWEXP")
    await walk.act("save", new_password=password, confirm_password=password)
    return walk.codes


async def age_password(running: RunningPortal, days: int) -> Walk:
    """Sign in with a password of that age."""
    set_at = running.server.business.now() - timedelta(days=days)
    await running.set_account("demo.grouprep", password_set_at=set_at)
    return await (await running.walk()).sign_in("demo.grouprep")


@effect("auth.password_min", 16)
async def _password_min(running: RunningPortal) -> None:
    assert await new_password(running, "fifteen letters") == ["E-PW-01"]
    assert await new_password(running, "sixteen letters!") == []


@effect("auth.password_max", 64)
async def _password_max(running: RunningPortal) -> None:
    assert await new_password(running, "ab c" * 16 + "d") == ["E-PW-01"]
    walk = await at(running, "S-PASS")
    await walk.send_password(password="x" * 65)
    assert walk.codes == ["E-VAL-02"]


@effect("auth.password_max_age_days", 30)
async def _password_max_age_days(running: RunningPortal) -> None:
    assert (await age_password(running, 29)).screen.state == "S-HOME"
    running.security.advance(30)
    walk = await age_password(running, 30)
    assert walk.screen.state == "S-PWEXP"
    assert "30 days" in walk.screen.intro[0]


@effect("auth.password_warn_day", 10)
async def _password_warn_day(running: RunningPortal) -> None:
    walk = await at(running, "S-HOME")
    assert any("40 days" in notice.text for notice in walk.screen.notices if notice.code == "N-PW-01")


@effect("auth.password_history", 0)
async def _password_history(running: RunningPortal) -> None:
    assert await new_password(running, "Walnut-Harbor-2468") == []


@effect("auth.inactive_disable_days", 2)
async def _inactive_disable_days(running: RunningPortal) -> None:
    walk = await at(running, "S-PASS")
    await walk.send_password()
    assert walk.screen.state == "S-DISABLED"
    assert "2 days" in walk.screen.intro[0]


@effect("auth.disuse_notice_days", 1)
async def _disuse_notice_days(running: RunningPortal) -> None:
    assert "N-SEC-01" in (await at(running, "S-HOME")).notices


@effect("auth.failures_notice", 1)
async def _failures_notice(running: RunningPortal) -> None:
    await wrong(running, 1)
    assert "N-SEC-01" in (await at(running, "S-HOME")).notices


@effect("auth.wrong_codes_notice", 1)
async def _wrong_codes_notice(running: RunningPortal) -> None:
    walk = await at(running, "S-CODE")
    await walk.act("log_in", code="000000")
    assert any(message.code is None for message in await running.outbox("demo.grouprep"))


@effect("auth.lock_first", 3)
async def _lock_first(running: RunningPortal) -> None:
    assert (await wrong(running, 4)).codes == ["E-AUTH-02"]


@effect("auth.lock_base_s", 7)
async def _lock_base_s(running: RunningPortal) -> None:
    assert (await wrong(running, 6)).last.headers["retry-after"] == "7"


@effect("auth.lock_cap_s", 60)
async def _lock_cap_s(running: RunningPortal) -> None:
    walk = await wrong(running, 5)
    for _ in range(3):
        running.security.advance(60)
        await walk.send_password(password="not-the-password")
    assert walk.codes == ["E-AUTH-01"]
    await walk.send_password()
    assert walk.last.headers["retry-after"] == "60"


@effect("auth.lock_hard", 5)
async def _lock_hard(running: RunningPortal) -> None:
    assert (await wrong(running, 5)).codes == ["E-AUTH-03"]


@effect("auth.ip_failures", 20)
async def _ip_failures(running: RunningPortal) -> None:
    for number in range(5):
        await wrong(running, 4, f"nobody-{number}")
    walk = await at(running, "S-PASS")
    assert (await walk.send_password()).code == "E-AUTH-05"


@effect("auth.ip_window_s", 60)
async def _ip_window_s(running: RunningPortal) -> None:
    start = running.security.now()
    earlier = [{"address": "127.0.0.1", "at": start} for _ in range(199)]
    await running.execute(tables.source_failures.insert().values(earlier))
    running.security.advance(60)
    await wrong(running, 1)
    walk = await at(running, "S-PASS")
    await walk.send_password()
    assert walk.screen.state == "S-CODE"


@effect("auth.ip_block_s", 5)
async def _ip_block_s(running: RunningPortal) -> None:
    earlier = [{"address": "127.0.0.1", "at": running.security.now()} for _ in range(199)]
    await running.execute(tables.source_failures.insert().values(earlier))
    await wrong(running, 1)
    walk = await at(running, "S-PASS")
    assert (await walk.send_password()).headers["retry-after"] == "5"


@effect("mfa.code_digits", 8)
async def _code_digits(running: RunningPortal) -> None:
    walk = await at(running, "S-CODE")
    code = await walk.code("demo.grouprep")
    assert len(code) == 8
    assert walk.screen.fields[0].hint == "8 digits"
    await walk.act("log_in", code=code)
    assert walk.screen.state == "S-HOME"


@effect("mfa.code_ttl_s", 60)
async def _code_ttl_s(running: RunningPortal) -> None:
    walk = await at(running, "S-CODE")
    code = await walk.code("demo.grouprep")
    assert "1 minute" in walk.screen.notices[0].text
    assert "1 minute" in (await running.outbox("demo.grouprep"))[0].body
    running.security.advance(60)
    assert (await walk.act("log_in", code=code)).code == "E-MFA-05"


@effect("mfa.code_tries", 1)
async def _code_tries(running: RunningPortal) -> None:
    walk = await at(running, "S-CODE")
    await walk.act("log_in", code="000000")
    assert ": 0." in walk.screen.errors[0].text
    assert (await walk.act("log_in", code="000000")).code == "E-MFA-06"


@effect("mfa.resend_min_s", 100)
async def _resend_min_s(running: RunningPortal) -> None:
    walk = await at(running, "S-CODE")
    assert (await walk.act("resend")).headers["retry-after"] == "100"


@effect("mfa.sends_per_attempt", 1)
async def _sends_per_attempt(running: RunningPortal) -> None:
    walk = await at(running, "S-CODE")
    running.security.advance(30)
    assert (await walk.act("resend")).code == "E-MFA-08"


@effect("mfa.sends_per_hour", 1)
async def _sends_per_hour(running: RunningPortal) -> None:
    await at(running, "S-CODE")
    walk = await at(running, "S-PASS")
    assert (await walk.send_password()).code == "E-MFA-08"


@effect("mfa.send_window_s", 60)
async def _send_window_s(running: RunningPortal) -> None:
    for _ in range(12):
        await at(running, "S-CODE")
        running.security.advance(31)


@effect("mfa.tx_ttl_s", 600)
async def _tx_ttl_s(running: RunningPortal) -> None:
    walk = await at(running, "S-PASS")
    assert "10 minutes more" in walk.screen.deadlines[0].notice
    running.security.advance(600)
    assert (await walk.send_password()).code == "E-FLOW-03"


@effect("mfa.tx_renewals", 1)
async def _tx_renewals(running: RunningPortal) -> None:
    walk = await at(running, "S-PASS")
    await walk.act("stay")
    assert (await walk.act("stay")).code == "E-FLOW-02"


@effect("mfa.tx_warn_s", 30)
async def _tx_warn_s(running: RunningPortal) -> None:
    assert (await at(running, "S-USER")).screen.deadlines[0].warn_s == [30]


async def authenticator(running: RunningPortal, step: int) -> list[str]:
    """Codes of an authenticator entry so many steps away."""
    from mock_server.scenario.personas import AUTHENTICATOR_SECRET
    from tests.support.authenticator import totp_code

    walk = await (await running.walk()).to_code("demo.totp", "totp")
    code = totp_code(AUTHENTICATOR_SECRET, running.security.now() + timedelta(seconds=30 * step))
    await walk.act("log_in", code=code)
    return walk.codes


@effect("mfa.totp_back", 0)
async def _totp_back(running: RunningPortal) -> None:
    assert await authenticator(running, -1) == ["E-MFA-04"]
    assert await authenticator(running, 1) == []


@effect("mfa.totp_ahead", 0)
async def _totp_ahead(running: RunningPortal) -> None:
    assert await authenticator(running, 1) == ["E-MFA-04"]
    assert await authenticator(running, -1) == []


@effect("mfa.otsc_digits", 6)
async def _otsc_digits(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_code("demo.onetime", "otsc")
    assert walk.screen.fields[0].hint.startswith("6 digits")
    assert (await walk.act("log_in", code=ONE_TIME_CODE)).code == "E-VAL-03"


@effect("mfa.otsc_ttl_s", 60)
async def _otsc_ttl_s(running: RunningPortal) -> None:
    running.security.advance(60)
    walk = await (await running.walk()).to_code("demo.onetime", "otsc")
    assert (await walk.act("log_in", code=ONE_TIME_CODE)).code == "E-MFA-04"


@effect("mfa.otsc_tries", 1)
async def _otsc_tries(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_code("demo.onetime", "otsc")
    await walk.act("log_in", code="12345678")
    assert (await walk.act("log_in", code=ONE_TIME_CODE)).code == "E-MFA-06"


@effect("mfa.recovery_chars", 20)
async def _recovery_chars(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_code("demo.onetime", "otsc")
    assert (await walk.act("log_in", code="A" * 16)).code == "E-VAL-03"
    assert (await walk.act("log_in", code="A" * 20)).code == "E-MFA-04"


@effect("session.idle_s", 300)
async def _idle_s(running: RunningPortal) -> None:
    walk = await at(running, "S-HOME")
    running.security.advance(300)
    await walk.read(background=True)
    assert "5 minutes" in walk.screen.intro[0]


@effect("session.absolute_s", 900)
async def _absolute_s(running: RunningPortal) -> None:
    walk = await at(running, "S-HOME")
    running.security.advance(900)
    call = await walk.read()
    assert call.code == "E-SESS-01"
    assert "15 minutes" in call.body["error"]["message"]


@effect("session.idle_warn_s", 30)
async def _idle_warn_s(running: RunningPortal) -> None:
    assert (await at(running, "S-HOME")).screen.deadlines[0].warn_s == [30, 20]


@effect("session.absolute_warn_s", 60)
async def _absolute_warn_s(running: RunningPortal) -> None:
    assert (await at(running, "S-HOME")).screen.deadlines[1].warn_s == [60]


@effect("session.touch_s", 0)
async def _touch_s(running: RunningPortal) -> None:
    walk = await at(running, "S-HOME")
    running.security.advance(900)
    await walk.read()
    assert walk.screen.state == "S-REAUTH"


@effect("session.max_per_account", 1)
async def _max_per_account(running: RunningPortal) -> None:
    first = await at(running, "S-HOME")
    running.security.advance(30)
    second = await at(running, "S-HOME")
    assert any("1 sign-ins" in notice.text for notice in second.screen.notices)
    assert (await first.read()).code == "E-SESS-02"


@effect("session.attestation_s", 60)
async def _attestation_s(running: RunningPortal) -> None:
    walk = await at(running, "S-RUN")
    running.security.advance(60)
    assert (await walk.act("run_document")).code == "E-ATT-03"


@effect("session.replay_s", 5)
async def _replay_s(running: RunningPortal) -> None:
    walk = await at(running, "S-CODE")
    body = {
        "state": "S-CODE",
        "step_token": walk.screen.step_token,
        "action": "log_in",
        "values": {"code": await walk.code("demo.grouprep")},
    }
    await running.call("POST", "/api/flow/act", walk.token, json=body)
    running.security.advance(5)
    assert (await running.call("POST", "/api/flow/act", walk.token, json=body)).code == "E-SESS-02"


@effect("portal.user_id_min", 12)
async def _user_id_min(running: RunningPortal) -> None:
    walk = await at(running, "S-USER")
    assert walk.screen.fields[0].hint == "12 to 74 characters"
    assert (await walk.act("next", user_id="elevenchars")).code == "E-VAL-03"


@effect("portal.user_id_max", 32)
async def _user_id_max(running: RunningPortal) -> None:
    walk = await at(running, "S-USER")
    assert (await walk.act("next", user_id="x" * 33)).code == "E-VAL-02"


@effect("portal.picker_page", 10)
async def _picker_page(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_picker("demo.bulk")
    assert walk.screen.table is not None
    assert walk.screen.table.pager == "1 - 10 of 310184"
    call = await running.call("POST", "/api/flow/list", walk.token, json={"limit": 11})
    assert call.status == 422


@effect("portal.search_max", 5)
async def _search_max(running: RunningPortal) -> None:
    walk = await at(running, "S-ORGPICK")
    assert (await walk.act("search", search="alders")).code == "E-VAL-02"
    call = await running.call("POST", "/api/flow/list", walk.token, json={"search": "alders"})
    assert call.code == "E-VAL-02"


@effect("portal.outbox_rows", 1)
async def _outbox_rows(running: RunningPortal) -> None:
    walk = await at(running, "S-CODE")
    running.security.advance(30)
    await walk.act("resend")
    assert len(await running.outbox("demo.grouprep")) == 1


@effect("portal.client_id_max", 3)
async def _client_id_max(running: RunningPortal) -> None:
    call = await running.call("POST", "/api/flow", json={"client": "api", "client_id": "four"})
    assert call.status == 422


ELSEWHERE = {
    "auth.argon2": "test_passwords",
    "auth.hash_queue": "test_passwords",
    "auth.hash_wait_s": "test_passwords",
    "auth.throttle_idle_s": "test_housekeeping",
    "session.idle_warn_again_s": "part of session.idle_warn_s",
    "session.poll_s": "test_flow_routes",
    "portal.run_timeout_s": "test_reports (P-RUN-04)",
}
"""Figures with their effect shown in another module."""


@pytest.mark.sr("SR-META-02")
@pytest.mark.parametrize("key", EFFECTS)
async def test_behaviour_follows_the_figure(key: str) -> None:
    value, check = EFFECTS[key]
    figures = Figures().with_values({key: value})
    assert figures != Figures()
    async with portal(figures=figures) as running:
        await check(running)


def test_every_figure_of_the_workflow_has_an_effect() -> None:
    groups = {
        "auth": Figures().auth,
        "mfa": Figures().mfa,
        "session": Figures().session,
        "portal": Figures().portal,
    }
    keys = {f"{name}.{figure}" for name, group in groups.items() for figure in group.names()}
    assert keys - set(EFFECTS) - set(ELSEWHERE) == set()
