"""The data folder, and the random text that names this installation (`client_id`, TR-25, W-2).

The id is no credential: it only lets the server find the step of the same installation again.
"""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from client.private_files import private_folder, read_private, write_private

_ID_FILE = "client_id"
_ID_LENGTHS = range(16, 65)


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """The platformdirs data folder; `QPORTAL_DATA_DIR` names another one. Not made here."""
    if folder := environ.get("QPORTAL_DATA_DIR"):
        return Path(folder)
    import platformdirs

    return Path(platformdirs.user_data_dir("qportal", appauthor=False))


def client_id(folder: Path) -> str:
    """The id kept in the data folder; made at the first call. 43 characters."""
    path = private_folder(folder) / _ID_FILE
    kept = (read_private(path) or b"").decode("ascii", "replace").strip()
    if len(kept) in _ID_LENGTHS and kept.isascii() and kept.isprintable():
        return kept
    made = secrets.token_urlsafe(32)
    write_private(path, made.encode())
    return made
