"""Keeps the events of one run, so that every format is made from the same ones after it has ended."""

from collections.abc import Iterator
from dataclasses import dataclass

from tui.demo.events import Event, Printed, RunBegan, RunEnded, StepBegan, StepEnded


@dataclass(frozen=True, slots=True)
class Performed:
    """A step as it went, with what only the events before it know."""

    ended: StepEnded
    began_at: int
    """Virtual milliseconds."""
    section: str | None
    """The chapter it belongs to, begun here or before."""
    lines: tuple[str, ...]
    """What is on the screen then: in plain mode what was printed since the step before, captions left out; in
    full-screen the whole grid."""


@dataclass(frozen=True, slots=True, repr=False)
class Recording:
    """One whole run, first event to last."""

    events: tuple[Event, ...]

    def __repr__(self) -> str:
        # asyncio writes a run's result down when it hands Ctrl+C back: all these cells would take a second
        return f"Recording(... {len(self.events)} events)"

    @property
    def began(self) -> RunBegan:
        """What was run, and how."""
        return next(event for event in self.events if isinstance(event, RunBegan))

    @property
    def ended(self) -> RunEnded:
        """How it went."""
        return next(event for event in reversed(self.events) if isinstance(event, RunEnded))

    @property
    def steps(self) -> tuple[Performed, ...]:
        """The steps that were performed, in order."""
        return tuple(self._performed())

    def _performed(self) -> Iterator[Performed]:
        section: str | None = None
        began_at, said = 0, ""
        for event in self.events:
            match event:
                case StepBegan(step=step):
                    began_at, section = event.t, step.section or section
                case Printed(kind=kind, text=text) if kind != "caption":
                    said += text
                case StepEnded(picture=picture):
                    plain = self.began.front_end == "plain"
                    lines = tuple(said.splitlines()) if plain else picture.lines
                    yield Performed(event, began_at, section, lines)
                    said = ""

    @property
    def passed(self) -> bool:
        """Whether every step was performed and none failed."""
        return self.ended.failure is None and not self.ended.stopped


class Recorder:
    """A listener of one run."""

    def __init__(self) -> None:
        self._events: list[Event] = []

    def __call__(self, event: Event) -> None:
        """Take the next event."""
        self._events.append(event)

    @property
    def recording(self) -> Recording:
        """What came so far; complete once the run has ended."""
        return Recording(tuple(self._events))
