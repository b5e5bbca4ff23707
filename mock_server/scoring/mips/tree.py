"""The score tree (mips-scoring section 13): what every figure is, of how much, and why.

A node holds its figures; what explains them (metadata, formulas, inputs) is made when asked for, so that a
score which nobody questions costs little. `plain` gives the JSON form of M-TREE-01.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, Protocol

from msgspec import Struct

from mock_server.scoring.computed import Computed
from mock_server.scoring.mips.rounding import number

Status = Literal["PICKED", "SKIPPED", "DUPLICATE"]


class About(Protocol):
    """The explaining side of a node."""

    def facts(self) -> dict[str, Any]:
        """The metadata of M-TREE-05 to -07 under their JSON names, without `rules`."""
        ...

    def figures(self) -> tuple[Computed[Any], ...]:
        """The steps to the node's value, the value itself last (M-TREE-10)."""
        ...


class Node(Struct, frozen=True):
    """One figure of the score."""

    name: str
    """Measure id, category code or a name of section 13, such as `total`."""
    value: Decimal | bool | None
    """Four decimals (M-GEN-02); a boolean for attestations and exclusions (M-TREE-06); `None` for advice."""
    about: About
    title: str = ""
    detail: str = ""
    """One short sentence."""
    parts: tuple["Node", ...] = ()
    original: "Node | None" = None
    """Of a category: its score before the weight (M-TREE-04)."""
    maximum: Decimal | None = None
    """The most that `value` can be; `None` where nothing bounds it or it earns nothing."""
    contribution: Decimal = Decimal(0)
    """What it adds to the figure above it, before that figure's caps."""
    status: Status | None = None
    """Of measures and sets: whether it counts."""
    warnings: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()

    @property
    def figures(self) -> tuple[Computed[Any], ...]:
        """The steps to the value with formula, inputs and rule ids."""
        return self.about.figures()

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of every rule at work here."""
        return tuple(dict.fromkeys(rule for figure in self.figures for rule in figure.rules))

    @property
    def metadata(self) -> dict[str, Any]:
        """The facts of M-TREE-05 to -07, the rules and the steps (M-TREE-10)."""
        figures = self.figures
        return {
            **self.about.facts(),
            "rules": list(dict.fromkeys(rule for figure in figures for rule in figure.rules)),
            "steps": [step(figure) for figure in figures],
        }


def step(figure: Computed[Any]) -> dict[str, Any]:
    """One step of an explanation as plain data."""
    return {
        "name": figure.formula.removeprefix("mips."),
        "formula": figure.text,
        "inputs": {name: plain_value(value) for name, value in figure.inputs},
        "value": plain_value(figure.value),
        "rules": list(figure.rules),
    }


def plain_value(value: Any) -> Any:
    """A figure as JSON knows it: fractions as decimals, sets as sorted lists, named tuples as objects."""
    if isinstance(value, Fraction):
        return number(value)
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        fields = getattr(value, "_fields", None)
        if fields is not None:
            return {name: plain_value(one) for name, one in zip(fields, value, strict=True)}
        return [plain_value(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, top down."""
    yield node
    if node.original is not None:
        yield from walk(node.original)
    for part in node.parts:
        yield from walk(part)


def plain(node: Node) -> Mapping[str, Any]:
    """The JSON form of M-TREE-01: what is empty is left out, except `parts` and `metadata`."""
    document: dict[str, Any] = {"name": node.name}
    if node.title:
        document["title"] = node.title
    if node.value is not None:
        document["value"] = node.value
    if node.detail:
        document["detail"] = node.detail
    document["parts"] = [plain(part) for part in node.parts]
    if node.original is not None:
        document["original"] = plain(node.original)
    document["metadata"] = node.metadata
    if node.warnings:
        document["warnings"] = list(node.warnings)
    if node.errors:
        document["errors"] = list(node.errors)
    return document
