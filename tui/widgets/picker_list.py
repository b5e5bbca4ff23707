"""The rows of the organization picker: names as the server gives them, roles where room is (F-ORGT-04)."""

from collections.abc import Collection, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.geometry import Region

from client.messages.screen import Table, TableRow
from client.safe_text import single_line
from tui.widgets.cell_text import pad_right
from tui.widgets.line_list import Line, LineList

GAP = 2
READING_LINES = 2


class PickerList(LineList):
    """The page of organizations that can be chosen; up to 1000 rows, drawn a line at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "choose", "Select", show=False, id="picker.select", tooltip="Move the row to Selected."
        ),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        self._name_width = 0
        self._aside_width = 0
        self.rows: tuple[TableRow, ...] = ()
        """The rows listed, the selected one left out (F-ORG-11)."""
        super().__init__(id=id)

    def show_page(self, table: Table, selected: Collection[str]) -> None:
        """List a page; the highlight goes to its first row, or stays where the same page comes again."""
        rows = tuple(row for row in table.rows if row.id not in selected)
        kept = self._kept(rows)
        self.rows = rows
        lines = [Line(row.cells[0] if row.cells else "", aside=_aside(row.cells[1:])) for row in rows]
        self.show(lines, kept)

    @property
    def current(self) -> TableRow | None:
        """The highlighted row; None in an empty list."""
        return self.rows[self.highlighted] if self.rows else None

    @property
    def attention(self) -> Region:
        """The list, its heading above and the reading line below (A11Y-FOCUS-03)."""
        return self.region.grow((1, 0, READING_LINES, 0))

    def sentence(self) -> str:
        """Where the highlight stands, and of its row what the list had to leave out."""
        if self.current is None:
            return ""
        line = self.lines[self.highlighted]
        parts = [f"Row {self.highlighted + 1} of {len(self.rows)} on this page."]
        if cell_len(line.text) > self.content_size.width - 1:
            parts.append(f"{line.text}.")
        if line.aside and not self._has_room_for_asides:
            parts.append(line.aside)
        return " ".join(parts)

    def widest(self, lines: Sequence[Line]) -> int:
        """Both columns; the list cuts them where it is narrower."""
        self._name_width = super().widest(lines)
        self._aside_width = max((cell_len(line.aside) for line in lines), default=0)
        return self._name_width + (GAP + self._aside_width if self._aside_width else 0)

    def text_of(self, line: Line) -> str:
        """Name and role in two columns, or the name alone."""
        text = single_line(line.text)
        if not (line.aside and self._has_room_for_asides):
            return text
        return pad_right(text, self._name_width + GAP) + single_line(line.aside)

    @property
    def _has_room_for_asides(self) -> bool:
        needed = 1 + self._name_width + GAP + self._aside_width
        return bool(self._aside_width) and needed <= self.content_size.width

    def _kept(self, rows: Sequence[TableRow]) -> int:
        """Where the highlight goes: the same place while most of the page is the same, else the first row."""
        same = {row.id for row in self.rows} & {row.id for row in rows}
        return self.highlighted if rows and len(same) >= len(rows) - 1 else 0


def _aside(cells: Sequence[str]) -> str:
    return "  ".join(cell for cell in cells if cell)
