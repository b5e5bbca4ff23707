"""Staying signed in on this computer (W-10, SR-CLI-02, SSH-KEY-03): a Journey with a memory."""

import asyncio
import json
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from client.errors import PortalUnreachable
from client.journey import Journey
from client.keychain import LONGEST_VALUE, SystemKeychain
from client.messages.screen import Screen
from client.remembered import LAST_ACCOUNT, NO_KEY_STORE, RememberedLogin
from tests.client.key_stores import Forgetful, Half, Hanging, Raising, Store, as_backend
from tests.client.scripted import NOW, Answer, Script, flow, login, portal, refused, screen

SERVICE = "qportal https://portal.example"
ACCOUNT = "demo.grouprep"
HOME = screen("S-HOME", "step-2", login=login(ACCOUNT))
LOCKED = screen("S-REAUTH", "step-3", login=login(ACCOUNT))
LANDING = screen("S-LAND", "step-1")


def memory(
    store: object, *, now: datetime = NOW - timedelta(hours=1), limit_s: float = 5.0
) -> RememberedLogin:
    keychain = SystemKeychain(SERVICE, find=lambda: as_backend(store), limit_s=limit_s)
    return RememberedLogin(keychain, "installation-1", now=lambda: now)


async def walk(remembered: RememberedLogin | None, *answers: Answer) -> tuple[Journey, Script]:
    """A walk that has got its first answer."""
    script = Script(*answers)
    door = portal(script)
    door.memory = remembered
    journey = Journey(door, "tui", "installation-1")
    await journey.start()
    return journey, script


async def signed_in(store: object, token: str = "token-2") -> tuple[Journey, Script, RememberedLogin]:
    """From the first page to S-HOME, with a memory."""
    remembered = memory(store)
    journey, script = await walk(
        remembered, flow(LANDING, token="token-1", status=201), flow(HOME, token=token)
    )
    await journey.act("log_in")
    await remembered.settle()
    return journey, script, remembered


def kept(store: Store) -> dict[str, str]:
    return {name: value for (_, name), value in store.kept.items()}


def token_in(store: Store) -> Any:
    return json.loads(store.kept[SERVICE, ACCOUNT])["token"]


@pytest.mark.sr("SR-CLI-02")
async def test_sr_cli_02_a_sign_in_is_kept_under_server_and_account() -> None:
    store = Store()
    await signed_in(store)
    assert set(store.kept) == {(SERVICE, ACCOUNT), (SERVICE, LAST_ACCOUNT)}
    value = store.kept[SERVICE, ACCOUNT]
    assert json.loads(value) == {
        "token": "token-2",
        "expires": NOW.isoformat().replace("+00:00", "Z"),
        "flow": "installation-1",
    }
    assert len(value) <= LONGEST_VALUE
    assert kept(store)[LAST_ACCOUNT] == ACCOUNT


async def test_nothing_is_kept_before_the_sign_in() -> None:
    store = Store()
    remembered = memory(store)
    await walk(remembered, flow(LANDING, token="token-1", status=201))
    await remembered.settle()
    assert store.kept == {}


@pytest.mark.sr("SR-SESS-09")
async def test_w_10_the_next_start_asks_for_the_password_alone() -> None:
    store = Store()
    await signed_in(store)
    remembered = memory(store)
    journey, script = await walk(remembered, flow(LOCKED))
    assert journey.screen.state == "S-REAUTH"
    assert script.paths == ["POST /api/flow/resume"]
    assert script.asked[0].headers["Authorization"] == "Bearer token-2"
    await remembered.settle()
    assert token_in(store) == "token-2"


async def test_w_10_the_token_that_the_password_brings_replaces_the_kept_one() -> None:
    store = Store()
    await signed_in(store)
    remembered = memory(store)
    journey, _ = await walk(remembered, flow(LOCKED), flow(HOME, token="token-3"))
    await journey.act("confirm", {"password": "secret"})
    await remembered.settle()
    assert token_in(store) == "token-3"
    assert "secret" not in str(store.kept)


@pytest.mark.sr("SR-CLI-02")
async def test_sr_cli_02_log_out_deletes_it() -> None:
    store = Store()
    journey, script, remembered = await signed_in(store)
    script.then(flow(LANDING, token="token-4"))
    await journey.act("logout")
    await remembered.settle()
    assert store.kept == {}


@pytest.mark.sr("SR-CLI-02")
async def test_sr_cli_02_a_refused_token_deletes_it_and_the_first_page_says_why() -> None:
    store = Store()
    await signed_in(store)
    remembered = memory(store)
    over, anew = refused("E-SESS-01"), flow(LANDING, token="token-5", status=201)
    journey, _ = await walk(remembered, over, anew)
    assert (journey.screen.state, journey.screen.errors[0].code) == ("S-LAND", "E-SESS-01")
    await remembered.settle()
    assert store.kept == {}


@pytest.mark.sr("SR-CLI-02")
async def test_sr_cli_02_a_401_in_the_middle_of_the_walk_deletes_it() -> None:
    store = Store()
    journey, script, remembered = await signed_in(store)
    script.then(refused("E-SESS-02"), flow(LANDING, token="token-5", status=201))
    await journey.act("feedback_reports")
    await remembered.settle()
    assert store.kept == {}


@pytest.mark.sr("SR-CLI-02")
@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=3)])
async def test_sr_cli_02_one_that_is_over_is_deleted_at_the_start_and_not_sent(late: timedelta) -> None:
    store = Store()
    await signed_in(store)
    journey, script = await walk(memory(store, now=NOW + late), flow(LANDING, token="token-1", status=201))
    assert script.paths == ["POST /api/flow"]
    assert store.kept == {}
    assert journey.screen.state == "S-LAND"


@pytest.mark.parametrize("value", ["", "nonsense", "{}", '{"token": 1}', "[]"])
async def test_an_entry_that_is_not_ours_is_deleted(value: str) -> None:
    store = Store()
    store.kept = {(SERVICE, LAST_ACCOUNT): ACCOUNT, (SERVICE, ACCOUNT): value}
    _, script = await walk(memory(store), flow(LANDING, token="token-1", status=201))
    assert script.paths == ["POST /api/flow"]
    assert store.kept == {}


async def test_w_9_a_portal_that_is_away_at_the_start_loses_nothing() -> None:
    store = Store()
    await signed_in(store)
    remembered = memory(store)
    door = portal(Script(httpx.ConnectError("away")))
    door.memory = remembered
    journey = Journey(door, "tui")
    with pytest.raises(PortalUnreachable):
        await journey.start()
    await remembered.settle()
    assert token_in(store) == "token-2"


async def test_another_account_replaces_the_one_before() -> None:
    store = Store()
    journey, script, remembered = await signed_in(store)
    script.then(flow(screen("S-HOME", "step-9", login=login("demo.solo")), token="token-9"))
    await journey.act("log_in")
    await remembered.settle()
    assert set(kept(store)) == {"demo.solo", LAST_ACCOUNT}
    assert kept(store)[LAST_ACCOUNT] == "demo.solo"


async def test_the_log_out_of_one_program_leaves_the_entry_of_another() -> None:
    store = Store()
    first, script, remembered = await signed_in(store, "token-2")
    await signed_in(store, "token-7")
    script.then(flow(LANDING, token="token-4"))
    await first.act("logout")
    await remembered.settle()
    assert token_in(store) == "token-7"


async def test_who_turns_it_off_leaves_nothing_behind() -> None:
    store = Store()
    _, _, remembered = await signed_in(store)
    await remembered.forget()
    assert store.kept == {}


async def test_a_slow_store_ends_with_what_came_last() -> None:
    store = Hanging()
    remembered = memory(store)
    journey, script = await walk(
        remembered, flow(LANDING, token="token-1", status=201), flow(HOME, token="token-2")
    )
    await journey.act("log_in")
    await asyncio.sleep(0)
    script.then(flow(LANDING, token="token-3"))
    await journey.act("logout")
    assert journey.screen.state == "S-LAND"
    store.go_on.set()
    await remembered.settle()
    assert store.kept == {}


# No safe key store


@pytest.mark.parametrize("store", [Half(), Forgetful(), Raising(RuntimeError("no D-Bus"))])
async def test_ssh_key_03_without_a_safe_store_one_notice_and_the_walk_goes_on(store: object) -> None:
    journey, script, remembered = await signed_in(store)
    said = [*journey.screen.notices]
    for _ in range(3):
        script.then(flow(HOME))
        said += (await journey.refresh()).notices
    assert remembered.unsafe
    assert len([notice for notice in said if notice == NO_KEY_STORE]) <= 1
    assert NO_KEY_STORE.text == "no safe key store on this computer; you will sign in again next time."


async def test_ssh_key_03_a_poor_store_is_told_on_the_first_page() -> None:
    journey, _ = await walk(memory(Half()), flow(LANDING, token="token-1", status=201))
    assert journey.screen.notices == [NO_KEY_STORE]


async def test_ssh_key_03_a_store_that_keeps_nothing_is_told_with_the_next_answer() -> None:
    journey, script, _ = await signed_in(Forgetful())
    assert journey.screen.notices == []
    script.then(flow(HOME))
    assert (await journey.refresh()).notices == [NO_KEY_STORE]


@pytest.mark.sr("SR-CLI-03")
async def test_sr_cli_03_a_store_that_hangs_delays_no_answer() -> None:
    store = Hanging()
    remembered = memory(store, limit_s=0.2)
    journey, _ = await walk(
        remembered, flow(LANDING, token="token-1", status=201), flow(HOME, token="token-2")
    )
    async with asyncio.timeout(0.15):
        page: Screen = await journey.act("log_in")
    assert page.state == "S-HOME"
    await remembered.settle()
    assert "did not answer" in remembered.unsafe
    store.go_on.set()
    assert store.emptied.wait(10)
    assert store.kept == {}


async def test_without_remember_nothing_is_asked() -> None:
    journey, script = await walk(None, flow(LANDING, token="token-1", status=201))
    assert script.paths == ["POST /api/flow"]
    assert journey.screen.notices == []


async def test_no_secret_shows_in_a_dump() -> None:
    store = Store()
    _, _, remembered = await signed_in(store)
    assert "token-2" not in repr(remembered) + repr(remembered._stored)
