"""A figure that can explain itself: value, formula, inputs, rules.

A formula is registered once, as a pure function with a readable text. `formula.of(...)` computes a figure and
keeps what went in, so a viewer can say why a cell shows what it shows, and a test can recompute every cell:
`FORMULAS[c.formula](**dict(c.inputs)) == c.value`. The arguments of a formula are keywords without defaults:
nothing that the value depends on stays unsaid.

What a score makes anew each time, by the dozen, are msgspec structures: they cost a quarter of a dataclass.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Generic, ParamSpec, TypeVar

from msgspec import Struct, structs

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Computed(Struct, Generic[T_co], frozen=True):
    """One computed figure."""

    value: T_co
    formula: str
    """Name in `FORMULAS`."""
    inputs: tuple[tuple[str, Any], ...]
    """Argument names of the formula and their values, in the order of its text."""
    rules: tuple[str, ...]
    """Rule ids, the most telling first (`P-F-4`)."""

    @property
    def text(self) -> str:
        """The formula in words and the inputs' names."""
        return FORMULAS[self.formula].text

    def citing(self, *rules: str) -> "Computed[T_co]":
        """The same figure with further rule ids, those of this case."""
        return structs.replace(self, rules=tuple(dict.fromkeys((*self.rules, *rules))))


@dataclass(frozen=True, slots=True)
class Formula(Generic[P, T]):
    """A pure function with a name, a readable text and the rules it carries out."""

    name: str
    text: str
    rules: tuple[str, ...]
    function: Callable[P, T]

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """The bare value."""
        return self.function(*args, **kwargs)

    def of(self, *args: P.args, **kwargs: P.kwargs) -> Computed[T]:
        """The value together with its inputs."""
        return Computed(self.function(*args, **kwargs), self.name, tuple(kwargs.items()), self.rules)


_registry: dict[str, Formula[..., Any]] = {}

FORMULAS: Mapping[str, Formula[..., Any]] = MappingProxyType(_registry)
"""Every formula by name, from the moment its module is imported."""


def formula(name: str, text: str, *rules: str) -> Callable[[Callable[P, T]], Formula[P, T]]:
    """Register a function of keyword arguments as the formula `name`."""

    def register(function: Callable[P, T]) -> Formula[P, T]:
        if name in _registry:
            raise ValueError(f"two formulas are named {name}")
        made = Formula(name, text, rules, function)
        _registry[name] = made
        return made

    return register
