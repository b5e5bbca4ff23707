"""What both front ends add to the server's sentences about a cell: the formula with its figures, the note."""

import re

from client.messages.report import Explanation, ReportTable

GIVEN = "This value is given, not computed."
_FIGURE = re.compile(r"-?\$?\d[\d,]*(?:\.\d+)?%?")
"""An input that reads well inside a formula; lists and words do not."""
_NAME = re.compile(r"[A-Za-z_]\w*")


def filled_in(explanation: Explanation) -> str:
    """The formula with the figures in the place of their names; empty where no figure went in."""
    figures = {item.name: item.value for item in explanation.inputs if _FIGURE.fullmatch(item.value)}
    filled = _NAME.sub(lambda name: figures.get(name[0], name[0]), explanation.formula)
    return filled if filled != explanation.formula else ""


def column_note(table: ReportTable, column: int) -> tuple[str, str] | None:
    """Mark and text of the footnote that a heading names; None: the table has no such note."""
    mark = table.columns[column].note
    found = next((note for note in table.footnotes if mark and note.mark == mark), None)
    return None if found is None else (found.mark, found.text)
