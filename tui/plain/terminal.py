"""The real console: lines of a file descriptor, read one at a time in a thread (A11Y-PLAIN-04).

No line editor is imported (readline writes escape sequences). A thread reads only while a line is wanted, so
nothing is stolen from the full screen after `/full`; `os.read` is used because a daemon thread that waits
inside a buffered stream cannot be left behind at exit. Unlike an event-loop reader, it takes files too.
"""

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from tui.plain.console import CannotHide, EndOfInput, Entered, Event, Interrupted

try:
    import termios as _termios
except ImportError:  # Windows: secrets are refused there
    termios: ModuleType | None = None
else:
    termios = _termios

LONGEST_LINE = 1 << 20
"""Bytes kept of one line; the rest of a longer one is dropped."""


class LineReader:
    """Lines of a descriptor, in order, each when it is asked for. Not safe for two readers at once."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._buffer = bytearray()

    def next_line(self) -> str | None:
        """The next line without its end, undecodable bytes as U+FFFD; None at the end of input."""
        while (end := self._buffer.find(b"\n")) < 0:
            try:
                piece = os.read(self._descriptor, 65536)
            except OSError:  # the terminal is gone (SSH-HUP-02)
                piece = b""
            if not piece:
                return self._take(len(self._buffer)) if self._buffer else None
            self._keep(piece)
        return self._take(end + 1)

    def forget(self) -> None:
        """Drop what was read ahead."""
        self._buffer.clear()

    def _keep(self, piece: bytes) -> None:
        if len(self._buffer) < LONGEST_LINE:
            self._buffer += piece
        elif b"\n" in piece:
            self._buffer += piece[piece.index(b"\n") :]

    def _take(self, size: int) -> str:
        line = bytes(self._buffer[:size])
        del self._buffer[:size]
        return line.rstrip(b"\r\n").decode("utf-8", errors="replace")


class TerminalConsole:
    """Standard input of the program; make it inside a running event loop."""

    def __init__(self, descriptor: int, *, interactive: bool) -> None:
        self._descriptor = descriptor
        self._interactive = interactive
        self._loop = asyncio.get_running_loop()
        self._lines = LineReader(descriptor)
        self._events: asyncio.Queue[Event] = asyncio.Queue()
        self._wanted = threading.Semaphore(0)
        self._reading = False
        self._asking = False
        self._break = asyncio.Event()
        self._thread: threading.Thread | None = None

    @property
    def interactive(self) -> bool:
        """Whether a person sits at a terminal on both ends."""
        return self._interactive

    async def read(self) -> Event:
        """The next event; a read that is under way goes on when the wait is cancelled."""
        if self._events.empty() and not self._reading:
            self._request()
        self._asking = True
        try:
            return await self._events.get()
        finally:
            self._asking = False

    async def interrupted(self) -> None:
        """Wait for a Ctrl+C that comes while nothing is being asked."""
        await self._break.wait()
        self._break.clear()

    def interrupt(self) -> None:
        """Ctrl+C was pressed (called by the signal handler on the loop)."""
        if self._asking:
            self._events.put_nowait(Interrupted())
        else:
            self._break.set()

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """No echo; what was typed before the question is dropped with the switch."""
        if not self._interactive:
            yield
            return
        if termios is None:
            raise CannotHide
        try:
            before = termios.tcgetattr(self._descriptor)
            quiet = [*before]
            quiet[3] &= ~termios.ECHO
            termios.tcsetattr(self._descriptor, termios.TCSAFLUSH, quiet)
        except termios.error:
            raise CannotHide from None
        try:
            yield
        finally:
            termios.tcsetattr(self._descriptor, termios.TCSADRAIN, before)

    def discard_typed(self) -> None:
        """Forget what was typed ahead on a terminal; a pipe has no such thing."""
        if self._interactive and termios is not None and not self._reading:
            termios.tcflush(self._descriptor, termios.TCIFLUSH)
            self._lines.forget()

    def _request(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="plain-input", daemon=True)
            self._thread.start()
        self._reading = True
        self._wanted.release()

    def _run(self) -> None:
        while True:
            self._wanted.acquire()
            line = self._lines.next_line()
            event = EndOfInput() if line is None else Entered(line)
            try:
                self._loop.call_soon_threadsafe(self._deliver, event)
            except RuntimeError:  # the loop has ended while the person was silent
                return

    def _deliver(self, event: Event) -> None:
        self._reading = False
        self._events.put_nowait(event)
