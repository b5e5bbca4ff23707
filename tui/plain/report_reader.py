"""Reads a report: header facts, then its tables in order, section after section (F-REP-03, P-FMT-21).

Sections are fetched when they are reached: a practice may have a thousand professionals. The first request
asks for the section `TIN` because every section id but that one is unknown before the outline is here.
"""

from collections.abc import Sequence

from client.errors import PortalError
from client.messages.report import Report, ReportTable, Section
from tui.plain.choices import Choice
from tui.plain.commands import Invoked
from tui.plain.endings import Leave
from tui.plain.grammar import Label
from tui.plain.report_table import ReportTableReader
from tui.plain.table_reader import TableReader
from tui.plain.talk import Prompt, Talk


class ReportReader:
    """One report being read; keeps its place while the person does something else."""

    def __init__(self, talk: Talk, report: Report) -> None:
        self._talk = talk
        self._report = report
        self._tables: dict[str, Sequence[ReportTable]] = {}
        self._section = -1
        self._table = 0
        self._reader: TableReader | None = None
        self._opened = False
        self._captions: frozenset[str] = frozenset()
        """Caption lines that were said; the tables of a report repeat them."""
        self._take(report)

    @staticmethod
    async def fetch(talk: Talk) -> "ReportReader | None":
        """Fetch the present screen's report; None if it cannot be had, which is said."""
        reference = talk.journey.screen.report
        try:
            return ReportReader(talk, await _fetched(talk, reference.first_section if reference else ""))
        except PortalError as error:
            talk.failure(error)
            return None

    @property
    def report_id(self) -> str:
        """Which run this is."""
        return self._report.id

    @property
    def report(self) -> Report:
        """The report with the outline of all its sections."""
        return self._report

    @property
    def place(self) -> tuple[int, int]:
        """Index of the section and of the table in it that is being read."""
        return self._section, self._table

    @property
    def table(self) -> ReportTable | None:
        """The table that is being read, in report order; None before there is one."""
        sections = self._report.sections
        known = self._tables.get(sections[self._section].id, ()) if sections and self._section >= 0 else ()
        return known[self._table] if self._table < len(known) else None

    def resume(self) -> None:
        """Read the present table again when reading goes on."""
        self._opened = False

    async def begin(self) -> None:
        """Say the header and go to the first table."""
        self._say_header()
        try:
            await self._go_to(0, 0)
        except PortalError as error:
            self._talk.failure(error)

    def _say_header(self) -> None:
        """Title, facts and cautions."""
        self._talk.line(f"Report Message Name: {self._report.title}")
        self._talk.lines([f"{fact.label}: {fact.value}" for fact in self._report.facts])
        for caution in self._report.cautions:
            self._talk.say(Label.WARNING, caution)

    def repeat(self) -> None:
        """Header and present table again (`/repeat`)."""
        self._say_header()
        if self._reader is not None:
            self._reader.open()

    async def read(self) -> None:
        """Read and answer commands until the person stops reading or the report ends."""
        while True:
            if self._reader is None:
                return
            if not self._opened:
                self._opened = True
                self._captions = self._reader.open(self._captions)
            command = await self._reader.converse()
            if command.name == "done" or not await self._move(command):
                return

    async def next_table(self) -> bool:
        """Go to the next table, of the next section after the last one; False at the end."""
        return await self._move(Invoked("next"))

    async def prev_table(self) -> bool:
        """Go back one table."""
        return await self._move(Invoked("prev"))

    async def find(self) -> None:
        """Ask for a text and read the rows that contain it."""
        text = await self._talk.ask(Prompt("Search for:", field="find"))
        if self._reader is not None:
            self._opened = True
            self._reader.find(text)

    async def expand(self) -> None:
        """Ask for a row and read it."""
        number = await self._talk.ask(Prompt("Row:", field="row"))
        if self._reader is not None:
            self._opened = True
            self._reader.read_row(number)

    # Moving

    async def _move(self, command: Invoked) -> bool:
        """Go where the command leads; False: there is nothing further on, reading is over."""
        try:
            match command.name:
                case "next":
                    return await self._go_on(1)
                case "prev":
                    if not await self._go_on(-1):
                        self._talk.error("this is the first table", "Enter reads on, /table lists the tables")
                    return True
                case _:
                    await self._choose_table(command.argument)
                    return True
        except PortalError as error:
            self._talk.failure(error)
            return True

    async def _go_on(self, by: int) -> bool:
        table, section = self._table + by, self._section
        while not 0 <= table < len(self._report.sections[section].outline):
            section += by
            if not 0 <= section < len(self._report.sections):
                return False
            table = 0 if by > 0 else len(self._report.sections[section].outline) - 1
        await self._go_to(section, table)
        return True

    async def _go_to(self, section: int, table: int) -> None:
        sections = self._report.sections
        if not sections:
            return
        tables = await self._tables_of(sections[section])
        if section != self._section and len(sections) > 1:
            self._talk.line(f"Section: {sections[section].title}")
        self._section, self._table = section, table
        self._opened = False
        self._reader = self._reader_of(tables, table) if tables else None

    async def _tables_of(self, section: Section) -> Sequence[ReportTable]:
        if section.id not in self._tables:
            self._take(await _fetched(self._talk, section.id))
        return self._tables.get(section.id, ())

    def _take(self, report: Report) -> None:
        self._tables |= {section.id: section.tables for section in report.sections if section.tables}

    def _reader_of(self, tables: Sequence[ReportTable], number: int) -> TableReader:
        read = f"Table {number + 1} of {len(tables)}"
        if number + 1 < len(tables):
            following = "next table"
        elif self._section + 1 < len(self._report.sections):
            following = "next section"
        else:
            following = "actions"
        return ReportTableReader(
            self._talk,
            tables[number],
            self._report.sections[self._section],
            self._report.sections,
            after=f"{read} read. Enter for the {following}, /table for the list, /done to stop reading:",
            after_brief=f"{read}. Enter: {following}:",
        )

    # Choosing

    async def _choose_table(self, argument: str) -> None:
        """`/table N` of this section, `/table NAME` a section; without either choose both one by one."""
        outline = self._report.sections[self._section].outline
        named = [] if argument.isdecimal() else find_sections(self._report.sections, argument)
        if len(named) == 1:
            await self._go_to(named[0], 0)
            return
        if argument:
            if not argument.isdecimal() or not 1 <= int(argument[:9]) <= len(outline):
                self._talk.error(f"the tables go from 1 to {len(outline)}", "type /table for the list")
                return
            await self._go_to(self._section, int(argument) - 1)
            return
        try:
            section = await self._choose_section()
            outline = self._report.sections[section].outline
            titles = [Choice(f"{table.title}. {_rows(table.rows)}") for table in outline]
            table = await self._talk.choose_listed("Table", titles) if len(titles) > 1 else 0
        except Leave as leave:
            if leave.command.name == "back":
                return
            raise
        await self._go_to(section, table)

    async def _choose_section(self) -> int:
        """By number, by NPI, or by a part of the name that fits one section (P-FMT-21)."""
        sections = self._report.sections
        if len(sections) == 1:
            return 0
        shown = sections[: self._talk.settings.page_rows or len(sections)]
        self._talk.lines(_numbered(shown, range(len(shown))))
        if len(shown) < len(sections):
            self._talk.say(Label.NOTICE, f"{len(sections)} sections; name one to find the others.")
        while True:
            question = f"Section, number 1 to {len(sections)}, NPI or name:"
            found = find_sections(sections, await self._talk.ask(Prompt(question, field="section")))
            if len(found) == 1:
                return found[0]
            if found:
                self._talk.error(f"this fits {len(found)} sections", "type the number of one of these")
                self._talk.lines(_numbered(sections, found[:20]))
            else:
                self._talk.error("no section fits", "type a number, an NPI or a part of a name")


async def _fetched(talk: Talk, section_id: str) -> Report:
    return await talk.working(talk.journey.report([section_id]), "reading the report")


def find_sections(sections: Sequence[Section], text: str) -> list[int]:
    """Sections that a number, an NPI or a part of the title names."""
    if text.isdecimal() and len(text) < 10 and 1 <= int(text) <= len(sections):
        return [int(text) - 1]
    wanted = text.casefold()
    exact = [i for i, section in enumerate(sections) if wanted in (section.id.casefold(), section.npi)]
    return exact or [i for i, section in enumerate(sections) if wanted and wanted in section.title.casefold()]


def _numbered(sections: Sequence[Section], which: Sequence[int]) -> list[str]:
    return [f"{i + 1}. {sections[i].title}" for i in which]


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"
