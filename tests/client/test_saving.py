"""Saving a finished file on the person's disk (F-RUN-03, SR-FILE-10, SSH-DEP-05)."""

import errno
import hashlib
import os
import resource
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from client.errors import DamagedDownload, FileExists, FileNotWritten
from client.messages.screen import Download
from client.portal import Portal
from client.saving import (
    REMEDIES,
    ExportFolder,
    NameTaken,
    NotSaved,
    fetched,
    free_path,
    save,
    saved_notice,
)

CONTENT = b"%PDF-1.3 the whole file"


@pytest.fixture
def exports(tmp_path: Path) -> ExportFolder:
    return ExportFolder(tmp_path / "qportal-exports")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@contextmanager
def umask(value: int) -> Iterator[None]:
    before = os.umask(value)
    try:
        yield
    finally:
        os.umask(before)


# What is written


def test_f_run_03_the_file_and_a_new_folder_are_the_owners_alone(exports: ExportFolder) -> None:
    with umask(0):
        saved = save(exports.path_of("report.pdf"), CONTENT)
    assert saved.path.read_bytes() == CONTENT
    assert mode(saved.path) == 0o600
    assert mode(exports.folder) == 0o700
    assert names(exports.folder) == ["report.pdf"]


def test_n_run_01_says_where_the_file_is(exports: ExportFolder) -> None:
    saved = save(exports.path_of("report.pdf"), CONTENT)
    assert saved_notice(exports.shown(saved.path)) == f"Saved to {exports.folder}/report.pdf."
    hostile = save(exports.path_of("a\x1b[2Jb"), CONTENT)
    assert "\x1b" not in saved_notice(exports.shown(hostile.path))


def test_a_folder_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    save(tmp_path / "report.pdf", CONTENT)
    assert mode(tmp_path) == 0o755


# Nothing is replaced unasked


def test_e_file_02_a_file_of_the_name_is_not_touched_and_a_free_name_is_proposed(
    exports: ExportFolder,
) -> None:
    path = exports.path_of("report.pdf")
    save(path, b"older")
    save(exports.path_of("report (2).pdf"), b"another")
    with pytest.raises(NameTaken) as taken:
        save(path, CONTENT)
    assert path.read_bytes() == b"older"
    assert taken.value.code == "E-FILE-02"
    assert isinstance(taken.value, FileExists)
    assert taken.value.free.name == "report (3).pdf"
    assert names(exports.folder) == ["report (2).pdf", "report.pdf"]


def test_e_file_02_overwriting_when_asked_replaces_the_whole_file_and_narrows_its_mode(
    exports: ExportFolder,
) -> None:
    path = exports.path_of("report.pdf")
    save(path, b"older and much longer than what comes after it")
    path.chmod(0o644)
    save(path, CONTENT, overwrite=True)
    assert path.read_bytes() == CONTENT
    assert mode(path) == 0o600


def test_f_run_03_a_file_that_appears_while_another_is_written_is_not_lost(
    exports: ExportFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, sync = exports.path_of("report.pdf"), os.fsync

    def somebody_else_writes(handle: int) -> None:
        sync(handle)
        path.write_bytes(b"theirs")

    monkeypatch.setattr(os, "fsync", somebody_else_writes)
    with pytest.raises(NameTaken):
        save(path, CONTENT)
    assert path.read_bytes() == b"theirs"
    assert names(exports.folder) == ["report.pdf"]


def no_hard_links(*_: object, **__: object) -> None:
    raise OSError(errno.EPERM, "no hard links here")


def test_f_run_03_the_same_holds_on_a_file_system_without_hard_links(
    exports: ExportFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", no_hard_links)
    path = exports.path_of("report.pdf")
    save(path, CONTENT)
    assert (path.read_bytes(), mode(path)) == (CONTENT, 0o600)
    with pytest.raises(NameTaken):
        save(path, b"newer")
    assert path.read_bytes() == CONTENT
    assert names(exports.folder) == ["report.pdf"]


@pytest.mark.parametrize(
    ("wanted", "there", "free"),
    [
        ("a.zip", [], "a.zip"),
        ("a.zip", ["a.zip"], "a (2).zip"),
        ("a.zip", ["a.zip", "a (2).zip"], "a (3).zip"),
        ("a", ["a"], "a (2)"),
    ],
)
def test_free_names(tmp_path: Path, wanted: str, there: list[str], free: str) -> None:
    for name in there:
        (tmp_path / name).touch()
    assert free_path(tmp_path / wanted).name == free


# Links


@pytest.mark.sr("SR-FILE-10")
@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("dangling", [False, True])
def test_sr_file_10_a_symbolic_link_is_never_followed(
    tmp_path: Path, overwrite: bool, dangling: bool
) -> None:
    target = tmp_path / "elsewhere"
    if not dangling:
        target.write_bytes(b"precious")
    link = tmp_path / "report.pdf"
    link.symlink_to(target)
    with pytest.raises(NotSaved) as refused:
        save(link, CONTENT, overwrite=overwrite)
    assert refused.value.reason == "link"
    assert link.is_symlink()
    assert target.exists() is not dangling
    assert dangling or target.read_bytes() == b"precious"


@pytest.mark.sr("SR-FILE-10")
def test_sr_file_10_a_folder_or_a_pipe_of_the_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("folder", "pipe"):
        with pytest.raises(NotSaved):
            save(tmp_path / name, CONTENT, overwrite=True)
    assert names(tmp_path) == ["folder", "pipe"]


# Refusals (E-FILE-01)


def test_e_file_01_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "folder").write_bytes(b"a file")
    with pytest.raises(NotSaved) as refused:
        save(tmp_path / "folder" / "report.pdf", CONTENT)
    assert isinstance(refused.value, FileNotWritten)
    assert (refused.value.code, refused.value.reason) == ("E-FILE-01", "no_folder")


def test_e_file_01_a_name_that_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(NotSaved) as refused:
        save(tmp_path / ("n" * 300), CONTENT)
    assert refused.value.remedy == REMEDIES["name"]
    assert names(tmp_path) == []


def test_a_name_of_the_longest_length_is_fine(tmp_path: Path) -> None:
    assert save(tmp_path / ("n" * 255), CONTENT).path.read_bytes() == CONTENT


def test_e_file_01_a_write_that_breaks_off_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    save(path, b"older")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, hard))
    try:
        with pytest.raises(NotSaved) as refused:
            save(path, b"x" * 100_000, overwrite=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert refused.value.reason == "too_large"
    assert path.read_bytes() == b"older"
    assert names(tmp_path) == ["report.pdf"]


def failing(error: int) -> Callable[..., int]:
    def fail(*_: object, **__: object) -> int:
        raise OSError(error, os.strerror(error))

    return fail


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        ("fsync", errno.ENOSPC, "The disk is full."),
        ("fsync", errno.EDQUOT, "The disk is full."),
        ("open", errno.EROFS, "read-only"),
        ("open", errno.EACCES, "You may not write"),
        ("open", errno.EIO, "Choose another folder or name."),
    ],
)
def test_e_file_01_a_full_disk_or_a_closed_folder_is_said_and_loses_nothing(
    exports: ExportFolder, monkeypatch: pytest.MonkeyPatch, call: str, error: int, words: str
) -> None:
    path = exports.path_of("report.pdf")
    save(path, b"older")
    with monkeypatch.context() as patched:
        patched.setattr(os, call, failing(error))
        with pytest.raises(NotSaved) as refused:
            save(path, CONTENT, overwrite=True)
    assert refused.value.sentence == "The file cannot be written there."
    assert words in refused.value.remedy
    assert path.read_bytes() == b"older"
    assert names(exports.folder) == ["report.pdf"]
    save(path, CONTENT, overwrite=True)
    assert path.read_bytes() == CONTENT


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_e_file_01_a_folder_without_the_right_to_write(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(NotSaved) as refused:
        save(tmp_path / "report.pdf", CONTENT)
    assert refused.value.reason == "no_right"


# The export folder


def test_ssh_dep_05_a_bare_name_and_the_full_path_mean_a_file_in_the_folder(exports: ExportFolder) -> None:
    expected = exports.folder / "report.pdf"
    assert exports.path_of("report.pdf") == expected
    assert exports.path_of(f" {expected} ") == expected
    assert exports.path_of("sub/../report.pdf") == expected


def test_the_home_folder_can_be_written_as_a_tilde(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    exports = ExportFolder(Path("~/qportal-exports"))
    assert exports.folder == tmp_path / "qportal-exports"
    assert exports.path_of("~/qportal-exports/a.pdf") == tmp_path / "qportal-exports" / "a.pdf"
    assert exports.path_of("~a.pdf").name == "~a.pdf"


@pytest.mark.parametrize(
    "typed", ["../a.pdf", "/etc/passwd", "sub/a.pdf", "~/.profile", "..", ".", "~root/x"]
)
def test_ssh_dep_05_no_other_folder_can_be_reached(exports: ExportFolder, typed: str) -> None:
    with pytest.raises(NotSaved) as refused:
        exports.path_of(typed)
    assert refused.value.reason == "outside"
    assert "export_folder" in refused.value.remedy


@pytest.mark.parametrize("typed", ["", "   ", "a\0b"])
def test_what_is_no_name_is_refused(exports: ExportFolder, typed: str) -> None:
    with pytest.raises(NotSaved) as refused:
        exports.path_of(typed)
    assert refused.value.reason == "name"


def test_ssh_dep_05_an_export_folder_that_is_a_link_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "exports").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotSaved) as refused:
        ExportFolder(tmp_path / "exports").path_of("report.pdf")
    assert refused.value.reason == "link"


@pytest.mark.parametrize(
    ("name", "suggested"),
    [
        ("r-pqrs-2011_4802_20181001-100000.zip", "r-pqrs-2011_4802_20181001-100000.zip"),
        ("../../.bashrc", "bashrc"),
        ("..\\..\\evil.exe", "evil.exe"),
        ("/etc/passwd", "passwd"),
        ("..", "report"),
        ("", "report"),
        ("a\x1b[2J\nb", "a␛[2J⏎b"),
    ],
)
def test_sr_file_09_a_name_from_the_server_is_only_a_name(
    exports: ExportFolder, name: str, suggested: str
) -> None:
    assert exports.suggested(name) == exports.folder / suggested


def test_the_suggested_name_is_free(exports: ExportFolder) -> None:
    save(exports.path_of("report.pdf"), b"older")
    assert exports.suggested("report.pdf").name == "report (2).pdf"


# Fetching


def download(content: bytes) -> Download:
    return Download(
        file_id="f1",
        name="report.pdf",
        media_type="application/pdf",
        bytes=len(CONTENT),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def portal() -> Portal:
    answer = httpx.Response(200, content=CONTENT, headers={"Content-Type": "application/pdf"})
    return Portal("http://127.0.0.1:8000", transport=httpx.MockTransport(lambda _: answer))


async def test_w_7_a_whole_file_is_handed_over() -> None:
    assert await fetched(portal(), download(CONTENT)) == CONTENT


async def test_w_7_a_damaged_file_never_reaches_the_disk() -> None:
    with pytest.raises(DamagedDownload):
        await fetched(portal(), download(b"something else entirely"))
