"""From a name on the command line to the text of a script and the parser's view of it (D101 to D106)."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tui.demo import catalogue
from tui.demo.codes import message
from tui.demo.findings import Finding
from tui.demo.positions import Positions, scan
from tui.demo.script import Place
from tui.demo.words import help_for

ENDING: Final = ".demo.toml"
LARGEST: Final = 1 << 20
"""Bytes of a script; a file beyond is not one."""

_WHERE: Final = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_TWICE: Final = re.compile("overwrite|twice|[Dd]uplicate|redefine|mutate")
_LEADING_ZERO: Final = re.compile(r"[=\[,]\s*0\d")
_BARE_WORD: Final = re.compile(r"=\s*(?!true\b|false\b|inf\b|nan\b)[A-Za-z]")


class Unusable(Exception):  # noqa: N818 - it says what happened
    """The file cannot be read as a document at all."""

    def __init__(self, finding: Finding, lines: tuple[str, ...] = ()) -> None:
        super().__init__(finding.message)
        self.finding = finding
        self.lines = lines


@dataclass(frozen=True, slots=True)
class Source:
    """A document with its text and positions."""

    name: str
    """As it was asked for."""
    lines: tuple[str, ...]
    document: dict[str, Any]
    positions: Positions = field(repr=False)

    @property
    def file(self) -> str:
        """The name for messages: of a shipped script with its ending."""
        return self.name if self.name not in catalogue.NAMES else f"{self.name}{ENDING}"

    @property
    def stem(self) -> str:
        """File name without folder and ending."""
        return Path(self.name).name.removesuffix(ENDING).removesuffix(".toml")


def source(name: str) -> Source:
    """The document of a file or of a shipped script. Raises Unusable."""
    return parsed(name, decoded(_bytes(name)))


def decoded(content: bytes) -> str:
    """UTF-8 without a byte order mark; lines end in LF."""
    if content.startswith(b"\xef\xbb\xbf"):
        raise Unusable(_found("D102", Place(1, 1), problem="remove the byte order mark"))
    try:
        return content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8").replace("\r\n", "\n")
        line, start = before.count("\n") + 1, before.rfind("\n") + 1
        place = Place(line, len(before) - start + 1)
        problem = f"the file is not UTF-8 (byte {error.start + 1})"
        raise Unusable(_found("D102", place, "save the file as UTF-8", problem=problem)) from None


def parsed(name: str, text: str) -> Source:
    """The document of a text. Raises Unusable."""
    lines = tuple(text.split("\n"))
    try:
        document = tomllib.loads(text)
        return Source(name, lines, document, scan(text))
    except tomllib.TOMLDecodeError as error:
        raise Unusable(_syntax(str(error), text, lines), lines) from None
    except (RecursionError, ValueError) as error:
        # Arrays within arrays without end; a number of thousands of digits.
        reason = "nested too deeply" if isinstance(error, RecursionError) else "a number is too long"
        raise Unusable(_found("D103", Place(1, 1), reason=reason), lines) from None


def _bytes(name: str) -> bytes:
    """What the file holds, or the shipped script of that name."""
    shipped = catalogue.content(name)
    if shipped is not None:
        return shipped
    return _reading(name, lambda: Path(name).read_bytes())


def _reading(name: str, read: Callable[[], bytes]) -> bytes:
    try:
        content = read()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Unusable(_found("D101", None, *_meant(name), file=name, reason=reason)) from None
    except ValueError:
        raise Unusable(_found("D101", None, file=name, reason="no file can have this name")) from None
    if len(content) > LARGEST:
        raise Unusable(_found("D101", None, file=name, reason="larger than 1 MiB"))
    return content


def _meant(name: str) -> tuple[str, ...]:
    """Shipped scripts, where a bare word was not a file."""
    return () if Path(name).name != name else help_for(name, catalogue.NAMES, more="or a file")


def _syntax(reason: str, text: str, lines: tuple[str, ...]) -> Finding:
    where = _WHERE.search(reason)
    twice = scan(text).twice if _TWICE.search(reason) else []
    if twice:
        key = next(part for part in reversed(twice[0].path) if isinstance(part, str))
        return _found("D106", twice[0].again, key=key, n=twice[0].first.line)
    last = max((number for number, line in enumerate(lines, 1) if line), default=1)
    line = int(where[1]) if where and where[1] else last
    column = int(where[2]) if where and where[2] else len(lines[last - 1]) + 1
    written = lines[line - 1] if line <= len(lines) else ""
    helps = []
    if _LEADING_ZERO.search(written):
        helps.append("quote numbers with leading zeros: they are identifiers, not amounts")
    elif _BARE_WORD.search(written):
        helps.append('text stands in double quotes: word = "value"')
    return _found("D103", Place(line, column), *helps, reason=_WHERE.sub("", reason))


def _found(code: str, place: Place | None, /, *helps: str, **values: object) -> Finding:
    return Finding(code, message(code, **values), place, helps)
