"""`qportal demo record`: perform a script without a person and write down everything (DEMO-CLI-04)."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from tui import failures
from tui.commands.demo.options import Variables, given, given_size, refused
from tui.demo.findings import ScriptRefused
from tui.demo.reading import load
from tui.demo.script import FRONT_ENDS, Format, FrontEnd, Script, Size
from tui.exit_codes import ExitCode

if TYPE_CHECKING:
    from tui.demo.recordings.recorder import Recording


def command(
    script: Annotated[str, Parameter(help="A file, or the name of a script that comes with the program.")],
    /,
    *,
    out: Annotated[Path, Parameter(help="Folder for the files; made if it is not there.")] = Path(),
    formats: Annotated[
        list[Format] | None,
        Parameter(negative="", consume_multiple=True, help="What to write; default: what the script says."),
    ] = None,
    front_end: Annotated[
        Literal["full-screen", "plain", "both"] | None,
        Parameter(help="Where to perform it; default: everywhere the script is written for."),
    ] = None,
    size: Annotated[str | None, Parameter(help="Size of the terminal, such as 80x24.")] = None,
    var: Variables = None,
    force: Annotated[bool, Parameter(negative="", help="Replace existing files.")] = False,
) -> int:
    """Perform a demo script without waiting and write text, pictures, casts, a walkthrough and a journal."""
    from tui.demo.failing import StepFailed
    from tui.demo.recordings.writing import OutputRefused

    try:
        found = load(script, given(var))
        terminal = given_size(size)
    except ScriptRefused as error:
        return refused(error)
    asked = FRONT_ENDS if front_end == "both" else (front_end,) if front_end else FRONT_ENDS
    front_ends = [name for name in found.run.front_ends if name in asked]
    if not front_ends:
        only = found.run.front_ends[0]
        return failures.say(
            f"{found.name} is for the {only} front end only.", f"Use --front-end {only}.", ExitCode.USAGE
        )
    try:
        return _record(found, front_ends, tuple(formats or found.record.formats), terminal, out, force=force)
    except (OutputRefused, StepFailed) as error:
        return failures.say(str(error), error.help)


def _record(
    script: Script,
    front_ends: Sequence[FrontEnd],
    formats: Sequence[Format],
    size: Size | None,
    folder: Path,
    *,
    force: bool,
) -> int:
    """Perform, then write; the names are looked at first, so that nobody waits for a refusal (D601)."""
    from tui.demo.recordings.making import recorded
    from tui.demo.recordings.outputs import names, outputs
    from tui.demo.recordings.writing import check_free, write
    from tui.demo.running import run

    if not force:
        check_free(folder / name for name in names(script, front_ends, formats))
    recordings = run(recorded(script, front_ends, size))
    failed = [recording for recording in recordings if not recording.passed]
    for path in write(folder, outputs(recordings, formats), force=force, partial=bool(failed)):
        print(path)  # noqa: T201
    for recording in failed:
        _say_why(recording)
    return ExitCode.FAILED if failed else ExitCode.DONE


def _say_why(recording: "Recording") -> None:
    """The report of the failed run, as `check` gives it (DEMO-ERR-04)."""
    from tui.demo.checking import Checked
    from tui.demo.reports import failure_lines

    began = recording.began
    run = Checked(began.script, began.front_end, began.size, recording.ended, 0.0)
    for line in failure_lines(run):
        failures.write(line)
