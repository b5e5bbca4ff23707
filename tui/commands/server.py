"""`qportal serve`: a command of the server's own program, passed on as it stands.

The process is replaced, so signals, the exit code and the terminal are the server program's own.
"""

import os
import subprocess
import sys
from typing import NoReturn

from tui.server_process import command, environment


def run(arguments: list[str]) -> NoReturn:
    """Become `python -m mock_server ARGUMENTS`."""
    program, variables = command(*arguments), environment(os.environ)
    sys.stdout.flush()
    if os.name == "nt":
        sys.exit(subprocess.run(program, env=variables, check=False).returncode)  # noqa: S603
    os.execve(program[0], program, variables)  # noqa: S606 - our own interpreter and module
