"""The answers of a what-if as values; every gain keeps the two figures that it is the difference of."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from mock_server.scoring.computed import Computed, formula
from mock_server.scoring.mips.rounding import ZERO, rounded
from mock_server.scoring.mips.rules import Slot
from mock_server.scoring.mips.submission import Method


@formula("mips.gain", "R4(changed - now)", "M-GEN-02")
def gain(*, now: Decimal | Fraction, changed: Decimal | Fraction) -> Decimal:
    """What a change brings: points of a measure, or the total of 0 to 100."""
    return rounded(Fraction(changed) - Fraction(now), 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A change of one measure and what it brings."""

    what: str
    """In words: `1 more case met, 71 of 100`."""
    cases: int | None
    """How many cases have to change; `None` where the measure does not count cases."""
    measure: Computed[Decimal]
    """Gain of the measure."""
    total: Computed[Decimal]
    """Gain of the total. Negative where a change makes another measure the required one."""

    @property
    def points(self) -> Decimal:
        """Gain of the measure, four decimals."""
        return self.measure.value

    @property
    def score(self) -> Decimal:
        """Gain of the total, four decimals."""
        return self.total.value


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureGain:
    """A measure below its maximum."""

    category: Slot
    measure_id: str
    title: str
    method: Method
    points: Decimal
    maximum: int
    one_case: Step | None
    """One more performed case, or one fewer where lower is better."""
    next_level: Step | None
    """The next decile; of ACI/PI measures the next point."""
    note: str = ""
    """Why a step has no answer."""

    @property
    def best(self) -> Decimal:
        """The larger gain of the total."""
        return max(step.score if step else ZERO for step in (self.one_case, self.next_level))

    def order(self) -> tuple[Any, ...]:
        """Sort key: most gain of the total, then of the measure, then by id."""
        points = max(step.points if step else ZERO for step in (self.one_case, self.next_level))
        return -self.best, -points, self.measure_id, self.method


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Something that was not submitted."""

    category: Slot
    what: str
    """In words."""
    total: Computed[Decimal]
    """Gain of the total."""
    exactness: Literal["exactly", "at least", "up to"] = "exactly"
    """`at least`: with the smallest performance that counts; `up to`: with full performance."""

    @property
    def score(self) -> Decimal:
        """Gain of the total, four decimals."""
        return self.total.value

    def order(self) -> tuple[Any, ...]:
        """Sort key: most gain first."""
        return -self.score, self.category, self.what


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """What a submission could still gain."""

    total: Decimal
    """As it stands, four decimals."""
    measures: tuple[MeasureGain, ...]
    missing: tuple[Missing, ...]
