"""How the values of a script are written: one reader for each kind, which answers the typed value or why not.

duration()("500ms")   -> 500
size("80x24")         -> Size(80, 24)
one_of("a", "b")("c") -> raises Wrong("D207", ...)
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any, Final, TypeVar, cast, get_args

from rich.cells import cell_len

from tui.demo.script import Size
from tui.demo.variables import final, references
from tui.demo.words import help_for

T = TypeVar("T")
Kind = Callable[[object], T]
"""Reads one kind of value; raises Wrong."""

TEN_MINUTES: Final = 600_000
ONE_DAY: Final = 86_400_000

_DURATION: Final = re.compile(r"(\d+)(?:\.(\d{1,3}))?(ms|s|m|h)")
_UNITS: Final = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000}
_SIZE: Final = re.compile(r"(\d{2,3})x(\d{2,3})")
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_SMALLEST: Final = Size(40, 12)
_LARGEST: Final = Size(200, 60)

_CALLED: Final = {
    str: "a string",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    datetime: "a date-time",
    date: "a date",
    time: "a time",
    list: "an array",
    dict: "a table",
}
"""TOML's kinds in words."""


class Wrong(Exception):  # noqa: N818 - it says what was found
    """A value cannot be used: a D-code, the values of its message (all but `key`), help."""

    def __init__(self, code: str, /, *help_lines: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.help = help_lines
        self.values = values


def called(value: object) -> str:
    """What kind of value it is, in words."""
    return _CALLED[type(value)]


def wrong_type(value: object, needed: str, example: str) -> Wrong:
    """D203."""
    return Wrong("D203", f"for example {example}", type=needed, got=called(value))


def text(
    *, longest: int | None = None, lines: bool = True, cells: bool = False, example: str = ""
) -> Kind[str]:
    """Any text; `longest` in characters, or in cells of a terminal."""

    def read(value: object) -> str:
        found = _string(value, example or '"text"')
        length = cell_len(found) if cells else len(found)
        if longest is not None and not 1 <= length <= longest:
            raise Wrong("D209", min=1, max=f"{longest} {'cells' if cells else 'characters'} long")
        if not lines and "\n" in found:
            raise Wrong("D208", "leave the line break out", value=" ".join(found.split()), kind="single line")
        return found

    return read


def boolean(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise wrong_type(value, "true or false", "true")
    return value


def integer(low: int, high: int) -> Kind[int]:
    """A whole number between two, both included."""

    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise wrong_type(value, "a whole number", str(low))
        if not low <= value <= high:
            raise Wrong("D209", min=low, max=high)
        return value

    return read


def number(low: float, high: float) -> Kind[float]:
    """A number between two, both included."""

    def read(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise wrong_type(value, "a number", str(low))
        if not low <= value <= high:
            raise Wrong("D209", min=low, max=high)
        return float(value)

    return read


def duration(*, longest: int = TEN_MINUTES) -> Kind[int]:
    """A time such as `500ms` or `1.5s`, in milliseconds; hours only where ten minutes are not the most."""
    hours = longest > TEN_MINUTES
    examples = ("for example 500ms, 2s, 1.5m or 2h",) if hours else ("for example 500ms, 2s or 1.5m",)

    def read(value: object) -> int:
        written = _string(value, '"500ms"')
        found = _DURATION.fullmatch(written)
        if found is None or (found[3] == "h" and not hours):
            raise Wrong("D208", *examples, value=written, kind="duration")
        thousandths = int(found[1]) * 1000 + int((found[2] or "").ljust(3, "0"))
        whole, rest = divmod(thousandths * _UNITS[found[3]], 1000)
        if rest:
            raise Wrong(
                "D208", "a duration is a whole number of milliseconds", value=written, kind="duration"
            )
        if whole > longest:
            raise Wrong("D209", *examples, min="0", max="24h" if hours else "10m")
        return whole

    return read


def size(value: object) -> Size:
    """Columns and rows of a terminal."""
    written = _string(value, '"80x24"')
    found = _SIZE.fullmatch(written)
    if found is None:
        raise Wrong("D208", "for example 80x24 or 40x12", value=written, kind="size")
    columns, rows = int(found[1]), int(found[2])
    fits = _SMALLEST.columns <= columns <= _LARGEST.columns and _SMALLEST.rows <= rows <= _LARGEST.rows
    if not fits:
        raise Wrong("D209", min=_SMALLEST, max=_LARGEST)
    return Size(columns, rows)


def name(value: object) -> str:
    """Of a step or a picture."""
    written = _string(value, '"first-code"')
    if not _NAME.fullmatch(written):
        raise Wrong("D208", "small letters, digits and hyphens, at most 40", value=written, kind="name")
    return written


def language(value: object) -> str:
    """A language tag."""
    written = _string(value, '"en-US"')
    if not _LANGUAGE.fullmatch(written):
        raise Wrong("D208", "for example en-US", value=written, kind="language tag")
    return written


def instant(value: object) -> datetime:
    """A moment with its offset."""
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise wrong_type(value, "a date-time with an offset", "2016-10-03T10:00:00-04:00")
    return value


def one_of(words: Sequence[str], *, labels: Sequence[str] = (), more: str = "") -> Kind[str]:
    """One of the words, or an exact label; a text that is only known at run time passes."""

    def read(value: object) -> str:
        written = _string(value, f'"{words[0]}"')
        if references(written) or final(written, {}) in (*words, *labels):
            return written
        raise Wrong("D207", *help_for(written, words, more=more), value=written)

    return read


def literal(of: Any) -> Kind[Any]:
    """One of the words of a `Literal`."""
    return one_of(cast(Sequence[str], get_args(of)))


def either(needed: str, *kinds: type, example: str) -> Kind[Any]:
    """A value of one of TOML's kinds, as it stands."""

    def read(value: object) -> Any:
        if type(value) not in kinds:
            raise wrong_type(value, needed, example)
        return value

    return read


def _string(value: object, example: str) -> str:
    if not isinstance(value, str):
        raise wrong_type(value, "a string", example)
    return value
