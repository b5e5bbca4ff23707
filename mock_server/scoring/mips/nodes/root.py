"""The root and the category nodes (M-TREE-02, M-TREE-03, M-TREE-04, M-TREE-07).

Improvement activities come first, then ACI/PI, quality and cost: clients of the agency's service look parts
up by that position (API-SCORE-4).
"""

from decimal import Decimal
from typing import Any, Final

from msgspec import Struct

from mock_server.scoring.computed import Computed
from mock_server.scoring.mips.activities import MAXIMUM as IA_MAXIMUM
from mock_server.scoring.mips.final import facility_percent, nothing_scored
from mock_server.scoring.mips.interoperability.tables import BasePerformance
from mock_server.scoring.mips.nodes import activities, cost, interoperability, quality
from mock_server.scoring.mips.nodes.feedback import feedback_nodes
from mock_server.scoring.mips.nodes.root_facts import category_facts, root_facts
from mock_server.scoring.mips.result import Result
from mock_server.scoring.mips.rounding import ZERO, rounded
from mock_server.scoring.mips.rules import Slot
from mock_server.scoring.mips.tree import Node

ENGINE_VERSION: Final = "1.0.0"
DISCLAIMER: Final = "Scores may still change: data, benchmarks and rules are subject to correction."
CATEGORY_ORDER: Final[tuple[Slot, ...]] = ("ia", "pi", "quality", "cost")


def root_node(result: Result) -> Node:
    """The whole tree of a result."""
    categories = tuple(category_node(result, slot) for slot in CATEGORY_ORDER if result.is_shown(slot))
    extra = (*feedback_nodes(result), _bonus_node(result)) if categories else ()
    value = rounded(result.total_score.value, 4)
    return Node(
        name="total",
        title="Total Score",
        value=value,
        detail=ENGINE_VERSION,
        parts=(*categories, *extra),
        about=AboutRoot(result),
        maximum=Decimal(100),
        contribution=value,
        warnings=(DISCLAIMER,),
    )


def code_of(result: Result, slot: Slot) -> str:
    """The name of a category in results (M-GEN-06)."""
    return result.case.rules.pi_code if slot == "pi" else slot


def category_node(result: Result, slot: Slot) -> Node:
    """A category's contribution, with the category's own score below it (M-TREE-03)."""
    code, weight = code_of(result, slot), result.weight(slot)
    value = rounded(result.weighted(slot), 4)
    return Node(
        name=code,
        title=f"{code.upper()} component of total score",
        value=value,
        detail=f"Scoring based on weight of {weight}%.",
        original=_original(result, slot, code),
        about=AboutCategory(result, slot),
        maximum=Decimal(weight),
        contribution=value,
    )


def _original(result: Result, slot: Slot, code: str) -> Node:
    """The category's score before its weight (M-TREE-04)."""
    parts = _set_nodes(result, slot)
    value = Decimal(result.ia.points.value) if slot == "ia" else rounded(result.percent(slot), 4)
    return Node(
        name=code,
        value=value,
        detail=_choice_text(result, slot, parts),
        parts=parts,
        about=AboutOriginal(result, slot),
        maximum=Decimal(IA_MAXIMUM if slot == "ia" else 100),
        contribution=value,
    )


def _set_nodes(result: Result, slot: Slot) -> tuple[Node, ...]:
    profile = result.case.profile
    if slot == "quality":
        return quality.set_nodes(result.quality, profile.clinician_count)
    if slot == "pi":
        return interoperability.set_nodes(result.case, result.pi)
    if slot == "ia":
        return activities.set_nodes(result.ia, special_status=profile.has_ia_special_status)
    return cost.set_nodes(result.cost)


def _choice_text(result: Result, slot: Slot, parts: tuple[Node, ...]) -> str:
    """Which set counts, or what counts instead of one."""
    if result.total.facility is not None and slot in ("quality", "cost"):
        return "Score of the facility"
    if slot == "pi" and result.pi.rollup is not None:
        return "Mean of the participants"
    if slot == "pi" and result.pi.is_conflict:
        return "Measurement sets contradict each other"
    if not parts:
        return "Automatic credit" if slot == "ia" else "No measurement set to score"
    return f"Picked the highest scoring measurement set {parts[0].detail}"


class AboutOriginal(Struct, frozen=True):
    """Facts and figures of a category before its weight."""

    result: Result
    slot: Slot

    def facts(self) -> dict[str, Any]:
        """The unrounded score."""
        return category_facts(self.result, self.slot)

    def figures(self) -> tuple[Computed[Any], ...]:
        """What the category's score consists of."""
        result = self.result
        if result.total.facility is not None and self.slot in ("quality", "cost"):
            return (facility_percent.of(percent=result.percent(self.slot)),)
        if self.slot == "ia":
            return (result.ia.credit, result.ia.points, result.ia.percent)
        if self.slot == "pi":
            return _interoperability_figures(result)
        if self.slot == "cost":
            return (result.cost.percent or nothing_scored.of(contradiction=False),)
        picked = result.quality.picked
        if picked is None:
            return (nothing_scored.of(contradiction=False),)
        return (picked.percent.citing("M-QUAL-27"),)


def _interoperability_figures(result: Result) -> tuple[Computed[Any], ...]:
    """The roll-up, or the conflict test and the percent of the best set."""
    score = result.pi
    if score.rollup is not None:
        return (score.rollup,)
    conflict = () if score.conflict is None else (score.conflict,)
    if score.picked is None:
        return (*conflict, nothing_scored.of(contradiction=score.is_conflict))
    grouped = isinstance(result.case.rules.interoperability, BasePerformance)
    return (*conflict, score.picked.percent.citing("M-ACI-13" if grouped else "M-PI-09"))


class AboutCategory(Struct, frozen=True):
    """Facts and figures of a category's contribution."""

    result: Result
    slot: Slot

    def facts(self) -> dict[str, Any]:
        """M-TREE-03."""
        facts = category_facts(self.result, self.slot)
        facts["maxContribution"] = self.result.weight(self.slot)
        facts["unroundedScoreValue"] = facts.pop("unroundedWeightedValue")
        return facts

    def figures(self) -> tuple[Computed[Any], ...]:
        """The weight and the product."""
        weighing, weighted = self.result.total.weighing, self.result.total.weighted[self.slot]
        rules = ("M-FIN-09",) if self.result.total.facility is not None else ()
        return (weighing.not_scored, weighing.weights, weighted.citing(*rules))


class AboutBonuses(Struct, frozen=True):
    """Facts and figures of the bonuses on the final score."""

    figure: Computed[Decimal]

    def facts(self) -> dict[str, Any]:
        """Nothing beyond the figure."""
        return {}

    def figures(self) -> tuple[Computed[Any], ...]:
        """The bonus."""
        return (self.figure,)


def _bonus_node(result: Result) -> Node:
    parts = tuple(
        Node(
            name=bonus.name,
            title=bonus.title,
            value=rounded(bonus.points.value, 4),
            about=AboutBonuses(bonus.points),
            contribution=bonus.points.value,
        )
        for bonus in result.bonuses
    )
    value = rounded(result.bonus_sum.value, 4)
    return Node(
        name="bonuses",
        value=value,
        parts=parts,
        about=AboutBonuses(result.bonus_sum),
        contribution=ZERO if result.total.is_threshold else value,
    )


class AboutRoot(Struct, frozen=True):
    """Facts and figures of the total."""

    result: Result

    def facts(self) -> dict[str, Any]:
        """M-TREE-07."""
        return root_facts(self.result)

    def figures(self) -> tuple[Computed[Any], ...]:
        """Weights, total, final score, payment."""
        result = self.result
        weighing = result.total.weighing
        found: list[Computed[Any]] = [weighing.not_scored, weighing.weights, result.bonus_sum]
        if result.payment is not None:
            pay = result.payment
            found += [pay.adjustment, pay.exceptional, pay.total.citing("M-PAY-08")]
        if result.final_score is not None:
            found.append(result.final_score)
        return (*found, result.total_score)
