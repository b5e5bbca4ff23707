"""What the viewer says about a table in words: the cell under the cursor, a row in full, the notes below.

The figures come from the same place as the table's own (`cell_texts`), so no two views can differ (F-REP-01).
"""

from typing import NamedTuple

from client.messages.report import Report, ReportTable, Section
from client.safe_text import single_line
from tui.widgets.report_layout import cell_texts, heading_text
from tui.widgets.text_pane import Paragraph

NO_VALUE = "no value"
"""Stands for a cell that is empty by design."""
SYNTHETIC = "Synthetic counts"
MASK = "XXXXX"
"""What a masked TIN begins with (P-FMT-9)."""

WHOSE = frozenset({"Level", "NPI"})
"""Header facts that tell two reports of one practice apart (F-RPT-06)."""


class RowFact(NamedTuple):
    """One line of a row read in full."""

    heading: str
    value: str


def cell_sentence(table: ReportTable, row: int, column: int) -> str:
    """Where the cursor stands and what is under it: `Row 2 of 14. Column 5 of 7. Rationale: ...`."""
    if not table.rows or not table.columns:
        return "This table has no rows."
    kind = table.rows[row].kind
    where = f"Row {row + 1} of {len(table.rows)}" + (f", {kind}" if kind != "data" else "")
    value = cell_texts(table.rows[row : row + 1])[0][column] or NO_VALUE
    return f"{where}. Column {column + 1} of {len(table.columns)}. {table.columns[column].heading}: {value}"


def row_facts(table: ReportTable, row: int) -> list[RowFact]:
    """A row as `Heading: value`, one fact a line, after the group it belongs to (A11Y-TABLE-10)."""
    texts = cell_texts(table.rows[row : row + 1])[0]
    group = _group_of(table, row)
    return [
        *([RowFact("Group", group)] if group else []),
        *(
            RowFact(heading_text(column), text or NO_VALUE)
            for column, text in zip(table.columns, texts, strict=True)
        ),
    ]


def row_footnotes(table: ReportTable) -> list[str]:
    """The footnotes that the headings name."""
    marks = {column.note for column in table.columns if column.note}
    return [f"[{note.mark}] {note.text}" for note in table.footnotes if note.mark in marks]


def notes(table: ReportTable) -> list[Paragraph]:
    """What is printed above and below the table: captions, footnotes, notes."""
    return [
        *map(Paragraph, table.caption),
        *(Paragraph(f"[{note.mark}] {note.text}") for note in table.footnotes),
        *map(Paragraph, table.notes),
    ]


def about(report: Report) -> list[Paragraph]:
    """The header block, the cautions and what the report holds."""
    return [
        Paragraph(report.title, strong=True),
        *(Paragraph(f"{fact.label}: {fact.value}") for fact in report.facts),
        *([Paragraph(f"{SYNTHETIC}: made up by the simulation.")] if report.synthetic else []),
        *(Paragraph(f"Caution: {text}") for text in report.cautions),
        *(Paragraph(_section_line(section)) for section in report.sections),
    ]


def summary(report: Report) -> str:
    """The one line above the tables: masked TIN, whose report, the mark of made-up counts, its name."""
    masked = next((fact.value for fact in report.facts if fact.value.startswith(MASK)), "")
    whose = " ".join(fact.value for fact in report.facts if fact.label in WHOSE)
    parts = [masked, whose, SYNTHETIC if report.synthetic else "", report.title]
    return single_line(" - ".join(part for part in parts if part))


def _section_line(section: Section) -> str:
    return f"{section.title}: {', '.join(outline.short for outline in section.outline)}"


def _group_of(table: ReportTable, row: int) -> str:
    """The title of the group row above a data row; empty: none."""
    above = (index for index in range(row, -1, -1) if table.rows[index].kind == "group")
    index = next(above, None) if table.rows[row].kind == "data" else None
    if index is None:
        return ""
    return next((text for text in cell_texts(table.rows[index : index + 1])[0][1:] if text), "")
