"""What names an installation, and files that only their owner reads (TR-25, SR-CLI-04)."""

import os
from pathlib import Path

import pytest

from client.errors import SettingsError
from client.installation import client_id, data_folder
from client.private_files import private_folder, read_private, write_private


def test_an_installation_keeps_its_name(tmp_path: Path) -> None:
    name = client_id(tmp_path / "data")
    assert len(name) == 43
    assert client_id(tmp_path / "data") == name
    assert client_id(tmp_path / "other") != name


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 43, b"x" * 65, b"a b\x1bcdefghijklmnop"])
def test_a_damaged_name_is_made_anew(tmp_path: Path, content: bytes) -> None:
    private_folder(tmp_path / "data")
    write_private(tmp_path / "data" / "client_id", content)
    assert client_id(tmp_path / "data").encode() != content


def test_the_data_folder_can_be_named() -> None:
    assert data_folder({"QPORTAL_DATA_DIR": "/srv/qportal"}) == Path("/srv/qportal")
    assert data_folder({}).name == "qportal"


@pytest.mark.sr("SR-CLI-04")
def test_sr_cli_04_wider_permissions_are_taken_back(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o755)
    file = folder / "secret"
    file.write_bytes(b"x")
    file.chmod(0o644)
    private_folder(folder)
    assert read_private(file) == b"x"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.sr("SR-CLI-04")
def test_sr_cli_04_links_are_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "data").symlink_to(tmp_path / "real")
    with pytest.raises(SettingsError):
        private_folder(tmp_path / "data")
    (tmp_path / "secret").symlink_to(tmp_path / "real")
    with pytest.raises(SettingsError):
        read_private(tmp_path / "secret")


def test_a_file_is_replaced_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_private(tmp_path / "file", "first")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_private(tmp_path / "file", "second")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert read_private(tmp_path / "file") == b"first"
