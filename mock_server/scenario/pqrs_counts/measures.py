"""Draw the instance counts of one measure, and the half-year that is part of its year.

Every total is the sum of its drawn parts (exclusions, met, not met, without a code, with an error), so the
invariants P-DM-30 to P-DM-45 hold by construction.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from mock_server.scenario.stream import HashStream
from mock_server.scoring.pqrs.record import GroupCounts, MeasureCounts, Submissions

Performance = Literal["usual", "null", "zero"]
"""`null`: exclusions only. `zero`: something counted, nothing met."""

INVERSE = "1"
"""The inverse measure of 9.2: good practices have a low rate (P-F-11)."""

_ERROR_KINDS = ("cpt", "dx", "cpt_dx", "missing_cpt", "missing_cpt_dx")


@dataclass(frozen=True, slots=True)
class Instances:
    """What a measure is drawn for: D and N are settled, the rest is drawn."""

    eligible: int
    reported: int
    claims: bool
    performance: Performance = "usual"


def satisfactory(draw: HashStream, percent: int) -> tuple[int, int]:
    """D and N with 100 N >= percent x D (P-F-6)."""
    eligible = draw.between(18, 160)
    rate = draw.between(percent + 3, 100)
    return eligible, -(-eligible * rate // 100)


def unsatisfactory(draw: HashStream, percent: int) -> tuple[int, int]:
    """D and N with 0 < 100 N < percent x D."""
    eligible = draw.between(24, 160)
    return eligible, max(1, eligible * draw.between(6, percent - 4) // 100)


def measure_counts(draw: HashStream, number: str, wanted: Instances) -> MeasureCounts:
    """A measure with those D and N."""
    unreported = wanted.eligible - wanted.reported
    errors = unreported * draw.between(0, 45) // 100 if wanted.claims else 0
    exclusions, met = _performance(draw, number, wanted)
    medical = exclusions * draw.between(40, 80) // 100
    patient = (exclusions - medical) * draw.between(30, 80) // 100
    return MeasureCounts(
        measure=number,
        eligible_instances=wanted.eligible,
        reported=wanted.reported,
        no_qdc=unreported - errors if wanted.claims else 0,
        qdc_errors=errors,
        excl_1p=medical,
        excl_2p=patient,
        excl_3p=exclusions - medical - patient,
        met=met,
    )


def _performance(draw: HashStream, number: str, wanted: Instances) -> tuple[int, int]:
    """Exclusions (B) and met (M) for `wanted.reported` (A)."""
    counted = wanted.reported
    if wanted.performance == "null":
        return counted, 0
    exclusions = min(counted * draw.weighted(((40, 0), (40, 6), (20, 18))) // 100, max(counted - 1, 0))
    if wanted.performance == "zero":
        return exclusions, 0
    share = draw.between(8, 38) if number == INVERSE else draw.between(48, 98)
    return exclusions, max((counted - exclusions) * share // 100, min(counted - exclusions, 1))


def with_submissions(draw: HashStream, counts: MeasureCounts, *, kinds: int | None = None) -> MeasureCounts:
    """The claims measure with its submissions, some of them invalid in up to `kinds` ways (None: drawn)."""
    spread = draw.weighted(((30, 0), (40, 2), (30, 4))) if kinds is None else kinds
    errors = {kind: draw.between(1, 9) for kind in draw.sample(_ERROR_KINDS, spread)}
    gender_only, age_only = (draw.between(0, 3) if spread > 1 else 0 for _ in range(2))
    both = min(draw.below(2), sum(errors.values()))
    return replace(
        counts,
        submissions=Submissions(
            reported=counts.reported + sum(errors.values()) + gender_only + age_only,
            gender=gender_only + both,
            age=age_only,
            **errors,
        ),
    )


def half_year(draw: HashStream, year: MeasureCounts) -> MeasureCounts:
    """The part of a measure's year that falls into its second half: no count exceeds the year's."""
    share = draw.between(42, 58)

    def half(count: int) -> int:
        return _part(count, share)

    excluded = year.excl_1p + year.excl_2p + year.excl_3p + year.excl_other
    counts = MeasureCounts(
        measure=year.measure,
        eligible_instances=0,
        reported=0,
        no_qdc=half(year.no_qdc),
        qdc_errors=half(year.qdc_errors),
        excl_1p=half(year.excl_1p),
        excl_2p=half(year.excl_2p),
        excl_3p=half(year.excl_3p),
        excl_other=half(year.excl_other),
        met=half(year.met),
    )
    not_met = half(year.reported - excluded - year.met)
    reported = counts.excl_1p + counts.excl_2p + counts.excl_3p + counts.excl_other + counts.met + not_met
    unsent = half(year.eligible_instances - year.reported - year.no_qdc - year.qdc_errors)
    return replace(
        counts,
        eligible_instances=reported + counts.no_qdc + counts.qdc_errors + unsent,
        reported=reported,
        submissions=year.submissions and _half_submissions(year.submissions, year.reported, reported, share),
    )


def half_year_group(draw: HashStream, group: GroupCounts) -> GroupCounts:
    """The second half-year of a measures group."""
    share = draw.between(42, 58)
    complete = _part(group.complete, share)
    return replace(
        group,
        eligible=complete + _part(group.eligible - group.complete, share),
        complete=complete,
        members=tuple(half_year(draw, member) for member in group.members),
    )


def _half_submissions(year: Submissions, correct: int, reported: int, share: int) -> Submissions:
    errors = {kind: _part(getattr(year, kind), share) for kind in _ERROR_KINDS}
    # Those invalid by gender or age alone are kept whole: the columns must still add up (P-DM-45).
    outside = year.reported - correct - sum(getattr(year, kind) for kind in _ERROR_KINDS)
    return Submissions(
        reported=reported + sum(errors.values()) + outside,
        gender=min(year.gender, sum(errors.values()) + outside),
        age=year.age,
        **errors,
    )


def _part(count: int, share: int) -> int:
    """`share` percent of a count, rounded half up; at most the count."""
    return (count * share + 50) // 100


def group_counts(
    draw: HashStream,
    title: str,
    members: Iterable[str],
    complete: int,
    eligible: int,
    *,
    claims: bool,
    extra: int,
) -> GroupCounts:
    """A measures group; each member has up to `extra` more instances than the group has `eligible` ones."""
    return GroupCounts(
        group=title,
        eligible=eligible,
        complete=complete,
        members=tuple(
            _member(draw, number, complete, eligible + draw.below(extra + 1), claims) for number in members
        ),
    )


def _member(draw: HashStream, number: str, complete: int, eligible: int, claims: bool) -> MeasureCounts:
    performance = draw.weighted(((94, "usual"), (6, "null")))
    reported = draw.between(complete, eligible)
    return measure_counts(
        draw, number, Instances(eligible, reported, claims, "null" if performance == "null" else "usual")
    )
