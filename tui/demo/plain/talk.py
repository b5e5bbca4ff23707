"""The conversation under a script: the same one, which also says what it is asking."""

from dataclasses import dataclass

from client.messages.screen import Confirm
from tui.plain.commands import Invoked, Typed
from tui.plain.talk import Prompt, Talk


@dataclass(frozen=True, slots=True)
class Question:
    """What the program waits for."""

    field: str
    """Id of the field; `action` for the list of actions, `table` while a table is read."""
    secret: bool = False
    confirming: bool = False
    """Whether it is a question of yes and no before an action."""


NOTHING = Question("")


class ScriptTalk(Talk):
    """Notes the question before it is asked."""

    question = NOTHING
    _confirming = False

    async def hear(self, prompt: Prompt, accepts: frozenset[str] = frozenset()) -> Typed | Invoked:
        """As ever."""
        self.question = Question(prompt.field, confirming=self._confirming)
        return await super().hear(prompt, accepts)

    async def ask_secret(self, question: str, field: str) -> str:
        """As ever."""
        self.question = Question(field, secret=True)
        return await super().ask_secret(question, field)

    async def confirmed(self, confirm: Confirm) -> bool:
        """As ever."""
        self._confirming = True
        try:
            return await super().confirmed(confirm)
        finally:
            self._confirming = False
