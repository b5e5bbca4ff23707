"""Tables of fields and the one reader that applies them: what a value must look like, under which rule.

A form reads a value or records why it cannot and answers `BAD`; reading goes on, so that one pass finds all
problems. Null and absence mean the same (API-GEN-10); fields that no table names are ignored (API-GEN-11).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any, Final, Protocol

from mock_server.intake.qpp_json.places import Place, Step
from mock_server.intake.qpp_json.problems import NOTHING, Problem, Problems, describe, kind


class Mark(Enum):
    """What a form answers instead of a value."""

    BAD = "not usable; a problem was recorded"


BAD: Final = Mark.BAD

LARGEST_COUNT: Final = 2**53 - 1
"""Largest whole number that every JSON reader keeps exactly (RFC 7493)."""
LARGEST_NUMBER: Final = 10**15
DEEPEST_FRACTION: Final = 30
"""Decimals that a number may have."""

Members = Mapping[str, object]


class Form(Protocol):
    """What a value must look like."""

    @property
    def rule(self) -> str:
        """Id of the rule that asks for it."""

    @property
    def words(self) -> str:
        """What is allowed, as a message says it."""

    def read(self, value: object, above: Place, step: Step, problems: Problems) -> Any:
        """The value for use, or `BAD` after recording at least one problem at `above.at(step)`."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value: `accept` returns it for use, or `BAD`."""

    rule: str
    words: str
    accept: Callable[[object], Any]
    secret: bool = False
    """Whether messages must not repeat what was found."""

    def read(self, value: object, above: Place, step: Step, problems: Problems) -> Any:
        """The value for use, or `BAD`."""
        good = self.accept(value)
        if good is BAD:
            found = kind(value) if self.secret else describe(value)
            problems.append(Problem(self.rule, above.at(step), found, self.words))
        return good


@dataclass(frozen=True, slots=True)
class Field:
    """A row of a field table."""

    name: str
    """JSON key."""
    form: Form
    required: bool = False
    default: Any = None
    """Value of a field that is left out."""
    missing_rule: str = ""
    """Rule that asks for its presence; empty: that of the form."""
    argument: str = ""
    """Its name in our own types; empty: the same in snake case."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "argument", self.argument or snake(self.name))
        object.__setattr__(self, "missing_rule", self.missing_rule or self.form.rule)


def read_fields(
    members: Members, fields: Iterable[Field], place: Place, problems: Problems
) -> dict[str, Any]:
    """The good values by argument name, defaults filled in; a bad one is left out."""
    good: dict[str, Any] = {}
    for row in fields:
        value = members.get(row.name)
        if value is None:
            if row.required:
                problems.append(Problem(row.missing_rule, place.at(row.name), NOTHING, row.form.words))
            else:
                good[row.argument] = row.default
            continue
        read = row.form.read(value, place, row.name, problems)
        if read is not BAD:
            good[row.argument] = read
    return good


def snake(name: str) -> str:
    """`eligiblePopulation` -> `eligible_population`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def flag(rule: str) -> Scalar:
    """A JSON boolean."""
    return Scalar(rule, "true or false", lambda value: value if isinstance(value, bool) else BAD)


def count(rule: str) -> Scalar:
    """A whole number of 0 or more; `10.0` counts as 10 (FF-JSON-2)."""
    return Scalar(rule, f"a whole number from 0 to {LARGEST_COUNT}", _accept_count)


def number(rule: str) -> Scalar:
    """Any number that is not beyond reason, as a decimal."""
    words = f"a number below 10^15 with at most {DEEPEST_FRACTION} decimals"
    return Scalar(rule, words, as_number)


def number_between(rule: str, lowest: int, highest: int) -> Scalar:
    """A number within bounds, both included."""

    def accept(value: object) -> Any:
        exact = as_number(value)
        return exact if exact is not BAD and lowest <= exact <= highest else BAD

    return Scalar(rule, f"a number from {lowest} to {highest}", accept)


def number_from_zero(rule: str) -> Scalar:
    """A number of 0 or more."""

    def accept(value: object) -> Any:
        exact = as_number(value)
        return exact if exact is not BAD and exact >= 0 else BAD

    return Scalar(rule, "a number of 0 or more, below 10^15", accept)


def one_of(rule: str, *choices: str | int) -> Scalar:
    """One of a few texts or whole numbers."""
    allowed = frozenset(choices)

    def accept(value: object) -> Any:
        return value if type(value) in (str, int) and value in allowed else BAD

    return Scalar(rule, ", ".join(map(str, choices)), accept)


def matching(rule: str, words: str, pattern: str, *, secret: bool = False) -> Scalar:
    """A text of a form."""
    compiled = re.compile(pattern, re.ASCII)

    def accept(value: object) -> Any:
        return value if isinstance(value, str) and compiled.fullmatch(value) else BAD

    return Scalar(rule, words, accept, secret)


def calendar_date(rule: str) -> Scalar:
    """A day as `YYYY-MM-DD` (API-GEN-9)."""

    def accept(value: object) -> Any:
        return _day(value) if isinstance(value, str) else BAD

    return Scalar(rule, "a calendar date as YYYY-MM-DD", accept)


def as_number(value: object) -> Any:
    """The number as a decimal, or `BAD`."""
    if type(value) is int:
        return Decimal(value) if -LARGEST_NUMBER < value < LARGEST_NUMBER else BAD
    if not isinstance(value, Decimal):
        return BAD
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -DEEPEST_FRACTION or value.adjusted() >= 15:
        return BAD
    return value


def _accept_count(value: object) -> Any:
    if type(value) is int:
        return value if 0 <= value <= LARGEST_COUNT else BAD
    exact = as_number(value) if isinstance(value, Decimal) else BAD
    return int(exact) if exact is not BAD and 0 <= exact == exact.to_integral_value() else BAD


@lru_cache(maxsize=4096)
def _day(text: str) -> date | Mark:
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return BAD
    try:
        return date.fromisoformat(text)
    except ValueError:
        return BAD
