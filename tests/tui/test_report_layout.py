"""How a report table is laid out: widths, headings, alignment, what stands still and what scrolls."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from client.messages.report import (
    Blank,
    Cell,
    Count,
    Identifier,
    Money,
    NotApplicable,
    Null,
    Percent,
    ReportRow,
    ReportTable,
    Text,
)
from tests.tui.report_samples import column, earned_incentive, performance
from tui.widgets.cell_text import cut, pad_left, pad_right, wrap
from tui.widgets.report_layout import GAP, HEADING_LINES, GridLayout, lay_out


def money_table(*values: str | None) -> ReportTable:
    rows = [
        ReportRow(
            id=str(index),
            cells=[Identifier("1"), NotApplicable() if value is None else Money(Decimal(value))],
        )
        for index, value in enumerate(values)
    ]
    return ReportTable(
        id="t",
        title="t",
        columns=[column("key", "Key", "identifier"), column("sum", "Sum", "money")],
        rows=rows,
    )


def lines(layout: GridLayout, index: int) -> list[str]:
    return [layout.aligned(row, layout.columns[index]) for row in range(len(layout.texts))]


def test_money_lines_up_and_not_applicable_stands_at_the_same_edge() -> None:
    layout = lay_out(money_table("1333.33", "-5", None, "1234567.89"), 80)
    assert lines(layout, 1) == ["    $1,333.33", "       -$5.00", "          N/A", "$1,234,567.89"]


def test_p_fmt_2_whole_and_decimal_percentages_line_up_on_the_units() -> None:
    cells: list[Cell] = [Percent(Decimal(87)), Percent(Decimal("7.5"), 1), Percent(Decimal(100)), Null()]
    table = ReportTable(
        id="t",
        title="t",
        columns=[column("key", "Key"), column("rate", "Rate", "percent")],
        rows=[ReportRow(id=str(index), cells=[Text("a"), cell]) for index, cell in enumerate(cells)],
    )
    assert lines(lay_out(table, 60), 1) == [" 87%  ", "  7.5%", "100%  ", "  NULL"]


def test_headings_wrap_to_three_lines_and_keep_their_footnote_mark() -> None:
    layout = lay_out(earned_incentive(), 200)
    charges = layout.columns[5].heading
    assert " ".join(charges) == (
        "Total Estimated Allowed Medicare Part B PFS Charges for the Reporting Period [2]"
    )
    assert layout.heading_height == HEADING_LINES


def test_narrow_views_take_the_short_headings() -> None:
    assert " ".join(lay_out(earned_incentive(), 38).columns[5].heading) == "Charges [2]"


def test_a_low_view_spends_one_line_on_headings() -> None:
    assert lay_out(earned_incentive(), 118, low=True).heading_height == 1


def test_the_name_stands_still_beside_its_npi_where_half_of_the_width_has_room() -> None:
    assert lay_out(earned_incentive(), 118).frozen == 2
    assert lay_out(earned_incentive(), 40).frozen == 1


def test_group_and_total_rows_say_in_words_what_they_are() -> None:
    assert lay_out(performance(), 80).texts[0][0] == "Group"
    total = ReportRow(id="t", kind="total", cells=[Blank(), Count(7)])
    table = ReportTable(
        id="t", title="t", columns=[column("a", "A"), column("b", "B", "count")], rows=[total]
    )
    assert lay_out(table, 80).texts[0][0] == "Total"


def test_every_column_can_be_brought_into_view_and_back() -> None:
    for width in (120, 80, 60, 40, 30):
        layout = lay_out(earned_incentive(), width)
        left = layout.frozen
        for index in [*range(len(layout.columns)), *reversed(range(len(layout.columns)))]:
            left = layout.left_for(index, left)
            assert index in [placed.column.index for placed in layout.place(left)]


def test_a_table_without_columns_or_rows_is_laid_out() -> None:
    empty = ReportTable(id="t", title="t", columns=[], rows=[])
    assert lay_out(empty, 80).place(0) == ()


NAMES = st.text(alphabet=st.sampled_from("aé王診محدודה́̂ ️😀[]"), max_size=60)


@given(names=st.lists(NAMES, min_size=1, max_size=6), width=st.integers(min_value=12, max_value=130))
def test_a11y_text_08_no_name_breaks_a_column(names: list[str], width: int) -> None:
    rows = [
        ReportRow(id=str(index), cells=[Identifier("0999010000"), Text(name), Count(index)])
        for index, name in enumerate(names)
    ]
    columns = [column("npi", "NPI", "identifier"), column("name", "NPI Name*"), column("n", "Count", "count")]
    layout = lay_out(ReportTable(id="t", title="t", columns=columns, rows=rows), width)
    for row in range(len(rows)):
        for placed in layout.place(0):
            assert cell_len(layout.aligned(row, placed.column)) == placed.column.width
            assert GAP <= placed.x <= placed.end <= width


@given(text=NAMES, width=st.integers(min_value=1, max_value=50))
def test_a11y_text_08_text_is_cut_between_graphemes_and_says_so(text: str, width: int) -> None:
    shown = cut(text, width)
    assert cell_len(shown) <= width
    assert shown == text or shown.endswith("…")
    assert text.startswith(shown.removesuffix("…")) or shown == text
    assert cell_len(pad_right(text, width)) == cell_len(pad_left(text, width)) == width


@pytest.mark.parametrize(
    ("width", "expected"),
    [(20, ["Performance Rate"]), (11, ["Performance", "Rate"]), (6, ["Perfor", "mance…"])],
)
def test_wrapping_breaks_at_spaces_and_ends_in_an_ellipsis(width: int, expected: list[str]) -> None:
    assert wrap("Performance Rate", width, 2) == expected


def test_short_headings_are_taken_where_they_bring_more_columns_into_view() -> None:
    wide, middle = lay_out(performance(), 150), lay_out(performance(), 80)
    assert " ".join(wide.columns[2].heading) == "Reporting Numerator: Valid QDCs Reported (A) [1]"
    assert " ".join(middle.columns[2].heading) == "Reported [1]"
    assert len(middle.place(0)) == len(middle.columns) == 6


def test_words_give_way_to_numbers() -> None:
    layout = lay_out(performance(), 70)
    assert len(layout.place(0)) == 6
    assert layout.aligned(2, layout.columns[1]).rstrip().endswith("…")
    assert layout.aligned(2, layout.columns[4]).strip() == "1%"


def test_the_last_words_are_squeezed_and_no_room_is_left_over() -> None:
    layout = lay_out(earned_incentive(), 78)
    *_, period, rationale = layout.place(3)
    assert (period.column.index, rationale.column.index) == (3, 4)
    assert rationale.end == 78
    assert rationale.column.width < layout.columns[4].width
    assert max(map(cell_len, rationale.column.heading)) <= rationale.column.width
