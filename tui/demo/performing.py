"""What `qportal demo play` does: a script before an audience, or headless, with whatever is to be written."""

import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from dataclasses import replace as replaced
from pathlib import Path
from typing import TYPE_CHECKING

from tui.demo.clock import VirtualClock
from tui.demo.conducting import Conductor, Desk
from tui.demo.events import Event, Listener, Marked, RunEnded
from tui.demo.loop import demo_loop
from tui.demo.player import Player
from tui.demo.run import demo_settings, perform
from tui.demo.script import FrontEnd, PauseMode, Script, Size
from tui.demo.server import DemoPortal, DemoServer
from tui.demo.stage import Stage

if TYPE_CHECKING:
    from tui.app import Look

TAKE_OVER = "take-over"


@dataclass(frozen=True, slots=True)
class LiveOptions:
    """How a live run is conducted."""

    speed: float = 1.0
    mode: PauseMode = "never"
    first: int = 1
    """Number of the first step that is shown."""
    typist: bool = False
    captions: bool = True


class UntilTakeOver:
    """A listener that hears nothing any more once a person has taken over (DEMO-CLI-04)."""

    def __init__(self, listeners: Sequence[Listener]) -> None:
        self._listeners = tuple(listeners)
        self._over = False

    def __call__(self, event: Event) -> None:
        """Pass it on; the end of the run always."""
        if isinstance(event, RunEnded):
            event = replaced(event, stopped=True) if self._over else event
        elif self._over:
            return
        for listener in self._listeners:
            listener(event)

    def take_over(self, t: int) -> None:
        """End what is recorded."""
        if not self._over:
            self(Marked(t=t, label=TAKE_OVER))
            self._over = True


async def play_headless(
    script: Script, front_end: FrontEnd, size: Size | None, listeners: Sequence[Listener]
) -> RunEnded:
    """Without a person and without waiting."""
    async with DemoServer() as server:
        return await perform(script, front_end, server, size=size, listeners=listeners)


async def play_full_screen(
    script: Script, look: "Look", size: Size, options: LiveOptions, listeners: Sequence[Listener]
) -> tuple[RunEnded | None, int, str]:
    """In the full screen of this terminal; how it ended, the program's exit code and last words."""
    async with DemoServer() as server:
        from tui.demo.full_screen.app import DemoApp
        from tui.demo.full_screen.live import ScreenDesk, play_live
        from tui.demo.full_screen.stage import FullScreenStage

        with tempfile.TemporaryDirectory(prefix="qportal-demo-files-") as folder:
            clock = VirtualClock(demo_loop())
            output = Path(folder)
            async with server.run(script.run, clock.seconds) as portal:

                def make(stage: FullScreenStage, app: DemoApp) -> tuple[Player, Conductor]:
                    desk = ScreenDesk(app, typist=options.typist)
                    heard = UntilTakeOver(listeners)
                    conductor = _conductor(desk, options, lambda: heard.take_over(clock.t))
                    desk.control = conductor.control
                    desk.show_captions(options.captions)
                    return _player(script, stage, portal, clock, size, output, heard, conductor), conductor

                settings = demo_settings(script, output)
                show = await play_live(portal, settings, look, make)
                return show.ended, show.code, show.last_words


async def play_plain(
    script: Script,
    size: Size,
    options: LiveOptions,
    listeners: Sequence[Listener],
    *,
    interactive: bool,
) -> RunEnded:
    """As a conversation on standard input and output."""
    async with DemoServer() as server:
        from tui.demo.plain.live import LineDesk, play_live
        from tui.demo.plain.stage import PlainStage

        with tempfile.TemporaryDirectory(prefix="qportal-demo-files-") as folder:
            clock = VirtualClock(demo_loop())
            output = Path(folder)
            async with server.run(script.run, clock.seconds) as portal:

                def make(stage: PlainStage, desk: LineDesk) -> tuple[Player, Conductor]:
                    heard = UntilTakeOver(listeners)
                    desk.captions = options.captions
                    conductor = _conductor(desk, options, lambda: heard.take_over(clock.t), animated=False)
                    return _player(script, stage, portal, clock, size, output, heard, conductor), conductor

                return await play_live(
                    portal,
                    demo_settings(script, output),
                    clock,
                    size,
                    (sys.stdin, sys.stdout),
                    make,
                    interactive=interactive,
                )


def _conductor(
    desk: Desk, options: LiveOptions, on_take_over: Callable[[], None], *, animated: bool = True
) -> Conductor:
    return Conductor(
        desk,
        speed=options.speed,
        mode=options.mode,
        first=options.first,
        typist=options.typist and animated,
        animated=animated,
        captions=options.captions,
        on_take_over=on_take_over,
    )


def _player(
    script: Script,
    stage: Stage,
    portal: DemoPortal,
    clock: VirtualClock,
    size: Size,
    output: Path,
    heard: UntilTakeOver,
    conductor: Conductor,
) -> Player:
    return Player(
        script,
        stage,
        portal,
        clock,
        size=size,
        output=output,
        listeners=[heard],
        captions=True,
        pace=conductor,
    )


def first_step(script: Script, front_end: FrontEnd, start: str) -> int | None:
    """Number of the step that `--from` names by id or line; None: there is none."""
    steps = script.steps_on(front_end)
    if start.isdecimal():
        wanted = int(start)
        found = [step for step in steps if step.line <= wanted]
        return found[-1].number if found else None
    return next((step.number for step in steps if step.id == start), None)
