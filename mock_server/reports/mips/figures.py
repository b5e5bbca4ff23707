"""Figures that only a page needs: bonuses of one measure, the score it is shown with, the score that counts.

The engine leaves these steps implicit; a reader may ask about each of them, so each is a formula.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Final

from mock_server.scoring.computed import Computed, formula
from mock_server.scoring.mips.quality.picking import Entry
from mock_server.scoring.mips.result import Result
from mock_server.scoring.mips.rounding import ZERO, rounded
from mock_server.scoring.mips.rules import SLOTS

_OUTCOME_TIER: Final = 2


@formula(
    "mips.high_priority_bonus",
    "2 for an outcome or patient experience measure, 1 for another one of high priority; 0 if not eligible, "
    "if it is the required measure, if the measurement does not count, or if its set earns no such bonus",
    "M-QUAL-13",
    "M-QUAL-12",
    "M-QUAL-11",
    "M-QUAL-15",
)
def high_priority_bonus(*, eligible: bool, required: bool, counted: bool, set_earns: bool, tier: int) -> int:
    """Bonus of one measure before the cap of its set; `tier` by M-QUAL-02, `set_earns` by M-QUAL-15."""
    if not (eligible and counted and set_earns) or required:
        return 0
    return 2 if tier >= _OUTCOME_TIER else 1


@formula(
    "mips.end_to_end_bonus",
    "the end-to-end point if the measurement counts",
    "M-QUAL-14",
)
def end_to_end_bonus(*, points: int, counted: bool) -> int:
    """Bonus of one measure before the cap of its set."""
    return points if counted else 0


@formula(
    "mips.measure_bonus",
    "high-priority bonus + end-to-end bonus",
    "M-QUAL-13",
    "M-QUAL-14",
)
def measure_bonus(*, high_priority: int, end_to_end: int) -> int:
    """Both bonuses of one measure."""
    return high_priority + end_to_end


@formula(
    "mips.measure_score",
    "points + bonuses of a measure that counts; else 0, its bonus being added on its own",
    "M-TREE-08",
)
def measure_score(*, counts: bool, points: Decimal, bonus: int) -> Decimal:
    """The score that a measure is listed with."""
    return points + bonus if counts else ZERO


@formula(
    "mips.preliminary_maximum",
    "sum of the weights of the categories that have data or automatic credit",
    "M-WGT-08",
)
def preliminary_maximum(*, weights: tuple[tuple[str, int], ...]) -> int:
    """What a preliminary total is shown out of."""
    return sum(weight for _, weight in weights)


@formula("mips.shown_total", "R2(total)", "M-WGT-08", "M-FIN-05")
def shown_total(*, total: Fraction) -> Decimal:
    """A preliminary total as it is shown."""
    return rounded(total, 2)


@formula(
    "mips.governing_score",
    "the APM entity's score; else the virtual group's; else the higher of group and individual",
    "M-GEN-05",
    "M-APM-05",
)
def governing_score(*, scores: tuple[tuple[str, Decimal], ...]) -> Decimal:
    """The score that counts; `scores` in the order of precedence, individual and group last."""
    for source, value in scores:
        if source in ("APM entity", "Virtual group"):
            return value
    return max(value for _, value in scores)


@formula(
    "mips.rolled_up_percent",
    "sum of (percent * clinicians) / clinicians, those without an obligation left out",
    "M-APM-04",
    "M-APM-05",
)
def rolled_up_percent(*, weighted_sum: Fraction, clinicians: int) -> Fraction:
    """PI of an APM entity without the participants' own figures, which an entity may not see."""
    return weighted_sum / clinicians if clinicians else Fraction(0)


def high_priority_bonus_of(entry: Entry) -> Computed[int]:
    """The high-priority bonus of a measure in its set."""
    eligible, counted = entry.score.bonus_eligible.value, entry.status != "DUPLICATE"
    withheld = eligible and counted and not entry.required and not entry.high_priority_bonus
    return high_priority_bonus.of(
        eligible=eligible,
        required=entry.required,
        counted=counted,
        set_earns=not withheld,
        tier=entry.score.tier,
    )


def end_to_end_bonus_of(entry: Entry) -> Computed[int]:
    """The end-to-end bonus of a measure in its set."""
    points = entry.score.end_to_end.value
    return end_to_end_bonus.of(points=points, counted=entry.end_to_end_bonus == points)


def measure_bonus_of(entry: Entry) -> Computed[int]:
    """Both bonuses of a measure in its set."""
    return measure_bonus.of(high_priority=entry.high_priority_bonus, end_to_end=entry.end_to_end_bonus)


def measure_score_of(entry: Entry) -> Computed[Decimal]:
    """The score that a measure is listed with."""
    return measure_score.of(
        counts=entry.status == "PICKED", points=entry.score.points.value, bonus=entry.own_bonus
    )


def preliminary_maximum_of(result: Result) -> Computed[int]:
    """The figure behind `Result.shown_maximum`."""
    waits = result.total.weighing.waits_for_web_interface
    shown = [slot for slot in SLOTS if result.is_shown(slot) or (waits and slot == "quality")]
    return preliminary_maximum.of(weights=tuple((slot, result.weight(slot)) for slot in shown))


def rolled_up_percent_of(figure: Computed[Fraction]) -> Computed[Fraction]:
    """The roll-up with its inputs summed."""
    given = dict(figure.inputs)["participants"]
    return rolled_up_percent.of(
        weighted_sum=sum((Fraction(percent or 0) * count for percent, count in given), Fraction(0)),
        clinicians=sum(count for _, count in given),
    )
