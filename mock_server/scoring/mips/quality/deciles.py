"""From a rate to points: where it stands between the bounds of a benchmark (mips-scoring 3.3).

The largest bound that the rate reaches decides. That makes repeated bounds resolve to the highest decile and
works for the one row whose bounds are out of order (M-BM-06).
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from mock_server.scoring.computed import formula
from mock_server.scoring.mips.rounding import ZERO, ratio

FLOOR_POINTS: Final = 3
TOP_DECILE: Final = 10
NO_DECILE: Final = -1


class DecilePoints(NamedTuple):
    """The place of a rate on a benchmark."""

    decile: int
    """1 to 10; -1: below the first decile that earns more than the floor."""
    partial: Decimal
    """0 to 1, four decimals: how far into the decile."""
    distance: Decimal
    """From the start of the decile, in the rate's own unit."""
    points: Decimal


@formula("mips.higher_is_better", "first bound < last bound; the measure's flag if they are equal", "M-BM-05")
def higher_is_better(*, deciles: tuple[Decimal, ...], is_inverse: bool) -> bool:
    """Direction of a benchmark: the bounds win over the measure's flag."""
    first, last = deciles[0], deciles[-1]
    return not is_inverse if first == last else first < last


def reached(rate: Decimal, bounds: Sequence[Decimal], *, ascending: bool, first: int) -> int | None:
    """Index of the last bound, from `first` on, that the rate is at least as good as (M-BM-06)."""
    for index in range(len(bounds) - 1, first - 1, -1):
        if rate >= bounds[index] if ascending else rate <= bounds[index]:
            return index
    return None


def place(rate: Decimal, bounds: Sequence[Decimal], index: int, decile: int) -> DecilePoints:
    """Points for a rate that reached `bounds[index]`, the start of `decile` (M-BM-07, M-COST-03)."""
    distance = abs(rate - bounds[index])
    if decile == TOP_DECILE:
        return DecilePoints(decile, ZERO, distance, Decimal(TOP_DECILE))
    partial = ratio(distance, abs(bounds[index + 1] - bounds[index]), 4)
    return DecilePoints(decile, partial, distance, decile + partial)


@formula(
    "mips.decile_points",
    "decile + R4(|rate - start of the decile| / |start of the next - start of the decile|); 10 in decile 10; "
    "3 below decile 3, and below decile 4 where the benchmark begins at the 30th percentile",
    "M-BM-06",
    "M-BM-07",
    "M-BM-04",
)
def decile_points(
    *, rate: Decimal, deciles: tuple[Decimal, ...], ascending: bool, from_30th_percentile: bool
) -> DecilePoints:
    """Points on nine bounds, the starts of deciles 2 to 10."""
    index = reached(rate, deciles, ascending=ascending, first=2 if from_30th_percentile else 1)
    if index is None:
        return DecilePoints(NO_DECILE, ZERO, ZERO, Decimal(FLOOR_POINTS))
    return place(rate, deciles, index, index + 2)
