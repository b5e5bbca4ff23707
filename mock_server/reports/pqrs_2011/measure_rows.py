"""Rows of the measure tables: measures alone, or under the title row of their group (P-T-12, P-T-13)."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from mock_server.reference.pqrs_2011.measures import measure_title
from mock_server.reports.document import DataRow, SparseRow
from mock_server.reports.sourced import SourcedCell
from mock_server.scoring.pqrs.result import AttemptResult, GroupResult, MeasureResult

GroupCells = Callable[[GroupResult], dict[str, SourcedCell]]
"""The cells of a group's title row by column id."""


class MeasureRow(NamedTuple):
    """A measure with its title and, for Table 4, the national mean of its method."""

    result: MeasureResult
    title: str | None
    mean: int | None


def measure_rows(
    attempt: AttemptResult,
    group_cells: GroupCells,
    mean: Callable[[str], int | None],
    *,
    with_data_only: bool,
) -> Iterator[DataRow[MeasureRow] | SparseRow]:
    """Every row of a measure table; members without quality data are left out if wished (6.7)."""
    for measure in attempt.measures:
        yield _row(measure, mean)
    for place, group in enumerate(attempt.groups, 1):
        yield SparseRow(f"G{place}", "group", group.group, group_cells(group))
        for member in group.members:
            if member.has_quality_data or not with_data_only:
                yield _row(member, mean, group, f"G{place}-")


def _row(
    measure: MeasureResult,
    mean: Callable[[str], int | None],
    group: GroupResult | None = None,
    prefix: str = "",
) -> DataRow[MeasureRow]:
    title = measure.counts.title or measure_title(measure.measure, in_group=group is not None)
    label = f"#{measure.measure} in the {group.group}" if group else f"#{measure.measure}"
    return DataRow(f"{prefix}{measure.measure}", label, MeasureRow(measure, title, mean(measure.measure)))
