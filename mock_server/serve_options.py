"""The command line of `python -m mock_server serve`, which `qportal serve` passes on as it stands.

argparse, because the launched server is on the way to the first screen and must start fast. Every option can
also be given as `QPORTAL_SERVE_NAME`.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from mock_server.lifetime import LINGER_S
from mock_server.settings import ServerSettings, is_loopback

DATABASE_NAME = "portal.sqlite"
PORT = 8000
_VARIABLE = "QPORTAL_SERVE_"


def parse(arguments: Sequence[str], environ: Mapping[str, str]) -> argparse.Namespace:
    """The options; a usage error exits with 2, `--help` with 0."""
    parser = _parser()
    given = _from_environment(parser, environ)
    return parser.parse_args([*given, *arguments])


def settings_of(options: argparse.Namespace, *, data_dir: Path, launch_key: str | None) -> ServerSettings:
    """The server's settings. `SettingsError` where the options contradict each other."""
    return ServerSettings(
        host=options.host,
        port=options.port if options.port is not None else (0 if options.launched else PORT),
        database=options.database or str(data_dir / DATABASE_NAME),
        data_dir=data_dir,
        demo=is_loopback(options.host) if options.demo is None else options.demo,
        launch_key=launch_key,
        scenario=options.scenario,
        today=options.today,
        clock_mode=options.clock,
        security_clock=options.security_clock,
        workers=options.workers,
        learners=options.learners,
        code_seed=options.code_seed,
        tls_cert=options.tls_cert,
        tls_key=options.tls_key,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="qportal serve",
        description="Run the mock portal server alone, for a browserless portal on this computer.",
        epilog=f"Every option can also be given as {_VARIABLE}NAME, for example {_VARIABLE}PORT.",
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1; others need TLS)")
    add("--port", type=int, help=f"port to listen on; 0: any free one (default {PORT})")
    add("--database", help="SQLite file or database URL (default: in the data folder)")
    add("--scenario", help="scenario date to start from, for example SC-2018")
    add("--today", metavar="DATE", help="business date instead of a scenario, YYYY-MM-DD")
    add("--clock", choices=("running", "frozen"), help="whether the business clock runs (default: as stored)")
    add(
        "--security-clock",
        choices=("running", "held"),
        default="running",
        help="held: time limits and codes stand still until a demo control moves them, for recordings",
    )
    add("--workers", type=int, default=1, help="server processes; above 1 needs PostgreSQL (default 1)")
    add(
        "--demo",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="demo accounts and controls (default: on this computer only)",
    )
    add("--learners", type=int, default=0, metavar="N", help="add N accounts for a class, up to 500")
    add("--code-seed", metavar="TEXT", help="make security codes repeatable, for recordings")
    add("--tls-cert", type=Path, metavar="FILE", help="certificate in PEM form")
    add("--tls-key", type=Path, metavar="FILE", help="key of the certificate in PEM form")
    add("--data-dir", type=Path, metavar="FOLDER", help="where the database and the key file live")
    add(
        "--launched",
        action="store_true",
        help="read a launch key as first line of standard input, print the port, end when the input closes",
    )
    add(
        "--linger",
        type=float,
        default=LINGER_S,
        metavar="S",
        help=f"with --launched: seconds to stay after the input closed and the last request ({LINGER_S:.0f})",
    )
    return parser


def _from_environment(parser: argparse.ArgumentParser, environ: Mapping[str, str]) -> list[str]:
    """Variables as arguments that stand before the real ones, which therefore win."""
    arguments: list[str] = []
    for action in parser._actions:  # argparse has no public list of its options
        value = environ.get(_VARIABLE + action.dest.upper(), "")
        if not value or action.dest == "help":
            continue
        name = action.option_strings[0]
        if action.nargs != 0:
            arguments.append(f"{name}={value}")
        elif value.strip().lower() not in {"0", "false", "no", "off"}:
            arguments.append(name)
        elif isinstance(action, argparse.BooleanOptionalAction):
            arguments.append(name.replace("--", "--no-", 1))
    return arguments
