"""How the tables of one id are set: column widths, headings, and rows as blocks.

The widths fit every table of that id, so that two professionals' tables look alike, and are computed once.
Cells are cached as finished fragments per column: most texts of a report occur many times.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from client.messages.cells import format_cell
from client.messages.report import ColumnKind, ReportColumn, ReportTable, Section
from mock_server.exports.combined import CombinedTable
from mock_server.exports.pdf.drawable import Drawable
from mock_server.exports.pdf.faces import Face, Faces, Lines
from mock_server.exports.pdf.flow import HEIGHT, WIDTH, Block

PADDING = 4.0
"""Left and right of a cell's text."""
_ROW_GAP = 3.0
"""Between the last line of a row and the rule below it."""
_WIDEST_TEXT = 300.0
"""Longer cells wrap."""
_FAIR_TEXT = 160.0
"""What cells get before headings do."""
_WIDEST_WORD = 90.0
"""Longer words may be broken."""
_HEADING_LINES = 4
"""Lines that a long heading takes where there is room."""
_SHORT_HEADING = 70.0
"""A heading of this width is not broken where there is room."""
_RULE = "0.6 G 0.4 w"
_HEADING_RULE = "0 G 0.8 w"
_SHADE = "0.92 g"
_BLACK = "0 g"
_LEFT: frozenset[ColumnKind] = frozenset({"text", "identifier", "measure", "yes_no"})
"""Kinds that begin at the left of their column; the others end at its right."""

_Fragment = tuple[int, str]
"""Number of lines, and the operators that draw them."""


class TableForm:
    """The setting of all tables of one id."""

    def __init__(self, combined: CombinedTable, faces: Faces, drawable: Drawable) -> None:
        self._faces = faces
        self._drawable = drawable
        self._columns = combined.columns
        self._texts = {section.id: _texts(table) for section, table in combined.parts}
        self._right = [column.kind not in _LEFT for column in self._columns]
        self._widths = _column_widths(list(self._demands()))
        self._edges = [sum(self._widths[:i]) for i in range(len(self._widths) + 1)]
        self._plain: list[dict[str, _Fragment]] = [{} for _ in self._columns]
        self._strong: list[dict[str, _Fragment]] = [{} for _ in self._columns]
        self.heading = self._heading()

    @property
    def width(self) -> float:
        """Of the whole table."""
        return self._edges[-1]

    def rows(self, section: Section, table: ReportTable) -> Iterator[Block]:
        """The rows of one section's table as blocks; one that is higher than a page comes as several."""
        for row, texts in zip(table.rows, self._texts[section.id], strict=True):
            strong = row.kind != "data"
            yield from self._row(texts, strong=strong)

    def _row(self, texts: Sequence[str], *, strong: bool) -> Iterator[Block]:
        face = self._faces.strong if strong else self._faces.body
        fragments, most = [], 1
        for i, (known, text) in enumerate(zip(self._strong if strong else self._plain, texts, strict=True)):
            found = known.get(text)
            if found is None:
                lines = self._lines(i, text, face)
                found = known[text] = len(lines), self._placed(i, lines, face)
            if found[0] > most:
                most = found[0]
            fragments.append(found[1])
        height = most * face.leading + _ROW_GAP
        if height > HEIGHT - self.heading.height - self._faces.title.leading:
            yield from self._divided(texts, face)
        else:
            yield self._ruled(face, "".join(fragments), height)

    def _divided(self, texts: Sequence[str], face: Face) -> Iterator[Block]:
        """A row higher than a page, a page at a time."""
        columns = [self._lines(i, text, face) for i, text in enumerate(texts)]
        room = HEIGHT - self.heading.height - self._faces.title.leading
        at_once = int((room - _ROW_GAP) / face.leading)
        for start in range(0, max(map(len, columns)), at_once):
            parts = [lines[start : start + at_once] for lines in columns]
            content = "".join(self._placed(i, lines, face) for i, lines in enumerate(parts))
            yield self._ruled(face, content, max(map(len, parts)) * face.leading + _ROW_GAP)

    def _ruled(self, face: Face, content: str, height: float) -> Block:
        """A row with the rule below it."""
        rule = f"{_RULE} 0 {-height:g} m {self.width:g} {-height:g} l S\n"
        return Block(f"BT {face.select()}{content}ET {rule}", height)

    def _lines(self, i: int, text: str, face: Face) -> Lines:
        return face.wrap(self._drawable(text), self._widths[i] - 2 * PADDING)

    def _placed(self, i: int, lines: Iterable[str], face: Face) -> str:
        """Lines of a cell in their column, from the top of the row downward."""
        left, right = self._edges[i] + PADDING, self._edges[i + 1] - PADDING
        return "".join(
            face.shown(line, right - face.width(line) if self._right[i] else left, -n * face.leading)
            for n, line in enumerate(lines, start=1)
            if line
        )

    # Headings

    def _heading(self) -> Block:
        """Spanning headings above the columns' own, on a shade; repeated at the top of every page."""
        face = self._faces.heading
        own = [self._lines(i, heading_of(column), face) for i, column in enumerate(self._columns)]
        spans = list(self._spans())
        most = max(map(len, own)) + bool(spans)
        height = most * face.leading + 2 * _ROW_GAP
        words = "".join(face.shown(text, left, -face.leading) for text, left, _ in spans)
        for i, lines in enumerate(own):
            words += self._placed(i, ("",) * (most - len(lines)) + lines, face)
        y = -face.leading - 2
        rules = "".join(f"{_RULE} {left:g} {y:g} m {right:g} {y:g} l S\n" for _, left, right in spans)
        shade = f"{_SHADE} 0 {-height:g} {self.width:g} {height:g} re f {_BLACK}\n"
        below = f"{_HEADING_RULE} 0 {-height:g} m {self.width:g} {-height:g} l S\n"
        return Block(f"{shade}BT {face.select()}{words}ET\n{rules}{below}", height)

    def _spans(self) -> Iterator[tuple[str, float, float]]:
        """Each spanning heading: text, left and right end of the columns below it."""
        face, first = self._faces.heading, 0
        for span, columns in groupby(self._columns, key=lambda column: column.span):
            end = first + len(list(columns))
            if span:
                left, right = self._edges[first] + PADDING, self._edges[end] - PADDING
                yield face.fitted(self._drawable(span), right - left), left, right
            first = end

    # Widths

    def _demands(self) -> Iterator["_Demand"]:
        for i, column in enumerate(self._columns):
            texts = {texts[i] for rows in self._texts.values() for texts in rows}
            yield self._demand(column, set(map(self._drawable, texts)))

    def _demand(self, column: ReportColumn, texts: Collection[str]) -> "_Demand":
        heading, face, body = self._drawable(heading_of(column)), self._faces.heading, self._faces.strong
        longest = max(map(face.width, heading.split(" ")))
        whole = face.width(heading)
        in_lines = whole if whole <= _SHORT_HEADING else max(whole / _HEADING_LINES * 1.15, _SHORT_HEADING)
        widest = min(max(map(body.width, texts), default=0), _WIDEST_TEXT)
        if column.kind == "text":
            words = {word for text in texts for word in text.split(" ")}
            least = max(longest, min(max(map(body.width, words), default=0), _WIDEST_WORD))
        else:
            least = max(longest, widest)
        content = max(least, min(widest, _FAIR_TEXT))
        # Half a point against rounding: a text as wide as its column must not wrap.
        edge = 2 * PADDING + 0.5
        return _Demand(least + edge, content + edge, max(content, widest, in_lines) + edge)


class _Demand(NamedTuple):
    """Widths of a column."""

    least: float
    """Breaks no word."""
    content: float
    """Wraps no cell of usual length."""
    wanted: float
    """Wraps no cell, and a heading into few lines."""


def _texts(table: ReportTable) -> list[list[str]]:
    return [[format_cell(cell) for cell in row.cells] for row in table.rows]


def heading_of(column: ReportColumn) -> str:
    """A heading with its footnote mark (P-FMT-10)."""
    # A no-break space: the mark stays on the line of the last word.
    return f"{column.heading}\u00a0[{column.note}]" if column.note else column.heading


def _column_widths(demands: Sequence[_Demand]) -> list[float]:
    """What each column gets: what it wants, or else first its words, then its cells, then its heading."""
    least = sum(demand.least for demand in demands)
    if least > WIDTH:
        return [demand.least * WIDTH / least for demand in demands]
    content = sum(demand.content for demand in demands)
    part = min(1.0, (WIDTH - least) / (content - least)) if content > least else 1.0
    widths = [demand.least + part * (demand.content - demand.least) for demand in demands]
    return _shared_out(WIDTH - sum(widths), widths, [demand.wanted for demand in demands])


def _shared_out(spare: float, widths: list[float], wanted: Sequence[float]) -> list[float]:
    """Widths grown towards what is wanted by what is to spare, the modest wishes first."""
    grown = list(widths)
    by_wish = sorted(range(len(widths)), key=lambda i: wanted[i] - widths[i])
    for place, i in enumerate(by_wish):
        share = max(0.0, min(wanted[i] - widths[i], spare / (len(by_wish) - place)))
        grown[i] += share
        spare -= share
    return grown
