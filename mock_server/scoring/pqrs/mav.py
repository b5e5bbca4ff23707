"""Measure-applicability validation (pqrs-2011 section 4): could the professional have reported more?

Who reported one or two claims measures well still fails if a clinically related measure had enough eligible
instances. Unknown clusters resolve to a pass (P-MAV-6).
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mock_server.reference.pqrs_2011.constants import MAV_MINIMUM
from mock_server.reference.pqrs_2011.mav import MAV_CLUSTERS, MAV_EXEMPT
from mock_server.scoring.computed import Computed, formula


class Candidate(NamedTuple):
    """A related measure that was not reported."""

    measure: str
    eligible_instances: int


@formula(
    "pqrs.mav",
    "pass unless some candidate has eligible_instances >= threshold",
    "P-MAV-4",
    "P-MAV-3",
    "P-MAV-1",
)
def mav_passes(*, reported: Sequence[str], candidates: Sequence[Candidate], threshold: int) -> bool:
    """Whether no related measure outside `reported` reaches the threshold."""
    return not any(eligible >= threshold for measure, eligible in candidates if measure not in reported)


def related_measures(
    reported: Sequence[str],
    clusters: Mapping[str, frozenset[str]] = MAV_CLUSTERS,
    exempt: frozenset[str] = MAV_EXEMPT,
) -> tuple[str, ...]:
    """Clinically related measures that are neither reported nor exempt (P-MAV-3, P-MAV-5), by number."""
    if exempt.issuperset(reported):
        return ()
    related = {m for members in clusters.values() if not members.isdisjoint(reported) for m in members}
    return tuple(sorted(related - exempt - set(reported), key=int))


def run_mav(reported: Sequence[str], eligible: Mapping[str, int], months: int) -> Computed[bool]:
    """Validate an attempt; `eligible` maps measures to their eligible instances in the period (P-MAV-2)."""
    candidates = tuple(Candidate(m, eligible.get(m, 0)) for m in related_measures(reported))
    return mav_passes.of(reported=tuple(reported), candidates=candidates, threshold=MAV_MINIMUM[months])
