"""What a final score pays two years later (mips-scoring section 12).

The scaling factors are fitted to published figures, not the agency's own (M-PAY-07); they stand in the rules
of the year and can be replaced there.
"""

from decimal import Decimal
from typing import Final, Literal

from msgspec import Struct

from mock_server.scoring.computed import Computed, formula
from mock_server.scoring.mips.rounding import ratio, rounded
from mock_server.scoring.mips.rules import Payment

Band = Literal["maximum negative", "negative", "neutral", "positive", "positive and exceptional"]

_QUARTER: Final = 4
_FIRST: Final = Decimal("0.5")
_REST: Final = Decimal("9.5")


@formula(
    "mips.payment_adjustment",
    "-percent up to threshold / 4; -percent * (threshold - score) / threshold below the threshold; "
    "percent * (score - threshold) / (100 - threshold) * scaling from it on; R4",
    "M-PAY-01",
    "M-PAY-02",
    "M-PAY-03",
    "M-PAY-05",
)
def payment_adjustment(*, score: Decimal, threshold: Decimal, percent: Decimal, scaling: Decimal) -> Decimal:
    """The base adjustment in percent."""
    if _QUARTER * score <= threshold:
        return rounded(-percent, 4)
    if score < threshold:
        return ratio(-percent * (threshold - score), threshold, 4)
    return ratio(percent * (score - threshold) * scaling, 100 - threshold, 4)


@formula(
    "mips.exceptional_adjustment",
    "(0.5 + 9.5 * (score - additional) / (100 - additional)) * scaling from the additional threshold on; R4",
    "M-PAY-04",
    "M-PAY-05",
)
def exceptional_adjustment(*, score: Decimal, additional: Decimal, scaling: Decimal) -> Decimal:
    """The adjustment for exceptional performance in percent."""
    if score < additional:
        return rounded(0, 4)
    above, span = score - additional, 100 - additional
    return ratio((_FIRST * span + _REST * above) * scaling, span, 4)


@formula("mips.payment_total", "R2(adjustment + exceptional)", "M-PAY-05")
def payment_total(*, adjustment: Decimal, exceptional: Decimal) -> Decimal:
    """Both parts together in percent."""
    return rounded(adjustment + exceptional, 2)


class PaymentAdjustment(Struct, frozen=True, kw_only=True):
    """What is added to, or taken from, each payment."""

    adjustment: Computed[Decimal]
    exceptional: Computed[Decimal]
    total: Computed[Decimal]
    band: Band


def payment_year(performance_year: int) -> int:
    """The year whose payments are adjusted (M-PAY-06)."""
    return performance_year + 2


def payment_for(score: Decimal, rules: Payment) -> PaymentAdjustment:
    """The adjustment for a final score of 0.00 to 100.00."""
    adjustment = payment_adjustment.of(
        score=score,
        threshold=rules.threshold,
        percent=rules.applicable_percent,
        scaling=rules.scaling_factor,
    )
    exceptional = exceptional_adjustment.of(
        score=score, additional=rules.additional_threshold, scaling=rules.additional_scaling_factor
    )
    total = payment_total.of(adjustment=adjustment.value, exceptional=exceptional.value)
    return PaymentAdjustment(
        adjustment=adjustment, exceptional=exceptional, total=total, band=band_of(score, rules)
    )


def band_of(score: Decimal, rules: Payment) -> Band:
    """Where a score stands, in words (M-PAY-08). Up to a quarter of the threshold all lose the maximum."""
    if score >= rules.additional_threshold:
        return "positive and exceptional"
    if score > rules.threshold:
        return "positive"
    if score == rules.threshold:
        return "neutral"
    return "maximum negative" if _QUARTER * score <= rules.threshold else "negative"
