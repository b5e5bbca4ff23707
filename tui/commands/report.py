"""`qportal report`: one report, fetched without a conversation, for scripts and schedules.

Standard output carries the report alone and standard error everything else (S-8). The sign-in ends before the
first byte is written, so a reader that is slow or gone keeps no login open.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Final

from client.errors import PortalError, PortalUnreachable, SettingsError
from client.journey import Journey
from client.messages.report import Report
from client.messages.screen import Screen
from client.portal import Portal
from client.saving import fetched
from tui.commands import refusals
from tui.commands.connection import Source, connected, source
from tui.commands.narration import Narrator
from tui.commands.refusals import NotDone, usage
from tui.commands.report_checks import check, check_terminal, split_command
from tui.commands.report_order import Order
from tui.commands.report_output import deliver, terminal_width
from tui.commands.report_walk import Walk
from tui.commands.secret_entry import Entry, Secrets, open_terminal, read_password
from tui.exit_codes import ExitCode
from tui.signals import Ended, ending

LEAVE_S: Final = 10.0
"""Time for the log-out of a run that came to its end."""
LEAVE_AT_ONCE_S: Final = 1.5
"""The same after a signal; the watchdog of `tui.signals` ends the process soon after."""
NOT_TOLD: Final = "Notice: the portal could not be told to log out; the sign-in there ends by itself."
IN_HISTORY: Final = (
    "Notice: report text may still be in your terminal's history. Clear it if others use this computer."
)
ELSEWHERE: Final = "--password-stdin is for servers on this computer only."
CODE_STATE: Final = "S-CODE"


@dataclass(frozen=True)
class Fetched:
    """What came of a run: the report to lay out as a table, or a finished file."""

    report: Report | None = field(default=None, repr=False)
    content: bytes = field(default=b"", repr=False)
    name: str = ""
    """The portal's name of the file."""


@dataclass(frozen=True, kw_only=True)
class Means:
    """How a run signs in, and with whom; everything that is not the order itself."""

    server: str | None = None
    ca_file: Path | None = None
    accept_terms: bool = False
    password_stdin: bool = False
    code_command: str | None = field(default=None, repr=False)


def report(order: Order, means: Means, *, width: int | None = None) -> int:
    """Fetch the report and write it; answers the exit code.

    0 done, 1 refused or failed, 2 usage, 130 interrupted, 128+n ended by signal n. `width`: cells of a
    table's line; None: those of the terminal, else 79.
    """
    narrator, stdout = Narrator(sys.stderr), sys.stdout.buffer
    try:
        check(order, accept_terms=means.accept_terms, stdout_tty=stdout.isatty())
        secrets = _entry(order, means)
        came = _fetched(order, means, secrets, narrator, stdout_tty=stdout.isatty())
        deliver(order, came.report, came.content, stdout, width=width or terminal_width(stdout))
    except NotDone as stopped:
        return refusals.say(stopped)
    except SettingsError:
        raise
    except PortalError as error:
        return refusals.say(refusals.of_error(error))
    if order.output is not None:
        narrator.aside(f"Saved: {order.output}")
    elif stdout.isatty():
        narrator.say(IN_HISTORY)
    return ExitCode.DONE


def _entry(order: Order, means: Means) -> Entry:
    """Where the secrets come from; `NotDone` where nobody could be asked for one."""
    given = None
    command = split_command(means.code_command)
    if means.password_stdin:
        if sys.stdin is None or sys.stdin.isatty():
            raise usage("--password-stdin reads a pipe or a file.", "Leave it out to be asked.")
        given = read_password(sys.stdin.buffer)
    terminal = None if given is not None and command else open_terminal()
    entry = Entry(order.user, given, command, terminal)
    entry.check()
    return entry


def _fetched(order: Order, means: Means, secrets: Entry, narrator: Narrator, *, stdout_tty: bool) -> Fetched:
    chosen = source(means.server, means.ca_file, on_progress=narrator.say)
    try:
        return asyncio.run(_run(order, chosen, secrets, narrator, stdout_tty=stdout_tty))
    finally:
        chosen.release()


async def _run(
    order: Order, chosen: Source, secrets: Entry, narrator: Narrator, *, stdout_tty: bool
) -> Fetched:
    """Connect and fetch; a signal cancels, and what was begun is logged out before the end (SSH-HUP-01)."""
    task = asyncio.current_task()
    assert task is not None  # noqa: S101 - `asyncio.run` made it

    def stop(code: int) -> None:
        task.cancel()

    with ending(stop) as end:
        try:
            async with connected(chosen) as portal:
                if secrets.given is not None and not portal.loopback:
                    raise NotDone(ELSEWHERE, "Leave it out, and enter the password at a terminal.")
                return await fetch(portal, order, secrets, narrator, stdout_tty=stdout_tty)
        except asyncio.CancelledError:
            if end.number is not None:
                raise Ended(end.number) from None
            raise


async def fetch(
    portal: Portal, order: Order, secrets: Secrets, narrator: Narrator, *, stdout_tty: bool = False
) -> Fetched:
    """Sign in, walk to the report, read it, log out. `NotDone` and `PortalError` say why not."""

    def file_named(name: str) -> None:
        if order.output is None:
            ending_ = PurePath(name).suffix.lstrip(".")
            check_terminal(ending_, binary=ending_ not in {"json", "csv"}, stdout_tty=stdout_tty)

    # No client_id: a run neither takes up nor leaves behind anybody's saved step (TR-25).
    journey = Journey(portal, "api")
    async with _logged_out(journey, narrator):
        page = await Walk(journey, order, secrets, narrator, file_named).run()
        return await narrator.during("Reading the report.", _read(journey, page))


async def _read(journey: Journey, page: Screen) -> Fetched:
    if page.download is None:
        return Fetched(report=await journey.report())
    return Fetched(content=await fetched(journey.portal, page.download), name=page.download.name)


# Leaving


@asynccontextmanager
async def _logged_out(journey: Journey, narrator: Narrator) -> AsyncIterator[None]:
    """End the sign-in afterwards, whatever happened; where that fails, say so (SR-SESS-08)."""
    limit = LEAVE_AT_ONCE_S
    try:
        yield
        limit = LEAVE_S
    except PortalUnreachable:
        raise
    except Exception:
        limit = LEAVE_S
        raise
    finally:
        try:
            async with asyncio.timeout(limit):
                await _leave(journey)
        except (PortalError, TimeoutError):
            narrator.say(NOT_TOLD)


async def _leave(journey: Journey) -> None:
    """Log out, or give the sign-in attempt up."""
    if not journey.started:
        return
    if journey.pending:
        await _found_again(journey)
    page = journey.screen
    action = "logout" if page.login is not None else "cancel"
    if page.action(action) is not None:
        await journey.act(action)


async def _found_again(journey: Journey) -> None:
    """Learn what became of an action whose answer was lost, without carrying out what binds (SSH-HUP-04)."""
    if journey.screen.state == CODE_STATE:
        # It may have opened a login: only its repeat brings the token to end that with (W-4).
        await journey.retry()
    else:
        journey.abandon()
        await journey.refresh()
