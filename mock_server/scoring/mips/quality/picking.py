"""Which measures count: duplicates, the required measure, the best of the rest (M-QUAL-12, M-QUAL-20 to -22).

Every choice has a total order, so the order of the input never matters.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from mock_server.scoring.mips.case import METHOD_ORDER, set_order
from mock_server.scoring.mips.quality.applicability import Applicability
from mock_server.scoring.mips.quality.measure import MeasureScore
from mock_server.scoring.mips.tree import Status


class Entry(Struct, frozen=True):
    """A measure and what became of it in its set."""

    score: MeasureScore
    status: Status
    place: int | None = None
    """1 to 6 where picked; in the Web Interface 1 to the number of measures."""
    required: bool = False
    """It satisfies the outcome requirement and earns no high-priority bonus for that (M-QUAL-12)."""
    high_priority_bonus: int = 0
    end_to_end_bonus: int = 0

    @property
    def own_bonus(self) -> int:
        """Before the caps of the set."""
        return self.high_priority_bonus + self.end_to_end_bonus


def best_of_each(scores: Iterable[MeasureScore]) -> tuple[list[MeasureScore], list[MeasureScore]]:
    """(one score per measure, the discarded ones): most points, then method, then bonus (M-QUAL-20)."""
    by_measure: defaultdict[str, list[MeasureScore]] = defaultdict(list)
    for score in scores:
        by_measure[score.measure_id].append(score)
    kept: list[MeasureScore] = []
    discarded: list[MeasureScore] = []
    for measure_id in sorted(by_measure):
        same = by_measure[measure_id]
        if len(same) > 1:
            same.sort(key=preference_key)
        kept.append(same[0])
        discarded += same[1:]
    return kept, discarded


def preference_key(score: MeasureScore) -> tuple[Any, ...]:
    """Beyond the rule's order: the more complete one, then whatever tells two values apart."""
    evidence = score.evidence
    rest = () if evidence is None else (repr(evidence.value), set_order(evidence.source))
    method = METHOD_ORDER[score.method]
    return -score.points.value, method, -score.own_bonus, not score.complete, score.measure_id, rest


def required_measure(scores: Sequence[MeasureScore]) -> MeasureScore | None:
    """The measure that satisfies the outcome requirement; `None` without high priority (M-QUAL-12)."""
    candidates = [score for score in scores if score.is_high_priority]
    eligible = [score for score in candidates if score.bonus_eligible.value]
    return min(
        eligible or candidates,
        key=lambda score: (-score.tier, -score.points.value, score.measure_id),
        default=None,
    )


def pick(scores: Sequence[MeasureScore], applicability: Applicability) -> list[MeasureScore]:
    """The measures that count, in the order of their places (M-QUAL-21, M-QUAL-22, M-EMA-07)."""
    required = required_measure(scores)
    rest = sorted(
        (score for score in scores if score is not required),
        key=lambda score: (-score.points.value, score.measure_id),
    )
    if required is not None:
        return [required, *rest[: applicability.places - 1]]
    if applicability.high_priority_waived:
        return rest[: applicability.places]
    return rest[: applicability.places - 1]
