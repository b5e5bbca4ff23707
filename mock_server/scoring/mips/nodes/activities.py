"""The nodes of the improvement activities (M-TREE-05, M-TREE-06)."""

from decimal import Decimal
from typing import Any

from msgspec import Struct

from mock_server.scoring.computed import Computed
from mock_server.scoring.mips.activities import (
    MAXIMUM,
    ActivitiesScore,
    Activity,
    ActivitySet,
    points_of_weight,
)
from mock_server.scoring.mips.rounding import ZERO
from mock_server.scoring.mips.tree import Node


def set_nodes(score: ActivitiesScore, *, special_status: bool) -> tuple[Node, ...]:
    """One node per set, best first."""
    return tuple(
        _set_node(one, special_status=special_status, picked=place == 0)
        for place, one in enumerate(score.sets)
    )


def _set_node(scored: ActivitySet, *, special_status: bool, picked: bool) -> Node:
    value = Decimal(scored.points.value)
    return Node(
        name="ia",
        title="Improvement Activities Score",
        value=value,
        detail=scored.method,
        parts=tuple(_activity_node(one, special_status=special_status) for one in scored.activities),
        about=AboutActivitySet(scored, picked),
        maximum=Decimal(MAXIMUM),
        contribution=value if picked else ZERO,
        status="PICKED" if picked else "SKIPPED",
        warnings=scored.warnings,
    )


def _activity_node(activity: Activity, *, special_status: bool) -> Node:
    value = Decimal(activity.points.value)
    return Node(
        name=activity.measure_id,
        title=activity.title,
        value=value,
        about=AboutActivity(activity, special_status),
        maximum=Decimal(MAXIMUM),
        contribution=value,
        status=activity.status,
    )


class AboutActivity(Struct, frozen=True):
    """Facts and figures of an activity."""

    activity: Activity
    special_status: bool

    def facts(self) -> dict[str, Any]:
        """M-TREE-06."""
        return {
            "weight": self.activity.weight,
            "maxContribution": points_of_weight("high", special_status=self.special_status),
            "calculatedScore": self.activity.points.value,
            "complete": self.activity.done,
            "processingStatus": self.activity.status,
        }

    def figures(self) -> tuple[Computed[Any], ...]:
        """The points."""
        return (self.activity.points,)


class AboutActivitySet(Struct, frozen=True):
    """Facts and figures of a set."""

    scored: ActivitySet
    picked: bool

    def facts(self) -> dict[str, Any]:
        """M-TREE-05."""
        return {
            "maxContribution": MAXIMUM,
            "measurementSetPicked": self.picked,
            "processingStatus": "PICKED" if self.picked else "SKIPPED",
            "messages": {"points": f"{self.scored.points.value} of {MAXIMUM} points"},
            "unroundedScoreValue": self.scored.points.value,
        }

    def figures(self) -> tuple[Computed[Any], ...]:
        """The periods and the sum."""
        return (*self.scored.periods, self.scored.points)
