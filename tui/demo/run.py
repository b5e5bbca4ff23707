"""One run of a script on one front end, from the reset of the server to the last event."""

import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

from client.settings import Settings
from tui.demo.clock import VirtualClock
from tui.demo.events import Listener, RunEnded
from tui.demo.loop import demo_loop
from tui.demo.player import Player
from tui.demo.script import FrontEnd, Script, Size
from tui.demo.server import DemoPortal, DemoServer
from tui.demo.stage import Stage

_FRONT_ENDS: dict[FrontEnd, str] = {
    "full-screen": "tui.demo.full_screen.running",
    "plain": "tui.demo.plain.running",
}
"""Modules that are imported when a run needs them."""


async def perform(
    script: Script,
    front_end: FrontEnd,
    server: DemoServer,
    *,
    size: Size | None = None,
    output: Path | None = None,
    listeners: Sequence[Listener] = (),
    frames: bool = True,
) -> RunEnded:
    """Run a script without a person; what failed is in the answer.

    `size` overrides the script's; `output` is where saved files go, by default a folder that vanishes.
    Without `frames` nothing is told of what happens between the checks, and captions are not shown.
    `StepFailed` where the server cannot be used (D4xx).
    """
    with tempfile.TemporaryDirectory(prefix="qportal-demo-files-") as passing:
        folder = output or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        cells = size or script.run.size
        clock = VirtualClock(demo_loop())
        import_module(_FRONT_ENDS[front_end])  # while the server starts
        async with (
            server.run(script.run, clock.seconds) as portal,
            _stage(script, front_end, portal, clock, folder, cells) as stage,
        ):
            player = Player(
                script,
                stage,
                portal,
                clock,
                size=cells,
                output=folder,
                listeners=listeners,
                frames=frames,
                captions=script.record.captions and frames,
            )
            return await player.play()


@asynccontextmanager
async def _stage(
    script: Script, front_end: FrontEnd, portal: DemoPortal, clock: VirtualClock, folder: Path, size: Size
) -> AsyncIterator[Stage]:
    settings = demo_settings(script, folder)
    if front_end == "full-screen":
        from tui.demo.full_screen.running import headless

        async with headless(portal, settings, theme=script.run.theme, size=size) as stage:
            yield stage
    else:
        from tui.demo.plain.running import conversation

        async with conversation(portal, settings, clock, size=size) as talking:
            yield talking


def demo_settings(script: Script, folder: Path) -> Settings:
    """The preferences of every run: the program's defaults, where they do not depend on the machine."""
    return Settings(
        theme=script.run.theme,  # type: ignore[arg-type]  # the linter lets none of another name pass
        motion="none",
        mouse="off",
        glyphs="unicode",
        search_as_you_type=False,
        export_folder=folder,
        bare_names=True,
        clipboard="off",
    )
