"""Sorting a report table: typed order, both directions, groups and totals in place (accessibility 7.1)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.messages.cells import format_cell
from client.messages.report import (
    Blank,
    Cell,
    Identifier,
    MeasureNumber,
    Money,
    NotApplicable,
    NotAvailable,
    Null,
    Percent,
    ReportColumn,
    ReportRow,
    ReportTable,
    Text,
)
from client.report_sorting import Sorting, natural, sorted_table, sorting_words, turned

COLUMN = ReportColumn(id="c", heading="Rate", short="Rate", kind="percent")
UP, DOWN = Sorting("c"), Sorting("c", descending=True)


def table(*cells: Cell, kinds: str = "", column: ReportColumn = COLUMN) -> ReportTable:
    """A table of one column; `kinds` names each row by its first letter, data by default."""
    names = {"d": "data", "g": "group", "t": "total"}
    rows = [
        ReportRow(id=str(number), cells=[cell], kind=names[kind])  # type: ignore[arg-type]
        for number, (cell, kind) in enumerate(zip(cells, kinds or "d" * len(cells), strict=True))
    ]
    return ReportTable(id="T", title="T", columns=[column], rows=rows)


def shown(sorted_: ReportTable) -> list[str]:
    return [format_cell(row.cells[0]) for row in sorted_.rows]


def rate(value: int) -> Percent:
    return Percent(Decimal(value))


MIXED = table(
    Text("word"), Null(), rate(80), Blank(), NotApplicable(), rate(9), NotAvailable(), rate(100), Null()
)


def test_numbers_come_first_then_n_a_null_words_and_what_is_missing() -> None:
    expected = ["9%", "80%", "100%", "N/A", "NULL", "NULL", "word", "", "Not Available"]
    assert shown(sorted_table(MIXED, UP)) == expected


def test_reversed_the_highest_number_is_first_and_what_has_none_stays_last() -> None:
    expected = ["100%", "80%", "9%", "N/A", "NULL", "NULL", "word", "Not Available", ""]
    assert sorted(shown(sorted_table(MIXED, DOWN))[7:]) == sorted(expected[7:])
    assert shown(sorted_table(MIXED, DOWN))[:7] == expected[:7]


def test_groups_and_totals_stay_and_no_row_leaves_its_group() -> None:
    grouped = table(Text("A"), rate(3), rate(1), Text("B"), rate(2), rate(0), rate(6), kinds="gddgddt")
    assert shown(sorted_table(grouped, UP)) == ["A", "1%", "3%", "B", "0%", "2%", "6%"]
    assert shown(sorted_table(grouped, DOWN)) == ["A", "3%", "1%", "B", "2%", "0%", "6%"]


@pytest.mark.parametrize("sorting", [UP, DOWN])
def test_equal_rows_keep_the_order_of_the_report(sorting: Sorting) -> None:
    assert [row.id for row in sorted_table(table(*[rate(5)] * 9), sorting).rows] == list("012345678")


def test_numbers_inside_words_count_as_numbers() -> None:
    numbers = [MeasureNumber(text) for text in ("110", "31", "DM-10", "DM-2", "9")]
    assert shown(sorted_table(table(*numbers), UP)) == ["#9", "#31", "#110", "DM-2", "DM-10"]
    months = table(Text("12 months"), Text("6 months"), Identifier("0999010016"))
    assert shown(sorted_table(months, UP)) == ["6 months", "12 months", "0999010016"]


def test_money_sorts_by_amount_and_not_by_its_text() -> None:
    amounts = table(Money(Decimal("1000.00")), Money(Decimal("-3.50")), Money(Decimal("999.99")))
    assert shown(sorted_table(amounts, UP)) == ["-$3.50", "$999.99", "$1,000.00"]


def test_again_reversed_third_report_order() -> None:
    assert turned(None, "c") == UP
    assert turned(UP, "c") == DOWN
    assert turned(DOWN, "c") is None
    assert turned(DOWN, "other") == Sorting("other")
    assert sorted_table(MIXED, None) is MIXED
    assert sorted_table(MIXED, Sorting("gone")) is MIXED


def test_the_order_is_said_in_words() -> None:
    words = ReportColumn(id="c", heading="NPI Name*", short="Name", kind="text")
    assert sorting_words(MIXED, UP) == "Sorted by Rate, lowest first."
    assert sorting_words(MIXED, DOWN) == "Sorted by Rate, highest first."
    assert sorting_words(table(Text("a"), column=words), DOWN) == "Sorted by NPI Name*, Z to A."
    assert sorting_words(MIXED, None) == "The rows are in the order of the report."
    total = table(rate(1), rate(1), kinds="dt")
    assert sorting_words(total, UP) == "Sorted by Rate, lowest first. Groups and totals stay in place."


@given(st.lists(st.text(), max_size=8))
def test_any_text_can_be_sorted_and_none_is_lost(texts: list[str]) -> None:
    cells = [Text(text) for text in texts]
    for sorting in (UP, DOWN):
        assert sorted(shown(sorted_table(table(*cells), sorting))) == sorted(texts)


def test_a_number_too_long_for_python_is_a_text_like_any_other() -> None:
    assert natural("9" * 9000) > natural("8" * 9000) > natural("9" * 8999)
