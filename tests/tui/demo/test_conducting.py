"""Live controls with time that costs nothing (T-DEMO-10): pace, pause, step, speed, take-over."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from client.messages.screen import Screen
from tests.tui.plain.stage import TimelessLoop, loop_time, screen
from tui.demo.conducting import Conductor, Control
from tui.demo.pace import Stopped
from tui.demo.script import Place, Step
from tui.demo.stage import Stage, View


@dataclass
class FakeDesk:
    keys = "the keys"
    paused = "Paused."
    stop_or_not = "Stop?"
    on_or_stop = "On or stop?"
    said: list[str] = field(default_factory=list)
    persons: list[bool] = field(default_factory=list)
    captions: list[bool] = field(default_factory=list)
    covered: list[bool] = field(default_factory=list)

    def say(self, text: str) -> None:
        self.said.append(text)

    def hand_over(self, away: bool) -> None:
        self.persons.append(away)

    def show_captions(self, shown: bool) -> None:
        self.captions.append(shown)

    def cover(self, covered: bool) -> None:
        self.covered.append(covered)


@dataclass
class FakeStage:
    """What a take-over looks at."""

    screen: Screen
    fields: dict[str, Any]

    def view(self) -> View:
        return View(self.screen, dict(self.fields), "", ())


def step(number: int = 1, **parts: Any) -> Step:
    return Step(number=number, place=Place(number, 1), **parts)


def conduct(
    work: Callable[[Conductor, FakeDesk], Awaitable[None]], *, desk: FakeDesk | None = None, **options: Any
) -> FakeDesk:
    desk = desk or FakeDesk()

    async def inside() -> None:
        await work(Conductor(desk, **options), desk)

    with asyncio.Runner(loop_factory=TimelessLoop) as runner:
        runner.run(inside())
    return desk


async def meanwhile(conductor: Conductor, work: Awaitable[None], *presses: tuple[float, Control]) -> float:
    """Seconds that `work` takes while controls are pressed after so many seconds each."""

    async def press() -> None:
        for after, control in presses:
            await asyncio.sleep(after)
            conductor.control(control)

    started = loop_time()
    pressing = asyncio.create_task(press())
    await work
    await pressing
    return round(loop_time() - started, 3)


def test_time_passes_as_real_time_divided_by_the_speed() -> None:
    async def work(conductor: Conductor, desk: FakeDesk) -> None:
        assert await meanwhile(conductor, conductor.wait(3000, "caption")) == 1.5
        conductor.control("slower")
        assert conductor.speed == 1.5
        for _ in range(9):
            conductor.control("faster")
        assert conductor.speed == 8.0

    conduct(work, speed=2.0)


def test_as_demo_10_plus_twice_doubles_the_speed_in_the_middle_of_a_wait() -> None:
    async def work(conductor: Conductor, desk: FakeDesk) -> None:
        waiting = conductor.wait(4000, "caption")
        assert await meanwhile(conductor, waiting, (2.0, "faster"), (0.0, "faster")) == 3.0

    conduct(work)


def test_as_demo_10_space_holds_the_time_and_space_lets_it_go_on() -> None:
    async def work(conductor: Conductor, desk: FakeDesk) -> None:
        waiting = conductor.wait(1000, "typing")
        assert await meanwhile(conductor, waiting, (0.4, "pause"), (60.0, "pause")) == 61.0
        assert desk.said == ["Paused.", ""]

    conduct(work)


def test_as_demo_10_right_finishes_the_field_and_not_what_comes_after() -> None:
    async def work(conductor: Conductor, desk: FakeDesk) -> None:
        async def type_ten_and_enter() -> None:
            for _ in range(10):
                await conductor.wait(100, "typing")
            await conductor.wait(250, "key")

        assert await meanwhile(conductor, type_ten_and_enter(), (0.25, "on")) == 0.5

    conduct(work)


def test_right_while_paused_performs_one_step() -> None:
    async def work(conductor: Conductor, desk: FakeDesk) -> None:
        async def two_steps() -> None:
            for number in (1, 2):
                await conductor.before(step(number))
                await conductor.wait(100, "key")
                await conductor.after(step(number))

        assert await meanwhile(conductor, two_steps(), (0.0, "pause"), (5.0, "on"), (5.0, "pause")) == 10.1

    conduct(work)


def test_pauses_come_where_the_mode_or_the_step_says() -> None:
    async def work(conductor: Conductor, desk: FakeDesk) -> None:
        await meanwhile(conductor, conductor.after(step()))
        assert await meanwhile(conductor, conductor.after(step(pause=True)), (7.0, "pause")) == 7.0
        assert await meanwhile(conductor, conductor.narrated(step(say="Hello")), (2.0, "pause")) == 2.0

    conduct(work, mode="captions")


def test_as_demo_10_after_a_take_over_the_player_tells_what_differs_and_asks() -> None:
    stage = FakeStage(screen("S-ORGPICK"), {"search": "YELLOW"})

    async def work(conductor: Conductor, desk: FakeDesk) -> None:
        conductor.stage = cast(Stage, stage)

        async def person() -> None:
            await asyncio.sleep(0.1)
            conductor.control("away")
            conductor.control("stop")  # the person's own key now
            await asyncio.sleep(20)
            stage.fields["search"] = "WREN"
            conductor.control("away")
            await asyncio.sleep(1)
            conductor.control("pause")

        typing = asyncio.create_task(person())
        assert await meanwhile(conductor, conductor.wait(1000, "key")) == 22.0
        await typing
        assert desk.persons == [True, False]
        assert 'The field search was "YELLOW" and is "WREN" now. On or stop?' in desk.said

    conduct(work)


def test_a_take_over_that_changes_nothing_goes_on_by_itself() -> None:
    stage = FakeStage(screen("S-HOME"), {})

    async def work(conductor: Conductor, desk: FakeDesk) -> None:
        conductor.stage = cast(Stage, stage)
        waiting = conductor.wait(1000, "key")
        assert await meanwhile(conductor, waiting, (0.5, "away"), (9.0, "away")) == 10.0

    conduct(work)


def test_the_end_is_asked_about() -> None:
    async def work(conductor: Conductor, desk: FakeDesk) -> None:
        waiting = conductor.wait(1000, "key")
        assert await meanwhile(conductor, waiting, (0.5, "stop"), (3.0, "pause")) == 4.0
        with pytest.raises(Stopped):
            await meanwhile(conductor, conductor.wait(1000, "key"), (0.5, "stop"), (0.0, "stop"))

    assert "Stop?" in conduct(work).said


def test_typist_types_one_character_a_key() -> None:
    async def work(conductor: Conductor, desk: FakeDesk) -> None:
        async def two_characters() -> None:
            await conductor.wait(60, "typing")
            await conductor.wait(60, "typing")

        assert await meanwhile(conductor, two_characters(), (4.0, "stroke"), (5.0, "stroke")) == 9.0

    conduct(work, typist=True)


def test_as_demo_20_steps_before_the_first_are_covered_and_take_no_time() -> None:
    async def work(conductor: Conductor, desk: FakeDesk) -> None:
        assert (await conductor.before(step(1))).hide
        assert not (await conductor.before(step(2))).hide
        assert desk.covered == [True, False]

    conduct(work, first=2)
