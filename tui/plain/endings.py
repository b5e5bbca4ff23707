"""How a prompt, a stay on a screen or the whole conversation ends other than by an answer."""

import asyncio
from typing import Final

from tui.plain.commands import Invoked

INTERRUPTED: Final = 130
TWICE_S: Final = 2.0
"""A second Ctrl+C within so many seconds ends the program at once (A11Y-PLAIN-11)."""


class Leave(Exception):  # noqa: N818 - the person's choice, not a fault
    """The prompt was left by a command that its caller does not take."""

    def __init__(self, command: Invoked) -> None:
        super().__init__(command.name)
        self.command = command


class Moved(Exception):  # noqa: N818
    """The portal went to another screen while a prompt was open (lock, end of the login; F-GEN-13)."""


class Ended(Exception):  # noqa: N818
    """The conversation is over; `message` goes to standard error."""

    def __init__(self, code: int, message: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.message = message


class Interrupts:
    """Counts Ctrl+C: one is a question, two in a row are an order; without a terminal one is enough."""

    def __init__(self, *, interactive: bool) -> None:
        self._interactive = interactive
        self._last = float("-inf")

    def count(self) -> None:
        """One more. Raises `Ended` where it ends the program."""
        now = asyncio.get_running_loop().time()
        if not self._interactive or now - self._last <= TWICE_S:
            raise Ended(INTERRUPTED)
        self._last = now
