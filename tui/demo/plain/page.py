"""The printed lines of the present screen, as the picture of plain mode shows them."""

from rich.segment import Segment

from tui.demo.events import Picture
from tui.demo.masking import masked
from tui.text_table import wrap


class Page:
    """Begins anew with every `Screen:` line."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._open_line = ""

    def keep(self, text: str) -> None:
        """More was printed."""
        for part in text.splitlines(keepends=True):
            self._open_line += part.rstrip("\n")
            if part.endswith("\n"):
                if self._open_line.startswith("Screen:"):
                    self._lines.clear()
                self._lines.append(self._open_line)
                self._open_line = ""

    def picture(self, width: int) -> Picture:
        """Its lines, wrapped, without full TINs."""
        lines = [*self._lines, *([self._open_line] if self._open_line else [])]
        rows = [part for line in lines for part in (wrap(masked(line), width) or [""])]
        return Picture(tuple((Segment(row.ljust(width)),) for row in rows))
