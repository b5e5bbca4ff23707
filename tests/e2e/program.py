"""The real `qportal` with folders of its own, and the server it leaves behind.

    with home(tmp_path) as own:
        with own.full_screen(80, 24) as terminal: ...
        own.server.kill()

Nothing of the person who runs the tests is touched, and nothing is left running: the launched server ends
half a second after its program (`QPORTAL_SERVE_LINGER`), and `home` waits for that.
"""

import contextlib
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.piped import Piped
from tests.support.terminal import Terminal

ROOT = Path(__file__).parents[2]
QPORTAL = (sys.executable, "-m", "tui.cli")
"""What the command `qportal` runs, in the tree that this test is in."""
LINGER_S = 0.5
PATIENCE_S = 30.0
_FOREIGN = ("QPORTAL_", "XDG_", "LC_", "CLICOLOR", "FORCE_COLOR", "NO_COLOR", "ACCESSIBLE", "TEXTUAL", "SSH_")
"""Beginnings of the variables that decide how the program starts."""


@dataclass(frozen=True)
class LaunchedServer:
    """What `server.json` says: the bundled server that a program started."""

    port: int
    pid: int
    key: str

    @property
    def alive(self) -> bool:
        """Whether the process runs; a zombie does not."""
        try:
            state = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return False
        return state != "Z"

    def kill(self) -> None:
        """SIGKILL, as the kernel does when memory is short; returns when it is dead."""
        os.kill(self.pid, signal.SIGKILL)
        until(lambda: not self.alive)

    def call(self, method: str, path: str, body: object = None) -> Any:
        """The `data` of one request with the launch key."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"X-Qportal-Launch-Key": self.key, "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)["data"]


@dataclass
class Home:
    """Data and settings folders of one imagined person."""

    folder: Path
    variables: dict[str, str] = field(default_factory=dict)
    """Further environment variables of everything started here."""

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "data"

    @property
    def config(self) -> Path:
        """The settings folder."""
        return self.folder / "config"

    @property
    def env(self) -> dict[str, str]:
        """The environment: this machine's, without what would decide how the program starts."""
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(_FOREIGN) and name not in {"TERM", "COLORTERM", "LANG", "COLUMNS", "LINES"}
        }
        return {
            **inherited,
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "HOME": str(self.folder),
            "QPORTAL_DATA_DIR": str(self.data),
            "QPORTAL_CONFIG_DIR": str(self.config),
            "QPORTAL_SERVE_LINGER": str(LINGER_S),
            "TEXTUAL_DISABLE_KITTY_KEY": "1",  # the emulator does not know the protocol
            **self.variables,
        }

    def terminal(
        self, *arguments: str, columns: int = 80, rows: int = 24, env: Mapping[str, str] | None = None
    ) -> Terminal:
        """`qportal ARGUMENTS` on a terminal."""
        return Terminal([*QPORTAL, *arguments], {**self.env, **(env or {})}, columns=columns, rows=rows)

    def full_screen(
        self, columns: int = 80, rows: int = 24, *arguments: str, env: Mapping[str, str] | None = None
    ) -> Terminal:
        """The full screen, without the question of the first start."""
        return self.terminal("--full-screen", *arguments, columns=columns, rows=rows, env=env)

    def run(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """`qportal ARGUMENTS` on pipes, to its end."""
        return subprocess.run(
            [*QPORTAL, *arguments], input=stdin, capture_output=True, text=True, env=self.env, timeout=60
        )

    @property
    def server(self) -> LaunchedServer:
        """The server that was started last."""
        return LaunchedServer(**json.loads((self.data / "server.json").read_text()))

    def audited(self, action: str) -> int:
        """How often an event stands in the audit of the bundled server."""
        with contextlib.closing(sqlite3.connect(self.data / "portal.sqlite")) as connection:
            query = "SELECT count(*) FROM audit WHERE action = ?"
            return int(connection.execute(query, (action,)).fetchone()[0])

    def clean_up(self) -> None:
        """Wait until the server has ended by itself (W-11)."""
        if (self.data / "server.json").exists():
            server = self.server
            until(lambda: not server.alive)


@contextmanager
def serving(own: Home) -> Iterator[int]:
    """`qportal serve` on the same data folder, on a port of its own; yields the port."""
    command = [*QPORTAL, "serve", "--port=0", f"--data-dir={own.data}"]
    with Piped(command, own.env) as server:
        server.wait(lambda program: re.search(r"http://127.0.0.1:(\d+)", program.written))
        found = re.search(r"http://127.0.0.1:(\d+)", server.written)
        assert found is not None
        yield int(found[1])


@contextmanager
def home(folder: Path, **variables: str) -> Iterator[Home]:
    """A person with nothing yet."""
    own = Home(folder, variables)
    try:
        yield own
    finally:
        own.clean_up()


def until(happened: Callable[[], object], timeout: float = PATIENCE_S) -> None:
    """Wait for something outside the terminal; AssertionError if it does not come."""
    ends = time.monotonic() + timeout
    while not happened():
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.02)
