"""Incentive amounts (pqrs-2011 5.2): per professional, Maintenance of Certification, totals of the TIN.

An amount that is not earned is `None`, never zero: eligible on zero charges earns `0.00` (P-INC-4).
"""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from mock_server.reference.pqrs_2011.constants import SEQUESTRATION_SHARE, SEQUESTRATION_START
from mock_server.scoring.computed import formula

CENT = Decimal("0.01")

Amounts = Sequence[tuple[str, Decimal | None]]
"""Amounts by what they are of (an NPI, `PQRS`, `MOC`); `None` = not earned."""


def to_cents(amount: Decimal) -> Decimal:
    """Half up to two places (P-F-10)."""
    return amount.quantize(CENT, ROUND_HALF_UP)


@formula(
    "pqrs.incentive",
    "round_half_up(rate * charges) to cents if eligible; else not earned",
    "P-F-8",
    "P-INC-1",
    "P-INC-2",
)
def pqrs_incentive(*, eligible: bool, rate: Decimal, charges: Decimal) -> Decimal | None:
    """What an attempt pays, or would pay, on the charges of its period."""
    return to_cents(rate * charges) if eligible else None


@formula(
    "pqrs.moc_eligible",
    "requirements_met and satisfied_12_month_methods is not empty",
    "P-INC-3",
)
def moc_eligible(*, requirements_met: bool, satisfied_12_month_methods: Sequence[str]) -> bool:
    """Whether a participant in Maintenance of Certification earns its incentive."""
    return requirements_met and bool(satisfied_12_month_methods)


@formula(
    "pqrs.moc_incentive",
    "round_half_up(rate * charges_12) to cents if eligible; else not earned",
    "P-F-9",
    "P-INC-3",
)
def moc_incentive(*, eligible: bool, rate: Decimal, charges_12: Decimal) -> Decimal | None:
    """Maintenance of Certification amount, always on the charges of the year."""
    return to_cents(rate * charges_12) if eligible else None


@formula(
    "pqrs.sum_earned",
    "sum of the earned amounts; not earned if none is",
    "P-INC-5",
    "P-INC-6",
)
def sum_earned(*, amounts: Amounts) -> Decimal | None:
    """Sum of amounts that were each rounded before."""
    earned = [amount for _, amount in amounts if amount is not None]
    return sum(earned, Decimal("0.00")) if earned else None


@formula(
    "pqrs.charges_shown",
    "charges_6 if selected_months is 6; else charges_12",
    "P-INC-8",
)
def charges_shown(*, selected_months: int | None, charges_12: Decimal, charges_6: Decimal) -> Decimal:
    """Charges of the Incentive Summary: those of the selected period, of the year if none is selected."""
    return charges_6 if selected_months == 6 else charges_12


@formula(
    "pqrs.paid",
    "round_half_up(0.98 * amount) to cents if period_end is 2013-04-01 or later; else amount",
    "P-INC-20",
)
def paid_after_sequestration(*, amount: Decimal, period_end: date) -> Decimal:
    """What is paid of an amount once sequestration has taken its two percent."""
    return to_cents(SEQUESTRATION_SHARE * amount) if period_end >= SEQUESTRATION_START else amount
