"""Measures and measures groups that the 2011 user guide names (pqrs-2011 9.1, 9.2).

A measure outside the table is allowed in a record and has no title here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from mock_server.reference.pqrs_2011.tables import load_table


@dataclass(frozen=True, slots=True)
class Measure:
    """A numbered measure."""

    number: str
    """Without `#`."""
    title: str
    """As an individual measure."""
    group_title: str
    """Inside a measures group; often without the topic prefix."""
    group: str | None
    """Title of the measures group it belongs to."""


@dataclass(frozen=True, slots=True)
class MeasuresGroup:
    """A measures group."""

    title: str
    members: tuple[str, ...]
    """Measure numbers, ascending."""


_table = load_table("measures")

GROUPS: Final[Mapping[str, MeasuresGroup]] = MappingProxyType(
    {row["title"]: MeasuresGroup(row["title"], tuple(row["members"])) for row in _table["groups"]}
)
"""Measures group by display title."""

_group_of = {number: group.title for group in GROUPS.values() for number in group.members}

MEASURES: Final[Mapping[str, Measure]] = MappingProxyType(
    {
        row["number"]: Measure(
            row["number"], row["title"], row.get("group_title", row["title"]), _group_of.get(row["number"])
        )
        for row in _table["measures"]
    }
)
"""Measure by number, ascending."""


def measure_title(number: str, *, in_group: bool = False) -> str | None:
    """Canonical title of a measure, as an individual one or inside a group; `None` if the table lacks it."""
    measure = MEASURES.get(number)
    if measure is None:
        return None
    return measure.group_title if in_group else measure.title
