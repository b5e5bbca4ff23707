"""`server.json`: where the bundled server of this person runs (W-11).

Owner-only and beside the database, so that `qportal outbox` or a second `qportal` of the same person finds
the running server and its launch key, and nobody else does.
"""

import os
import socket
from pathlib import Path

import msgspec

from client.private_files import private_folder, read_private, write_private

FILE_NAME = "server.json"
HOST = "127.0.0.1"
_PROBE_S = 0.5


class ServerRecord(msgspec.Struct, frozen=True):
    """A running server. The key is a secret of this person."""

    port: int
    pid: int
    key: str

    def __repr__(self) -> str:
        return f"ServerRecord(port={self.port}, pid={self.pid})"

    @property
    def address(self) -> str:
        """Its base URL."""
        return f"http://{HOST}:{self.port}"

    @property
    def answers(self) -> bool:
        """Whether the process lives and somebody listens on the port; the first request tells the rest."""
        try:
            os.kill(self.pid, 0)
            with socket.create_connection((HOST, self.port), timeout=_PROBE_S):
                return True
        except OSError:
            return False


def read(folder: Path) -> ServerRecord | None:
    """The record in the data folder; None: there is none that can be read."""
    try:
        content = read_private(folder / FILE_NAME)
        return msgspec.json.decode(content, type=ServerRecord) if content else None
    except (msgspec.DecodeError, OSError):
        return None


def write(folder: Path, record: ServerRecord) -> None:
    """Keep the record (0600)."""
    write_private(private_folder(folder) / FILE_NAME, msgspec.json.encode(record))
