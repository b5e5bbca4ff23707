"""ACI and PI: one more patient, the next point, and what the category lacks.

While anything required is missing the category scores 0, so the gain of completing it is given for all of it
together: at least, with the smallest numerators that count. Measures that are optional are tried one by one.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from mock_server.reference.mips.measures import PiMeasure
from mock_server.scoring.computed import FORMULAS, Computed
from mock_server.scoring.mips.interoperability.record import PiMeasureScore, PiSet, has_90_days, is_reported
from mock_server.scoring.mips.interoperability.tables import BasePerformance, Objectives, PublicRegistry
from mock_server.scoring.mips.result import Result
from mock_server.scoring.mips.submission import Category, Measurement, MeasurementSet, Proportion
from mock_server.scoring.mips.what_if.gains import MeasureGain, Missing, Step, gain
from mock_server.scoring.mips.what_if.trial import Trial, with_measurement

_SMALLEST: Final = Proportion(numerator=1, denominator=1000)
_FULL: Final = Proportion(numerator=1, denominator=1)
_CERTIFIED: Final = "XX15EXXXXXXXXXX"
_REGISTRIES_REQUIRED: Final = 2


def interoperability_gains(trial: Trial) -> Iterator[MeasureGain]:
    """Every proportion measure of the set that counts, while nothing is missing."""
    for source in trial.sets:
        scored = _alone(trial.result, source)
        if scored is None or scored.missing:
            continue
        for one in scored.measures:
            if one.points is not None and one.points.value < one.maximum:
                yield from _gain(trial, source, one, one.points)


def _alone(result: Result, source: MeasurementSet) -> PiSet | None:
    """The score of a set by itself."""
    return next((one for one in result.pi.sets if len(one.sources) == 1 and one.sources[0] is source), None)


def _gain(
    trial: Trial, source: MeasurementSet, one: PiMeasureScore, points: Computed[int]
) -> Iterator[MeasureGain]:
    inputs = dict(points.inputs)
    if not isinstance(one.value, Proportion) or "numerator" not in inputs:
        return
    reference = trial.case.reference.pi[one.measure_id]
    yield MeasureGain(
        category="pi",
        measure_id=one.measure_id,
        title=reference.title,
        method=source.method,
        points=Decimal(points.value),
        maximum=one.maximum,
        one_case=_tried(trial, source, one, one.value, 1),
        next_level=_tried(trial, source, one, one.value, _patients_for_more(points)),
    )


def _patients_for_more(points: Computed[int]) -> int:
    """The smallest number of further patients that earns another point (M-ACI-07, M-PI-06)."""
    inputs: dict[str, Any] = dict(points.inputs)
    earned = FORMULAS[points.formula].function
    numerator = inputs["numerator"]
    low, high = 1, inputs["denominator"] - numerator
    while low < high:
        middle = (low + high) // 2
        if earned(**{**inputs, "numerator": numerator + middle}) > points.value:
            high = middle
        else:
            low = middle + 1
    return low


def _tried(
    trial: Trial, source: MeasurementSet, one: PiMeasureScore, value: Proportion, patients: int
) -> Step:
    numerator = value.numerator + patients
    changed = Measurement(measure_id=one.measure_id, value=replace(value, numerator=numerator))
    new = with_measurement(source, changed)
    result = trial.with_set(source, new)
    scored = _alone(result, new)
    figures = {m.measure_id: m.points for m in (scored.measures if scored else ())}
    after, before = figures.get(one.measure_id), one.points
    noun = "patient" if patients == 1 else "patients"
    return Step(
        what=f"{patients} more {noun}, {numerator} of {value.denominator}",
        cases=patients,
        measure=gain.of(now=_points(before), changed=_points(after)),
        total=trial.gain(result),
    )


def _points(figure: Computed[int] | None) -> Decimal:
    return Decimal(figure.value if figure is not None else 0)


def missing_interoperability(trial: Trial) -> Iterator[Missing]:
    """What the category lacks, where it has a weight."""
    if not trial.result.weight("pi") or trial.result.pi.rollup is not None:
        return
    if trial.result.pi.is_conflict:
        yield _agreement(trial)
        return
    source = _source(trial)
    scored = trial.result.pi.picked or _empty(trial)
    if scored is not None and scored.missing:
        yield _completion(trial, source, scored)
    elif source is not None:
        yield from _optional(trial, source)


def _source(trial: Trial) -> MeasurementSet | None:
    """The set to add things to."""
    picked = trial.result.pi.picked
    return picked.sources[0] if picked is not None else None


def _new_set(trial: Trial) -> MeasurementSet:
    year = trial.case.rules.year
    category: Category = trial.case.rules.pi_code
    return MeasurementSet(
        category=category,
        method="webAttestation",
        performance_start=date(year, 1, 1),
        performance_end=date(year, 12, 31),
    )


def _empty(trial: Trial) -> PiSet | None:
    """The score of a set without anything, which lacks everything."""
    return trial.with_set(None, _new_set(trial)).pi.picked


def _agreement(trial: Trial) -> Missing:
    """Sets contradict each other: each of them alone, the best one counts (M-PI-09)."""
    conflict = trial.result.pi.conflict
    ids = ", ".join(dict(conflict.inputs)["measures"]) if conflict is not None else ""
    others = [one for one in trial.sets if one.category != trial.case.rules.pi_code]
    mine = [one for one in trial.sets if one.category == trial.case.rules.pi_code]
    gains = [trial.gain(trial.with_sets((*others, one))) for one in mine]
    return Missing(
        category="pi",
        what=f"The sets contradict each other on {ids}.",
        total=max(gains, key=lambda figure: figure.value),
        exactness="up to",
    )


def _completion(trial: Trial, source: MeasurementSet | None, scored: PiSet) -> Missing:
    complete = _completed(trial, source or _new_set(trial), scored)
    return Missing(
        category="pi",
        what=f"Counts 0 until complete; missing: {', '.join(scored.missing)}.",
        total=trial.gain(trial.with_set(source, complete)),
        exactness="at least",
    )


def _completed(trial: Trial, source: MeasurementSet, scored: PiSet) -> MeasurementSet:
    """The set with the least that makes it complete."""
    tables = trial.case.rules.interoperability
    values = {one.measure_id: one.value for one in scored.measures}
    reported = {id_ for id_, value in values.items() if is_reported(value)}
    start, end = scored.period
    if not has_90_days(start=start, end=end, year=trial.case.rules.year):
        new = _new_set(trial)
        start, end = new.performance_start, new.performance_end
    made = replace(source, performance_start=start, performance_end=end)
    if isinstance(tables, Objectives):
        made = replace(made, cehrt_id=_CERTIFIED)
    for id_ in _lacking(tables, reported):
        made = with_measurement(made, Measurement(measure_id=id_, value=_least(trial, id_)))
    return made


def _lacking(tables: BasePerformance | Objectives, reported: set[str]) -> Iterator[str]:
    """Ids that complete a set."""
    yield from (id_ for id_ in tables.attestations if id_ not in reported)
    if isinstance(tables, BasePerformance):
        for requirement in tables.requirements:
            if reported.isdisjoint(requirement.satisfied_by):
                yield requirement.satisfied_by[0]
        return
    if tables.risk_analysis not in reported:
        yield tables.risk_analysis
    for scored in tables.scored:
        if reported.isdisjoint((scored.measure_id, *scored.exclusions)):
            yield scored.measure_id
    slots = [slot for registry in tables.registries for slot in _slots(registry, reported)]
    free = (one.measure_id for one in tables.registries if not any(_slots(one, reported)))
    yield from islice(free, max(0, _REGISTRIES_REQUIRED - len(slots)))


def _slots(registry: PublicRegistry, reported: set[str]) -> list[str]:
    """The ids of a registry that fill a slot (M-PI-05)."""
    if registry.measure_id in reported:
        return [id_ for id_ in (registry.measure_id, registry.multiple) if id_ in reported]
    return [id_ for id_ in registry.exclusions if id_ in reported][:1]


def _least(trial: Trial, measure_id: str) -> bool | Proportion:
    return _SMALLEST if trial.case.reference.pi[measure_id].metric_type == "proportion" else True


def _optional(trial: Trial, source: MeasurementSet) -> Iterator[Missing]:
    """Measures that were not reported and would add something."""
    reported = {one.measure_id for one in source.measurements if is_reported(one.value)}
    for id_ in _earning(trial.case.rules.interoperability):
        reference = trial.case.reference.pi.get(id_)
        if reference is None or id_ in reported:
            continue
        proportion = reference.metric_type == "proportion"
        new = with_measurement(source, Measurement(measure_id=id_, value=_FULL if proportion else True))
        more = trial.gain(trial.with_set(source, new))
        if more.value > 0:
            yield Missing(
                category="pi",
                what=_named(reference),
                total=more,
                exactness="up to" if proportion else "exactly",
            )


def _named(reference: PiMeasure) -> str:
    return f"{reference.measure_id} {reference.title}."


def _earning(tables: BasePerformance | Objectives) -> Iterator[str]:
    """Ids that earn points, in the order of the tables."""
    if isinstance(tables, Objectives):
        for registry in tables.registries:
            yield from (registry.measure_id, registry.multiple)
        yield from (id_ for id_, _ in tables.bonus)
        return
    for alternatives in tables.performance:
        yield from (id_ for way in alternatives.ways for id_, _ in way)
    for kind in tables.registries:
        yield from (*kind.ids, *kind.multiple)
    yield tables.activity_bonus
