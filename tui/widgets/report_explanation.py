"""Why a cell shows what it shows: plain sentences first, then formula, figures, rules and source (look.md).

The words are made here and shown twice: in the panel over the lower part of the report, and as a screen of
their own where the window has no room for both.
"""

from client.explaining import GIVEN, column_note, filled_in
from client.messages.report import Explanation, ReportTable
from client.safe_text import single_line
from tui.widgets.report_layout import cell_texts, heading_text
from tui.widgets.report_words import NO_VALUE
from tui.widgets.text_pane import Paragraph, TextPane

TITLE = "Explanation"


def explanation_text(
    explanation: Explanation | None, table: ReportTable, row: int, column: int
) -> list[Paragraph]:
    """The explanation of a cell, or that there is nothing to explain; the heading's footnote last."""
    note = column_note(table, column)
    return [
        *(_given(table, row, column) if explanation is None else _computed(explanation)),
        *([Paragraph(f"Note [{note[0]}]: {note[1]}")] if note else []),
    ]


def _given(table: ReportTable, row: int, column: int) -> list[Paragraph]:
    value = cell_texts(table.rows[row : row + 1])[0][column] or NO_VALUE
    heading = heading_text(table.columns[column])
    return [Paragraph(single_line(f"{heading}: {value}"), strong=True), Paragraph(GIVEN)]


def _computed(told: Explanation) -> list[Paragraph]:
    filled = filled_in(told)
    return [
        Paragraph(single_line(told.title), strong=True),
        *map(Paragraph, told.sentences),
        Paragraph(f"Formula: {told.formula}"),
        *([Paragraph(f"With its figures: {filled}")] if filled else []),
        *(Paragraph(f"Input {item.name}: {item.value}") for item in told.inputs),
        Paragraph(f"Rules: {', '.join(told.rules)}"),
        Paragraph(f"Source: {told.source}"),
    ]


class ReportExplanation(TextPane):
    """The panel: always a focus stop while it is open, so that a reader's cursor goes to it."""

    DEFAULT_CSS = """
    ReportExplanation { height: 13; max-height: 50%; background: $surface; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(TITLE, id=id)

    def _wrap(self) -> None:
        super()._wrap()
        self.can_focus = True
