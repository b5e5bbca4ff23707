"""Measure classes: which submitted measures are scored on a benchmark, and what the others earn (3.2).

One table per year; the first row whose conditions hold is the class. `None` in a condition means that it is
not asked.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

from mock_server.scoring.computed import formula

CASE_MINIMUM: Final = 20


class ClassRow(NamedTuple):
    """One row of the class table."""

    rule: str
    label: str | None
    points: int | None
    """`None`: from the benchmark."""
    complete: bool | None = None
    scorable: bool | None = None
    """Enough cases, a usable benchmark and a rate."""
    small_practice: bool | None = None
    ratio_without_benchmark: bool | None = None


_RATIO: Final = ClassRow("M-QUAL-10", None, 3, ratio_without_benchmark=True)
_LATER: Final = (
    ClassRow("M-QUAL-06", "Class 1", None, complete=True, scorable=True),
    ClassRow("M-QUAL-07", "Class 2", 3, complete=True, scorable=False),
    ClassRow("M-QUAL-08", "Class 2", 3, complete=False, small_practice=True),
    ClassRow("M-QUAL-09", "Class 3", 1, complete=False, small_practice=False),
)
CLASSES: Final[Mapping[int, tuple[ClassRow, ...]]] = MappingProxyType(
    {
        2017: (
            _RATIO,
            ClassRow("M-QUAL-04", "Class 1", None, complete=True, scorable=True),
            ClassRow("M-QUAL-05", "Class 2", 3),
        ),
        2018: (_RATIO, *_LATER),
        2019: _LATER,
    }
)


@formula(
    "mips.measure_class",
    "first row of the year's class table that fits completeness, cases, benchmark, rate and practice size",
    "M-QUAL-04",
    "M-QUAL-05",
    "M-QUAL-06",
    "M-QUAL-07",
    "M-QUAL-08",
    "M-QUAL-09",
    "M-QUAL-10",
)
def measure_class(
    *,
    year: int,
    complete: bool,
    enough_cases: bool,
    has_benchmark: bool,
    has_rate: bool,
    small_practice: bool,
    is_ratio: bool,
) -> ClassRow:
    """Class of a submitted measure."""
    scorable = enough_cases and has_benchmark and has_rate
    return _first_row(year, (complete, scorable, small_practice, is_ratio and not has_benchmark))


@cache
def _first_row(year: int, answers: tuple[bool, bool, bool, bool]) -> ClassRow:
    return next(row for row in CLASSES[year] if _fits(row, answers))


def _fits(row: ClassRow, answers: tuple[bool, bool, bool, bool]) -> bool:
    asked = (row.complete, row.scorable, row.small_practice, row.ratio_without_benchmark)
    return all(want is None or want is got for want, got in zip(asked, answers, strict=True))
