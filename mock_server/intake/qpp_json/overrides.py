"""What-if parts of a scoring record: benchmark rows, rates, and the applicability check switched off."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from mock_server.intake.qpp_json.forms import BAD, Field, Scalar, one_of
from mock_server.intake.qpp_json.nested import ArrayOf, MapOf, ObjectOf
from mock_server.intake.qpp_json.places import Place
from mock_server.intake.qpp_json.problems import Problem, Problems, describe
from mock_server.intake.qpp_json.profile import FLAG, NUMBER, RULE, TEXT
from mock_server.intake.qpp_json.sets import METHODS
from mock_server.reference.mips.benchmarks import Benchmark, BenchmarkKey
from mock_server.reference.mips.measures import CostMeasure, QualityMeasure
from mock_server.reference.mips.years import MipsYear
from mock_server.scoring.mips.profile import Overrides

_DECILES: Final[Mapping[str, int]] = {"quality": 9, "cost": 10}
"""Bounds of a row by category (M-BM-04, M-COST-03)."""
_YEAR: Final = Scalar(
    RULE, "a year", lambda value: value if type(value) is int and 2000 <= value <= 2100 else BAD
)


class _Row(NamedTuple):
    """A row as it stands in the record."""

    measure_id: str
    submission_method: str
    performance_year: int | None
    benchmark_year: int | None
    deciles: tuple[Decimal, ...] | None
    is_topped_out: bool | None
    is_topped_out_by_program: bool | None
    remove: bool


_ROWS: Final = ArrayOf(
    RULE,
    ObjectOf(
        RULE,
        (
            Field("measureId", TEXT, required=True),
            Field("submissionMethod", one_of(RULE, *METHODS), required=True),
            Field("performanceYear", _YEAR),
            Field("benchmarkYear", _YEAR),
            Field("deciles", ArrayOf(RULE, NUMBER)),
            Field("isToppedOut", FLAG),
            Field("isToppedOutByProgram", FLAG),
            Field("remove", FLAG, default=False),
        ),
        _Row,
    ),
)
_RATES: Final = MapOf(RULE, NUMBER)


def read_overrides(
    record: Mapping[str, Any], reference: MipsYear | None, place: Place, problems: Problems
) -> Overrides:
    """The overrides among a record's keys; `reference` is of the submission's year, `None` if that is bad."""
    rows = _read(_ROWS, record, "benchmarks", place, problems) or ()
    rates = _read(_RATES, record, "performanceRate", place, problems) or {}
    before = len(problems)
    if reference is not None:
        _check_rows(rows, reference, place.at("benchmarks"), problems)
        _check_rates(rates, reference, place.at("performanceRate"), problems)
    if reference is None or len(problems) > before:
        return Overrides()
    return Overrides(
        benchmarks=tuple(_benchmark(row, reference.year) for row in rows if not row.remove),
        removed_benchmarks=tuple(_key(row) for row in rows if row.remove),
        performance_rate=rates,
        clinical_clusters=record.get("clinicalClusters") is None,
    )


def _read(
    form: ArrayOf | MapOf, record: Mapping[str, Any], name: str, place: Place, problems: Problems
) -> Any:
    value = record.get(name)
    read = None if value is None else form.read(value, place, name, problems)
    return None if read is BAD else read


def _key(row: _Row) -> BenchmarkKey:
    return row.measure_id, row.submission_method


def _benchmark(row: _Row, year: int) -> Benchmark:
    return Benchmark(
        measure_id=row.measure_id,
        submission_method=row.submission_method,  # type: ignore[arg-type]  # one of METHODS
        performance_year=year,
        deciles=row.deciles or (),
        benchmark_year=row.benchmark_year,
        is_topped_out=row.is_topped_out,
        is_topped_out_by_program=row.is_topped_out_by_program,
    )


def _check_rows(rows: tuple[_Row, ...], reference: MipsYear, place: Place, problems: Problems) -> None:
    seen: set[BenchmarkKey] = set()
    for i, row in enumerate(rows):
        here = place.at(i)
        if _key(row) in seen:
            problems.append(
                Problem(RULE, here, "the same measure and method again", "one row for each of them")
            )
        seen.add(_key(row))
        _check_row(row, reference, here, problems)


def _check_row(row: _Row, reference: MipsYear, place: Place, problems: Problems) -> None:
    measure = reference.measures.get(row.measure_id)
    if not isinstance(measure, QualityMeasure | CostMeasure):
        allowed = f"a quality or cost measure of {reference.year}"
        problems.append(Problem(RULE, place.at("measureId"), describe(row.measure_id), allowed))
        return
    if row.performance_year not in (None, reference.year):
        found = str(row.performance_year)
        problems.append(
            Problem(RULE, place.at("performanceYear"), found, f"{reference.year}, the year that is scored")
        )
    wanted, given = _DECILES[measure.category], len(row.deciles or ())
    if not row.remove and given != wanted:
        allowed = f"{wanted} numbers, the starts of deciles"
        problems.append(Problem(RULE, place.at("deciles"), f"{given} numbers", allowed))


def _check_rates(rates: Mapping[str, Decimal], reference: MipsYear, place: Place, problems: Problems) -> None:
    for measure_id, rate in rates.items():
        measure = reference.quality.get(measure_id)
        if measure is None:
            allowed = f"ids of quality measures of {reference.year}"
            problems.append(Problem(RULE, place.at(measure_id), "an unknown measure", allowed))
        elif not _is_count_or_ratio(measure) and not 0 <= rate <= 100:
            problems.append(Problem(RULE, place.at(measure_id), str(rate), "a percent from 0 to 100"))


def _is_count_or_ratio(measure: QualityMeasure) -> bool:
    """Whether its 'rate' is no percent (M-RATE-05, M-RATE-08)."""
    return measure.metric_type == "nonProportion" or measure.overall_algorithm == "sumNumerators"
