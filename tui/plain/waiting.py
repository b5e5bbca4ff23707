"""Waiting for the portal in words: a line after a second, then a heartbeat (A11Y-MOTION-03)."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from tui.plain.console import Console, EndOfInput, Entered, Event, Interrupted
from tui.plain.endings import Interrupts
from tui.plain.grammar import Label, sentence
from tui.plain.speech import Speech

T = TypeVar("T")

SILENT_S: Final = 1.0
"""Seconds of waiting that nothing is said about."""


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What a person at a terminal may do during a long wait, once it was announced."""

    line: Callable[[str], Awaitable[bool]]
    """Takes a line that was typed; answers whether to go on listening."""
    interrupt: Callable[[], Awaitable[None]]
    """Takes a Ctrl+C."""


class Waiting:
    """One wait for one call."""

    def __init__(
        self,
        speech: Speech,
        console: Console,
        interrupts: Interrupts,
        *,
        phrase: str,
        meanwhile: Meanwhile | None,
    ) -> None:
        self._speech = speech
        self._console = console
        self._interrupts = interrupts
        self._phrase = phrase
        self._meanwhile = meanwhile
        self._listens = meanwhile is not None and console.interactive
        self._due: float | None = SILENT_S

    async def until(self, call: Awaitable[T]) -> T:
        """The answer of the call. `Ended` on a second Ctrl+C."""
        answer = asyncio.ensure_future(call)
        broken = asyncio.ensure_future(self._console.interrupted())
        heard: asyncio.Future[Event] | None = None
        started = asyncio.get_running_loop().time()
        try:
            while not answer.done():
                if self._listens and heard is None and self._due != SILENT_S:
                    heard = asyncio.ensure_future(self._console.read())
                jobs = {job for job in (answer, broken, heard) if job is not None}
                done, _ = await asyncio.wait(
                    jobs, timeout=self._seconds_to_say(started), return_when=asyncio.FIRST_COMPLETED
                )
                if broken in done:
                    broken = asyncio.ensure_future(self._console.interrupted())
                    await self._interrupted()
                if heard is not None and heard in done:
                    event, heard = heard.result(), None
                    await self._hear(event)
                if not done:
                    self._say()
            return answer.result()
        finally:
            for job in (answer, broken, heard):
                if job is not None:
                    job.cancel()

    def _seconds_to_say(self, started: float) -> float | None:
        passed = asyncio.get_running_loop().time() - started
        return None if self._due is None else max(0.0, self._due - passed)

    def _say(self) -> None:
        every = self._speech.settings.heartbeat
        if self._due == SILENT_S:
            self._speech.say(Label.WORKING, sentence(self._phrase))
            self._due = max(every, SILENT_S + 1) if every else None
        elif self._due is not None:
            self._speech.say(Label.WORKING, f"still running, {round(self._due)} seconds.")
            self._due += every

    async def _hear(self, event: Event) -> None:
        if isinstance(event, EndOfInput):
            self._listens = False
        elif isinstance(event, Interrupted):
            await self._interrupted()
        elif isinstance(event, Entered) and self._meanwhile is not None:
            self._listens = await self._meanwhile.line(event.text)

    async def _interrupted(self) -> None:
        self._interrupts.count()
        if self._meanwhile is not None:
            await self._meanwhile.interrupt()
        else:
            self._speech.say(Label.WORKING, "waiting for the portal. Ctrl+C again ends the program.")
