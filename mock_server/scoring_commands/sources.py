"""Where documents come from: files, folders, standard input; one document each, or one on every line.

Whatever arrived together is handed on together, so that a slow producer gets its results at once and a fast
one is worked off in large pieces. Nothing is held in full but one document and the names in one folder.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import msgspec

from mock_server.scoring_commands.refusals import MIB, NotScored, too_large, unreadable

STDIN: Final = "-"
LARGEST_FILE: Final = 64 * MIB
"""Bytes of one document. The PQRS record of a TIN with ten thousand professionals stays below it."""
LARGEST_LINE: Final = 10 * MIB
"""Bytes of one document among others (API-GEN-14)."""
BLOCK: Final = 64 * 1024
"""Bytes read at a time; what a pipe holds."""
_BOM: Final = b"\xef\xbb\xbf"
_SUFFIXES: Final = frozenset((".json", ".ndjson", ".jsonl"))


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to score."""

    source: str
    """The path as it was given, or a place in it: `batch.ndjson:7`, on standard input `line 7`."""
    data: bytes
    refusal: NotScored | None = None
    """Why there are no data."""
    is_line: bool = False
    """Whether it is one of the lines of a stream."""


Batch = list[Document]
"""Documents that arrived together."""


class Stream(Protocol):
    """Bytes as they come."""

    def read(self, size: int, /) -> bytes | None:
        """At most `size` bytes, fewer if fewer are there, none at the end."""


def batches(paths: Sequence[str], stdin: Stream) -> Iterator[Batch]:
    """Every document of every path, in order; folders by the names of their files."""
    for path in paths:
        if path == STDIN:
            yield from _documents(stdin, "standard input", "line ")
        elif Path(path).is_dir():
            yield from _gathered(_folder(path))
        else:
            yield from _file(path)


def is_many(paths: Sequence[str], first: Document) -> bool:
    """Whether a run is about many documents: several paths, a folder, lines."""
    return len(paths) > 1 or first.is_line or (paths[0] != STDIN and Path(paths[0]).is_dir())


def _folder(path: str) -> Iterator[Batch]:
    found = False
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if Path(name).suffix.lower() in _SUFFIXES and not name.startswith("."):
                found = True
                yield from _file(str(Path(folder, name)))
    if not found:
        kinds = ", ".join(sorted(_SUFFIXES))
        refusal = NotScored("FolderEmpty", f"The folder holds no file of {kinds}.")
        yield [Document(_shown(path), b"", refusal)]


def _file(path: str) -> Iterator[Batch]:
    try:
        with Path(path).open("rb", buffering=0) as stream:
            yield from _documents(stream, _shown(path), f"{_shown(path)}:")
    except OSError as failure:
        yield [Document(_shown(path), b"", unreadable(failure))]


def _shown(path: str) -> str:
    """The path in characters; a name on disk may be any bytes."""
    return os.fsencode(path).decode("utf-8", "replace")


def _gathered(small: Iterator[Batch]) -> Iterator[Batch]:
    """Batches of about a block each."""
    together: Batch = []
    size = 0
    for batch in small:
        together += batch
        size += sum(len(document.data) for document in batch)
        if size >= BLOCK:
            yield together
            together, size = [], 0
    if together:
        yield together


def _documents(stream: Stream, source: str, place: str) -> Iterator[Batch]:
    """The one document of a stream, or its lines, if its first line is a document by itself."""
    head = _head(stream)
    if _are_lines(head):
        yield from _lines(stream, head, place)
    else:
        yield [_whole(stream, head, source)]


def _head(stream: Stream) -> bytes:
    """Bytes up to the beginning of the second line that is not blank, and what came with it."""
    blocks: list[bytes] = []
    size, started, ended = 0, False, False
    while size <= LARGEST_FILE and (block := stream.read(BLOCK)):
        blocks.append(block)
        size += len(block)
        if not started:
            block = block.lstrip()
            started = bool(block)
        if started and not ended:
            _, newline, block = block.partition(b"\n")
            ended = bool(newline)
        if ended and block.strip():
            break
    return b"".join(blocks)


def _are_lines(head: bytes) -> bool:
    """Whether the first line is a document by itself, or a broken one among others, and more follows."""
    first, _, rest = (part.strip() for part in head.removeprefix(_BOM).lstrip().partition(b"\n"))
    if not rest:
        return False
    try:
        msgspec.json.decode(first)
    except (msgspec.DecodeError, RecursionError):
        looks_like_one = first.startswith(b"{") and first.endswith(b"}")
        return looks_like_one and rest.startswith(b"{")
    return True


def _whole(stream: Stream, head: bytes, source: str) -> Document:
    blocks, size = [head], len(head)
    while size <= LARGEST_FILE and (block := stream.read(BLOCK)):
        blocks.append(block)
        size += len(block)
    if size > LARGEST_FILE:
        return Document(source, b"", too_large(LARGEST_FILE))
    return Document(source, b"".join(blocks))


def _lines(stream: Stream, head: bytes, place: str) -> Iterator[Batch]:
    """Each line that is not blank; the lines of one block together."""
    number, tail, skipping = 0, head, False
    while True:
        *complete, tail = tail.split(b"\n")
        batch: Batch = []
        for line in complete:
            number += 1
            if skipping:
                skipping = False
            elif line.strip():
                batch.append(_line(line, f"{place}{number}"))
        if len(tail) > LARGEST_LINE:
            if not skipping:
                batch.append(_line(tail, f"{place}{number + 1}"))
            tail, skipping = b"", True
        if batch:
            yield batch
        block = stream.read(BLOCK)
        if not block:
            break
        tail += block
    if tail.strip() and not skipping:
        yield [_line(tail, f"{place}{number + 1}")]


def _line(line: bytes, source: str) -> Document:
    if len(line) > LARGEST_LINE:
        return Document(source, b"", too_large(LARGEST_LINE), is_line=True)
    return Document(source, line, is_line=True)
