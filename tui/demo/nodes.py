"""A parsed document with its positions: values know where they stand, and problems are noted in one log."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from tui.demo.codes import message
from tui.demo.findings import Finding
from tui.demo.positions import Path, Positions
from tui.demo.script import Place
from tui.demo.values import Kind, Wrong, wrong_type

T = TypeVar("T")


@dataclass(slots=True)
class Log:
    """What was found in one file so far."""

    positions: Positions
    lines: tuple[str, ...]
    """The source."""
    findings: list[Finding] = field(default_factory=list)

    def add(self, code: str, place: Place, /, *help_lines: str, **values: object) -> None:
        """Note a problem."""
        self.findings.append(Finding(code, message(code, **values), place, help_lines))

    @property
    def in_order(self) -> tuple[Finding, ...]:
        """By position, as they are told."""
        return tuple(sorted(self.findings, key=lambda found: found.place or Place(0, 0)))


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the document and where it is."""

    value: object
    path: Path
    log: Log

    @property
    def name(self) -> str:
        """The key that it stands under."""
        return next((part for part in reversed(self.path) if isinstance(part, str)), "")

    @property
    def place(self) -> Place:
        """Of the value."""
        return self.log.positions.at(*self.path).value

    @property
    def key_place(self) -> Place:
        """Of the key, or the header."""
        return self.log.positions.at(*self.path).key

    def children(self) -> Iterator["Node"]:
        """What a table or an array holds; nothing for other values."""
        if isinstance(self.value, dict):
            yield from (Node(value, (*self.path, key), self.log) for key, value in self.value.items())
        elif isinstance(self.value, list):
            yield from (Node(value, (*self.path, at), self.log) for at, value in enumerate(self.value))

    def get(self, key: str) -> "Node | None":
        """What a table holds under a key."""
        known = isinstance(self.value, dict) and key in self.value
        return Node(self.value[key], (*self.path, key), self.log) if known else None  # type: ignore[index]

    def table(self, example: str) -> bool:
        """Whether it is a table; D203 if not."""
        if not isinstance(self.value, dict):
            self.wrong(wrong_type(self.value, "a table", example))
        return isinstance(self.value, dict)

    def read(self, kind: Kind[T], instead: T) -> T:
        """The typed value; where it cannot be used the problem is noted, and there is another instead."""
        try:
            return kind(self.value)
        except Wrong as wrong:
            self.wrong(wrong)
            return instead

    def option(self, key: str, kind: Kind[T], instead: T) -> T:
        """The typed value under a key, or another where there is none."""
        found = self.get(key)
        return instead if found is None else found.read(kind, instead)

    def place_of(self, fragment: str) -> Place:
        """Of a piece of a text, as it is written; of the whole value where it cannot be found."""
        whole = self.place
        start = self.log.lines[whole.line - 1].find(fragment, whole.column - 1)
        return whole if start < 0 else Place(whole.line, start + 1, len(fragment))

    def wrong(self, wrong: Wrong) -> None:
        """Note why the value cannot be used."""
        self.log.add(wrong.code, self.place, *wrong.help, **{"key": self.name, **wrong.values})

    def say(self, code: str, /, *help_lines: str, **values: object) -> None:
        """Note a problem at the value."""
        self.log.add(code, self.place, *help_lines, **values)

    def say_of_key(self, code: str, /, *help_lines: str, **values: object) -> None:
        """Note a problem at the key."""
        self.log.add(code, self.key_place, *help_lines, **values)
