"""The categories of a score as rows: percent, weight and its reason, contribution (11.7, M-WGT-08)."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any, Final, NamedTuple

from client.messages.report import Percent, Text
from mock_server.reports.document import Column, DataRow, SparseRow
from mock_server.reports.mips import cells
from mock_server.reports.mips.figures import (
    rolled_up_percent_of,
)
from mock_server.reports.mips.texts import category_note, weight_reason
from mock_server.reports.mips.words import SHOWN_ORDER, name_of
from mock_server.reports.sourced import NOT_APPLICABLE, SourcedCell, computed
from mock_server.scoring.computed import Computed
from mock_server.scoring.mips.nodes.root import AboutOriginal
from mock_server.scoring.mips.result import Result
from mock_server.scoring.mips.rounding import rounded
from mock_server.scoring.mips.rules import Slot, Weights


class CategoryLine(NamedTuple):
    """A category of a result."""

    result: Result
    slot: Slot


def percent_figure(result: Result, slot: Slot) -> Computed[Fraction]:
    """What a category's percent was computed by."""
    if slot == "pi" and result.pi.rollup is not None:
        return rolled_up_percent_of(result.pi.rollup)
    return AboutOriginal(result, slot).figures()[-1]


def _weight(line: CategoryLine) -> SourcedCell:
    def show(weights: Weights | None) -> Percent:
        return Percent(rounded(0 if weights is None else weights.of(line.slot), 0), 0)

    weighing = line.result.total.weighing
    return computed(weighing.weights, show, weighing.not_scored)


def _shown(line: CategoryLine) -> SourcedCell:
    """`7.50 / 15` (M-WGT-08); a dash where there is nothing to score yet."""
    result, slot = line
    weight = result.weight(slot)
    waits = slot == "quality" and result.total.weighing.waits_for_web_interface
    if not result.is_shown(slot) and not waits:
        return SourcedCell(Text(f"– / {weight}"))
    figure = result.total.weighted[slot]
    return computed(figure, lambda value: Text(f"{rounded(value, 2)} / {weight}"))


def _usual(line: CategoryLine) -> SourcedCell:
    result, slot = line
    table = result.case.rules
    weights = (
        table.apm_weights[result.case.profile.mips_apm] if result.case.under_apm_standard else table.weights
    )[frozenset()]
    return cells.given_percent(0 if weights is None else weights.of(slot))


def _column(
    id_: str, heading: str, kind: Any, cell: Any, short: str = "", note: str = ""
) -> Column[CategoryLine]:
    return Column(id=id_, heading=heading, short=short or heading, kind=kind, cell=cell, note=note)


_NAME: Final = _column(
    "category", "Category", "text", lambda line: cells.words(name_of(line.result, line.slot))
)
CATEGORY_COLUMNS: Final = (
    _NAME,
    _column("score", "Score", "percent", lambda line: cells.percent(percent_figure(*line))),
    _column("weight", "Weight", "percent", _weight),
    _column(
        "contribution",
        "Contribution",
        "points",
        lambda line: cells.points(line.result.total.weighted[line.slot], 2),
    ),
    _column("note", "Note", "text", lambda line: cells.words_or_blank(category_note(*line))),
)
"""The columns that `qportal score` shows too."""


def _if_scored(column: Column[CategoryLine]) -> Column[CategoryLine]:
    """The column with `N/A` for a category that has neither weight nor anything to show."""

    def cell(line: CategoryLine) -> SourcedCell:
        result, slot = line
        return column.cell(line) if result.weight(slot) or result.is_shown(slot) else NOT_APPLICABLE

    return replace(column, cell=cell)


_SCORE, _WEIGHT, _CONTRIBUTION = CATEGORY_COLUMNS[1:4]
REPORT_COLUMNS: Final = (
    _NAME,
    _if_scored(_SCORE),
    _WEIGHT,
    _if_scored(_CONTRIBUTION),
    _column("shown", "Points of the weight", "text", _shown, "Points", "1"),
    _column("note", "Note", "text", lambda line: cells.words(category_note(*line) or "complete")),
)
POINTS_FOOTNOTE: Final = {"1": "What the category contributes to the total, of the most that it can."}
WEIGHT_COLUMNS: Final = (
    _NAME,
    _column("usual", "Usual weight", "percent", _usual, "Usual"),
    _column("weight", "Weight here", "percent", _weight, "Here"),
    _column("why", "Why", "text", lambda line: cells.words(weight_reason(*line))),
)


def category_rows(result: Result) -> Iterator[DataRow[CategoryLine] | SparseRow]:
    """Every category, the bonuses on the final score, the total."""
    for slot in SHOWN_ORDER:
        yield DataRow(slot, name_of(result, slot), CategoryLine(result, slot))
    for bonus in result.bonuses:
        own = {"category": cells.words(bonus.title), "contribution": cells.points(bonus.points, 2)}
        yield SparseRow(bonus.name, "total", bonus.title, own)
    threshold = "the performance threshold" if result.total.is_threshold else ""
    yield SparseRow(
        "total",
        "total",
        "Total",
        {
            "category": cells.words("Total"),
            "contribution": cells.points(result.total_score, 2),
            "note": cells.words_or_blank(threshold),
        },
    )
