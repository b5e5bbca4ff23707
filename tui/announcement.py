"""What the program tells the person: a status word, a sentence and, for errors, how to repair it.

The word carries the meaning and the colour only repeats it (A11Y-COLOR-05), so every announcement is built
here and nowhere else.
"""

from dataclasses import dataclass
from typing import Literal

from textual.content import Content

from client.errors import PortalError
from client.messages.screen import Notice, Problem

Level = Literal["note", "done", "warning", "error", "working", "time"]

WORDS: dict[Level, tuple[str, str]] = {
    "note": ("Note", "$text-secondary"),
    "done": ("Done", "$text-success"),
    "warning": ("Warning", "$text-warning"),
    "error": ("Error", "$text-error"),
    "working": ("Working", "$text-primary"),
    "time": ("Time", "$text-warning"),
}
"""Level -> the word that says it and the theme variable of its colour (accessibility table 6.1)."""

_NOTICE_LEVELS: dict[str, Level] = {"info": "note", "success": "done", "warning": "warning"}


@dataclass(frozen=True)
class Announcement:
    """One thing that was said; it stays readable in the message log (A11Y-TIME-08)."""

    level: Level
    text: str
    fix: str = ""
    """What the person can do about an error; empty: nothing to add."""

    def content(self) -> Content:
        """Word, sentence and the `Fix:` line, styled; the text is never read as markup (SR-TERM-06)."""
        word, color = WORDS[self.level]
        parts: list[str | tuple[str, str]] = [(f"{word}:", f"bold {color}"), f" {self.text}"]
        if self.fix:
            parts += ["\n", ("Fix:", "bold"), f" {self.fix}"]
        return Content.assemble(*parts)

    def plain(self) -> str:
        """The same as one line of text."""
        return f"{WORDS[self.level][0]}: {self.text}" + (f" Fix: {self.fix}" if self.fix else "")


def of_notice(notice: Notice) -> Announcement:
    """A notice of the portal."""
    return Announcement(_NOTICE_LEVELS[notice.level], notice.text)


def of_problem(problem: Problem, fix: str = "") -> Announcement:
    """A refusal of the portal, with the repair the client knows for its code (A11Y-ERR-01)."""
    return Announcement("error", problem.text, fix)


def of_error(error: PortalError) -> Announcement:
    """A call that failed, with what the person can do next (S-7)."""
    return Announcement("error", error.sentence, error.remedy)
