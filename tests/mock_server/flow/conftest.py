"""One portal for all tests of this folder, reset before each: SC-2018, frozen clocks, cheap hashing.

Asynchronous tests here run on the loop of the session, so that they can share it. Tests that need other
figures, engines or files start a portal of their own.
"""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from client.messages.calls import Act
from mock_server.flow.context import Context, Goto
from mock_server.flow.transitions import transition_for
from mock_server.flow.turn import Done, Turn
from tests.support.portal import RunningPortal, portal
from tests.support.stations import HeldReport

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All asynchronous tests of this folder on one loop."""
    for item in items:
        if HERE in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture(autouse=True)
def _only_the_rows_of_the_table(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """After every test: each step that was made stands in the transition table (portal-flow 3.3)."""
    made: set[tuple[str, str, str]] = set()
    store = Turn._store

    def noted(self: Turn, ctx: Context, request: Act, goto: Goto, *rest: Any) -> Done:
        made.add((ctx.flow.state, request.action, goto.state))
        return store(self, ctx, request, goto, *rest)

    monkeypatch.setattr(Turn, "_store", noted)
    yield
    assert [step for step in sorted(made) if not _in_table(*step)] == []


def _in_table(state: str, action: str, to: str) -> bool:
    row = transition_for(state, action)
    return to == state or (row is not None and (row.to == ("*",) or to in row.to))


@pytest.fixture(scope="session")
def engine() -> HeldReport:
    """The report of 2011; it is built at once, unless a test holds it."""
    report = HeldReport()
    report.release.set()
    return report


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shared(engine: HeldReport) -> AsyncIterator[RunningPortal]:
    """The portal that lives as long as the session."""
    async with portal(engines={"R-PQRS-2011": engine}) as server:
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def running(shared: RunningPortal) -> RunningPortal:
    """The portal of one test, with the seed and nothing else in it."""
    return await shared.reset()


@pytest.fixture
def held(engine: HeldReport) -> Iterator[HeldReport]:
    """The report of 2011, not built before it is released."""
    engine.release.clear()
    engine.built = 0
    yield engine
    engine.release.set()
