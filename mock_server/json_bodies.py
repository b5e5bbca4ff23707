"""What typed decoding leaves unchecked in a JSON body: depth, number range, string length (SR-IN-03, 7.6).

Two scans with linear regular expressions before anything is built, so that hostile bodies cost little; the
syntax itself is left to msgspec.
"""

import re
from typing import TypeVar

import msgspec

from client.messages.calls import ErrorDetail
from mock_server.figures import HttpFigures
from mock_server.refusals import RequestRefused

_BOM = b"\xef\xbb\xbf"
_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_BRACKET = re.compile(rb"[\[\]{}]")
_LONG_NUMBER = re.compile(rb"(?<![\d.])\d{16,}(?![\d.eE])")
_LARGEST = 2**53 - 1

T = TypeVar("T")


def checked_body(body: bytes, figures: HttpFigures) -> bytes:
    """The body without a byte order mark; `RequestRefused` `bad_json` when it breaks a limit."""
    text = body.removeprefix(_BOM)
    if not text.strip() or text.startswith(_BOM):
        raise RequestRefused("bad_json")
    if len(text) > figures.json_string and any(
        len(found[0]) - 2 > figures.json_string for found in _STRING.finditer(text)
    ):
        raise RequestRefused("bad_json")
    structure = _STRING.sub(b'""', text)
    if _too_deep(structure, figures.json_depth) or _too_large_number(structure):
        raise RequestRefused("bad_json")
    return text


def decode(body: bytes, kind: type[T]) -> T:
    """A checked body as a wire type; else 400 `bad_json`, 422 `unknown_field` or `validation_failed`."""
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        problem = str(error)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise RequestRefused("bad_json") from None
    _check_syntax(body)  # typed decoding stops at the first field that is wrong; what follows may be no JSON
    raise invalid(problem)


def _check_syntax(body: bytes) -> None:
    try:
        msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise RequestRefused("bad_json") from None


_PLACE = re.compile(r"(?P<text>.*?)(?: - at `(?P<path>\$[\w.\[\]]*)`)?", re.DOTALL)
_OWN_WORDS = ("Expected `", "Object missing required field `")
"""Beginnings of msgspec's messages that name our types and fields; others may quote the sender."""


def invalid(message: str) -> RequestRefused:
    """The refusal for a text of msgspec's ValidationError, with nothing in it that the sender wrote."""
    found = _PLACE.fullmatch(message)
    text, path = (found["text"], found["path"] or "") if found else (message, "")
    if "contains unknown field" in text:
        detail = ErrorDetail(message="There is a field that is not known here.", path=path)
        return RequestRefused("unknown_field", details=[detail])
    said = text if text.startswith(_OWN_WORDS) else "This value is not allowed."
    return RequestRefused("validation_failed", details=[ErrorDetail(message=said, path=path)])


def _too_deep(structure: bytes, limit: int) -> bool:
    if structure.count(b"[") + structure.count(b"{") <= limit:
        return False
    depth = 0
    for bracket in _BRACKET.finditer(structure):
        depth += 1 if bracket[0] in b"[{" else -1
        if depth > limit:
            return True
    return False


def _too_large_number(structure: bytes) -> bool:
    return any(len(found[0]) > 16 or int(found[0]) > _LARGEST for found in _LONG_NUMBER.finditer(structure))
