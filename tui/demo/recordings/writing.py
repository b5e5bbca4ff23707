"""Puts a recording into a folder: each file whole or not at all, nothing replaced unasked (DEMO-REC-08)."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from client.saving import NameTaken, NotSaved, save
from tui.demo.codes import message
from tui.demo.recordings.outputs import Output

PARTIAL: Final = ".partial"
"""Ends the names of what a failed run leaves."""


class OutputRefused(Exception):  # noqa: N818 - it says what happened
    """A file cannot be written: it is there already (D601), or the disk does not take it (D602)."""

    def __init__(self, code: str, message: str, help_line: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.help = help_line


def check_free(paths: Iterable[Path]) -> None:
    """Refuse before the run what would be refused after it: D601 for the first file that exists."""
    for path in paths:
        if os.path.lexists(path):
            raise _taken(path)


def write(folder: Path, files: Iterable[Output], *, force: bool, partial: bool) -> list[Path]:
    """Write the files and answer their paths. `OutputRefused` where one cannot be written.

    `partial`: the run failed; its files are named so, and those of an earlier failure are replaced.
    """
    return [
        write_one(folder / _name(file.name, partial), file.data, force=force or partial) for file in files
    ]


def write_one(path: Path, content: bytes, *, force: bool) -> Path:
    """Write one file and answer its path. `OutputRefused` where it cannot be written."""
    try:
        return save(path, content, overwrite=force).path
    except NameTaken as taken:
        raise _taken(taken.path) from None
    except NotSaved as refused:
        text = message("D602", path=path, reason=refused.reason.replace("_", " "))
        raise OutputRefused("D602", text, refused.remedy) from None


def _name(name: str, partial: bool) -> str:
    return f"{name}{PARTIAL}" if partial else name


def _taken(path: Path) -> OutputRefused:
    return OutputRefused("D601", message("D601", path=path), "give --force to replace it")
