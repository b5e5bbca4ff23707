"""What `qportal score` was asked for, as the server's command line wants it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from client.messages.score import SPECIAL_STATUSES, Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreOptions:
    """The options besides the files."""

    form: Literal["table", "json", "csv"] = "table"
    year: int | None = None
    """Scored by the rules of this year; None: of the year in the file."""
    mode: Mode | None = None
    """None: as the file says, else preliminary."""
    special_statuses: tuple[str, ...] = ()
    """Keys of `SPECIAL_STATUSES`."""
    explain: str | None = None
    """Measure or category."""
    what_if: bool = False

    def arguments(self, paths: Sequence[str]) -> list[str]:
        """The server's command line; after `--` no name is taken for an option."""
        given = [] if self.form == "table" else [f"--{self.form}"]
        if self.year is not None:
            given.append(f"--year={self.year}")
        if self.mode is not None:
            given.append(f"--mode={self.mode}")
        given += [f"--special-status={status}" for status in self.special_statuses]
        if self.explain is not None:
            given.append(f"--explain={self.explain}")
        if self.what_if:
            given.append("--what-if")
        return [*given, "--", *paths]


def special_status(typed: str) -> str | None:
    """The status that was meant: `smallPractice`, `Small practice`, `small-practice`; None: there is none."""
    wanted = _letters(typed)
    return next((status for status in SPECIAL_STATUSES if _letters(status) == wanted), None)


def _letters(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())
