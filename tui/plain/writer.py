"""The only place of plain mode that writes to standard output: LF and printable characters (A11Y-PLAIN-01).

A prompt stays open so that the answer is typed behind it; where nothing echoes the answer (pipes, secrets)
the line is ended here. Nothing is ever taken back.
"""

from collections.abc import Callable
from typing import TextIO

from rich.cells import cell_len

from tui.plain.characters import loses_letters, plain_characters
from tui.text_table import wrap

SIMPLIFIED = "Notice: letters outside plain ASCII were simplified; exports keep the originals."


class Writer:
    """Writes logical lines.

    `width` is asked for every line and answers cells, or None for no wrapping; `echoes` says whether typed
    lines appear by themselves behind the prompt (a terminal).
    """

    def __init__(
        self,
        stream: TextIO,
        *,
        width: Callable[[], int | None],
        ascii_only: bool = False,
        echoes: bool = True,
    ) -> None:
        self._stream = stream
        self._width = width
        self._ascii_only = ascii_only
        self._echoes = echoes
        self._blank = True
        self._open = False
        self._told_of_letters = False

    @property
    def width(self) -> int | None:
        """Cells of a line at this moment; None: lines are not wrapped."""
        return self._width()

    def line(self, text: str) -> None:
        """One logical line, wrapped; an open prompt is ended first. White space is collapsed."""
        self.end_prompt()
        for part in self._wrapped(text, self._width()):
            self._put(part)
        self._stream.flush()
        if self._ascii_only and not self._told_of_letters and loses_letters(text):
            self._told_of_letters = True
            self.line(SIMPLIFIED)

    def aligned(self, text: str) -> None:
        """One line of a grid as it is; the caller made it fit."""
        self.end_prompt()
        self._put(self._clean(text).rstrip())
        self._stream.flush()

    def blank(self) -> None:
        """An empty line, never two in a row and never the first."""
        if not self._blank:
            self._stream.write("\n")
            self._blank = True

    def prompt(self, text: str) -> None:
        """Ask; the line stays open behind `text: ` where the answer is echoed there."""
        self.end_prompt()
        *lines, last = self._wrapped(text, self._prompt_width())
        for part in lines:
            self._put(part)
        if self._echoes:
            self._stream.write(f"{last} ")
            self._open, self._blank = True, False
        else:
            self._put(last)
        self._stream.flush()

    def answered(self, *, echoed: bool) -> None:
        """The answer came; an echoed one ended the line itself, a secret did not."""
        if echoed:
            self._open = False
        self.end_prompt()

    def end_prompt(self) -> None:
        """End the line of a prompt that was left open (SSH-HUP-07)."""
        if self._open:
            self._open = False
            self._stream.write("\n")
            self._stream.flush()

    def ring(self) -> None:
        """The one control character besides LF: the bell, only where it is wanted (A11Y-MOTION-06)."""
        self._stream.write("\a")

    def fits(self, text: str) -> bool:
        """Whether `text` needs no wrapping."""
        width = self._width()
        return width is None or cell_len(text) <= width

    def _prompt_width(self) -> int | None:
        width = self._width()
        return width if width is None or not self._echoes else width - 1

    def _wrapped(self, text: str, width: int | None) -> list[str]:
        clean = self._clean(text)
        return [" ".join(clean.split())] if width is None else wrap(clean, width)

    def _clean(self, text: str) -> str:
        return plain_characters(text, ascii_only=self._ascii_only)

    def _put(self, part: str) -> None:
        self._stream.write(f"{part}\n")
        self._blank = not part
