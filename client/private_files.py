"""Files that belong to one person: folders 0700, files 0600, no symbolic links (SR-CLI-04).

Files are replaced as a whole: written beside the old one and renamed, so that a crash leaves one of the two.
"""

import os
import stat
import tempfile
from pathlib import Path

from client.errors import SettingsError

FOLDER_MODE = 0o700
FILE_MODE = 0o600


def private_folder(path: Path) -> Path:
    """Make the folder (0700) and answer it; wider permissions of an existing one are taken back."""
    path.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    _own(path)
    if path.stat().st_mode & 0o077:
        path.chmod(FOLDER_MODE)
    return path


def write_private(path: Path, content: bytes | str) -> None:
    """Replace a file by one that only its owner reads (0600)."""
    if path.is_symlink():
        raise _link(path)
    # mkstemp makes the file with 0600, whatever the umask says.
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read_private(path: Path) -> bytes | None:
    """The content of a private file; None: there is none. Wider permissions are taken back."""
    if path.is_symlink():
        raise _link(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    _own(path)
    if path.stat().st_mode & 0o077:
        path.chmod(FILE_MODE)
    return content


def _own(path: Path) -> None:
    """Refuse what belongs to somebody else or is a link."""
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        raise _link(path)
    if hasattr(os, "getuid") and status.st_uid != os.getuid():
        raise SettingsError(f"{path} belongs to another user and is not used.")


def _link(path: Path) -> SettingsError:
    return SettingsError(f"{path} is a symbolic link and is not used.")
