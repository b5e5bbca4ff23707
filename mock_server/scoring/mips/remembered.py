"""Figures of few possible inputs are made once.

A figure costs more than the arithmetic behind it, and many have a handful of inputs: flags, weights, whole
points. They are immutable, so everybody may share them.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

from mock_server.scoring.computed import Computed, Formula

P = ParamSpec("P")
T = TypeVar("T")

_MOST = 4096  # per formula: a bound, not a limit that real inputs reach


def remembered(made: Formula[P, T]) -> Callable[P, Computed[T]]:
    """`made.of`, with the figures of recent inputs kept; the inputs have to be hashable."""
    return cast(Callable[P, Computed[T]], lru_cache(maxsize=_MOST)(made.of))
