"""Measurement sets (API-VAL-10, API-VAL-20 to -28): source, category, period, and what is in them."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from mock_server.intake.qpp_json.forms import (
    BAD,
    Field,
    Scalar,
    calendar_date,
    matching,
    one_of,
    read_fields,
)
from mock_server.intake.qpp_json.measurements import Surroundings, read_measurements
from mock_server.intake.qpp_json.places import Place
from mock_server.intake.qpp_json.problems import MOST_PROBLEMS, NOTHING, Problem, Problems, describe, kind
from mock_server.reference.mips.years import MipsYear
from mock_server.scoring.mips.submission import MeasurementSet

METHODS: Final = (
    "registry",
    "electronicHealthRecord",
    "claims",
    "cmsWebInterface",
    "certifiedSurveyVendor",
    "administrativeClaims",
    "webAttestation",
)
INTEROPERABILITY: Final[Mapping[int, str]] = MappingProxyType({2017: "aci", 2018: "pi", 2019: "pi"})
"""Category code of the year (API-VAL-21)."""
SPECIALTIES: Final = frozenset(
    (
        "allergyImmunology",
        "anesthesiology",
        "cardiology",
        "dermatology",
        "diagnosticRadiology",
        "electrophysiologyCardiacSpecialist",
        "emergencyMedicine",
        "gastroenterology",
        "generalOncology",
        "generalPracticeFamilyMedicine",
        "generalSurgery",
        "hospitalists",
        "internalMedicine",
        "interventionalRadiology",
        "mentalBehavioralHealth",
        "neurology",
        "obstetricsGynecology",
        "ophthalmology",
        "orthopedicSurgery",
        "otolaryngology",
        "pathology",
        "pediatrics",
        "physicalMedicine",
        "plasticSurgery",
        "preventiveMedicine",
        "radiationOncology",
        "rheumatology",
        "thoracicSurgery",
        "urology",
        "vascularSurgery",
    )
)
"""Specialty sets of every year (API-VAL-27); a year's measures may name more."""
_PROGRAMS: Final = MappingProxyType({"mips": "mips", "cpcplus": "cpcPlus"})


def _accept_program(value: object) -> Any:
    return _PROGRAMS.get(value.lower(), BAD) if isinstance(value, str) else BAD


def _accept_text(value: object) -> Any:
    return value if isinstance(value, str) and value.isprintable() else BAD


PROGRAM: Final = Field("programName", Scalar("API-VAL-9", "mips, cpcPlus", _accept_program))
_DAY: Final = calendar_date("API-VAL-23")
_FIELDS: Final = (
    Field("category", one_of("API-VAL-20", "quality", "ia", "aci", "pi"), required=True),
    Field("submissionMethod", one_of("API-VAL-22", *METHODS), required=True),
    PROGRAM,
    Field("practiceId", Scalar("API-VAL-28", "a printable text", _accept_text)),
    Field("measureSet", Scalar("API-VAL-27", "the name of a specialty set", _accept_text)),
    Field("performanceStart", _DAY, required=True),
    Field("performanceEnd", _DAY, required=True),
)
_CERTIFICATION: Final = Field("cehrtId", matching("API-VAL-26", "15 letters and digits", r"[0-9A-Za-z]{15}"))


def read_sets(
    value: object, reference: MipsYear | None, program: str | None, place: Place, problems: Problems
) -> tuple[MeasurementSet, ...]:
    """The good sets of the array at `place`; `program` is the submission's own (`None`: not given)."""
    if value is None:
        return ()
    if not isinstance(value, list):
        problems.append(Problem("API-VAL-10", place, describe(value), "an array of measurement sets"))
        return ()
    keys: dict[tuple[Any, ...], int] = {}
    good: list[MeasurementSet] = []
    for i, item in enumerate(value):
        if len(problems) >= MOST_PROBLEMS:
            break
        if not isinstance(item, dict):
            problems.append(Problem("API-VAL-10", place.at(i), kind(item), "an object, a measurement set"))
            continue
        read = read_set(item, reference, program, place.at(i), problems)
        key = _key(read)
        if key is not None and keys.setdefault(key, i) != i:
            found = f"the category, method, program, practice and measure set of [{keys[key]}] again"
            problems.append(Problem("API-VAL-10", place.at(i), found, "each combination once"))
        elif "measurements" in read:
            good.append(MeasurementSet(**read))
    return tuple(good)


def read_set(
    members: dict[str, Any],
    reference: MipsYear | None,
    program: str | None,
    place: Place,
    problems: Problems,
) -> dict[str, Any]:
    """The good arguments of a `MeasurementSet`; complete if `measurements` is among them."""
    before = len(problems)
    good = read_fields(members, _FIELDS, place, problems)
    if "submission_method" in good:
        good["method"] = good.pop("submission_method")
    if "program_name" in good:
        good["program_name"] = good["program_name"] or program or "mips"
    category = _checked_category(good, reference, place, problems)
    _check_period(good, reference, place, problems)
    _check_practice(good, place, problems)
    _check_specialty(good, reference, place, problems)
    if category in ("aci", "pi"):
        good |= read_fields(members, (_CERTIFICATION,), place, problems)
    around = Surroundings(reference, category, good.get("method"))
    measurements = read_measurements(members.get("measurements"), around, place.at("measurements"), problems)
    if len(problems) == before:
        good["measurements"] = measurements
    return good


def _key(read: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """What two sets of a submission must differ in; `None` if a part of it is bad."""
    names = ("category", "method", "program_name", "practice_id", "measure_set")
    return None if any(name not in read for name in names) else tuple(read[name] for name in names)


def _checked_category(
    good: Mapping[str, Any], reference: MipsYear | None, place: Place, problems: Problems
) -> str | None:
    """The category, unless the year knows it under another code (API-VAL-21)."""
    category: str | None = good.get("category")
    if reference is None or category not in ("aci", "pi"):
        return category
    expected = INTEROPERABILITY[reference.year]
    if category == expected:
        return category
    found = f"{category} in {reference.year}"
    problems.append(Problem("API-VAL-21", place.at("category"), found, f"{expected} for that year"))
    return None


def _check_period(
    good: Mapping[str, Any], reference: MipsYear | None, place: Place, problems: Problems
) -> None:
    """API-VAL-24 and API-VAL-25."""
    start: date | None = good.get("performance_start")
    end: date | None = good.get("performance_end")
    if start and end and start > end:
        problems.append(
            Problem("API-VAL-24", place.at("performanceEnd"), str(end), f"the start, {start}, or a later day")
        )
    for name, day in (("performanceStart", start), ("performanceEnd", end)):
        if day and reference and day.year != reference.year:
            allowed = f"a day of the performance year, {reference.year}"
            problems.append(Problem("API-VAL-25", place.at(name), str(day), allowed))


def _check_practice(good: dict[str, Any], place: Place, problems: Problems) -> None:
    """API-VAL-28; an empty id is none."""
    if "practice_id" not in good or "program_name" not in good:
        return
    good["practice_id"] = good["practice_id"] or None
    place = place.at("practiceId")
    if good["program_name"] == "cpcPlus" and good["practice_id"] is None:
        problems.append(Problem("API-VAL-28", place, NOTHING, "the practice's id, as the program is cpcPlus"))
    elif good["program_name"] != "cpcPlus" and good["practice_id"] is not None:
        found = describe(good["practice_id"])
        problems.append(Problem("API-VAL-28", place, found, "nothing, as the program is not cpcPlus"))


def _check_specialty(
    good: dict[str, Any], reference: MipsYear | None, place: Place, problems: Problems
) -> None:
    """API-VAL-27; an empty name is none."""
    if "measure_set" not in good:
        return
    name = good["measure_set"] = good["measure_set"] or None
    if name is None or reference is None or name in SPECIALTIES or name in reference.measure_sets:
        return
    known = ", ".join(sorted(SPECIALTIES | reference.measure_sets))
    problems.append(Problem("API-VAL-27", place.at("measureSet"), describe(name), f"one of {known}"))
