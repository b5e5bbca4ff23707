"""What may be said while a prompt waits: time warnings and the one background read of a screen.

Each warning is said once per deadline instant; use moves the instant and so brings the warnings back
(A11Y-TIME-01, A11Y-TIME-05). Nothing else is ever written without an input (SSH-HUP-06).
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from client.errors import PortalError
from client.journey import Journey
from client.messages.screen import Deadline
from tui.plain.durations import in_words
from tui.plain.grammar import Label, labelled


@dataclass(frozen=True, slots=True)
class Reminder:
    """Lines that interrupt a prompt."""

    lines: tuple[str, ...] = ()
    idle: bool = False
    """Whether the screen is about to be locked: an empty Enter then means `I am here`."""


@dataclass(frozen=True, slots=True)
class _Warning:
    deadline: Deadline
    left: float
    before: int

    @property
    def wait(self) -> float:
        return self.left - self.before

    @property
    def key(self) -> tuple[str, datetime, int]:
        return (self.deadline.kind, self.deadline.at, self.before)


class Reminders:
    """Knows what is due next on the journey's present screen."""

    def __init__(self, journey: Journey) -> None:
        self._journey = journey
        self._said: set[tuple[str, datetime, int]] = set()
        self._token = ""
        self._read_at: float | None = None

    def screen_shown(self) -> None:
        """The person was shown the present screen: its one background read counts from the first time."""
        screen = self._journey.screen
        if screen.step_token != self._token:
            self._token = screen.step_token
            wait = screen.refresh_s
            self._read_at = None if wait is None else asyncio.get_running_loop().time() + wait

    def seconds_to_next(self) -> float | None:
        """Seconds until something is due, 0 if it is now; None: nothing will be."""
        waits = [warning.wait for warning in self._warnings()]
        if self._read_at is not None:
            waits.append(self._read_at - asyncio.get_running_loop().time())
        return max(0.0, min(waits)) if waits else None

    async def due(self) -> Reminder:
        """What is to be said now; reads the flow in the background where the screen asked for it."""
        late = [warning for warning in self._warnings() if warning.wait <= 0]
        self._said |= {warning.key for warning in late}
        lines = [_line(warning) for warning in _last_of_each_kind(late)]
        if self._read_at is not None and asyncio.get_running_loop().time() >= self._read_at:
            self._read_at = None
            lines += await self._news()
        return Reminder(tuple(lines), idle=any(warning.deadline.kind == "idle" for warning in late))

    def _warnings(self) -> Iterator[_Warning]:
        """Those of the present screen that were not said and are not past."""
        for deadline in self._journey.screen.deadlines if self._journey.started else ():
            left = self._journey.seconds_left(deadline)
            if left is not None and left > 0:
                found = (_Warning(deadline, left, before) for before in deadline.warn_s)
                yield from (warning for warning in found if warning.key not in self._said)

    async def _news(self) -> list[str]:
        known = {notice.text for notice in self._journey.screen.notices}
        try:
            screen = await self._journey.refresh(background=True)
        except PortalError:
            return []
        return [labelled(Label.NOTICE, n.text) for n in screen.notices if n.text not in known]


def _last_of_each_kind(late: list[_Warning]) -> list[_Warning]:
    """After a long answer several are overdue; only the last of a kind is still true."""
    nearest = {w.deadline.kind: w for w in sorted(late, key=lambda w: w.before, reverse=True)}
    return list(nearest.values())


def _line(warning: _Warning) -> str:
    seconds = warning.before if warning.wait > -2 else warning.left
    return labelled(Label.TIME, warning.deadline.notice.replace("{time}", in_words(seconds)))
