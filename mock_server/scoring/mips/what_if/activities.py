"""Improvement activities: what would fill the category (M-IA-09)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import islice

from mock_server.scoring.computed import Computed
from mock_server.scoring.mips.activities import MAXIMUM, further_activities, points_of_weight
from mock_server.scoring.mips.submission import Measurement, MeasurementSet
from mock_server.scoring.mips.what_if.gains import Missing
from mock_server.scoring.mips.what_if.trial import Trial, with_measurement


def missing_activities(trial: Trial) -> Iterator[Missing]:
    """Further activities of either weight, one and as many as it takes; and a period that is long enough."""
    points = trial.result.ia.points.value
    if points >= MAXIMUM or not trial.result.weight("ia"):
        return
    yield from _longer_period(trial)
    for weight in ("medium", "high"):
        of_one = points_of_weight(weight, special_status=trial.case.profile.has_ia_special_status)
        needed = further_activities(points=points, points_of_one=of_one)
        for count in sorted({1, needed}):
            noun = "activity" if count == 1 else "activities"
            filled = ", which fills the category" if count == needed else ""
            yield Missing(
                category="ia",
                what=f"{count} more {weight} {noun}{filled}.",
                total=_gain(trial, weight, count),
            )


def _whole_year(trial: Trial, one: MeasurementSet) -> MeasurementSet:
    year = trial.case.rules.year
    return replace(one, performance_start=date(year, 1, 1), performance_end=date(year, 12, 31))


def _longer_period(trial: Trial) -> Iterator[Missing]:
    for scored in trial.result.ia.sets:
        for source, period in zip(scored.sources, scored.periods, strict=True):
            if not period.value:
                yield Missing(
                    category="ia",
                    what=f"A period of at least 90 days for the activities of {source.method}.",
                    total=trial.gain(trial.with_set(source, _whole_year(trial, source))),
                )


def _gain(trial: Trial, weight: str, count: int) -> Computed[Decimal]:
    """The gain of activities that were not reported yet."""
    sets = trial.result.ia.sets
    source = sets[0].sources[0] if sets else None
    done = {one.measure_id for scored in sets for one in scored.activities if one.points.value}
    new = source or MeasurementSet(category="ia", method="webAttestation")
    if source is None or not sets[0].periods[0].value:
        new = _whole_year(trial, new)
    fitting = (
        Measurement(measure_id=id_, value=True)
        for id_, activity in sorted(trial.case.reference.ia.items())
        if activity.weight == weight and id_ not in done
    )
    for added in islice(fitting, count):
        new = with_measurement(new, added)
    return trial.gain(trial.with_set(source, new))
