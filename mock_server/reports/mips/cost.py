"""Cost as tables: the measures that the agency computed from claims, and their mean."""

from collections.abc import Iterator
from typing import Any, Final

from client.messages.report import Count
from mock_server.reports.document import Column, DataRow, TablePlan
from mock_server.reports.mips import cells
from mock_server.reports.sourced import NOT_APPLICABLE, SourcedCell, computed
from mock_server.scoring.computed import Computed
from mock_server.scoring.mips.cost import CostMeasureScore, CostScore
from mock_server.scoring.mips.quality.deciles import NO_DECILE

FOR_INFORMATION: Final = "For information: cost has no weight in this year."


def columns(absent: SourcedCell) -> tuple[Column[CostMeasureScore], ...]:
    """The columns of a cost measure; `absent` stands where it is not scored."""

    def of(id_: str, heading: str, kind: Any, cell: Any, short: str = "") -> Column[CostMeasureScore]:
        return Column(id=id_, heading=heading, short=short or heading, kind=kind, cell=cell)

    return (
        of("measure", "Measure", "identifier", lambda one: cells.name(one.result.measure_id)),
        of("title", "Title", "text", lambda one: cells.words(one.title)),
        of("cost", "Cost per case", "money", lambda one: cells.money(one.result.value), "Cost"),
        of("cases", "Cases", "count", lambda one: cells.given_count(one.result.cases)),
        of("decile", "Decile", "count", lambda one: _decile(one, absent)),
        of("points", "Points", "points", lambda one: _points(one, absent)),
        of(
            "status",
            "Status",
            "text",
            lambda one: computed(one.enough_cases, lambda _: cells.text_of(_status(one))),
        ),
    )


def _decile(one: CostMeasureScore, absent: SourcedCell) -> SourcedCell:
    if one.decile is None or one.decile.value.decile == NO_DECILE:
        return absent
    return computed(one.decile, lambda place: Count(place.decile))


def _points(one: CostMeasureScore, absent: SourcedCell) -> SourcedCell:
    return absent if one.decile is None else cells.points_of_place(one.decile)


def _status(one: CostMeasureScore) -> str:
    if one.decile is not None:
        return "counts"
    return "too few cases" if not one.enough_cases.value else "no benchmark"


_REPORT_COLUMNS: Final = columns(NOT_APPLICABLE)
_PERCENT: Final[tuple[Column[Computed[Any]], ...]] = (
    Column(
        id="what",
        heading="What",
        short="What",
        kind="text",
        cell=lambda _: cells.words("Mean of the measures that are scored"),
    ),
    Column(id="percent", heading="Percent", short="Percent", kind="percent", cell=cells.percent),
)


def rows_of(score: CostScore) -> tuple[DataRow[CostMeasureScore], ...]:
    """The measures, numbered where one comes twice."""
    seen: dict[str, int] = {}
    rows = []
    for one in score.measures:
        id_ = one.result.measure_id
        seen[id_] = seen.get(id_, 0) + 1
        rows.append(DataRow(id_ if seen[id_] == 1 else f"{id_}-{seen[id_]}", f"measure {id_}", one))
    return tuple(rows)


def notes_of(score: CostScore) -> tuple[str, ...]:
    """Whether cost counts in this year (M-COST-01)."""
    return () if score.weighted else (FOR_INFORMATION,)


def cost_tables(score: CostScore, about: str, source: str) -> Iterator[TablePlan[Any]]:
    """The tables of the category for the portal."""
    yield TablePlan(
        id="COST-MEASURES",
        title="Cost measures, from claims",
        short="Cost measures",
        about=about,
        columns=_REPORT_COLUMNS,
        rows=rows_of(score),
        source=source,
        notes=notes_of(score),
    )
    if score.percent is not None:
        yield TablePlan(
            id="COST-SUM",
            title="From points to percent",
            short="Cost: points to percent",
            about=about,
            columns=_PERCENT,
            rows=(DataRow("percent", "cost", score.percent),),
            source=source,
        )
