"""Quality sets: measures of a specialty by one or more methods, QCDR measures, the Web Interface."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Final

from mock_server.reference.mips.measures import QualityMeasure
from mock_server.reference.mips.years import mips_year
from mock_server.scenario.mips_submissions.counts import quality_value, ranked_value
from mock_server.scenario.mips_submissions.plans import Plan, QualitySource
from mock_server.scenario.stream import HashStream
from mock_server.scoring.mips.submission import Measurement, MeasurementSet, Method
from mock_server.scoring.mips.years import RULES

_NEW_NAMES: Final = {
    "generalPracticeFamilyMedicine": "familyMedicine",
    "generalOncology": "oncology",
    "physicalMedicine": "physicalTherapyOccupationalTherapy",
}
"""Specialties that are called otherwise in 2019."""
_RENAMED_FROM: Final = 2019
_FALLBACK: Final = "internalMedicine"
_UNSUITED: Final = frozenset(("cahps", "costScore", "nonProportion"))
_UNSUITED_ALGORITHM: Final = "sumNumerators"
_WEB_INTERFACE: Final = "cmsWebInterface"
_FEWEST_OF_QCDR: Final = 8
"""Measures that a QCDR must have to be drawn."""
_END_TO_END: Final = {"registry": 30, "electronicHealthRecord": 70}
"""Percent of the measurements of a method that are reported end to end."""


def quality_sets(draw: HashStream, year: int, plan: Plan) -> list[MeasurementSet]:
    """The sets of the plan's sources; the second source brings half as many measures."""
    sets = []
    for place, source in enumerate(plan.quality):
        if source.method == _WEB_INTERFACE:
            sets.append(web_interface_set(draw, year, plan.talent))
            continue
        wanted = plan.measures if place == 0 else max(1, plan.measures // 2)
        sets.append(_set(draw, year, source, plan, wanted))
    return sets


def _set(draw: HashStream, year: int, source: QualitySource, plan: Plan, wanted: int) -> MeasurementSet:
    pool = _qcdr(year, draw) if source.qcdr else candidates(year, plan.specialty, source.method)
    chosen = _chosen(draw, pool, wanted, high_priority=not plan.no_high_priority)
    benchmarks = mips_year(year).benchmarks
    measurements = tuple(
        Measurement(
            measure_id=measure.measure_id,
            value=quality_value(
                draw,
                measure,
                benchmarks.get((measure.measure_id, source.method)),
                plan.talent,
                end_to_end=draw.chance(_END_TO_END.get(source.method, 0)),
            ),
        )
        for measure in chosen
    )
    return MeasurementSet(
        category="quality",
        method=source.method,
        measurements=measurements,
        performance_start=date(year, 1, 1),
        performance_end=date(year, 12, 31),
        program_name=source.program,
        practice_id=source.practice,
        submitter_id=source.submitter,
    )


def web_interface_set(draw: HashStream, year: int, talent: int) -> MeasurementSet:
    """All Web Interface measures of the year (M-WI-02)."""
    reference = mips_year(year)
    measurements = tuple(
        Measurement(
            measure_id=measure_id,
            value=ranked_value(
                draw,
                reference.quality[measure_id],
                reference.benchmarks.get((measure_id, _WEB_INTERFACE)),
                talent,
            ),
        )
        for measure_id in sorted(RULES[year].quality.wi_measures)
    )
    return MeasurementSet(
        category="quality",
        method=_WEB_INTERFACE,
        measurements=measurements,
        performance_start=date(year, 1, 1),
        performance_end=date(year, 12, 31),
    )


@cache
def candidates(year: int, specialty: str, method: Method) -> tuple[QualityMeasure, ...]:
    """The measures that a specialty can report by a method, by id."""
    name = _NEW_NAMES.get(specialty, specialty) if year >= _RENAMED_FROM else specialty
    found = [m for m in mips_year(year).quality.values() if name in m.measure_sets and _suits(m, method)]
    if not found:
        found = [m for m in mips_year(year).quality.values() if _FALLBACK in m.measure_sets]
        found = [m for m in found if _suits(m, method)]
    return tuple(sorted(found, key=lambda measure: measure.measure_id))


def _suits(measure: QualityMeasure, method: Method) -> bool:
    return (
        method in measure.submission_methods
        and measure.metric_type not in _UNSUITED
        and measure.overall_algorithm != _UNSUITED_ALGORITHM
    )


def _qcdr(year: int, draw: HashStream) -> tuple[QualityMeasure, ...]:
    """The measures of one QCDR."""
    return draw.pick(_registries(year))


@cache
def _registries(year: int) -> tuple[tuple[QualityMeasure, ...], ...]:
    """QCDR measures by the letters that their ids begin with."""
    by_name: defaultdict[str, list[QualityMeasure]] = defaultdict(list)
    for measure in mips_year(year).quality.values():
        if measure.is_registry_measure and _suits(measure, "registry"):
            by_name[measure.measure_id.rstrip("0123456789")].append(measure)
    return tuple(
        tuple(sorted(by_name[name], key=lambda measure: measure.measure_id))
        for name in sorted(by_name)
        if len(by_name[name]) >= _FEWEST_OF_QCDR
    )


def _chosen(
    draw: HashStream, pool: Sequence[QualityMeasure], wanted: int, *, high_priority: bool
) -> list[QualityMeasure]:
    """Different measures of the pool, one of them of high priority or none, as far as the pool allows."""
    if not high_priority:
        pool = [measure for measure in pool if not measure.is_high_priority] or pool
        return draw.sample(pool, wanted)
    first = draw.sample([measure for measure in pool if measure.is_high_priority], 1)
    return first + draw.sample([measure for measure in pool if measure not in first], wanted - len(first))
