"""Changed counts: one case better, or as many as a rate needs. Better means lower where lower is better."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

from mock_server.scoring.mips.rounding import HUNDRED, ZERO, ratio
from mock_server.scoring.mips.submission import Counts, MultiRate, NonProportion, QualityValue, SingleRate

_CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Variant:
    """A changed value."""

    value: QualityValue
    what: str
    cases: int


def judged(counts: Counts) -> int:
    """Cases that are met or not met."""
    return counts.performance_met + counts.performance_not_met


def unanswered(counts: Counts) -> int:
    """Eligible cases that nothing is reported about."""
    excluded = counts.eligible_population_exclusion + counts.eligible_population_exception
    return counts.eligible_population - judged(counts) - excluded


def shifted(counts: Counts, cases: int) -> Counts:
    """So many cases met instead of not met; negative: the other way round."""
    return replace(
        counts,
        performance_met=counts.performance_met + cases,
        performance_not_met=counts.performance_not_met - cases,
    )


def one_better(counts: Counts, *, ascending: bool) -> tuple[Counts, str]:
    """One case turned to the better; where all are good already, one more good case."""
    if ascending and counts.performance_not_met:
        return shifted(counts, 1), f"1 more case met, {counts.performance_met + 1} of {judged(counts)}"
    if not ascending and counts.performance_met:
        return shifted(counts, -1), f"1 case fewer, {counts.performance_met - 1} of {judged(counts)}"
    grown = unanswered(counts) == 0
    more = replace(
        counts,
        performance_met=counts.performance_met + ascending,
        performance_not_met=counts.performance_not_met + (not ascending),
        eligible_population=counts.eligible_population + grown,
    )
    good = "met" if ascending else "not met"
    return more, f"1 more patient, {good}" if grown else f"1 more eligible case reported as {good}"


def one_case_variants(value: QualityValue, *, ascending: bool, submitted_rate: bool) -> Iterator[Variant]:
    """Every way to do one case better; none for a measure that counts no cases."""
    if isinstance(value, NonProportion):
        return
    if submitted_rate:
        yield from _of_submitted_rate(value, ascending=ascending)
    elif isinstance(value, SingleRate):
        counts, what = one_better(value.counts, ascending=ascending)
        yield Variant(replace(value, counts=counts), what, 1)
    else:
        for place, stratum in enumerate(value.strata):
            counts, what = one_better(stratum.counts, ascending=ascending)
            strata = list(value.strata)
            strata[place] = replace(stratum, counts=counts)
            yield Variant(replace(value, strata=tuple(strata)), f"{stratum.name}: {what}", 1)


def _of_submitted_rate(value: SingleRate | MultiRate, *, ascending: bool) -> Iterator[Variant]:
    """A registry's own rate moves by one case of those it judged."""
    cases = sum(judged(counts) for counts in counts_of(value))
    if not cases or value.performance_rate is None:
        return
    step = HUNDRED / cases if ascending else -HUNDRED / cases
    rate = min(HUNDRED, max(ZERO, value.performance_rate + step))
    fewer = "1 more case met" if ascending else "1 case fewer"
    yield Variant(replace(value, performance_rate=rate), f"{fewer} of {cases}", 1)


def counts_of(value: SingleRate | MultiRate) -> tuple[Counts, ...]:
    """The counts in a value."""
    if isinstance(value, SingleRate):
        return (value.counts,)
    return tuple(stratum.counts for stratum in value.strata)


def needed_rate(bound: Decimal, *, ascending: bool) -> Decimal:
    """The first rate of two decimals that reaches a bound (M-RATE-10)."""
    return bound.quantize(_CENT, ROUND_CEILING if ascending else ROUND_FLOOR)


def cases_for(counts: Counts, bound: Decimal, *, ascending: bool) -> int | None:
    """How many cases have to turn for the rate to reach a bound; `None`: all of them are not enough."""
    total, met = judged(counts), counts.performance_met
    most = counts.performance_not_met if ascending else met
    sign = 1 if ascending else -1
    low, high = 1, most
    while low < high:
        middle = (low + high) // 2
        rate = ratio(100 * (met + sign * middle), total, 2)
        if rate >= bound if ascending else rate <= bound:
            high = middle
        else:
            low = middle + 1
    if most < 1:
        return None
    rate = ratio(100 * (met + sign * low), total, 2)
    return low if (rate >= bound if ascending else rate <= bound) else None
