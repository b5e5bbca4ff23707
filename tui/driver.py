"""The terminal driver with the terminal's own cursor in sight (A11Y-FOCUS-05).

Textual hides the hardware cursor for the whole run; braille lines and magnifiers follow it, so it is shown
again as soon as the full screen starts, and after every resume. For lean terminals the requests they would
misread are left out (SSH-TERM-04).
"""

import os
import re
from collections.abc import Callable

from textual.driver import Driver

from tui.hang_up import watch_for_hang_up
from tui.widgets.painting import image_of

SHOW_CURSOR = "\x1b[?25h"
_REQUESTS = re.compile(
    "\x1b\\]22;[^\x07]*\x07|\x1b\\[>\\d+u|\x1b\\[<u|\x1b\\[\\?(2048|2026)(\\$p|h|l)|\x1b\\[\\?(1004|1000|1003|1015|1006)[hl]"
)


def lean(data: str) -> str:
    """`data` without the requests that lean terminals do not know."""
    return _REQUESTS.sub("", data)


def driver_class(*, lean_terminal: bool = False, show_cursor: bool = True) -> type[Driver] | None:
    """The driver to use; None where this system has no such terminal (Textual then chooses)."""
    if os.name == "nt":
        return None
    from textual.drivers.linux_driver import LinuxDriver

    keep: Callable[[str], str] = lean if lean_terminal else str

    class TerminalDriver(LinuxDriver):
        """Linux and macOS terminals."""

        _end_watch: Callable[[], None] | None = None

        def start_application_mode(self) -> None:
            """Start, then show the cursor that the start hides; the new screen is empty."""
            image_of(self._app).forget()
            super().start_application_mode()  # type: ignore[no-untyped-call]
            self._end_watch = self._end_watch or watch_for_hang_up(self.fileno)
            if show_cursor:
                self.write(SHOW_CURSOR)
                self.flush()

        def close(self) -> None:
            """Nothing is watched or written any more."""
            if self._end_watch is not None:
                self._end_watch()
            super().close()

        def write(self, data: str) -> None:
            """Write what this terminal understands."""
            super().write(keep(data))

    return TerminalDriver
