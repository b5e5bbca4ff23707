"""MIPS reference data for performance years 2017, 2018 and 2019: measures, benchmarks, clinical clusters.

    mips_year(2019).quality["236"].title
    mips_year(2019).benchmark("236", "registry").deciles

Where the data come from and what was left out stands in ORIGIN.md; `tools/build_reference.py` makes them.
"""

from mock_server.reference.mips.benchmarks import Benchmark, BenchmarkKey
from mock_server.reference.mips.clusters import ClusterRow, MeasureGroup
from mock_server.reference.mips.measures import (
    Category,
    CostMeasure,
    ImprovementActivity,
    Measure,
    PiMeasure,
    PopulationUuids,
    QualityMeasure,
    Stratum,
)
from mock_server.reference.mips.rows import SubmissionMethod
from mock_server.reference.mips.years import YEARS, MipsYear, UnknownYearError, mips_year

__all__ = [
    "YEARS",
    "Benchmark",
    "BenchmarkKey",
    "Category",
    "ClusterRow",
    "CostMeasure",
    "ImprovementActivity",
    "Measure",
    "MeasureGroup",
    "MipsYear",
    "PiMeasure",
    "PopulationUuids",
    "QualityMeasure",
    "Stratum",
    "SubmissionMethod",
    "UnknownYearError",
    "mips_year",
]
