"""Benchmarks: where the deciles of a measure start, by submission method (mips-scoring 3.3, M-COST-03).

Bounds are decimals, read from the text of the file, so that comparisons never meet binary floats (M-GEN-01).
"""

from decimal import Decimal

from mock_server.reference.mips.rows import Row, SubmissionMethod

BenchmarkKey = tuple[str, str]
"""Measure id and submission method: unique within a performance year."""


class Benchmark(Row, frozen=True, kw_only=True):
    """The benchmark of one measure and method in one performance year."""

    measure_id: str
    submission_method: SubmissionMethod
    performance_year: int
    deciles: tuple[Decimal, ...]
    """Inclusive starting bounds: nine for deciles 2 to 10 (M-BM-04), ten for cost (M-COST-03, M-COST-04)."""
    benchmark_year: int | None = None
    """Year of the data it was made from. Every bundled row has one; a what-if row may leave it out."""
    is_topped_out: bool | None = None
    """For information; `None` where the data are silent (2017)."""
    is_topped_out_by_program: bool | None = None
    """PY2019: true caps the points at 7 (M-BM-09). `None` where the data are silent."""

    @property
    def key(self) -> BenchmarkKey:
        """What the row is looked up by."""
        return self.measure_id, self.submission_method

    @property
    def is_historical(self) -> bool:
        """Made from an earlier year, so usable in preliminary mode; a row without a year counts (M-BM-03)."""
        return self.benchmark_year is None or self.benchmark_year < self.performance_year
