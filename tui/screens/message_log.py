"""Everything that was said in this run, newest first (A11Y-TIME-08)."""

from textual.app import ComposeResult
from textual.widgets import Static

from tui.screens.view import View, text


class MessageLog(View[None]):
    """Read earlier messages again."""

    reads_first = True
    title_text = "Messages"

    def __init__(self) -> None:
        super().__init__(name="messages")

    def compose_content(self) -> ComposeResult:
        """One paragraph for each."""
        said = list(reversed(self.app.log_of_messages))
        if not said:
            yield text("Nothing was said yet.")
        for item in said:
            yield Static(item.content(), classes="notice", markup=False)
