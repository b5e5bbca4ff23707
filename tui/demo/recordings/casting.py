"""A run as a terminal recording: every picture and every printed line at its virtual time (TL-1 to TL-8)."""

from tui.demo.events import Event, Frame, Marked, Picture, Printed, Resized
from tui.demo.recordings.asciicast import Cast, CastEvent
from tui.demo.recordings.frames import drawn
from tui.demo.recordings.picture import normal
from tui.demo.recordings.recorder import Recording


def cast_of(recording: Recording) -> Cast:
    """The run as a cast; its title names the program's version (DEMO-DET-04)."""
    began, ended = recording.began, recording.ended
    events = _Casting(began.size.columns).of(recording.events)
    # A person who took over or stopped ends the recording there (DEMO-CLI-04).
    duration = events[-1].at if ended.stopped and events else ended.t
    return Cast(
        width=began.size.columns,
        height=began.size.rows,
        timestamp=int(began.business.timestamp()),
        title=f"{began.script.title} (qportal {began.version})",
        idle_limit=began.script.record.idle_limit,
        duration=duration,
        events=events,
    )


class _Casting:
    """Turns events into what a terminal gets; knows what that terminal shows."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._shown: Picture | None = None
        self._events: list[CastEvent] = []

    def of(self, events: tuple[Event, ...]) -> tuple[CastEvent, ...]:
        """The events of a cast, output of one instant in one piece."""
        for event in events:
            match event:
                case Frame(t=at, picture=picture):
                    self._draw(at, normal(picture))
                case Printed(t=at, text=text):
                    self._write(at, text.replace("\n", "\r\n"))
                case Marked(t=at, label=label):
                    self._events.append(CastEvent(at, "m", label))
                case Resized(t=at, size=size):
                    self._width, self._shown = size.columns, None
                    self._events.append(CastEvent(at, "r", str(size)))
        return tuple(self._events)

    def _draw(self, at: int, picture: Picture) -> None:
        self._write(at, drawn(picture, self._shown, self._width))
        self._shown = picture

    def _write(self, at: int, text: str) -> None:
        last = self._events[-1] if self._events else None
        if last is not None and (last.at, last.code) == (at, "o"):
            self._events[-1] = CastEvent(at, "o", last.data + text)
        elif text:
            self._events.append(CastEvent(at, "o", text))
