"""Bytes to a JSON tree: exact numbers, the last of two equal keys (FF-JSON-1 to FF-JSON-5).

msgspec reads what is well-formed; only what it refuses is read again by the slower standard parser, which can
say where a text breaks off and keeps numbers that JSON does not know (`NaN`), so that they become problems
with a path of their own.
"""

import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final, NoReturn

import msgspec

from mock_server.intake.foreign_text import printable

_BOM: Final = b"\xef\xbb\xbf"
_LONGEST_WHOLE: Final = 40
"""Characters; a longer whole number is nothing that can be counted."""


class Malformed(Exception):  # noqa: N818
    """The bytes are no JSON text; the message says where it breaks off (FF-JSON-5)."""


@dataclass(frozen=True, slots=True)
class OddNumber:
    """A number that nothing can be computed with: `NaN`, `Infinity`, one with an endless exponent."""

    text: str


def _number(text: str) -> Decimal | OddNumber:
    try:
        return Decimal(text)
    except InvalidOperation:
        return OddNumber(text)


_decoder: Final = msgspec.json.Decoder(float_hook=_number)


def decode(data: bytes) -> object:
    """Objects as dictionaries, fractions as decimals; raises `Malformed`."""
    text = data.removeprefix(_BOM)
    try:
        return _decoder.decode(text)
    except RecursionError:
        raise Malformed("arrays or objects are nested too deeply") from None
    except msgspec.DecodeError:
        return _decode_slowly(text)


def _decode_slowly(data: bytes) -> object:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise Malformed(f"byte {error.start + 1} is not UTF-8") from None
    if not text.strip():
        raise Malformed("the file is empty")
    try:
        tree: object = json.loads(text, parse_int=_whole, parse_float=_number, parse_constant=OddNumber)
    except json.JSONDecodeError as error:
        _refuse(error)
    except RecursionError:
        raise Malformed("arrays or objects are nested too deeply") from None
    return tree


def _whole(text: str) -> int | OddNumber:
    return int(text) if len(text) <= _LONGEST_WHOLE else OddNumber(text)


def _refuse(error: json.JSONDecodeError) -> NoReturn:
    reason = printable(error.msg[:1].lower() + error.msg[1:])
    raise Malformed(f"no JSON text at line {error.lineno}, column {error.colno}: {reason}") from None
