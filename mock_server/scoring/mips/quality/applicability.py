"""Eligible measure applicability: when fewer than six measures are all there was to report (section 4)."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from mock_server.reference.mips.clusters import ClusterRow
from mock_server.scoring.computed import Computed, formula
from mock_server.scoring.mips.case import Case
from mock_server.scoring.mips.quality.measure import MeasureScore

PLACES: Final = 6
_AVAILABLE_INSTANCES: Final = 20
_TESTED_METHODS: Final = frozenset(("registry", "claims"))

MeasureIds = frozenset[str]


class Applicability(NamedTuple):
    """How many measures are expected, and why."""

    places: int
    """Measures that count; the denominator is 10 times as many, or 60."""
    qualifies: bool
    """The related measures or a specialty set explain why there are no others."""
    high_priority_waived: bool
    """Nothing of high priority was there to report."""
    missing: tuple[str, ...]
    """Related measures that were available and not submitted."""
    specialty_set: str | None
    tested: bool
    """Whether the check applied to the set at all (M-EMA-01)."""


@formula(
    "mips.available_places",
    "min(6, number of measures submitted or related and available)",
    "M-EMA-05",
    "M-EMA-03",
    "M-EMA-04",
)
def available_places(*, submitted: MeasureIds, available: MeasureIds) -> int:
    """Measures expected of a set that qualifies."""
    return min(PLACES, len(submitted | available))


@formula(
    "mips.applicability",
    "a complete specialty set of fewer than six; else, where every submitted measure is related to the "
    "others, the available ones; else six measures",
    "M-EMA-01",
    "M-EMA-02",
    "M-EMA-03",
    "M-EMA-04",
    "M-EMA-05",
    "M-EMA-06",
    "M-EMA-07",
    "M-EMA-08",
    "M-EMA-09",
)
def applicability(
    *,
    submitted: MeasureIds,
    tested: bool,
    specialty_sets: tuple[tuple[str, MeasureIds], ...],
    related: MeasureIds,
    unavailable: MeasureIds,
    high_priority: MeasureIds,
) -> Applicability:
    """Places and requirement of a set; `high_priority` holds those of all measures named here."""
    for name, members in specialty_sets:
        if members == submitted and len(members) < PLACES:
            waived = not members & high_priority
            return Applicability(len(members), True, waived, (), name, tested)
    if not (tested and submitted and submitted <= related):
        return Applicability(PLACES, False, False, (), None, tested)
    available = related - unavailable
    return Applicability(
        places=available_places(submitted=submitted, available=available),
        qualifies=True,
        high_priority_waived=not related & high_priority,
        missing=tuple(sorted(available - submitted)),
        specialty_set=None,
        tested=True,
    )


_NOTHING: Final[MeasureIds] = frozenset()


def applicability_of(
    case: Case, scores: Sequence[MeasureScore], duplicates: Sequence[MeasureScore] = ()
) -> Computed[Applicability]:
    """Apply the check to the measures of a set, the survey among them.

    Discarded duplicates are no measures of their own, but their method is one of the set's.
    """
    method = _common_method((*scores, *duplicates))
    rows = () if method is None else _rows(case, scores, method)
    if method is None or not rows:
        return applicability.of(
            submitted=frozenset(score.measure_id for score in scores),
            tested=method is not None and _is_tested(case, scores, method),
            specialty_sets=(),
            related=_NOTHING,
            unavailable=_NOTHING,
            high_priority=_NOTHING,
        )
    submitted = frozenset(score.measure_id for score in scores)
    related = frozenset(id_ for row in rows for group in row.clinical_clusters for id_ in group.measure_ids)
    sets = tuple(
        sorted({(s.name, frozenset(s.measure_ids)) for row in rows for s in row.specialty_sets}, key=_order)
    )
    named = related.union(*(members for _, members in sets))
    return applicability.of(
        submitted=submitted,
        tested=_is_tested(case, scores, method),
        specialty_sets=tuple(one for one in sets if one[1] == submitted),
        related=related,
        unavailable=_unavailable(case, related - submitted) if method == "claims" else _NOTHING,
        high_priority=frozenset(id_ for id_ in named if _is_high_priority(case, id_)),
    )


def _order(named: tuple[str, MeasureIds]) -> tuple[str, list[str]]:
    return named[0], sorted(named[1])


def _common_method(scores: Sequence[MeasureScore]) -> str | None:
    """The one method of a set without QCDR measure and survey, if the check knows it (M-EMA-01)."""
    methods = {score.method for score in scores}
    if len(methods) != 1 or not methods <= _TESTED_METHODS:
        return None
    if any(score.measure is not None and score.measure.is_registry_measure for score in scores):
        return None
    return next(iter(methods))


def _is_tested(case: Case, scores: Sequence[MeasureScore], method: str) -> bool:
    """Fewer than six measures, or none of high priority; claims only in final mode (M-EMA-01)."""
    short = len(scores) < PLACES or not any(score.is_high_priority for score in scores)
    return short and (case.is_final or method == "registry")


def _rows(case: Case, scores: Sequence[MeasureScore], method: str) -> tuple[ClusterRow, ...]:
    found = (case.reference.clusters.get((score.measure_id, method)) for score in scores)
    return tuple(row for row in found if row is not None)


def _unavailable(case: Case, related: MeasureIds) -> MeasureIds:
    """Related measures for which claims show too few eligible instances (M-EMA-04)."""
    counts = case.profile.claims_eligible_instances
    return frozenset(id_ for id_ in related if counts.get(id_, _AVAILABLE_INSTANCES) < _AVAILABLE_INSTANCES)


def _is_high_priority(case: Case, measure_id: str) -> bool:
    measure = case.reference.quality.get(measure_id)
    return measure is not None and measure.is_high_priority
