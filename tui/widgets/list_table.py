"""A list that comes with a page, drawn as text; reports have a viewer of their own.

Where the columns do not fit side by side, each row is told as `heading: value` lines instead of being cut
(A11Y-SIZE-01).
"""

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from client.messages.screen import Table
from tui.widgets.wrapping import wrapped

GAP = 2


def table_lines(table: Table, width: int) -> list[str]:
    """The table side by side where it fits, else one value per line."""
    columns = [
        [column.label, *(row.cells[index] for row in table.rows)]
        for index, column in enumerate(table.columns)
    ]
    widths = [max(cell_len(cell) for cell in column) for column in columns]
    if sum(widths) + GAP * (len(widths) - 1) > width:
        return _told(table, width)
    rows = [[column.label for column in table.columns], *(row.cells for row in table.rows)]
    return [_row(cells, widths) for cells in rows]


def _row(cells: list[str], widths: list[int]) -> str:
    padded = [cell + " " * (width - cell_len(cell)) for cell, width in zip(cells, widths, strict=True)]
    return (" " * GAP).join(padded).rstrip()


def _told(table: Table, width: int) -> list[str]:
    lines: list[str] = []
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            lines += wrapped(f"{column.label}: {cell}", width)
        lines.append("")
    return lines


class ListTable(Widget):
    """The rows of a page's table and its pager text."""

    DEFAULT_CSS = """
    ListTable { height: auto; width: 1fr; margin-bottom: 1; color: $foreground; }
    """

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.table = table

    def _lines(self, width: int) -> list[str]:
        return [*table_lines(self.table, width), self.table.pager]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Number of lines at `width`."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The lines."""
        return Content("\n".join(self._lines(self.size.width)))
