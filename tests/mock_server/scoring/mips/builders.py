"""Submissions in the notation of the specification's examples: `236 150/50` = measure 236, met / not met."""

from datetime import date
from decimal import Decimal
from typing import Any

from mock_server.reference.mips.years import mips_year
from mock_server.scoring.mips.engine import score
from mock_server.scoring.mips.nodes.quality_measure import AboutQualityMeasure
from mock_server.scoring.mips.profile import Mode, Overrides, Profile
from mock_server.scoring.mips.quality.measurement_set import QualitySet
from mock_server.scoring.mips.quality.picking import Entry
from mock_server.scoring.mips.result import ScoreTree
from mock_server.scoring.mips.submission import (
    Category,
    Counts,
    EntityType,
    Measurement,
    MeasurementSet,
    Method,
    MultiRate,
    NonProportion,
    Proportion,
    SingleRate,
    Stratum,
    Submission,
    Value,
)
from mock_server.scoring.mips.tree import Node, walk

VALID_CEHRT = "0015EABCDEFGHIJ"


def counts(met: int, not_met: int, population: int | None = None, exceptions: int = 0) -> Counts:
    """Counts; the population is their sum unless given."""
    return Counts(
        performance_met=met,
        performance_not_met=not_met,
        eligible_population_exception=exceptions,
        eligible_population=met + not_met + exceptions if population is None else population,
    )


def value_of(year: int, measure_id: str, these: Counts, *, end_to_end: bool = False) -> Any:
    """A value of the measure's own kind; every stratum gets the same counts."""
    measure = mips_year(year).quality[measure_id]
    rate = None
    if measure.metric_type.startswith("registry"):
        judged = these.performance_met + these.performance_not_met
        rate = Decimal(100 * these.performance_met) / judged if judged else None
    if measure.is_multi_rate:
        strata = tuple(Stratum(name=name, counts=these) for name in measure.stratum_names)
        return MultiRate(strata=strata, is_end_to_end_reported=end_to_end, performance_rate=rate)
    if measure.metric_type == "nonProportion":
        return NonProportion(
            numerator=Decimal(these.performance_met),
            denominator=Decimal(these.eligible_population),
            observation_instances=these.eligible_population,
            is_end_to_end_reported=end_to_end,
        )
    return SingleRate(counts=these, is_end_to_end_reported=end_to_end, performance_rate=rate)


def rate_of(percent: str) -> Counts:
    """Counts that give exactly this percent of 10,000 cases."""
    met = int(Decimal(percent) * 100)
    return counts(met, 10_000 - met)


def measurement(year: int, row: str, *, end_to_end: bool = False) -> Measurement:
    """`236 150/50`, `236 70/30 of 300` or `110 82.31` (a percent)."""
    measure_id, numbers, *rest = row.split()
    if "/" in numbers:
        met, not_met = map(int, numbers.split("/"))
        these = counts(met, not_met, int(rest[1]) if rest else None)
    else:
        these = rate_of(numbers)
    return Measurement(measure_id=measure_id, value=value_of(year, measure_id, these, end_to_end=end_to_end))


def quality(
    year: int, method: Method, rows: str = "", *, end_to_end: bool = False, **more: Any
) -> MeasurementSet:
    """A quality set from comma separated rows."""
    extra = more.pop("extra", ())
    made = tuple(measurement(year, row, end_to_end=end_to_end) for row in rows.split(",") if row.strip())
    return measurement_set(year, "quality", method, *made, *extra, **more)


def measurement_set(
    year: int, category: Category, method: Method, *measurements: Measurement, **more: Any
) -> MeasurementSet:
    """A set over the whole year unless told otherwise."""
    more.setdefault("performance_start", date(year, 1, 1))
    more.setdefault("performance_end", date(year, 12, 31))
    return MeasurementSet(category=category, method=method, measurements=measurements, **more)


def activities(year: int, ids: str, method: Method = "webAttestation", **more: Any) -> MeasurementSet:
    """Activities that were done."""
    done = (Measurement(measure_id=id_, value=True) for id_ in ids.split())
    return measurement_set(year, "ia", method, *done, **more)


def interoperability(year: int, rows: str, method: Method = "webAttestation", **more: Any) -> MeasurementSet:
    """`EP_1 88/120, PHCDRR_2 yes, LVPP_1 no` with the year's prefix left out; attestations made.

    The attestations and the risk analysis are true unless a row says otherwise; numbers are
    numerator/denominator.
    """
    prefix: str = "ACI_" if year == 2017 else "PI_"
    values: dict[str, Value] = {}
    if more.pop("attested", True):
        risk = "TRANS_PPHI_1" if "TRANS_" in rows and year < 2019 else "PPHI_1"
        values = {f"{prefix}{name}": True for name in ("INFBLO_1", "ONCDIR_1", risk)}
    for row in filter(None, map(str.strip, rows.split(","))):
        name, text = row.split()
        if "/" in text:
            numerator, denominator = map(int, text.split("/"))
            values[prefix + name] = Proportion(numerator=numerator, denominator=denominator)
        else:
            values[prefix + name] = text == "yes"
    if year == 2019:
        more.setdefault("cehrt_id", VALID_CEHRT)
    return measurement_set(
        year,
        "aci" if year == 2017 else "pi",
        method,
        *(Measurement(measure_id=id_, value=value) for id_, value in values.items()),
        **more,
    )


def submission(year: int, *sets: MeasurementSet, entity_type: EntityType = "individual") -> Submission:
    """A submission of one entity."""
    return Submission(performance_year=year, entity_type=entity_type, measurement_sets=sets)


def scored(
    year: int,
    *sets: MeasurementSet,
    mode: Mode = "final",
    entity_type: EntityType = "individual",
    overrides: Overrides | None = None,
    **profile: Any,
) -> ScoreTree:
    """The score, in final mode unless told otherwise; further keywords are fields of the profile."""
    made = submission(year, *sets, entity_type=entity_type)
    return score(made, Profile(**profile), mode, overrides or Overrides())


def picked_set(tree: ScoreTree) -> QualitySet:
    """The quality set that counts."""
    assert tree.result.quality.picked is not None
    return tree.result.quality.picked


def entry(tree: ScoreTree, measure_id: str) -> Entry:
    """The measure in the set that counts."""
    return next(e for e in picked_set(tree).entries if e.score.measure_id == measure_id)


def alone(year: int, method: Method, row: str, *, end_to_end: bool = False, **more: Any) -> Entry:
    """A single measure in a set of its own."""
    tree = scored(year, quality(year, method, row, end_to_end=end_to_end), **more)
    return picked_set(tree).entries[0]


def points(found: Entry) -> Any:
    """Achievement points, comparable with whole numbers too."""
    return found.score.points.value


def place(found: Entry) -> tuple[Any, Any, Any]:
    """(decile, partial, points)."""
    evidence = found.score.evidence
    assert evidence is not None
    assert evidence.decile is not None
    return evidence.decile.value.decile, evidence.decile.value.partial, points(found)


def class_of(found: Entry) -> str | None:
    """The measure class."""
    evidence = found.score.evidence
    assert evidence is not None
    assert evidence.measure_class is not None
    return evidence.measure_class.value.label


def node(tree: ScoreTree, name: str) -> Node:
    """The first node of that name with a value, from the top."""
    return next(one for one in walk(tree.root) if one.name == name and one.value is not None)


def facts(tree: ScoreTree, measure_id: str) -> dict[str, Any]:
    """Metadata of a quality measure."""
    found = next(
        one
        for one in walk(tree.root)
        if one.name == measure_id and isinstance(one.about, AboutQualityMeasure)
    )
    return found.metadata


def dec(text: str) -> Decimal:
    """A decimal."""
    return Decimal(text)
