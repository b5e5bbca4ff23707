"""Plain mode as a person uses it: hears a prompt, finds the number of a choice in what was read, answers."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol


class Line(Protocol):
    """Where plain mode talks: a pipe or a terminal."""

    @property
    def written(self) -> str:
        """Everything it said."""

    def wait(self, shown: Callable[[Any], object], timeout: float = ...) -> None:
        """Listen until something was said."""

    def send(self, text: str) -> None:
        """Answer."""


@dataclass
class Plain:
    """A person in conversation with plain mode."""

    line: Line
    heard: int = 0
    """Characters that were answered already."""
    gap: str = r"\s+"
    """What stands between two words that are listened for, as a pattern."""

    @property
    def news(self) -> str:
        """What was said since the last answer."""
        return self.line.written[self.heard :]

    def hear(self, *texts: str) -> str:
        """Listen until all of these were said since the last answer."""
        patterns = [self._pattern(text) for text in texts]
        self.line.wait(lambda _: all(re.search(pattern, self.news) for pattern in patterns))
        return self.news

    def _pattern(self, text: str) -> str:
        return self.gap.join(map(re.escape, text.split()))

    def answer(self, prompt: str, text: str) -> None:
        """Answer a prompt."""
        self.hear(prompt)
        self.heard = len(self.line.written)
        self.line.send(f"{text}\n")

    def choose(self, prompt: str, label: str) -> None:
        """Answer a prompt with the number of a choice that was read out."""
        self.hear(prompt, label)
        number = re.findall(rf"^(\d+)\.{self.gap}{self._pattern(label)}", self.news, flags=re.MULTILINE)[-1]
        self.answer(prompt, number)

    # The walk

    def read_password(self) -> str:
        """What the demo accounts say."""
        self.choose("Action, number", "Demo accounts")
        said = self.hear("Password of every account: ", "Enter for more")
        self.answer("Enter for more", "/done")
        self.hear("Action, number")
        return str(re.findall(r"Password of every account: (\S+)", said)[0])

    def to_user(self) -> None:
        """Accept the terms."""
        self.choose("Action, number", "Login to CMS Secure Portal")
        self.choose("Action, number", "I Accept")

    def to_code(self, user_id: str, password: str) -> None:
        """Ask for a security code."""
        self.to_user()
        self.answer("User ID, required", user_id)
        self.answer("Password, required", password)
        self.choose("MFA Device Type, required", "E-mail")
        self.hear("Security Code, required")

    def read_code(self) -> str:
        """What the simulated mailbox says."""
        self.answer("Security Code, required", "/outbox")
        said = self.hear("Code: ", "Security Code, required")
        return str(re.findall(r"^Code: (\d+)", said, flags=re.MULTILINE)[0])

    def sign_in(self, user_id: str, password: str) -> None:
        """From the first page to My Portal."""
        self.to_code(user_id, password)
        self.answer("Security Code, required", self.read_code())
        self.hear("Screen: My Portal")

    def to_choice(self, name: str) -> None:
        """A practice, by the beginning of its name."""
        self.choose("Action, number", "Feedback Reports")
        self.choose("Organization Type, required", "Practices")
        self.choose("TIN, number", name)
        self.answer("(Enter keeps", "")
        self.hear("Select a Year, required")

    def to_attestation(self) -> None:
        """Year, report, action."""
        self.choose("Select a Year, required", "2011")
        self.choose("Select a Report, required", "2011 PQRS")
        self.choose("Select an Action, required", "View Online")

    def to_run(self) -> None:
        """Attest."""
        self.choose("I plan to use this data", "HIPAA Covered Entity")
        self.choose("Action, number", "I Confirm")
        self.hear("Screen: Run Document", "Action, number")

    def to_report(self) -> None:
        """From a practice to its report."""
        self.to_attestation()
        self.to_run()
        self.choose("Action, number", "Run Document")
        self.hear("Screen: Report view")

    def read_table(self) -> str:
        """The present table to its end; Enter then leads to the next one."""
        said = ""
        while "Enter for the next" not in said:
            said += self.hear("Enter for", ":")
            self.answer("Enter for", "")
        return said
