"""S-CODE: type the code, and see how long it lasts.

The minutes left are written when the page is drawn, read again or asked for with F7, never by a timer
(A11Y-MOTION-04).
"""

from textual.app import ComposeResult

from client.messages.screen import Screen
from tui.deadlines import minutes_left
from tui.screens.form import FormScreen, paragraph


class SecurityCodeScreen(FormScreen):
    """Enter the security code that was sent."""

    def compose_intro(self) -> ComposeResult:
        """The introduction, and the minutes that the code has left."""
        yield from super().compose_intro()
        yield paragraph(self.validity(), "validity hint")

    def validity(self) -> str:
        """How long the code lasts, in words; empty where nothing ends."""
        deadline = next((item for item in self.page.deadlines if item.kind == "code"), None)
        left = self.app.journey.seconds_left(deadline) if deadline else None
        return "" if left is None else f"The code is valid for {minutes_left(left)}."

    def take_quietly(self, page: Screen) -> None:
        """Another answer brings the minutes up to date."""
        super().take_quietly(page)
        self.query_one(".validity", type(paragraph(""))).update(self.validity())
