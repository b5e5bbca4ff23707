"""Performs a script to record it: one server, one run after the other, saved files thrown away."""

from collections.abc import Sequence

from tui.demo.recordings.recorder import Recorder, Recording
from tui.demo.script import FrontEnd, Script, Size
from tui.demo.server import DemoServer


async def recorded(
    script: Script, front_ends: Sequence[FrontEnd], size: Size | None = None
) -> list[Recording]:
    """A recording for each front end, up to and with the first that does not pass.

    `StepFailed` where there is no server to perform it on (D4xx).
    """
    made: list[Recording] = []
    async with DemoServer() as server:
        from tui.demo.checking import collector_paused
        from tui.demo.run import perform  # the front ends are imported while the server starts

        for front_end in front_ends:
            recorder = Recorder()
            with collector_paused():
                await perform(script, front_end, server, size=size, listeners=[recorder])
            made.append(recorder.recording)
            if not recorder.recording.passed:
                break
    return made
