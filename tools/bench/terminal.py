"""A program on a pseudo-terminal, with a clock and a byte counter on its output."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence

import pyte

QUIET_S = 0.06
"""Output is settled after so long without a byte."""
ANSWER_S = 2.0
"""How long the first byte of an answer may take; on a busy machine a program is not asked at once."""


class Terminal:
    """One run of a program at one size."""

    def __init__(
        self, command: Sequence[str], env: Mapping[str, str], cols: int = 120, rows: int = 40
    ) -> None:
        self.screen = pyte.Screen(cols, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))
        full = {
            **{name: value for name, value in os.environ.items() if not name.startswith("QPORTAL_")},
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "TEXTUAL_DISABLE_KITTY_KEY": "1",
            **env,
        }
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            list(command), stdin=slave, stdout=slave, stderr=slave, env=full, start_new_session=True
        )
        os.close(slave)
        self.bytes = 0
        self.read_at = self.started
        """When something last came."""

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(self.screen.display)

    def row(self, y: int) -> str:
        """One line of it; cheaper than all."""
        return "".join(self.screen.buffer[y][x].data for x in range(self.screen.columns))

    def pump(self, timeout: float) -> int:
        """Read what comes within `timeout` seconds; returns the number of bytes (0: nothing came)."""
        ready, _, _ = select.select([self._master], [], [], timeout)
        if not ready:
            return 0
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return 0
        self.read_at = time.perf_counter()
        self._stream.feed(data)
        self.bytes += len(data)
        return len(data)

    def wait(self, shown: Callable[[str], bool], timeout: float = 20.0) -> float:
        """Seconds since the start until the screen shows it; TimeoutError with the screen otherwise."""
        ends = time.perf_counter() + timeout
        while not shown(self.text):
            if time.perf_counter() > ends:
                raise TimeoutError(f"the screen never showed it:\n{self.text}")
            self.pump(0.5)
        return self.read_at - self.started

    def settle(self) -> int:
        """Read until nothing comes for a moment; returns the bytes."""
        before = self.bytes
        while self.pump(QUIET_S):
            pass
        return self.bytes - before

    def press(self, keys: bytes) -> tuple[int, float]:
        """Send a key; returns bytes written for it and seconds until the last of them."""
        self.settle()
        before, began = self.bytes, time.perf_counter()
        os.write(self._master, keys)
        self.pump(ANSWER_S)
        while self.pump(QUIET_S):
            pass
        return self.bytes - before, max(0.0, self.read_at - began)

    def until_row(self, keys: bytes, y: int, changed: str) -> float:
        """Send keys; seconds until line `y` of the screen no longer reads `changed`."""
        self.settle()
        began = time.perf_counter()
        os.write(self._master, keys)
        while self.row(y) == changed:
            if time.perf_counter() > began + 10:
                raise TimeoutError(f"the line never changed:\n{self.text}")
            self.pump(0.5)
        return self.read_at - began

    def send(self, keys: bytes) -> None:
        """Send keys without waiting for what comes of them."""
        os.write(self._master, keys)

    def type(self, text: str) -> None:
        """Send text and wait until it settled."""
        os.write(self._master, text.encode())
        self.settle()

    def close(self) -> None:
        """End the program."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
        os.close(self._master)
