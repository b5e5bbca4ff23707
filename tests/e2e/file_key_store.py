"""A key store in a file, for the whole program: `PYTHON_KEYRING_BACKEND=tests.e2e.file_key_store.FileStore`.

Imported by the started program only: deriving from keyring's base class registers it for the whole process.
"""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend

VARIABLE = "QPORTAL_TEST_KEY_STORE"
"""Names the file."""


class FileStore(KeyringBackend):
    """Keeps everything in one JSON object."""

    priority = 5

    def get_password(self, service: str, username: str) -> str | None:
        return self._read().get(f"{service}|{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._file.write_text(json.dumps({**self._read(), f"{service}|{username}": password}))

    def delete_password(self, service: str, username: str) -> None:
        kept = self._read()
        del kept[f"{service}|{username}"]
        self._file.write_text(json.dumps(kept))

    @property
    def _file(self) -> Path:
        return Path(os.environ[VARIABLE])

    def _read(self) -> dict[str, str]:
        return dict(json.loads(self._file.read_text())) if self._file.exists() else {}
