"""Improvement activities of a subject (M-IA-01 to M-IA-07)."""

from datetime import date
from typing import Final

from mock_server.reference.mips.years import mips_year
from mock_server.scenario.mips_submissions.plans import Plan
from mock_server.scenario.stream import HashStream
from mock_server.scoring.mips.activities import MAXIMUM, MEDICAL_HOME, points_of_weight
from mock_server.scoring.mips.submission import Measurement, MeasurementSet, Method

_METHODS: Final[tuple[tuple[int, Method], ...]] = (
    (58, "webAttestation"),
    (27, "registry"),
    (15, "electronicHealthRecord"),
)
_LONG: Final = ((60, (1, 1, 12, 31)), (40, (9, 1, 12, 31)))
_SHORT: Final = (10, 15, 12, 31)
"""Fewer than 90 days."""


def activity_sets(draw: HashStream, year: int, plan: Plan, *, doubled: bool) -> list[MeasurementSet]:
    """At most one set; `doubled`: a special status makes each activity count twice."""
    if plan.activities == "none":
        return []
    activities = [one for id_, one in sorted(mips_year(year).ia.items()) if id_ != MEDICAL_HOME]
    wanted = 1 if plan.activities == "part" else MAXIMUM
    done: list[str] = []
    points = 0
    while points < wanted:
        one = draw.pick([activity for activity in activities if activity.measure_id not in done])
        done.append(one.measure_id)
        points += points_of_weight(one.weight or "medium", special_status=doubled)
    first_month, first_day, last_month, last_day = (
        _SHORT if plan.activities == "short" else draw.weighted(_LONG)
    )
    return [
        MeasurementSet(
            category="ia",
            method=draw.weighted(_METHODS),
            measurements=tuple(Measurement(measure_id=id_, value=True) for id_ in sorted(done)),
            performance_start=date(year, first_month, first_day),
            performance_end=date(year, last_month, last_day),
        )
    ]
