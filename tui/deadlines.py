"""When to warn about a time limit, computed from the page alone (A11Y-TIME-01 to A11Y-TIME-05).

Warnings are discrete: the portal names the seconds before the end at which each is said. The client never
ticks.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from client.messages.screen import Deadline, Screen

SecondsLeft = Callable[[Deadline], float | None]
"""Seconds to a deadline on the server's clock; None: not known."""

AT_ONCE = 0.01
"""Seconds; a timer of 0 is none in Textual."""
WORDS = {
    "attempt": "The sign-in attempt ends",
    "code": "The security code ends",
    "idle": "This screen will be locked",
    "absolute": "You will be signed out",
}
"""Kind of a deadline -> how its end is told."""


@dataclass(frozen=True)
class Due:
    """One warning, or the end itself."""

    in_s: float
    """Seconds from now."""
    deadline: Deadline
    before_s: int
    """Seconds before the end; 0: the end."""


def schedule(page: Screen, seconds_left: SecondsLeft) -> list[Due]:
    """Everything still to come on this page, soonest first."""
    due: list[Due] = []
    for deadline in page.deadlines:
        left = seconds_left(deadline)
        if left is None:
            continue
        due += [Due(left - before, deadline, before) for before in (*deadline.warn_s, 0) if left - before > 0]
        if left <= 0 and deadline.kind == "idle":
            due.append(Due(AT_ONCE, deadline, 0))  # the limit passed while the answer was on its way
    return sorted(due, key=lambda item: item.in_s)


def warning_text(due: Due) -> str:
    """The portal's warning with the time that is left in the place it keeps for it."""
    return due.deadline.notice.replace("{time}", spelled(due.before_s))


def spelled(seconds: int) -> str:
    """`120` is `2 minutes`, `60` is `1 minute`, `20` is `20 seconds`."""
    if seconds >= 60 and seconds % 60 == 0:
        return _count(seconds // 60, "minute")
    return _count(seconds, "second")


def minutes_left(seconds: float) -> str:
    """Whole minutes in words; the last one is `less than 1 minute`."""
    minutes = math.floor(seconds / 60)
    return _count(minutes, "more minute") if minutes else "less than 1 minute"


def time_left(page: Screen, seconds_left: SecondsLeft) -> str:
    """What ends when, as sentences (F7)."""
    sentences = []
    for deadline in page.deadlines:
        left = seconds_left(deadline)
        if left is not None:
            minutes = max(0, math.floor(left / 60))
            when = f"in {_count(minutes, 'minute')}" if minutes else "in less than 1 minute"
            sentences.append(f"{WORDS[deadline.kind]} {when}.")
    return " ".join(sentences) or "Nothing on this screen has a time limit."


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
