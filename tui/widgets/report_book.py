"""The report as the viewer pages through it: which tables there are, in which order, and which have arrived.

A practice with hundreds of professionals has thousands of tables, so the server sends the outline of all and
the tables of the sections asked for; a book grows as sections arrive. It is a value: merging gives another.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from msgspec.structs import replace

from client.messages.report import Report, ReportTable, Section, TableOutline
from client.report_sorting import Sorting


@dataclass(frozen=True)
class TableKey:
    """A table of the report; table ids repeat from section to section."""

    section: str
    table: str


@dataclass(frozen=True)
class Bookmark:
    """Where a person was in a report."""

    report: str
    """Id of the run."""
    key: TableKey
    row: int
    column: int
    sorting: Sorting | None


@dataclass(frozen=True)
class ReportBook:
    """A report and the tables of it that have arrived."""

    report: Report

    @cached_property
    def keys(self) -> tuple[TableKey, ...]:
        """All tables in report order."""
        return tuple(self._keys())

    @cached_property
    def _sections(self) -> dict[str, Section]:
        return {section.id: section for section in self.report.sections}

    @cached_property
    def _outlines(self) -> dict[TableKey, TableOutline]:
        return {
            TableKey(section.id, outline.id): outline
            for section in self.report.sections
            for outline in section.outline
        }

    def section(self, key: TableKey) -> Section:
        """The section of a table."""
        return self._sections[key.section]

    def outline(self, key: TableKey) -> TableOutline:
        """Title and size of a table."""
        return self._outlines[key]

    def table(self, key: TableKey) -> ReportTable | None:
        """The table; None while its section has not been fetched."""
        return next((table for table in self.section(key).tables if table.id == key.table), None)

    def beside(self, key: TableKey | None, step: int) -> TableKey | None:
        """The table `step` places on; None beyond the ends. From None: the first or the last one."""
        if key is None:
            return next(iter(self.keys[:1] if step > 0 else self.keys[-1:]), None)
        index = self.keys.index(key) + step
        return self.keys[index] if 0 <= index < len(self.keys) else None

    def position(self, key: TableKey) -> str:
        """`2 of 41`."""
        return f"{self.keys.index(key) + 1} of {len(self.keys)}"

    def merged(self, answer: Report) -> "ReportBook":
        """This book with the tables of the sections that `answer` brings."""
        arrived = {section.id: section for section in answer.sections if section.tables}
        sections = [arrived.get(section.id, section) for section in self.report.sections]
        return ReportBook(replace(self.report, sections=sections))

    def _keys(self) -> Iterator[TableKey]:
        for section in self.report.sections:
            for outline in section.outline:
                yield TableKey(section.id, outline.id)
