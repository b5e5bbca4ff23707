"""What a scored ACI or PI set looks like in either scheme, and the tests that both schemes make."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from msgspec import Struct

from mock_server.scoring.computed import Computed, formula
from mock_server.scoring.mips.submission import MeasurementSet, Proportion, Value
from mock_server.scoring.mips.tree import Status

MINIMUM_DAYS: Final = 90
_EDITION_2015: Final = re.compile(r"[0-9A-Z]{2}15E[0-9A-Z]{10}")

Values = Mapping[str, Value]
"""Measure id -> boolean or proportion."""


class PiMeasureScore(Struct, frozen=True):
    """One ACI or PI measure, attestation or exclusion of a set."""

    measure_id: str
    value: Value
    part: str
    """Group of the tree in 2017 and 2018, objective in 2019."""
    points: Computed[int] | None = None
    """`None`: it earns none by its nature."""
    maximum: int = 0
    status: Status = "SKIPPED"
    message: str = ""


class Part(Struct, frozen=True):
    """A group of measures with its points."""

    name: str
    points: Computed[int]
    is_bonus: bool = False
    constant: Computed[int] | None = None
    """Points of the group that belong to none of its measures."""


class PiSet(Struct, frozen=True, kw_only=True):
    """A scored set, or the union of several (M-PI-09)."""

    sources: tuple[MeasurementSet, ...]
    measures: tuple[PiMeasureScore, ...]
    parts: tuple[Part, ...]
    missing: tuple[str, ...]
    """What the category lacks: as long as anything does, it scores 0."""
    percent: Computed[int]
    cehrt_id: str | None
    period: tuple[date | None, date | None]
    checks: tuple[Computed[bool], ...]
    """The tests that all have to hold before anything counts."""
    steps: tuple[Computed[Any], ...] = ()
    """What else led to the points of the measures."""
    warnings: tuple[str, ...] = ()

    @property
    def days(self) -> int | None:
        """End - start in days (M-PI-11)."""
        start, end = self.period
        return None if start is None or end is None else (end - start).days


def is_reported(value: Value | None) -> bool:
    """True, or a numerator of at least one."""
    return value.numerator >= 1 if isinstance(value, Proportion) else value is True


@formula(
    "mips.has_90_days",
    "at least 90 days from start to end, both counted, inside the year",
    "M-ACI-04",
)
def has_90_days(*, start: date | None, end: date | None, year: int) -> bool:
    """Whether the performance period is long enough."""
    if start is None or end is None:
        return False
    return (min(end, date(year, 12, 31)) - max(start, date(year, 1, 1))).days + 1 >= MINIMUM_DAYS


@formula("mips.valid_cehrt_id", "15 capital letters or digits, 15E in places 3 to 5", "M-PI-02")
def valid_cehrt_id(*, cehrt_id: str | None) -> bool:
    """Whether the certification id is one of 2015-edition technology."""
    return cehrt_id is not None and _EDITION_2015.fullmatch(cehrt_id) is not None


@formula("mips.attested", "every required attestation is true", "M-ACI-01")
def attested(*, required: tuple[str, ...], true: tuple[str, ...]) -> bool:
    """Whether the required attestations were made."""
    return set(required) <= set(true)
