"""The explanation of a cell as a screen of its own, for windows that have no room for a panel."""

from collections.abc import Sequence

from textual.app import ComposeResult

from client.safe_text import single_line
from tui.screens.view import View, text
from tui.widgets.report_explanation import TITLE
from tui.widgets.text_pane import Paragraph


class ExplanationScreen(View[None]):
    """Read why a cell shows what it shows."""

    title_text = TITLE
    reads_first = True

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        super().__init__(name="explanation")
        self._paragraphs = paragraphs

    def compose_content(self) -> ComposeResult:
        """The paragraphs; the first one says which cell it is."""
        for paragraph in self._paragraphs:
            yield text(single_line(paragraph.text), "heading" if paragraph.strong else "paragraph")
