"""Show a table as text outside the full screen, for the terminal's own copying and searching (A11Y-COPY-02).

The full screen is left for that long; the text stays in the terminal's scroll-back, worded as in plain mode.
"""

import asyncio
import sys

from textual.app import SuspendNotSupported

from client.messages.report import ReportTable
from tui.announcement import Announcement
from tui.glyphs import ASCII, simplified
from tui.portal_app import PortalApp

GO_BACK = "Press Enter to go back to the full screen."
NO_WAY_OUT = Announcement("note", "This terminal cannot leave the full screen.", "F4 goes on in plain text.")


class ShownAsText(PortalApp):
    """The app's way out of the full screen and back."""

    async def show_as_text(self, table: ReportTable) -> None:
        """Print a table, and wait for Enter."""
        from tui.plain.whole_table import table_lines
        from tui.text_table import wrap

        width = self.size.width
        text = "\n".join(["", *table_lines(table, width), "", *wrap(GO_BACK, width - 1)])
        try:
            with self.suspend():
                await asyncio.to_thread(_print_and_wait, simplified(text) if self.glyphs is ASCII else text)
        except SuspendNotSupported:
            self.announce(NO_WAY_OUT)


def _print_and_wait(text: str) -> None:
    if sys.__stdout__ is not None and sys.__stdin__ is not None:
        sys.__stdout__.write(f"{text} ")
        sys.__stdout__.flush()
        sys.__stdin__.readline()  # the end of the input leads back too
