"""The full screen as a new user works it: reads what is shown, moves the focus, presses Enter.

Nothing is known here but the words on the screen and the keys that the bottom line names; the password comes
from the view of demo accounts, the code from the simulated mailbox. A key that comes before its screen is
visible is dropped (SSH-NET-07), and a machine is faster than any person: it waits for the window title, which
is written when a screen has become visible.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass

from tests.e2e.values import Row, of_row_view
from tests.support.terminal import PATIENCE_S, NotShownError, Terminal

ENTER, TAB, ESCAPE, SPACE = "\r", "\t", "\x1b", " "
UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
PAGE_UP, PAGE_DOWN = "\x1b[5~", "\x1b[6~"
F1, F2, F4, F7 = "\x1bOP", "\x1bOQ", "\x1bOS", "\x1b[18~"
CTRL_C, CTRL_N, CTRL_O, CTRL_Q, CTRL_U, CTRL_Y, CTRL_Z = (
    "\x03",
    "\x0e",
    "\x0f",
    "\x11",
    "\x15",
    "\x19",
    "\x1a",
)
POSITION = re.compile(r"lines (\d+)-(\d+) of (\d+)$")
"""What stands above a text that is longer than the window."""
CHOSEN = "(o)"
"""How a choice that was picked looks without colour."""
TITLE = b"\x1b]2;"
"""Begins the window title."""
STOPS = 40
"""More focus stops than any screen has."""


@dataclass
class FullScreen:
    """A person before the full screen."""

    terminal: Terminal

    # Moving and choosing

    @property
    def openings(self) -> int:
        """How many screens have become visible so far."""
        return self.terminal.output.count(TITLE)

    def open(self, key: str, *then: str, place: str = "", every_s: float = PATIENCE_S) -> None:
        """Press a key that leads to another screen, which shows `then` and is called `place`."""
        before = self.openings

        def opened(terminal: Terminal) -> bool:
            if self.openings == before or not terminal.line(0).lstrip().startswith(place):
                return False
            words = terminal.words
            return all(text in words for text in then)

        left_from = self.terminal.line(0)
        until = time.monotonic() + PATIENCE_S
        self.terminal.send(key)
        while True:
            try:
                return self.terminal.wait(opened, timeout=every_s)
            except NotShownError as error:
                if time.monotonic() > until:
                    raise NotShownError(f"{place} {then} {error}") from None
            if self.terminal.line(0) == left_from:
                self.terminal.send(key)

    def focus(self, label: str) -> None:
        """Tab until the focus is on a button, a row or a choice of this name."""
        self._press_until_at(TAB, label)

    def choose(self, label: str, *then: str) -> None:
        """Choose a button or a menu line that leads to another screen."""
        self.focus(label)
        self.open(ENTER, *then)

    def confirm(self, label: str, *then: str) -> None:
        """Choose what binds: it ignores a key that comes right after its screen."""
        self.focus(label)
        self.open(ENTER, *then, every_s=0.4)

    def back(self, *then: str) -> None:
        """Close a view."""
        self.open(ESCAPE, *then)

    def move(self, key: str) -> None:
        """Press a key that moves the focus, and let the screen scroll after it."""
        self.terminal.press(key, quiet_s=0.1)

    def _press_until_at(self, key: str, label: str) -> None:
        for _ in range(STOPS):
            if label in self.terminal.from_cursor:
                return
            self.move(key)
        raise NotShownError(f"the focus never came to {label}:\n{self.terminal.text}")

    def pick(self, label: str) -> None:
        """Pick one of the choices that have the focus."""
        self._press_until_at(DOWN, label)
        self.terminal.send(SPACE)
        self.terminal.wait(lambda screen: CHOSEN in screen.cursor_line)

    def type(self, text: str, *, secret: bool = False) -> None:
        """Type into the field that has the focus."""
        shown = "•" * len(text) if secret else text
        self.terminal.send(text)
        self.terminal.wait(lambda screen: shown in screen.cursor_line)

    def clear(self) -> None:
        """Empty the field that has the focus."""
        self.terminal.press(CTRL_U)

    def find(self, pattern: str) -> str:
        """The group of a pattern in a view that may have to be scrolled."""
        for text in self._pages():
            if found := re.search(pattern, text):
                return found[1]
        raise NotShownError(f"{pattern} is nowhere:\n{self.terminal.text}")

    # The walk

    def answer_first_question(self) -> None:
        """The very first start asks which front end; Enter alone is the full screen."""
        self.terminal.wait_for("Press Enter alone for the full screen")
        self.open(ENTER, "Login to CMS Secure Portal")

    def arrive(self) -> None:
        """The first page, where no question was asked."""
        self.terminal.wait(lambda _: self.openings > 0)
        self.terminal.wait_for("Login to CMS Secure Portal")

    def read_password(self) -> str:
        """What the view of demo accounts says."""
        self.choose("Demo accounts", "Devices:")
        password = self.find(r"Password of all: (\S+)")
        self.back("Login to CMS Secure Portal")
        return password

    def to_user(self) -> None:
        """Accept the terms."""
        self.choose("Login to CMS Secure Portal", "I Accept")
        self.confirm("I Accept", "step 3")

    def to_password(self, user_id: str) -> None:
        """Say who one is."""
        self.to_user()
        self.type(user_id)
        self.open(ENTER, "step 4")

    def to_code(self, user_id: str, password: str, device: str = "E-mail") -> None:
        """Ask for a security code."""
        self.to_password(user_id)
        self.type(password, secret=True)
        self.move(TAB)
        self.pick(device)
        self.open(ENTER, "step 5")

    def read_code(self) -> str:
        """What the simulated mailbox says."""
        self.open(F2, "read.", place="Simulated phone")
        code = self.find(r"Your security code for the simulated portal is (\d+)")
        self.back("step 5")
        return code

    def sign_in(self, user_id: str, password: str) -> None:
        """From the first page to My Portal."""
        self.to_code(user_id, password)
        self.enter_code(self.read_code())

    def enter_code(self, code: str) -> None:
        """From the security code to My Portal."""
        self.type(code)
        self.open(ENTER, "step 6")

    def to_practices(self) -> None:
        """The list of practices."""
        self.choose("Feedback Reports", "step 7")
        self.choose("Next", "step 8")

    def select(self, name: str) -> None:
        """Select a practice that is on the page, and go on."""
        self._press_until_at(DOWN, name)
        self.terminal.send(ENTER)
        self.terminal.wait_for(f"* {name}")
        self.choose("Next", "step 9")

    def to_attestation(self) -> None:
        """Year, report, action."""
        self.pick("2011")
        self.move(TAB)
        self.pick("2011 PQRS")
        self.move(TAB)
        self.pick("View Online")
        self.open(ENTER, "step 10")

    def to_run(self) -> None:
        """Attest."""
        self.pick("HIPAA Covered Entity")
        self.confirm("I Confirm", "step 11")

    def to_report(self) -> None:
        """From a selected practice to its report."""
        self.to_attestation()
        self.to_run()
        self.confirm("Run Document", "Table 1")
        self.terminal.wait(lambda terminal: terminal.screen.title == "qportal - Report")

    # The report

    def read_table(self, headings: list[str]) -> list[Row]:
        """Read the table that is shown row by row; every value as the row view says it."""
        self.open(ENTER, place="Row 1 of")
        self.terminal.wait(lambda terminal: of_row_view(terminal.words, headings))
        self.terminal.settle()
        rows: list[Row] = []
        while True:
            number, count = map(int, re.findall(r"Row (\d+) of (\d+)", self.terminal.words)[0])
            rows.append(of_row_view(self.whole_view(), headings))
            if number == count:
                break
            self.focus("Next row")
            self.terminal.send(ENTER)
            self.terminal.wait_for(f"Row {number + 1} of {count}")
            self.terminal.settle()
        self.open(ESCAPE, place="Report view")
        return rows

    def whole_view(self) -> str:
        """All words of a view that may have to be scrolled."""
        *_, text = self._pages()
        return text

    def _pages(self) -> Iterator[str]:
        """The words of a view as far as they were read, page after page from its start."""
        text: dict[int, str] = {}
        yield self.terminal.words
        while (position := self._position()) and position[0] > 1:
            self._scroll(PAGE_UP)
        while True:
            position = self._position()
            if position is None:
                yield self.terminal.words
                return
            first, last, count, row = position
            text |= dict(enumerate(self.terminal.lines[row + 1 : row + 2 + last - first], start=first))
            yield " ".join(" ".join(text[number] for number in sorted(text)).split())
            if last == count:
                return
            self._scroll(PAGE_DOWN)

    def _scroll(self, key: str) -> None:
        before = self._position()
        self.terminal.send(key)
        self.terminal.wait(lambda _: self._position() != before)
        self.terminal.settle()

    def _position(self) -> tuple[int, int, int, int] | None:
        """First and last line shown, number of lines, and the row that says so; None: everything fits."""
        for row, line in enumerate(self.terminal.lines):
            if found := POSITION.search(line):
                first, last, count = map(int, found.groups())
                return first, last, count, row
        return None
