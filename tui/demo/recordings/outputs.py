"""The files of a recording: their names, known before the run, and their contents after it (section 15)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tui.demo.events import StepEnded
from tui.demo.recordings import asciicast
from tui.demo.recordings.casting import cast_of
from tui.demo.recordings.journal import journal
from tui.demo.recordings.picture import normal, with_cursor
from tui.demo.recordings.recorder import Recording
from tui.demo.recordings.svg import svg
from tui.demo.recordings.transcript import transcript
from tui.demo.recordings.walkthrough import walkthrough
from tui.demo.script import Format, FrontEnd, Script, Step

FORMATS: Final[tuple[Format, ...]] = (
    "text",
    "svg",
    "asciicast-v2",
    "asciicast-v3",
    "walkthrough",
    "journal",
)
_SUFFIXES: Final[dict[Format, str]] = {
    "text": "txt",
    "asciicast-v2": "v2.cast",
    "asciicast-v3": "v3.cast",
    "journal": "journal.jsonl",
}
LAST: Final = "end"
"""Name of the last screen's picture where the script gives none."""


@dataclass(frozen=True, slots=True)
class Output:
    """One finished file."""

    name: str
    content: str

    @property
    def data(self) -> bytes:
        """As it is written: UTF-8, LF."""
        return self.content.encode()


def names(script: Script, front_ends: Sequence[FrontEnd], formats: Sequence[Format]) -> list[str]:
    """The files that recording a script writes, so that none is overwritten after a whole run."""
    found = [
        f"{script.stem}.{front_end}.{_SUFFIXES[form]}"
        for front_end in front_ends
        for form in formats
        if form in _SUFFIXES
    ]
    if "svg" in formats:
        found += [name for front_end in front_ends for name in pictures(script, front_end).values()]
    return [*found, f"{script.stem}.walkthrough.md"]


def pictures(script: Script, front_end: FrontEnd) -> dict[int, str]:
    """Number of each step that gets a picture, and the picture's file name (`record.svg`)."""
    visible = [step for step in script.steps_on(front_end) if not step.hide]
    named = {step.number: name for step in visible if (name := _picture(script, step, visible[-1]))}
    return {number: f"{script.stem}.{front_end}.{number:03d}-{name}.svg" for number, name in named.items()}


def _picture(script: Script, step: Step, last: Step) -> str | None:
    if step.screenshot is not None:
        return step.screenshot
    if script.record.svg == "every-step":
        return step.verb or "screen"
    return LAST if step is last else None


def outputs(recordings: Sequence[Recording], formats: Sequence[Format]) -> Iterator[Output]:
    """The files of the runs of one script; the walkthrough always (DEMO-REC-06), made from the first run."""
    for recording in recordings:
        yield from _of_run(recording, formats)
    first = recordings[0]
    script, front_end = first.began.script, first.began.front_end
    linked = pictures(script, front_end) if "svg" in formats else {}
    yield Output(f"{script.stem}.walkthrough.md", walkthrough(first, linked))


def _of_run(recording: Recording, formats: Sequence[Format]) -> Iterator[Output]:
    began = recording.began
    for form in formats:
        if form == "svg":
            yield from _pictures(recording)
        elif form in _SUFFIXES:
            yield Output(f"{began.script.stem}.{began.front_end}.{_SUFFIXES[form]}", text_of(recording, form))


def text_of(recording: Recording, form: Format) -> str:
    """A run in one of the formats that are a single file."""
    match form:
        case "text":
            return transcript(recording)
        case "journal":
            return journal(recording)
        case "asciicast-v2":
            return asciicast.version_2(cast_of(recording))
        case "asciicast-v3":
            return asciicast.version_3(cast_of(recording))
        case _:
            raise ValueError(form)


def _pictures(recording: Recording) -> Iterator[Output]:
    named = pictures(recording.began.script, recording.began.front_end)
    for performed in recording.steps:
        name = named.get(performed.ended.step.number)
        if name is not None:
            yield Output(name, picture_of(recording, performed.ended))


def picture_of(recording: Recording, ended: StepEnded) -> str:
    """The screen after a step, as SVG; plain lines that are longer than the terminal widen the picture."""
    began = recording.began
    picture = normal(with_cursor(ended.picture))
    widest = max((sum(piece.cell_length for piece in row) for row in picture.rows), default=0)
    title = f"{began.script.title}, step {ended.step.number}"
    return svg(picture, max(began.size.columns, widest), title=title, theme=began.script.run.theme)
