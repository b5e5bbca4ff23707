"""PI of 2019: performance-based points per measure, exclusions, reallocation (mips-scoring section 7)."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple

from mock_server.scoring.computed import Computed
from mock_server.scoring.mips.case import Case
from mock_server.scoring.mips.interoperability.objective_points import (
    REGISTRIES_REQUIRED,
    Maxima,
    PublicHealth,
    incomplete_pi,
    nothing_missing_of,
    objective_points,
    pi_attested,
    pi_bonus_of,
    pi_maxima_of,
    pi_percent,
    pi_period,
    pi_points,
    public_health,
    registry_share_of,
)
from mock_server.scoring.mips.interoperability.record import (
    Part,
    PiMeasureScore,
    PiSet,
    Values,
    is_reported,
    valid_cehrt_id,
)
from mock_server.scoring.mips.interoperability.tables import PUBLIC_HEALTH, Objectives, Scored
from mock_server.scoring.mips.submission import MeasurementSet, Proportion
from mock_server.scoring.mips.tree import Status

_ATTESTATION: Final = "attestation"
_RISK: Final = "protectPatientHealthInformation"


class Evidence(NamedTuple):
    """What one set, or the union of several, says."""

    sources: tuple[MeasurementSet, ...]
    values: Values
    cehrt_id: str | None
    start: date | None
    end: date | None


class Award(NamedTuple):
    """What one measure earns, in which objective, of how much."""

    objective: str
    points: Computed[int]
    maximum: int


def evidence_of(source: MeasurementSet) -> Evidence:
    """A single set."""
    values = {one.measure_id: one.value for one in source.measurements}
    start, end = source.performance_start, source.performance_end
    return Evidence((source,), values, source.cehrt_id, start, end)


def score_objectives(case: Case, tables: Objectives, evidence: Evidence) -> PiSet:
    """Score one set or a union."""
    values = evidence.values
    health = public_health.of(
        reported=tuple(_reported_registries(tables, values)),
        excluded=tuple(_excluded_registries(tables, values)),
        points=tables.registry_points,
    )
    checks = _checks(case, tables, evidence)
    missing = tuple(_missing(tables, values, checks, health.value))
    maxima = pi_maxima_of(
        public_health_excluded=health.value.reallocated,
        prescribing_excluded=_is_excluded(tables.prescribing, values),
        receiving_excluded=_is_excluded(tables.receiving, values),
        sending_excluded=_is_excluded(tables.sending, values),
    )
    awards = dict(_awards(tables, values, health.value, maxima.value))
    if missing:
        nothing = incomplete_pi.of(missing=missing)
        awards = {id_: award._replace(points=nothing) for id_, award in awards.items()}
    parts = tuple(_parts(tables, awards))
    return PiSet(
        sources=evidence.sources,
        measures=tuple(_measure(tables, id_, evidence, awards.get(id_)) for id_ in sorted(values)),
        parts=parts,
        missing=missing,
        percent=pi_percent.of(
            complete=not missing, objectives=tuple((part.name, part.points.value) for part in parts)
        ),
        cehrt_id=evidence.cehrt_id,
        period=(evidence.start, evidence.end),
        checks=(*checks, nothing_missing_of(missing=missing)),
        steps=(health, maxima),
        warnings=tuple(_warnings(tables, values)),
    )


def _reported_registries(tables: Objectives, values: Values) -> Iterator[str]:
    """Each yes in order, a further registry of the kind only next to its own yes (M-PI-05)."""
    for registry in tables.registries:
        if values.get(registry.measure_id) is True:
            yield registry.measure_id
            if values.get(registry.multiple) is True:
                yield registry.multiple


def _excluded_registries(tables: Objectives, values: Values) -> Iterator[str]:
    """Registries with a true exclusion and no yes."""
    for registry in tables.registries:
        if values.get(registry.measure_id) is not True and _any_true(registry.exclusions, values):
            yield registry.measure_id


def _any_true(ids: Iterable[str], values: Values) -> bool:
    return any(values.get(id_) is True for id_ in ids)


def _is_excluded(scored: Scored, values: Values) -> bool:
    """A true exclusion counts where the measure itself was not performed (M-PI-03)."""
    return not is_reported(values.get(scored.measure_id)) and _any_true(scored.exclusions, values)


def _checks(case: Case, tables: Objectives, evidence: Evidence) -> tuple[Computed[bool], ...]:
    required = (*tables.attestations, tables.risk_analysis)
    return (
        valid_cehrt_id.of(cehrt_id=evidence.cehrt_id),
        pi_period.of(start=evidence.start, end=evidence.end, year=case.rules.year),
        pi_attested.of(
            required=required, true=tuple(id_ for id_ in required if evidence.values.get(id_) is True)
        ),
    )


def _missing(
    tables: Objectives, values: Values, checks: tuple[Computed[bool], ...], health: PublicHealth
) -> Iterator[str]:
    """Everything that is missing, in the order of the form (M-PI-01)."""
    cehrt, period, _ = checks
    if not period.value:
        yield "a performance period of 90 days"
    if not cehrt.value:
        yield "a CMS EHR certification ID of the 2015 edition"
    for id_ in (*tables.attestations, tables.risk_analysis):
        if values.get(id_) is not True:
            yield id_
    for scored in tables.scored:
        if not (is_reported(values.get(scored.measure_id)) or _is_excluded(scored, values)):
            yield " or ".join((scored.measure_id, *scored.exclusions))
    if health.slots < REGISTRIES_REQUIRED:
        yield "two public health registries or exclusions"


def _awards(
    tables: Objectives, values: Values, health: PublicHealth, maxima: Maxima
) -> Iterator[tuple[str, Award]]:
    """(measure id, award) of every submitted measure that can earn points."""
    for scored, maximum in zip(tables.scored, maxima[:4], strict=True):
        value = values.get(scored.measure_id)
        if isinstance(value, Proportion):
            points = pi_points.of(numerator=value.numerator, denominator=value.denominator, maximum=maximum)
            yield scored.measure_id, Award(scored.objective, points, maximum)
    for registry in tables.registries:
        for id_ in (registry.measure_id, registry.multiple):
            if id_ in values:
                share = registry_share_of(shares=health.points, measure_id=id_)
                yield id_, Award(PUBLIC_HEALTH, share, maxima.public_health)
    for id_, bonus in tables.bonus:
        if id_ in values:
            earned = pi_bonus_of(reported=is_reported(values[id_]), bonus=bonus)
            yield id_, Award(tables.prescribing.objective, earned, bonus)


def _parts(tables: Objectives, awards: dict[str, Award]) -> Iterator[Part]:
    """Points per objective, the bonus measures among them."""
    measures: dict[str, list[tuple[str, int]]] = {one.objective: [] for one in tables.scored}
    measures[PUBLIC_HEALTH] = []
    for id_, award in awards.items():
        measures[award.objective].append((id_, award.points.value))
    for name, earned in measures.items():
        yield Part(name=name, points=objective_points.of(measures=tuple(earned)))


def _measure(tables: Objectives, id_: str, evidence: Evidence, award: Award | None) -> PiMeasureScore:
    value = evidence.values[id_]
    if award is not None:
        return PiMeasureScore(
            measure_id=id_,
            value=value,
            part=award.objective,
            points=award.points,
            maximum=award.maximum,
            status="PICKED" if award.points.value else "SKIPPED",
        )
    status: Status = "PICKED" if is_reported(value) else "SKIPPED"
    return PiMeasureScore(measure_id=id_, value=value, part=_objective(tables, id_), status=status)


def _objective(tables: Objectives, id_: str) -> str:
    """Where an attestation or exclusion belongs."""
    if id_ == tables.risk_analysis:
        return _RISK
    if id_ in tables.attestations or id_ == tables.optional_attestation:
        return _ATTESTATION
    scored = (one.objective for one in tables.scored if id_ == one.measure_id or id_ in one.exclusions)
    return next(scored, PUBLIC_HEALTH)


def _warnings(tables: Objectives, values: Values) -> Iterator[str]:
    """A measure was performed and excluded at once: the exclusion is ignored (M-PI-03)."""
    for id_, exclusions in tables.excluding:
        if is_reported(values.get(id_)):
            for exclusion in exclusions:
                if values.get(exclusion) is True:
                    yield f"{id_} was reported, so its exclusion {exclusion} is ignored."
