"""The actions of a screen that needs its rows for something else: all on one row while they fit."""

from textual.app import ComposeResult

from tui.widgets.action_bar import ActionBar, ActionButton


class ActionRow(ActionBar):
    """An action bar that keeps `Actions` beside the others."""

    def compose(self) -> ComposeResult:
        """The same buttons; none asks for a row of its own."""
        for button in super().compose():
            if isinstance(button, ActionButton):
                button.everywhere = False
            yield button
