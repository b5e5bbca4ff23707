"""Acceptance scenarios marked F of portal-flow 15 that no other test replays, in both front ends.

In this process: the real server, the real client, and each front end whole, without a terminal in between.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from mock_server.access.totp import STEP_S
from mock_server.scenario.personas import AUTHENTICATOR_SECRET, COMMON_PASSWORD
from tests.support.authenticator import totp_code
from tests.support.portal import RunningPortal
from tests.tui.driving import Driven
from tests.tui.plain.stage import Played, Typing
from tests.tui.plain.test_walk import TO_REPORT, server, sign_in, walk
from tests.tui.test_walk import real_app, to_state

DEVICES = {"totp": "1", "sms": "2", "email": "4", "one_time": "5"}
"""Device type -> its number at S-PASS."""
ONE_TIME_CODE = "20486357"


@asynccontextmanager
async def at_password(
    user_id: str, password: str, device: str
) -> AsyncIterator[tuple[Driven, RunningPortal]]:
    """The full screen after Send on S-PASS."""
    async with real_app((80, 24)) as (ui, running):
        await ui.press("enter")
        await to_state(ui, "S-TERMS")
        await ui.press("enter")
        await to_state(ui, "S-USER")
        await ui.type(user_id)
        await ui.press("enter")
        await to_state(ui, "S-PASS")
        await ui.type(password)
        await ui.press("tab", DEVICES[device], "enter")
        yield ui, running


async def enter_code(ui: Driven, code: str | None) -> None:
    """Type a security code and send it."""
    await to_state(ui, "S-CODE")
    await ui.type(code or "")
    await ui.press("enter")


async def signed_in(ui: Driven, running: RunningPortal, user_id: str) -> None:
    """From S-CODE to S-HOME with the code of the mailbox."""
    await to_state(ui, "S-CODE")
    await enter_code(ui, (await running.outbox(user_id))[0].code)


async def in_plain_text(script: Callable[[RunningPortal], list[Typing]], width: int | None = None) -> Played:
    """A whole conversation with plain mode."""
    async with server() as (running, portal):
        return await walk(portal, *script(running), "/quit", "1", width=width)


def authenticator(running: RunningPortal, steps: int = 0) -> Callable[[], Awaitable[str]]:
    """The code that the authenticator app shows, so many steps of 30 s from now."""

    async def code() -> str:
        return totp_code(AUTHENTICATOR_SECRET, running.security.now() + steps * timedelta(seconds=STEP_S))

    return code


async def test_p_terms_01_p_login_01_right_password_and_code_lead_to_my_portal() -> None:
    async with at_password("demo.grouprep", COMMON_PASSWORD, "email") as (ui, running):
        await signed_in(ui, running, "demo.grouprep")
        await to_state(ui, "S-HOME")
        audited = await running.audited()
        assert audited.count("A-LOGIN-OK") == audited.count("A-TERMS-ACCEPT") == 1


async def test_p_login_09_a_dormant_account_is_told_so_after_the_right_password_only() -> None:
    async with at_password("demo.dormant", "wrong password", "email") as (ui, _):
        await ui.until("We could not sign you in")
        await ui.type(COMMON_PASSWORD)
        await ui.press("tab", "tab", "enter")
        await to_state(ui, "S-DISABLED")


async def test_p_login_09_the_same_in_plain_text() -> None:
    async with server() as (_, portal):
        script = ["1", "1", "demo.dormant", "wrong password", "4", COMMON_PASSWORD]
        done = await walk(portal, *script, "/quit", "1", width=None)
    assert sum(line.startswith("Error: We could not sign you in") for line in done.lines) == 1
    assert any(line.startswith("Screen: Account") for line in done.lines)


async def test_p_login_10_an_expired_password_is_changed_before_anything_else() -> None:
    async with at_password("demo.expired", COMMON_PASSWORD, "email") as (ui, running):
        await signed_in(ui, running, "demo.expired")
        await to_state(ui, "S-PWEXP")
        assert {action.id for action in ui.page.actions} <= {"save", "cancel", "help", "logout", "outbox"}


async def test_p_login_10_the_same_in_plain_text() -> None:
    async with server() as (_, portal):
        done = await walk(portal, *sign_in(portal, "demo.expired"), width=None)
    assert any(line.startswith("Screen: ") and "assword" in line for line in done.lines[-12:])
    assert "Screen: My Portal, step 6 of 12" not in done.lines


@pytest.mark.parametrize("steps", [-1, 0, 1])
async def test_p_mfa_10_the_codes_of_three_steps_are_taken_and_each_once(steps: int) -> None:
    async with at_password("demo.totp", COMMON_PASSWORD, "totp") as (ui, running):
        await enter_code(ui, await authenticator(running, steps)())
        await to_state(ui, "S-HOME")
    async with server() as (running, portal):
        script: list[Typing] = ["1", "1", "demo.totp", COMMON_PASSWORD, "1", authenticator(running, steps)]
        again: list[Typing] = ["/logout", "1", *script]
        done = await walk(portal, *script, *again, width=None)
    assert "Screen: My Portal, step 6 of 12" in done.lines
    assert any(line.startswith("Error: That security code is not right.") for line in done.lines)


async def test_p_mfa_14_the_code_of_the_help_desk_works_once() -> None:
    async with at_password("demo.onetime", COMMON_PASSWORD, "one_time") as (ui, _):
        await enter_code(ui, ONE_TIME_CODE)
        await to_state(ui, "S-HOME")
    async with server() as (_, portal):
        once = ["1", "1", "demo.onetime", COMMON_PASSWORD, "5", ONE_TIME_CODE]
        done = await walk(portal, *once, "/logout", "1", *once, width=None)
    assert done.lines.count("Screen: My Portal, step 6 of 12") == 1
    assert any(line.startswith("Error: That security code is not right.") for line in done.lines)


async def test_p_flow_05_typing_in_the_picker_changes_no_step_and_fills_no_audit() -> None:
    async with at_password("demo.bulk", COMMON_PASSWORD, "email") as (ui, running):
        await signed_in(ui, running, "demo.bulk")
        await to_state(ui, "S-HOME")
        await ui.press("1")
        await to_state(ui, "S-ORGTYPE")
        await ui.press("enter")
        await to_state(ui, "S-ORGPICK")
        token = ui.page.step_token
        await ui.press("f3")
        for letter in "yellow wren":
            await ui.type(letter)
            await ui.pilot.pause(0.2)
        await ui.until("YELLOW WREN DEMO PRACTICE 000")
        assert ui.page.step_token == token
        assert "A-ORG-SEARCH" not in await running.audited()
        ui.app.screen.query_one("#available").focus()
        await ui.press("enter")
        await ui.until("* YELLOW WREN")
        assert (await running.audited()).count("A-ORG-SEARCH") == 1


async def test_p_flow_06_a_locked_report_comes_back_at_the_attestation_with_what_was_chosen() -> None:
    async with server() as (running, portal):

        async def after_the_idle_limit() -> str:
            running.security.advance(16 * 60)
            return "/do another_report"

        script: list[Typing] = [*sign_in(portal), *TO_REPORT, after_the_idle_limit, COMMON_PASSWORD]
        done = await walk(portal, *script, width=None)
    locked = done.lines.index("Screen: Confirm your password")
    after = done.lines[locked:]
    assert not any("8,227.70" in line for line in after)
    assert any(line.startswith("Screen: Attestation Message") for line in after)
    assert any("ALDER CREEK DEMO CLINIC LLC:4802, 2011, 2011 PQRS" in line for line in after)


async def test_p_org_02_two_types_are_offered_in_the_order_of_the_portal() -> None:
    async with at_password("demo.multi", COMMON_PASSWORD, "sms") as (ui, running):
        await signed_in(ui, running, "demo.multi")
        await to_state(ui, "S-HOME")
        await ui.press("1")
        await to_state(ui, "S-ORGTYPE")
        assert ui.words.index("1 Practices (2)") < ui.words.index("2 APM Entities (1)")
    async with server() as (_, portal):
        done = await walk(portal, *sign_in(portal, "demo.multi", "2"), "1", width=None)
    assert [line for line in done.lines if "Practices (2)" in line or "APM Entities (1)" in line] == [
        "1. Practices (2)",
        "2. APM Entities (1)",
    ]
