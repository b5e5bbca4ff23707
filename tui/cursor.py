"""The terminal's own cursor: where it stands; and the window title (A11Y-FOCUS-05, A11Y-FOCUS-08)."""

import os

from textual.app import App
from textual.geometry import Offset


class TerminalCursor(App[int]):
    """Puts the hardware cursor on the focused element with every frame that is written.

    Textual writes `cursor_position` at the end of each frame and sets it for text inputs only. As a property
    it is right for every control, after each scroll and resize, without anybody having to remember it.
    """

    _cell = Offset(0, 0)

    @property
    def cursor_position(self) -> Offset:
        """Cell of the focused element; the last one known while there is none."""
        focused = self.focused if self.screen_stack else None
        cell = getattr(focused, "cursor_screen_offset", None)  # `Control`s and Textual's inputs have one
        if isinstance(cell, Offset):
            self._cell = cell
        return self._cell

    @cursor_position.setter
    def cursor_position(self, position: Offset) -> None:
        """Textual's own placing; the focused element knows better."""
        self._cell = position

    def _set_pointer_shape(self, shape: str) -> None:
        """No shape is asked of the mouse pointer: OSC 22 is unknown to many terminals (SSH-TERM-04)."""

    def set_window_title(self, title: str) -> None:
        """Write the window title while the terminal is ours; titles are constants (SR-TERM-04)."""
        wanted = self._driver is not None and not self.is_headless and not self._exit
        if self._driver is not None and wanted and not os.environ.get("QPORTAL_NO_TITLE"):
            self._driver.write(f"\x1b]2;{title}\x07")
