"""One problem of a submission: which rule, where, what was found, what is allowed (submissions-api 9).

TIN and NPI are never repeated; other foreign text is cut and made printable before it becomes a message.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from mock_server.intake.foreign_text import printable
from mock_server.intake.qpp_json.json_text import OddNumber
from mock_server.intake.qpp_json.places import Place

NOTHING: Final = "nothing"
MOST_PROBLEMS: Final = 10_000
"""Where reading stops: nobody reads more, and a hostile file must not fill the memory with messages."""
_SHOWN_KEYS: Final = 4


@dataclass(frozen=True, slots=True)
class Problem:
    """A broken rule at a place."""

    rule: str
    """`API-VAL-35`, or the id of the rule on files (`FF-JSON-5`) or on scoring records (`M-0.1`)."""
    place: Place
    found: str
    """In words, printable; `nothing` where a value is missing."""
    allowed: str
    """In words."""

    @property
    def path(self) -> str:
        """JSON path from the root of the document."""
        return self.place.path

    @property
    def kind(self) -> Literal["MissingValue", "InvalidValue"]:
        """The `type` of the API's error details."""
        return "MissingValue" if self.found == NOTHING else "InvalidValue"

    @property
    def message(self) -> str:
        """What was found and what is allowed, in one line."""
        if self.found == NOTHING:
            return f"missing; required: {self.allowed}"
        return f"found {self.found}; allowed: {self.allowed}"


Problems = list[Problem]


def describe(value: object) -> str:
    """A JSON value as a message names it."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return f'the text "{printable(value)}"'
        case int() | Decimal():
            return printable(str(value))
        case OddNumber(text):
            return printable(text)
        case list():
            return f"an array of {len(value)}"
        case dict():
            return _object(value)
    return kind(value)


def kind(value: object) -> str:
    """What sort of value it is, without the value."""
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case str():
            return f"a text of {len(value)} characters"
        case int() | Decimal() | OddNumber():
            return "a number"
        case list():
            return "an array"
    return "an object"


def _object(members: Mapping[str, object]) -> str:
    if not members:
        return "an empty object"
    shown = ", ".join(printable(name) for name in list(members)[:_SHOWN_KEYS])
    more = ", ..." if len(members) > _SHOWN_KEYS else ""
    return f"an object with {shown}{more}"
