"""The reference data of a performance year, indexed; read from disk when first asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Final

from mock_server.reference.mips.benchmarks import Benchmark, BenchmarkKey
from mock_server.reference.mips.clusters import ClusterRow
from mock_server.reference.mips.measures import (
    CostMeasure,
    ImprovementActivity,
    Measure,
    PiMeasure,
    QualityMeasure,
)
from mock_server.reference.mips.tables import YearTables, decode, file_of

YEARS: Final = (2017, 2018, 2019)
"""The performance years that data are bundled for."""


class UnknownYearError(LookupError):
    """No data are bundled for that performance year."""

    def __init__(self, year: int) -> None:
        super().__init__(f"No MIPS reference data for performance year {year}; there are {YEARS}.")
        self.year = year


@dataclass(frozen=True, slots=True, repr=False)
class MipsYear:
    """Measures by id, benchmarks and clusters by measure id and method. All mappings are read-only."""

    year: int
    measures: Mapping[str, Measure]
    """Every measure of every category; ids are unique across categories."""
    quality: Mapping[str, QualityMeasure]
    pi: Mapping[str, PiMeasure]
    """In 2017 the Advancing Care Information measures (`ACI_...`)."""
    ia: Mapping[str, ImprovementActivity]
    cost: Mapping[str, CostMeasure]
    benchmarks: Mapping[BenchmarkKey, Benchmark]
    clusters: Mapping[tuple[str, str], ClusterRow]
    by_e_measure_uuid: Mapping[str, QualityMeasure]
    """eCQMs by their lower-case id (FF-Q-1)."""
    measure_sets: frozenset[str]
    """Every specialty that a measure of the year names (API-VAL-27)."""

    def __repr__(self) -> str:
        return f"MipsYear({self.year})"

    def benchmark(self, measure_id: str, submission_method: str) -> Benchmark | None:
        """The row of a measure and method, historical or not (M-BM-01)."""
        return self.benchmarks.get((measure_id, submission_method))

    def cluster(self, measure_id: str, submission_method: str) -> ClusterRow | None:
        """What a submitted measure is clinically related to (M-EMA-02)."""
        return self.clusters.get((measure_id, submission_method))

    def with_benchmarks(self, rows: Iterable[Benchmark], removed: Iterable[BenchmarkKey] = ()) -> "MipsYear":
        """The same year with rows replaced or added, then the removed ones taken away (corrections)."""
        merged = {**self.benchmarks, **{row.key: row for row in rows}}
        for key in removed:
            merged.pop(key, None)
        return replace(self, benchmarks=MappingProxyType(merged))

    def without_clusters(self) -> "MipsYear":
        """The same year with the applicability check's lists taken away."""
        return replace(self, clusters=MappingProxyType({}))


@cache
def mips_year(year: int) -> MipsYear:
    """The data of a year of `YEARS`, read once; raises `UnknownYearError`."""
    if year not in YEARS:
        raise UnknownYearError(year)
    return indexed(decode(file_of(year).read_bytes()))


def indexed(tables: YearTables) -> MipsYear:
    """Index the tables of a year."""
    quality = {measure.measure_id: measure for measure in tables.quality}
    pi = {measure.measure_id: measure for measure in tables.pi}
    ia = {measure.measure_id: measure for measure in tables.ia}
    cost = {measure.measure_id: measure for measure in tables.cost}
    uuids = {m.e_measure_uuid.lower(): m for m in tables.quality if m.e_measure_uuid is not None}
    return MipsYear(
        year=tables.performance_year,
        measures=MappingProxyType({**quality, **pi, **ia, **cost}),
        quality=MappingProxyType(quality),
        pi=MappingProxyType(pi),
        ia=MappingProxyType(ia),
        cost=MappingProxyType(cost),
        benchmarks=MappingProxyType({row.key: row for row in tables.benchmarks}),
        clusters=MappingProxyType({row.key: row for row in tables.clinical_clusters}),
        by_e_measure_uuid=MappingProxyType(uuids),
        measure_sets=frozenset(name for measure in tables.quality for name in measure.measure_sets),
    )
