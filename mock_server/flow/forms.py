"""Fields on the server's side: the wire Field, the form it must have, its validation (F-GEN-02 to -04)."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from client.messages.screen import Field, FieldValue, Problem
from mock_server.flow.problems import Refusal, problem
from mock_server.scenario.identifiers import mask_tins


@dataclass(frozen=True, slots=True)
class Input:
    """A field with the pattern its trimmed text must match in full; None: any printable text."""

    field: Field
    pattern: re.Pattern[str] | None = None
    remove: str = ""
    """Characters dropped before the pattern is tried (spaces and hyphens of a code)."""


Values = Mapping[str, FieldValue]

_NEVER_AGAIN = ("secret", "digits", "path", "picker")
"""Kinds that are not offered again: secrets, codes, the client's own, what the server keeps itself."""

_UNPRINTABLE = ("Cc", "Cf", "Cs", "Zl", "Zp")


def text_value(values: Values, field_id: str) -> str:
    """The text of a field, empty if it was not given."""
    value = values.get(field_id)
    return value if isinstance(value, str) else ""


def validate(inputs: Sequence[Input], values: Values) -> dict[str, FieldValue]:
    """Clean values of the offered fields that were sent, or a Refusal with every problem of form at once."""
    cleaned: dict[str, FieldValue] = {}
    problems: list[Problem] = []
    for item in inputs:
        field = item.field
        if not field.visible or field.kind == "path" or not _offered(field.when, values):
            continue
        value = _clean(item, values.get(field.id))
        if field.id in values:
            cleaned[field.id] = value
        found = _check(item, value)
        if found is not None:
            problems.append(found)
    if problems:
        raise Refusal(*problems)
    return cleaned


def kept_values(inputs: Sequence[Input], values: Values) -> dict[str, FieldValue]:
    """What may be offered again: printable, not too long, no secret, no full TIN (SR-PII-02)."""
    kept: dict[str, FieldValue] = {}
    for item in inputs:
        value = _clean(item, values.get(item.field.id))
        if value is not None and item.field.kind not in _NEVER_AGAIN and _harmless(item.field, value):
            kept[item.field.id] = value
    return kept


def _harmless(field: Field, value: FieldValue) -> bool:
    if field.kind == "checkbox":
        return isinstance(value, bool)
    if not isinstance(value, str):
        return False
    if field.kind in ("select", "radio"):
        return any(option.value == value for option in field.options)
    return _fits(field, value) and _printable(value) and mask_tins(value) == value


def _offered(when: dict[str, list[str]] | None, values: Values) -> bool:
    return when is None or all(values.get(other) in allowed for other, allowed in when.items())


def _clean(item: Input, value: FieldValue) -> FieldValue:
    if not isinstance(value, str) or item.field.kind == "secret":
        return value
    return unicodedata.normalize("NFC", value).strip()


def _check(item: Input, value: FieldValue) -> Problem | None:
    field = item.field
    if field.kind == "checkbox":
        return None if value is None or isinstance(value, bool) else _malformed(field)
    if field.kind == "picker":
        return None if value is None or isinstance(value, list) else _malformed(field)
    if value is None or value == "":
        return problem("E-VAL-01", field.id, label=field.label) if field.required else None
    if not isinstance(value, str):
        return _malformed(field)
    if field.kind in ("select", "radio"):
        chosen = next((option for option in field.options if option.value == value), None)
        return None if chosen else problem("E-VAL-04", field.id, label=field.label)
    return _check_text(item, value)


def _check_text(item: Input, value: str) -> Problem | None:
    field = item.field
    if not _fits(field, value):
        return problem("E-VAL-02", field.id, label=field.label, n=field.max_len)
    if field.kind == "secret":
        return None
    if not _printable(value):
        return _malformed(field)
    if item.pattern is not None:
        compact = value.translate(str.maketrans("", "", item.remove))
        if not item.pattern.fullmatch(compact):
            return _malformed(field)
    return None


def _fits(field: Field, value: str) -> bool:
    """Length in code points; of a secret after NFKC, as it is compared (SR-AUTH-01)."""
    counted = unicodedata.normalize("NFKC", value) if field.kind == "secret" else value
    return field.max_len is None or len(counted) <= field.max_len


def _printable(value: str) -> bool:
    return not any(unicodedata.category(character) in _UNPRINTABLE for character in value)


def _malformed(field: Field) -> Problem:
    return problem(
        "E-VAL-03", field.id, label=field.label, hint=field.hint or "text without control characters"
    )
