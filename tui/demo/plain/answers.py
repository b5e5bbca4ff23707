"""Answers of a script that wait for their prompts: they are given when these come (DEMO-RUN-05)."""

from client.messages.screen import Field, Screen
from tui.demo.script import Scalar


class Answers:
    """Of one screen; those of another screen are forgotten."""

    def __init__(self) -> None:
        self.waiting: dict[str, Scalar] = {}
        """Values whose prompts have not come yet, by field."""
        self.secrets: set[str] = set()
        """Secret fields that were filled in."""
        self._place = ""

    def put(self, screen: Screen, name: str, value: Scalar) -> None:
        """Keep an answer until its prompt comes."""
        place = f"{screen.state} {screen.step_token}"
        if place != self._place:
            self._place = place
            self.secrets.clear()
            self.waiting.clear()
        self.waiting[name] = value

    def line(self, asked: Field) -> str:
        """Take an answer that waits: the number of a choice, y or n, or the text."""
        value = self.waiting.pop(asked.id)
        if asked.kind == "secret":
            self.secrets.add(asked.id)
        if isinstance(value, bool):
            return "y" if value else "n"
        if asked.kind in ("select", "radio"):
            return str(1 + next(i for i, option in enumerate(asked.options) if option.value == value))
        return value

    def has(self, name: str) -> bool:
        """Whether a field is filled in, or will be."""
        return name in self.secrets or name in self.waiting
