"""What every focusable part of a screen owes: where the terminal's own cursor belongs (A11Y-FOCUS-05).

Textual keeps the hardware cursor at the last text input. Braille lines and magnifiers follow that cursor,
so each control names the cell it stands for, and the app puts the cursor there with every frame it writes.
"""

from textual.geometry import Offset, Region
from textual.widget import Widget


class Control(Widget, can_focus=True):
    """A focusable widget that draws its own lines."""

    @property
    def cursor_cell(self) -> Offset:
        """The cell inside the content: first cell of the label, or of the highlighted row."""
        return Offset(0, 0)

    @property
    def cursor_screen_offset(self) -> Offset:
        """`cursor_cell` in terminal coordinates."""
        return self.content_region.offset + self.cursor_cell

    @property
    def attention(self) -> Region:
        """What has to stay visible while this has the focus, in terminal coordinates (A11Y-FOCUS-03)."""
        return self.region
