"""What every tool of the report viewer may expect of the screen that it is part of.

A tool (explain, sort, find, copy, export) is a class of its own with its keys and its entries of the
Actions menu; the report's screen is their sum. Keys of one printable character are bound to `tool`, so that
one setting switches all of them off (A11Y-KEY-08).
"""

from textual import getters, on

from client.messages.screen import Action
from tui.screens.filled import FilledScreen
from tui.widgets.body import Body
from tui.widgets.entry import Entry
from tui.widgets.key_bar import KeyHint
from tui.widgets.line_list import LineList
from tui.widgets.report_book import ReportBook, TableKey
from tui.widgets.report_contents import ReportContents
from tui.widgets.report_view import ReportView

FIRST_HINTS = ("Enter", "e", "s", "x")
"""Keys that the bottom line names first."""
NO_CELL = "There is no table on the screen."


class ReportPage(FilledScreen):
    """The report's screen as its tools see it."""

    contents = getters.query_one(ReportContents)
    view = getters.query_one(ReportView)

    book: ReportBook | None = None
    """The report as far as it has arrived."""
    key: TableKey | None = None
    """The table on the screen; None: the page about the report."""

    _rows = 0
    """Rows of the body when it was last looked at."""

    @on(Body.Moved)
    def _keep_focus_in_view(self) -> None:
        """Words in the status region take rows from the body (A11Y-FOCUS-03)."""
        before, self._rows = self._rows, self.body.size.height
        if self._rows < before:
            self.call_after_refresh(self.reveal_focus)

    def tools(self) -> list[Action]:
        """Entries of the Actions menu, called as their methods are: `explain` for `action_explain`."""
        return []

    def own_actions(self) -> list[Action]:
        """The tools are in the Actions menu beside what the portal offers."""
        return [*super().own_actions(), *self.tools()]

    async def perform_locally(self, action: str) -> None:
        """Use a tool from the Actions menu."""
        if any(tool.id == action for tool in self.tools()):
            await self.run_action(action)

    async def action_tool(self, name: str) -> None:
        """Use a tool by its printable key."""
        await self.run_action(name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Printable keys can be switched off, and are text where text is typed; only `/` is not in lists."""
        if action != "tool":
            return super().check_action(action, parameters)
        typing = isinstance(self.focused, Entry)
        listing = isinstance(self.focused, LineList) and parameters != ("find",)
        return self.app.single_keys and not typing and not listing

    def hints(self) -> list[KeyHint]:
        """The tools' keys first: they are what this screen is for."""
        hints = super().hints()
        first = [hint for key in FIRST_HINTS for hint in hints if hint.key == key]
        return [*first, *(hint for hint in hints if hint not in first)]
