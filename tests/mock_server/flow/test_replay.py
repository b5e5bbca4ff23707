"""Step tokens: every action may be repeated after a lost answer and is done once (W-3, W-4, F-GEN-06)."""

import asyncio
from typing import Any

import pytest

from tests.mock_server.flow.test_transitions import move_id
from tests.support.portal import Call, RunningPortal, Walk
from tests.support.stations import MOVES, STATIONS, HeldReport, Move, at, ready


def body_of(walk: Walk, action: str, values: dict[str, Any]) -> dict[str, Any]:
    """The action as it is sent."""
    return {
        "state": walk.screen.state,
        "step_token": walk.screen.step_token,
        "action": action,
        "values": values,
    }


def without_token(call: Call) -> tuple[int, Any, Any]:
    """What a repeat must have in common with the first answer (W-4); tokens and request ids are made anew."""
    error = call.body.get("error")
    if error:
        error = {name: value for name, value in error.items() if name != "request_id"}
    return call.status, call.body["data"]["screen"], error


async def effects(running: RunningPortal) -> list[str]:
    """All audit events, which tell of every effect; a report is delivered by the server itself."""
    return [event for event in await running.audited() if not event.startswith("A-REPORT-RUN")]


@pytest.mark.sr("RF-08")
@pytest.mark.parametrize("move", MOVES, ids=move_id)
async def test_the_same_action_many_times_is_one_effect(
    running: RunningPortal, held: HeldReport, move: Move
) -> None:
    if move.state == "S-REPORT":
        held.release.set()
    walk, values = await ready(running, move)
    body, token = body_of(walk, move.action, values), walk.token
    calls = await asyncio.gather(*(running.call("POST", "/api/flow/act", token, json=body) for _ in range(2)))
    after = await effects(running)
    calls.append(await running.call("POST", "/api/flow/act", token, json=body))
    assert await effects(running) == after
    assert [call.answer.screen.state for call in calls] == [move.to] * 3
    assert without_token(calls[0]) == without_token(calls[1]) == without_token(calls[2])
    assert sorted(call.headers.get("idempotency-replayed", "") for call in calls) == ["", "true", "true"]
    brought = [call.answer.flow_token for call in calls]
    assert brought == [None] * 3 or (None not in brought and len(set(brought)) == 3)
    latest = brought[-1] or token
    assert (await running.call("GET", "/api/flow", latest)).answer.screen.state == move.to


@pytest.mark.parametrize(
    ("state", "action", "values", "code"),
    [
        ("S-USER", "next", {"user_id": "ab1"}, "E-VAL-03"),
        ("S-PASS", "send", {"password": "not-this-one", "mfa_type": "email"}, "E-AUTH-01"),
        ("S-CODE", "log_in", {"code": "0000000"}, "E-VAL-03"),
        ("S-REAUTH", "confirm", {"password": "not-this-one"}, "E-AUTH-01"),
        ("S-PWEXP", "save", {"new_password": "short", "confirm_password": "short"}, "E-PW-01"),
        ("S-ORGPICK", "next", {"org_ids": ["nobody"]}, "E-ORG-03"),
        ("S-ATTEST", "confirm", {"purpose": "neither"}, "E-ATT-02"),
        ("S-HOME", "fly", {}, "E-FLOW-02"),
    ],
)
async def test_a_refusal_is_repeated_too_and_counted_once(
    running: RunningPortal, state: str, action: str, values: dict[str, Any], code: str
) -> None:
    walk = await at(running, state)
    body = body_of(walk, action, values)
    calls = [await running.call("POST", "/api/flow/act", walk.token, json=body) for _ in range(2)]
    assert [call.code for call in calls] == [code, code]
    assert without_token(calls[0]) == without_token(calls[1])
    assert calls[0].headers.get("retry-after") == calls[1].headers.get("retry-after")
    assert await running.failures("demo.grouprep") == (1 if code == "E-AUTH-01" else 0)
    events = await running.audited()
    assert events.count("A-PW-FAIL") == (1 if code == "E-AUTH-01" else 0)
    assert events.count("A-AUTHZ-DENY") == (1 if code == "E-ORG-03" else 0)


@pytest.mark.parametrize("state", list(STATIONS))
async def test_stale_and_foreign_step_tokens_change_nothing(
    running: RunningPortal, held: HeldReport, state: str
) -> None:
    if state == "S-REPORT":
        held.release.set()
    walk = await at(running, state)
    other = await running.walk()
    present, events = walk.screen, await effects(running)
    action = next(found.id for found in walk.screen.actions if not found.local and found.enabled)
    for token in (other.screen.step_token, "", "0" * 32, present.step_token.upper(), present.step_token[:-1]):
        call = await walk.send({**body_of(walk, action, {}), "step_token": token})
        assert (call.status, call.code, walk.screen.state) == (409, "E-FLOW-01", state)
        assert walk.screen.step_token == present.step_token
    assert await effects(running) == events
    await walk.read(background=True)
    assert walk.screen == present


async def test_f_gen_06_only_the_latest_spent_token_is_repeated(running: RunningPortal) -> None:
    walk = await running.walk()
    first = body_of(walk, "login", {})
    await walk.send(first)
    second = body_of(walk, "accept", {})
    await walk.send(second)
    for body, code in ((second, None), (first, "E-FLOW-01"), ({**second, "action": "decline"}, "E-FLOW-01")):
        call = await walk.send(body)
        assert call.code == code
        assert walk.screen.state == "S-USER"
    assert await running.audited() == ["A-TERMS-ACCEPT"]


async def test_a_value_typed_differently_is_another_request(running: RunningPortal) -> None:
    walk = await at(running, "S-USER")
    body = body_of(walk, "next", {"user_id": "demo.grouprep"})
    await walk.send(body)
    call = await walk.send({**body, "values": {"user_id": "demo.solo"}})
    assert (call.code, walk.screen.state) == ("E-FLOW-01", "S-PASS")


async def test_an_answer_of_the_picker_is_repeated_with_its_rows(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_picker("demo.bulk")
    body = body_of(walk, "search", {"search": "harbor"})
    first, second = await walk.send(body), await walk.send(body)
    assert first.body == second.body
    assert second.answer.screen.table is not None
    assert len(second.answer.screen.table.rows) == 1000


async def test_a_run_that_finished_meanwhile_is_found_by_reading(
    running: RunningPortal, held: HeldReport
) -> None:
    walk = await at(running, "S-RUN")
    body = body_of(walk, "run_document", {})
    await walk.send(body)
    held.release.set()
    await walk.until_done()
    again = await walk.send(body)  # the answer was lost: S-BUSY once more, then the client reads on
    assert (again.status, walk.screen.state) == (200, "S-BUSY")
    await walk.until_done()
    assert walk.screen.state == "S-REPORT"
    assert held.built <= 2
