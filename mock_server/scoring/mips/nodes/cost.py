"""The nodes of cost: one set, computed by the agency, with its measures."""

from decimal import Decimal
from typing import Any, Final

from msgspec import Struct

from mock_server.scoring.computed import Computed
from mock_server.scoring.mips.cost import MEASURE_POINTS, CostMeasureScore, CostScore
from mock_server.scoring.mips.final import nothing_scored
from mock_server.scoring.mips.quality.deciles import NO_DECILE
from mock_server.scoring.mips.rounding import ZERO, number, rounded
from mock_server.scoring.mips.tree import Node

_PERCENT: Final = Decimal(100)


def set_nodes(score: CostScore) -> tuple[Node, ...]:
    """The one set of the category; none without measures."""
    if not score.measures:
        return ()
    value = ZERO if score.percent is None else rounded(score.percent.value, 4)
    node = Node(
        name="cost",
        title="Cost Score",
        value=value,
        detail="administrativeClaims",
        parts=tuple(_measure_node(one) for one in score.measures),
        about=AboutCostSet(score),
        maximum=_PERCENT,
        contribution=value,
        status="SKIPPED" if score.percent is None else "PICKED",
    )
    return (node,)


def _measure_node(scored: CostMeasureScore) -> Node:
    value = ZERO if scored.decile is None else rounded(scored.decile.value.points, 4)
    return Node(
        name=scored.result.measure_id,
        title=scored.title,
        value=value,
        about=AboutCostMeasure(scored),
        maximum=Decimal(MEASURE_POINTS),
        contribution=value,
        status="SKIPPED" if scored.decile is None else "PICKED",
    )


class AboutCostMeasure(Struct, frozen=True):
    """Facts and figures of a cost measure."""

    scored: CostMeasureScore

    def facts(self) -> dict[str, Any]:
        """Cost per case, place on the benchmark."""
        scored, place = self.scored, self.scored.decile
        return {
            "cost": scored.result.value,
            "caseCount": scored.result.cases,
            "decile": NO_DECILE if place is None else place.value.decile,
            "partialDecileScore": ZERO if place is None else place.value.partial,
            "deciles": None if scored.benchmark is None else list(scored.benchmark.deciles),
            "noBenchmarks": scored.benchmark is None,
            "maxContribution": MEASURE_POINTS,
            "processingStatus": "SKIPPED" if place is None else "PICKED",
        }

    def figures(self) -> tuple[Computed[Any], ...]:
        """The case test and the place."""
        place = self.scored.decile
        enough = self.scored.enough_cases.citing("M-COST-01")
        return (enough,) if place is None else (enough, place)


class AboutCostSet(Struct, frozen=True):
    """Facts and figures of the set."""

    score: CostScore

    def facts(self) -> dict[str, Any]:
        """Its percent; in 2017 for information."""
        percent = self.score.percent
        return {
            "maxContribution": 100,
            "informational": not self.score.weighted,
            "unroundedScoreValue": ZERO if percent is None else number(percent.value),
        }

    def figures(self) -> tuple[Computed[Any], ...]:
        """The percent; 0 if no measure could be scored."""
        return (self.score.percent or nothing_scored.of(contradiction=False),)
