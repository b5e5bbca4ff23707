"""The keyboard of a script in plain mode: hands a line over when the program asks for one."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from tui.plain.console import Entered, Event, Interrupted


class ScriptConsole:
    """A console whose lines come from `enter`; it waits as long as none has come."""

    def __init__(self) -> None:
        self._events: asyncio.Queue[Event] = asyncio.Queue()
        self.asked = False
        """Whether the program waits for a line."""
        self.hiding = False
        """Whether what is typed now is not shown."""

    @property
    def interactive(self) -> bool:
        """A script is a person at a terminal."""
        return True

    async def read(self) -> Event:
        """The next line, once it is typed."""
        self.asked = True
        try:
            return await self._events.get()
        finally:
            self.asked = False

    async def interrupted(self) -> None:
        """Scripts interrupt nothing."""
        await asyncio.Event().wait()

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """What is typed inside is not shown."""
        self.hiding = True
        try:
            yield
        finally:
            self.hiding = False

    def discard_typed(self) -> None:
        """Nothing is ever typed ahead."""

    def enter(self, line: str) -> None:
        """Enter is pressed after a line."""
        self._events.put_nowait(Entered(line))

    def interrupt(self) -> None:
        """Ctrl+C at a prompt."""
        self._events.put_nowait(Interrupted())
