"""Where in a document something stands, as a chain that costs next to nothing until its path is asked for.

Valid documents never write a path; reading them must not pay for it.
"""

from collections.abc import Mapping
from typing import Final

from mock_server.intake.foreign_text import printable

Step = str | int
"""A key, or an index from 0."""


class Place:
    """One value of a document. Immutable by use."""

    __slots__ = ("above", "step")

    def __init__(self, above: "Place | None", step: Step) -> None:
        self.above = above
        self.step = step

    def at(self, step: Step) -> "Place":
        """A member or an element of the value here."""
        return Place(self, step)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The way from the root, the root itself left out."""
        way: list[Step] = []
        place = self
        while place.above is not None:
            way.append(place.step)
            place = place.above
        return tuple(reversed(way))

    @property
    def path(self) -> str:
        """`$.measurementSets[0].measurements[2].value` (submissions-api 9.1)."""
        return "$" + "".join(_shown(step) for step in self.steps)


ROOT: Final = Place(None, "$")


def _shown(step: Step) -> str:
    return f"[{step}]" if isinstance(step, int) else f".{printable(step)}"


def document_order(tree: object, place: Place) -> tuple[int, ...]:
    """Sort key that puts places as they follow each other in the text; what is missing comes last."""
    order: list[int] = []
    for step in place.steps:
        if isinstance(step, int):
            order.append(step)
            tree = tree[step] if isinstance(tree, list) and step < len(tree) else None
        else:
            members: Mapping[str, object] = tree if isinstance(tree, dict) else {}
            order.append(list(members).index(step) if step in members else len(members))
            tree = members.get(step)
    return tuple(order)
