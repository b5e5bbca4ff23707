"""Where `qportal report` gets the password and the code from: never the command line, never a variable.

Questions go to the controlling terminal, so a pipe into `--password-stdin` leaves the person free to type the
code. Nothing that is typed or read here is shown, logged or kept longer than the sign-in (SSH-SEC-01).
"""

import asyncio
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final, Protocol

from tui.commands.refusals import NotDone
from tui.commands.report_checks import needs_terminal
from tui.plain.console import CannotHide, Entered
from tui.plain.terminal import TerminalConsole

CODE_COMMAND_S: Final = 120.0
"""How long `--code-command` may take; longer than a slow message (X-05) needs."""
LONGEST_PASSWORD: Final = 1024
"""Bytes; the portal takes 128 characters."""
LONGEST_CODE_LINE: Final = 256
_STDIN_OPTION: Final = "--password-stdin"
_CODE_OPTION: Final = "--code-command"


class Secrets(Protocol):
    """Both secrets of a sign-in, each asked for once."""

    async def password(self) -> str:
        """The password."""

    async def code(self) -> str:
        """The security code, once the portal has sent it."""


@dataclass(frozen=True)
class Entry:
    """Secrets from standard input, a command, or the terminal."""

    user: str
    given: str | None = field(repr=False)
    """The password, where standard input brought it."""
    command: Sequence[str] = ()
    """The program whose first line is the code; empty: ask."""
    terminal: int | None = None
    """Descriptor of the terminal to ask on; None: there is none."""

    def check(self) -> None:
        """Raise `NotDone` where somebody would have to be asked and nobody can be."""
        if self.given is None and self.terminal is None:
            raise needs_terminal("password", _STDIN_OPTION)
        if not self.command and self.terminal is None:
            raise needs_terminal("security code", _CODE_OPTION)

    async def password(self) -> str:
        """From standard input, else typed without echo."""
        if self.given is not None:
            return self.given
        return await self._asked(f"Password for {self.user} (not shown): ", "password", _STDIN_OPTION)

    async def code(self) -> str:
        """From the command, else typed without echo."""
        if self.command:
            return await code_from(self.command)
        return await self._asked("Security code (not shown): ", "security code", _CODE_OPTION)

    async def _asked(self, question: str, what: str, option: str) -> str:
        if self.terminal is None:
            raise needs_terminal(what, option)
        answer = await ask_hidden(self.terminal, question, what, option)
        if not answer:
            raise NotDone(f"No {what} was entered.", "Run the command again.")
        return answer


def open_terminal() -> int | None:
    """The controlling terminal, else standard input if it is one; open until the program ends."""
    try:
        return os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError:
        return sys.stdin.fileno() if sys.stdin is not None and sys.stdin.isatty() else None


async def ask_hidden(terminal: int, question: str, what: str, option: str) -> str:
    """One line, typed without echo; the terminal is as before on every way out (SSH-SEC-02)."""
    console = TerminalConsole(terminal, interactive=True)
    try:
        with console.hidden():
            os.write(terminal, question.encode("ascii", "replace"))
            answer = await console.read()
        os.write(terminal, b"\n")
    except (CannotHide, OSError):
        raise needs_terminal(what, option) from None
    if not isinstance(answer, Entered):
        raise NotDone(f"Input ended before the {what} was entered.", "Run the command again.")
    return answer.text


def read_password(stream: BinaryIO) -> str:
    """The first line of standard input, exactly as it stands but for its end."""
    line = stream.readline(LONGEST_PASSWORD + 1)
    if len(line) > LONGEST_PASSWORD:
        raise NotDone("The password on standard input is too long.", "Give one line with the password.")
    try:
        password = line.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise NotDone("The password on standard input is not UTF-8.", "Give it in UTF-8.") from None
    if not password:
        raise NotDone("No password came on standard input.", "Give one line with the password.")
    return password


async def code_from(command: Sequence[str], limit_s: float = CODE_COMMAND_S) -> str:
    """First line of a program's output; run without a shell, its standard error is ours."""
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            limit=LONGEST_CODE_LINE,
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no program"
        raise _code_failed(f"could not be started: {reason}") from None
    try:
        async with asyncio.timeout(limit_s):
            code = await _first_line(process)
            status = await process.wait()
    except TimeoutError:
        raise _code_failed(f"did not end within {limit_s:.0f} seconds") from None
    finally:
        await _reaped(process)
    if status != 0:
        raise _code_failed(f"ended with status {status}")
    if not code:
        raise _code_failed("printed no code")
    return code


async def _first_line(process: asyncio.subprocess.Process) -> str:
    """Its first line; the rest is read away, so that it never waits for us."""
    assert process.stdout is not None  # noqa: S101 - a pipe was asked for
    try:
        line = await process.stdout.readline()
    except ValueError:
        raise _code_failed("printed a line that is no code") from None
    while await process.stdout.read(4096):
        pass
    code = line.decode("utf-8", "replace").strip()
    if not code.isascii() or not code.isprintable():
        raise _code_failed("printed a line that is no code")
    return code


async def _reaped(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()
        await process.wait()


def _code_failed(what: str) -> NotDone:
    return NotDone(
        f"The program of --code-command {what}.", "Run it alone: its first line of output must be the code."
    )
