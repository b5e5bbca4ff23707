"""`qportal demo capture`: walk as ever, and get the walk as a script (DEMO-CLI-06)."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from tui import failures
from tui.exit_codes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.commands.connection import Source
    from tui.demo.capture.captor import Captor

ENDING = ".demo.toml"


def command(
    file: Annotated[Path, Parameter(help="Where the script is written; its name ends in .demo.toml.")],
    /,
    *,
    scenario: Annotated[str, Parameter(help="Scenario date of the demo server.")] = "SC-2018",
    plain: Annotated[bool, Parameter(negative="", help="Walk line by line.")] = False,
    full_screen: Annotated[bool, Parameter(negative="", help="Walk in the full screen.")] = False,
    force: Annotated[bool, Parameter(negative="", help="Replace an existing file.")] = False,
) -> int:
    """Walk through the demo portal as ever; what you did becomes a script, without a secret in it."""
    from tui.commands.start import open_over
    from tui.demo.capture.captor import Captor
    from tui.demo.capture.server import CaptureServer
    from tui.demo.recordings.writing import OutputRefused, check_free
    from tui.demo.vocabulary import VOCABULARY

    if plain and full_screen:
        return failures.say(
            "--plain and --full-screen exclude each other.", "Give one of them.", ExitCode.USAGE
        )
    if not file.name.endswith(ENDING):
        return failures.say(f"{file} does not end in {ENDING}.", f"Give NAME{ENDING}.", ExitCode.USAGE)
    if scenario not in VOCABULARY.scenarios:
        known = ", ".join(VOCABULARY.scenarios)
        return failures.say(f"There is no scenario {scenario}.", f"Use {known}.", ExitCode.USAGE)
    captor = Captor()

    def watched(say: "Callable[[str], None] | None") -> "Source":
        return CaptureServer(scenario, captor, say)

    try:
        if not force:
            check_free([file])
        interface = "plain" if plain else "full-screen" if full_screen else None
        code = open_over(watched, {} if interface is None else {"interface": interface})
        return _saved(captor, file, scenario, force=force) or code
    except OutputRefused as refused:
        return failures.say(str(refused), refused.help)


def _saved(captor: "Captor", file: Path, scenario: str, *, force: bool) -> int:
    """Write the script and say so on standard error; answers 1 where there is nothing to write."""
    from tui.demo.capture.writing import script_text
    from tui.demo.findings import rendered
    from tui.demo.reading import read_text
    from tui.demo.recordings.writing import write_one

    if not captor.steps:
        return failures.say("Nothing was done on the portal, so no script was written.")
    title = f"Captured walk of {len(captor.steps)} steps"
    text = script_text(captor.steps, title=title, scenario=scenario)
    write_one(file, text.encode(), force=force)
    failures.write(f"Captured {len(captor.steps)} steps into {file}.")
    if captor.left_out:
        failures.write(f"Left out: {captor.left_out} with a secret that a script may not hold.")
    reading = read_text(str(file), text)
    for line in rendered(str(file), reading.lines, reading.findings):
        failures.write(line)
    failures.write(f"{'Try' if reading.script else 'Repair'} it: qportal demo check {file}")
    return ExitCode.DONE
