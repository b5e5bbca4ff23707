"""Hang-up and termination: an orderly end within two seconds, and an end in any case (SSH-HUP-01).

A front end installs `ending` on its event loop before its first screen. The handler stops the front end
through a callback; a watchdog ends the process a second later if that has not happened, with the same exit
code.
"""

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tui.exit_codes import of_signal

HANDLED = tuple(getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name))
ORDERLY_S = 2.0
"""Time for the orderly end: cancel what runs, log out, restore the terminal."""
WATCHDOG_S = 3.0


class Ended(BaseException):
    """A signal ended the program; carried to the exit code like KeyboardInterrupt."""

    def __init__(self, number: int) -> None:
        super().__init__(f"signal {number}")
        self.number = number


class Ending:
    """Whether and why the program is ending."""

    def __init__(self) -> None:
        self.number: int | None = None

    @property
    def begun(self) -> bool:
        """Whether no more input is to be taken."""
        return self.number is not None

    @property
    def exit_code(self) -> int | None:
        """128 + the signal's number; None: no signal came."""
        return None if self.number is None else of_signal(self.number)


@contextmanager
def ending(stop: Callable[[int], None]) -> Iterator[Ending]:
    """Call `stop(exit code)` on the running loop at the first SIGHUP or SIGTERM; the watchdog waits then."""
    loop = asyncio.get_running_loop()
    state = Ending()

    def received(number: int) -> None:
        if state.begun:
            return
        state.number = number
        _start_watchdog(of_signal(number))
        stop(of_signal(number))

    for number in HANDLED:
        loop.add_signal_handler(number, received, number)
    try:
        yield state
    finally:
        for number in HANDLED:
            loop.remove_signal_handler(number)


def _start_watchdog(code: int) -> None:
    timer = threading.Timer(WATCHDOG_S, os._exit, args=(code,))
    timer.daemon = True
    timer.start()
