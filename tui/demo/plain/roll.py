"""The paper that plain mode prints on under a script: whoever listens hears of it, prompts are held back.

A prompt belongs to the step that answers it: it is printed when that step types, after the step's caption
(AS-DEMO-11, 15.1).
"""

import io
from collections.abc import Callable

from tui.demo.events import PrintedKind
from tui.plain.writer import Writer

Print = Callable[[str, PrintedKind], None]


class Roll(io.StringIO):
    """A text stream; everything written goes to `print_`."""

    def __init__(self) -> None:
        super().__init__()
        self.print_: Print = lambda text, kind: None
        self.holding = False
        self.holds = True
        """Whether prompts are held back at all; not while a person answers them."""
        self._held = ""

    def write(self, text: str) -> int:
        """Print, or keep back what is part of a prompt."""
        if self.holding and self.holds:
            self._held += text
        else:
            self.release()
            self.print_(text, "output")
        return len(text)

    def release(self) -> None:
        """Print what was held back."""
        held, self._held = self._held, ""
        if held:
            self.print_(held, "prompt")

    def flush(self) -> None:
        """Nothing is buffered."""


class ScriptWriter(Writer):
    """The writer of plain mode, which also keeps the logical lines of the present screen (11.5)."""

    def __init__(self, roll: Roll, *, width: Callable[[], int | None]) -> None:
        super().__init__(roll, width=width, echoes=True)
        self._roll = roll
        self.pieces: list[str] = []
        """Lines since the last `Screen:` line, before they were wrapped."""
        self.said: list[str] = []
        """Lines since a step began."""

    def line(self, text: str) -> None:
        """As ever."""
        if text.startswith("Screen:"):
            self.pieces.clear()
        self._note(text)
        super().line(text)

    def aligned(self, text: str) -> None:
        """As ever."""
        self._note(text)
        super().aligned(text)

    def prompt(self, text: str) -> None:
        """Hold the question back; a line before it that is still open is ended now."""
        self.end_prompt()
        self._note(text)
        self._roll.holding = True
        try:
            super().prompt(text)
        finally:
            self._roll.holding = False

    def _note(self, text: str) -> None:
        words = " ".join(text.split())
        self.pieces.append(words)
        self.said.append(words)
