"""The options of `score`: read from a command line, the same for every document of a run."""

import argparse
from dataclasses import dataclass
from typing import Final, Literal, NoReturn

from client.messages.score import SPECIAL_STATUSES, Mode
from mock_server.reference.mips.years import YEARS

USAGE: Final = (
    "Usage: python -m mock_server score [--json | --csv] [--year YEAR] [--mode preliminary|final] "
    "[--special-status STATUS]... [--explain NAME] [--what-if] FILE...\n"
)


class UsageError(Exception):
    """The command line makes no sense; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What was asked for."""

    paths: tuple[str, ...] = ()
    """Files and folders; `-` is standard input."""
    form: Literal["table", "json", "csv"] = "table"
    year: int | None = None
    """Takes the place of a submission's performance year."""
    mode: Mode | None = None
    """Takes the place of a record's mode."""
    special_statuses: tuple[str, ...] = ()
    """Keys of `SPECIAL_STATUSES` that are added to a profile."""
    explain: str | None = None
    """Name of a measure or category."""
    what_if: bool = False

    @property
    def for_submissions(self) -> tuple[str, ...]:
        """The options given that only submissions know."""
        given = {
            "--csv": self.form == "csv",
            "--year": self.year is not None,
            "--mode": self.mode is not None,
            "--special-status": bool(self.special_statuses),
            "--explain": self.explain is not None,
            "--what-if": self.what_if,
        }
        return tuple(name for name, is_given in given.items() if is_given)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Refuse without ending the program."""
        raise UsageError(message)


def _parser() -> _Parser:
    parser = _Parser(add_help=False, allow_abbrev=False)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_const", const="json", dest="form")
    form.add_argument("--csv", action="store_const", const="csv", dest="form")
    told = parser.add_mutually_exclusive_group()
    told.add_argument("--explain")
    told.add_argument("--what-if", action="store_true")
    parser.add_argument("--year", type=int, choices=YEARS)
    parser.add_argument("--mode", choices=("preliminary", "final"))
    parser.add_argument("--special-status", action="append", choices=tuple(SPECIAL_STATUSES), default=[])
    parser.add_argument("paths", nargs="+")
    return parser


def parsed(arguments: list[str]) -> Options:
    """The options of a command line; raises `UsageError`."""
    given = _parser().parse_args(arguments)
    if given.form == "csv" and given.explain is not None:
        raise UsageError("--explain has no CSV form")
    return Options(
        paths=tuple(given.paths),
        form=given.form or "table",
        year=given.year,
        mode=given.mode,
        special_statuses=tuple(dict.fromkeys(given.special_status)),
        explain=given.explain,
        what_if=given.what_if,
    )
