"""The figures of a report table as each way of reading it gives them, in one form that can be compared.

A row is its headings with their values; cells that are empty by design, and the word that names a total, are
left out: plain text does not read them as cells, the full screen says `no value`.
"""

import re
from collections.abc import Iterable, Sequence

from client.messages.cells import format_cell
from client.messages.report import ReportTable

Row = dict[str, str]
LEFT_OUT = ("", "no value", "Total:")
_MARK = re.compile(r" (?:\[\w+\]|\(note \w+\))$")
"""How a footnote is named at the end of a heading: on the screen, and in plain text."""


def of_api(table: ReportTable) -> list[Row]:
    """The rows as the server sent them."""
    headings = [column.heading for column in table.columns]
    return [_row(zip(headings, map(format_cell, row.cells), strict=True)) for row in table.rows]


def of_row_view(words: str, headings: Sequence[str]) -> Row:
    """A row that the full screen reads out: `Heading [1]: value`, one after the other."""
    words = " ".join(words.replace("▌", " ").split())  # the mark of a text that has the focus
    label = "|".join(re.escape(heading) for heading in sorted(headings, key=len, reverse=True))
    end = rf"(?= (?:{label})(?: \[\w+\])?: | \[\w+\] | \[[ >]|$)"
    return _row(re.findall(rf"(?<=\s)((?:{label})(?: \[\w+\])?): (.*?){end}", f" {words}"))


def of_plain(text: str) -> list[Row]:
    """The rows of a table that plain mode reads: a `Row` or `Total` line, then a line for each value."""
    rows: list[Row] = []
    for block in re.split(r"^(?:Row \d+ of \d+|Total: .*)\n", text, flags=re.MULTILINE)[1:]:
        facts = block.partition("\n\n")[0].splitlines()
        rows.append(_row(fact.partition(": ")[::2] for fact in facts))
    return rows


def _row(facts: Iterable[Sequence[str]]) -> Row:
    return {_MARK.sub("", heading): value for heading, value in facts if value not in LEFT_OUT}
