"""Improvement activities: 40 points are enough, and some get them without any (mips-scoring section 8)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from msgspec import Struct

from mock_server.scoring.computed import Computed, formula
from mock_server.scoring.mips.case import Case, set_order
from mock_server.scoring.mips.remembered import remembered
from mock_server.scoring.mips.submission import MeasurementSet
from mock_server.scoring.mips.tree import Status

MAXIMUM: Final = 40
APM_CREDIT: Final = 20
MEDICAL_HOME: Final = "IA_PCMH"
_MINIMUM_DAYS: Final = 90
_POINTS: Final = {"medium": 10, "high": 20}


@formula(
    "mips.activity_points",
    "medium 10, high 20, twice that with a special status, medical home 40; 0 if not done or the period of "
    "the set is too short",
    "M-IA-01",
    "M-IA-02",
    "M-IA-04",
    "M-IA-07",
)
def activity_points(*, weight: str | None, special_status: bool, done: bool, period_counts: bool) -> int:
    """Points of an activity; `weight` is `None` for the medical home attestation."""
    if not (done and period_counts):
        return 0
    return MAXIMUM if weight is None else points_of_weight(weight, special_status=special_status)


def points_of_weight(weight: str, *, special_status: bool) -> int:
    """Points of a medium or high activity (M-IA-01)."""
    return _POINTS[weight] * (2 if special_status else 1)


@formula(
    "mips.period_counts",
    "90 days from start to end, both counted, unless the test is switched off",
    "M-IA-07",
)
def period_counts(*, start: date | None, end: date | None, enforced: bool) -> bool:
    """Whether the activities of a set were done long enough."""
    if not enforced:
        return True
    return start is not None and end is not None and (end - start).days + 1 >= _MINIMUM_DAYS


@formula(
    "mips.automatic_credit",
    "40 under the APM standard; with data in any category 40 for a known medical home, 40 for the study, "
    "20 for APM participation",
    "M-IA-04",
    "M-IA-05",
    "M-IA-06",
    "M-FIN-07",
)
def automatic_credit(
    *, apm_standard: bool, any_data: bool, medical_home: bool, study: bool, apm_participant: bool
) -> int:
    """Points that need no activity."""
    if apm_standard:
        return MAXIMUM
    if not any_data:
        return 0
    return MAXIMUM if medical_home or study else APM_CREDIT * apm_participant


@formula("mips.activities_set_points", "min(40, sum of the points of the activities)", "M-IA-03", "M-IA-08")
def activities_set_points(*, points: tuple[tuple[str, int], ...]) -> int:
    """Points of a set."""
    return min(MAXIMUM, sum(earned for _, earned in points))


@formula("mips.activities_points", "min(40, points of the set that counts + automatic credit)", "M-IA-03")
def activities_points(*, activities: int, credit: int) -> int:
    """Points of the category."""
    return min(MAXIMUM, activities + credit)


@formula("mips.activities_percent", "100 * points / 40", "M-IA-03")
def activities_percent(*, points: int) -> Fraction:
    """Percent of the category."""
    return Fraction(100 * points, MAXIMUM)


@formula("mips.further_activities", "ceil((40 - points) / points of one such activity)", "M-IA-09")
def further_activities(*, points: int, points_of_one: int) -> int:
    """How many more activities of one weight would fill the category."""
    return -(-(MAXIMUM - points) // points_of_one)


class Activity(Struct, frozen=True):
    """One activity of a set."""

    measure_id: str
    title: str
    weight: str | None
    done: bool
    points: Computed[int]

    @property
    def status(self) -> Status:
        """Whether it counts."""
        return "PICKED" if self.points.value else "SKIPPED"


activity_points_of: Final = remembered(activity_points)
automatic_credit_of: Final = remembered(automatic_credit)
activities_points_of: Final = remembered(activities_points)
activities_percent_of: Final = remembered(activities_percent)
further_activities_of: Final = remembered(further_activities)


class ActivitySet(Struct, frozen=True, kw_only=True):
    """Sets that count together (M-IA-08)."""

    sources: tuple[MeasurementSet, ...]
    activities: tuple[Activity, ...]
    periods: tuple[Computed[bool], ...]
    """One per source."""
    points: Computed[int]

    @property
    def method(self) -> str:
        """The methods as one text."""
        return ", ".join(dict.fromkeys(source.method for source in self.sources))

    @property
    def warnings(self) -> tuple[str, ...]:
        """M-IA-07."""
        if all(period.value for period in self.periods):
            return ()
        return ("Activities need a period of at least 90 days with both dates; a set with less counts 0.",)


class ActivitiesScore(Struct, frozen=True, kw_only=True):
    """The category."""

    sets: tuple[ActivitySet, ...]
    """Best first."""
    credit: Computed[int]
    points: Computed[int]
    percent: Computed[Fraction]

    @property
    def has_data(self) -> bool:
        """M-WGT-04; automatic credit is no data."""
        return bool(self.sets)


def score_activities(case: Case, *, any_other_data: bool) -> ActivitiesScore:
    """Score the category; `any_other_data`: a category besides this one has data (M-IA-05)."""
    submitted = [one for one in case.submission.measurement_sets if one.category == "ia"]
    if len(submitted) > 1:
        submitted.sort(key=set_order)
    groups: defaultdict[str, list[MeasurementSet]] = defaultdict(list)
    for one in submitted:
        groups["" if case.rules.activities_combine_methods else one.method].append(one)
    sets = sorted((_score_set(case, group) for group in groups.values()), key=lambda s: -s.points.value)
    credit = automatic_credit_of(
        apm_standard=case.under_apm_standard,
        any_data=any_other_data or bool(submitted),
        medical_home=case.profile.cms_known_pcmh,
        study=case.profile.ia_study_participant,
        apm_participant=case.profile.apm_participant,
    )
    points = activities_points_of(
        activities=sets[0].points.value if sets else 0,
        credit=credit.value,
    )
    return ActivitiesScore(
        sets=tuple(sets), credit=credit, points=points, percent=activities_percent_of(points=points.value)
    )


def _score_set(case: Case, sources: Sequence[MeasurementSet]) -> ActivitySet:
    periods = tuple(
        period_counts.of(
            start=source.performance_start,
            end=source.performance_end,
            enforced=case.profile.settings.enforce_ia_90_days,
        )
        for source in sources
    )
    best: dict[str, tuple[bool, bool]] = {}
    for source, period in zip(sources, periods, strict=True):
        for one in source.measurements:
            found = (one.value is True, period.value)
            best[one.measure_id] = max(best.get(one.measure_id, (False, False)), found, key=_usefulness)
    activities = tuple(_activity(case, id_, *best[id_]) for id_ in sorted(best))
    return ActivitySet(
        sources=tuple(sources),
        activities=activities,
        periods=periods,
        points=activities_set_points.of(
            points=tuple((one.measure_id, one.points.value) for one in activities if one.points.value)
        ),
    )


def _usefulness(found: tuple[bool, bool]) -> tuple[bool, bool]:
    done, period = found
    return done and period, done


def _activity(case: Case, measure_id: str, done: bool, period: bool) -> Activity:
    reference = case.reference.ia[measure_id]
    return Activity(
        measure_id=measure_id,
        title=reference.title,
        weight=reference.weight,
        done=done,
        points=activity_points_of(
            weight=reference.weight,
            special_status=case.profile.has_ia_special_status,
            done=done,
            period_counts=period,
        ),
    )
