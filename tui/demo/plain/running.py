"""Opens a conversation for a script: the session of plain mode with a script's console and paper."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from client.journey import Journey
from client.portal import Portal
from client.settings import Settings
from tui.demo.clock import VirtualClock
from tui.demo.plain.console import ScriptConsole
from tui.demo.plain.roll import Roll, ScriptWriter
from tui.demo.plain.stage import PlainStage, Width
from tui.demo.plain.talk import ScriptTalk
from tui.demo.script import Size
from tui.plain.endings import Ended
from tui.plain.session import Session

CLIENT_ID = "demo-player"


@asynccontextmanager
async def conversation(
    portal: Portal, settings: Settings, clock: VirtualClock, *, size: Size
) -> AsyncIterator[PlainStage]:
    """A conversation on its first page; its first prompt comes once the stage has a hand."""
    roll, console = Roll(), ScriptConsole()
    journey = Journey(portal, "plain", CLIENT_ID, monotonic=clock.seconds)
    await journey.start()
    width = Width(size)
    writer = ScriptWriter(roll, width=width)
    talk = ScriptTalk(journey, console, writer, settings)
    session = Session(talk)
    walking = asyncio.ensure_future(session.run())
    stage = PlainStage(session, talk, console, writer, roll, walking, width)
    roll.print_ = stage.print_
    try:
        yield stage
    finally:
        walking.cancel()
        with suppress(asyncio.CancelledError, Ended):
            await walking
