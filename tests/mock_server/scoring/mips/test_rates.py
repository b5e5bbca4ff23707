"""Rates of quality measurements (mips-scoring section 2)."""

from decimal import Decimal
from typing import Any

import pytest

from mock_server.reference.mips.measures import QualityMeasure
from mock_server.scoring.mips.profile import Overrides
from mock_server.scoring.mips.quality.rates import Rates, rates_of
from mock_server.scoring.mips.rounding import ratio, rounded
from mock_server.scoring.mips.submission import (
    Counts,
    Measurement,
    MultiRate,
    NonProportion,
    SingleRate,
    Stratum,
)
from tests.mock_server.scoring.mips.builders import (
    alone,
    counts,
    dec,
    facts,
    measurement_set,
    place,
    points,
    quality,
    scored,
)


def measure(metric: Any = "singlePerformanceRate", algorithm: Any = None) -> QualityMeasure:
    """A made-up measure."""
    return QualityMeasure(
        measure_id="T1",
        title="Test",
        measure_type="process",
        metric_type=metric,
        submission_methods=("registry",),
        overall_algorithm=algorithm,
    )


def single(these: Counts, **more: Any) -> Rates:
    return rates_of(SingleRate(counts=these), measure(**more))


def multi(algorithm: str, *strata: tuple[str, int, int, int], **more: Any) -> Rates:
    """Strata as (name, met, not met, eligible population)."""
    value = MultiRate(
        strata=tuple(
            Stratum(name=n, counts=counts(met, no, population)) for n, met, no, population in strata
        ),
        **more,
    )
    return rates_of(value, measure("multiPerformanceRate", algorithm))


def test_m_gen_01_rounding_is_half_up_and_exact() -> None:
    assert rounded(dec("2.5"), 0) == 3
    assert rounded(dec("-2.5"), 0) == -3
    assert ratio(1, 3, 2) == dec("0.33")
    assert ratio(dec("0.00005"), 1, 4) == dec("0.0001")
    assert rounded(dec("1e300"), 2) == dec("1e300")


@pytest.mark.parametrize(
    ("met", "not_met", "rate"),
    [(2, 1, "66.67"), (1, 799, "0.13"), (1, 2, "33.33"), (0, 5, "0"), (5, 0, "100")],
)
def test_m_rate_01_m_gen_02_a_rate_has_two_decimals(met: int, not_met: int, rate: str) -> None:
    assert single(counts(met, not_met)).performance.value == dec(rate)


def test_m_rate_01_nobody_to_judge_is_no_rate() -> None:
    assert single(counts(0, 0, 40)).performance.value is None


def test_m_rate_02_exclusions_and_exceptions_count_as_reported() -> None:
    these = Counts(
        performance_met=50,
        performance_not_met=10,
        eligible_population_exclusion=2,
        eligible_population_exception=1,
        eligible_population=65,
    )
    assert single(these).reporting.value == dec("96.92")
    assert single(Counts(performance_met=0, eligible_population=0)).reporting.value == 0


def test_m_rate_02_a_missing_count_is_0() -> None:
    assert single(Counts(performance_met=30, eligible_population=60)).reporting.value == 50


def test_m_rate_03_the_case_count_is_the_eligible_population() -> None:
    assert single(counts(5, 5, 25)).cases.value == 25


@pytest.mark.parametrize("algorithm", [None, "simpleAverage", "overallStratumOnly"])
def test_m_rate_04_a_registry_measure_states_its_own_rate(algorithm: str | None) -> None:
    if algorithm is None:
        value: Any = SingleRate(counts=counts(1, 1), performance_rate=dec("77.775"))
        metric = "registrySinglePerformanceRate"
    else:
        strata = (Stratum(name="overall", counts=counts(1, 1)), Stratum(name="a", counts=counts(1, 1)))
        value = MultiRate(strata=strata, performance_rate=dec("77.775"))
        metric = "registryMultiPerformanceRate"
    found = rates_of(value, measure(metric, algorithm))
    assert found.performance.value == dec("77.78")
    assert found.reporting.value == 100
    assert found.cases.value == 2


def test_m_rate_05_simple_average_takes_unrounded_rates_and_leaves_empty_strata_out() -> None:
    found = multi("simpleAverage", ("a", 1, 2, 3), ("b", 2, 1, 3), ("c", 0, 0, 3), ("overall", 9, 0, 9))
    assert found.performance.value == 50
    assert multi("simpleAverage", ("a", 0, 0, 3)).performance.value is None


def test_m_rate_05_weighted_average_and_sum_leave_the_overall_stratum_out() -> None:
    strata = (("a", 45, 5, 50), ("b", 80, 20, 100), ("overall", 1, 1, 2))
    assert multi("weightedAverage", *strata).performance.value == dec("83.33")
    assert multi("sumNumerators", *strata).performance.value == 125


def test_m_rate_05_overall_stratum_only() -> None:
    found = multi("overallStratumOnly", ("a", 1, 1, 2), ("overall", 121, 26, 147))
    assert found.performance.value == dec("82.31")


def test_m_rate_06_exclusions_are_not_subtracted_from_the_rate() -> None:
    these = Counts(
        performance_met=10,
        performance_not_met=10,
        eligible_population_exclusion=5,
        eligible_population=25,
    )
    value = MultiRate(strata=(Stratum(name="overall", counts=these), Stratum(name="a", counts=these)))
    found = rates_of(value, measure("multiPerformanceRate", "overallStratumOnly"))
    assert found.performance.value == 50


@pytest.mark.parametrize(
    ("algorithm", "reporting", "cases"),
    [
        ("weightedAverage", "50", 200),
        ("sumNumerators", "50", 200),
        ("simpleAverage", "50", 150),
        ("overallStratumOnly", "80", 10),
    ],
)
def test_m_rate_07_completeness_and_cases_of_several_rates(
    algorithm: str, reporting: str, cases: int
) -> None:
    found = multi(algorithm, ("a", 20, 30, 50), ("b", 40, 10, 150), ("overall", 4, 4, 10))
    assert (found.reporting.value, found.cases.value) == (dec(reporting), cases)


def ratio_rates(**more: Any) -> Rates:
    value = NonProportion(numerator=dec("-3.14159"), denominator=dec("200"), **more)
    return rates_of(value, measure("nonProportion"))


def test_m_rate_08_a_non_proportion_rate_is_the_numerator_as_it_is() -> None:
    found = ratio_rates(
        observation_instances=150, denominator_exception=dec("10"), numerator_exclusion=dec("3")
    )
    assert found.performance.value == dec("-3.14159")
    assert found.reporting.value == dec("81.5")
    assert found.cases.value == 200


def test_m_rate_08_the_earlier_forms_write_their_completeness_or_are_complete() -> None:
    assert ratio_rates(reporting_rate=dec("61.005")).reporting.value == dec("61.01")
    assert ratio_rates().reporting.value == 100
    empty = NonProportion(numerator=dec("1"), denominator=dec("0"), observation_instances=0)
    assert rates_of(empty, measure("nonProportion")).reporting.value == 0


def test_m_rate_09_an_unconstrained_non_proportion_value_is_scored() -> None:
    """Validation refuses odd counts; a non-proportion value may be anything."""
    for numerator in ("1e300", "-1e300", "0"):
        value = NonProportion(
            numerator=Decimal(numerator), denominator=dec("1e-300"), observation_instances=1
        )
        one = Measurement(measure_id="ACRAD15", value=value)
        tree = scored(2019, measurement_set(2019, "quality", "registry", one))
        assert 0 <= tree.root.value <= 100  # type: ignore[operator]


def test_m_rate_10_benchmarks_are_compared_with_the_rounded_rate() -> None:
    """62.505 % is 62.51 and reaches the bound of 62.51 that 62.50499 would miss."""
    row = scored(2019, quality(2019, "registry", "236 60/40"))
    bounds = facts(row, "236")["deciles"]
    assert dec("60.05") in bounds
    met = 600_450  # of 999,999: 60.045060..., rounded 60.05
    found = alone(2019, "registry", f"236 {met}/{999_999 - met}")
    assert place(found)[0] == 4


def test_m_gen_02_a_what_if_rate_is_rounded_too() -> None:
    tree = scored(
        2019,
        quality(2019, "registry", "236 10/90"),
        overrides=Overrides(performance_rate={"236": dec("60.045")}),
    )
    assert facts(tree, "236")["performanceRate"] == dec("60.05")
    assert points(tree.result.quality.sets[0].entries[0]) == 4
