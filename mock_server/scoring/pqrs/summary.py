"""The four counts of the Reporting Detail Summary (P-T2-1 to P-T2-4, block D of Table 2)."""

from collections.abc import Sequence
from typing import NamedTuple

from mock_server.scoring.computed import formula
from mock_server.scoring.pqrs.rates import MeasureFact, counts_as_satisfactory
from mock_server.scoring.pqrs.record import GroupCounts


class GroupTally(NamedTuple):
    """What makes a group a reported one."""

    group: str
    complete: int
    members_with_data: int


@formula(
    "pqrs.groups_reported",
    "number of groups with complete >= 1 or members_with_data >= 1",
    "P-T2-1",
)
def groups_reported(*, groups: Sequence[GroupTally]) -> int:
    """Measures groups with anything reported."""
    return sum(group.complete >= 1 or group.members_with_data >= 1 for group in groups)


@formula(
    "pqrs.measures_reported",
    "number of measures with a quality-data code or data record, valid or not",
    "P-T2-2",
    "P-DM-35",
)
def measures_reported(*, measures: Sequence[tuple[str, bool]]) -> int:
    """Measures with any quality data; in two groups counts twice."""
    return sum(has_data for _, has_data in measures)


@formula(
    "pqrs.measures_on_eligible",
    "number of measures with reported >= 1",
    "P-T2-3",
)
def measures_on_eligible(*, measures: Sequence[tuple[str, int]]) -> int:
    """Measures with at least one valid submission (V)."""
    return sum(reported >= 1 for _, reported in measures)


@formula(
    "pqrs.measures_satisfactory",
    "number of measures with eligible_instances > 0 and 100 * reported >= percent * eligible_instances; "
    "with discount, those with performance_denominator > 0 and met = 0 left out (inverse measures stay)",
    "P-T2-4",
    "P-F-6",
    "P-SR-3",
)
def measures_satisfactory(*, measures: Sequence[MeasureFact], percent: int, discount: bool) -> int:
    """Measures at or above the threshold."""
    return sum(counts_as_satisfactory(fact, percent, discount=discount) for fact in measures)


def group_tallies(groups: Sequence[GroupCounts]) -> tuple[GroupTally, ...]:
    """Tallies of the groups of an attempt, by title."""
    return tuple(
        sorted(GroupTally(g.group, g.complete, sum(m.has_quality_data for m in g.members)) for g in groups)
    )
