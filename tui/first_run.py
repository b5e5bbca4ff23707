"""The question of the first start: which front end (A11Y-MODE-04).

It stands before any escape sequence, because whoever needs plain text cannot read a full screen to ask for
it.
"""

from typing import TextIO

from tui.terminal import Interface

QUESTION = (
    "Screen reader or braille display? Type p, then Enter, for plain text.",
    "Press Enter alone for the full screen.",
)
PROMPT = "Choice: "
FIX = "Fix: type p, or press Enter alone."
_ANSWERS: dict[str, Interface] = {"": "full-screen", "p": "plain", "plain": "plain"}


def ask(answers: TextIO, output: TextIO) -> Interface | None:
    """The chosen front end; None at the end of input. Waits without limit."""
    print(*QUESTION, sep="\n", file=output)
    while True:
        print(PROMPT, end="", file=output, flush=True)
        line = answers.readline()
        if not line.endswith("\n"):
            print(file=output)
            return None
        if (choice := _ANSWERS.get(line.strip().lower())) is not None:
            return choice
        print(FIX, file=output)
