"""The commands of plain mode as one table, and how a typed line becomes one (A11Y-PLAIN-11).

A line is a command if it begins with `/` (or is `?`); `//text` is the text `/text`. Commands that mean
something only while a list or table is read are marked, so that help and error texts come from the same rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name without the slash, other names, the argument it takes, and what it does."""

    name: str
    does: str
    argument: str = ""
    """How the argument is written in help; empty: it takes none."""
    aliases: tuple[str, ...] = ()
    reading: bool = False
    """Only while a list or table is being read."""
    demo: bool = False
    """Only where the portal offers its demo views."""

    @property
    def usage(self) -> str:
        """`/find TEXT`, `/help or ?`."""
        written = f"/{self.name} {self.argument}".rstrip()
        short = [alias if alias == "?" else f"/{alias}" for alias in self.aliases]
        return " or ".join([written, *short])


COMMANDS: Final = (
    Command("help", "explains this screen and lists its actions and the commands", aliases=("?",)),
    Command("back", "goes to the previous field, then to the previous screen", aliases=("b",)),
    Command("cancel", "gives up what this screen is for"),
    Command("repeat", "reads this screen again, with the time left", aliases=("r",)),
    Command("next", "reads on: more rows, the next page, the next table", aliases=("n",)),
    Command("prev", "reads back: earlier rows, the previous page, the previous table", aliases=("p",)),
    Command("find", "searches the list, or reads the matching rows of the table", "TEXT", reading=True),
    Command("actions", "lists what can be done here, with numbers", aliases=("a",)),
    Command("do", "carries out an action by its id", "ACTION-ID"),
    Command("time", "says the scenario date and the time left"),
    Command("table", "reads a table or a named section; alone it lists them", "N-OR-NAME", reading=True),
    Command("row", "reads one row", "N", reading=True),
    Command("column", "reads one column", "NAME-OR-N", reading=True),
    Command("columns", "lists the columns with their short names", reading=True),
    Command("explain", "says why a cell of a report shows its value", "ROW COLUMN", reading=True),
    Command(
        "sort",
        "sorts by a column; again: reversed; again, or without a column: report order",
        "NAME-OR-N",
        reading=True,
    ),
    Command("note", "reads a note of the table; without a number all of them", "N", reading=True),
    Command("done", "stops reading and lists the actions", reading=True),
    Command("case", "makes the search match capital letters exactly, or not", "on|off", reading=True),
    Command("selected", "says what is selected", reading=True),
    Command("clear", "empties the field or the selection"),
    Command("outbox", "opens the simulated phone and mailbox", demo=True),
    Command("settings", "says the settings; with a name and a value it changes one", "NAME VALUE"),
    Command("full", "changes to the full screen, on a terminal only"),
    Command("logout", "signs out"),
    Command("quit", "ends the program"),
)

BY_NAME: Final = {name: command for command in COMMANDS for name in (command.name, *command.aliases)}


@dataclass(frozen=True, slots=True)
class Typed:
    """A line that is an answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Invoked:
    """A line that is a command, by its full name."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class UnknownCommand:
    """A line that looks like a command but is none; where a path is asked for, it is one."""

    text: str
    nearest: str | None
    """The command it comes nearest to, with its slash; None: none is near."""


def parse(line: str) -> Typed | Invoked | UnknownCommand:
    """What a line at a prompt means."""
    text = line.strip()
    if text == "?":
        return Invoked("help")
    if text.startswith("//"):
        return Typed(text[1:])
    if not text.startswith("/"):
        return Typed(text)
    word, _, argument = text[1:].partition(" ")
    command = BY_NAME.get(word.casefold())
    if command is not None:
        return Invoked(command.name, argument.strip())
    return UnknownCommand(text, nearest_command(word))


def nearest_command(word: str) -> str | None:
    """The command whose name comes nearest to `word`, with its slash."""
    near = get_close_matches(word.casefold(), [c.name for c in COMMANDS], n=1)
    return f"/{near[0]}" if near else None


def help_lines(*, reading: bool, demo: bool) -> Iterable[str]:
    """One `usage: what it does` line per command that can be used now."""
    for command in COMMANDS:
        if (reading or not command.reading) and (demo or not command.demo):
            yield f"{command.usage}: {command.does}"
