"""Reads one table with its commands: paging, rows, columns, find (A11Y-TABLE-03 to A11Y-TABLE-07).

Whatever is read in pages (all rows, or the matches of a search) is one `_Passage`, so Enter always means
`more of this`.
"""

from dataclasses import dataclass, field
from typing import ClassVar, Final

from tui.plain.choices import Mismatch
from tui.plain.commands import Invoked
from tui.plain.grammar import Label
from tui.plain.tables import (
    Reading,
    SpokenRow,
    SpokenTable,
    caption_lines,
    column_lines,
    columns_lines,
    find_column,
    grid_lines,
    matching_rows,
    note_lines,
    opening_lines,
    row_lines,
)
from tui.plain.talk import Prompt, Talk

READING_COMMANDS: Final = frozenset({"next", "prev", "find", "table", "row", "column", "columns", "done"})


@dataclass(slots=True)
class _Passage:
    """Rows to read, how far they were read, and what is said at their end."""

    rows: tuple[SpokenRow, ...]
    ending: tuple[str, ...]
    noun: str = "Rows"
    read: int = 0
    pages: list[int] = field(default_factory=list)
    """Where each page that was read began, for `/prev`."""

    @property
    def done(self) -> bool:
        return self.read >= len(self.rows)


class TableReader:
    """One table being read. `after` is what the prompt says when all of it was read."""

    commands: ClassVar[frozenset[str]] = READING_COMMANDS
    """Commands that the prompt takes."""

    def __init__(self, talk: Talk, table: SpokenTable, *, after: str, after_brief: str) -> None:
        self._talk = talk
        self._table = table
        self._after = after
        self._after_brief = after_brief
        self._passage = self._all_rows()

    @property
    def reading(self) -> Reading:
        """How the settings want tables read, as of now."""
        settings = self._talk.settings
        brief = settings.announce == "brief"
        return Reading(
            settings.table_style, settings.row_labels, short_headings=brief, list_columns=not brief
        )

    def open(self, known: frozenset[str] = frozenset()) -> frozenset[str]:
        """Say what table it is and read its first page; answers the caption lines said by now."""
        self._passage = self._all_rows()
        self._talk.lines(opening_lines(self._table, self.reading, known))
        self._read_page()
        return known | frozenset(caption_lines(self._table))

    async def converse(self) -> Invoked:
        """Carry out commands until one leads away: `next`, `prev`, `table` or `done`."""
        while True:
            answer = await self._talk.hear(Prompt(self._question(), field="table"), self.commands)
            await self._talk.keep_in_touch()
            if not isinstance(answer, Invoked):
                if answer.text:
                    self._talk.error("this is no command", "Enter reads on, /actions lists what can be done")
                    continue
                answer = Invoked("next")
            leaving = self._carried_out(answer)
            if leaving is not None and not await self._carried_further(leaving):
                return leaving

    def _carried_out(self, command: Invoked) -> Invoked | None:
        """Do what can be done inside this table; a command that leads away is answered."""
        match command.name:
            case "next" if not self._passage.done:
                self._read_page()
            case "prev" if len(self._passage.pages) > 1:
                self._read_back()
            case "row":
                self.read_row(command.argument)
            case "column":
                self._read_column(command.argument)
            case "columns":
                self._talk.lines(columns_lines(self._table))
            case "find":
                self.find(command.argument)
            case _:
                return command
        return None

    async def _carried_further(self, command: Invoked) -> bool:
        """Do what only some tables can; whether it was done."""
        return False

    def show(self, table: SpokenTable) -> None:
        """Go on with the table in another order, from its first page."""
        self._table = table
        self._passage = self._all_rows()
        self._read_page()

    def read_row(self, number: str) -> None:
        """One row, whatever its page."""
        rows = self._table.data
        if not number.isdecimal() or not 1 <= int(number[:9]) <= len(rows):
            self._talk.error(
                f"the rows go from 1 to {len(rows)}", "type /row and a number, for example /row 1"
            )
            return
        self._talk.lines(row_lines(self._table, rows[int(number) - 1], self.reading))
        self._talk.blank()

    def find(self, text: str) -> None:
        """Read the rows that contain a text, in pages, and say how many there are."""
        if not text:
            self._talk.error("there is nothing to find", "type /find and the text, for example /find stroke")
            return
        rows = tuple(matching_rows(self._table, text))
        total = f"{len(rows)} of {len(self._table.data)} rows match."
        self._passage = _Passage(rows, (f"{Label.TOTAL}: {total}",), noun="Matches")
        self._read_page()

    def _read_column(self, name: str) -> None:
        found = find_column(self._table, name)
        if isinstance(found, Mismatch):
            self._talk.error(found.error, "type /columns for the list")
            return
        self._talk.lines(column_lines(self._table, found))

    def _all_rows(self) -> _Passage:
        return _Passage(self._table.rows, tuple(note_lines(self._table)))

    def _read_page(self) -> None:
        passage = self._passage
        passage.pages.append(passage.read)
        page = _page(passage, self._talk.settings.page_rows)
        self._read_rows(page)
        passage.read += len(page)
        if passage.done:
            self._talk.lines(passage.ending)

    def _read_back(self) -> None:
        self._passage.pages.pop()
        self._passage.read = self._passage.pages.pop()
        self._read_page()

    def _read_rows(self, rows: tuple[SpokenRow, ...]) -> None:
        if self.reading.style == "grid" and rows:
            if self._talk.grid(grid_lines(self._table, rows)):
                return
            self._talk.say(Label.NOTICE, "the grid is too wide for this line length; rows are read instead.")
        for row in rows:
            self._talk.lines(row_lines(self._table, row, self.reading))
            if self.reading.style != "lines":
                self._talk.blank()

    def _question(self) -> str:
        brief = self._talk.settings.announce == "brief"
        if self._passage.done:
            return self._after_brief if brief else self._after
        read = _numbered(self._passage.rows[: self._passage.read])
        total = _numbered(self._passage.rows)
        first = _numbered(self._passage.rows[: self._passage.pages[-1]]) + 1
        opening = f"{self._passage.noun} {first} to {read} of {total}"
        if brief:
            return f"{opening}. Enter for more:"
        return f"{opening} read. Enter for more, /row N, /find TEXT, /done to stop reading:"


def _page(passage: _Passage, size: int) -> tuple[SpokenRow, ...]:
    """The next rows up to `size` data rows (0: all), with the group and total rows among them."""
    rest = passage.rows[passage.read :]
    if not size:
        return rest
    counted = 0
    for i, row in enumerate(rest):
        if row.kind == "data":
            if counted == size:
                return rest[:i]
            counted += 1
    return rest


def _numbered(rows: tuple[SpokenRow, ...]) -> int:
    return sum(row.kind == "data" for row in rows)
