"""Repeatable draws from SHA-256 (P-DM-50).

The standard `random` module promises the same numbers in every Python version for `random()` alone. Demo
practices must never change, so the draws come from the hash of the seed and a counter, and nothing else.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")

_BYTES = 6
"""Bytes of one draw: 48 bits, far above every range drawn from."""


class HashStream:
    """An endless, repeatable stream of whole numbers made from a seed text."""

    def __init__(self, *seed: str) -> None:
        self._seed = "\x1f".join(seed).encode()
        self._block = b""
        self._counter = 0

    def _bits(self) -> int:
        if len(self._block) < _BYTES:
            self._block = sha256(self._seed + self._counter.to_bytes(8, "big")).digest()
            self._counter += 1
        taken, self._block = self._block[:_BYTES], self._block[_BYTES:]
        return int.from_bytes(taken, "big")

    def below(self, limit: int) -> int:
        """A number from 0 to `limit` - 1; `limit` is 1 or more and small against 2**48."""
        return self._bits() * limit >> (8 * _BYTES)

    def between(self, low: int, high: int) -> int:
        """A number from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def chance(self, percent: int) -> bool:
        """True in `percent` of 100 draws."""
        return self.below(100) < percent

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices, all alike."""
        return choices[self.below(len(choices))]

    def weighted(self, choices: Sequence[tuple[int, T]]) -> T:
        """One of the choices by its whole-number weight."""
        point = self.below(sum(weight for weight, _ in choices))
        for weight, choice in choices:
            if point < weight:
                return choice
            point -= weight
        raise AssertionError("the point lies below the sum of the weights")

    def sample(self, choices: Sequence[T], size: int) -> list[T]:
        """`size` different choices, in drawn order; at most all of them."""
        left = list(choices)
        return [left.pop(self.below(len(left))) for _ in range(min(size, len(left)))]
