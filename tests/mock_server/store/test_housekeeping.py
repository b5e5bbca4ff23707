"""What is dropped when it is old, and what stays however old it is (SR-PII-07, SR-AUTH-06, SR-AUTH-07)."""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import insert, select

from mock_server.access.throttle import throttle_key
from mock_server.figures import Figures
from mock_server.store import housekeeping, tables
from tests.support.portal import RunningPortal, portal
from tests.support.stations import at

DAY_S = 86_400


@pytest.fixture
async def running() -> AsyncIterator[RunningPortal]:
    """A demo portal."""
    async with portal() as server:
        yield server


async def purge(running: RunningPortal, figures: Figures | None = None) -> None:
    """What the server does every hour."""
    key = partial(throttle_key, running.server.engine.services.keys.throttle)
    now = running.security.now()
    await running.server.database.write(lambda conn: housekeeping.purge(conn, figures or Figures(), now, key))


@pytest.mark.sr("SR-AUTH-07")
async def test_counters_of_unknown_ids_go_those_of_accounts_stay(running: RunningPortal) -> None:
    for user_id in ("demo.grouprep", "demo.ghost"):
        walk = await (await running.walk()).to_password(user_id)
        await walk.send_password(password="not-the-password")
    running.security.advance(DAY_S)
    await purge(running)
    assert [await running.failures(user_id) for user_id in ("demo.grouprep", "demo.ghost")] == [1, 1]
    running.security.advance(1)
    await purge(running)
    assert [await running.failures(user_id) for user_id in ("demo.grouprep", "demo.ghost")] == [1, 0]


@pytest.mark.sr("SR-PII-07")
async def test_sign_in_attempts_go_a_day_after_their_end(running: RunningPortal) -> None:
    await at(running, "S-CODE")
    running.security.advance(900 + DAY_S)
    await purge(running)
    assert await running.count(tables.attempts) == 1
    running.security.advance(1)
    await purge(running)
    assert await running.count(tables.attempts) == 0
    assert await running.count(tables.one_time_codes) == 0


@pytest.mark.sr("SR-PII-07")
async def test_the_newest_messages_of_an_account_stay(running: RunningPortal) -> None:
    account = await running.account_id("demo.grouprep")
    rows = [
        {
            "account_id": account,
            "channel": "email",
            "to_masked": "d***@example.org",
            "kind": "security_notice",
            "details": f"notice {number}\ntui\n127.0.0.1",
            "created_business_at": running.server.business.now(),
            "deliver_at": running.security.now(),
        }
        for number in range(25)
    ]
    await running.execute(insert(tables.outbox).values(rows))
    await purge(running, Figures().with_values({"db.outbox_keep_rows": 20}))
    left = await running.rows(select(tables.outbox.c.details).order_by(tables.outbox.c.id))
    assert [row[0].split("\n")[0] for row in left] == [f"notice {number}" for number in range(5, 25)]
    running.security.advance(30 * DAY_S + 1)
    await purge(running)
    assert await running.count(tables.outbox) == 0


@pytest.mark.sr("SR-PII-07")
async def test_ended_logins_go_after_a_month_with_all_that_hangs_on_them(running: RunningPortal) -> None:
    walk = await at(running, "S-REPORT")
    await walk.act("download_json")
    await walk.act("run_document")
    await walk.until_done()
    await walk.act("logout")
    held = (tables.logins, tables.runs, tables.attestations)
    running.security.advance(30 * DAY_S)
    await purge(running)
    assert [await running.count(table) > 0 for table in held] == [True] * 3
    assert await running.count(tables.files) == 0
    running.security.advance(1)
    await purge(running)
    assert [await running.count(table) for table in held] == [0] * 3
    assert await running.count(tables.flows) == 0


async def test_a_flow_with_a_younger_login_stays(running: RunningPortal) -> None:
    walk = await at(running, "S-LAND")
    running.security.advance(20 * DAY_S)
    await walk.to_report()
    await walk.act("logout")
    running.security.advance(15 * DAY_S)
    await purge(running)
    assert await running.count(tables.flows) == 1
    assert await running.count(tables.runs) == 1


async def test_live_logins_and_their_steps_stay(running: RunningPortal) -> None:
    walk = await at(running, "S-RPTSEL")
    for _ in range(3):
        running.security.advance(800)
        await walk.read()
        await purge(running)
    running.security.advance(int(timedelta(days=2).total_seconds()))
    await purge(running)
    assert await running.count(tables.flows) == 1
    assert (await walk.read()).code == "E-SESS-01"
