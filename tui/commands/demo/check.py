"""`qportal demo check`: perform scripts without waiting and say whether every expectation holds
(DEMO-CLI-02).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from tui import failures
from tui.commands.demo.options import Variables, given, given_size, refused
from tui.demo.findings import ScriptRefused, exit_code, rendered
from tui.demo.reading import Reading, read
from tui.demo.script import FRONT_ENDS, FrontEnd, Script, Size
from tui.exit_codes import ExitCode

if TYPE_CHECKING:
    from tui.demo.reports import Result

Form = Literal["text", "json", "junit"]


def command(
    scripts: Annotated[
        list[str], Parameter(negative="", help="Files, or names of scripts that come with the program.")
    ],
    /,
    *,
    front_end: Annotated[
        Literal["full-screen", "plain", "both"] | None,
        Parameter(help="Where to perform them; default: everywhere a script is written for."),
    ] = None,
    size: Annotated[str | None, Parameter(help="Size of the terminal, such as 40x24.")] = None,
    var: Variables = None,
    report: Annotated[Form, Parameter(help="Form of the report.")] = "text",
    report_file: Annotated[
        Path | None, Parameter(help="Where the report goes instead of the screen.")
    ] = None,
    keep_going: Annotated[
        bool, Parameter(negative="", help="Perform the other scripts although one of them is not usable.")
    ] = False,
) -> int:
    """Perform demo scripts without a person and without waiting; exit code 1 if anything fails."""
    try:
        values = given(var)
        terminal = given_size(size)
    except ScriptRefused as error:
        return refused(error)
    readings = [read(name, values) for name in scripts]
    for reading in readings:
        for line in rendered(reading.name, reading.lines, reading.findings):
            failures.write(line)
    broken = [reading for reading in readings if reading.script is None]
    if broken and not keep_going:
        return max(exit_code(reading.findings) for reading in broken)
    asked: Sequence[FrontEnd] = FRONT_ENDS if front_end is None or front_end == "both" else (front_end,)
    nowhere = [r.name for r in readings if r.script and not _front_ends(r.script, asked)]
    if nowhere:
        return failures.say(
            f"{nowhere[0]} is not for the {front_end} front end.", "Leave --front-end out.", ExitCode.USAGE
        )
    results = _checked(readings, asked, terminal)
    code = _exit_code(results)
    return _write(_text(results, report, code), report_file) or code


def _front_ends(script: Script, asked: Sequence[FrontEnd]) -> list[FrontEnd]:
    return [name for name in script.run.front_ends if name in asked]


def _checked(readings: Sequence[Reading], asked: Sequence[FrontEnd], size: Size | None) -> "list[Result]":
    if not any(reading.script for reading in readings):
        from tui.demo.reports import Result

        return [Result(reading) for reading in readings]
    from tui.demo.running import run

    return run(_performed(readings, asked, size))


async def _performed(
    readings: Sequence[Reading], asked: Sequence[FrontEnd], size: Size | None
) -> "list[Result]":
    """One server serves all runs; what they need is imported while it starts."""
    from tui.demo.server import DemoServer

    async with DemoServer() as server:
        from tui.demo.checking import checked, collector_paused
        from tui.demo.reports import Result

        results = []
        with collector_paused():
            for reading in readings:
                script = reading.script
                runs = await checked(script, _front_ends(script, asked), server, size) if script else []
                results.append(Result(reading, tuple(runs)))
        return results


def _exit_code(results: "Sequence[Result]") -> int:
    """DEMO-CLI-07."""
    ran = ExitCode.DONE if all(result.passed for result in results if result.valid) else ExitCode.FAILED
    return max([ran, *(exit_code(result.reading.findings) for result in results)])


def _text(results: "Sequence[Result]", form: Form, code: int) -> str:
    from tui.demo import reports

    match form:
        case "json":
            return reports.json_report(results, code)
        case "junit":
            return reports.junit_report(results)
        case _:
            return reports.text_report(results)


def _write(text: str, path: Path | None) -> int:
    """To the screen, or in one step to a file; answers 1 where the file cannot be written (D602)."""
    if path is None:
        print(text, end="", flush=True)  # noqa: T201
        return ExitCode.DONE
    passing = path.with_name(f"{path.name}.partial")
    try:
        passing.write_text(text, encoding="utf-8", newline="\n")
        passing.replace(path)
    except OSError as error:
        passing.unlink(missing_ok=True)
        return failures.say(f"D602 {path} cannot be written: {error.strerror}.")
    return ExitCode.DONE
