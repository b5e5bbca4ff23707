"""Finished files that wait for their download (W-7): in the database, never on the server's disk."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from client.messages.screen import Download
from mock_server.store.tables import files


class StoredFile(NamedTuple):
    """A file and the run it belongs to."""

    run_id: str
    name: str
    media_type: str
    content: bytes
    sha256: str


def insert_file(conn: Connection, file_id: str, file: StoredFile, at: datetime) -> None:
    """Keep a finished file."""
    conn.execute(insert(files).values(id=file_id, created_at=at, **file._asdict()))


def download_of_run(conn: Connection, run_id: str) -> Download | None:
    """What a Screen says of a run's file, or None once it is gone."""
    row = conn.execute(select(files).where(files.c.run_id == run_id)).one_or_none()
    if row is None:
        return None
    return Download(
        file_id=row.id, name=row.name, media_type=row.media_type, bytes=len(row.content), sha256=row.sha256
    )


def file_by_id(conn: Connection, file_id: str) -> StoredFile | None:
    """The file of that id, or None."""
    row = conn.execute(select(files).where(files.c.id == file_id)).one_or_none()
    return None if row is None else StoredFile(row.run_id, row.name, row.media_type, row.content, row.sha256)


def purge_files(conn: Connection, before: datetime) -> None:
    """Drop files made before an instant (SR-OUT-06)."""
    conn.execute(delete(files).where(files.c.created_at < before))
