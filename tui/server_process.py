"""The bundled server as a process of its own: how it is started and how its end is noticed (W-11).

`subprocess.Popen` instead of asyncio's: the server must outlive the event loop that started it, which
asyncio would prevent by killing it. The end of the process shows as the end of file of its standard output,
so nothing has to poll. The server runs in a session of its own: Ctrl+C and a closed terminal are not meant
for it.
"""

import asyncio
import importlib.util
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO

import msgspec

from client.private_files import private_folder

LOG_NAME = "server.log"
LARGEST_LOG = 512 * 1024
"""A log that has grown beyond it is moved to `server.log.1` before the next start."""
_LONGEST_ANSWER = 4096


class ServerAnswer(msgspec.Struct, frozen=True):
    """The one line of JSON that a launched server prints."""

    port: int | None = None
    """None: it does not serve."""
    error: str = ""
    message: str = ""
    """Why not, in words; empty: it ended without a word."""


class ServerProcess:
    """One start of the server. `answer` and `ended` are awaited in the loop that uses it."""

    def __init__(self, folder: Path, key: str, *, port: int = 0, options: tuple[str, ...] = ()) -> None:
        """Start it at once; takes milliseconds. `OSError` where that is impossible."""
        private_folder(folder)
        with open_log(folder) as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                command("serve", "--launched", f"--data-dir={folder}", f"--port={port}", *options),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                bufsize=0,
                start_new_session=True,
                env=environment(os.environ),
            )
        self.pid = self._process.pid
        self._give(key)
        self._heard = bytearray()
        self._news = asyncio.Event()
        self._listening = False
        self._loop: asyncio.AbstractEventLoop | None = None

    async def answer(self) -> "ServerAnswer":
        """What the server says first: its port, or why it cannot start."""
        self._listen()
        while b"\n" not in self._heard and self._listening:
            self._news.clear()
            await self._news.wait()
        try:
            return msgspec.json.decode(self._heard.partition(b"\n")[0], type=ServerAnswer)
        except msgspec.DecodeError:
            return ServerAnswer()

    async def ended(self) -> None:
        """Return when the process has ended."""
        self._listen()
        while self._listening:
            self._news.clear()
            await self._news.wait()
        await asyncio.to_thread(self._process.wait)

    def release(self) -> None:
        """Let go: close the pipe, so that the server ends when nobody uses it any more (W-11)."""
        self._unlisten()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        if self._process.poll() is None:
            # Its end is not waited for; without this the interpreter warns about a process left behind.
            self._process.returncode = 0

    def stop(self) -> None:
        """End it now and wait; for tests and for a server that never became ready."""
        self._process.terminate()
        self._process.wait()
        self.release()

    def kill(self) -> None:
        """End it without its own tidying up: for one whose data is thrown away."""
        self._process.kill()
        self._process.wait()
        self.release()

    def _give(self, key: str) -> None:
        assert self._process.stdin is not None  # noqa: S101 - a pipe was asked for
        try:
            self._process.stdin.write(key.encode() + b"\n")
        except BrokenPipeError:
            return  # it has ended already, which `port` tells

    def _listen(self) -> None:
        if not self._listening and self._process.stdout is not None and not self._process.stdout.closed:
            os.set_blocking(self._process.stdout.fileno(), False)
            self._loop = asyncio.get_running_loop()
            self._loop.add_reader(self._process.stdout.fileno(), self._hear)
            self._listening = True

    def _hear(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - a pipe was asked for
        piece = self._process.stdout.read(_LONGEST_ANSWER)
        if piece == b"":
            self._unlisten()
            self._process.stdout.close()
        elif piece and len(self._heard) < _LONGEST_ANSWER:
            self._heard += piece
        self._news.set()

    def _unlisten(self) -> None:
        if self._loop is not None and self._process.stdout is not None and not self._loop.is_closed():
            self._loop.remove_reader(self._process.stdout)
        self._loop = None
        self._listening = False


def command(*arguments: str) -> list[str]:
    """The command line of a server command. `-P`: the present folder is no place for our modules."""
    return [sys.executable, "-P", "-m", "mock_server", *arguments]


def environment(inherited: Mapping[str, str]) -> dict[str, str]:
    """The variables of the child: it finds the same `mock_server` as this program does."""
    found = importlib.util.find_spec("mock_server")
    places = found.submodule_search_locations if found else None
    root = [str(Path(next(iter(places))).parent)] if places else []
    path = os.pathsep.join([*root, *filter(None, [inherited.get("PYTHONPATH", "")])])
    return {**inherited, "PYTHONPATH": path}


def open_log(folder: Path) -> IO[bytes]:
    """The server's log, appended to, owner only; never the terminal."""
    path = folder / LOG_NAME
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_name(f"{LOG_NAME}.1"))
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | getattr(os, "O_NOFOLLOW", 0)
    return os.fdopen(os.open(path, flags, 0o600), "ab")


def last_words(folder: Path) -> str:
    """The last line of the server's log that is an error; empty: it said nothing."""
    try:
        lines = (folder / LOG_NAME).read_bytes()[-_LONGEST_ANSWER:].decode("utf-8", "replace").splitlines()
    except OSError:
        return ""
    return next((line.removeprefix("Error: ") for line in reversed(lines) if line.startswith("Error: ")), "")
