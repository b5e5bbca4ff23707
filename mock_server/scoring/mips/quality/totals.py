"""From picked measures to the percent of a set: denominator, bonus caps, improvement (M-QUAL-23 to -34)."""

from decimal import Decimal
from fractions import Fraction
from typing import Final

from mock_server.scoring.computed import formula
from mock_server.scoring.mips.remembered import remembered
from mock_server.scoring.mips.rounding import HUNDRED, ZERO

MEASURE_POINTS: Final = 10
_FLOOR: Final = 10
_BONUS_SHARE: Final = 10  # percent of the denominator, for each of the two bonuses

_NONE: Final = Fraction(0)
_FULL: Final = Fraction(100)

Earned = tuple[tuple[str, Decimal], ...]
"""(measure id, points)."""
Bonuses = tuple[tuple[str, int], ...]
"""(measure id, bonus points)."""


@formula(
    "mips.denominator",
    "max(10, 10 * measures expected - 10 * picked measures with a changed guideline - 10 for a missed survey "
    "sample) + 10 for readmission",
    "M-QUAL-34",
    "M-QUAL-03",
    "M-QUAL-32",
    "M-QUAL-33",
    "M-WI-05",
)
def denominator(*, expected: int, guideline_changed: int, missed_survey: bool, readmission: bool) -> int:
    """Points that can be earned; the survey counts among the expected measures of a Web Interface set."""
    base = MEASURE_POINTS * (expected - guideline_changed - missed_survey)
    return max(_FLOOR, base) + MEASURE_POINTS * readmission


@formula("mips.total_decile_score", "sum of the points of the measures that count", "M-QUAL-23")
def total_decile_score(*, points: Earned) -> Decimal:
    """Achievement points of a set."""
    return sum((earned for _, earned in points), ZERO)


@formula(
    "mips.capped_bonus",
    "min(sum of the bonuses, 10 % of the denominator)",
    "M-QUAL-13",
    "M-QUAL-14",
    "M-QUAL-16",
)
def capped_bonus(*, bonuses: Bonuses, denominator: int) -> Decimal:
    """Either bonus of a set after its cap."""
    return min(Decimal(sum(points for _, points in bonuses)), Decimal(denominator * _BONUS_SHARE) / 100)


@formula(
    "mips.total_measurement_points",
    "min(denominator, total_decile_score + total_bonus_points)",
    "M-QUAL-23",
)
def total_measurement_points(
    *, total_decile_score: Decimal, total_bonus_points: Decimal, denominator: int
) -> Decimal:
    """Achievement and bonus points together."""
    return min(Decimal(denominator), total_decile_score + total_bonus_points)


@formula(
    "mips.small_practice_quality_bonus",
    "the year's bonus for a small practice with at least one measurement",
    "M-QUAL-24",
)
def small_practice_quality_bonus(*, small_practice: bool, measurements: int, bonus: int) -> int:
    """Points in the numerator, outside the caps."""
    return bonus if small_practice and measurements else 0


denominator_of: Final = remembered(denominator)
small_practice_quality_bonus_of: Final = remembered(small_practice_quality_bonus)

PREVIOUS_FLOOR: Final = 30
IMPROVEMENT_CAP: Final = 10


@formula(
    "mips.improvement",
    "with full participation min(10, max(0, 10 * (A - P) / P)); A = 100 * total_decile_score / denominator, "
    "P = max(30, 100 * previous_points / previous_denominator)",
    "M-QUAL-26",
)
def improvement(
    *,
    full_participation: bool,
    total_decile_score: Decimal,
    denominator: int,
    previous_points: Decimal,
    previous_denominator: Decimal,
) -> Fraction:
    """Percentage points for a better achievement than last year; previous_denominator > 0."""
    if not full_participation:
        return _NONE
    now = Fraction(HUNDRED * total_decile_score) / denominator
    before = max(Fraction(PREVIOUS_FLOOR), Fraction(100 * previous_points) / Fraction(previous_denominator))
    return min(Fraction(IMPROVEMENT_CAP), max(_NONE, 10 * (now - before) / before))


@formula(
    "mips.quality_percent",
    "min(100, 100 * (total_decile_score + total_bonus_points + small_practice_bonus) / denominator "
    "+ improvement), not below 0",
    "M-QUAL-25",
)
def quality_percent(
    *,
    total_decile_score: Decimal,
    total_bonus_points: Decimal,
    small_practice_bonus: int,
    denominator: int,
    improvement: Fraction,
) -> Fraction:
    """Percent of a set, unrounded."""
    points = 100 * (total_decile_score + total_bonus_points + small_practice_bonus)
    numerator, parts = points.as_integer_ratio()
    percent = Fraction(numerator, parts * denominator)
    if improvement:
        percent += improvement
    return min(_FULL, percent) if percent > 0 else _NONE
