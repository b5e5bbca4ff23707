"""The Actions menu: everything that can be done here, as one numbered list (A11Y-KEY-02, section 7.1).

It is the way for keyboards without function keys. Help desk contacts are its last entry everywhere
(A11Y-HELP-04).
"""

from textual.app import ComposeResult

from client.messages.screen import Action
from tui.screens.view import View
from tui.widgets.action_bar import ActionBar

HELP_DESK = "help"


class ActionsMenu(View[Action]):
    """Choose an action; answers it, or None."""

    title_text = "Actions"

    def __init__(self, of_page: list[Action], of_program: list[Action]) -> None:
        super().__init__(name="actions")
        help_desk = [action for action in of_page if action.id == HELP_DESK]
        others = [action for action in of_page if action.id != HELP_DESK]
        self.entries = [*others, *of_program, *help_desk]

    def compose_body(self) -> ComposeResult:
        """The numbered list."""
        yield ActionBar(self.entries, menu=True)

    def chosen(self, action: Action) -> None:
        """The chosen entry is carried out by the app."""
        self.dismiss(action)
