"""What a non-interactive command says about itself, on standard error alone (S-8).

Where nobody watches, a step that is done within a second needs no word: a quick run in a pipeline is silent.
"""

import asyncio
from collections.abc import Awaitable
from typing import TextIO, TypeVar

from client.safe_text import single_line

T = TypeVar("T")

QUIET_S = 1.0
"""Seconds after which a step is announced where standard error is no terminal (A11Y-MOTION-03)."""


class Narrator:
    """One command's voice."""

    def __init__(self, stream: TextIO, *, watched: bool | None = None, quiet_s: float = QUIET_S) -> None:
        self._stream = stream
        self._quiet_s = quiet_s
        self._last = ""
        self.watched = stream.isatty() if watched is None else watched
        """Whether somebody reads along: standard error is a terminal."""

    async def during(self, words: str, work: Awaitable[T]) -> T:
        """Await the work; say what it is at once where watched, else after a second."""
        if self.watched:
            self.say(words)
            return await work
        timer = asyncio.get_running_loop().call_later(self._quiet_s, self.say, words)
        try:
            return await work
        finally:
            timer.cancel()

    def say(self, words: str) -> None:
        """One line; the same words are not said twice in a row. A stream that is gone is no error."""
        if words == self._last:
            return
        self._last = words
        try:
            print(single_line(words), file=self._stream, flush=True)
        except OSError:
            return

    def aside(self, words: str) -> None:
        """A line that only somebody who reads along needs."""
        if self.watched:
            self.say(words)
