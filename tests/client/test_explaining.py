"""The formula with its figures, and the footnote that a heading names (issue 3, W-8)."""

import pytest

from client.explaining import column_note, filled_in
from client.messages.report import Explanation, Footnote, Input, ReportColumn, ReportTable


def told(formula: str, **inputs: str) -> Explanation:
    return Explanation(
        section="TIN",
        table="T1",
        row="r",
        column="c",
        title="",
        value="",
        sentences=[],
        formula=formula,
        inputs=[Input(name=name, value=value) for name, value in inputs.items()],
        rules=[],
        source="",
    )


@pytest.mark.parametrize(
    ("formula", "inputs", "filled"),
    [
        (
            "round_half_up(100 * reported / eligible_instances), 0 if eligible_instances = 0",
            {"reported": "29", "eligible_instances": "36"},
            "round_half_up(100 * 29 / 36), 0 if 36 = 0",
        ),
        (
            "round_half_up(rate * charges) to cents if eligible; else not earned",
            {"rate": "0.01", "charges": "$1,333.00", "eligible": "yes"},
            "round_half_up(0.01 * $1,333.00) to cents if eligible; else not earned",
        ),
        ("sufficient if one of methods is", {"methods": "IND-CLM-12; IND-REG-12"}, ""),
        ("excl_1p + excl_10p", {"excl_1p": "1"}, "1 + excl_10p"),
        ("a - b", {"a": "-2", "b": "50%"}, "-2 - 50%"),
    ],
)
def test_figures_take_the_place_of_their_names(formula: str, inputs: dict[str, str], filled: str) -> None:
    assert filled_in(told(formula, **inputs)) == filled


def test_a_heading_names_the_note_that_explains_it() -> None:
    columns = [
        ReportColumn(id="a", heading="A", short="A", kind="count", note="3"),
        ReportColumn(id="b", heading="B", short="B", kind="count"),
        ReportColumn(id="c", heading="C", short="C", kind="count", note="9"),
    ]
    table = ReportTable(
        id="T", title="T", columns=columns, rows=[], footnotes=[Footnote(mark="3", text="1.0% of [2].")]
    )
    assert column_note(table, 0) == ("3", "1.0% of [2].")
    assert column_note(table, 1) is None
    assert column_note(table, 2) is None
