"""A server that dies comes back with every step, code, attestation and run (W-9, RF-11, P-FLOW-02).

"Dies" here: the process's part of the server is thrown away and a new one opens the same database file. What
a kill -9 leaves of the file itself is for the crash drills.
"""

from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from client.messages.screen import Screen
from mock_server.clocks import FrozenSecurityClock
from mock_server.scenario.personas import COMMON_PASSWORD
from mock_server.store import tables
from tests.support.portal import RunningPortal, Walk, portal
from tests.support.stations import STATIONS, HeldReport, at


def same_but_deadlines(screen: Screen) -> Screen:
    """The screen without what counts from activity."""
    login = screen.login and msgspec.structs.replace(screen.login, idle_expires_at=screen.clock.business_now)
    return msgspec.structs.replace(screen, deadlines=[], login=login)


async def again(walk: Walk, running: RunningPortal) -> Walk:
    """The same client at the restarted server."""
    walk.portal = running
    await walk.read()
    return walk


TOGETHER = (
    ("S-LAND", "S-TERMS", "S-HELP", "S-USER", "S-PASS", "S-CODE", "S-DISABLED", "S-PWEXP"),
    ("S-HOME", "S-ORGTYPE", "S-ORGPICK", "S-RPTSEL"),
    ("S-ATTEST", "S-ATTNO", "S-RUN", "S-REPORT"),
    ("S-REAUTH",),
)
"""States that can stand side by side: five logins of an account, and nobody idle too long."""


def test_every_state_is_restarted() -> None:
    assert {state for states in TOGETHER for state in states} == set(STATIONS) - {"S-BUSY"}


@pytest.mark.scenario("P-FLOW-02")
@pytest.mark.sr("RF-11")
@pytest.mark.parametrize("states", TOGETHER, ids="+".join)
async def test_p_flow_02_every_step_is_the_same_after_a_restart(
    tmp_path: Path, states: tuple[str, ...]
) -> None:
    clock = FrozenSecurityClock()
    walks: list[tuple[Walk, Screen]] = []
    async with portal(data_dir=tmp_path, security=clock) as running:
        for state in states:
            running.client_id = f"installation of {state}"
            walk = await at(running, state)
            walks.append((walk, walk.screen))
    async with portal(data_dir=tmp_path, security=clock, scenario=None) as running:
        for walk, before in walks:
            await again(walk, running)
            assert same_but_deadlines(walk.screen) == same_but_deadlines(before)


@pytest.mark.scenario("P-FLOW-02")
@pytest.mark.sr("SR-AUTH-06")
async def test_p_flow_02_at_s_code_the_code_and_the_counters_are_the_same(tmp_path: Path) -> None:
    clock = FrozenSecurityClock()
    async with portal(data_dir=tmp_path, security=clock) as running:
        walk = await at(running, "S-CODE")
        code = await walk.code("demo.grouprep")
        await walk.act("log_in", code=f"{(int(code) + 1) % 1_000_000:06d}")
    async with portal(data_dir=tmp_path, security=clock, scenario=None) as running:
        await again(walk, running)
        assert await walk.code("demo.grouprep") == code
        assert await running.failures("demo.grouprep") == 1
        await walk.act("log_in", code="000000" if code != "000000" else "000001")
        assert ": 3." in walk.screen.errors[0].text
        await walk.act("log_in", code=code)
        assert walk.screen.state == "S-HOME"


@pytest.mark.scenario("P-FLOW-02")
async def test_p_flow_02_a_failure_reserved_by_a_dead_server_counts_once(tmp_path: Path) -> None:
    clock = FrozenSecurityClock()
    async with portal(data_dir=tmp_path, security=clock) as running:
        walk = await at(running, "S-PASS")
        body = {
            "state": "S-PASS",
            "step_token": walk.screen.step_token,
            "action": "send",
            "values": {"password": "not-the-password", "mfa_type": "email"},
        }

        async def dies(work: object) -> None:
            raise RuntimeError("the process ends while the password is hashed")

        running.server.engine.services.hasher.run = dies  # type: ignore[method-assign,assignment]
        assert (await running.call("POST", "/api/flow/act", walk.token, json=body)).status == 500
        assert await running.failures("demo.grouprep") == 1
    async with portal(data_dir=tmp_path, security=clock, scenario=None) as running:
        await again(walk, running)
        assert walk.screen.step_token == body["step_token"]
        assert (await walk.send(body)).code == "E-AUTH-01"
        assert await running.failures("demo.grouprep") == 1
        await walk.send_password(password=COMMON_PASSWORD)
        assert walk.screen.state == "S-CODE"


@pytest.mark.scenario("P-FLOW-02")
async def test_p_flow_02_at_s_attest_the_request_is_kept(tmp_path: Path) -> None:
    clock = FrozenSecurityClock()
    async with portal(data_dir=tmp_path, security=clock) as running:
        walk = await at(running, "S-ATTEST")
    async with portal(data_dir=tmp_path, security=clock, scenario=None) as running:
        await again(walk, running)
        await walk.act("confirm", purpose="ce")
        assert walk.screen.state == "S-RUN"
        assert await running.count(tables.attestations) == 1


@pytest.mark.scenario("P-FLOW-02")
async def test_p_flow_02_at_s_busy_the_report_is_produced_by_the_new_server(tmp_path: Path) -> None:
    clock, engine = FrozenSecurityClock(), HeldReport()
    async with portal(data_dir=tmp_path, security=clock, engines={"R-PQRS-2011": engine}) as running:
        walk = await at(running, "S-BUSY")
    clock.advance(600)
    async with portal(data_dir=tmp_path, security=clock, scenario=None) as running:
        await again(walk, running)
        await walk.until_done()
        assert walk.screen.state == "S-REPORT"
        assert (await walk.report("TIN")).sections
        assert (await running.audited()).count("A-REPORT-RUN") == 1
        assert len(await running.rows(select(tables.runs.c.id))) == 1


async def test_an_answer_lost_by_a_restart_can_be_asked_for_again(tmp_path: Path) -> None:
    clock = FrozenSecurityClock()
    async with portal(data_dir=tmp_path, security=clock) as running:
        walk = await at(running, "S-CODE")
        body = {
            "state": "S-CODE",
            "step_token": walk.screen.step_token,
            "action": "log_in",
            "values": {"code": await walk.code("demo.grouprep")},
        }
        await running.call("POST", "/api/flow/act", walk.token, json=body)
    async with portal(data_dir=tmp_path, security=clock, scenario=None) as running:
        walk.portal = running
        await walk.send(body)
        assert walk.screen.state == "S-HOME"
        assert walk.last.headers["idempotency-replayed"] == "true"
        assert (await walk.act("feedback_reports")).status == 200
        assert await running.count(tables.logins) == 1


@pytest.mark.scenario("P-FLOW-03")
async def test_p_flow_03_without_the_launch_key_nothing_exists() -> None:
    key = "k" * 43
    async with portal(launch_key=key) as running:
        answers = []
        paths = ("/api/flow", "/api/health", "/schema", "/demo/outbox", "/no/such/path")
        for path in paths:
            for headers in ({}, {"X-Qportal-Launch-Key": "x" * 43}):
                response = await running.http.get(path, headers=headers)
                dated = {name: value for name, value in response.headers.items() if name != "x-request-id"}
                answers.append((response.status_code, response.content, dated))
        assert {(status, content) for status, content, _ in answers} == {(404, b"")}
        assert all(answer == answers[0] for answer in answers)
        known = await running.http.get("/api/health", headers={"X-Qportal-Launch-Key": key})
        assert known.status_code == 200
