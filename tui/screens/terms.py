"""S-TERMS: read the terms; accept or decline stay in view while the text scrolls (F-TERMS-03)."""

from textual.app import ComposeResult

from tui.screens.form import FormScreen


class TermsScreen(FormScreen):
    """Accept the terms, or go back."""

    def compose_body(self) -> ComposeResult:
        """The points, then both answers."""
        yield from self.compose_notices()
        yield from self.compose_intro()
        yield from self.compose_actions()
