"""What stands on the pages: header facts, cautions and contents first, then section after section (P-FMT-21).

A section begins on a page of its own, so that the pages of one professional can be handed on (P-T-1).
"""

from collections.abc import Iterator

from client.messages.report import Report, ReportTable, Section
from mock_server.exports.combined import combined_tables
from mock_server.exports.pdf.drawable import NOTE, Drawable
from mock_server.exports.pdf.faces import Face, Faces
from mock_server.exports.pdf.flow import WIDTH, Block, Flow, Page
from mock_server.exports.pdf.table_form import TableForm
from mock_server.exports.readable import readable

_LABEL_WIDTH = 110.0
_CONTENTS_WIDTH = 460.0
_ROWS_KEPT = 6
"""Rows that stay with the headings of their table."""
_OUTLINED_TABLES = 1000
"""Up to so many tables the outline lists them below their sections; beyond, it lists the sections."""


class Layout:
    """The report as pages."""

    def __init__(self, report: Report, faces: Faces) -> None:
        self._report = report
        self._faces = faces
        self.drawable = Drawable()
        self._outlined = sum(len(section.tables) for section in report.sections) <= _OUTLINED_TABLES
        self._notes: dict[tuple[str, ...], list[Block]] = {}
        self._forms = {table.id: TableForm(table, faces, self.drawable) for table in combined_tables(report)}

    def pages(self) -> list[Page]:
        """All pages. The first ones are made last: only then it is known whether they carry `NOTE`."""
        body = Flow()
        for section in self._report.sections:
            self._section(body, section)
        # The contents name pages that they themselves push back: laid out once to be counted.
        ahead = len(self._front(body, 0).pages)
        return self._front(body, ahead).pages + body.pages

    def _front(self, body: Flow, ahead: int) -> Flow:
        """Header facts, cautions and contents; `ahead` pages come before the body."""
        flow = Flow()
        faces = self._faces
        facts = [(self.drawable(fact.label), self.drawable(fact.value)) for fact in self._report.facts]
        cautions = [self.drawable(caution) for caution in self._report.cautions]
        flow.begin("")
        flow.mark(0, self.drawable(self._report.title))
        self._paragraph(flow, faces.report_title, self.drawable(self._report.title))
        flow.space(8)
        for label, value in facts:
            for block in _fact_lines(faces, label, value):
                flow.add(block)
        for text in (*cautions, *([NOTE] if self.drawable.replaced else [])):
            flow.space(6)
            self._paragraph(flow, faces.body, text)
        flow.space(14)
        self._paragraph(flow, faces.title, "Contents")
        for number, page in enumerate(body.pages, start=ahead + 1):
            for mark in page.marks:
                if mark.level == 0:
                    flow.add(_contents_line(faces.body, self.drawable(mark.title), number))
        return flow

    def _section(self, flow: Flow, section: Section) -> None:
        title = self.drawable(section.title)
        flow.begin(title)
        flow.mark(0, readable(section.title))
        self._paragraph(flow, self._faces.title, title)
        for table in section.tables:
            flow.space(12)
            self._table(flow, section, table)

    def _table(self, flow: Flow, section: Section, table: ReportTable) -> None:
        faces, form = self._faces, self._forms[table.id]
        title = self.drawable(table.title)
        above = [
            *_lines(faces.title, title),
            *(block for text in table.caption for block in _lines(faces.body, self.drawable(text))),
        ]
        rows = form.rows(section, table)
        kept = [row for _, row in zip(range(_ROWS_KEPT), rows, strict=False)]
        flow.reserve(sum(block.height for block in (*above, form.heading, *kept)))
        if self._outlined:
            flow.mark(1, readable(table.title))
        for block in above:
            flow.add(block)
        flow.space(3)
        flow.reserve(form.heading.height + sum(row.height for row in kept))
        flow.put(form.heading)
        for row in (*kept, *rows):
            if not flow.fits(row.height):
                flow.new_page()
                flow.put(_lines(faces.title, faces.title.fitted(f"{title} (continued)", WIDTH))[0])
                flow.put(form.heading)
            flow.put(row)
        flow.space(3)
        for block in self._notes_of(table):
            flow.add(block)

    def _notes_of(self, table: ReportTable) -> list[Block]:
        """Notes and footnotes; professional after professional has the same, so they are set once."""
        texts = (*table.notes, *(f"[{footnote.mark}] {footnote.text}" for footnote in table.footnotes))
        found = self._notes.get(texts)
        if found is None:
            found = [block for text in texts for block in _lines(self._faces.body, self.drawable(text))]
            self._notes[texts] = found
        return found

    def _paragraph(self, flow: Flow, face: Face, text: str) -> None:
        for block in _lines(face, text):
            flow.add(block)


def _lines(face: Face, text: str) -> list[Block]:
    """A paragraph over the whole width, line by line."""
    return [_line(face, line) for line in face.wrap(text, WIDTH)]


def _line(face: Face, text: str, x: float = 0) -> Block:
    return Block(f"BT {face.select()}{face.shown(text, x, -face.size)}ET\n", face.leading)


def _fact_lines(faces: Faces, label: str, value: str) -> Iterator[Block]:
    """`label   value`, the value wrapped in its own column."""
    name = faces.strong.fitted(label, _LABEL_WIDTH - 8)
    for n, line in enumerate(faces.body.wrap(value, WIDTH - _LABEL_WIDTH)):
        block = _line(faces.body, line, _LABEL_WIDTH)
        yield Block(_line(faces.strong, name).content + block.content, block.height) if n == 0 else block


def _contents_line(face: Face, title: str, number: int) -> Block:
    """`title ..... number`"""
    page = str(number)
    right = _CONTENTS_WIDTH - face.width(page)
    title = face.fitted(title, right - 30)
    dots = "." * int((right - face.width(title) - 10) / face.width("."))
    drawn = (
        face.shown(title, 0, -face.size),
        face.shown(dots, right - 5 - face.width(dots), -face.size),
        face.shown(page, right, -face.size),
    )
    return Block(f"BT {face.select()}{''.join(drawn)}ET\n", face.leading)
