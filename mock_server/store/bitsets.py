"""Sets of row positions as Python integers: bit i is set when row i belongs.

Python's big integers do the set algebra of 310,184 rows in about 5 microseconds per operation, in C, without
a database. What they lack is added here: reading the members of one page without visiting the others.
"""

from collections.abc import Iterable

_CHUNK = 512
"""Bytes looked at together: a page touches few chunks, and a chunk is cheap to list."""


def of(positions: Iterable[int]) -> int:
    """The set of these positions (small sets: each costs a shift of the whole)."""
    bits = 0
    for position in positions:
        bits |= 1 << position
    return bits


def everything(size: int) -> int:
    """The set of positions 0 to size - 1."""
    return (1 << size) - 1


def members(bits: int, skip: int, count: int) -> list[int]:
    """Up to `count` members in ascending order, after passing over the first `skip`."""
    found: list[int] = []
    data = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    for start in range(0, len(data), _CHUNK):
        chunk = int.from_bytes(data[start : start + _CHUNK], "little")
        present = chunk.bit_count()
        if skip >= present:
            skip -= present
            continue
        listed = _members_of_chunk(chunk, start * 8)
        found += listed[skip : skip + count - len(found)]
        skip = 0
        if len(found) == count:
            break
    return found


def _members_of_chunk(chunk: int, offset: int) -> list[int]:
    digits = bin(chunk)[:1:-1]
    return [offset + place for place, digit in enumerate(digits) if digit == "1"]


def insert_gap(bits: int, position: int) -> int:
    """Every member at or after `position` moved up by one, so that a new row can stand there."""
    below = bits & everything(position)
    return ((bits >> position) << (position + 1)) | below
