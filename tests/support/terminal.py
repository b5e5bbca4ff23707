"""A program on a pseudo-terminal of its own, as a person sits before it: a screen to read and keys to press.

    with Terminal([qportal], env, columns=80, rows=24) as terminal:
        terminal.wait_for("Press Enter alone")
        terminal.press("\\r")

The program's session leads the terminal, so that Ctrl+C and a hang-up reach it as signals. The test keeps the
terminal's own end open: settings can be compared before and after (SSH-REST-01). Every wait is for something
shown, ended or silent; the last one only where silence is the point.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any

import pyte

PATIENCE_S = 90.0
"""How long something may take to be shown; long, because test machines are busy."""
_LEADS_ITS_TERMINAL = (
    "import fcntl, os, sys, termios; "
    "fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "os.execv(sys.argv[1], sys.argv[1:])"
)
"""Run in the child before the program: a new session has no terminal until it takes one."""


class NotShownError(AssertionError):
    """The screen did not come to show what was waited for."""


class Terminal:
    """One run of a program at one size."""

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        *,
        columns: int = 80,
        rows: int = 24,
        leads: bool = True,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.output = bytearray()
        """Everything the program wrote."""
        self._stream = pyte.ByteStream(self.screen)
        self._sent: deque[str] = deque(maxlen=8)
        self._master, self._slave = pty.openpty()
        self.resize(columns, rows)
        self.settings_before = self.settings
        self.process = subprocess.Popen(
            [sys.executable, "-ISE", "-c", _LEADS_ITS_TERMINAL, *command] if leads else command,
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            env=dict(env),
            start_new_session=True,
        )

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Reading

    def line(self, row: int) -> str:
        """One row of the screen, from 0."""
        cells = self.screen.buffer[row]
        return "".join(cells[column].data for column in range(self.screen.columns)).rstrip()

    @property
    def lines(self) -> list[str]:
        """What the screen shows, row by row."""
        return [self.line(row) for row in range(self.screen.lines)]

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(self.lines)

    @property
    def words(self) -> str:
        """The same with single spaces: line breaks do not matter."""
        return " ".join(self.text.split())

    @property
    def written(self) -> str:
        """Everything written so far, as text."""
        return self.output.decode("utf-8", "replace")

    @property
    def cursor_line(self) -> str:
        """The line that the terminal's own cursor is on: what has the focus (A11Y-FOCUS-05)."""
        return self.line(self.screen.cursor.y)

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row of the terminal's own cursor."""
        return self.screen.cursor.x, self.screen.cursor.y

    @property
    def from_cursor(self) -> str:
        """That line from the cursor on."""
        return self.cursor_line[self.screen.cursor.x :]

    @property
    def settings(self) -> list[Any]:
        """The terminal's modes (termios)."""
        return termios.tcgetattr(self._slave)

    def wait(self, shown: Callable[["Terminal"], object], timeout: float = PATIENCE_S) -> None:
        """Read until the screen shows something; `NotShownError` with the screen otherwise."""
        until, looked_at = time.monotonic() + timeout, -1
        while True:
            if looked_at != len(self.output):  # nothing else can make a difference
                looked_at = len(self.output)
                if shown(self):
                    return
            over = self.process.poll() is not None and not self._read(0.1)
            if over or time.monotonic() > until:
                why = "before it ended" if over else f"in {timeout:.0f} s"
                raise NotShownError(f"not shown {why}:\n{self.text}\nSent: {', '.join(self._sent)}")
            self._read(0.02)

    def wait_for(self, *texts: str, timeout: float = PATIENCE_S) -> None:
        """Read until the screen shows all of these, whatever the line breaks."""
        try:
            self.wait(lambda _: all(text in self.words for text in texts), timeout)
        except NotShownError as error:
            raise NotShownError(f"{texts} {error}") from None

    def wait_written(self, text: str, timeout: float = PATIENCE_S) -> None:
        """Read until the program has written this, wherever it went."""
        self.wait(lambda _: text in self.written, timeout)

    def settle(self, quiet_s: float = 0.03) -> None:
        """Read until the program has been silent for a moment."""
        while self._read(quiet_s):
            pass

    def silence(self, seconds: float) -> bytes:
        """What is written in so many seconds, if anything."""
        before, until = len(self.output), time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._read(left)
        return bytes(self.output[before:])

    def _read(self, timeout: float) -> bool:
        if not select.select([self._master], [], [], timeout)[0]:
            return False
        try:
            piece = os.read(self._master, 65536)
        except OSError:  # nobody holds the other end any more
            return False
        self.output += piece
        self._stream.feed(piece)
        return bool(piece)

    # Doing

    def press(self, *keys: str, effect_s: float = 2.0, quiet_s: float = 0.03) -> None:
        """Send keys one after the other, each once the last one's effect is drawn (or none has come)."""
        for key in keys:
            self.settle(quiet_s)
            self.send(key)
            self._read(effect_s)
            self.settle(quiet_s)

    def send(self, text: str) -> None:
        """Send text as it is."""
        self._sent.append(f"{text!r} at {self.line(0).strip()[:40]!r}")
        os.write(self._master, text.encode())

    def press_until(self, key: str, *texts: str, every_s: float = 3.0) -> None:
        """Press a key, and again after a while, until the screen shows something: a key that comes too soon
        after a screen is ignored (SSH-NET-07), and a person presses again."""
        until = time.monotonic() + PATIENCE_S
        while True:
            self.send(key)
            try:
                self.wait_for(*texts, timeout=every_s)
            except NotShownError:
                if time.monotonic() > until:
                    raise
            else:
                return self.settle()

    def pass_output_through(self) -> None:
        """Add no carriage return to the program's lines, so that its own bytes can be looked at."""
        modes = self.settings
        modes[1] &= ~termios.OPOST
        termios.tcsetattr(self._slave, termios.TCSANOW, modes)

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size; the program is told by the terminal."""
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(rows, columns)

    # Ending

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program alone."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """The connection is cut: the terminal is gone, and the kernel tells the program."""
        os.close(self._slave)
        os.close(self._master)
        self._master = self._slave = -1

    def exit_code(self, timeout: float = PATIENCE_S) -> int:
        """Wait for the end of the program, reading what it still writes."""
        until = time.monotonic() + timeout
        while self.process.poll() is None:
            if time.monotonic() > until:
                raise NotShownError(f"it did not end in {timeout:.0f} s:\n{self.text}")
            if self._master >= 0:
                self._read(0.05)
            else:
                self.process.wait(timeout)
        if self._master >= 0:
            self.settle(0.0)
        return self.process.returncode

    def close(self) -> None:
        """End the program if it still runs, and let go of the terminal."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        for descriptor in (self._master, self._slave):
            if descriptor >= 0:
                os.close(descriptor)
        self._master = self._slave = -1
