"""Text for the clipboard of the terminal, sent as OSC 52 and never read back (SSH-CLIP-01 to SSH-CLIP-04).

Whether anything arrives is up to the terminal and the multiplexer between, so nothing here claims success.
"""

import base64
import os
from collections.abc import Mapping
from typing import Literal

from tui.announcement import Announcement
from tui.portal_app import PortalApp

Route = Literal["raw", "tmux", "none"]

LONGEST = 74_994
"""Bytes of UTF-8 text: 99,992 base64 characters, below the common limit of terminals (SSH-CLIP-02)."""
IF_EMPTY = (
    "If paste is empty: tmux needs set-clipboard on; macOS Terminal has no support; use Show as text in the "
    "same menu."
)


def route(setting: str, variables: Mapping[str, str]) -> Route:
    """The way to the terminal's clipboard; GNU screen has none unless the person says so."""
    if setting == "off":
        return "none"
    if setting == "tmux-passthrough":
        return "tmux"
    inside_screen = "STY" in variables or variables.get("TERM", "").startswith("screen")
    return "none" if setting == "auto" and inside_screen and "TMUX" not in variables else "raw"


def sequence(text: str, way: Route) -> str:
    """What is written to the terminal; empty where there is no way."""
    if way == "none":
        return ""

    plain = f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\a"
    return plain if way == "raw" else "\x1bPtmux;" + plain.replace("\x1b", "\x1b\x1b") + "\x1b\\"


def refusal(text: str, way: Route) -> Announcement | None:
    """Why a text is not sent; None: it is."""
    if way == "none":
        return Announcement(
            "error",
            "Copying is off: the setting clipboard says so, or GNU screen keeps it from the terminal.",
            "Set clipboard to osc52 with qportal config, export the report, or use Show as text (Ctrl+Y).",
        )
    size = len(text.encode())
    if size > LONGEST:
        return Announcement(
            "error",
            f"Too long for the clipboard ({size} bytes).",
            "Use Export (x), or Show as text (Ctrl+Y).",
        )
    return None


def outcome(text: str) -> Announcement:
    """What is said when a text was sent (SSH-CLIP-03)."""
    characters = "1 character" if len(text) == 1 else f"{len(text)} characters"
    return Announcement("done", f"Sent to the terminal's clipboard, {characters}. {IF_EMPTY}")


class TerminalClipboard(PortalApp):
    """The app's way to the clipboard; Textual's own copying in fields goes through it too."""

    def copy_to_clipboard(self, text: str) -> None:
        """Send a text, where the setting and its length allow it."""
        way = route(self.settings.clipboard, os.environ)
        if refusal(text, way) is None and self._driver is not None:
            self._clipboard = text
            self._driver.write(sequence(text, way))

    def send_to_clipboard(self, text: str) -> Announcement:
        """Send a text; what to say about it."""
        self.copy_to_clipboard(text)
        return refusal(text, route(self.settings.clipboard, os.environ)) or outcome(text)
