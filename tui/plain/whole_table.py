"""A whole table at once as plain mode reads it, for the full screen's "Show as text" (A11Y-COPY-02)."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from client.messages.report import ReportTable
from client.safe_text import single_line
from tui.plain.tables import Reading, SpokenTable, note_lines, opening_lines, row_lines, spoken
from tui.text_table import wrap


def table_lines(table: ReportTable, width: int) -> list[str]:
    """Title, columns, rows and notes in lines of at most `width` cells."""
    text = spoken(table)
    paragraphs = [*opening_lines(text, Reading()), *_rows(text), "", *note_lines(text)]
    return [line for paragraph in paragraphs for line in _wrapped(single_line(paragraph), width)]


def _rows(table: SpokenTable) -> Iterator[str]:
    for row in table.rows:
        yield ""
        yield from row_lines(table, row, Reading())


def _wrapped(text: str, width: int) -> Sequence[str]:
    return [text] if cell_len(text) <= width else wrap(text, width)
