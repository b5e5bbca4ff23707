"""Whose submission it is, and of which year (API-VAL-1 to -9, API-VAL-11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from mock_server.intake.qpp_json.forms import BAD, Field, Scalar, one_of, read_fields
from mock_server.intake.qpp_json.places import Place
from mock_server.intake.qpp_json.problems import NOTHING, Problem, Problems, describe, kind
from mock_server.reference.mips.years import YEARS

ENTITY_TYPES: Final = ("individual", "group", "virtualGroup", "apm")


def _accept_year(value: object) -> Any:
    if isinstance(value, Decimal) and value in YEARS:
        return int(value)
    return value if type(value) is int and value in YEARS else BAD


_FIELDS: Final = (
    Field("entityType", one_of("API-VAL-2", *ENTITY_TYPES), required=True),
    Field(
        "performanceYear",
        Scalar("API-VAL-3", f"one of the numbers {', '.join(map(str, YEARS))}", _accept_year),
        required=True,
    ),
)


@dataclass(frozen=True, slots=True)
class _Id:
    """A row of the table of identifiers: who has it, what it looks like."""

    name: str
    argument: str
    needed_by: tuple[str, ...]
    rule: str
    absent_rule: str
    words: str
    digits: int = 0
    """0: any text that is not empty."""
    invented: str = ""
    """How invented ones start (API-VAL-11)."""


_IDS: Final = (
    _Id(
        "taxpayerIdentificationNumber",
        "tin",
        ("individual", "group"),
        "API-VAL-4",
        "API-VAL-5",
        "a text of 9 digits",
        9,
        "000",
    ),
    _Id(
        "nationalProviderIdentifier",
        "npi",
        ("individual",),
        "API-VAL-6",
        "API-VAL-7",
        "a text of 10 digits",
        10,
        "0",
    ),
    _Id(
        "entityId",
        "entity_id",
        ("virtualGroup", "apm"),
        "API-VAL-8",
        "API-VAL-8",
        "a printable text that is not empty",
    ),
)


def read_identity(
    members: Mapping[str, Any], place: Place, problems: Problems, *, invented_only: bool = False
) -> dict[str, Any]:
    """The good ones of a `Submission`'s own arguments; `invented_only` switches API-VAL-11 on."""
    good = read_fields(members, _FIELDS, place, problems)
    if "entity_type" in good:
        for row in _IDS:
            value = members.get(row.name)
            good[row.argument] = _read_id(row, value, good["entity_type"], invented_only, place, problems)
    return good


def _read_id(
    row: _Id, value: object, entity_type: str, invented_only: bool, place: Place, problems: Problems
) -> str | None:
    place = place.at(row.name)
    if entity_type not in row.needed_by:
        if value not in (None, ""):
            allowed = f"nothing, as the entity type is {entity_type}"
            problems.append(Problem(row.absent_rule, place, kind(value), allowed))
        return None
    if value is None or (value == "" and not row.digits):
        problems.append(Problem(row.rule, place, NOTHING, row.words))
        return None
    if not isinstance(value, str) or not _looks_right(row, value):
        problems.append(Problem(row.rule, place, _found(row, value), row.words))
        return None
    if invented_only and not value.startswith(row.invented):
        problems.append(
            Problem("API-VAL-11", place, "a number that may be real", f"a number that starts {row.invented}")
        )
    return value


def _looks_right(row: _Id, value: str) -> bool:
    if not row.digits:
        return value.isprintable()
    return len(value) == row.digits and value.isascii() and value.isdigit()


def _found(row: _Id, value: object) -> str:
    """TIN and NPI are not repeated."""
    return kind(value) if row.digits else describe(value)
