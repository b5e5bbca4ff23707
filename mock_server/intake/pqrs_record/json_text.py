"""Bytes to a JSON tree in which nothing is lost that a fault must name.

The standard parser keeps the last of two equal keys, turns `NaN` into a float and large numbers into whatever
fits. Here a repeated key is remembered, and every number that cannot be a count stays as the text it was, so
that the key tables can refuse it at its own path.
"""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Final, NoReturn

from mock_server.intake.pqrs_record.findings import printable

LARGEST_COUNT: Final = 2**53 - 1
"""Largest integer that every JSON reader keeps exactly (RFC 7493)."""


class Unreadable(Exception):  # noqa: N818
    """The bytes are no JSON text; the message says where it ends to be one."""


@dataclass(frozen=True, slots=True)
class OddNumber:
    """A number that is no count: a fraction, an exponent, too large, `NaN`."""

    text: str


class Members(dict[str, object]):
    """A JSON object that knows which keys came more than once."""

    __slots__ = ("repeated",)

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        self.repeated: tuple[str, ...] = ()
        if len(self) < len(pairs):
            times = Counter(key for key, _ in pairs)
            self.repeated = tuple(key for key in self if times[key] > 1)


def decode(data: bytes) -> object:
    """The tree: `Members`, lists, text, booleans, null, integers and `OddNumber`. Raises `Unreadable`."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"byte {error.start} is not UTF-8; allowed: one JSON object in UTF-8") from None
    if not text.strip():
        raise Unreadable("the file is empty; allowed: one JSON object in UTF-8")
    return _parse(text)


def _parse(text: str) -> object:
    try:
        tree: object = json.loads(
            text,
            object_pairs_hook=Members,
            parse_int=_whole_number,
            parse_float=OddNumber,
            parse_constant=OddNumber,
        )
    except json.JSONDecodeError as error:
        _refuse(error)
    except RecursionError:
        raise Unreadable(
            "arrays or objects are nested too deeply; allowed: the nesting of a record"
        ) from None
    return tree


def _whole_number(text: str) -> int | OddNumber:
    if len(text) > len(str(LARGEST_COUNT)) + 1:
        return OddNumber(text)
    number = int(text)
    return number if abs(number) <= LARGEST_COUNT else OddNumber(text)


def _refuse(error: json.JSONDecodeError) -> NoReturn:
    reason = printable(error.msg[:1].lower() + error.msg[1:])
    raise Unreadable(f"not JSON at line {error.lineno}, column {error.colno}: {reason}") from None
