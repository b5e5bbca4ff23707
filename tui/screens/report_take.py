"""`x` and Ctrl+Y: take the report away as a file, or parts of it as text (A11Y-COPY-02, TR-22).

A file is the portal's business: choosing a format leads to S-RUN, where it is run and saved like any other.
"""

from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from client.messages.report import ReportTable
from client.messages.screen import Action
from client.report_clippings import cell_text, row_text, table_text
from tui.announcement import Announcement
from tui.screens.menu import Menu
from tui.screens.report_page import NO_CELL, ReportPage
from tui.screens.view import View

DOWNLOAD = "download_"
"""Begins the ids of the portal's export actions."""
PARTS = {"copy_cell": "The cell", "copy_row": "The row", "copy_table": "The table, as it is sorted now"}
"""Local action -> what it copies."""
SHOW_TEXT = Action(id="show_text", label="Show the table as text, outside the full screen", local=True)
NO_FORMAT = "The portal offers no file of this report."


class Taking(ReportPage):
    """Export and copy."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "tool('export')", "Export", tooltip="Save the report as a file.", id="report.export"),
        Binding(
            "ctrl+y",
            "copy",
            "Copy",
            show=False,
            tooltip="Copy the cell, the row or the table.",
            id="report.copy",
        ),
    ]

    def tools(self) -> list[Action]:
        """With export and copy."""
        return [
            *super().tools(),
            Action(id="export", label="Export", local=True),
            Action(id="copy", label="Copy", local=True),
        ]

    def own_view(self, name: str) -> View[Any] | None:
        """The lists to choose from."""
        match name:
            case "export":
                return Menu("Export", "The whole report, all tables, as one file.", self._formats())
            case "copy":
                parts = [Action(id=name, label=label, local=True) for name, label in PARTS.items()]
                return Menu("Copy", "As text, to the terminal's clipboard.", [*parts, SHOW_TEXT])
            case _:
                return super().own_view(name)

    def _formats(self) -> list[Action]:
        return [action for action in self.page.actions if action.id.startswith(DOWNLOAD)]

    async def action_export(self) -> None:
        """Choose a format."""
        if self._formats():
            await self.run_action("app.open('export')")
        else:
            self.app.announce(Announcement("note", NO_FORMAT))

    async def action_copy(self) -> None:
        """Choose what to copy."""
        if self.view.shows_about or self.view.grid.row is None:
            self.app.announce(Announcement("note", NO_CELL))
        else:
            await self.run_action("app.open('copy')")

    async def perform_locally(self, action: str) -> None:
        """Copy what was chosen."""
        table = self.view.grid.table
        if action in PARTS and table is not None:
            self.app.announce(self.app.send_to_clipboard(self._part(action, table)))
        elif action == SHOW_TEXT.id and table is not None:
            self.run_worker(self.app.show_as_text(table), group="text", exclusive=True)
        else:
            await super().perform_locally(action)

    def _part(self, action: str, table: ReportTable) -> str:
        row, column = self.view.grid.cursor.row, self.view.grid.cursor.column
        match action:
            case "copy_cell":
                return cell_text(table, row, column)
            case "copy_row":
                return row_text(table, row)
            case _:
                return table_text(table)
