"""Advice: what would earn more (M-TREE-09)."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from mock_server.scoring.computed import Computed
from mock_server.scoring.mips.activities import MAXIMUM, further_activities_of, points_of_weight
from mock_server.scoring.mips.quality.picking import Entry
from mock_server.scoring.mips.result import Result
from mock_server.scoring.mips.tree import Node


class AboutAdvice(Struct, frozen=True):
    """What an advice rests on."""

    known: Mapping[str, Any]
    steps: tuple[Computed[Any], ...] = ()

    def facts(self) -> dict[str, Any]:
        """The numbers in the sentence."""
        return dict(self.known)

    def figures(self) -> tuple[Computed[Any], ...]:
        """Where they come from."""
        return self.steps


def feedback_nodes(result: Result) -> Iterator[Node]:
    """`feedback-quality`, `feedback-ia` and `feedback-pi`, each only if there is something to say."""
    groups = (
        ("feedback-quality", tuple(_quality(result))),
        ("feedback-ia", tuple(_activities(result))),
        (f"feedback-{result.case.rules.pi_code}", tuple(_interoperability(result))),
    )
    for name, parts in groups:
        if parts:
            yield Node(name=name, value=None, parts=parts, about=AboutAdvice({}))


def _quality(result: Result) -> Iterator[Node]:
    """Picked measures below their maximum, the lowest first."""
    picked = result.quality.picked
    if picked is None:
        return
    improvable = [
        entry
        for entry in picked.entries
        if entry.status == "PICKED" and entry.score.points.value < entry.score.maximum
    ]
    for entry in sorted(improvable, key=_by_points):
        points, maximum = entry.score.points.value, entry.score.maximum
        yield Node(
            name=entry.score.measure_id,
            value=None,
            detail=f"{points.normalize():f} of {maximum} points",
            about=AboutAdvice({"points": points, "maxContribution": maximum}, (entry.score.points,)),
        )


def _by_points(entry: Entry) -> tuple[Any, str]:
    return entry.score.points.value, entry.score.measure_id


def _activities(result: Result) -> Iterator[Node]:
    """How many more activities of either weight fill the category (M-IA-09)."""
    points = result.ia.points.value
    if points >= MAXIMUM or not result.presence.any or not result.weight("ia"):
        return
    for weight in ("medium", "high"):
        of_one = points_of_weight(weight, special_status=result.case.profile.has_ia_special_status)
        needed = further_activities_of(points=points, points_of_one=of_one)
        yield Node(
            name=weight,
            value=None,
            detail=f"{needed.value} more {weight} activit{'y' if needed.value == 1 else 'ies'} would do",
            about=AboutAdvice({"count": needed.value}, (needed,)),
        )


def _interoperability(result: Result) -> Iterator[Node]:
    """What the category lacks (M-PI-01), or where its sets disagree (M-PI-09)."""
    if result.pi.conflict is not None and result.pi.conflict.value:
        for measure_id in dict(result.pi.conflict.inputs)["measures"]:
            yield Node(
                name=measure_id,
                value=None,
                detail="Sets disagree on this measure, so the category scores 0",
                about=AboutAdvice({}, (result.pi.conflict,)),
            )
    elif result.pi.picked is not None:
        for missing in result.pi.picked.missing:
            yield Node(
                name="missing",
                value=None,
                detail=f"Missing: {missing}",
                about=AboutAdvice({}, result.pi.picked.checks),
            )
