"""ACI of 2017 and PI of 2018: base score, performance score, bonuses (mips-scoring section 6)."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from mock_server.scoring.computed import Computed
from mock_server.scoring.mips.case import Case
from mock_server.scoring.mips.interoperability.base_points import (
    aci_percent,
    base_met,
    edition_bonus,
    further_registry_of,
    incomplete_base,
    part_points,
    performance_part_points,
    performance_points,
    reported_points_of,
    substituted,
)
from mock_server.scoring.mips.interoperability.record import (
    Part,
    PiMeasureScore,
    PiSet,
    Values,
    attested,
    has_90_days,
    is_reported,
    valid_cehrt_id,
)
from mock_server.scoring.mips.interoperability.tables import (
    ACTIVITY_BONUS,
    BASE_POINTS,
    REGISTRY_BONUS,
    Alternatives,
    BasePerformance,
    Registry,
)
from mock_server.scoring.mips.submission import MeasurementSet, Proportion, Value

BASE: Final = "base"
PERFORMANCE: Final = "performance"
BONUS: Final = "bonus"
CEHRT_BONUS: Final = "cehrt_bonus"


class Award(NamedTuple):
    """What one measure earns, in which part, of how much."""

    part: str
    points: Computed[int]
    maximum: int


def score_base_performance(case: Case, tables: BasePerformance, source: MeasurementSet) -> PiSet:
    """Score one set; sets are never merged in these years (M-ACI-13)."""
    values: Values = {one.measure_id: one.value for one in source.measurements}
    gaps = tuple(
        one.name
        for one in tables.requirements
        if not any(is_reported(values.get(id_)) for id_ in one.satisfied_by)
    )
    checks = (
        has_90_days.of(start=source.performance_start, end=source.performance_end, year=case.rules.year),
        attested.of(
            required=tables.attestations,
            true=tuple(id_ for id_ in tables.attestations if values.get(id_) is True),
        ),
        base_met.of(gaps=gaps),
    )
    missing = _missing(checks, gaps)
    awards = dict(_awards(tables, values))
    if missing:
        nothing = incomplete_base.of(missing=missing)
        awards = {id_: award._replace(points=nothing) for id_, award in awards.items()}
    parts = _parts(tables, source, values, awards, complete=not missing)
    return PiSet(
        sources=(source,),
        measures=tuple(_measure(tables, id_, values[id_], awards.get(id_)) for id_ in sorted(values)),
        parts=parts,
        missing=missing,
        percent=aci_percent.of(
            complete=not missing, parts=tuple((part.name, part.points.value) for part in parts)
        ),
        cehrt_id=source.cehrt_id,
        period=(source.performance_start, source.performance_end),
        checks=checks,
        warnings=_warnings(case, tables, values),
    )


def _missing(checks: tuple[Computed[bool], ...], gaps: tuple[str, ...]) -> tuple[str, ...]:
    period, attestation, _ = checks
    return (
        *(() if period.value else ("a performance period of 90 days",)),
        *(() if attestation.value else ("the required attestations",)),
        *gaps,
    )


def _awards(tables: BasePerformance, values: Values) -> Iterator[tuple[str, Award]]:
    """(measure id, award) of everything submitted that can earn points; a later award wins."""
    for alternatives in tables.performance:
        yield from _performance(alternatives, values)
    engaged = [id_ for registry in tables.registries for id_ in _engagements(registry, values)]
    for registry in tables.registries:
        first = tables.first_registry_points
        own = (PERFORMANCE, first) if first else (BONUS, REGISTRY_BONUS)
        for ids, (part, maximum) in ((registry.ids, own), (registry.multiple, (BONUS, REGISTRY_BONUS))):
            for id_ in ids:
                if id_ in values:
                    yield id_, Award(part, further_registry_of(weight=maximum), maximum)
    if engaged and (first := tables.first_registry_points):
        yield engaged[0], Award(PERFORMANCE, reported_points_of(reported=True, weight=first), first)
    if len(engaged) >= tables.registries_for_bonus:
        earned = reported_points_of(reported=True, weight=REGISTRY_BONUS)
        yield engaged[tables.registries_for_bonus - 1], Award(BONUS, earned, REGISTRY_BONUS)
    if tables.activity_bonus in values:
        done = reported_points_of(reported=values[tables.activity_bonus] is True, weight=ACTIVITY_BONUS)
        yield tables.activity_bonus, Award(CEHRT_BONUS, done, ACTIVITY_BONUS)


def _performance(alternatives: Alternatives, values: Values) -> Iterator[tuple[str, Award]]:
    """Awards of measures that stand for each other: the better way counts (M-ACI-05)."""
    part = BASE if alternatives.in_base else PERFORMANCE
    ways = [
        {id_: (_earned(values[id_], weight), weight) for id_, weight in way if id_ in values}
        for way in alternatives.ways
    ]
    best = max(ways, key=lambda way: sum(figure.value for figure, _ in way.values()))
    for way in ways:
        for id_, (figure, weight) in way.items():
            lost = way is not best and figure.value > 0
            yield id_, Award(part, substituted.of(better=tuple(best)) if lost else figure, weight)


def _earned(value: Value, weight: int) -> Computed[int]:
    if isinstance(value, Proportion):
        return performance_points.of(numerator=value.numerator, denominator=value.denominator, weight=weight)
    return reported_points_of(reported=value is True, weight=weight)


def _engagements(registry: Registry, values: Values) -> list[str]:
    """The ids under which a registry was engaged: itself once, then further ones of its kind (M-ACI-09)."""
    own = [id_ for id_ in registry.ids if values.get(id_) is True][:1]
    further = [id_ for id_ in registry.multiple if values.get(id_) is True]
    return [*own, *further] if own else []


def _measure(tables: BasePerformance, id_: str, value: Value, award: Award | None) -> PiMeasureScore:
    """The node of one measure; without award it only fulfils or explains (attestation, exclusion)."""
    if award is None:
        part = _part_name(tables, BASE)
        return PiMeasureScore(
            measure_id=id_, value=value, part=part, status="PICKED" if is_reported(value) else "SKIPPED"
        )
    return PiMeasureScore(
        measure_id=id_,
        value=value,
        part=_part_name(tables, award.part),
        points=award.points,
        maximum=award.maximum,
        status="PICKED" if award.points.value else "SKIPPED",
    )


def _part_name(tables: BasePerformance, part: str) -> str:
    return part if part == CEHRT_BONUS else f"{tables.part_prefix}_{part}"


def _parts(
    tables: BasePerformance,
    source: MeasurementSet,
    values: Values,
    awards: Mapping[str, Award],
    *,
    complete: bool,
) -> tuple[Part, ...]:
    """The four groups of M-ACI-14."""

    def measures(part: str) -> tuple[tuple[str, int], ...]:
        return tuple((id_, a.points.value) for id_, a in sorted(awards.items()) if a.part == part)

    edition = edition_bonus.of(
        bonus=tables.edition_bonus if complete else 0,
        edition_2015=valid_cehrt_id(cehrt_id=source.cehrt_id),
        has_transition=any(id_.startswith(f"{tables.prefix}TRANS") for id_ in values),
    )
    base = part_points.of(measures=measures(BASE), constant=BASE_POINTS if complete else 0)
    in_base = sum(points for _, points in measures(BASE))
    performance = performance_part_points.of(measures=measures(PERFORMANCE), in_base=in_base)
    return (
        Part(name=_part_name(tables, BASE), points=base),
        Part(name=_part_name(tables, PERFORMANCE), points=performance),
        Part(
            name=_part_name(tables, BONUS),
            points=part_points.of(measures=measures(BONUS), constant=edition.value),
            is_bonus=True,
            constant=edition,
        ),
        Part(
            name=CEHRT_BONUS, points=part_points.of(measures=measures(CEHRT_BONUS), constant=0), is_bonus=True
        ),
    )


def _warnings(case: Case, tables: BasePerformance, values: Values) -> tuple[str, ...]:
    """The activity bonus is credited without an activity that could have earned it (M-ACI-11)."""
    if values.get(tables.activity_bonus) is not True:
        return ()
    attested_ids = {
        one.measure_id
        for source in case.submission.measurement_sets
        if source.category == "ia"
        for one in source.measurements
        if one.value is True
    }
    activities = case.reference.ia
    if any(id_ in activities and activities[id_].cehrt_eligible for id_ in attested_ids):
        return ()
    return (
        f"{tables.activity_bonus} was credited, but no attested activity of the year is one that is done "
        "with certified technology.",
    )
