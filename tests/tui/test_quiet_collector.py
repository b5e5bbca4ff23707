"""Garbage is looked for in pauses, not between two keys."""

import asyncio
import gc
import weakref

import pytest

from tui import quiet_collector
from tui.quiet_collector import DUE, QuietCollector, collecting_when_quiet


class App:
    collector: QuietCollector | None = None


class Knot:
    """Refers to itself: only a collection frees it."""

    def __init__(self) -> None:
        self.itself = self


def old_garbage() -> "weakref.ref[Knot]":
    """A knot that has survived the collections of young objects, and that nobody holds."""
    knot = Knot()
    for _ in range(DUE):
        gc.collect(1)
    return weakref.ref(knot)


async def freed(garbage: "weakref.ref[Knot]") -> None:
    for _ in range(1000):
        if garbage() is None:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it is still there")


@pytest.fixture
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quiet_collector, "QUIET_S", 0.05)


@pytest.mark.usefixtures("_soon")
async def test_a_pause_frees_what_a_busy_time_leaves() -> None:
    app = App()
    with collecting_when_quiet(app):
        assert app.collector is not None
        garbage = old_garbage()
        for _ in range(20):  # 0.1 s, twice the pause that would be needed
            app.collector.put_off()
            await asyncio.sleep(0.005)
        assert garbage() is not None
        await freed(garbage)


@pytest.mark.usefixtures("_soon")
async def test_nothing_is_left_behind() -> None:
    before = gc.get_threshold()
    app = App()
    with collecting_when_quiet(app):
        assert app.collector is not None
        app.collector.put_off()
        assert gc.get_threshold() != before
    assert gc.get_threshold() == before
    assert vars(app)["collector"] is None
