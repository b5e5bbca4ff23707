"""S-BUSY: the report is being made; progress in words, where the result will come (look.md 6)."""

from textual.app import ComposeResult
from textual.widgets import Static

from client.messages.screen import Screen
from tui.announcement import Announcement
from tui.screens.form import FormScreen


class BusyScreen(FormScreen):
    """Wait for the report, or cancel it."""

    def compose_intro(self) -> ComposeResult:
        """What is being done, and how far it is."""
        for text in self.page.intro:
            yield Static(text, classes="paragraph", markup=False)
        yield Static(self.progress().content(), id="progress", markup=False)

    def progress(self) -> Announcement:
        """How far the report is, in words and numbers."""
        progress = self.page.progress
        if progress is None:
            return Announcement("working", "the report is being made.")
        return Announcement("working", f"{progress.text} ({progress.done} of {progress.total})")

    async def renew(self, page: Screen) -> None:
        """Only the progress changes; focus and place stay."""
        same_form = page.actions == self.page.actions and page.errors == self.page.errors
        if not same_form:
            await super().renew(page)
            return
        self.take_quietly(page)

    def take_quietly(self, page: Screen) -> None:
        """Write the progress."""
        super().take_quietly(page)
        self.query_one("#progress", Static).update(self.progress().content())
