"""Everything that can be refused before the portal is met.

Nothing here talks to a server: a mistake in the command line costs no sign-in and sends nobody a code.
"""

import os
import shlex
from pathlib import Path
from typing import Final

from client.saving import NameTaken, NotSaved
from tui.commands.refusals import NotDone, usage
from tui.commands.report_order import Order

PRINTABLE: Final = frozenset({"table", "json", "csv"})
"""Formats that can be text; a CSV of several tables turns out to be a zip when the portal names the file."""
TIN_DIGITS: Final = 9
INDIVIDUAL: Final = "individual"
"""Value of the level with clinicians, and how its label begins."""


def check(order: Order, *, accept_terms: bool, stdout_tty: bool) -> None:
    """Raise `NotDone` for what cannot work: usage (exit 2), or the output that is in the way (exit 1)."""
    if not accept_terms:
        raise usage(
            "The terms have to be accepted in every run.", "Read them in qportal, then add --accept-terms."
        )
    if sum(character.isdecimal() for character in order.practice) >= TIN_DIGITS:
        raise usage("--practice takes no full TIN.", "Give words of the name, or the last four digits.")
    if not order.practice.strip():
        raise usage("--practice is empty.", "Give words of the name, or the last four digits.")
    if order.clinician is not None:
        check_clinician(order.clinician, order.level)
    if order.output is None:
        check_terminal(order.format, binary=order.format not in PRINTABLE, stdout_tty=stdout_tty)
    else:
        check_output(order.output, force=order.force)


def check_clinician(clinician: str, level: str | None) -> None:
    """`--clinician` is a name or digits of an NPI, and goes with one level."""
    if level is not None and not level.strip().casefold().startswith(INDIVIDUAL):
        raise usage("--clinician goes with --level individual only.", "Leave one of them out.")
    if sum(character.isdecimal() for character in clinician) == TIN_DIGITS:
        raise usage(
            "--clinician takes no full TIN.", "Give words of the name, or the last four digits of the NPI."
        )
    if not clinician.strip():
        raise usage("--clinician is empty.", "Give words of the name, or the last four digits of the NPI.")


def check_terminal(name: str, *, binary: bool, stdout_tty: bool) -> None:
    """A file that is no text does not go to a terminal."""
    if binary and stdout_tty:
        raise usage(f"{name} is not text and is not written to a terminal.", "Add --output FILE.")


def check_output(path: Path, *, force: bool) -> None:
    """Nothing is replaced unasked (E-FILE-02); a place where nothing can be written is E-FILE-01.

    Looked at before the sign-in for the person's sake; what counts is `client.saving` at the end.
    """
    if path.is_dir():
        raise usage("--output names a folder.", "Name the file in it as well.")
    if path.is_symlink():
        raise NotSaved("link")
    if path.exists() and not force:
        raise NameTaken(path)
    if not path.parent.is_dir():
        raise NotDone("The folder of --output does not exist.", "Make it, or give another --output.")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise NotSaved("no_right")


def split_command(text: str | None) -> tuple[str, ...]:
    """The words of `--code-command` as a shell would split them; no shell runs them. Empty: none given."""
    if text is None:
        return ()
    try:
        words = tuple(shlex.split(text))
    except ValueError:
        raise usage("--code-command has a quotation mark that is not closed.", "Close it.") from None
    if not words:
        raise usage("--code-command is empty.", "Leave it out, or name a program.")
    return words


def needs_terminal(what: str, option: str) -> NotDone:
    """Nobody can be asked (SSH-TTY-02)."""
    return NotDone(f"a terminal is needed for the {what}. Use ssh -t.", f"Or give {option}.")
