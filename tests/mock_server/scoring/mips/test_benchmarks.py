"""From rates to points (mips-scoring 3.2 and 3.3)."""

from typing import Any

import pytest

from mock_server.reference.mips.benchmarks import Benchmark
from mock_server.reference.mips.years import mips_year
from mock_server.scoring.mips.profile import Overrides, Readmission
from mock_server.scoring.mips.quality.deciles import decile_points, higher_is_better
from mock_server.scoring.mips.submission import Measurement, NonProportion
from tests.mock_server.scoring.mips.builders import (
    alone,
    class_of,
    dec,
    entry,
    facts,
    measurement_set,
    picked_set,
    place,
    points,
    quality,
    rate_of,
    scored,
    value_of,
)


def decimals(*numbers: Any) -> tuple[Any, ...]:
    return tuple(dec(str(number)) for number in numbers)


def earned(rate: str, *bounds: Any, inverse: bool = False) -> tuple[int, Any]:
    """(decile, points) on made-up bounds."""
    deciles = decimals(*bounds)
    ascending = higher_is_better(deciles=deciles, is_inverse=inverse)
    found = decile_points(rate=dec(rate), deciles=deciles, ascending=ascending, from_30th_percentile=False)
    return found.decile, found.points


PLAIN = (0, 10, 20, 30, 40, 50, 60, 70, 80)


def test_m_bm_01_another_methods_benchmark_is_never_borrowed() -> None:
    """Measure 258 has no row, 374 loses its own here."""
    gone = Overrides(removed_benchmarks=(("374", "registry"),))
    shown = facts(scored(2019, quality(2019, "registry", "374 90/10"), overrides=gone), "374")
    assert (shown["deciles"], shown["benchmarkType"], shown["noBenchmarks"]) == (None, None, True)
    assert facts(scored(2019, quality(2019, "electronicHealthRecord", "374 90/10")), "374")["deciles"]


@pytest.mark.parametrize(
    ("year", "kind"), [(2017, "electronicHealthRecord"), (2018, "electronicHealthRecord"), (2019, "registry")]
)
def test_m_bm_02_end_to_end_registry_data_borrow_the_ehr_row_until_2018(year: int, kind: str) -> None:
    tree = scored(year, quality(year, "registry", "236 70/30", end_to_end=True))
    assert facts(tree, "236")["benchmarkType"] == kind


def test_m_bm_02_only_a_usable_ehr_row_is_borrowed() -> None:
    gone = Overrides(removed_benchmarks=(("236", "electronicHealthRecord"),))
    tree = scored(2018, quality(2018, "registry", "236 70/30", end_to_end=True), overrides=gone)
    assert facts(tree, "236")["benchmarkType"] == "registry"


def test_m_bm_03_a_replacement_row_without_year_counts_as_historical() -> None:
    row = Benchmark(
        measure_id="226",
        submission_method="registry",
        performance_year=2019,
        deciles=decimals(*PLAIN),
    )
    tree = scored(
        2019,
        quality(2019, "registry", "226 45/55"),
        mode="preliminary",
        overrides=Overrides(benchmarks=(row,)),
    )
    assert points(entry(tree, "226")) == dec("6.5")


def test_m_bm_03_m_gen_03_no_performance_period_row_during_the_window() -> None:
    early = scored(2019, quality(2019, "registry", "226 180/20"), mode="preliminary")
    assert facts(early, "226")["benchmarkType"] is None
    assert class_of(entry(early, "226")) == "Class 2"


def test_m_bm_04_the_first_bound_never_matters() -> None:
    for first in (0, 9):
        assert earned("9.5", first, *PLAIN[1:]) == (-1, 3)
        assert earned("10", first, *PLAIN[1:]) == (3, 3)


def test_m_bm_05_the_bounds_tell_the_direction() -> None:
    assert higher_is_better(deciles=decimals(*PLAIN), is_inverse=True)
    assert not higher_is_better(deciles=decimals(*reversed(PLAIN)), is_inverse=False)
    flat = decimals(*[0] * 9)
    assert not higher_is_better(deciles=flat, is_inverse=True)
    assert higher_is_better(deciles=flat, is_inverse=False)


def test_m_bm_05_the_bounds_win_over_the_flag() -> None:
    """2017 AQI18: flagged as it is, but its registry row says otherwise."""
    year = mips_year(2017)
    row = year.benchmark("AQI18", "registry")
    assert row is not None
    array_says = higher_is_better(deciles=row.deciles, is_inverse=year.quality["AQI18"].is_inverse)
    assert array_says is year.quality["AQI18"].is_inverse


def test_m_bm_06_repeated_bounds_resolve_to_the_highest_decile() -> None:
    assert earned("50", 0, 10, 50, 50, 50, 60, 70, 80, 90) == (6, 6)
    assert earned("93", 0, 91.15, 91.76, 92.41, 93.07, 93.55, 92.24, 94.7, 95.17) == (8, dec("8.3089"))


@pytest.mark.parametrize(
    ("rate", "decile", "total"),
    [("9.99", -1, "3"), ("10", 3, "3"), ("15", 3, "3.5"), ("79.99", 9, "9.999"), ("80", 10, "10")],
)
def test_m_bm_07_points_between_two_bounds(rate: str, decile: int, total: str) -> None:
    assert earned(rate, *PLAIN) == (decile, dec(total))


def test_m_bm_07_the_partial_score_has_four_decimals() -> None:
    found = decile_points(
        rate=dec("11"), deciles=decimals(0, 10, 13, *PLAIN[3:]), ascending=True, from_30th_percentile=False
    )
    assert (found.partial, found.distance) == (dec("0.3333"), dec("1"))


def test_m_bm_07_what_is_not_scored_on_a_benchmark_has_no_decile() -> None:
    shown = facts(scored(2019, quality(2019, "registry", "236 10/5")), "236")
    assert (shown["decile"], shown["partialDecileScore"], shown["partialPoints"]) == (-1, 0, 0)


@pytest.mark.parametrize(
    ("rate", "bounds", "inverse", "total"),
    [
        ("99.99", (0, 50, 60, 70, 80, 90, 100, 100, 100), False, "7.999"),
        ("100", (0, 50, 60, 70, 80, 90, 100, 100, 100), False, "10"),
        ("100", (0, *[100] * 8), False, "10"),
        ("99.99", (0, *[100] * 8), False, "3"),
        ("0.01", (100, 50, 40, 30, 20, 10, 0, 0, 0), True, "7.999"),
        ("0", (100, 50, 40, 30, 20, 10, 0, 0, 0), True, "10"),
    ],
)
def test_m_bm_08_runs_of_equal_bounds(rate: str, bounds: Any, inverse: bool, total: str) -> None:
    assert earned(rate, *bounds, inverse=inverse)[1] == dec(total)


def test_m_bm_09_seven_points_at_most_where_topped_out() -> None:
    assert points(alone(2019, "registry", "130 200/0")) == 7
    assert points(alone(2018, "claims", "023 100/0")) == 7
    assert points(alone(2017, "claims", "130 200/0")) == 10
    capped = {m.measure_id for m in mips_year(2018).quality.values() if m.is_topped_out_by_program}
    assert capped == {"021", "023", "052", "224", "262", "359"}


def test_m_bm_09_bonus_points_are_outside_the_cap() -> None:
    tree = scored(
        2019, quality(2019, "registry", "130 200/0", end_to_end=True), quality(2019, "registry", "236 90/10")
    )
    shown = facts(tree, "130")
    assert (shown["decileScore"], shown["totalMeasurementPoints"]) == (7, 9)


def test_m_bm_10_a_non_proportion_row_is_read_like_any_other() -> None:
    for numerator, expected in (("0", "10"), ("100", "3")):
        value = NonProportion(numerator=dec(numerator), denominator=dec("100"), observation_instances=100)
        one = Measurement(measure_id="ACRAD15", value=value)
        tree = scored(2019, measurement_set(2019, "quality", "registry", one))
        assert points(entry(tree, "ACRAD15")) == dec(expected)


@pytest.mark.parametrize("year", [2017, 2018, 2019])
def test_m_bm_11_readmission_has_a_floor_of_3(year: int) -> None:
    tree = scored(
        year,
        quality(year, "registry", "236 70/30"),
        entity_type="group",
        clinician_count=16,
        acr=Readmission(rate=dec("40"), cases=200),
    )
    readmission = picked_set(tree).readmission
    assert readmission is not None
    assert readmission.points.value == 3


def ratio_tree(year: int, measure_id: str) -> Any:
    value = NonProportion(numerator=dec("1"), denominator=dec("5"), reporting_rate=dec("10"))
    return scored(
        year, measurement_set(year, "quality", "registry", Measurement(measure_id=measure_id, value=value))
    )


def without_row(year: int) -> str:
    """A non-proportion measure that has no benchmark."""
    reference = mips_year(year)
    return next(
        m.measure_id
        for m in reference.quality.values()
        if m.metric_type == "nonProportion" and reference.benchmark(m.measure_id, "registry") is None
    )


def test_m_qual_04_m_qual_05_classes_of_2017() -> None:
    assert class_of(alone(2017, "registry", "236 70/30")) == "Class 1"
    for row in ("236 70/30 of 300", "236 10/5", "258 70/30", "236 0/0 of 40"):
        found = alone(2017, "registry", row)
        assert (class_of(found), points(found)) == ("Class 2", 3)


def test_m_qual_06_class_1() -> None:
    found = alone(2019, "registry", "236 70/30")
    assert class_of(found) == "Class 1"
    assert place(found)[0] == 5


@pytest.mark.parametrize("row", ["236 10/5", "258 70/30"])
def test_m_qual_07_complete_but_not_scorable(row: str) -> None:
    for year in (2018, 2019):
        found = alone(year, "registry", row)
        assert (class_of(found), points(found)) == ("Class 2", 3)


def test_m_qual_08_m_qual_09_incomplete_data() -> None:
    small = alone(2018, "registry", "236 70/30 of 300", small_practice=True)
    large = alone(2018, "registry", "236 70/30 of 300")
    assert (class_of(small), points(small)) == ("Class 2", 3)
    assert (class_of(large), points(large)) == ("Class 3", 1)


def test_m_qual_07_an_empty_population_still_counts_as_submitted() -> None:
    found = alone(2019, "registry", "236 0/0 of 0")
    assert (class_of(found), points(found)) == ("Class 3", 1)
    assert entry(scored(2019, quality(2019, "registry", "236 0/0 of 0")), "236").status == "PICKED"


def test_m_qual_10_a_non_proportion_measure_without_benchmark_earns_3_until_2018() -> None:
    for year in (2017, 2018):
        tree = ratio_tree(year, without_row(year))
        found = picked_set(tree).entries[0]
        assert (class_of(found), points(found)) == (None, 3)
    late = picked_set(ratio_tree(2019, without_row(2019))).entries[0]
    assert class_of(late) == "Class 3"


def test_points_follow_the_rate_builder() -> None:
    """The notation `110 82.31` gives exactly that rate."""
    value = value_of(2018, "110", rate_of("82.31"))
    assert value.counts.performance_met == 8231
