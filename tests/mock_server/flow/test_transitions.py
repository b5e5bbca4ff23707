"""The transition table (portal-flow 3.3): every row is offered, walked, and leads only where it says."""

import pytest

from mock_server.flow.states import STATES
from mock_server.flow.transitions import TRANSITIONS, transition_for
from tests.support.portal import RunningPortal
from tests.support.stations import MOVES, STATIONS, HeldReport, Move, at, ready

BETWEEN_PAGES = {("S-ORGPICK", "prev_page"), ("S-ORGPICK", "next_page")}
"""Walked in test_organizations, where there is more than one page."""


def move_id(move: Move) -> str:
    """Name of a move in the report of a test run."""
    return f"{move.state}.{move.action}"


def test_every_state_has_a_station() -> None:
    assert set(STATIONS) == set(STATES)


def test_every_row_is_walked() -> None:
    rows = {(row.state, row.action) for row in TRANSITIONS if row.state != "*"}
    named = {(move.state, move.action) for move in MOVES}
    formats = {("S-REPORT", f"download_{name}") for name in ("pdf", "xlsx", "csv")}
    assert rows - named - BETWEEN_PAGES - formats == set()


@pytest.mark.parametrize("move", MOVES, ids=move_id)
async def test_a_row_is_offered_and_leads_where_it_says(
    running: RunningPortal, held: HeldReport, move: Move
) -> None:
    if move.state == "S-REPORT":
        held.release.set()
    walk, values = await ready(running, move)
    assert move.action in walk.offered
    before = walk.screen.step_token
    call = await walk.act(move.action, values)
    assert (call.status, walk.codes, walk.screen.state) == (200, [], move.to)
    assert walk.screen.step_token != before
    row = transition_for(move.state, move.action)
    assert row is not None
    assert row.to == ("*",) or move.to in row.to


@pytest.mark.parametrize("state", list(STATES))
async def test_every_action_on_a_screen_has_a_row(
    running: RunningPortal, held: HeldReport, state: str
) -> None:
    if state == "S-REPORT":
        held.release.set()
    walk = await at(running, state)
    for action in walk.screen.actions:
        assert action.local or transition_for(state, action.id) is not None, action.id
    if state != "S-REAUTH":
        assert "help" in walk.offered or state == "S-HELP"
    assert ("logout" in walk.offered) == (walk.screen.login is not None)


@pytest.mark.parametrize("state", list(STATES))
async def test_f_gen_05_an_unknown_action_changes_nothing(
    running: RunningPortal, held: HeldReport, state: str
) -> None:
    if state == "S-REPORT":
        held.release.set()
    walk = await at(running, state)
    events = await running.audited()
    local = next((action.id for action in walk.screen.actions if action.local), "outbox")
    for action in ("fly", "", local, "S-HOME", "accept" if state != "S-TERMS" else "next"):
        call = await walk.act(action)
        assert (call.status, call.code, walk.screen.state) == (409, "E-FLOW-02", state), action
    assert await running.audited() == events


async def test_f_gen_05_a_disabled_action_is_refused(running: RunningPortal) -> None:
    walk = await at(running, "S-ORGPICK")
    assert "clear" not in walk.offered
    assert (await walk.act("clear")).code == "E-FLOW-02"


async def test_the_main_path_is_counted_in_twelve_steps(running: RunningPortal) -> None:
    walk = await running.walk()
    await walk.to_report()
    assert walk.screen.step is not None
    assert (walk.screen.step.number, walk.screen.step.total) == (12, 12)
    assert len(walk.screen.trail) == 12


async def test_help_during_a_run_does_not_lose_the_report(running: RunningPortal, held: HeldReport) -> None:
    walk = await at(running, "S-BUSY")
    await walk.act("help")
    held.release.set()
    await running.server.jobs.settled()
    await walk.act("back")
    assert walk.screen.state == "S-REPORT"
    assert held.built == 1
    assert (await walk.report("TIN")).sections


async def test_help_and_back_during_a_run_does_not_run_twice(
    running: RunningPortal,
    held: HeldReport,
) -> None:
    walk = await at(running, "S-BUSY")
    await walk.act("help")
    await walk.act("back")
    assert walk.screen.state == "S-BUSY"
    held.release.set()
    await walk.until_done()
    assert walk.screen.state == "S-REPORT"
    assert (await running.audited()).count("A-REPORT-RUN") == 1
    assert held.built == 1
