"""Terminal recordings in the two formats of asciinema (DEMO-REC-02, DEMO-REC-03).

Both are written from one list of events in virtual milliseconds: version 2 counts from the start, version 3
from the event before. Numbers have exactly three decimals, so that equal runs give equal bytes.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Code = Literal["o", "m", "r"]
"""Output, marker, resize. What was typed (`i`) is not recorded."""

TERM = "xterm-256color"
MADE_BY = "# made by qportal demo record"


@dataclass(frozen=True, slots=True)
class CastEvent:
    """One thing that happened on the recorded terminal."""

    at: int
    """Virtual milliseconds since the start."""
    code: Code
    data: str


@dataclass(frozen=True, slots=True)
class Cast:
    """A recording, before it has a format."""

    width: int
    height: int
    timestamp: int
    """The business instant of the run in Unix seconds: never the time of the recording."""
    title: str
    idle_limit: int
    """Milliseconds; longer pauses are cut short by players."""
    duration: int
    """Virtual milliseconds from start to end."""
    events: Sequence[CastEvent]
    """In the order of their times."""


def version_2(cast: Cast) -> str:
    """The recording as asciicast v2."""
    header = (
        f'{{"version": 2, "width": {cast.width}, "height": {cast.height}, "timestamp": {cast.timestamp}, '
        f'"duration": {_seconds(cast.duration)}, "idle_time_limit": {_seconds(cast.idle_limit)}, '
        f'"title": {_text(cast.title)}, "env": {{"TERM": {_text(TERM)}}}}}'
    )
    return _lines([header, *(_event(event.at, event) for event in _to_the_end(cast))])


def version_3(cast: Cast) -> str:
    """The recording as asciicast v3, ended by its exit status."""
    header = (
        f'{{"version": 3, "term": {{"cols": {cast.width}, "rows": {cast.height}, "type": {_text(TERM)}}}, '
        f'"timestamp": {cast.timestamp}, "idle_time_limit": {_seconds(cast.idle_limit)}, '
        f'"title": {_text(cast.title)}, "env": {{"TERM": {_text(TERM)}}}}}'
    )
    return _lines([header, MADE_BY, *_intervals(_to_the_end(cast)), '[0.000, "x", "0"]'])


def _to_the_end(cast: Cast) -> list[CastEvent]:
    """The events; an empty one holds the last screen until the run is over."""
    events = list(cast.events)
    if not events or events[-1].at < cast.duration:
        events.append(CastEvent(cast.duration, "o", ""))
    return events


def _intervals(events: Iterable[CastEvent]) -> Iterator[str]:
    before = 0
    for event in events:
        yield _event(event.at - before, event)
        before = event.at


def _event(time: int, event: CastEvent) -> str:
    return f'[{_seconds(time)}, "{event.code}", {_text(event.data)}]'


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds // 1000}.{milliseconds % 1000:03d}"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
