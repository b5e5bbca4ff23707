"""The entry point of `qportal`: the shortest way to the right command, and the one place where errors end.

Parsing is only loaded where there is something to parse: `qportal` alone goes straight to the start, because
whatever is imported here stands between the person and the first frame. `serve` belongs to the server's own
program and is passed on as it stands (the user interface never imports the server).
"""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line; answers its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _forbid_core_dumps()
    from tui.failures import end

    try:
        code = _dispatch(given)
        sys.stdout.flush()  # a full disk or a reader that has left shows here, not after the exit code
        return code
    except BaseException as error:
        return end(error)


def _dispatch(given: list[str]) -> int:
    if given[:1] == ["serve"]:
        from tui.commands.server import run as serve

        return serve(given)
    if not given:
        from tui.commands.start import StartOptions, start

        return start(StartOptions())
    from tui.command_line import run

    return run(given)


def _forbid_core_dumps() -> None:
    """A core file would hold passwords and tokens (SR-ERR-04)."""
    try:
        import resource
    except ImportError:  # Windows writes none
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
