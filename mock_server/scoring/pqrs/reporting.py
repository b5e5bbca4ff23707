"""Satisfactory reporting of individuals: one decision per attempt (pqrs-2011 3.1 to 3.5).

Three procedures, one per kind of method; the method table supplies thresholds and rationales. The
zero-performance discount (P-SR-3) acts here, on what enters the tests, and nowhere else.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mock_server.reference.pqrs_2011.methods import METHODS, Method
from mock_server.reference.pqrs_2011.rationales import (
    FAILED_MAV,
    INSUFFICIENT_PERCENT,
    RATIONALES,
    Rationale,
)
from mock_server.scoring.computed import Computed, formula
from mock_server.scoring.pqrs.mav import run_mav
from mock_server.scoring.pqrs.rates import MeasureFact, counts_as_satisfactory, has_zero_performance


class GroupFact(NamedTuple):
    """What the tests on measures groups look at."""

    group: str
    complete: int
    eligible: int
    disregarded: bool
    """Removed by the zero-performance discount (P-SR-3)."""


class Verdict(NamedTuple):
    """The decision on one attempt, and MAV's where it ran."""

    rationale: Computed[Rationale]
    mav: Computed[bool] | None


@formula(
    "pqrs.measures_verdict",
    "sufficient if satisfactory holds at least minimum measures, or if mav passes; "
    "else by mav if it ran; else insufficient",
    "P-SR-2",
)
def measures_verdict(
    *, method: str, satisfactory: Sequence[str], minimum: int, mav: bool | None
) -> Rationale:
    """Individual measures (3.2, 3.3); `mav` is `None` where MAV did not run."""
    rules = METHODS[method]
    if len(satisfactory) >= minimum or mav:
        return RATIONALES[rules.sufficient]
    return FAILED_MAV if mav is not None else RATIONALES[rules.insufficient]


@formula(
    "pqrs.beneficiaries_verdict",
    "sufficient if some group of groups, not disregarded, has complete >= minimum; else insufficient",
    "P-CFG-4",
)
def beneficiaries_verdict(*, method: str, groups: Sequence[GroupFact], minimum: int) -> Rationale:
    """Measures groups by 30 beneficiaries (3.4): one satisfied group is enough."""
    rules = METHODS[method]
    enough = any(group.complete >= minimum and not group.disregarded for group in groups)
    return RATIONALES[rules.sufficient if enough else rules.insufficient]


@formula(
    "pqrs.instances_verdict",
    "of the groups not disregarded: sufficient if one has complete >= minimum and "
    "100 * complete >= percent * eligible; else P-RAT-8 if one has complete >= minimum; else insufficient",
    "P-CFG-5",
)
def instances_verdict(*, method: str, groups: Sequence[GroupFact], percent: int, minimum: int) -> Rationale:
    """Measures groups by eligible instances (3.5)."""
    rules = METHODS[method]
    large = [group for group in groups if group.complete >= minimum and not group.disregarded]
    if any(100 * group.complete >= percent * group.eligible for group in large):
        return RATIONALES[rules.sufficient]
    return INSUFFICIENT_PERCENT if large else RATIONALES[rules.insufficient]


def satisfactory_measures(facts: Sequence[MeasureFact], percent: int, *, discount: bool) -> tuple[str, ...]:
    """S of P-SR-2, in the order of `facts`."""
    return tuple(f.measure for f in facts if counts_as_satisfactory(f, percent, discount=discount))


def judge_measures(
    method: Method, facts: Sequence[MeasureFact], eligible: Mapping[str, int], *, discount: bool
) -> Verdict:
    """Decide an attempt by individual measures.

    `facts` are the measures with quality data (R); `eligible` the eligible instances MAV may look up.
    """
    satisfactory = satisfactory_measures(facts, method.percent, discount=discount)
    mav = None
    if method.mechanism == "claims" and 0 < len(facts) < method.minimum and len(satisfactory) == len(facts):
        mav = run_mav([fact.measure for fact in facts], eligible, method.months)
    rationale = measures_verdict.of(
        method=method.code,
        satisfactory=satisfactory,
        minimum=method.minimum,
        mav=None if mav is None else mav.value,
    )
    disregarded = is_disregarded(facts, discount=discount)
    return Verdict(_cite(rationale, "P-MAV-1" if mav else "", "P-SR-3" if disregarded else ""), mav)


def judge_groups(method: Method, facts: Sequence[GroupFact]) -> Verdict:
    """Decide an attempt by measures groups."""
    if method.kind == "beneficiaries":
        rationale = beneficiaries_verdict.of(method=method.code, groups=tuple(facts), minimum=method.minimum)
    else:
        rationale = instances_verdict.of(
            method=method.code, groups=tuple(facts), percent=method.percent, minimum=method.minimum
        )
    disregarded = any(fact.disregarded for fact in facts)
    return Verdict(_cite(rationale, "P-SR-3" if disregarded else ""), None)


def is_disregarded(measures: Sequence[MeasureFact], *, discount: bool) -> bool:
    """Whether the discount drops one of `measures`, and with it a group that they belong to (P-SR-3)."""
    return discount and any(map(has_zero_performance, measures))


def _cite(rationale: Computed[Rationale], *rules: str) -> Computed[Rationale]:
    return rationale.citing(rationale.value.id, *filter(None, rules))
