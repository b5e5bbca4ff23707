"""The whole walk by keyboard against the real server in this process, from the first page to the report."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from client.portal import Portal
from client.settings import Settings
from tests.support.portal import RunningPortal, portal
from tests.tui.driving import Driven
from tests.tui.fakes import ScriptedPortal
from tests.tui.pages import LAND
from tui.full_screen import QportalApp
from tui.screens.portal import PortalScreen
from tui.widgets.action_bar import ActionButton

PASSWORD = "Walnut-Harbor-2468"


@asynccontextmanager
async def real_app(size: tuple[int, int]) -> AsyncIterator[tuple[Driven, RunningPortal]]:
    """The app on a real server."""
    async with portal() as running:
        transport = running.http._transport

        async def connect() -> Portal:
            return Portal("http://127.0.0.1", transport=transport)

        app = QportalApp(connect, Settings(), client_id="test-installation")
        app.commit_delay_s = 0.0
        async with app.run_test(size=size) as pilot:
            ui = Driven(app, ScriptedPortal(LAND), pilot)
            await ui.until("Login to CMS Secure Portal")
            yield ui, running


async def to_state(ui: Driven, state: str) -> None:
    """Wait until the page of a state is drawn."""
    for _ in range(500):
        base = ui.app.base
        if isinstance(base, PortalScreen) and base.page.state == state and ui.app._visible_since is not None:
            await ui.settle()
            return
        await ui.pilot.pause(0.01)
    raise AssertionError(f"{state} never came:\n{ui.text}")


async def every_action_is_offered(ui: Driven) -> None:
    """The Actions menu has each action of the page, and the help desk last (A11Y-HELP-04)."""
    await ui.press("ctrl+o")
    offered = [button.action.id for button in ui.app.screen.query(ActionButton)]
    assert {action.id for action in ui.page.actions} <= set(offered)
    if ui.page.action("help") is not None:
        assert offered[-1] == "help"
    await ui.press("escape")


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_from_the_first_page_to_table_1_by_keyboard(size: tuple[int, int]) -> None:
    async with real_app(size) as (ui, running):
        seen = []

        async def at(state: str) -> None:
            await to_state(ui, state)
            await every_action_is_offered(ui)
            seen.append(state)

        await at("S-LAND")
        await ui.press("enter")
        await at("S-TERMS")
        await ui.press("enter")
        await at("S-USER")
        await ui.type("demo.grouprep")
        await ui.press("enter")
        await at("S-PASS")
        await ui.type(PASSWORD)
        await ui.press("tab", "4", "enter")
        await at("S-CODE")
        await ui.press("f2")
        await ui.until("Code: ")
        await ui.press("escape")
        code = (await running.outbox("demo.grouprep"))[0].code
        assert code is not None
        await ui.type(code)
        await ui.press("enter")
        await at("S-HOME")
        await ui.press("1")
        await at("S-ORGTYPE")
        await ui.press("enter")
        await at("S-ORGPICK")
        ui.app.screen.query_one("#available").focus()
        await ui.press("enter")
        await ui.press("ctrl+o", "1")
        await at("S-RPTSEL")
        await ui.press("4", "tab", "1", "tab", "1", "enter")
        await at("S-ATTEST")
        await ui.press("1", "enter", "enter")
        await at("S-RUN")
        await ui.press("enter")
        await to_state(ui, "S-REPORT")
        await ui.until("$8,227.70")
        assert seen[0] == "S-LAND"
        assert len(seen) == 11


async def test_p_terms_02_declining_leads_back_and_says_so() -> None:
    async with real_app((80, 24)) as (ui, _running):
        await ui.press("enter")
        await to_state(ui, "S-TERMS")
        await ui.press("escape")
        await to_state(ui, "S-LAND")
        assert "You declined the terms. Nothing was stored." in ui.words


async def test_p_login_02_a_wrong_password_is_emptied_and_the_device_type_stays() -> None:
    async with real_app((80, 24)) as (ui, _running):
        await ui.press("enter")
        await to_state(ui, "S-TERMS")
        await ui.press("enter")
        await to_state(ui, "S-USER")
        await ui.type("demo.grouprep")
        await ui.press("enter")
        await to_state(ui, "S-PASS")
        await ui.type("not the password")
        await ui.press("tab", "4", "enter")
        await ui.until("We could not sign you in with this User ID and password.")
        assert ui.field("password").value == ""
        assert ui.field("mfa_type").value == "email"
        assert ui.focused == "field-password"
