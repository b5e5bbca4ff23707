"""Worked examples X-01 to X-22 of mips-scoring 14.1: one measure each, on its real benchmark."""

from decimal import Decimal
from typing import Any

import pytest

from mock_server.scoring.mips.profile import Readmission, SurveyScore
from mock_server.scoring.mips.submission import Measurement, MultiRate, NonProportion, Stratum
from tests.mock_server.scoring.mips.builders import (
    alone,
    class_of,
    counts,
    dec,
    entry,
    facts,
    measurement_set,
    picked_set,
    place,
    points,
    quality,
    scored,
)


@pytest.mark.parametrize(
    ("example", "year", "method", "row", "decile", "partial", "earned"),
    [
        ("X-01", 2018, "registry", "110 82.31", 8, "0.9585", "8.9585"),
        ("X-02", 2017, "claims", "236 70/30", 5, "0.3800", "5.3800"),
        ("X-03", 2017, "registry", "001 50/150", 7, "0.6957", "7.6957"),
        ("X-04", 2019, "claims", "001 2/198", 10, "0", "10"),
        ("X-05a", 2017, "claims", "130 199/1", 4, "0.8352", "4.8352"),
        ("X-05b", 2017, "claims", "130 200/0", 10, "0", "10"),
        ("X-06a", 2017, "claims", "141 199/1", -1, "0", "3"),
        ("X-06b", 2017, "claims", "141 200/0", 10, "0", "10"),
        ("X-07a", 2019, "registry", "130 200/0", 10, "0", "7"),
        ("X-07b", 2019, "registry", "130 180/20", 3, "0.9874", "3.9874"),
        ("X-08a", 2018, "registry", "052 99/1", 6, "0.5413", "6.5413"),
        ("X-08b", 2018, "claims", "023 100/0", 10, "0", "7"),
        ("X-08c", 2018, "registry", "130 200/0", 10, "0", "10"),
        ("X-09a", 2017, "registry", "192 0/50", 10, "0", "10"),
        ("X-09b", 2017, "registry", "192 1/99", 3, "0.6977", "3.6977"),
        ("X-10b", 2017, "registry", "110 120/80", 7, "0.8121", "7.8121"),
        ("X-13", 2019, "registry", "236 42/18 of 100", 5, "0.8745", "5.8745"),
        ("X-14a", 2019, "registry", "236 60.05", 4, "0", "4"),
        ("X-14b", 2019, "registry", "236 60.04", 3, "0.9987", "3.9987"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("X-") else "",
)
def test_decile_and_points(
    example: str, year: int, method: str, row: str, decile: int, partial: str, earned: str
) -> None:
    found = alone(year, method, row, small_practice=method == "claims" and year == 2019)  # type: ignore[arg-type]
    assert place(found) == (decile, dec(partial), dec(earned))


def test_x_10a_m_bm_02_an_end_to_end_registry_measure_uses_the_ehr_benchmark() -> None:
    found = alone(2017, "registry", "110 120/80", end_to_end=True)
    assert place(found) == (9, 0, dec("9.0000"))
    tree = scored(2017, quality(2017, "registry", "110 120/80", end_to_end=True))
    assert facts(tree, "110")["benchmarkType"] == "electronicHealthRecord"


@pytest.mark.parametrize(
    ("year", "small", "earned", "label"),
    [(2017, False, 3, "Class 2"), (2019, False, 1, "Class 3"), (2019, True, 3, "Class 2")],
)
def test_x_11_completeness_fails(year: int, small: bool, earned: int, label: str) -> None:
    found = alone(year, "registry", "236 70/30 of 300", small_practice=small)
    assert (points(found), class_of(found)) == (earned, label)


def test_x_12_fifteen_cases() -> None:
    found = alone(2018, "registry", "236 12/3")
    assert (points(found), class_of(found)) == (3, "Class 2")


def test_x_15_m_bm_03_a_performance_period_row_counts_in_final_mode_only() -> None:
    assert points(alone(2019, "registry", "226 180/20", mode="preliminary")) == 3
    assert points(alone(2019, "registry", "226 180/20")) == dec("6.4009")


def strata(year: int, measure_id: str, *named: tuple[str, int, int, int]) -> Any:
    """Points by EHR of a multi-rate measure given as (stratum, met, not met, exceptions)."""
    value = MultiRate(
        strata=tuple(
            Stratum(name=name, counts=counts(met, no, exceptions=exceptions))
            for name, met, no, exceptions in named
        )
    )
    one = Measurement(measure_id=measure_id, value=value)
    return points(
        entry(scored(year, measurement_set(year, "quality", "electronicHealthRecord", one)), measure_id)
    )


def test_x_16_m_rate_05_weighted_average() -> None:
    named = (("LVSD", 45, 5, 0), ("priorMI", 80, 20, 5))
    assert strata(2019, "007", *named) == dec("5.0711")
    value = MultiRate(
        strata=tuple(Stratum(name=n, counts=counts(met, no, exceptions=e)) for n, met, no, e in named)
    )
    sets = measurement_set(
        2019, "quality", "electronicHealthRecord", Measurement(measure_id="007", value=value)
    )
    shown = facts(scored(2019, sets), "007")
    assert shown["performanceRate"] == dec("83.33")
    assert shown["eligiblePopulation"] == 155
    assert shown["reportingRate"] == 100


def test_x_17_m_rate_05_simple_average() -> None:
    named = (("14DaysOfDiagnosis", 3, 97, 0), ("30DaysOfVisit", 1, 99, 0))
    assert strata(2019, "305", *named) == dec("7.7303")


def test_x_18_m_rate_05_overall_stratum_only() -> None:
    assert strata(2019, "238", ("overall", 2, 98, 0), ("2+", 1, 99, 0)) == dec("5.4926")


@pytest.mark.parametrize(("mode", "earned"), [("preliminary", "3"), ("final", "6.4914")])
def test_x_19_m_rate_08_m_bm_10_a_non_proportion_measure(mode: str, earned: str) -> None:
    value = NonProportion(numerator=Decimal(2), denominator=Decimal(500), observation_instances=480)
    sets = measurement_set(2019, "quality", "registry", Measurement(measure_id="ACRAD15", value=value))
    tree = scored(2019, sets, mode=mode)  # type: ignore[arg-type]
    assert facts(tree, "ACRAD15")["reportingRate"] == 96
    assert points(entry(tree, "ACRAD15")) == dec(earned)


@pytest.mark.parametrize(
    ("year", "row", "earned"),
    [
        (2018, "113 25.00", "3"),
        (2018, "113 161/87", "7.4920"),
        (2019, "001 80.65", "3"),
        (2019, "001 25.00", "8.5"),
    ],
)
def test_x_20_m_wi_04_web_interface_benchmarks_begin_at_the_30th_percentile(
    year: int, row: str, earned: str
) -> None:
    found = entry(scored(year, quality(year, "cmsWebInterface", row), entity_type="group"), row.split()[0])
    assert points(found) == dec(earned)


def test_x_21_m_bm_11_readmission() -> None:
    tree = scored(
        2018,
        quality(2018, "registry", "236 70/30"),
        entity_type="group",
        clinician_count=16,
        acr=Readmission(rate=dec("14.66"), cases=340),
    )
    readmission = picked_set(tree).readmission
    assert readmission is not None
    assert readmission.points.value == dec("6.5000")


SURVEY = {"1": 86, "2": 94, "3": 92, "5": 60, "6": 62, "8": 87, "9": 93, "11": 27}


def survey_scores() -> dict[str, SurveyScore]:
    """The survey of X-22."""
    return {f"CAHPS_{n}": SurveyScore(score=Decimal(score)) for n, score in SURVEY.items()}


def test_x_22_m_qual_31_the_survey_is_the_mean_of_its_parts() -> None:
    tree = scored(2018, entity_type="group", cahps_registered=True, cahps=survey_scores())
    survey = picked_set(tree).survey
    assert survey is not None
    parts = {part.measure_id: part.decile.value.points for part in survey.survey}
    assert parts["CAHPS_1"] == dec("7.1318")
    assert parts["CAHPS_9"] == dec("8.3089"), "M-BM-06: the row whose bounds are out of order"
    assert sum(parts.values()) == dec("55.9524")
    assert survey.points.value == dec("6.9941")
