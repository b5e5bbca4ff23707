"""`e`: why the cell under the cursor shows what it shows (W-8)."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from client.errors import PortalError, Refused
from client.messages.report import Explanation
from client.messages.screen import Action
from tui.announcement import Announcement
from tui.screens.explanation import ExplanationScreen
from tui.screens.report_page import NO_CELL, ReportPage
from tui.widgets.report_explanation import explanation_text
from tui.widgets.report_grid import CellAddress

PANEL_FROM = (60, 24)
"""Columns and rows from which the table and its explanation have room together."""
UNKNOWN_CELL = 404
"""How the portal answers where a column has computed cells and this one is given."""


class Explaining(ReportPage):
    """Explain a cell."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "e",
            "tool('explain')",
            "Explain",
            tooltip="Say why the cell shows its value.",
            id="report.explain",
        ),
    ]

    def tools(self) -> list[Action]:
        """With the explanation of a cell."""
        return [Action(id="explain", label="Explain this cell", local=True), *super().tools()]

    def action_explain(self) -> None:
        """Fetch and show the explanation of the cell under the cursor."""
        if self.view.shows_about or self.view.grid.row is None:
            self.app.announce(Announcement("note", NO_CELL))
        else:
            self.run_worker(self._explain(self.view.grid.cursor), group="explain", exclusive=True)

    async def _explain(self, cell: CellAddress) -> None:
        table = self.view.grid.table
        if table is None:
            return
        try:
            told = await self._told(cell)
        except PortalError as error:
            self.app.announce(Announcement("error", error.sentence, error.remedy))
            return
        paragraphs = explanation_text(told, table, cell.row, cell.column)
        columns, rows = PANEL_FROM
        if self.size.width >= columns and self.size.height >= rows:
            self.view.explain(paragraphs)
        else:
            self.app.push_screen(ExplanationScreen(paragraphs))

    async def _told(self, cell: CellAddress) -> Explanation | None:
        """The portal's explanation; None for a value that was given."""
        table, key = self.view.grid.table, self.key
        if table is None or key is None or not table.columns[cell.column].explainable:
            return None
        row, column = table.rows[cell.row].id, table.columns[cell.column].id
        try:
            return await self.app.journey.explain(
                section=key.section, table=key.table, row=row, column=column
            )
        except Refused as refused:
            if refused.status == UNKNOWN_CELL:
                return None
            raise

    def action_back(self) -> None:
        """Esc closes the panel first."""
        if self.view.explains:
            self.view.close_explanation()
            self.view.grid.focus()
        else:
            super().action_back()
