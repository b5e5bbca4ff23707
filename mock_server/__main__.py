"""`python -m mock_server serve|score ARGUMENTS`: what `qportal` starts as a process of its own.

The user interface never imports the server (import contract); it passes the arguments on.
"""

import sys


def main(arguments: list[str]) -> int:
    """Dispatch to a command; answers the exit code."""
    match arguments:
        case ["serve", *rest]:
            from mock_server.serve_command import main as serve

            return serve(rest)
        case ["score", *rest]:
            from mock_server.score_command import main as score

            return score(rest)
        case _:
            print("Usage: python -m mock_server serve|score ...", file=sys.stderr)  # noqa: T201
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
