"""Exit codes of every command (design.md, command line)."""

from enum import IntEnum


class ExitCode(IntEnum):
    """0 done, 1 refused or failed with a message on standard error, 2 usage, 130 interrupted."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    INTERRUPTED = 130


def of_signal(number: int) -> int:
    """The exit code of a program that a signal ended."""
    return 128 + number
