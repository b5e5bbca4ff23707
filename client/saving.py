"""Writes a finished file to the person's disk: owner only, whole or not at all, nothing replaced unasked.

A file is written under a passing name in its own folder, forced to the disk, and only then given its name, by
a step that fails if the name is taken: between looking and writing nobody can slip in. Whatever goes wrong, a
file that was there stays as it was and nothing half written is left (F-RUN-03, SR-FILE-10).

    content = await fetched(portal, screen.download)
    exports = ExportFolder(settings.export_folder)
    try:
        saved = save(exports.path_of(typed), content)
    except NameTaken as taken:      # E-FILE-02: overwrite, taken.free, or cancel
        ...
    except NotSaved as refused:     # E-FILE-01: refused.remedy says what helps
        ...
"""

import errno
import os
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from client.errors import FileExists, FileNotWritten
from client.messages.screen import Download
from client.portal import Portal
from client.private_files import FILE_MODE, FOLDER_MODE
from client.safe_text import SafeText, single_line

Reason = Literal[
    "full",
    "too_large",
    "no_right",
    "read_only",
    "no_folder",
    "is_folder",
    "link",
    "name",
    "outside",
    "failed",
]

REMEDIES: Final[Mapping[Reason, str]] = MappingProxyType(
    {
        "full": "The disk is full. Make room, or choose another folder.",
        "too_large": "The disk does not take a file of this size. Choose another folder.",
        "no_right": "You may not write in that folder. Choose another folder.",
        "read_only": "That disk is read-only. Choose another folder.",
        "no_folder": "That folder cannot be made. Choose another folder.",
        "is_folder": "There is a folder of this name. Choose another name.",
        "link": "A symbolic link is not followed. Choose another folder or name.",
        "name": "The file system does not take this name. Choose another name.",
        "outside": "Files are saved in the export folder. Give a name without a folder, or change the "
        "setting export_folder.",
        "failed": "Choose another folder or name.",
    }
)
"""What helps, for each reason."""

_REASONS: Final[Mapping[int, Reason]] = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "too_large",
    errno.EACCES: "no_right",
    errno.EPERM: "no_right",
    errno.EROFS: "read_only",
    errno.ENOENT: "no_folder",
    errno.ENOTDIR: "no_folder",
    errno.EISDIR: "is_folder",
    errno.ELOOP: "link",
    errno.ENAMETOOLONG: "name",
    errno.EINVAL: "name",
    errno.EILSEQ: "name",
}
_NO_HARD_LINKS: Final = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
_NEW_FILE: Final = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class NotSaved(FileNotWritten):
    """The file is not there; what was there before is (E-FILE-01)."""

    def __init__(self, reason: Reason) -> None:
        super().__init__()
        self.reason = reason
        self.remedy = REMEDIES[reason]


class NameTaken(FileExists):
    """A file of that name is there and was not touched (E-FILE-02)."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    @property
    def free(self) -> Path:
        """A name beside it that was free a moment ago."""
        return free_path(self.path)


@dataclass(frozen=True, slots=True)
class Saved:
    """A file that is on the disk."""

    path: Path


def saved_notice(shown: str) -> SafeText:
    """N-RUN-01, safe to show."""
    return single_line(f"Saved to {shown}.")


class ExportFolder:
    """The one folder in which the interactive front ends save (SSH-DEP-05); made, 0700, when first needed."""

    def __init__(self, folder: Path, *, bare_names: bool = False) -> None:
        self._bare_names = bare_names
        self.folder = Path(os.path.abspath(folder.expanduser()))  # noqa: PTH100 - `resolve` follows links

    def named(self, name: str) -> Path:
        """Where a file of the server's naming goes: in the folder, whatever the server says."""
        bare = single_line(name).replace("\\", "/").rpartition("/")[2].lstrip(".")
        return self.folder / (bare or "report")

    def shown(self, path: Path) -> str:
        """How a path is shown, and may be typed: in full, or by its name alone."""
        return path.name if self._bare_names else str(path)

    def suggested(self, name: str) -> Path:
        """The same, with a name that is free."""
        return free_path(self.named(name))

    def path_of(self, typed: str) -> Path:
        """The path that was typed: a bare name, or the full path of a file in the folder.

        `NotSaved` for any other folder, for a name that is none, and where the folder is a symbolic link.
        """
        typed = typed.strip()
        if not typed or "\0" in typed:
            raise NotSaved("name")
        # Only the own home folder: a name may begin with a tilde.
        given = Path(typed).expanduser() if typed.startswith("~/") else Path(typed)
        path = Path(os.path.abspath(self.folder / given))  # noqa: PTH100
        if path.parent != self.folder:
            raise NotSaved("outside")
        if self.folder.is_symlink():
            raise NotSaved("link")
        return path


async def fetched(portal: Portal, download: Download) -> bytes:
    """The whole file, its checksum compared (W-7). Keep it until it is saved: no second fetch is needed."""
    return b"".join([piece async for piece in portal.file(download)])


def save(path: Path, content: bytes, *, overwrite: bool = False) -> Saved:
    """Write a file that only its owner reads (0600).

    `NameTaken` unless `overwrite`; `NotSaved` where it cannot be written, and always for symbolic links.
    """
    try:
        _check(path, overwrite=overwrite)
        path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        with _written(path.parent, content) as passing:
            if overwrite:
                passing.replace(path)
            else:
                _name(passing, path)
        _settle(path.parent)
    except FileExistsError:
        raise NameTaken(path) from None
    except (OSError, ValueError) as error:
        raise NotSaved(_reason(error)) from None
    return Saved(path)


def free_path(path: Path) -> Path:
    """The path itself, or with the first of ` (2)`, ` (3)`, ... in its name that is free."""
    if not os.path.lexists(path):
        return path
    names = (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in count(2))
    return next(name for name in names if not os.path.lexists(name))


def _check(path: Path, *, overwrite: bool) -> None:
    """Refuse early what would be refused late, before anything is written."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISLNK(mode):
        raise OSError(errno.ELOOP, "symbolic link")
    if not stat.S_ISREG(mode):
        raise OSError(errno.EISDIR if stat.S_ISDIR(mode) else errno.EPERM, "no plain file")
    if not overwrite:
        raise FileExistsError


@contextmanager
def _written(folder: Path, content: bytes) -> Iterator[Path]:
    """The content under a passing name, safe on the disk; the name is gone afterwards."""
    passing = folder / f".qportal-{secrets.token_hex(8)}.part"
    handle = os.open(passing, _NEW_FILE, FILE_MODE)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield passing
    finally:
        with suppress(FileNotFoundError):
            passing.unlink()


def _name(passing: Path, path: Path) -> None:
    """Give the file its name in one step that fails if the name is taken."""
    try:
        os.link(passing, path, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        # File systems without hard links: take the name with an empty file of our own, then replace that.
        os.close(os.open(path, _NEW_FILE, FILE_MODE))
        passing.replace(path)


def _settle(folder: Path) -> None:
    """Force the folder's entry to the disk, where folders can be opened."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _reason(error: OSError | ValueError) -> Reason:
    if isinstance(error, OSError):
        return _REASONS.get(error.errno or 0, "failed")
    return "name"
