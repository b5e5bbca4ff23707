"""A feedback report as a document value: one model for the viewer, the plain reader and every export.

Cells are typed on the wire; `client.messages.cells` is the only place that turns one into text.
"""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct


class Text(Struct, frozen=True, tag="text"):
    """Words."""

    value: str


class Identifier(Struct, frozen=True, tag="identifier"):
    """An NPI, a contractor id, a masked TIN: digits that are no number."""

    value: str


class MeasureNumber(Struct, frozen=True, tag="measure"):
    """A measure's number or id: `31` shows as `#31`, `DM-2` as it is (P-FMT-8)."""

    value: str


class Count(Struct, frozen=True, tag="count"):
    """A whole number of things; no separators (P-FMT-3)."""

    value: int


class Money(Struct, frozen=True, tag="money"):
    """Dollars with two places (P-FMT-1)."""

    value: Decimal


class Percent(Struct, frozen=True, tag="percent"):
    """A percentage already rounded to `places` decimals (P-FMT-2)."""

    value: Decimal
    places: int = 0


class Points(Struct, frozen=True, tag="points"):
    """Score points already rounded to `places` decimals."""

    value: Decimal
    places: int = 2


class YesNo(Struct, frozen=True, tag="yes_no"):
    """`Yes` or `No` (P-FMT-6)."""

    value: bool


class NotApplicable(Struct, frozen=True, tag="not_applicable"):
    """Does not apply, or not earned (P-FMT-4); GPRO II amounts say `NONE`."""

    word: Literal["N/A", "NONE"] = "N/A"


class Null(Struct, frozen=True, tag="null"):
    """Only exclusions were counted (P-FMT-5)."""


class NotAvailable(Struct, frozen=True, tag="not_available"):
    """The source has no value, for example no name in PECOS (P-FMT-7)."""


class Blank(Struct, frozen=True, tag="blank"):
    """Empty by design: group title rows, total rows."""


Cell = (
    Text
    | Identifier
    | MeasureNumber
    | Count
    | Money
    | Percent
    | Points
    | YesNo
    | NotApplicable
    | Null
    | NotAvailable
    | Blank
)

ColumnKind = Literal["text", "identifier", "measure", "count", "money", "percent", "points", "yes_no"]


class ReportColumn(Struct, frozen=True, kw_only=True):
    """One column: its official heading, a short one, and what its cells are."""

    id: str
    heading: str
    """Exact heading, without footnote marks; a trailing `*` stays."""
    short: str
    """At most 12 cells, for narrow views and braille."""
    kind: ColumnKind
    note: str = ""
    """Footnote mark, for example `3`; empty: none."""
    span: str = ""
    """Spanning heading above it and its neighbours; empty: none."""
    explainable: bool = False
    """Whether computed cells of it answer `explain`."""


class ReportRow(Struct, frozen=True, kw_only=True):
    """One row; as many cells as the table has columns."""

    id: str
    """Unique in its table and stable for the same data."""
    kind: Literal["data", "group", "total"] = "data"
    cells: list[Cell]


class Footnote(Struct, frozen=True, kw_only=True):
    """A numbered note under a table."""

    mark: str
    text: str


class ReportTable(Struct, frozen=True, kw_only=True):
    """One table of a section."""

    id: str
    """For example `T1`, `T4-IND-CLM-12` (pqrs-2011 1.6)."""
    title: str
    caption: list[str] = []
    """Header lines printed above it, the title line excepted."""
    columns: list[ReportColumn]
    rows: list[ReportRow]
    notes: list[str] = []
    """Unnumbered notes (name note, registry note, ...)."""
    footnotes: list[Footnote] = []


class TableOutline(Struct, frozen=True, kw_only=True):
    """Enough of a table to list it."""

    id: str
    title: str
    short: str
    """At most 30 cells, for the list of tables."""
    rows: int


class Section(Struct, frozen=True, kw_only=True):
    """A part of the report: the TIN's own, or one professional's (P-FMT-21)."""

    id: str
    """`TIN`, or the NPI."""
    title: str
    npi: str | None = None
    name: str | None = None
    outline: list[TableOutline]
    tables: list[ReportTable] = []
    """Empty where the section was not asked for; else the tables of `outline`, in its order."""


class Fact(Struct, frozen=True, kw_only=True):
    """One line of the header block."""

    label: str
    value: str


class Report(Struct, frozen=True, kw_only=True):
    """A whole feedback report."""

    id: str
    """Of this run; `score` output uses the report's catalogue id."""
    catalogue_id: str
    """`R-PQRS-2011`, ..."""
    title: str
    """The Report Message Name of portal-flow 12.1."""
    year: int
    synthetic: bool
    """Whether counts, charges and means were made up by the simulation."""
    facts: list[Fact]
    """Header block in order: simulation notice, organization (masked), program year, run time, ..."""
    cautions: list[str]
    sections: list[Section]
    created_at: datetime | None = None


class Input(Struct, frozen=True, kw_only=True):
    """A value that went into a formula."""

    name: str
    value: str


class Explanation(Struct, frozen=True, kw_only=True):
    """Why a cell shows what it shows."""

    section: str
    table: str
    row: str
    column: str
    title: str
    """One line: what is explained and its value."""
    value: str
    sentences: list[str]
    """Plain words first."""
    formula: str
    """The formula with the inputs' names, for example `round_half_up(100 * N / D)`."""
    inputs: list[Input]
    rules: list[str]
    source: str
