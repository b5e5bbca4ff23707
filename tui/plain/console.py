"""What plain mode hears: lines, the end of input, and Ctrl+C, as values.

The session talks to this protocol only, so tests drive it with lines; `terminal.py` is the real one.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Entered:
    """A line, without its end, exactly as typed."""

    text: str


@dataclass(frozen=True, slots=True)
class EndOfInput:
    """Ctrl+D on a terminal, the end of a pipe or file."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """Ctrl+C at a prompt."""


Event = Entered | EndOfInput | Interrupted


class CannotHide(Exception):  # noqa: N818 - a refusal, not a fault
    """The terminal does not let the echo be switched off (SSH-SEC-02)."""


class Console(Protocol):
    """Where answers come from."""

    @property
    def interactive(self) -> bool:
        """Whether a person sits at a terminal on both ends."""

    async def read(self) -> Event:
        """The next event. Cancelling the wait loses nothing: the line comes with the next call."""

    async def interrupted(self) -> None:
        """Wait for a Ctrl+C that comes while nothing is being asked."""

    def hidden(self) -> AbstractContextManager[None]:
        """No echo inside the block; restored on every way out. Raises `CannotHide`."""

    def discard_typed(self) -> None:
        """Forget what was typed ahead (SSH-NET-07): a commitment takes no earlier answer."""
