"""Choosing a row of a long list by search, paging and number (F-ORG-12).

Numbers always mean the rows as they were last read out: a selected row leaves the list (F-ORG-11), and the
rows behind it must not change their numbers silently.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from client.messages.screen import Field, FieldValue, Screen, TableRow
from tui.plain.choices import Choice, choice_lines
from tui.plain.commands import Invoked
from tui.plain.endings import Leave
from tui.plain.grammar import Label
from tui.plain.talk import Prompt, Talk

PICKER_FIELDS: Final = frozenset({"search", "match_case"})
"""Fields that belong to a picker's list and are set by its commands (W-6)."""

_COMMANDS: Final = frozenset({"find", "next", "prev", "case", "selected", "clear", "done"})
_RELISTS: Final = frozenset({"search", "first_page", "prev_page", "next_page", "last_page", "clear"})
"""Actions after which the rows are read again."""


@dataclass(frozen=True, slots=True)
class Step:
    """An action to send, with the values that differ from the form's."""

    action: str
    values: dict[str, FieldValue]


class ShowActions(Exception):  # noqa: N818 - the person's choice
    """`/done`: the person wants the action list."""


class Picker:
    """The conversation about one picker screen; remembers how far the page was read."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._rows: Sequence[TableRow] = ()
        self._first = 1
        self._shown = 0
        self._listed = False
        self._explained = False

    def carried_out(self, action_id: str) -> None:
        """An action was sent: after some the list is another one."""
        if action_id in _RELISTS:
            self._listed = False

    def repeat(self) -> None:
        """Read the page again from its first row (`/repeat`)."""
        self._start_page()

    async def turn(self) -> Step:
        """Read what is new and ask until there is something to send. `ShowActions` for `/done`."""
        if not self._listed:
            self._start_page()
        while True:
            answer = await self._ask()
            if isinstance(answer, Step):
                return answer
            await self._talk.keep_in_touch()

    def _start_page(self) -> None:
        screen, table = self._talk.journey.screen, self._talk.journey.screen.table
        self._rows, self._first, self._shown = (table.rows, max(table.first, 1), 0) if table else ((), 1, 0)
        self._listed = True
        if self._selection:
            self._say_selected()
        if table is not None:
            self._talk.line(f"Available: {table.pager}")
        self._read_more()
        if not self._explained and self._talk.settings.announce != "brief" and screen.table:
            self._explained = True
            self._talk.say(
                Label.HELP, "type the number or the name of a row; /find TEXT searches, /next reads on."
            )

    def _read_more(self) -> None:
        size = self._talk.settings.page_rows or len(self._rows)
        start, self._shown = self._shown, min(self._shown + size, len(self._rows))
        self._talk.lines(choice_lines(self._choices()[start : self._shown], first=self._first + start))

    def _read_back(self) -> bool:
        """Read the rows before the last ones again; False at the top of the page."""
        size = self._talk.settings.page_rows or len(self._rows)
        start = (self._shown - 1) // size * size if self._shown else 0
        if start == 0:
            return False
        self._shown = start - size
        self._read_more()
        return True

    async def _ask(self) -> Step | None:
        answer = await self._talk.hear(Prompt(self._question(), field=self._field.id), _COMMANDS)
        if isinstance(answer, Invoked):
            return await self._command(answer)
        if not answer.text:
            return self._go_on()
        if not self._shown:
            return Step("search", {"search": answer.text})
        found = self._talk.chosen(answer.text, self._choices()[: self._shown], first=self._first)
        return None if found is None else Step("select", {self._field.id: [self._rows[found].id]})

    async def _command(self, command: Invoked) -> Step | None:
        match command.name:
            case "find":
                text = command.argument or await self._search_text()
                return None if text is None else Step("search", {"search": text})
            case "next" | "prev":
                return self._turn_page(command.name)
            case "case":
                return self._match_case(command.argument)
            case "selected":
                self._say_selected()
            case "clear" if self._selection:
                return Step("clear", {})
            case "clear":
                self._talk.say(Label.DONE, "nothing is selected.")
            case "done":
                raise ShowActions
        return None

    async def _search_text(self) -> str | None:
        try:
            return await self._talk.ask(Prompt("Search for:", field="search"))
        except Leave as leave:
            if leave.command.name == "back":
                return None
            raise

    def _turn_page(self, direction: str) -> Step | None:
        table = self._talk.journey.screen.table
        if table is None:
            return None
        if direction == "next" and self._shown < len(self._rows):
            self._read_more()
        elif direction == "next" and table.page < table.pages:
            return Step("next_page", {})
        elif direction == "next":
            self._talk.error("this is the end of the list", "choose a row, or /prev")
        elif self._read_back():
            return None
        elif table.page > 1:
            return Step("prev_page", {})
        else:
            self._talk.error("this is the beginning of the list", "choose a row, or /next")
        return None

    def _match_case(self, word: str) -> Step | None:
        if word.casefold() not in ("on", "off"):
            self._talk.error("/case takes on or off", "type /case on or /case off")
            return None
        wanted = word.casefold() == "on"
        self._talk.journey.type({"match_case": wanted})
        if self._talk.journey.values.get("search"):
            return Step("search", {"match_case": wanted})
        self._talk.say(Label.DONE, f"match case is {word.casefold()}.")
        return None

    def _go_on(self) -> Step:
        """Enter alone: the screen's own action, with the selection there is."""
        primary = self._talk.journey.screen.primary
        ids: FieldValue = [option.value for option in self._field.options]
        return Step(primary.id if primary else "next", {self._field.id: ids})

    def _say_selected(self) -> None:
        self._talk.line(f"Selected: {self._selection or 'nothing'}")

    def _question(self) -> str:
        if not self._shown and not self._selection:
            return "Search for:"
        numbers = f", number {self._first} to {self._first + self._shown - 1}" if self._shown else ""
        asked = f"{self._field.label}{numbers}"
        if not self._selection:
            return f"{asked}:"
        brief = self._talk.settings.announce == "brief"
        return f"{asked}, or Enter:" if brief else f"{asked} (Enter keeps {self._selection}):"

    def _choices(self) -> list[Choice]:
        return [Choice(", ".join(cell for cell in row.cells if cell)) for row in self._rows]

    @property
    def _field(self) -> Field:
        return next(field for field in self._talk.journey.screen.fields if field.kind == "picker")

    @property
    def _selection(self) -> str:
        return "; ".join(option.label for option in self._field.options)


def is_picker(screen: Screen) -> bool:
    """Whether the screen is a list to choose from."""
    return screen.table is not None and any(field.kind == "picker" for field in screen.fields)
