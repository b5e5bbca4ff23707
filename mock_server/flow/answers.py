"""What a call of the flow is answered with, and the copy of it that a repeat gets (W-4)."""

from dataclasses import dataclass

import msgspec

from client.messages.screen import Problem, Screen


@dataclass(frozen=True, slots=True)
class Answer:
    """Outcome of a call: the Screen, a new token or None, and the refusal if there was one."""

    screen: Screen
    flow_token: str | None = None
    status: int = 200
    errors: tuple[Problem, ...] = ()
    type: str | None = None
    """Wire name in place of that of the first error."""
    retry_after: int | None = None
    replayed: bool = False


class SpentAnswer(msgspec.Struct, frozen=True):
    """An answer as the flow keeps it: without its token, which is made anew, and the picker's rows."""

    screen: Screen
    status: int
    errors: tuple[Problem, ...]
    type: str | None
    retry_after: int | None
    rotated: bool
    """Whether it brought a new token."""
    listed: bool
    """Whether it showed a page of the picker."""

    @classmethod
    def of(cls, answer: Answer) -> "SpentAnswer":
        """The copy of an answer."""
        return cls(
            screen=msgspec.structs.replace(answer.screen, table=None),
            status=answer.status,
            errors=answer.errors,
            type=answer.type,
            retry_after=answer.retry_after,
            rotated=answer.flow_token is not None,
            listed=answer.screen.table is not None,
        )

    def again(self, screen: Screen, token: str | None) -> Answer:
        """The answer once more."""
        return Answer(screen, token, self.status, self.errors, self.type, self.retry_after, replayed=True)
