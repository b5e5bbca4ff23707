"""`${name}` in texts: fixed variables when the script is read, built-in ones when a step is due (11.1).

Two stages, because `outbox.code` exists only once a message has come. After the first, a text holds nothing
but `$$` (a dollar sign) and references to built-in variables; `resolved` makes it final.

    filled("${user} paid $$5, ${outbox.code}", {"user": "a$b"})   -> "a$$b paid $$5, ${outbox.code}"
    resolved(step, {"outbox.code": "564123"})                     -> the step with its final texts
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, TypeVar

from tui.demo.script import Place, Step

BUILT_INS: Final = (
    "outbox.code",
    "outbox.to",
    "outbox.channel",
    "screen.state",
    "screen.title",
    "file.path",
    "run.front_end",
    "run.size",
    "clock.business",
)
"""Read-only, with a value only while the script runs."""

NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,31}")
"""Of a variable."""

_REFERENCE: Final = re.compile(r"\$\$|\$\{([^}]*)\}")
_LITERAL: Final = frozenset({"verb", "only", "id", "answer", "places"})
"""Parts of a step that are names, not texts."""

T = TypeVar("T")


class UnknownVariable(Exception):  # noqa: N818 - it says what was found
    """A text names a variable that there is not (D301)."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class NoValueYet(Exception):  # noqa: N818 - as above
    """A built-in variable is asked for too early (D302)."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def filled(text: str, variables: Mapping[str, str]) -> str:
    """The first stage: a text with the fixed variables filled in. Raises UnknownVariable."""

    def put(name: str) -> str:
        if name in variables:
            return variables[name].replace("$", "$$")
        if name in BUILT_INS:
            return f"${{{name}}}"
        raise UnknownVariable(name)

    return _replaced(text, put, dollar="$$")


def final(text: str, built_ins: Mapping[str, str | None]) -> str:
    """The second stage: the text as it is meant. Raises NoValueYet."""

    def put(name: str) -> str:
        value = built_ins.get(name)
        if value is None:
            raise NoValueYet(name)
        return value

    return _replaced(text, put, dollar="$")


def references(text: str) -> tuple[str, ...]:
    """Names in a text, in order."""
    return tuple(match[1] for match in _REFERENCE.finditer(text) if match[1] is not None)


def resolved(step: Step, built_ins: Mapping[str, str | None]) -> Step:
    """The second stage for a whole step, expectations included. Raises NoValueYet."""
    return _mapped(step, lambda text: final(text, built_ins))


def texts_of(part: object) -> list[str]:
    """Every text in a step or a part of one."""
    found: list[str] = []

    def note(text: str) -> str:
        found.append(text)
        return text

    _mapped(part, note)
    return found


def _replaced(text: str, put: Callable[[str], str], *, dollar: str) -> str:
    return _REFERENCE.sub(lambda match: dollar if match[1] is None else put(match[1]), text)


def _mapped(part: T, change: Callable[[str], str]) -> T:
    """A part with every text in it changed."""
    done: Any = part
    if isinstance(part, str):
        done = change(part)
    elif isinstance(part, tuple):
        done = tuple(_mapped(item, change) for item in part)
    elif is_dataclass(part) and not isinstance(part, type | Place):
        names = (item.name for item in fields(part) if item.name not in _LITERAL)
        done = replace(part, **{name: _mapped(getattr(part, name), change) for name in names})
    return done  # type: ignore[no-any-return]
