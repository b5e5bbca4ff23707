"""A report runs: wait for it in words, and let the person stop it (A11Y-MOTION-03, F-RUN-06)."""

import asyncio

from client.journey import BUSY
from tui.plain.choices import Choice
from tui.plain.commands import Invoked, Typed, parse
from tui.plain.reaching import reach
from tui.plain.talk import Talk
from tui.plain.waiting import Meanwhile


class RunningReport:
    """One stay on S-BUSY."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._journey = talk.journey
        self._cancelled = asyncio.Event()

    async def follow(self) -> None:
        """Wait until the portal has gone on, or the person has stopped it."""
        meanwhile = Meanwhile(self._heard, self._cancel)
        followed = await reach(self._talk, self._until_over, self._words(), meanwhile)
        if self._journey.screen.state == BUSY and not followed:
            choices = (Choice("Go on waiting"), Choice("Cancel the run"))
            if await self._talk.choose_listed("Report", choices) == 1:
                await reach(self._talk, self._cancel, "cancelling")

    def _words(self) -> str:
        progress = self._journey.screen.progress
        words = progress.text.rstrip(".") if progress and progress.text else "running the report"
        return f"{words}. /cancel, then Enter, stops it" if self._talk.console.interactive else words

    async def _until_over(self) -> None:
        """The end of the run, or its cancelling: that is not waited for."""
        jobs = [asyncio.ensure_future(self._drain()), asyncio.ensure_future(self._cancelled.wait())]
        try:
            done, _ = await asyncio.wait(jobs, return_when=asyncio.FIRST_COMPLETED)
            for job in done:
                job.result()
        finally:
            for job in jobs:
                job.cancel()

    async def _drain(self) -> None:
        async for _ in self._journey.follow():
            pass

    async def _heard(self, line: str) -> bool:
        match parse(line):
            case Invoked("cancel" | "back"):
                await self._cancel()
                return False
            case Typed(""):
                return True
            case _:
                self._talk.error("the portal is still at work", "wait, or type /cancel")
                return True

    async def _cancel(self) -> None:
        if self._journey.screen.state == BUSY and not self._journey.busy:
            await self._journey.act("cancel")
            self._cancelled.set()
