"""The measurements of a set (API-VAL-29 to -33, API-VAL-39): which measures may stand there, each once."""

from dataclasses import dataclass
from typing import Final

from mock_server.intake.qpp_json.forms import BAD
from mock_server.intake.qpp_json.places import Place
from mock_server.intake.qpp_json.problems import MOST_PROBLEMS, NOTHING, Problem, Problems, describe, kind
from mock_server.intake.qpp_json.values import read_value
from mock_server.reference.mips.measures import CostMeasure, Measure, QualityMeasure
from mock_server.reference.mips.years import MipsYear
from mock_server.scoring.mips.submission import Measurement

_EXEMPT_METHODS: Final = frozenset(("cmsWebInterface", "webAttestation"))
"""Methods that take measures whatever the measure says (API-VAL-32)."""
_FROM_CLAIMS_OR_SURVEY: Final = frozenset(("cahps", "costScore"))
_ID: Final = "a measureId of qpp-measures-data as a text"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rules on a measurement need of the set and the submission; `None` = that was bad."""

    reference: MipsYear | None
    category: str | None
    method: str | None


def read_measurements(
    value: object, around: Surroundings, place: Place, problems: Problems
) -> tuple[Measurement, ...]:
    """The good measurements of the array at `place`, in its order."""
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        problems.append(Problem("API-VAL-29", place, _not_objects(value), "an array of objects"))
    if not isinstance(value, list):
        return ()
    seen: set[str] = set()
    good: list[Measurement] = []
    for j, item in enumerate(value):
        if isinstance(item, dict):
            measurement = _read_measurement(item, around, seen, place.at(j), problems)
            if measurement is not None:
                good.append(measurement)
        if len(problems) >= MOST_PROBLEMS:
            break
    return tuple(good)


def _not_objects(value: object) -> str:
    if not isinstance(value, list):
        return describe(value)
    odd = [f"{kind(item)} at [{j}]" for j, item in enumerate(value) if not isinstance(item, dict)]
    return ", ".join(odd[:5]) + (", ..." if len(odd) > 5 else "")


def _read_measurement(
    item: dict[str, object], around: Surroundings, seen: set[str], place: Place, problems: Problems
) -> Measurement | None:
    before = len(problems)
    measure_id = item.get("measureId")
    if not isinstance(measure_id, str):
        found = NOTHING if measure_id is None else describe(measure_id)
        problems.append(Problem("API-VAL-30", place.at("measureId"), found, _ID))
        return None
    if measure_id in seen:
        found = f"{describe(measure_id)} again"
        problems.append(Problem("API-VAL-33", place.at("measureId"), found, "each measure once in a set"))
    seen.add(measure_id)
    if around.reference is None:
        return None
    measure = around.reference.measures.get(measure_id)
    if measure is None:
        problems.append(_unknown(measure_id, around.reference.year, place))
        return None
    if not _may_stand_here(measure, around, place, problems):
        return None
    value = read_value(measure, around.reference.year, item.get("value"), place.at("value"), problems)
    if value is BAD or len(problems) > before:
        return None
    return Measurement(measure_id=measure_id, value=value)


def _unknown(measure_id: str, year: int, place: Place) -> Problem:
    found = f"{describe(measure_id)}, which does not exist in {year}"
    return Problem("API-VAL-30", place.at("measureId"), found, _ID)


def _may_stand_here(measure: Measure, around: Surroundings, place: Place, problems: Problems) -> bool:
    """Whether its value is worth reading: false for a measure that nobody submits."""
    place = place.at("measureId")
    if isinstance(measure, CostMeasure) or measure.metric_type in _FROM_CLAIMS_OR_SURVEY:
        found = f"{measure.measure_id}, which comes from claims or a survey"
        problems.append(Problem("API-VAL-39", place, found, "a measure that can be submitted"))
        return False
    if around.category is not None and measure.category != around.category:
        found = f"{measure.measure_id} of category {measure.category}"
        problems.append(
            Problem("API-VAL-31", place, found, f"a measure of the set's category, {around.category}")
        )
    elif (
        isinstance(measure, QualityMeasure)
        and around.method is not None
        and around.method not in _EXEMPT_METHODS
        and around.method not in measure.submission_methods
    ):
        found = f"{measure.measure_id}, which comes by {', '.join(measure.submission_methods) or 'no method'}"
        problems.append(
            Problem("API-VAL-32", place, found, f"a measure that comes by the set's method, {around.method}")
        )
    return True
