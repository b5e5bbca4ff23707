"""A whole report as plain text: what `qportal score` prints.

Captions, notes and footnotes that were printed once are not printed again: the tables of ten professionals
share them, and the reader wants the figures. Only `\\n` and printable characters come out.
"""

from collections.abc import Iterable, Iterator, Sequence

from client.messages.report import Report, ReportTable, Section
from client.safe_text import single_line
from tui.text_table import lay_out, wrap

LONGEST_HEADER_LINE = 120
"""Characters; a longer caption is a paragraph, printed once per report instead of once per section."""


def report_text(report: Report, width: int) -> str:
    """The report in lines of at most `width` cells (at least 20), ending in one line feed."""
    writer = _Writer(max(width, 20))
    return "\n".join(_squeezed(writer.lines(report))) + "\n"


class _Writer:
    """Remembers what was already said while it walks through the report."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._said: set[str] = set()
        self._explained: dict[frozenset[str], str] = {}
        """Lines of a legend or of footnotes -> where they were printed together."""

    def lines(self, report: Report) -> Iterator[str]:
        """Every line of the report, more blank ones than needed among them."""
        yield from self._underlined(report.title, "=")
        for fact in report.facts:
            yield from self._wrapped(f"{fact.label}: {fact.value}")
        for caution in report.cautions:
            yield from self._wrapped(caution)
        if not report.sections:
            yield from (
                "",
                *self._wrapped("No report exists: nobody under this Tax ID submitted quality data."),
            )
        for section in report.sections:
            yield from self._section(section)

    def _section(self, section: Section) -> Iterator[str]:
        self._said = {text for text in self._said if len(text) > LONGEST_HEADER_LINE}
        yield ""
        yield from self._underlined(section.title, "=")
        for table in section.tables:
            yield from self._table(table, section)

    def _table(self, table: ReportTable, section: Section) -> Iterator[str]:
        laid_out = lay_out(table, self._width)
        place = f"{table.id}, {section.title}"
        yield ""
        yield from self._underlined(table.title, "-")
        yield from self._once(table.caption)
        yield from ("", *laid_out.lines, "")
        yield from self._explain("Columns", [f"{short} = {full}" for short, full in laid_out.legend], place)
        yield from self._explain("Notes", [f"[{note.mark}] {note.text}" for note in table.footnotes], place)
        yield from self._once(table.notes)

    def _explain(self, label: str, texts: Sequence[str], place: str) -> Iterator[str]:
        """The texts, or where the reader has already met all of them together."""
        if not texts:
            return
        met = next((where for said, where in self._explained.items() if said.issuperset(texts)), None)
        if met is not None:
            yield from self._wrapped(f"{label}: as under {met}.")
            return
        self._explained[frozenset(texts)] = place
        yield f"{label}:"
        for text in texts:
            yield from self._wrapped(text)

    def _once(self, texts: Iterable[str]) -> Iterator[str]:
        for text in texts:
            if text not in self._said:
                self._said.add(text)
                yield from self._wrapped(text)

    def _wrapped(self, text: str) -> list[str]:
        return wrap(single_line(text), self._width)

    def _underlined(self, text: str, rule: str) -> list[str]:
        lines = self._wrapped(text)
        return [*lines, rule * max(map(len, lines))]


def _squeezed(lines: Iterable[str]) -> Iterator[str]:
    """At most one blank line in a row."""
    before = ""
    for line in lines:
        if line or before:
            yield line
        before = line
