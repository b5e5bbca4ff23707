"""A report as flat tables, one for each table id (P-FMT-21), and what is said beside them.

On paper every professional has tables of their own; a spreadsheet reader wants one table that can be sorted
and summed. Tables of the same id are therefore joined, with `NPI` and `NPI Name` as first columns.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from client.messages.cells import format_cell
from client.messages.report import NotAvailable, Report, ReportColumn, ReportRow, ReportTable, Section

NPI_HEADINGS = ("NPI", "NPI Name")

NEVER_RUN = datetime(1980, 1, 1, tzinfo=UTC)
"""Stands for the run time of a report that has none (offline scoring): the earliest date of a zip archive."""


def run_time(report: Report) -> datetime:
    """When the report was run; files carry it as their only date, so that equal reports are equal files."""
    return report.created_at or NEVER_RUN


class OwnedRows(NamedTuple):
    """Rows of a combined table that belong to one professional, or to the TIN."""

    npi: str
    """Empty for the TIN."""
    name: str
    rows: Sequence[ReportRow]


@dataclass(frozen=True, slots=True)
class CombinedTable:
    """All tables of a report that have one id."""

    id: str
    title: str
    columns: Sequence[ReportColumn]
    """Without the two that say whose a row is."""
    parts: Sequence[tuple[Section, ReportTable]]
    by_npi: bool
    """Whether rows belong to professionals."""

    @property
    def headings(self) -> tuple[str, ...]:
        """Exact headings of all columns, without footnote marks (P-FMT-20)."""
        own = tuple(column.heading for column in self.columns)
        return (*NPI_HEADINGS, *own) if self.by_npi else own

    def rows(self) -> Iterator[OwnedRows]:
        """Its rows, professional after professional, group and total rows included."""
        for section, table in self.parts:
            yield OwnedRows(section.npi or "", _name(section), table.rows)


def _name(section: Section) -> str:
    if section.npi is None:
        return ""
    return format_cell(NotAvailable()) if section.name is None else section.name


def combined_tables(report: Report) -> list[CombinedTable]:
    """One table for each id, in the order in which the ids first occur."""
    parts: dict[str, list[tuple[Section, ReportTable]]] = {}
    for section in report.sections:
        for table in section.tables:
            parts.setdefault(table.id, []).append((section, table))
    return [_combined(table_id, own) for table_id, own in parts.items()]


def _combined(table_id: str, parts: list[tuple[Section, ReportTable]]) -> CombinedTable:
    first = parts[0][1]
    ids = [column.id for column in first.columns]
    if any([column.id for column in table.columns] != ids for _, table in parts):
        raise ValueError(f"tables {table_id} of one report differ in their columns")
    return CombinedTable(
        id=table_id,
        title=first.title,
        columns=first.columns,
        parts=parts,
        by_npi=any(section.npi is not None for section, _ in parts),
    )


Part = Literal["Report", "Header", "Caution", "Table", "Note", "Footnote"]


class AboutLine(NamedTuple):
    """One line of what a spreadsheet says beside its tables."""

    part: Part
    label: str
    """The fact's label, or the id of the table that the line belongs to."""
    text: str


ABOUT_HEADINGS = ("Part", "Label", "Text")


def about(report: Report) -> list[AboutLine]:
    """Header facts, cautions, and title, notes and footnotes of each table; each note once."""
    lines = [AboutLine("Report", report.catalogue_id, report.title)]
    lines += [AboutLine("Header", fact.label, fact.value) for fact in report.facts]
    lines += [AboutLine("Caution", "", caution) for caution in report.cautions]
    for table in combined_tables(report):
        lines.append(AboutLine("Table", table.id, table.title))
        lines += dict.fromkeys(_notes(table))
    return lines


def _notes(table: CombinedTable) -> Iterator[AboutLine]:
    marks = {column.note: column.heading for column in table.columns if column.note}
    for _, part in table.parts:
        for note in part.notes:
            yield AboutLine("Note", table.id, note)
        for footnote in part.footnotes:
            heading = marks.get(footnote.mark)
            about_what = f"{heading}: " if heading else ""
            yield AboutLine("Footnote", table.id, f"[{footnote.mark}] {about_what}{footnote.text}")
