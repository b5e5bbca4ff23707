"""Plain text layout of report tables."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from client.messages.report import (
    Blank,
    Cell,
    Count,
    Money,
    NotApplicable,
    ReportColumn,
    ReportRow,
    ReportTable,
    Text,
)
from tui.text_table import full_heading, lay_out, wrap

COLUMNS = [
    ReportColumn(id="name", heading="Name", short="Name", kind="text"),
    ReportColumn(
        id="count",
        heading="Number of Instances of Reporting Errors",
        short="Errors",
        kind="count",
        note="10",
    ),
    ReportColumn(id="amount", heading="Amount", short="Amount", kind="money"),
]


def table(*rows: list[Cell], columns: list[ReportColumn] = COLUMNS) -> ReportTable:
    return ReportTable(
        id="T",
        title="A table",
        columns=columns,
        rows=[ReportRow(id=str(number), cells=cells) for number, cells in enumerate(rows)],
    )


ROWS: tuple[list[Cell], ...] = (
    [Text("Rowan Alder"), Count(3), Money(Decimal("1234.50"))],
    [Text("Total:"), Blank(), NotApplicable()],
)


def test_wide_enough_the_official_headings_stand_above_aligned_columns() -> None:
    laid_out = lay_out(table(*ROWS), 79)
    assert laid_out.lines == [
        "Name         Number of Instances of Reporting Errors [10]     Amount",
        "-----------  --------------------------------------------  ---------",
        "Rowan Alder                                             3  $1,234.50",
        "Total:                                                           N/A",
    ]
    assert laid_out.legend == ()


def test_narrower_the_headings_wrap_before_anything_else() -> None:
    assert lay_out(table(*ROWS), 40).lines[:4] == [
        "                Number of",
        "             Instances of",
        "                Reporting",
        "Name          Errors [10]     Amount",
    ]


def test_short_headings_come_with_what_they_stand_for() -> None:
    laid_out = lay_out(table(*ROWS), 30)
    assert laid_out.lines[0] == "Name         Errors     Amount"
    assert laid_out.legend == (("Errors", "Number of Instances of Reporting Errors [10]"),)


def test_where_no_grid_fits_each_cell_is_a_line() -> None:
    assert lay_out(table(*ROWS), 22).lines == [
        "Row 1 of 2",
        "Name: Rowan Alder",
        "Number of Instances of",
        "Reporting Errors [10]:",
        "3",
        "Amount: $1,234.50",
        "",
        "Row 2 of 2",
        "Name: Total:",
        "Amount: N/A",
    ]


def test_a_table_without_rows_says_so() -> None:
    assert lay_out(table(), 79).lines == ["No rows."]


def test_rows_that_wrap_are_set_apart() -> None:
    long: list[Cell] = [Text("a name that is far longer than its column"), Count(1), Money(Decimal("1.00"))]
    lines = lay_out(table(long, *ROWS), 40).lines
    assert "" in lines


def test_wide_characters_keep_their_columns() -> None:
    clinic: list[Cell] = [Text("診療所"), Count(3), NotApplicable()]
    lines = lay_out(table(clinic, ROWS[0]), 79).lines
    assert len({cell_len(line) for line in lines[1:]}) == 1


def test_a_spanning_heading_stands_before_its_columns_heading() -> None:
    column = ReportColumn(id="a", heading="Age", short="Age", kind="count", note="5", span="Errors")
    assert full_heading(column) == "Errors: Age [5]"


@given(st.text(max_size=200), st.integers(2, 60))
def test_wrapping_loses_no_character_and_keeps_to_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(text.split())


@given(
    st.lists(
        st.tuples(st.text(max_size=60), st.integers(0, 10**9), st.integers(0, 10**9)), min_size=1, max_size=6
    ),
    st.integers(20, 130),
)
def test_every_layout_keeps_to_the_width_and_shows_no_control(
    values: list[tuple[str, int, int]], width: int
) -> None:
    rows: list[list[Cell]] = [
        [Text(name), Count(n), Money(Decimal(cents) / 100)] for name, n, cents in values
    ]
    lines = lay_out(table(*rows), width).lines
    assert all(cell_len(line) <= width for line in lines)
    assert all(line.isprintable() for line in lines if line.isascii())
