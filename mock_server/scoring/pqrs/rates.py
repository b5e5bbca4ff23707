"""Formulas on the counts of one measure or group (pqrs-2011 section 2).

Everything is exact integer arithmetic, half up where it rounds; thresholds never look at a rounded rate.
"""

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final, NamedTuple

from mock_server.scoring.computed import formula

INVERSE_MEASURES: Final = frozenset({"1", "DM-2"})
"""A lower performance rate is better control; the arithmetic stays the same (P-F-11)."""


class Null(Enum):
    """The performance rate of a measure for which only exclusions were counted (P-FMT-5)."""

    NULL = "NULL"


NULL: Final = Null.NULL


class MeasureFact(NamedTuple):
    """What the tests on measures look at."""

    measure: str
    reported: int
    eligible_instances: int
    performance_denominator: int
    met: int


def round_half_up(numerator: int, denominator: int) -> int:
    """`numerator / denominator` as a whole number, ties upward (P-F-1); non-negative, denominator > 0."""
    return (2 * numerator + denominator) // (2 * denominator)


@formula(
    "pqrs.reporting_rate",
    "round_half_up(100 * reported / eligible_instances), 0 if eligible_instances = 0",
    "P-F-2",
    "P-F-1",
)
def reporting_rate(*, reported: int, eligible_instances: int) -> int:
    """Whole percent of the eligible instances that were reported."""
    return round_half_up(100 * reported, eligible_instances) if eligible_instances else 0


@formula(
    "pqrs.satisfactory",
    "eligible_instances > 0 and 100 * reported >= percent * eligible_instances",
    "P-F-6",
)
def satisfactory(*, reported: int, eligible_instances: int, percent: int) -> bool:
    """Whether the measure reached its threshold, tested on the exact counts."""
    return eligible_instances > 0 and 100 * reported >= percent * eligible_instances


@formula("pqrs.exclusions", "excl_1p + excl_2p + excl_3p + excl_other", "P-F-3", "P-DM-34")
def exclusions(*, excl_1p: int, excl_2p: int, excl_3p: int, excl_other: int) -> int:
    """Valid performance exclusions (B)."""
    return excl_1p + excl_2p + excl_3p + excl_other


@formula("pqrs.performance_denominator", "reported - exclusions", "P-F-3")
def performance_denominator(*, reported: int, exclusions: int) -> int:
    """Instances that performance is judged on (A - B)."""
    return reported - exclusions


@formula("pqrs.not_met", "reported - exclusions - met", "P-DM-31")
def not_met(*, reported: int, exclusions: int, met: int) -> int:
    """Instances reported as not done without a recognized reason (X)."""
    return reported - exclusions - met


@formula(
    "pqrs.performance_rate",
    "round_half_up(100 * met / (reported - exclusions)); 0 if reported = 0; NULL if all are exclusions",
    "P-F-4",
    "P-F-1",
)
def performance_rate(*, met: int, reported: int, exclusions: int) -> int | Null:
    """Whole percent, or `NULL` where every valid submission was an exclusion."""
    if reported == 0:
        return 0
    denominator = reported - exclusions
    return round_half_up(100 * met, denominator) if denominator else NULL


@formula(
    "pqrs.correctly_reported",
    "round_half_up(1000 * correct / reported) / 10",
    "P-F-5",
    "P-F-1",
)
def correctly_reported(*, correct: int, reported: int) -> Decimal:
    """Percent of the submissions that were valid, one decimal; `reported` >= 1."""
    return Decimal(round_half_up(1000 * correct, reported)).scaleb(-1)


@formula(
    "pqrs.national_mean",
    "round_half_up(mean of the unrounded 100 * met / denominator of rates), NULL rates left out",
    "P-F-7",
)
def national_mean(*, rates: Sequence[tuple[int, int] | Null]) -> int | None:
    """Unweighted mean over professionals, whole percent; `None` where nobody has a rate.

    `rates` holds (met, performance denominator) pairs; a denominator of 0 is a rate of zero.
    """
    exact = [Fraction(100 * r[0], r[1]) if r[1] else Fraction(0) for r in rates if not isinstance(r, Null)]
    if not exact:
        return None
    mean = sum(exact, Fraction(0)) / len(exact)
    return round_half_up(mean.numerator, mean.denominator)


def has_zero_performance(fact: MeasureFact) -> bool:
    """Whether the discount of P-SR-3 would drop the measure: something counted, nothing met, not inverse."""
    return fact.performance_denominator > 0 and fact.met == 0 and fact.measure not in INVERSE_MEASURES


def counts_as_satisfactory(fact: MeasureFact, percent: int, *, discount: bool) -> bool:
    """Whether the measure enters S (P-SR-2) at `percent`."""
    reached = satisfactory(
        reported=fact.reported, eligible_instances=fact.eligible_instances, percent=percent
    )
    return reached and not (discount and has_zero_performance(fact))
