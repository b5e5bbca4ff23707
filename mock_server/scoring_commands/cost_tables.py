"""Cost in a table."""

from typing import Final

from client.messages.report import Blank, Cell, Count, ReportTable
from mock_server.scoring.mips.cost import CostMeasureScore, CostScore
from mock_server.scoring.mips.quality.deciles import NO_DECILE
from mock_server.scoring_commands.cells import column, money, name, points, table, words

_MEASURES: Final = [
    column("measure", "Measure", "identifier"),
    column("title", "Title", "text"),
    column("cost", "Cost per case", "money", "Cost"),
    column("cases", "Cases", "count"),
    column("decile", "Decile", "count"),
    column("points", "Points", "points"),
    column("status", "Status", "text"),
]


def cost_tables(score: CostScore) -> list[ReportTable]:
    """The one table of the category."""
    notes = [] if score.weighted else ["For information: cost has no weight in this year."]
    return [table("COST-MEASURES", "Measures", _MEASURES, [_row(one) for one in score.measures], notes)]


def _row(one: CostMeasureScore) -> list[Cell]:
    place = None if one.decile is None else one.decile.value
    return [
        name(one.result.measure_id),
        words(one.title),
        money(one.result.value),
        Count(one.result.cases),
        Blank() if place is None or place.decile == NO_DECILE else Count(place.decile),
        points(None if place is None else place.points),
        words(_status(one)),
    ]


def _status(one: CostMeasureScore) -> str:
    if one.decile is not None:
        return "counts"
    return "too few cases" if not one.enough_cases.value else "no benchmark"
