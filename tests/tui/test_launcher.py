"""The bundled server: started, found, started again, let go (W-11); with the real server program."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import pytest

from client.errors import PortalError, ServerNotStarted
from tui import server_record
from tui.launcher import Launcher
from tui.server_process import LARGEST_LOG, LOG_NAME, environment, last_words, open_log
from tui.server_record import ServerRecord

LINGER = ("--linger=0.3",)
Start = Callable[[], Awaitable[Launcher]]


@pytest.fixture
async def folder(tmp_path: Path) -> AsyncIterator[Path]:
    """A data folder; whatever server its record names at the end is ended."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    yield data
    record = server_record.read(data)
    if record is not None and record.answers:
        os.kill(record.pid, signal.SIGKILL)


async def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        await asyncio.sleep(0.02)


def the_record(folder: Path) -> ServerRecord:
    record = server_record.read(folder)
    assert record is not None
    return record


def shown_to_all(pid: int) -> bytes:
    """Arguments and variables of a process."""
    return b"".join(Path(f"/proc/{pid}/{name}").read_bytes() for name in ("cmdline", "environ"))


async def test_w_11_the_server_is_started_in_milliseconds_and_then_answers(folder: Path) -> None:
    before = time.monotonic()
    launcher = Launcher.start(folder, options=LINGER)
    assert time.monotonic() - before < 0.5
    portal = await launcher.ready()
    assert (await portal.health()).status == "ready"
    assert (await portal.health()).demo
    record = the_record(folder)
    assert (folder / "server.json").stat().st_mode & 0o777 == 0o600
    assert portal.base_url == record.address
    assert record.key not in repr(record)
    assert record.key.encode() not in shown_to_all(record.pid)
    await portal.close()
    await launcher.close()
    await until(lambda: not record.answers)


async def test_w_11_a_second_program_uses_the_running_server(folder: Path) -> None:
    first, second = Launcher.start(folder, options=LINGER), None
    portal = await first.ready()
    record = the_record(folder)
    second = Launcher.start(folder, options=LINGER)
    other = await second.ready()
    assert other.base_url == portal.base_url
    assert the_record(folder) == record
    for open_portal, launcher in ((portal, first), (other, second)):
        await open_portal.close()
        await launcher.close()


async def test_w_11_two_programs_that_start_at_once_share_one_server(folder: Path) -> None:
    launchers = [Launcher.start(folder, options=LINGER) for _ in range(2)]
    portals = await asyncio.gather(*(launcher.ready() for launcher in launchers))
    assert len({portal.base_url for portal in portals}) == 1
    for portal, launcher in zip(portals, launchers, strict=True):
        await portal.close()
        await launcher.close()


@pytest.mark.sr("RF-11")
async def test_rf_11_a_killed_server_is_started_again_where_it_was(folder: Path) -> None:
    launcher = Launcher.start(folder, options=LINGER)
    portal = await launcher.ready()
    state = await portal.start("plain", "installation-1")
    record = the_record(folder)
    os.kill(record.pid, signal.SIGKILL)
    assert (await portal.read()).step_token == state.step_token
    assert the_record(folder).port == record.port
    assert the_record(folder).key == record.key
    assert the_record(folder).pid != record.pid
    await portal.close()
    await launcher.close()


async def test_w_11_an_attached_program_takes_over_when_the_launcher_has_gone(folder: Path) -> None:
    first = Launcher.start(folder, options=LINGER)
    await (await first.ready()).close()
    second = Launcher.start(folder, options=LINGER)
    portal = await second.ready()
    state = await portal.start("plain", "installation-1")
    record = the_record(folder)
    await first.close()
    await until(lambda: not record.answers)
    assert (await portal.read()).step_token == state.step_token
    assert portal.base_url == record.address
    await portal.close()
    await second.close()


async def test_a_record_of_a_dead_server_is_not_believed(folder: Path) -> None:
    server_record.write(folder, ServerRecord(port=1, pid=os.getpid(), key="old"))
    launcher = Launcher.start(folder, options=LINGER)
    portal = await launcher.ready()
    assert the_record(folder).key != "old"
    await portal.close()
    await launcher.close()


async def test_a_port_that_now_belongs_to_somebody_else_is_not_used(folder: Path) -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 2\r\n\r\nhi")
        await writer.drain()
        writer.close()

    stranger = await asyncio.start_server(refuse, "127.0.0.1", 0)
    port = stranger.sockets[0].getsockname()[1]
    server_record.write(folder, ServerRecord(port=port, pid=os.getpid(), key="old"))
    launcher = Launcher.start(folder, options=LINGER)
    portal = await launcher.ready()
    assert the_record(folder).port != port
    assert the_record(folder).key != "old"
    await portal.close()
    await launcher.close()
    stranger.close()


async def test_a_server_that_cannot_start_says_why_and_may_be_tried_again(folder: Path) -> None:
    launcher = Launcher.start(folder, options=("--scenario=SC-1066",))
    for _ in range(2):
        with pytest.raises(ServerNotStarted, match="SC-1066") as raised:
            await launcher.ready()
        assert LOG_NAME in raised.value.remedy
    await launcher.close()


async def test_a_folder_that_cannot_be_used_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises((PortalError, OSError)):
        Launcher.start(tmp_path / "data")


def test_the_log_is_private_and_limited(tmp_path: Path) -> None:
    with open_log(tmp_path) as log:
        log.write(b"x" * (LARGEST_LOG + 1))
    with open_log(tmp_path) as log:
        log.write(b"Error: first\nTraceback\nError: second\nmore\n")
    assert (tmp_path / LOG_NAME).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / f"{LOG_NAME}.1").stat().st_size > LARGEST_LOG
    assert last_words(tmp_path) == "second"
    assert last_words(tmp_path / "none") == ""


def test_the_child_finds_our_server_and_nobody_elses() -> None:
    found = environment({"PYTHONPATH": "/elsewhere", "HOME": "/home/x"})
    ours, theirs = found["PYTHONPATH"].split(os.pathsep)
    assert (Path(ours) / "mock_server" / "__init__.py").is_file()
    assert (theirs, found["HOME"]) == ("/elsewhere", "/home/x")


def test_a_damaged_record_is_none(tmp_path: Path) -> None:
    assert server_record.read(tmp_path) is None
    for content in (b"", b"{}", b"\xff", b'{"port": "x"}'):
        (tmp_path / "server.json").write_bytes(content)
        assert server_record.read(tmp_path) is None
