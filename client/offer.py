"""What a form offers now: `when` conditions, hidden fields and what may be sent (portal-flow 1.1, F-GEN-04).

Pure functions that both front ends use, so that choosing a year narrows the reports without a call and in the
same way everywhere (F-RPT-01).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from client.messages.screen import Field, FieldValue, Screen, When

CHOICES = frozenset({"select", "radio"})


@dataclass(frozen=True)
class Offer:
    """The form as it stands with certain values."""

    fields: tuple[Field, ...]
    """Visible fields whose `when` holds, each with only the options whose `when` holds."""
    values: dict[str, FieldValue] = field(repr=False)
    """A value for each offered field; one that is no longer offered has become None."""


def offered(screen: Screen, values: Mapping[str, FieldValue]) -> Offer:
    """The fields and options offered for `values`; fields without a value use the server's.

    Clearing one value may withdraw the next (year, report, action), so it goes on until nothing changes.
    """
    kept = {item.id: values.get(item.id, item.value) for item in screen.fields}
    while True:
        fields = tuple(
            _narrowed(item, kept) for item in screen.fields if item.visible and holds(item.when, kept)
        )
        choosable = {item.id: _still_offered(item, kept[item.id]) for item in fields}
        hidden = {item.id: kept[item.id] for item in screen.fields if not item.visible}
        narrowed: dict[str, FieldValue] = dict.fromkeys(kept) | hidden | choosable
        if narrowed == kept:
            return Offer(fields, {name: kept[name] for name in choosable})
        kept = narrowed


def to_send(screen: Screen, values: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    """The part of `values` that travels: offered fields only, never a `path` (F-GEN-04).

    A name that the screen does not have travels too, so that the server can refuse it.
    """
    withheld = {item.id for item in screen.fields if not item.visible or item.kind == "path"}
    offer = offered(screen, values)
    withheld |= {item.id for item in screen.fields} - offer.values.keys()
    return {name: offer.values.get(name, value) for name, value in values.items() if name not in withheld}


def holds(when: When, values: Mapping[str, FieldValue]) -> bool:
    """Whether every named field holds one of the listed values; None always holds."""
    return all(_held(values.get(name)) & set(listed) for name, listed in (when or {}).items())


def _held(value: FieldValue) -> set[str]:
    if value is None:
        return set()
    if isinstance(value, bool):
        return {"true" if value else "false"}
    return {value} if isinstance(value, str) else set(value)


def _narrowed(item: Field, values: Mapping[str, FieldValue]) -> Field:
    options = [option for option in item.options if holds(option.when, values)]
    return item if len(options) == len(item.options) else replace(item, options=options)


def _still_offered(item: Field, value: FieldValue) -> FieldValue:
    """`value`, or None where it is no longer among the choices that can be made."""
    if item.kind not in CHOICES or any(option.value == value and option.enabled for option in item.options):
        return value
    return None
