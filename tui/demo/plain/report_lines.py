"""The lines of a person who reads a report in plain mode: for a table, for a row; the table that is up."""

from tui.demo.failing import StepFailed
from tui.demo.stage import TableView
from tui.plain.report_reader import ReportReader
from tui.widgets.report_layout import cell_texts, heading_text


def table_lines(reader: ReportReader, table: str | int) -> list[str]:
    """What is typed to bring up a table, by its title or number: `/table`, then section and table."""
    outlines = [
        (section, number, outline)
        for section, part in enumerate(reader.report.sections)
        for number, outline in enumerate(part.outline)
    ]
    if isinstance(table, int):
        if not 1 <= table <= len(outlines):
            raise StepFailed("D503", action=f"table {table}", reason=f"the report has {len(outlines)} tables")
        section, number, _ = outlines[table - 1]
    else:
        found = next((item for item in outlines if table in (item[2].title, item[2].short)), None)
        if found is None:
            raise StepFailed("D503", action=f'table "{table}"', reason="the report has none of this title")
        section, number, _ = found
    if section == reader.place[0]:
        return [f"/table {number + 1}"]
    of_section = [str(number + 1)] if len(reader.report.sections[section].outline) > 1 else []
    return ["/table", str(section + 1), *of_section]


def row_line(reader: ReportReader, row: str | int) -> str:
    """What is typed to read a row in full, by its first column or number."""
    table = table_view(reader)
    rows = table.rows if table else ()
    if isinstance(row, int):
        if not 1 <= row <= len(rows):
            raise StepFailed("D503", action=f"row {row}", reason=f"the table has {len(rows)} rows")
        return f"/row {row}"
    found = [number for number, cells in enumerate(rows, 1) if cells[0] == row]
    if len(found) != 1:
        raise StepFailed("D305", n=len(found), value=row)
    return f"/row {found[0]}"


def table_view(reader: ReportReader) -> TableView | None:
    """The table that is up, as it is read out."""
    table = reader.table
    if table is None:
        return None
    texts = cell_texts(table.rows)
    rows = tuple(tuple(cells) for row, cells in zip(table.rows, texts, strict=True) if row.kind == "data")
    return TableView(table.title, tuple(heading_text(column) for column in table.columns), rows)
