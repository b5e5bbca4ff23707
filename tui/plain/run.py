"""Entry of plain mode: streams, signals and exit codes around a `Session` (A11Y-PLAIN-15, SSH-HUP-07)."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Final, TextIO

from client.journey import Journey
from client.portal import Connection
from client.settings import Settings, save
from tui.plain.endings import Ended
from tui.plain.grammar import Label
from tui.plain.outcomes import SWITCH_TO_FULL_SCREEN
from tui.plain.session import Session
from tui.plain.talk import Talk
from tui.plain.terminal import TerminalConsole
from tui.plain.writer import Writer

__all__ = ["SWITCH_TO_FULL_SCREEN", "run_plain"]

UNKNOWN_WIDTH: Final = 79
NARROWEST: Final = 20


async def run_plain(
    journey: Journey,
    *,
    settings: Settings,
    stdin: TextIO,
    stdout: TextIO,
    interactive: bool,
    stderr: TextIO | None = None,
    settings_file: Path | None = None,
) -> int:
    """Walk the journey line by line; its screen is kept if it has one already (`/full` and back).

    `interactive`: both ends are a terminal, so answers are echoed and secrets can be hidden. `settings_file`
    keeps `/settings NAME VALUE` for the next start; None: nothing is kept. Answers 0 (finished or quit),
    1 (refused, failed, input ended; message on `stderr`), 130 (interrupted), 128+n (signal n), or
    SWITCH_TO_FULL_SCREEN for `/full`.
    """
    console = TerminalConsole(stdin.fileno(), interactive=interactive)
    writer = _writer(stdout, settings, interactive=interactive)
    talk = Talk(journey, console, writer, settings)
    keep = None if settings_file is None else partial(save, settings_file)
    walk = asyncio.ensure_future(Session(talk, save_setting=keep).run())
    ending: list[int] = []

    def end(number: int) -> None:
        ending.append(128 + number)
        walk.cancel()

    try:
        with _signals(console.interrupt, end), _connection_said(journey, talk):
            return await walk
    except Ended as ended:
        return _finished(ended, talk, stderr or sys.stderr)
    except BrokenPipeError:
        _silence(stdout)
        return 1
    except asyncio.CancelledError:
        if not ending:
            raise
        with suppress(OSError):
            talk.close()
        return ending[0]


def _finished(ended: Ended, talk: Talk, stderr: TextIO) -> int:
    with suppress(OSError):
        talk.close()
    if ended.message:
        stderr.write(f"{ended.message}\n")
        stderr.flush()
    return ended.code


def _writer(stdout: TextIO, settings: Settings, *, interactive: bool) -> Writer:
    utf_8 = (stdout.encoding or "").lower().replace("-", "").replace("_", "") == "utf8"
    ascii_only = settings.glyphs == "ascii" or not utf_8
    return Writer(stdout, width=_width(stdout, settings), ascii_only=ascii_only, echoes=interactive)


def _width(stdout: TextIO, settings: Settings) -> Callable[[], int | None]:
    """Cells of a line: unlimited where no terminal shows it, else the setting, else columns minus 1."""

    def width() -> int | None:
        if not stdout.isatty():
            return None
        if settings.width is not None:
            return settings.width
        try:
            columns = os.get_terminal_size(stdout.fileno()).columns - 1
        except OSError:
            columns = UNKNOWN_WIDTH
        return max(columns if columns > 0 else UNKNOWN_WIDTH, NARROWEST)

    return width


@contextmanager
def _signals(interrupt: Callable[[], None], end: Callable[[int], None]) -> Iterator[None]:
    """Ctrl+C is an event of the conversation; SIGTERM and SIGHUP end it."""
    loop = asyncio.get_running_loop()
    installed: list[signal.Signals] = []
    with suppress(NotImplementedError, RuntimeError, ValueError):  # Windows, or not the main thread
        loop.add_signal_handler(signal.SIGINT, interrupt)
        installed.append(signal.SIGINT)
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, end, number)
            installed.append(number)
    try:
        yield
    finally:
        for number in installed:
            loop.remove_signal_handler(number)


@contextmanager
def _connection_said(journey: Journey, talk: Talk) -> Iterator[None]:
    """Say when calls are being repeated, and when the portal answers again (W-9)."""
    before = journey.portal.on_connection
    lost = False

    def changed(connection: Connection) -> None:
        nonlocal lost
        if connection == "lost":
            lost = True
            talk.say(Label.WARNING, "the connection is lost. Trying again; your entries are kept.")
        elif connection == "connected" and lost:
            lost = False
            talk.say(Label.NOTICE, "the connection is back.")

    journey.portal.on_connection = changed
    try:
        yield
    finally:
        journey.portal.on_connection = before


def _silence(stdout: TextIO) -> None:
    """The reader of the output has gone: let the last flush at exit go nowhere (SSH-HUP-03)."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stdout.fileno())
        os.close(nowhere)
