"""A question before something that commits; it never has a default key (A11Y-ERR-05)."""

from textual.app import ComposeResult
from textual.widget import Widget

from client.messages.screen import Action, Confirm
from tui.screens.view import View, text
from tui.widgets.action_bar import ActionButton
from tui.widgets.masthead import Place

QUIT = Confirm(
    title="Quit",
    text="Leave the program? What you typed on this page and have not sent is lost.",
    yes="Quit",
    no="Stay",
)
LOG_OUT = Confirm(title="Log out", text="Log out of the portal?", yes="Log out", no="Stay signed in")


class ConfirmView(View[bool]):
    """Ask, and answer True for yes; Esc means no."""

    def __init__(self, question: Confirm) -> None:
        super().__init__(name="confirm")
        self.question = question

    def place(self) -> Place:
        """The question's title."""
        return Place(title=self.question.title)

    def compose_content(self) -> ComposeResult:
        """The question."""
        yield text(self.question.text)

    def buttons(self) -> list[Action]:
        """Yes and no, in the portal's words."""
        return [
            Action(id="yes", label=self.question.yes, local=True),
            Action(id="no", label=self.question.no, local=True),
        ]

    def first_stop(self) -> Widget | None:
        """The answer that changes nothing."""
        return next((button for button in self.query(ActionButton) if button.action.id == "no"), None)

    def chosen(self, action: Action) -> None:
        """The answer."""
        self.dismiss(action.id == "yes")

    def action_back(self) -> None:
        """Esc says no."""
        self.dismiss(False)
