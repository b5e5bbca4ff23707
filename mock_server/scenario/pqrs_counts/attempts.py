"""Draw the attempts of one trial so that they end as wished.

Whoever tries both periods of a method has the half-year drawn from the year (P-DM-33), so a caller hands over
what was drawn before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from mock_server.reference.pqrs_2011.measures import GROUPS, MEASURES
from mock_server.reference.pqrs_2011.methods import METHODS, Method, MethodCode
from mock_server.scenario.pqrs_counts.measures import (
    Instances,
    Performance,
    group_counts,
    half_year,
    half_year_group,
    measure_counts,
    satisfactory,
    unsatisfactory,
    with_submissions,
)
from mock_server.scenario.pqrs_counts.plans import Outcome, Trial
from mock_server.scenario.stream import HashStream
from mock_server.scoring.pqrs.mav import related_measures
from mock_server.scoring.pqrs.record import Attempt, EligibleCount, GroupCounts, MeasureCounts, Submissions

_HALF_OF: Final[Mapping[MethodCode, MethodCode]] = MappingProxyType(
    {
        "IND-CLM-6": "IND-CLM-12",
        "IND-REG-6": "IND-REG-12",
        "MG50-CLM-6": "MG50-CLM-12",
        "MG80-REG-6": "MG80-REG-12",
    }
)
"""Half-year method -> the same method over the year."""

_SENDERS: Final[Mapping[str, tuple[str | None, ...]]] = MappingProxyType(
    {
        "registry": ("Sparrow Demo Registry", "Wren Demo Registry", "Dunnock Demo Registry", None),
        "ehr": ("Lark Demo EHR", "Finch Demo EHR", None),
        "claims": (None,),
    }
)
"""Invented names; none known is shown as `Not Available`."""

_EHR_MEASURES = (
    "1",
    "2",
    "3",
    "39",
    "48",
    "110",
    "111",
    "112",
    "113",
    "117",
    "119",
    "124",
    "128",
    "163",
    "173",
    "226",
)
_MAV_PAIRS = (("31", "32"), ("51",), ("1", "2"), ("121",), ("176", "177"), ("108",), ("36",), ("163", "3"))
"""One or two measures, each pair inside one cluster."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The attempts of a trial, and what MAV needs beside them."""

    attempts: tuple[Attempt, ...]
    eligible: tuple[EligibleCount, ...] = ()


def attempts_of(draw: HashStream, trial: Trial, before: Mapping[MethodCode, Attempt]) -> Drawn:
    """The attempts of a trial; `before`: those of the same professional so far, by method."""
    year = before.get(_HALF_OF.get(trial.method, trial.method))
    method = METHODS[trial.method]
    if year is not None and method.months == 6:
        return Drawn(_with_data(_half(draw, year, trial.method)))
    if method.groups:
        attempt = _attempt(draw, method, groups=_groups(draw, method, trial.outcome))
        return Drawn((attempt,))
    if method.mechanism == "claims":
        return _claims(draw, method, trial.outcome)
    return Drawn((_attempt(draw, method, measures=_measures(draw, method, trial.outcome)),))


def _attempt(
    draw: HashStream,
    method: Method,
    *,
    measures: tuple[MeasureCounts, ...] = (),
    groups: tuple[GroupCounts, ...] = (),
) -> Attempt:
    sender = draw.pick(_SENDERS[method.mechanism])
    return Attempt(method=method.code, registry_or_ehr_name=sender, measures=measures, groups=groups)


def _half(draw: HashStream, year: Attempt, method: MethodCode) -> Attempt:
    return replace(
        year,
        method=method,
        measures=tuple(half_year(draw, measure) for measure in year.measures),
        groups=tuple(half_year_group(draw, group) for group in year.groups),
    )


def _with_data(attempt: Attempt) -> tuple[Attempt, ...]:
    """The attempt, if anything was sent in it: without a code there is no attempt (P-DM-4, P-DM-38)."""
    sent = any(m.has_quality_data for m in attempt.measures) or any(g.is_reported for g in attempt.groups)
    return (attempt,) if sent else ()


def _claims(draw: HashStream, method: Method, outcome: Outcome) -> Drawn:
    """Both periods of individual measures by claims, with the counts that MAV looks up."""
    if outcome in ("mav_pass", "mav_fail"):
        numbers = draw.pick(_MAV_PAIRS)
        measures = tuple(_measure(draw, number, *satisfactory(draw, 68), claims=True) for number in numbers)
        eligible = _related(draw, numbers, outcome)
    else:
        measures, eligible = _measures(draw, method, outcome), ()
    if outcome != "all_invalid":
        kinds = 5 if outcome == "lesson" else None
        measures = tuple(with_submissions(draw, measure, kinds=kinds) for measure in measures)
    year = _attempt(draw, method, measures=measures)
    return Drawn((year, *_with_data(_half(draw, year, "IND-CLM-6"))), eligible)


def _related(draw: HashStream, numbers: Sequence[str], outcome: Outcome) -> tuple[EligibleCount, ...]:
    """Eligible instances of the related measures: enough to fail MAV, or too few (P-MAV-4)."""
    others = related_measures(numbers)
    counts = [draw.between(0, 26) for _ in others]
    if outcome == "mav_fail":
        counts[draw.below(len(counts))] = draw.between(44, 120)
    return tuple(
        EligibleCount(months=months, measure=number, count=count // 2 if months == 6 else count)
        for months in (12, 6)
        for number, count in zip(others, counts, strict=True)
    )


def _measures(draw: HashStream, method: Method, outcome: Outcome) -> tuple[MeasureCounts, ...]:
    """Individual measures: at least three satisfactory ones for success, at most two for failure."""
    claims = method.mechanism == "claims"
    pool = _EHR_MEASURES if method.mechanism == "ehr" else tuple(MEASURES)
    if outcome == "all_invalid":
        return tuple(_invalid(draw, number) for number in draw.sample(pool, draw.between(1, 2)))
    good = draw.between(3, 5) if outcome in ("sufficient", "lesson") else draw.between(0, 2)
    bad = draw.between(0, 2) if outcome in ("sufficient", "lesson") else draw.between(3 - good, 3)
    numbers = draw.sample(pool, good + bad)
    special: list[Performance] = ["null", "zero"] if outcome == "lesson" else []
    return tuple(
        _measure(
            draw,
            number,
            *(satisfactory if place < good else unsatisfactory)(draw, method.percent),
            claims=claims,
            performance=special[place] if place < len(special) else _performance(draw, place < good, method),
        )
        for place, number in enumerate(numbers)
    )


def _performance(draw: HashStream, needed: bool, method: Method) -> Performance:
    """Mostly usual; zero by registry only where the measure need not count (P-SR-3)."""
    zero_counts = method.mechanism != "registry" or not needed
    choices: tuple[tuple[int, Performance], ...] = (
        (88, "usual"),
        (6, "null"),
        (6, "zero" if zero_counts else "usual"),
    )
    return draw.weighted(choices)


def _measure(
    draw: HashStream,
    number: str,
    eligible: int,
    reported: int,
    *,
    claims: bool,
    performance: Performance = "usual",
) -> MeasureCounts:
    return measure_counts(draw, number, Instances(eligible, reported, claims, performance))


def _invalid(draw: HashStream, number: str) -> MeasureCounts:
    """Submissions on claims that never were eligible instances (P-T-2, P-EX-57)."""
    cpt, dx = draw.between(1, 4), draw.between(1, 3)
    sent = Submissions(reported=cpt + dx, correct=0, cpt=cpt, dx=dx)
    return MeasureCounts(measure=number, eligible_instances=0, reported=0, submissions=sent)


def _groups(draw: HashStream, method: Method, outcome: Outcome) -> tuple[GroupCounts, ...]:
    """One or two measures groups, the first ending as wished, the second failing."""
    titles = draw.sample(tuple(GROUPS), 2 if draw.chance(35) else 1)
    outcomes: tuple[Outcome, ...] = (outcome, "insufficient")
    return tuple(_group(draw, title, method, wished) for title, wished in zip(titles, outcomes, strict=False))


def _group(draw: HashStream, title: str, method: Method, outcome: Outcome) -> GroupCounts:
    least = method.minimum
    complete = draw.between(2, least - 1) if outcome == "insufficient" else draw.between(least, least + 45)
    beneficiaries = method.kind == "beneficiaries"
    at_most = (
        complete + 14 if beneficiaries or outcome == "insufficient" else complete * 100 // method.percent
    )
    eligible = (
        draw.between(at_most + 1, at_most + complete)
        if outcome == "low_percent"
        else draw.between(complete, at_most)
    )
    return group_counts(
        draw,
        title,
        GROUPS[title].members,
        complete,
        eligible,
        claims=method.mechanism == "claims",
        extra=40 if beneficiaries else 0,
    )
