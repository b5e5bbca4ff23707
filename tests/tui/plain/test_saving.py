"""Saving a finished download (W-7, F-RUN-03; the plain halves of P-RUN-01 and P-RUN-02)."""

import errno
import os
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from client.errors import DamagedDownload
from client.messages.screen import Download, Field
from client.settings import Settings
from tests.tui.plain.pages import RUN
from tests.tui.plain.stage import PreparedPortal, play, replaced

FILE = Download(file_id="f1", name="r-1.json", media_type="application/json", bytes=2, sha256="0" * 64)
ASK = Field(id="path", label="Save to", kind="path", required=True, value="r-1.json")
TO_SAVE = replaced(RUN, fields=[ASK])
END = ("/quit", "1")


class FilePortal(PreparedPortal):
    """Has one file."""

    def __init__(self, *, damaged: bool = False) -> None:
        super().__init__(TO_SAVE, {("S-RUN", "run_document"): replaced(TO_SAVE, download=FILE)})
        self.damaged = damaged

    async def file(self, download: Download) -> AsyncIterator[bytes]:
        yield b"{"
        if self.damaged:
            raise DamagedDownload
        yield b"}"


def saved(folder: Path, *script: str, damaged: bool = False) -> list[str]:
    settings = Settings(export_folder=folder)
    return play(FilePortal(damaged=damaged), *script, *END, settings=settings, width=None).lines


def test_p_run_01_the_file_is_saved_where_the_prompt_says_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    lines = saved(folder, "", "1", "/do run_document")
    path = folder / "r-1.json"
    assert f"Save to, required (Enter keeps {path}): <>" in lines
    assert lines.count(f"Saved: {path}.") == 1
    assert path.read_text() == "{}"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_path_never_travels(tmp_path: Path) -> None:
    portal = FilePortal()
    play(portal, "", "1", *END, settings=Settings(export_folder=tmp_path))
    assert portal.acts[0].values == {}


def test_p_run_02_an_existing_file_asks_overwrite_other_name_or_cancel(tmp_path: Path) -> None:
    (tmp_path / "r-1.json").write_text("old")
    lines = saved(tmp_path, "", "2", "other.json", "1")
    at = lines.index("Error: a file with this name exists.")
    assert lines[at + 2 : at + 5] == ["1. Overwrite", "2. Other name", "3. Cancel"]
    assert (tmp_path / "r-1.json").read_text() == "old"
    assert (tmp_path / "other.json").read_text() == "{}"
    saved(tmp_path, "", "1", "1")
    assert (tmp_path / "r-1.json").read_text() == "{}"


def test_cancel_asks_for_the_path_again(tmp_path: Path) -> None:
    (tmp_path / "r-1.json").write_text("old")
    lines = saved(tmp_path, "", "3", str(tmp_path / "new.json"), "1")
    assert f"Saved: {tmp_path / 'new.json'}." in lines
    assert (tmp_path / "r-1.json").read_text() == "old"


@pytest.mark.parametrize("outside", ["elsewhere/x.json", "../x.json", "/tmp/x.json"])
def test_ssh_dep_05_files_go_into_the_export_folder_alone(tmp_path: Path, outside: str) -> None:
    lines = saved(tmp_path / "exports", outside, "x.json", "1")
    at = lines.index("Error: The file cannot be written there.")
    assert lines[at + 1].startswith("Fix: files are saved in the export folder.")
    assert f"Saved: {tmp_path / 'exports' / 'x.json'}." in lines


def test_e_file_01_a_place_that_cannot_be_written_asks_for_another(tmp_path: Path) -> None:
    (tmp_path / "x.json").mkdir()
    lines = saved(tmp_path, "x.json", "1", "y.json", "1")
    assert "Fix: there is a folder of this name. Choose another name." in lines
    assert f"Saved: {tmp_path / 'y.json'}." in lines


def test_e_file_01_a_full_disk_says_so_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "fsync", full)
    lines = saved(tmp_path, "", "1", "/back")
    assert "Fix: the disk is full. Make room, or choose another folder." in lines
    assert "Done: nothing was saved." in lines
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_not_kept(tmp_path: Path) -> None:
    lines = saved(tmp_path, "", "1", damaged=True)
    assert "Error: The file did not arrive intact and was not kept." in lines
    assert list(tmp_path.iterdir()) == []
