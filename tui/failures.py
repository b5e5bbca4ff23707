"""Where errors become words and exit codes, for every command (S-7, SR-ERR-03, SSH-REST-02).

Standard error gets one `Error:` line and at most one `Fix:` line; nothing of a crash but where it happened.
"""

import os
import sys

from client.errors import PortalError, SettingsError
from client.safe_text import single_line
from tui.exit_codes import ExitCode, of_signal
from tui.signals import Ended


def end(error: BaseException) -> int:
    """Say what happened and answer the exit code."""
    match error:
        case SystemExit(code=code):
            return code if isinstance(code, int) else ExitCode.DONE
        case KeyboardInterrupt():
            return ExitCode.INTERRUPTED
        case Ended(number=number):
            return of_signal(number)
        case BrokenPipeError():
            return _output_gone()
        case SettingsError():
            return say(error.sentence, error.remedy, ExitCode.USAGE)
        case PortalError():
            return say(f"{error.title}. {error.sentence}", error.remedy, ExitCode.FAILED)
        case OSError(strerror=str(reason)):
            return _environment(reason, error.filename)
        case _:
            return _crash(error)


def say(sentence: str, remedy: str = "", code: int = ExitCode.FAILED) -> int:
    """One `Error:` line, and a `Fix:` line where there is something to do."""
    write(f"Error: {single_line(sentence)}")
    if remedy:
        write(f"Fix: {single_line(remedy)}")
    return code


def write(line: str) -> None:
    """A line on standard error; one that is gone is no second error."""
    try:
        print(line, file=sys.stderr, flush=True)  # noqa: T201
    except OSError:
        return


def _environment(reason: str, file: object) -> int:
    """Something around the program failed: a full disk, a folder that may not be read."""
    _forget_output()
    return say(f"{reason}: {file}." if file else f"{reason}.")


def _output_gone() -> int:
    """Whoever read the output has left (SSH-HUP-03): end without a word."""
    _forget_output()
    return ExitCode.FAILED


def _forget_output() -> None:
    """Point standard output where the interpreter's last flush cannot fail."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _crash(error: BaseException) -> int:
    from tui.crash import write_report

    write(write_report(error, ()))
    return ExitCode.FAILED
