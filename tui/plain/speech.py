"""Saying things: labelled lines, errors with their repair, the bell. Everything ends up in the `Writer`."""

from collections.abc import Iterable, Sequence

from client.errors import PortalError
from client.settings import Settings
from tui.plain.abbreviations import Abbreviations
from tui.plain.grammar import Label, labelled, sentence
from tui.plain.writer import Writer


class Speech:
    """What is said, under the settings of the moment."""

    def __init__(self, writer: Writer, settings: Settings) -> None:
        self.settings = settings
        self._writer = writer
        self._abbreviations = Abbreviations()

    def line(self, text: str) -> None:
        """One logical line; abbreviations are written out in *verbose* (A11Y-TEXT-11)."""
        verbose = self.settings.announce == "verbose"
        self._writer.line(self._abbreviations.written_out(text) if verbose else text)

    def lines(self, texts: Iterable[str]) -> None:
        """Several logical lines."""
        for text in texts:
            self.line(text)

    def say(self, label: Label, text: str) -> None:
        """A labelled line."""
        self.line(labelled(label, text))

    def error(self, error: str, fix: str) -> None:
        """What is wrong and how to repair it (A11Y-ERR-01)."""
        self.ring()
        self.say(Label.ERROR, sentence(error))
        self.say(Label.FIX, sentence(fix))

    def failure(self, error: PortalError) -> None:
        """A call that came to nothing."""
        self.error(error.sentence, _lower_first(error.remedy))

    def blank(self) -> None:
        """An empty line between two blocks."""
        self._writer.blank()

    def grid(self, lines: Sequence[str]) -> bool:
        """Print aligned lines if all of them fit; whether they did."""
        if not all(self._writer.fits(line) for line in lines):
            return False
        for line in lines:
            self._writer.aligned(line)
        return True

    def ring(self) -> None:
        """The bell, where the person wants it."""
        if self.settings.bell:
            self._writer.ring()

    def new_screen(self) -> None:
        """A screen begins: its abbreviations are written out again."""
        self._abbreviations.forget()

    def close(self) -> None:
        """End an open prompt line (SSH-HUP-07)."""
        self._writer.end_prompt()


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
