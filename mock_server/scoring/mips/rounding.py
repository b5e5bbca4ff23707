"""Rounding half up, away from zero, at the points of M-GEN-02 and nowhere else (M-GEN-01).

Points and rates are decimals, which add exactly; percents of a category are fractions, because thirds occur.
A quotient is taken with 60 digits before it is rounded: operands are far shorter, so no tie can be missed.
"""

from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from fractions import Fraction
from typing import Final

_WIDE: Final = Context(prec=60, rounding=ROUND_HALF_UP)
_divide: Final = _WIDE.divide
_quantize: Final = _WIDE.quantize
_STEPS: Final = tuple(Decimal(1).scaleb(-places) for places in range(5))

ZERO: Final = Decimal(0)
HUNDRED: Final = Decimal(100)


def rounded(number: Decimal | Fraction | int, places: int) -> Decimal:
    """R(number, places) of M-GEN-01; `places` is 0 to 4."""
    if isinstance(number, Decimal):
        return _rounded(number, places)
    return ratio(number.numerator, number.denominator, places)


def ratio(numerator: Decimal | int, denominator: Decimal | int, places: int) -> Decimal:
    """R(numerator / denominator, places); the denominator is not 0."""
    return _rounded(_divide(numerator, denominator), places)


def _rounded(exact: Decimal, places: int) -> Decimal:
    """A figure with more than 50 digits before the point is left alone: nobody reads its decimals."""
    try:
        return _quantize(exact, _STEPS[places])
    except InvalidOperation:
        return exact


def number(exact: Decimal | Fraction) -> Decimal:
    """An unrounded figure for output: all digits, or 28 where they never end."""
    if isinstance(exact, Decimal):
        return exact
    return Decimal(exact.numerator) / Decimal(exact.denominator)
