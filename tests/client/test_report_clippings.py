"""What a copy holds: the values of the screen, nothing a spreadsheet would run (A11Y-COPY-02, F-RUN-04)."""

from decimal import Decimal

import pytest

from client.messages.report import Blank, Cell, Money, ReportColumn, ReportRow, ReportTable, Text
from client.report_clippings import cell_text, row_text, table_text


def table(*rows: list[Cell]) -> ReportTable:
    return ReportTable(
        id="T",
        title="T",
        columns=[
            ReportColumn(id="name", heading="NPI Name*", short="Name", kind="text"),
            ReportColumn(id="amount", heading="Amount", short="Amount", kind="money", note="3"),
        ],
        rows=[ReportRow(id=str(number), cells=cells) for number, cells in enumerate(rows)],
    )


def test_cell_row_and_table_as_the_screen_shows_them() -> None:
    amounts = table([Text("Maya Fennel"), Money(Decimal("-1333.5"))], [Text("Total:"), Blank()])
    assert cell_text(amounts, 0, 1) == "-$1,333.50"
    assert row_text(amounts, 0) == "Maya Fennel\t-$1,333.50"
    assert table_text(amounts) == "NPI Name*\tAmount\nMaya Fennel\t-$1,333.50\nTotal:\t"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1", "'=1"])
def test_f_run_04_words_that_look_like_a_formula_get_an_apostrophe(text: str) -> None:
    hostile = table([Text(text), Blank()])
    assert cell_text(hostile, 0, 0) == f"'{text}"
    assert row_text(hostile, 0) == f"'{text}\t"


def test_sr_term_01_a_cell_stays_in_its_cell() -> None:
    hostile = table([Text("a\tb\nc\x1b]52;c;x\a\u202ed"), Blank()])
    assert cell_text(hostile, 0, 0) == "a    b⏎c␛]52;c;x␇\ufffdd"
    assert table_text(hostile).count("\n") == 1


def test_ordinary_apostrophes_and_words_stay() -> None:
    assert cell_text(table([Text("'t Hoen-Demo"), Blank()]), 0, 0) == "'t Hoen-Demo"
