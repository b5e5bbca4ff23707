"""The key file (SR-CFG-01)."""

import stat
from pathlib import Path

import pytest

from mock_server.keys import KeyFileError, Keys


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "server.key"


@pytest.mark.sr("SR-CFG-01")
def test_a_missing_key_is_made_for_its_owner_only(path: Path) -> None:
    Keys.load_or_create(path)

    assert len(path.read_bytes()) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["server.key"]


def test_the_same_file_gives_the_same_keys_and_another_file_others(path: Path, tmp_path: Path) -> None:
    first = Keys.load_or_create(path)

    assert Keys.load(path) == first
    assert Keys.load_or_create(tmp_path / "other.key") != first


@pytest.mark.sr("SR-CFG-01")
def test_each_purpose_has_its_own_key() -> None:
    keys = Keys.derive(bytes(range(32)))

    assert len({keys.otp, keys.throttle, keys.audit, keys.step, keys.jwt, bytes(range(32))}) == 6
    assert {len(key) for key in (keys.otp, keys.throttle, keys.audit, keys.step, keys.jwt)} == {32}


@pytest.mark.sr("SR-CFG-01")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o620])
def test_a_key_that_others_can_reach_is_refused(path: Path, mode: int) -> None:
    Keys.load_or_create(path)
    path.chmod(mode)

    with pytest.raises(KeyFileError, match="chmod 600"):
        Keys.load_or_create(path)


@pytest.mark.sr("SR-CFG-01")
@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_key_of_another_length_is_refused(tmp_path: Path, size: int) -> None:
    path = tmp_path / "server.key"
    path.write_bytes(bytes(size))
    path.chmod(0o600)

    with pytest.raises(KeyFileError, match="32"):
        Keys.load_or_create(path)


@pytest.mark.sr("SR-CFG-01")
def test_a_missing_or_linked_key_cannot_be_loaded(path: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyFileError):
        Keys.load(path)

    Keys.load_or_create(path)
    link = tmp_path / "link.key"
    link.symlink_to(path)
    with pytest.raises(KeyFileError):
        Keys.load(link)


def test_keys_do_not_show_when_printed() -> None:
    keys = Keys.derive(bytes(range(32)))

    assert repr(keys) == "Keys()"
