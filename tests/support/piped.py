"""A program on pipes: what it writes as it comes, and lines to answer with. Same shape as `Terminal`."""

import contextlib
import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType

from tests.support.terminal import PATIENCE_S, NotShownError


class Piped:
    """One run of a program whose input and output are pipes; standard error is kept apart."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        self.output = bytearray()
        """Everything the program wrote to standard output."""
        self.process = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=dict(env),
        )

    def __enter__(self) -> "Piped":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def written(self) -> str:
        """Everything written so far, as text."""
        return self.output.decode("utf-8", "replace")

    def wait(self, shown: Callable[["Piped"], object], timeout: float = PATIENCE_S) -> None:
        """Read until the program has written something; `NotShownError` with the end of it otherwise."""
        until, looked_at = time.monotonic() + timeout, -1
        while True:
            if looked_at != len(self.output):
                looked_at = len(self.output)
                if shown(self):
                    return
            if time.monotonic() > until or (self.process.poll() is not None and not self._read(0.1)):
                raise NotShownError(f"not written in {timeout:.0f} s:\n{self.written[-3000:]}")
            self._read(0.02)

    def send(self, text: str) -> None:
        """Write to its standard input."""
        assert self.process.stdin is not None
        self.process.stdin.write(text.encode())
        self.process.stdin.flush()

    def end_input(self) -> None:
        """Close its standard input."""
        assert self.process.stdin is not None
        self.process.stdin.close()

    def leave(self) -> None:
        """Close the reading end of its standard output."""
        assert self.process.stdout is not None
        self.process.stdout.close()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal."""
        self.process.send_signal(number)

    def exit_code(self, timeout: float = PATIENCE_S) -> int:
        """Wait for the end of the program, reading what it still writes."""
        until = time.monotonic() + timeout
        while self.process.poll() is None:
            if time.monotonic() > until:
                raise NotShownError(f"it did not end in {timeout:.0f} s:\n{self.written[-3000:]}")
            self._read(0.05)
        while self._read(0.0):
            pass
        return self.process.returncode

    @property
    def complaint(self) -> str:
        """What it wrote to standard error, once it has ended."""
        assert self.process.stderr is not None
        return self.process.stderr.read().decode("utf-8", "replace")

    def close(self) -> None:
        """End the program if it still runs."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()

    def _read(self, timeout: float) -> bool:
        stream = self.process.stdout
        if stream is None or stream.closed:
            time.sleep(min(timeout, 0.05))
            return False
        if not select.select([stream], [], [], timeout)[0]:
            return False
        piece = os.read(stream.fileno(), 65536)
        self.output += piece
        return bool(piece)
