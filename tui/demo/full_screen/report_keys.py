"""The keys of a person who reads a report: to a table, to a row, to a text (11.2)."""

from client.messages.report import ReportTable
from tui.demo.failing import StepFailed
from tui.demo.full_screen.keys import Keyboard
from tui.screens.report import ReportScreen
from tui.widgets.entry import Entry
from tui.widgets.line_list import LineList
from tui.widgets.report_book import TableKey
from tui.widgets.report_layout import cell_texts


async def show_table(keys: Keyboard, screen: ReportScreen, table: str | int) -> None:
    """Through the list of tables, by title or number."""
    key = _table_key(screen, table)
    if screen.key == key:
        return
    await keys.press("ctrl+t")
    contents = screen.contents
    lines = contents.query_one(LineList)
    heads = next((i for i, e in enumerate(contents._entries) if e.section == key.section), 0)
    if not any(entry.table == key for entry in contents._entries):
        await keys.highlight(lines, heads)
        await keys.press("right")
    index = next(i for i, entry in enumerate(contents._entries) if entry.table == key)
    await keys.highlight(lines, index)
    await keys.press("enter")


async def show_row(keys: Keyboard, screen: ReportScreen, row: str | int) -> None:
    """To the row, by its first column or number, then Enter."""
    grid, table = screen.view.grid, screen.view.grid.table
    if table is None:
        raise StepFailed("D503", action="row", reason="there is no table on the screen")
    index = _row_index(table, row)
    await keys.focus(grid)
    while (left := index - grid.cursor.row) != 0:
        before = grid.cursor.row
        await keys.press(_row_key(left, max(1, grid._visible_rows - 1)))
        if grid.cursor.row == before:
            raise StepFailed("D503", action="row", reason="the cursor cannot be moved there")
    await keys.press("enter")


async def find(keys: Keyboard, screen: ReportScreen, text: str) -> None:
    """F3 opens the line to type into, Enter goes to the first match."""
    await keys.press("f3")
    await keys.fill_text(screen.view.find_bar.query_one(Entry), text)
    await keys.press("enter")


def _table_key(screen: ReportScreen, table: str | int) -> TableKey:
    book = screen.book
    keys = book.keys if book else ()
    if isinstance(table, int):
        if not 1 <= table <= len(keys):
            raise StepFailed("D503", action=f"table {table}", reason=f"the report has {len(keys)} tables")
        return keys[table - 1]
    outlines = [(key, book.outline(key)) for key in keys] if book else []
    found = next((key for key, outline in outlines if table in (outline.title, outline.short)), None)
    if found is None:
        raise StepFailed("D503", action=f'table "{table}"', reason="the report has none of this title")
    return found


def _row_key(left: int, page: int) -> str:
    by_page = abs(left) >= page
    if left > 0:
        return "pagedown" if by_page else "down"
    return "pageup" if by_page else "up"


def _row_index(table: ReportTable, row: str | int) -> int:
    """Where a row of data stands among all rows of the table."""
    data = [index for index, item in enumerate(table.rows) if item.kind == "data"]
    if isinstance(row, int):
        if 1 <= row <= len(data):
            return data[row - 1]
        raise StepFailed("D503", action=f"row {row}", reason=f"the table has {len(data)} rows")
    texts = cell_texts(table.rows)
    found = [index for index in data if texts[index][0] == row]
    if len(found) != 1:
        raise StepFailed("D305", n=len(found), value=row)
    return found[0]
