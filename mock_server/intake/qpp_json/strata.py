"""The rates of a multi-rate measure (API-VAL-38): each by its name, every one of them, none twice."""

from collections.abc import Collection
from typing import Any, Final

from mock_server.intake.qpp_json.counts import COUNTS, read_counts
from mock_server.intake.qpp_json.forms import BAD, Field, Scalar, read_fields
from mock_server.intake.qpp_json.places import Place
from mock_server.intake.qpp_json.problems import NOTHING, Problem, Problems, describe, kind
from mock_server.scoring.mips.submission import Stratum

RULE: Final = "API-VAL-38"


def read_strata(
    value: object, names: tuple[str, ...], place: Place, problems: Problems
) -> tuple[Stratum, ...]:
    """The good strata of the array at `place`; `names` are those of the measure."""
    allowed = f"an array with one object for each of {', '.join(names)}"
    if value is None:
        problems.append(Problem("API-VAL-34", place, NOTHING, allowed))
        return ()
    if not isinstance(value, list) or not value:
        problems.append(Problem(RULE, place, describe(value), allowed))
        return ()
    fields = (Field("stratum", _name_form(names), required=True), *COUNTS)
    found: list[Any] = []
    strata: list[Stratum] = []
    for k, item in enumerate(value):
        name, stratum = _read_stratum(item, fields, place.at(k), found, problems)
        found.append(name)
        if stratum is not None:
            strata.append(stratum)
    _check_complete(names, found, place, problems)
    return tuple(strata)


def _name_form(names: tuple[str, ...]) -> Scalar:
    return Scalar(RULE, f"one of {', '.join(names)}", lambda value: value if value in names else BAD)


def _read_stratum(
    item: object, fields: tuple[Field, ...], place: Place, before: Collection[Any], problems: Problems
) -> tuple[Any, Stratum | None]:
    """Its name, or `BAD`; and the whole, if it is good."""
    if not isinstance(item, dict):
        problems.append(Problem(RULE, place, kind(item), "an object with stratum and counts"))
        return BAD, None
    good = read_fields(item, fields, place, problems)
    counts = read_counts(good, place, problems)
    name = good.get("stratum", BAD)
    if name is BAD:
        return BAD, None
    if name in before:
        problems.append(Problem(RULE, place.at("stratum"), f"{describe(name)} again", "each stratum once"))
    return name, None if counts is None else Stratum(name=name, counts=counts)


def _check_complete(names: tuple[str, ...], found: list[Any], place: Place, problems: Problems) -> None:
    """Every stratum is there; silent while a name is bad, for it may be the one that is missing."""
    missing = [name for name in names if name not in found]
    if missing and BAD not in found:
        problems.append(
            Problem(RULE, place, f"no stratum {', '.join(missing)}", f"all of {', '.join(names)}")
        )
