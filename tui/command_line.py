"""The command line of `qportal`: options and commands, declared once for parsing and help.

Only loaded where there are arguments. The help is plain text without frames: it is read aloud and piped.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, CycloptsError, Parameter

from client.messages.score import SPECIAL_STATUSES, Mode
from client.settings import BY_KEY
from tui import failures
from tui.commands.demo import COMMANDS
from tui.commands.report_order import Order
from tui.exit_codes import ExitCode

EPILOGUE = (
    "Options of one run override QPORTAL_ variables, and those override saved preferences (qportal config). "
    "NO_COLOR, ACCESSIBLE and TERM=dumb are respected."
)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"qportal {version('qportal')}"
    except PackageNotFoundError:
        return "qportal (not installed)"


app = App(
    name="qportal",
    help="The quality-reporting portal of US Medicare practices, in a terminal: a simulation, invented data.",
    help_epilogue=EPILOGUE,
    help_formatter="plain",
    help_format="plaintext",
    version=_version,
    version_format="plaintext",
    print_error=False,
    exit_on_error=False,
    suppress_keyboard_interrupt=False,
    result_action="return_value",
)
config_app = App(name="config", help="Show and save preferences.")
app.command(config_app)
demo_app = App(name="demo", help="Demo scripts: list them, check them, play them.")
for _name, _help in COMMANDS.items():
    demo_app.command(f"tui.commands.demo.{_name}:command", name=_name, help=_help)
app.command(demo_app)


def run(arguments: list[str]) -> int:
    """Parse and carry out; answers the exit code."""
    try:
        result = app(arguments)
    except CycloptsError as error:
        return failures.say(_sentence(error), "See qportal --help.", ExitCode.USAGE)
    return result if isinstance(result, int) else ExitCode.DONE


_TIN = re.compile(r"\d{2}-?\d{7}")
"""What must not be said again, wherever it was typed."""


def _sentence(error: CycloptsError) -> str:
    return _TIN.sub("(nine digits)", " ".join(str(error).split()))


def _preference(key: str) -> Parameter:
    item = BY_KEY[key]
    return Parameter(help=f"{item.meaning}: {item.accepted}. [env var: {item.variable_name}]")


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Display:
    """Preferences for this run (table 4.1 of the accessibility rules)."""

    theme: Annotated[str | None, _preference("theme")] = None
    color: Annotated[str | None, _preference("color")] = None
    motion: Annotated[str | None, _preference("motion")] = None
    glyphs: Annotated[str | None, _preference("glyphs")] = None
    mouse: Annotated[str | None, _preference("mouse")] = None
    single_keys: Annotated[str | None, _preference("single_keys")] = None
    width: Annotated[str | None, _preference("width")] = None
    export_folder: Annotated[str | None, _preference("export_folder")] = None
    remember: Annotated[str | None, _preference("remember")] = None


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Server:
    """Which server to use."""

    server: Annotated[
        str | None,
        Parameter(help="Address of a running server instead of the bundled one.", env_var="QPORTAL_SERVER"),
    ] = None
    ca_file: Annotated[
        Path | None, Parameter(help="One more authority to trust, in PEM form.", env_var="QPORTAL_CA_FILE")
    ] = None


@app.default
def start(
    *,
    plain: Annotated[
        bool, Parameter(negative="", help="Work line by line, in plain text. [env var: QPORTAL_INTERFACE]")
    ] = False,
    full_screen: Annotated[bool, Parameter(negative="", help="Work in the full screen.")] = False,
    server: Server | None = None,
    display: Display | None = None,
) -> int:
    """Open the portal."""
    from tui.commands.start import StartOptions
    from tui.commands.start import start as begin

    if plain and full_screen:
        return failures.say(
            "--plain and --full-screen exclude each other.", "Give one of them.", ExitCode.USAGE
        )
    flags = {key: value for key, value in vars(display or Display()).items() if value is not None}
    if plain or full_screen:
        flags["interface"] = "plain" if plain else "full-screen"
    where = server or Server()
    return begin(StartOptions(flags=flags, server=where.server, ca_file=where.ca_file))


@app.command
def personas(*, server: Server | None = None) -> None:
    """List the demo accounts."""
    from tui.commands.connection import source
    from tui.commands.personas import personas as show

    where = server or Server()
    show(source(where.server, where.ca_file))


@app.command
def outbox(
    *,
    user: Annotated[
        str | None, Parameter(help="Only the messages of this user ID.", env_var="QPORTAL_USER")
    ] = None,
    code: Annotated[
        bool, Parameter(negative="", help="Only the newest live code; exit code 1 if none.")
    ] = False,
    wait: Annotated[int, Parameter(help="Seconds to wait for a message.", env_var="QPORTAL_WAIT")] = 0,
    server: Server | None = None,
) -> int:
    """Show the messages that the mock server 'sent'."""
    from tui.commands.connection import source
    from tui.commands.outbox import outbox as show

    if wait < 0:
        return failures.say("--wait takes 0 or more seconds.", "", ExitCode.USAGE)
    where = server or Server()
    return show(source(where.server, where.ca_file), user_id=user, code_only=code, wait_s=wait)


@app.command
def serve() -> None:
    """Run the mock server alone; its options: qportal serve --help."""


@app.command
def score(
    files: Annotated[
        list[str],
        Parameter(
            negative="",
            allow_leading_hyphen=True,  # for the lone hyphen
            help="Submissions, scoring records or PQRS practice records; folders of them; - is standard "
            "input, one document or one on each line.",
        ),
    ],
    /,
    *,
    json: Annotated[
        bool, Parameter(negative="", help="Print the score tree, or PQRS decisions, as JSON.")
    ] = False,
    csv: Annotated[bool, Parameter(negative="", help="Print the figures as CSV.")] = False,
    year: Annotated[
        Literal[2017, 2018, 2019] | None,
        Parameter(help="Performance year, in place of the one in the file."),
    ] = None,
    mode: Annotated[
        Mode | None, Parameter(help="Submission window or July feedback; default: as the file says.")
    ] = None,
    special_status: Annotated[
        list[str] | None,
        Parameter(
            negative="",
            help=f"A status of the practice, repeatable: {', '.join(SPECIAL_STATUSES)}.",
        ),
    ] = None,
    explain: Annotated[str | None, Parameter(help="Explain a measure or category of one submission.")] = None,
    what_if: Annotated[
        bool,
        Parameter(negative="", help="What one more case or the next decile would gain, and what is missing."),
    ] = False,
    width: Annotated[str | None, _preference("width")] = None,
) -> int:
    """Score files offline, without a server: one in full, of many one line each."""
    from tui import score as scoring
    from tui.commands.preferences import preferences
    from tui.score_options import ScoreOptions
    from tui.score_options import special_status as status_of

    options_taken = [name for name in files if name.startswith("-") and name != scoring.STDIN]
    if options_taken:
        return failures.say(
            f"Unknown option: {options_taken[0]}.", "See qportal score --help.", ExitCode.USAGE
        )
    statuses = {typed: status_of(typed) for typed in special_status or ()}
    unknown = [typed for typed, known in statuses.items() if known is None]
    if unknown:
        return failures.say(
            f"There is no special status {unknown[0]}.", f"Use {', '.join(SPECIAL_STATUSES)}.", ExitCode.USAGE
        )
    clash = _excluding({"--json": json, "--csv": csv}) or _excluding(
        {"--explain": explain is not None, "--what-if": what_if, "--csv": csv and explain is not None}
    )
    if clash:
        return failures.say(f"{clash} exclude each other.", "Give one of them.", ExitCode.USAGE)
    asked = preferences({} if width is None else {"width": width})
    options = ScoreOptions(
        form="json" if json else "csv" if csv else "table",
        year=year,
        mode=mode,
        special_statuses=tuple(known for known in statuses.values() if known is not None),
        explain=explain,
        what_if=what_if,
    )
    return scoring.run(files, options, width=asked.settings.width)


def _excluding(given: dict[str, bool]) -> str:
    """The options that were given together and must not be; empty: all is well."""
    both = [name for name, is_given in given.items() if is_given]
    return " and ".join(both) if len(both) > 1 else ""


@app.command
def report(
    *,
    order: Order,
    accept_terms: Annotated[
        bool,
        Parameter(negative="", show_default=False, help="Accept the portal's terms; every run must say it."),
    ] = False,
    password_stdin: Annotated[
        bool, Parameter(negative="", help="Read the password from standard input instead of asking.")
    ] = False,
    code_command: Annotated[
        str | None,
        Parameter(
            help="Program whose first line of output is the security code, instead of asking.",
            env_var="QPORTAL_CODE_COMMAND",
        ),
    ] = None,
    width: Annotated[str | None, _preference("width")] = None,
    server: Server | None = None,
) -> int:
    """Fetch one report without a conversation, for scripts; prompts only for secrets."""
    from tui.commands.preferences import preferences
    from tui.commands.report import Means
    from tui.commands.report import report as fetch

    asked = preferences({} if width is None else {"width": width})
    where = server or Server()
    means = Means(
        server=where.server,
        ca_file=where.ca_file,
        accept_terms=accept_terms,
        password_stdin=password_stdin,
        code_command=code_command,
    )
    return fetch(order, means, width=asked.settings.width)


@config_app.command(name="list")
def config_list() -> None:
    """Print every preference."""
    from tui.commands.config import list_all

    list_all()


@config_app.command(name="get")
def config_get(key: str, /) -> None:
    """Print one preference.

    Parameters
    ----------
    key:
        Name of the preference.
    """
    from tui.commands.config import get

    get(key)


@config_app.command(name="set")
def config_set(key: str, value: str, /) -> None:
    """Save one preference.

    Parameters
    ----------
    key:
        Name of the preference.
    value:
        Its new value.
    """
    from tui.commands.config import set_one

    set_one(key, value)
