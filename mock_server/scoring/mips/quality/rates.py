"""Performance rate, reporting rate and case count of a quality measurement (mips-scoring section 2).

Which formula applies follows from the kind of value and the measure's algorithm; every rate is rounded once,
to two decimals (M-GEN-02), and compared in that form (M-RATE-10). Exclusions are never subtracted from met
and not met, which leave them out already (M-RATE-06).
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from msgspec import Struct

from mock_server.reference.mips.measures import QualityMeasure
from mock_server.scoring.computed import Computed, formula
from mock_server.scoring.mips.rounding import HUNDRED, ratio, rounded
from mock_server.scoring.mips.submission import Counts, MultiRate, NonProportion, QualityValue, SingleRate

Rate = Computed[Decimal | None]
Pairs = tuple[tuple[int, int], ...]
"""(met, not met) of strata."""

OVERALL: Final = "overall"


@formula(
    "mips.performance_rate",
    "R2(100 * met / (met + not_met)), none if met + not_met = 0",
    "M-RATE-01",
    "M-RATE-06",
)
def performance_rate(*, met: int, not_met: int) -> Decimal | None:
    """Percent of the judged cases where the quality action was done."""
    return ratio(100 * met, met + not_met, 2) if met + not_met else None


@formula(
    "mips.simple_average_rate",
    "R2(mean of 100 * met / (met + not_met) of the strata), empty strata left out",
    "M-RATE-05",
)
def simple_average_rate(*, strata: Pairs) -> Decimal | None:
    """Mean of the unrounded rates of the strata."""
    exact = [Fraction(100 * met, met + not_met) for met, not_met in strata if met + not_met]
    return rounded(sum(exact, Fraction(0)) / len(exact), 2) if exact else None


@formula("mips.weighted_average_rate", "R2(100 * sum of met / sum of (met + not_met))", "M-RATE-05")
def weighted_average_rate(*, strata: Pairs) -> Decimal | None:
    """Rate over the sums of the strata."""
    return performance_rate(met=sum(met for met, _ in strata), not_met=sum(no for _, no in strata))


@formula("mips.sum_of_numerators", "sum of met", "M-RATE-05")
def sum_of_numerators(*, strata: Pairs) -> Decimal | None:
    """Cases met in all strata, used as the rate."""
    return Decimal(sum(met for met, _ in strata))


@formula(
    "mips.overall_stratum_rate",
    "R2(100 * met / (met + not_met)) of the stratum 'overall'",
    "M-RATE-05",
    "M-RATE-01",
)
def overall_stratum_rate(*, strata: Pairs) -> Decimal | None:
    """Rate of the one stratum that counts."""
    return weighted_average_rate(strata=strata)


@formula("mips.submitted_rate", "R2(submitted)", "M-RATE-04", "M-GEN-02")
def submitted_rate(*, submitted: Decimal | None) -> Decimal | None:
    """The registry's own percent."""
    return None if submitted is None else rounded(submitted, 2)


@formula("mips.what_if_rate", "R2(given)", "M-GEN-02")
def what_if_rate(*, given: Decimal) -> Decimal | None:
    """A percent that replaces the computed one."""
    return rounded(given, 2)


@formula("mips.ratio_value", "numerator as given", "M-RATE-08")
def ratio_value(*, numerator: Decimal) -> Decimal | None:
    """The figure of a non-proportion measure, unrounded; may be negative or above 100."""
    return numerator


@formula(
    "mips.reporting_rate",
    "R2(100 * (met + not_met + exclusion + exception) / eligible_population), 0 without a population",
    "M-RATE-02",
)
def reporting_rate(
    *, met: int, not_met: int, exclusion: int, exception: int, eligible_population: int
) -> Decimal:
    """Data completeness: percent of the eligible cases that were answered for."""
    counted = met + not_met + exclusion + exception
    return ratio(100 * counted, eligible_population, 2) if eligible_population else Decimal(0)


@formula(
    "mips.ratio_reporting_rate",
    "R2(100 * (observations + denominator_exception + numerator_exclusion) / denominator), 0 without one",
    "M-RATE-08",
)
def ratio_reporting_rate(
    *,
    observations: int,
    denominator_exception: Decimal,
    numerator_exclusion: Decimal,
    denominator: Decimal,
) -> Decimal:
    """Data completeness of a non-proportion measure."""
    counted = observations + denominator_exception + numerator_exclusion
    return ratio(100 * counted, denominator, 2) if denominator else Decimal(0)


@formula("mips.written_reporting_rate", "R2(written), 100 if nothing is written", "M-RATE-08")
def written_reporting_rate(*, written: Decimal | None) -> Decimal:
    """Data completeness in the forms that state it."""
    return HUNDRED if written is None else rounded(written, 2)


@formula("mips.case_count", "eligible_population", "M-RATE-03")
def case_count(*, eligible_population: int | Decimal) -> int | Decimal:
    """What the case minimum tests."""
    return eligible_population


@formula("mips.largest_stratum", "largest eligible population of the strata", "M-RATE-07", "M-RATE-03")
def largest_stratum(*, eligible_populations: tuple[int, ...]) -> int | Decimal:
    """Case count of an average over strata."""
    return max(eligible_populations, default=0)


class Rates(Struct, frozen=True):
    """What the rules on a quality measure look at."""

    performance: Rate
    """Percent with two decimals; `None` = nothing to judge."""
    reporting: Computed[Decimal]
    """Percent with two decimals."""
    cases: Computed[int | Decimal]
    numerator: int | Decimal
    denominator: int | Decimal
    population: int | Decimal
    """Eligible cases, all strata that count together."""


def rates_of(value: QualityValue, measure: QualityMeasure, given: Decimal | None = None) -> Rates:
    """The rates of one measurement; `given` is a what-if percent that replaces the performance rate."""
    if isinstance(value, NonProportion):
        return _ratio_rates(value, given)
    if isinstance(value, SingleRate):
        computed = (
            performance_rate.of(met=value.counts.performance_met, not_met=value.counts.performance_not_met)
            if not _is_submitted(measure)
            else None
        )
        return _rates(value, computed, value.counts, None, given)
    strata = _counting_strata(value, measure)
    pairs = tuple((one.performance_met, one.performance_not_met) for one in strata)
    algorithm = _ALGORITHMS[measure.overall_algorithm or "weightedAverage"]
    computed = None if _is_submitted(measure) else algorithm(pairs)
    largest = strata if measure.overall_algorithm == "simpleAverage" else None
    return _rates(value, computed, _total(strata), largest, given)


_ALGORITHMS: Final[dict[str, Callable[[Pairs], Rate]]] = {
    "simpleAverage": lambda pairs: simple_average_rate.of(strata=pairs),
    "weightedAverage": lambda pairs: weighted_average_rate.of(strata=pairs),
    "sumNumerators": lambda pairs: sum_of_numerators.of(strata=pairs),
    "overallStratumOnly": lambda pairs: overall_stratum_rate.of(strata=pairs),
}


def _is_submitted(measure: QualityMeasure) -> bool:
    return measure.metric_type.startswith("registry")


def _counting_strata(value: MultiRate, measure: QualityMeasure) -> Sequence[Counts]:
    only_overall = measure.overall_algorithm == "overallStratumOnly"
    return [stratum.counts for stratum in value.strata if (stratum.name == OVERALL) is only_overall]


def _total(strata: Sequence[Counts]) -> Counts:
    return Counts(
        performance_met=sum(one.performance_met for one in strata),
        performance_not_met=sum(one.performance_not_met for one in strata),
        eligible_population=sum(one.eligible_population for one in strata),
        eligible_population_exclusion=sum(one.eligible_population_exclusion for one in strata),
        eligible_population_exception=sum(one.eligible_population_exception for one in strata),
    )


def _rates(
    value: SingleRate | MultiRate,
    computed: Rate | None,
    counts: Counts,
    largest: Sequence[Counts] | None,
    given: Decimal | None,
) -> Rates:
    """Rates from summed counts; `computed` is `None` where the submitter's rate counts (M-RATE-04)."""
    rate = computed or submitted_rate.of(submitted=value.performance_rate)
    return Rates(
        performance=rate if given is None else what_if_rate.of(given=given),
        reporting=reporting_rate.of(
            met=counts.performance_met,
            not_met=counts.performance_not_met,
            exclusion=counts.eligible_population_exclusion,
            exception=counts.eligible_population_exception,
            eligible_population=counts.eligible_population,
        ),
        cases=case_count.of(eligible_population=counts.eligible_population)
        if largest is None
        else largest_stratum.of(eligible_populations=tuple(one.eligible_population for one in largest)),
        numerator=counts.performance_met,
        denominator=counts.performance_met + counts.performance_not_met,
        population=counts.eligible_population,
    )


def _ratio_rates(value: NonProportion, given: Decimal | None) -> Rates:
    if value.observation_instances is None:
        reporting = written_reporting_rate.of(written=value.reporting_rate)
    else:
        reporting = ratio_reporting_rate.of(
            observations=value.observation_instances,
            denominator_exception=value.denominator_exception,
            numerator_exclusion=value.numerator_exclusion,
            denominator=value.denominator,
        )
    return Rates(
        performance=ratio_value.of(numerator=value.numerator if given is None else given),
        reporting=reporting,
        cases=case_count.of(eligible_population=value.denominator),
        numerator=value.numerator,
        denominator=value.denominator,
        population=value.denominator,
    )
