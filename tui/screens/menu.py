"""A few choices about one thing as a numbered list: what to copy, in which format to export."""

from collections.abc import Sequence

from textual.app import ComposeResult

from client.messages.screen import Action
from tui.screens.view import CLOSE, View, text
from tui.widgets.action_bar import ActionBar


class Menu(View[Action]):
    """Choose one; answers it, or None."""

    def __init__(self, title: str, intro: str, actions: Sequence[Action]) -> None:
        super().__init__(name="menu")
        self.title_text = title
        self._intro = intro
        self._actions = actions

    def compose_body(self) -> ComposeResult:
        """A sentence, the numbered list, `Back` last."""
        yield text(self._intro)
        yield ActionBar([*self._actions, CLOSE], menu=True)

    def chosen(self, action: Action) -> None:
        """The chosen entry is carried out by the app."""
        self.dismiss(action)
