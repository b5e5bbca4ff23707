"""Where every key and value of a TOML document stands (DEMO-ERR-02).

The standard library's parser decides what a document means but keeps no positions, so this pass over the same
text notes them: of comments, strings, arrays, inline tables and headers it knows as much as it takes to find
the next key. On a document that the parser refuses it stops at the first place it cannot follow; what it has
found by then is right, which is enough to name the first of two equal keys.

    scan('[run]\nseed = 1\n').at("run", "seed").value   -> Place(2, 8, 1)
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from tui.demo.script import Place

Part = str | int
Path = tuple[Part, ...]
"""Names of tables and keys; numbers from 0 in arrays."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One key, table or element of an array."""

    path: Path
    key: Place
    """The key as written; of a table its header; of an element of an array the element."""
    value: Place


@dataclass(frozen=True, slots=True)
class Twice:
    """A key that is given twice."""

    path: Path
    first: Place
    again: Place


@dataclass(slots=True)
class Positions:
    """What a pass over a document found."""

    entries: dict[Path, Entry] = field(default_factory=dict)
    """In the order of the document."""
    twice: list[Twice] = field(default_factory=list)
    whole: bool = True
    """Whether the pass reached the end."""

    def at(self, *path: Part) -> Entry:
        """The entry of a path, or of the nearest thing around it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.entries:
                return self.entries[path[:length]]
        start = Place(1, 1)
        return Entry((), start, start)


def scan(text: str) -> Positions:
    """Positions of everything in a document; lines end in LF or CRLF."""
    scanner = _Scanner(text)
    try:
        scanner.document()
    except _Lost:
        scanner.found.whole = False
    return scanner.found


class _Lost(Exception):  # noqa: N818 - internal
    """The text is no TOML from here on."""


_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BLANKS = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_STRINGS: Final = (
    re.compile(r'"""(?:[^\\"]|\\.|"(?!""))*"""(?:"(?!")|""(?!"))?', re.DOTALL),
    re.compile(r"'''(?:[^']|'(?!''))*'''(?:'(?!')|''(?!'))?"),
    re.compile(r'"(?:[^"\\\n]|\\.)*"'),
    re.compile(r"'[^'\n]*'"),
)
_PLAIN = re.compile(r"[^,\]}#\r\n]+")


class _Scanner:
    """One pass; every method begins at the position and leaves it behind what it read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._table: Path = ()
        self._lengths: dict[Path, int] = {}
        """Elements of each array of tables so far."""
        self._given: set[Path] = set()
        self.found = Positions()

    def document(self) -> None:
        while self._skip(_GAP):
            if self._peek("["):
                self._header()
            else:
                self._pair(self._table)

    def _header(self) -> None:
        start = self._at
        many = self._peek("[[")
        self._at += 2 if many else 1
        parts = [name for name, _ in self._key()]
        self._expect("]]" if many else "]")
        place = self._place(start, self._at)
        path: Path = ()
        for part in parts[:-1]:
            path = self._open((*path, part), place)
        path = (*path, parts[-1])
        if many:
            self._note(path, place, place)
            number = self._lengths.get(path, 0)
            self._lengths[path] = number + 1
            path = (*path, number)
        self._note(path, place, place, given=True)
        self._table = path

    def _open(self, path: Path, place: Place) -> Path:
        """A table on the way to another; of an array of tables its last element."""
        self._note(path, place, place)
        return (*path, self._lengths[path] - 1) if path in self._lengths else path

    def _pair(self, table: Path) -> None:
        start = self._at
        names = self._key()
        key = self._place(start, names[-1][1])
        self._skip(_BLANKS)
        self._expect("=")
        self._skip(_BLANKS)
        path = table
        for name, _ in names[:-1]:
            path = (*path, name)
            self._note(path, key, key)
        path = (*path, names[-1][0])
        self._note(path, key, key, given=True)
        value = self._value(path)
        if self.found.entries[path].key == key:
            self.found.entries[path] = Entry(path, key, value)

    def _key(self) -> list[tuple[str, int]]:
        """The parts of a dotted key, each with its end."""
        parts: list[tuple[str, int]] = []
        while True:
            self._skip(_BLANKS)
            start = self._at
            if self._peek('"') or self._peek("'"):
                self._string()
                parts.append((_decoded(self._text[start : self._at]), self._at))
            else:
                parts.append((self._match(_BARE_KEY), self._at))
            end = self._at
            self._skip(_BLANKS)
            if not self._peek("."):
                self._at = end
                self._skip(_BLANKS)
                return parts
            self._at += 1

    def _value(self, path: Path) -> Place:
        start = self._at
        if self._peek("["):
            self._array(path)
        elif self._peek("{"):
            self._inline_table(path)
        elif self._peek('"') or self._peek("'"):
            self._string()
        else:
            self._at = start + len(self._match(_PLAIN).rstrip())
        return self._place(start, self._at)

    def _array(self, path: Path) -> None:
        self._at += 1
        for number in self._items("]"):
            element = (*path, number)
            start = self._at
            # Noted before what is in it, so that the order stays that of the document.
            self._note(element, self._place(start, start + 1), self._place(start, start + 1))
            place = self._value(element)
            self.found.entries[element] = Entry(element, place, place)

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        for _ in self._items("}"):
            self._pair(path)

    def _items(self, end: str) -> Iterator[int]:
        """Stops at each item up to the closing bracket, with its number."""
        number = 0
        while True:
            self._skip(_GAP)
            if self._peek(end):
                break
            yield number
            number += 1
            self._skip(_GAP)
            if not self._peek(","):
                break
            self._at += 1
        self._expect(end)

    def _string(self) -> None:
        for pattern in _STRINGS:
            found = pattern.match(self._text, self._at)
            if found:
                self._at = found.end()
                return
        raise _Lost

    def _note(self, path: Path, key: Place, value: Place, *, given: bool = False) -> None:
        if path not in self.found.entries:
            self.found.entries[path] = Entry(path, key, value)
        elif given and path in self._given:
            self.found.twice.append(Twice(path, self.found.entries[path].key, key))
        if given:
            self._given.add(path)

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        """Past what may stand between; whether there is more."""
        found = pattern.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at < len(self._text)

    def _match(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if not found:
            raise _Lost
        self._at = found.end()
        return found[0]

    def _peek(self, mark: str) -> bool:
        return self._text.startswith(mark, self._at)

    def _expect(self, mark: str) -> None:
        if not self._peek(mark):
            raise _Lost
        self._at += len(mark)

    def _place(self, start: int, end: int) -> Place:
        """Of a piece of text; only its first line counts for the length."""
        line = bisect_right(self._starts, start)
        column = start - self._starts[line - 1] + 1
        stop = self._text.find("\n", start, end)
        length = (end if stop < 0 else stop) - start
        return Place(line, column, max(1, length))


def _decoded(key: str) -> str:
    """A quoted key without its quotes and escapes."""
    try:
        return str(tomllib.loads(f"key = {key}")["key"])
    except tomllib.TOMLDecodeError:
        raise _Lost from None
