"""Counts of one quality measure, drawn so that its rate falls where the practice's talent puts it.

A decile of the measure's benchmark is drawn around the talent, then a rate inside it; a measure without a
benchmark gets any rate. Some populations are below the case minimum, some reports incomplete (M-QUAL-04 to
M-QUAL-09).
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from mock_server.reference.mips.benchmarks import Benchmark
from mock_server.reference.mips.measures import QualityMeasure
from mock_server.scenario.stream import HashStream
from mock_server.scoring.mips.submission import Counts, MultiRate, QualityValue, SingleRate, Stratum

_TOP_DECILE: Final = 10
_POPULATIONS: Final = ((9, (8, 19)), (46, (20, 110)), (33, (111, 380)), (12, (381, 1200)))
_COMPLETE: Final = ((82, (100, 100)), (10, (62, 99)), (8, (22, 49)))
"""Percent of the population that was answered for, by weight."""
_RANKED: Final = 248
"""Patients that a Web Interface sample ranks (M-WI-01)."""
_HUNDRED: Final = 100
_HIGHEST: Final = _HUNDRED * _HUNDRED


def quality_value(
    draw: HashStream, measure: QualityMeasure, row: Benchmark | None, talent: int, *, end_to_end: bool
) -> QualityValue:
    """The value of a proportion measure; `talent` is 0 to 100."""
    rate = drawn_rate(draw, row, talent)
    population = draw.between(*draw.weighted(_POPULATIONS))
    complete = draw.between(*draw.weighted(_COMPLETE))
    return _value(draw, measure, rate, population, complete, end_to_end=end_to_end)


def ranked_value(
    draw: HashStream, measure: QualityMeasure, row: Benchmark | None, talent: int
) -> QualityValue:
    """The value of a Web Interface measure: the ranked patients, all answered for."""
    rate = drawn_rate(draw, row, talent)
    return _value(draw, measure, rate, _RANKED, _HUNDRED, end_to_end=False)


def drawn_rate(draw: HashStream, row: Benchmark | None, talent: int) -> int:
    """A rate in hundredths of a percent, 0 to 10000."""
    if row is None:
        return draw.between(3000, _HIGHEST)
    decile = min(_TOP_DECILE, max(1, (talent + draw.between(-34, 34)) // 10 + 1))
    rising = row.deciles[0] < row.deciles[-1]
    bounds = (*row.deciles, Decimal(_HUNDRED if rising else 0))  # starts of deciles 2 to 10, then the best
    first, last = (int(bounds[max(decile - 2 + step, 0)] * _HUNDRED) for step in (0, 1))
    low, high = sorted((first, last))
    return min(_HIGHEST, max(0, draw.between(low, high)))


def _value(
    draw: HashStream,
    measure: QualityMeasure,
    rate: int,
    population: int,
    complete: int,
    *,
    end_to_end: bool,
) -> QualityValue:
    if not measure.is_multi_rate:
        counts = _counts(draw, rate, population, complete)
        given = _submitted(measure, (counts,))
        return SingleRate(counts=counts, is_end_to_end_reported=end_to_end, performance_rate=given)
    strata = tuple(
        Stratum(name=name, counts=_counts(draw, rate, population, complete)) for name in measure.stratum_names
    )
    given = _submitted(measure, (stratum.counts for stratum in strata))
    return MultiRate(strata=strata, is_end_to_end_reported=end_to_end, performance_rate=given)


def _counts(draw: HashStream, rate: int, population: int, complete: int) -> Counts:
    reported = population * complete // _HUNDRED
    exclusion, exception = (reported * draw.between(0, 5) // _HUNDRED for _ in range(2))
    judged = reported - exclusion - exception
    met = (judged * rate + _HIGHEST // 2) // _HIGHEST
    return Counts(
        performance_met=met,
        eligible_population=population,
        performance_not_met=judged - met,
        eligible_population_exclusion=exclusion,
        eligible_population_exception=exception,
    )


def _submitted(measure: QualityMeasure, counts: Iterable[Counts]) -> Decimal | None:
    """The registry's own percent where the measure wants one (M-RATE-04)."""
    if not measure.metric_type.startswith("registry"):
        return None
    pairs = [(one.performance_met, one.performance_met + one.performance_not_met) for one in counts]
    met, judged = (sum(part) for part in zip(*pairs, strict=True))
    return Decimal(_HIGHEST * met // judged).scaleb(-2) if judged else None
