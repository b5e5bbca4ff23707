"""PI of 2019 from several sources: they must agree; then each set and their union are scored (M-PI-09)."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from mock_server.scoring.computed import formula
from mock_server.scoring.mips.interoperability.objectives import Evidence
from mock_server.scoring.mips.interoperability.record import Values, has_90_days, is_reported, valid_cehrt_id
from mock_server.scoring.mips.interoperability.tables import Objectives
from mock_server.scoring.mips.submission import Value


@formula(
    "mips.pi_conflict",
    "measures with different values in two sets, and measures performed in one and excluded in another",
    "M-PI-09",
    "M-PI-03",
)
def pi_conflict(*, measures: tuple[str, ...]) -> bool:
    """Whether the sets contradict each other, which costs the whole category."""
    return bool(measures)


def contradictions(tables: Objectives, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Ids of the measures that the sets disagree on, sorted."""
    found = {
        id_
        for one, other in combinations(evidence, 2)
        for id_ in _disagreements(tables, one.values, other.values)
    }
    return tuple(sorted(found))


def _disagreements(tables: Objectives, one: Values, other: Values) -> Iterator[str]:
    for id_ in one.keys() & other.keys():
        if id_ != tables.optional_attestation and one[id_] != other[id_]:
            yield id_
    for id_, exclusions in tables.excluding:
        for performed, excluded in ((one, other), (other, one)):
            if is_reported(performed.get(id_)) and any(excluded.get(x) is True for x in exclusions):
                yield id_


def union(evidence: Sequence[Evidence], year: int) -> Evidence:
    """All that the sets say together; a valid certification id and a full period from whichever has one."""
    values: dict[str, Value] = {}
    for one in evidence:
        for id_, value in one.values.items():
            if not is_reported(values.get(id_)):
                values[id_] = value
    ids = (one.cehrt_id for one in evidence if valid_cehrt_id(cehrt_id=one.cehrt_id))
    cehrt_id = next(ids, evidence[0].cehrt_id)
    periods = (one for one in evidence if has_90_days(start=one.start, end=one.end, year=year))
    period = next(periods, evidence[0])
    sources = tuple(source for one in evidence for source in one.sources)
    return Evidence(sources, values, cehrt_id, period.start, period.end)
