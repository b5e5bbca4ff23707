"""The score of one quality set: the sets of one method, or all that year 2019 combines (section 3.5).

A Web Interface set goes another way to the same result: all its measures count, none is picked.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from mock_server.scoring.computed import Computed
from mock_server.scoring.mips.case import METHOD_ORDER, Case
from mock_server.scoring.mips.quality.applicability import PLACES, Applicability, applicability_of
from mock_server.scoring.mips.quality.measure import MeasureScore, score_measure
from mock_server.scoring.mips.quality.picking import (
    Entry,
    best_of_each,
    pick,
    preference_key,
    required_measure,
)
from mock_server.scoring.mips.quality.totals import (
    capped_bonus,
    denominator_of,
    improvement,
    quality_percent,
    small_practice_quality_bonus_of,
    total_decile_score,
    total_measurement_points,
)
from mock_server.scoring.mips.quality.web_interface import missing_measures, score_wi_measure
from mock_server.scoring.mips.submission import MeasurementSet, MultiRate, NonProportion, SingleRate


class QualitySet(Struct, frozen=True, kw_only=True):
    """A scored set with everything that led to its percent."""

    methods: tuple[str, ...]
    """Submission methods in it, in the order of section 0.1."""
    sources: tuple[MeasurementSet, ...]
    entries: tuple[Entry, ...]
    """Picked measures by place, then the others by id, duplicates last."""
    applicability: Computed[Applicability]
    missing: tuple[str, ...]
    """Web Interface measures that the set lacks."""
    readmission: MeasureScore | None
    survey: MeasureScore | None
    denominator: Computed[int]
    total_decile_score: Computed[Decimal]
    high_priority_bonus: Computed[Decimal]
    end_to_end_bonus: Computed[Decimal]
    total_measurement_points: Computed[Decimal]
    small_practice_bonus: Computed[int]
    improvement: Computed[Fraction] | None
    """`None` where the year or the mode knows none, or last year is unknown."""
    percent: Computed[Fraction]

    @property
    def method(self) -> str:
        """The methods as one text."""
        return ", ".join(self.methods)

    @property
    def total_bonus_points(self) -> Decimal:
        """Both bonuses after their caps."""
        return self.high_priority_bonus.value + self.end_to_end_bonus.value

    @property
    def is_web_interface(self) -> bool:
        """Whether all measures of the Web Interface count together."""
        return self.methods[:1] == ("cmsWebInterface",)


class Extras(Struct, frozen=True, kw_only=True):
    """Calculated measures that are added to a set."""

    survey: MeasureScore | None
    readmission: MeasureScore | None


def score_set(case: Case, sources: Sequence[MeasurementSet], extras: Extras) -> QualitySet:
    """Score sets that count together: one method's, or claims, registry and EHR of PY2019."""
    scores, left_out = _measure_scores(case, sources)
    submitted, duplicates = best_of_each(scores)
    counted = submitted if extras.survey is None else [*submitted, extras.survey]
    check = applicability_of(case, counted, duplicates)
    picked = pick(counted, check.value)
    required = required_measure(counted)
    places = {id(score): place for place, score in enumerate(picked, start=1)}
    entries = [
        Entry(
            score=score,
            status="PICKED" if id(score) in places else "SKIPPED",
            place=places.get(id(score)),
            required=score is required,
            high_priority_bonus=0 if score is required else score.high_priority_points,
            end_to_end_bonus=score.end_to_end.value,
        )
        for score in [*picked, *(score for score in counted if id(score) not in places)]
    ]
    entries += [Entry(score=score, status="SKIPPED") for score in left_out]
    entries += [Entry(score=score, status="DUPLICATE") for score in duplicates]
    total = denominator_of(
        expected=check.value.places,
        guideline_changed=sum(score.suppressed for score in picked),
        missed_survey=_is_relieved(case, counted, check.value),
        readmission=extras.readmission is not None,
    )
    return _totalled(
        case,
        sources,
        extras,
        entries,
        check,
        total,
        full_participation=_participates_fully(counted, check.value),
    )


def score_web_interface(case: Case, sources: Sequence[MeasurementSet], extras: Extras) -> QualitySet:
    """Score a Web Interface set, in which every counted measure has a place (section 5)."""
    wanted = case.rules.quality.wi_measures
    scores = [
        score_wi_measure(case, source, case.reference.quality[one.measure_id], one.value)
        for source in sources
        for one in source.measurements
        if one.measure_id in wanted and isinstance(one.value, SingleRate | MultiRate | NonProportion)
    ]
    submitted, duplicates = best_of_each(scores)
    missing = missing_measures(case, submitted)
    everything = submitted if extras.survey is None else [*submitted, extras.survey]
    required = required_measure(everything)
    bonus = case.rules.quality.wi_high_priority_bonus
    places = {id(score): place for place, score in enumerate((s for s in everything if s.counted), start=1)}
    entries = [
        Entry(
            score=score,
            status="PICKED" if score.counted else "SKIPPED",
            place=places.get(id(score)),
            required=bonus and score is required,
            high_priority_bonus=score.high_priority_points if bonus and score is not required else 0,
            end_to_end_bonus=score.end_to_end.value,
        )
        for score in sorted(everything, key=lambda score: not score.counted)
    ]
    entries += [Entry(score=score, status="DUPLICATE") for score in duplicates]
    total = denominator_of(
        expected=len(places) + len(missing),
        guideline_changed=0,
        missed_survey=False,
        readmission=extras.readmission is not None,
    )
    return _totalled(
        case,
        sources,
        extras,
        entries,
        applicability_of(case, everything),
        total,
        full_participation=not missing and all(score.complete for score in submitted),
        missing=missing,
    )


def _measure_scores(
    case: Case, sources: Sequence[MeasurementSet]
) -> tuple[list[MeasureScore], list[MeasureScore]]:
    """(scores that count, claims measures that only small practices may use; M-QUAL-35)."""
    needs_small = case.rules.quality.claims_need_small_practice and not case.profile.small_practice
    scores: list[MeasureScore] = []
    left_out: list[MeasureScore] = []
    for source in sources:
        target = left_out if needs_small and source.method == "claims" else scores
        target += [
            score_measure(case, source, case.reference.quality[one.measure_id], one.value)
            for one in source.measurements
            if isinstance(one.value, SingleRate | MultiRate | NonProportion)
        ]
    return scores, sorted(left_out, key=preference_key)


def _is_relieved(case: Case, counted: Sequence[MeasureScore], check: Applicability) -> bool:
    """Whether a survey without enough answers takes 10 points out of the denominator (M-QUAL-32)."""
    return (
        case.rules.quality.missed_survey_relief
        and case.is_final
        and case.submission.entity_type != "individual"
        and case.profile.cahps_registered
        and not case.profile.cahps_sample_met
        and len(counted) < PLACES
        and not check.qualifies
    )


def _participates_fully(counted: Sequence[MeasureScore], check: Applicability) -> bool:
    """Whether as many measures as expected are complete, one of them of high priority (M-QUAL-26)."""
    complete = [score for score in counted if score.complete]
    enough = len(complete) >= check.places
    return enough and (check.high_priority_waived or any(score.is_high_priority for score in complete))


def _totalled(
    case: Case,
    sources: Sequence[MeasurementSet],
    extras: Extras,
    entries: Sequence[Entry],
    check: Computed[Applicability],
    total: Computed[int],
    *,
    full_participation: bool,
    missing: tuple[str, ...] = (),
) -> QualitySet:
    earned = [(e.score.measure_id, e.score.points.value) for e in entries if e.status == "PICKED"]
    if extras.readmission is not None:
        earned.append((extras.readmission.measure_id, extras.readmission.points.value))
    decile_score = total_decile_score.of(points=tuple(earned))
    high_priority = _capped((e.score.measure_id, e.high_priority_bonus) for e in entries)
    end_to_end = _capped((e.score.measure_id, e.end_to_end_bonus) for e in entries)
    high_bonus = capped_bonus.of(bonuses=high_priority, denominator=total.value)
    end_bonus = capped_bonus.of(bonuses=end_to_end, denominator=total.value)
    small = small_practice_quality_bonus_of(
        small_practice=case.profile.small_practice,
        measurements=sum(len(source.measurements) for source in sources),
        bonus=case.rules.quality.small_practice_bonus,
    )
    better = _improvement(case, decile_score.value, total.value, full_participation=full_participation)
    bonus_points = high_bonus.value + end_bonus.value
    return QualitySet(
        methods=_methods(sources, extras),
        sources=tuple(sources),
        entries=tuple(entries),
        applicability=check,
        missing=missing,
        readmission=extras.readmission,
        survey=extras.survey,
        denominator=total,
        total_decile_score=decile_score,
        high_priority_bonus=high_bonus,
        end_to_end_bonus=end_bonus,
        total_measurement_points=total_measurement_points.of(
            total_decile_score=decile_score.value,
            total_bonus_points=bonus_points,
            denominator=total.value,
        ),
        small_practice_bonus=small,
        improvement=better,
        percent=quality_percent.of(
            total_decile_score=decile_score.value,
            total_bonus_points=bonus_points,
            small_practice_bonus=small.value,
            denominator=total.value,
            improvement=Fraction(0) if better is None else better.value,
        ),
    )


def _capped(bonuses: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(bonus for bonus in bonuses if bonus[1])


def _improvement(
    case: Case, decile_score: Decimal, total: int, *, full_participation: bool
) -> Computed[Fraction] | None:
    before = case.profile.prior_year
    if not (case.rules.quality.improvement and case.is_final) or before is None:
        return None
    if before.quality_denominator <= 0:
        return None
    return improvement.of(
        full_participation=full_participation,
        total_decile_score=decile_score,
        denominator=total,
        previous_points=before.quality_achievement_points,
        previous_denominator=before.quality_denominator,
    )


def _methods(sources: Sequence[MeasurementSet], extras: Extras) -> tuple[str, ...]:
    methods = {source.method for source in sources}
    if not methods and extras.survey is not None:
        methods = {extras.survey.method}
    return tuple(sorted(methods, key=METHOD_ORDER.__getitem__))
