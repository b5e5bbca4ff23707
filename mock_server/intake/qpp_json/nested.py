"""Forms of values that hold others, for our own record format: objects there take no unknown keys.

A misspelt flag in a scoring record would silently change the score, so it is refused; a submission, whose
format is not ours, may carry anything besides (API-GEN-11).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mock_server.intake.qpp_json.forms import BAD, Field, Form, Members, read_fields
from mock_server.intake.qpp_json.places import Place, Step
from mock_server.intake.qpp_json.problems import Problem, Problems, describe


@dataclass(frozen=True, slots=True)
class ObjectOf:
    """An object with the keys of a table and no others; `build` takes the good values as keywords."""

    rule: str
    fields: tuple[Field, ...]
    build: Callable[..., Any]

    @property
    def words(self) -> str:
        """What is allowed."""
        return f"an object with {', '.join(row.name for row in self.fields)}"

    def read(self, value: object, above: Place, step: Step, problems: Problems) -> Any:
        """What `build` makes of it, or `BAD`."""
        place = above.at(step)
        if not isinstance(value, dict):
            problems.append(Problem(self.rule, place, describe(value), self.words))
            return BAD
        before = len(problems)
        good = read_own(value, self.rule, self.fields, place, problems)
        return self.build(**good) if len(problems) == before else BAD


@dataclass(frozen=True, slots=True)
class ArrayOf:
    """An array whose elements share a form; becomes a tuple."""

    rule: str
    element: Form

    @property
    def words(self) -> str:
        """What is allowed."""
        return f"an array, each element {self.element.words}"

    def read(self, value: object, above: Place, step: Step, problems: Problems) -> Any:
        """The elements, or `BAD`."""
        place = above.at(step)
        if not isinstance(value, list):
            problems.append(Problem(self.rule, place, describe(value), self.words))
            return BAD
        read = tuple(self.element.read(item, place, i, problems) for i, item in enumerate(value))
        return BAD if BAD in read else read


@dataclass(frozen=True, slots=True)
class MapOf:
    """An object with any keys, whose values share a form."""

    rule: str
    value: Form

    @property
    def words(self) -> str:
        """What is allowed."""
        return f"an object, each value {self.value.words}"

    def read(self, value: object, above: Place, step: Step, problems: Problems) -> Any:
        """The mapping, or `BAD`."""
        place = above.at(step)
        if not isinstance(value, dict):
            problems.append(Problem(self.rule, place, describe(value), self.words))
            return BAD
        read = {name: self.value.read(item, place, name, problems) for name, item in value.items()}
        return BAD if BAD in read.values() else read


def read_own(
    members: Members, rule: str, fields: tuple[Field, ...], place: Place, problems: Problems
) -> dict[str, Any]:
    """`read_fields` for an object of our own format: unknown keys are problems."""
    known = frozenset(row.name for row in fields)
    for name in members:
        if name not in known:
            allowed = ", ".join(row.name for row in fields)
            problems.append(Problem(rule, place.at(name), "an unknown key", allowed))
    return read_fields(members, fields, place, problems)
