"""The nodes of ACI/PI: sets, in 2017 and 2018 with four groups, and measures (M-TREE-05, M-TREE-06)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from msgspec import Struct

from mock_server.reference.mips.measures import PiMeasure
from mock_server.scoring.computed import Computed, formula
from mock_server.scoring.mips.case import Case
from mock_server.scoring.mips.interoperability.category import PiScore
from mock_server.scoring.mips.interoperability.record import Part, PiMeasureScore, PiSet
from mock_server.scoring.mips.interoperability.tables import BasePerformance
from mock_server.scoring.mips.rounding import ZERO
from mock_server.scoring.mips.submission import Proportion
from mock_server.scoring.mips.tree import Node, Status

_PERCENT: Final = Decimal(100)


@formula("mips.as_reported", "the value as submitted; it earns no points of its own", "M-TREE-06")
def as_reported(*, value: bool | tuple[int, int]) -> bool | tuple[int, int]:
    """An attestation, an exclusion or an unscored measure."""
    return value


def set_nodes(case: Case, score: PiScore) -> tuple[Node, ...]:
    """One node per scored set, the union of several among them, best first."""
    return tuple(_set_node(case, score, one) for one in score.sets)


def _set_node(case: Case, score: PiScore, scored: PiSet) -> Node:
    picked = scored is score.picked
    measures = [(one, _measure_node(case, one)) for one in scored.measures]
    grouped = isinstance(case.rules.interoperability, BasePerformance)
    value = Decimal(scored.percent.value)
    status: Status = "PICKED" if picked else "SKIPPED"
    return Node(
        name=case.rules.pi_code,
        title="Promoting Interoperability Score"
        if case.rules.pi_code == "pi"
        else "Advancing Care Information Score",
        value=value,
        detail=", ".join(dict.fromkeys(source.method for source in scored.sources)),
        parts=tuple(_group_node(part, measures) for part in scored.parts)
        if grouped
        else tuple(node for _, node in measures),
        about=AboutPiSet(scored, picked),
        maximum=_PERCENT,
        contribution=value if picked else ZERO,
        status=status,
        warnings=scored.warnings,
    )


def _group_node(part: Part, measures: Iterable[tuple[PiMeasureScore, Node]]) -> Node:
    """One of the four groups of 2017 and 2018 (M-ACI-14)."""
    value = Decimal(part.points.value)
    return Node(
        name=part.name,
        value=value,
        parts=tuple(node for scored, node in measures if scored.part == part.name),
        about=AboutPart(part),
        maximum=_PERCENT,
        contribution=value,
    )


def _measure_node(case: Case, scored: PiMeasureScore) -> Node:
    reference = case.reference.pi[scored.measure_id]
    points = None if scored.points is None else Decimal(scored.points.value)
    return Node(
        name=scored.measure_id,
        title=reference.title,
        value=_shown(scored) if points is None else points,
        about=AboutPiMeasure(scored, reference),
        maximum=Decimal(scored.maximum) if scored.points is not None else None,
        contribution=ZERO if points is None else points,
        status=scored.status,
    )


def _shown(scored: PiMeasureScore) -> Decimal | bool:
    """An attestation shows its answer; a proportion that only fulfils the base earns 0."""
    return ZERO if isinstance(scored.value, Proportion) else scored.value is True


class AboutPart(Struct, frozen=True):
    """Facts and figures of a group."""

    part: Part

    def facts(self) -> dict[str, Any]:
        """M-ACI-14."""
        return {"maxContribution": 100}

    def figures(self) -> tuple[Computed[Any], ...]:
        """The constant and the sum."""
        constant = self.part.constant
        return (self.part.points,) if constant is None else (constant, self.part.points)


class AboutPiMeasure(Struct, frozen=True):
    """Facts and figures of a measure."""

    scored: PiMeasureScore
    reference: PiMeasure

    def facts(self) -> dict[str, Any]:
        """M-TREE-06."""
        scored = self.scored
        facts: dict[str, Any] = {
            "maxContribution": scored.maximum,
            "objective": self.reference.objective,
            "reportingCategory": self.reference.reporting_category,
            "processingStatus": scored.status,
            "mipsMinimumScore": 1,
        }
        if isinstance(scored.value, Proportion):
            facts |= {"numerator": scored.value.numerator, "denominator": scored.value.denominator}
            if scored.points is not None and scored.points.formula in _TEXTS:
                facts["formula"] = _formula_text(scored.points, scored.value, scored.maximum)
        return facts

    def figures(self) -> tuple[Computed[Any], ...]:
        """Where the points come from."""
        if self.scored.points is not None:
            return (self.scored.points,)
        value = self.scored.value
        plain = (value.numerator, value.denominator) if isinstance(value, Proportion) else value is True
        return (as_reported.of(value=plain),)


_TEXTS: Final = {
    "mips.pi_points": "(({numerator}/{denominator})*{maximum}) = {points}",
    "mips.performance_points": "ceil(R0(100*{numerator}/{denominator})/10)*{maximum}/10 = {points}",
}


def _formula_text(points: Computed[int], value: Proportion, maximum: int) -> str:
    """The calculation with its numbers (M-PI-06, M-ACI-07)."""
    return _TEXTS[points.formula].format(
        numerator=value.numerator, denominator=value.denominator, maximum=maximum, points=points.value
    )


class AboutPiSet(Struct, frozen=True):
    """Facts and figures of a set."""

    scored: PiSet
    picked: bool

    def facts(self) -> dict[str, Any]:
        """M-TREE-05."""
        scored = self.scored
        earning = [one for one in scored.measures if one.points is not None]
        return {
            "performancePeriod": scored.days,
            "hasCehrtId": scored.cehrt_id is not None,
            "measuresPicked": [
                {"measureId": one.measure_id, "message": _earned_text(one)}
                for one in earning
                if one.status == "PICKED"
            ],
            "measuresExcluded": [
                one.measure_id for one in scored.measures if one.points is None and _is_exclusion(one)
            ],
            "measuresSkipped": [one.measure_id for one in earning if one.status == "SKIPPED"],
            "measuresMissing": list(scored.missing),
            "objectiveScores": {part.name: part.points.value for part in scored.parts},
            "bonuses": bonuses_of(scored),
            "messages": self._messages(),
            "measurementSetPicked": self.picked,
            "processingStatus": "PICKED" if self.picked else "SKIPPED",
            "maxContribution": 100,
            "unroundedScoreValue": scored.percent.value,
        }

    def _messages(self) -> dict[str, str]:
        scored = self.scored
        texts = {part.name: f"{part.points.value} points" for part in scored.parts}
        if scored.missing:
            texts["completeness"] = "Counts 0 until complete. Missing: " + ", ".join(scored.missing)
        return texts

    def figures(self) -> tuple[Computed[Any], ...]:
        """The tests, what moves points, the groups, the percent."""
        scored = self.scored
        groups = tuple(part.points for part in scored.parts)
        return (*scored.checks, *scored.steps, *groups, scored.percent)


def _earned_text(one: PiMeasureScore) -> str:
    points = 0 if one.points is None else one.points.value
    return f"{points} of {one.maximum} points"


def _is_exclusion(one: PiMeasureScore) -> bool:
    """Exclusions name what they exclude by a low volume, an inability or `EX`."""
    name = one.measure_id.removeprefix("ACI_").removeprefix("PI_").removeprefix("TRANS_")
    return one.value is True and (name.startswith(("LV", "CUITC")) or "_EX_" in name)


def bonuses_of(scored: PiSet) -> dict[str, int]:
    """Bonus points by group or measure."""
    groups = {part.name: part.points.value for part in scored.parts if part.is_bonus}
    return groups or {
        one.measure_id: one.points.value
        for one in scored.measures
        if one.points is not None and one.points.formula == "mips.pi_bonus"
    }
