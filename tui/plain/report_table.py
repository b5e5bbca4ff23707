"""A table of a report being read: sorting, explanations and notes beside the reading (W-8, A11Y-TABLE-07).

Rows are named by their number or by what stands in their first two cells (`#31`, an NPI, a name); `/explain`
takes a row and a column in one line, so it tries where the one ends and the other begins.
"""

from collections.abc import Sequence
from typing import Final

from client.errors import PortalError, Refused
from client.explaining import GIVEN, column_note, filled_in
from client.messages.cells import format_cell
from client.messages.report import Explanation, ReportRow, ReportTable, Section
from client.report_search import find_sections
from client.report_sorting import Sorting, sorted_table, sorting_words, turned
from tui.plain.choices import Mismatch
from tui.plain.commands import Invoked
from tui.plain.grammar import Label, labelled, sentence
from tui.plain.table_reader import READING_COMMANDS, TableReader
from tui.plain.tables import find_column, note_lines, spoken
from tui.plain.talk import Prompt, Talk

EXAMPLE: Final = "type /explain, a row and a column, for example /explain 1 2"
NO_VALUE: Final = "no value"
UNKNOWN_CELL: Final = 404
"""How the portal answers for a cell that is given in a column of computed ones."""


class ReportTableReader(TableReader):
    """Reads a table of a section. `sections` are those of the whole report."""

    commands = READING_COMMANDS | {"explain", "sort", "note"}

    def __init__(
        self,
        talk: Talk,
        table: ReportTable,
        section: Section,
        sections: Sequence[Section],
        *,
        after: str,
        after_brief: str,
    ) -> None:
        super().__init__(talk, spoken(table), after=after, after_brief=after_brief)
        self._in_report_order = table
        self._ordered = table
        self._sorting: Sorting | None = None
        self._section = section
        self._sections = sections

    async def _carried_further(self, command: Invoked) -> bool:
        match command.name:
            case "explain":
                await self._explain(command.argument)
            case "sort":
                self._sort(command.argument)
            case "note":
                self._read_note(command.argument)
            case _:
                return False
        return True

    def find(self, text: str) -> None:
        """As every table, and which section titles have the text."""
        super().find(text)
        found = find_sections(self._sections, text) if len(self._sections) > 1 else []
        if found:
            more = f"; and {len(found) - 1} more" if len(found) > 1 else ""
            self._talk.say(
                Label.NOTICE, f"in section titles: {found[0].title}{more}. /table and a name go there."
            )

    # Order

    def _sort(self, name: str) -> None:
        """Another order, read from its first row; without a column the report's own."""
        sorting = None
        if name:
            column = find_column(self._table, name)
            if isinstance(column, Mismatch):
                self._talk.error(column.error, "type /columns for the list")
                return
            sorting = turned(self._sorting, self._ordered.columns[column].id)
        self._sorting, self._ordered = sorting, sorted_table(self._in_report_order, sorting)
        words = sorting_words(self._ordered, sorting)
        self._talk.say(Label.DONE, words[:1].lower() + words[1:])
        self.show(spoken(self._ordered))

    # Notes

    def _read_note(self, mark: str) -> None:
        """One note, or all of them."""
        marks = [name for name, _ in self._table.notes if name]
        lines = [
            line
            for line, (name, _) in zip(note_lines(self._table), self._table.notes, strict=True)
            if not mark or name == mark
        ]
        if lines:
            self._talk.lines(lines)
        elif marks:
            self._talk.error("there is no note of this name", f"type /note and one of: {', '.join(marks)}")
        else:
            self._talk.error("this table has no numbered notes", "type /note for what stands below it")

    # Explanations

    async def _explain(self, argument: str) -> None:
        cell = self._cell(argument or await self._asked())
        if isinstance(cell, Mismatch):
            self._talk.error(cell.error, cell.fix)
            return
        row, column = cell
        try:
            told = await self._told(row, column)
        except PortalError as error:
            self._talk.failure(error)
            return
        self._talk.lines(self._computed(told) if told else self._given(row, column))
        note = column_note(self._ordered, column)
        self._talk.lines([f"{Label.NOTE} {note[0]}: {note[1]}"] if note else [])

    async def _asked(self) -> str:
        row = await self._talk.ask(Prompt("Row:", field="row"))
        return f"{row} {await self._talk.ask(Prompt('Column:', field='column'))}"

    async def _told(self, row: ReportRow, column: int) -> Explanation | None:
        """The portal's explanation; None for a value that was given."""
        asked = self._ordered.columns[column]
        if not asked.explainable:
            return None
        call = self._talk.journey.explain(
            section=self._section.id, table=self._ordered.id, row=row.id, column=asked.id
        )
        try:
            return await self._talk.working(call, "reading the explanation")
        except Refused as refused:
            if refused.status == UNKNOWN_CELL:
                return None
            raise

    @staticmethod
    def _computed(told: Explanation) -> list[str]:
        filled = filled_in(told)
        return [
            told.title,
            *(labelled(Label.HELP, sentence(text)) for text in told.sentences),
            f"Formula: {told.formula}",
            *([f"With its figures: {filled}"] if filled else []),
            *(f"Input {item.name}: {item.value}" for item in told.inputs),
            f"Rules: {', '.join(told.rules)}",
            f"Source: {told.source}",
        ]

    def _given(self, row: ReportRow, column: int) -> list[str]:
        value = format_cell(row.cells[column]) or NO_VALUE
        return [f"{self._ordered.columns[column].heading}: {value}", labelled(Label.NOTICE, GIVEN)]

    def _cell(self, text: str) -> tuple[ReportRow, int] | Mismatch:
        """The row and the column that a line names, wherever the one ends and the other begins."""
        words = text.split()
        if len(words) < 2:
            return Mismatch("a row and a column are needed", EXAMPLE)
        refused: Mismatch | None = None
        for end in range(1, len(words)):
            row = find_row(self._ordered, " ".join(words[:end]))
            column = find_column(self._table, " ".join(words[end:]))
            if isinstance(row, ReportRow) and isinstance(column, int):
                return row, column
            refused = refused or (row if isinstance(row, Mismatch) else None)
            if refused is None and isinstance(column, Mismatch):
                refused = Mismatch(column.error, "type /columns for the list")
        return refused or Mismatch("there is no such cell", EXAMPLE)


def find_row(table: ReportTable, text: str) -> ReportRow | Mismatch:
    """The row of that number, or the one row whose first two cells have the text."""
    data = [row for row in table.rows if row.kind == "data"]
    if text.isdecimal() and len(text) < 10:
        if 1 <= int(text) <= len(data):
            return data[int(text) - 1]
        return Mismatch(f"the rows go from 1 to {len(data)}", EXAMPLE)
    wanted = text.casefold()
    names = [[format_cell(cell).casefold() for cell in row.cells[:2]] for row in table.rows]
    exact = [row for row, cells in zip(table.rows, names, strict=True) if wanted in cells]
    near = [
        row for row, cells in zip(table.rows, names, strict=True) if any(wanted in cell for cell in cells)
    ]
    found = exact or near
    if len(found) == 1:
        return found[0]
    if found:
        numbers = [str(data.index(row) + 1) for row in found if row.kind == "data"]
        return Mismatch(
            f"this fits {len(found)} rows", f"type the number of one of: {', '.join(numbers[:20])}"
        )
    return Mismatch("no row has this name", EXAMPLE)
