"""Practice records in the notation of the specification's examples: `51 36/29` = measure 51, 29 of 36."""

from decimal import Decimal
from typing import Any

from mock_server.reference.pqrs_2011.measures import GROUPS
from mock_server.reference.pqrs_2011.methods import METHODS
from mock_server.scoring.pqrs.engine import score_professional
from mock_server.scoring.pqrs.record import (
    Attempt,
    Contractor,
    EligibleCount,
    GroupCounts,
    MeasureCounts,
    Practice,
    Professional,
    ZeroPerformanceDiscount,
)
from mock_server.scoring.pqrs.result import AttemptResult

DIABETES = "Diabetes Mellitus Measures Group"
PREVENTIVE = "Preventive Care Measures Group"
KIDNEY = "Chronic Kidney Disease Measures Group"
ARTHRITIS = "Rheumatoid Arthritis Measures Group"


def measure(number: str, eligible: int, reported: int, *, claims: bool = False, **more: Any) -> MeasureCounts:
    """Counts of one measure; everything reported was met unless said otherwise."""
    more.setdefault(
        "met", reported - sum(more.get(f"excl_{kind}", 0) for kind in ("1p", "2p", "3p", "other"))
    )
    if claims:
        more.setdefault("no_qdc", eligible - reported - more.get("qdc_errors", 0))
    return MeasureCounts(measure=number, eligible_instances=eligible, reported=reported, **more)


def measures(rows: str, *, claims: bool = False) -> tuple[MeasureCounts, ...]:
    """`"1 120/66, 47 210/105"`: eligible instances / reported."""
    return tuple(
        measure(number, *_pair(counts), claims=claims) for number, counts in map(str.split, rows.split(","))
    )


def group(title: str, counts: str, *members: MeasureCounts, claims: bool = False) -> GroupCounts:
    """`group(DIABETES, "44/31")`: eligible / complete, every member reported as often as the group."""
    eligible, complete = _pair(counts)
    own = members or tuple(measure(n, eligible, complete, claims=claims) for n in GROUPS[title].members)
    return GroupCounts(group=title, eligible=eligible, complete=complete, members=own)


def attempt(
    method: Any, rows: str = "", *extra: MeasureCounts | GroupCounts, source: str | None = None
) -> Attempt:
    """An attempt from rows of measures, and further measures or groups."""
    claims = METHODS[method].mechanism == "claims"
    own = measures(rows, claims=claims) if rows else ()
    return Attempt(
        method=method,
        registry_or_ehr_name=source,
        measures=own + tuple(m for m in extra if isinstance(m, MeasureCounts)),
        groups=tuple(g for g in extra if isinstance(g, GroupCounts)),
    )


def professional(
    *attempts: Attempt,
    npi: str = "1200000010",
    charges: str = "100000.00",
    half: str = "0.00",
    moc: bool | None = None,
    eligible: dict[str, int] | None = None,
) -> Professional:
    """A professional; `eligible` gives what MAV looks up, for both periods."""
    return Professional(
        npi=npi,
        charges_12=Decimal(charges),
        charges_6=Decimal(half),
        moc_requirements_met=moc,
        eligible_by_measure=tuple(
            EligibleCount(months=months, measure=number, count=count)
            for number, count in (eligible or {}).items()
            for months in (12, 6)
        ),
        attempts=attempts,
    )


def practice(
    *professionals: Professional, contractors: dict[str, str] | None = None, **more: Any
) -> Practice:
    """A practice of individuals; contractors as id -> charges."""
    return Practice(
        tin="987654321",
        participation="individual",
        contractors=tuple(Contractor(id=i, charges_12=Decimal(c)) for i, c in (contractors or {}).items()),
        professionals=professionals,
        **more,
    )


def judged(tried: Attempt, switches: ZeroPerformanceDiscount | None = None, **who: Any) -> AttemptResult:
    """The judgement on a single attempt."""
    (result,) = score_professional(professional(tried, **who), switches or ZeroPerformanceDiscount()).attempts
    return result


def row(result: AttemptResult, number: str) -> Any:
    """A measure row of an attempt."""
    return next(m for m in result.measures if m.measure == number)


def _pair(counts: str) -> tuple[int, int]:
    eligible, reported = counts.split("/")
    return int(eligible), int(reported)
