"""The form of a JSON object as a table of keys, and the one reader that applies it (P-JSON-1, P-JSON-2).

A form reads a value or records why it cannot, and never stops at the first fault. An object becomes a `Node`
with the keys that were good, so that rules between other keys can still be checked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import islice
from typing import Any, Final, Protocol

from mock_server.intake.pqrs_record.findings import Finding, printable
from mock_server.intake.pqrs_record.json_text import Members, OddNumber

RULE: Final = "P-JSON-1"


class _Mark(Enum):
    BAD = "not usable; a fault was recorded"
    REQUIRED = "no default"


BAD: Final = _Mark.BAD
REQUIRED: Final = _Mark.REQUIRED

Faults = list[Finding]

MOST_FAULTS: Final = 10_000
"""Where reading stops: nobody reads more, and a hostile file must not fill the memory with messages."""


class Form(Protocol):
    """What a value must look like."""

    @property
    def words(self) -> str:
        """What is allowed, as a message says it."""

    def read(self, value: object, path: str, faults: Faults) -> Any:
        """The value for use, or `BAD` after recording at least one fault."""


@dataclass(frozen=True, slots=True)
class Key:
    """A row of a key table."""

    name: str
    form: Form
    default: Any = REQUIRED
    """Value of a key that is left out, as `form` would return it."""


@dataclass(frozen=True, slots=True)
class Node:
    """An object that was read: its place and the keys that were good, defaults filled in."""

    path: str
    values: Mapping[str, Any]

    def these(self, *keys: str) -> tuple[Any, ...] | None:
        """Values of `keys`; `None` if one of them was bad, so that a rule about them has nothing to say."""
        if any(key not in self.values for key in keys):
            return None
        return tuple(self.values[key] for key in keys)

    def nodes(self, key: str) -> list["Node"]:
        """The objects of an array; those that were none are left out."""
        return self.values.get(key) or []

    def at(self, key: str) -> str:
        """Path of a key."""
        return f"{self.path}.{printable(key)}"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value: `accept` returns it for use, or `BAD`."""

    words: str
    accept: Callable[[object], Any]
    secret: bool = False
    """Whether messages must not repeat what was found."""

    def read(self, value: object, path: str, faults: Faults) -> Any:
        """The value for use, or `BAD`."""
        good = self.accept(value)
        if good is BAD:
            found = _kind(value) if self.secret else describe(value)
            faults.append(Finding(RULE, path, f"found {found}; allowed: {self.words}"))
        return good


@dataclass(frozen=True, slots=True)
class OrNull:
    """Another form, or null."""

    form: Form

    @property
    def words(self) -> str:
        """What is allowed."""
        return f"{self.form.words} or null"

    def read(self, value: object, path: str, faults: Faults) -> Any:
        """The value for use, `None` for null, or `BAD`."""
        if value is None:
            return None
        before = len(faults)
        good = self.form.read(value, path, faults)
        if good is BAD:
            faults[before:] = [
                replace(fault, message=f"{fault.message} or null") for fault in faults[before:]
            ]
        return good


@dataclass(frozen=True, slots=True)
class ArrayOf:
    """An array whose elements share a form."""

    element: Form

    @property
    def words(self) -> str:
        """What is allowed."""
        return f"an array, each element {self.element.words}"

    def read(self, value: object, path: str, faults: Faults) -> Any:
        """The good elements, or `BAD` if it is no array."""
        if not isinstance(value, list):
            return _refuse(value, path, self.words, faults)
        good = []
        for i, item in enumerate(value):
            read = self.element.read(item, f"{path}[{i}]", faults)
            if read is not BAD:
                good.append(read)
            if len(faults) >= MOST_FAULTS:
                break
        return good


@dataclass(frozen=True, slots=True)
class ObjectOf:
    """An object with the keys of a table and no others."""

    keys: tuple[Key, ...]
    words: str = "an object"
    names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", frozenset(key.name for key in self.keys))

    def read(self, value: object, path: str, faults: Faults) -> Any:
        """A `Node`, or `BAD` if it is no object."""
        if not isinstance(value, Members):
            return _refuse(value, path, self.words, faults)
        faults += _repeated(value, path)
        faults += self._unknown(value, path)
        read = {key.name: _read_key(key, value, path, faults) for key in self.keys}
        return Node(path, {name: item for name, item in read.items() if item is not BAD})

    def _unknown(self, members: Members, path: str) -> Faults:
        unknown = list(islice((name for name in members if name not in self.names), MOST_FAULTS))
        if not unknown:
            return []
        message = f"unknown key; allowed: {', '.join(key.name for key in self.keys)}"
        return [Finding(RULE, f"{path}.{printable(name)}", message) for name in unknown]


@dataclass(frozen=True, slots=True)
class MapOf:
    """An object whose keys have a form of their own."""

    key: Scalar
    value: Form

    @property
    def words(self) -> str:
        """What is allowed."""
        return f"an object, each key {self.key.words}, each value {self.value.words}"

    def read(self, value: object, path: str, faults: Faults) -> Any:
        """The good pairs, or `BAD` if it is no object."""
        if not isinstance(value, Members):
            return _refuse(value, path, self.words, faults)
        faults += _repeated(value, path)
        good = {}
        for name, item in value.items():
            place = f"{path}.{printable(name)}"
            read = self.key.read(name, place, faults), self.value.read(item, place, faults)
            if BAD not in read:
                good[name] = read[1]
            if len(faults) >= MOST_FAULTS:
                break
        return good


def describe(value: object) -> str:
    """A JSON value as a message names it; nested ones by their kind only."""
    match value:
        case str():
            return f'the text "{printable(value)}"'
        case OddNumber(text):
            return f"the number {printable(text)}"
        case bool():
            return "true" if value else "false"
        case int():
            return f"the number {value}"
        case _:
            return _kind(value)


def _kind(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case str():
            return f"a text of {len(value)} characters"
        case int() | OddNumber():
            return "a number"
        case list():
            return "an array"
        case _:
            return "an object"


def _read_key(key: Key, members: Members, path: str, faults: Faults) -> Any:
    if key.name in members:
        return key.form.read(members[key.name], f"{path}.{key.name}", faults)
    if key.default is REQUIRED:
        faults.append(Finding(RULE, f"{path}.{key.name}", f"missing; required: {key.form.words}"))
        return BAD
    return key.default


def _repeated(members: Members, path: str) -> Faults:
    message = "the key stands more than once in its object; allowed: once"
    return [Finding(RULE, f"{path}.{printable(name)}", message) for name in members.repeated]


def _refuse(value: object, path: str, words: str, faults: Faults) -> Any:
    faults.append(Finding(RULE, path, f"found {describe(value)}; allowed: {words}"))
    return BAD
