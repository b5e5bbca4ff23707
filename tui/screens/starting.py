"""The first frame: drawn before the server answers, so that nobody looks at an empty terminal (RF-29)."""

from textual.app import ComposeResult
from textual.widgets import Static

from client.messages.screen import Action
from tui.announcement import Announcement
from tui.screens.view import View, text
from tui.widgets.masthead import Place

RETRY = Action(id="retry", label="Try again", local=True)
LEAVE = Action(id="quit", label="Quit", local=True)


class StartingScreen(View[None]):
    """Wait for the portal."""

    def __init__(self) -> None:
        super().__init__(name="starting")
        self._failed = False

    def place(self) -> Place:
        """Where the portal will come."""
        return Place(title="CMS Enterprise Portal (simulation)")

    def compose_content(self) -> ComposeResult:
        """What is going on."""
        yield text("Starting the portal.")
        yield Static("", id="progress", markup=False)

    def buttons(self) -> list[Action]:
        """Leave; and try again after a failure."""
        return [RETRY, LEAVE] if self._failed else [LEAVE]

    def progress(self, words: str) -> None:
        """What is being prepared now."""
        self.query_one("#progress", Static).update(words)

    async def failed(self, announcement: Announcement) -> None:
        """Say why, and offer another try."""
        self._failed = True
        await self.column.recompose()
        self.focus_first()
        self.app.announce(announcement)

    def chosen(self, action: Action) -> None:
        """Try again, or quit."""
        self.app.perform(action)

    def action_back(self) -> None:
        """Esc asks whether to quit."""
        self.app.perform(LEAVE)


class UnreachableView(View[str]):
    """No answer for 30 seconds (E-NET-01, W-9): try again, go back to the entries, or quit."""

    title_text = "No connection"

    def __init__(self, announcement: Announcement) -> None:
        super().__init__(name="unreachable")
        self._announcement = announcement

    def compose_content(self) -> ComposeResult:
        """What happened."""
        yield text(self._announcement.text)

    def buttons(self) -> list[Action]:
        """The ways on."""
        return [RETRY, Action(id="keep", label="Back to my entries", local=True), LEAVE]

    def chosen(self, action: Action) -> None:
        """Answer the chosen way."""
        self.dismiss(action.id)

    def action_back(self) -> None:
        """Esc goes back to the entries."""
        self.dismiss("keep")
