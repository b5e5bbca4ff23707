"""S-REAUTH and the moment before it: nothing of the work is on the screen (SR-SESS-07).

The client covers the screen at its own idle limit; the server locks up to 15 s later and then answers
S-REAUTH, which asks for the password.
"""

from textual.app import ComposeResult

from client.messages.screen import Screen
from tui.screens.form import FormScreen, paragraph
from tui.screens.frame import FrameScreen
from tui.widgets.masthead import Place


class LockScreen(FormScreen):
    """Confirm the password to go on."""

    def place(self) -> Place:
        """No trail and no organization: only where to type the password."""
        place = super().place()
        return Place(title=place.title, date=place.date)


class LockCover(FrameScreen[None]):
    """Covers the work from the idle limit until the portal has locked the login."""

    def __init__(self, page: Screen) -> None:
        super().__init__(name="locking")
        self._user_id = page.login.user_id if page.login else ""

    def place(self) -> Place:
        """Nothing but the fact."""
        return Place(title="Locked")

    def compose_body(self) -> ComposeResult:
        """Why the screen is empty."""
        yield paragraph("Locked because no key was pressed for 15 minutes.")
        yield paragraph("The password is asked for in a moment. What you typed is kept.")

    def action_back(self) -> None:
        """There is nothing to go back to."""
