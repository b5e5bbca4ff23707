"""`qportal demo play`: a script in the real interface, at a person's pace or headless (DEMO-CLI-02 to 04)."""

import gc
import sys
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from cyclopts import Parameter

from client.settings import Preferences
from tui import failures
from tui.commands.demo.options import Variables, given, given_size, refused
from tui.demo.findings import ScriptRefused
from tui.demo.reading import load
from tui.demo.script import FrontEnd, PauseMode, Script, Size
from tui.exit_codes import ExitCode
from tui.interface_choice import NOT_A_TERMINAL, appearance, choose_interface
from tui.terminal import Terminal, present_terminal

if TYPE_CHECKING:
    from tui.demo.events import RunEnded
    from tui.demo.performing import LiveOptions
    from tui.demo.recordings.recorder import Recorder

T = TypeVar("T")
SLOWEST, FASTEST = 0.25, 8.0


@dataclass(frozen=True, slots=True)
class Outputs:
    """What is to be written besides."""

    transcript: Path | None = None
    cast: Path | None = None
    version: Literal["2", "3"] = "2"
    pictures: Path | None = None
    force: bool = False

    @property
    def wanted(self) -> bool:
        """Whether there is anything."""
        return any((self.transcript, self.cast, self.pictures))


def command(
    script: Annotated[str, Parameter(help="A file, or the name of a script that comes with the program.")],
    /,
    *,
    plain: Annotated[bool, Parameter(negative="", help="Line by line, in plain text.")] = False,
    full_screen: Annotated[bool, Parameter(negative="", help="In the full screen.")] = False,
    headless: Annotated[bool, Parameter(negative="", help="Without a person and without waiting.")] = False,
    speed: Annotated[float | None, Parameter(help="0.25 to 8; default: what the script says.")] = None,
    from_: Annotated[
        str | None, Parameter(name="--from", help="Id or line of the first step to be shown.")
    ] = None,
    pause: Annotated[
        PauseMode | None, Parameter(help="Where to stop for a key; default: what the script says.")
    ] = None,
    captions: Annotated[Literal["on", "off"], Parameter(help="Show the narration.")] = "on",
    typist: Annotated[
        bool, Parameter(negative="", help="Every key you press types the script's next character.")
    ] = False,
    size: Annotated[
        str | None, Parameter(help="With --headless: size of the terminal, such as 80x24.")
    ] = None,
    var: Variables = None,
    transcript: Annotated[Path | None, Parameter(help="Write a text transcript.")] = None,
    record: Annotated[Path | None, Parameter(help="Write an asciicast.")] = None,
    cast: Annotated[Literal["2", "3"], Parameter(help="Version of the asciicast.")] = "2",
    screenshots: Annotated[Path | None, Parameter(help="Folder for pictures of marked steps.")] = None,
    force: Annotated[bool, Parameter(negative="", help="Replace existing files.")] = False,
) -> int:
    """Play a demo script in the real interface; Space pauses, ? lists the keys."""
    try:
        found = load(script, given(var))
        cells = given_size(size)
    except ScriptRefused as error:
        return refused(error)
    if plain and full_screen:
        return failures.say("--plain and --full-screen exclude each other.", "Give one.", ExitCode.USAGE)
    if speed is not None and not SLOWEST <= speed <= FASTEST:
        return failures.say(
            "--speed goes from 0.25 to 8.", "Give 1 for the script's own pace.", ExitCode.USAGE
        )
    if cells is not None and not headless:
        return failures.say("--size belongs to --headless.", "Resize your terminal instead.", ExitCode.USAGE)
    terminal = present_terminal()
    chosen = _front_end(
        found, terminal, "plain" if plain else "full-screen" if full_screen else None, headless
    )
    if isinstance(chosen, int):
        return chosen
    first = _first(found, chosen, from_)
    if first is None:
        return failures.say(
            f"There is no step {from_} in {found.name}.", "Give an id or a line.", ExitCode.USAGE
        )
    outputs = Outputs(transcript, record, cast, screenshots, force)
    from tui.demo.performing import LiveOptions

    options = LiveOptions(
        speed=found.play.speed if speed is None else speed,
        mode=pause or _pause(found, chosen),
        first=first,
        typist=typist,
        captions=captions == "on",
    )
    return _play(found, chosen, terminal, cells, options, outputs, headless=headless)


def _front_end(script: Script, terminal: Terminal, wish: FrontEnd | None, headless: bool) -> FrontEnd | int:
    """Where it is played; an exit code where that is not possible, which was said."""
    offered = script.run.front_ends
    if wish is not None and wish not in offered:
        return failures.say(
            f"{script.name} is for the {offered[0]} front end only.", f"Use --{offered[0]}.", ExitCode.USAGE
        )
    if headless:
        return wish or offered[0]
    flags = {} if wish is None else {"interface": wish}
    choice = choose_interface(terminal, Preferences(flags=flags, variables={}, saved={}))
    if choice.refusal:
        return failures.say(NOT_A_TERMINAL, "Use --plain, or --headless for a check without a person.")
    interface = wish or choice.interface or "full-screen"
    return interface if interface in offered else offered[0]


def _pause(script: Script, front_end: FrontEnd) -> PauseMode:
    """Plain text stops after each step unless the script says where."""
    if front_end == "plain" and script.play.pause == "never":
        return "steps"
    return script.play.pause


def _first(script: Script, front_end: FrontEnd, start: str | None) -> int | None:
    from tui.demo.performing import first_step

    return 1 if start is None else first_step(script, front_end, start)


def _play(
    script: Script,
    front_end: FrontEnd,
    terminal: Terminal,
    size: Size | None,
    options: "LiveOptions",
    outputs: Outputs,
    *,
    headless: bool,
) -> int:
    from tui.demo.performing import play_headless, play_plain
    from tui.demo.recordings.recorder import Recorder
    from tui.demo.recordings.writing import OutputRefused

    recorder = Recorder()
    listeners = [recorder] if outputs.wanted else []
    live_size = Size(*terminal.size)
    code = 0
    try:
        _check_free(outputs)
        if headless:
            ended: RunEnded | None = _run(play_headless(script, front_end, size, [recorder]), live=False)
        elif front_end == "plain":
            interactive = terminal.interactive
            ended = _run(
                play_plain(script, live_size, options, listeners, interactive=interactive), live=True
            )
        else:
            ended, code = _on_screen(script, terminal, live_size, options, listeners)
        if outputs.wanted and ended is not None:
            _write(recorder, outputs, failed=ended.failure is not None)
    except OutputRefused as error:
        return failures.say(str(error), error.help)
    if ended is not None and ended.failure is not None:
        return _report(script, front_end, size or (script.run.size if headless else live_size), ended)
    return code


def _on_screen(
    script: Script, terminal: Terminal, size: Size, options: "LiveOptions", listeners: "list[Recorder]"
) -> "tuple[RunEnded | None, int]":
    from tui.app import Look
    from tui.demo.performing import play_full_screen

    gc.freeze()  # a collection that walks through all of Textual takes as long as ten frames
    theme = script.run.theme
    asked = Preferences(flags={"theme": theme, "motion": "none", "mouse": "off"}, variables={}, saved={})
    look = Look(**vars(appearance(terminal, asked)))
    ended, code, last_words = _run(play_full_screen(script, look, size, options, listeners), live=True)
    if last_words:
        failures.write(last_words)
    return ended, code


def _run(work: "Coroutine[Any, Any, T]", *, live: bool) -> T:
    from tui.demo.running import run

    return run(work, live=live)


def _check_free(outputs: Outputs) -> None:
    from tui.demo.recordings.writing import check_free

    if not outputs.force:
        check_free(path for path in (outputs.transcript, outputs.cast) if path is not None)


def _write(recorder: "Recorder", outputs: Outputs, *, failed: bool) -> None:
    """The files; those of a failed run end in `.partial` (DEMO-REC-08)."""
    from tui.demo.recordings.outputs import Output, text_of
    from tui.demo.recordings.outputs import outputs as all_outputs
    from tui.demo.recordings.writing import PARTIAL, write, write_one

    def put(path: Path, text: str) -> None:
        target = path.with_name(f"{path.name}{PARTIAL}") if failed else path
        write_one(target.absolute(), Output(path.name, text).data, force=outputs.force or failed)

    recording = recorder.recording
    if outputs.transcript is not None:
        put(outputs.transcript, text_of(recording, "text"))
    if outputs.cast is not None:
        put(outputs.cast, text_of(recording, "asciicast-v3" if outputs.version == "3" else "asciicast-v2"))
    if outputs.pictures is not None:
        pictures = [file for file in all_outputs([recording], ["svg"]) if file.name.endswith(".svg")]
        write(outputs.pictures.absolute(), pictures, force=outputs.force, partial=failed)


def _report(script: Script, front_end: FrontEnd, size: Size, ended: "RunEnded") -> int:
    from tui.demo.checking import Checked
    from tui.demo.reports import failure_lines

    sys.stdout.flush()
    for line in failure_lines(Checked(script, front_end, size, ended, 0.0)):
        failures.write(line)
    return ExitCode.FAILED
