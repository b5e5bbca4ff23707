"""Quality as a whole: which sets are scored, and which one counts (M-QUAL-27)."""

from collections import defaultdict
from fractions import Fraction
from typing import Final

from msgspec import Struct

from mock_server.scoring.mips.case import METHOD_ORDER, Case, set_order
from mock_server.scoring.mips.quality.calculated import score_readmission, score_survey
from mock_server.scoring.mips.quality.measurement_set import (
    Extras,
    QualitySet,
    score_set,
    score_web_interface,
)
from mock_server.scoring.mips.quality.web_interface import is_held_back
from mock_server.scoring.mips.submission import MeasurementSet

_WEB_INTERFACE: Final = "cmsWebInterface"
_COMBINED: Final = "combined"
_SCORED_METHODS: Final = frozenset(("registry", "electronicHealthRecord", "claims", _WEB_INTERFACE))


class QualityScore(Struct, frozen=True, kw_only=True):
    """The category: its sets, best first."""

    sets: tuple[QualitySet, ...]
    has_data: bool
    """M-WGT-04."""
    held_back: bool
    """A Web Interface set waits to be completed (M-WI-01)."""

    @property
    def picked(self) -> QualitySet | None:
        """The set that counts."""
        return self.sets[0] if self.sets else None

    @property
    def percent(self) -> Fraction:
        """0 to 100, unrounded; 0 without a set."""
        return self.sets[0].percent.value if self.sets else Fraction(0)


def score_quality(case: Case) -> QualityScore:
    """Score every set and put the best first."""
    submitted = [one for one in case.submission.measurement_sets if one.category == "quality"]
    present = [one for one in submitted if not is_held_back(case, one)]
    survey = score_survey(case)
    has_data = bool(present) or survey is not None
    extras = Extras(survey=survey, readmission=score_readmission(case, has_quality_data=has_data))
    groups = _groups(case, present)
    sets = [
        score_web_interface(case, sources, extras)
        if key == _WEB_INTERFACE
        else score_set(case, sources, extras)
        for key, sources in groups.items()
    ]
    if not sets and survey is not None:
        sets = [score_set(case, (), extras)]
    sets.sort(key=lambda one: (-one.percent.value, METHOD_ORDER[one.methods[0]]))
    return QualityScore(sets=tuple(sets), has_data=has_data, held_back=len(present) < len(submitted))


def _groups(case: Case, present: list[MeasurementSet]) -> dict[str, list[MeasurementSet]]:
    """Sets that are scored together, each group in an order that the input's order has no part in."""
    groups: defaultdict[str, list[MeasurementSet]] = defaultdict(list)
    for one in present:
        if one.method in _SCORED_METHODS:
            combined = case.rules.quality.combines_methods and one.method != _WEB_INTERFACE
            groups[_COMBINED if combined else one.method].append(one)
    for sources in groups.values():
        if len(sources) > 1:
            sources.sort(key=set_order)
    return groups
