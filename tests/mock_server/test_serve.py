"""`python -m mock_server serve`: options, the launcher's pipe, the end (W-11, RF-04, SR-NET-01)."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from mock_server.lifetime import UseCounter, unused
from mock_server.serve_command import listen
from mock_server.serve_options import PORT, parse, settings_of
from mock_server.settings import ServerSettings, SettingsError

# Options


def settings(*arguments: str, environ: dict[str, str] | None = None) -> ServerSettings:
    options = parse(arguments, environ or {})
    return settings_of(options, data_dir=Path("/srv/qportal"), launch_key=None)


def test_without_options_it_is_a_demo_on_this_computer() -> None:
    made = settings()
    assert (made.host, made.port, made.demo, made.workers) == ("127.0.0.1", PORT, True, 1)
    assert made.database == "/srv/qportal/portal.sqlite"


def test_a_launched_server_takes_any_free_port() -> None:
    assert settings("--launched").port == 0


def test_options_reach_the_settings() -> None:
    made = settings("--port=0", "--no-demo", "--scenario=SC-2012", "--clock=frozen", "--database=:memory:")
    assert (made.port, made.demo, made.scenario, made.clock_mode) == (0, False, "SC-2012", "frozen")
    assert made.database_path is None


def test_every_option_can_be_a_variable_and_the_command_line_wins() -> None:
    environ = {"QPORTAL_SERVE_PORT": "8123", "QPORTAL_SERVE_DEMO": "no", "QPORTAL_SERVE_TODAY": "2019-01-15"}
    assert settings(environ=environ).port == 8123
    assert settings("--port", "0", environ=environ).port == 0
    assert settings(environ=environ).demo is False
    assert settings("--demo", environ=environ).demo is True
    assert settings(environ=environ).today == "2019-01-15"


def test_empty_variables_count_as_none() -> None:
    assert settings(environ={"QPORTAL_SERVE_PORT": ""}).port == PORT


@pytest.mark.sr("SR-NET-01")
def test_sr_net_01_other_addresses_need_tls() -> None:
    with pytest.raises(SettingsError, match="TLS"):
        settings("--host=192.0.2.1")


@pytest.mark.parametrize(
    "arguments", [("--port=x",), ("--clock=fast",), ("--nonsense",), ("--por=1",), ("extra",)]
)
def test_wrong_usage_ends_with_2(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        settings(*arguments)
    assert ended.value.code == 2
    assert "usage: qportal serve" in capsys.readouterr().err


# How long it lives


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Answers the start, and takes as long for a request as it is told."""
    if scope["type"] == "lifespan":
        await send({"type": "lifespan.startup.complete"})
    else:
        await scope["gate"].wait()


async def ignore(*_: Any) -> Any:
    """Whoever listens."""


async def test_w_11_an_open_request_is_use() -> None:
    now = [0.0]
    uses = UseCounter(app, monotonic=lambda: now[0])
    gate = asyncio.Event()
    request = asyncio.create_task(uses({"type": "http", "gate": gate}, ignore, ignore))
    await asyncio.sleep(0)
    now[0] = 100.0
    assert uses.idle_s == 0.0
    gate.set()
    await request
    now[0] = 130.0
    assert uses.idle_s == 30.0


async def test_the_end_of_the_start_is_noted() -> None:
    uses = UseCounter(app)
    assert not uses.ready.is_set()
    await uses({"type": "lifespan"}, ignore, ignore)
    assert uses.ready.is_set()


async def test_w_11_it_waits_for_the_later_of_pipe_and_request() -> None:
    loop, uses = asyncio.get_running_loop(), UseCounter(app)
    begun, gate = loop.time(), asyncio.Event()
    request = asyncio.create_task(uses({"type": "http", "gate": gate}, ignore, ignore))
    waiting = asyncio.create_task(unused(uses, 0.1))
    await asyncio.wait({waiting}, timeout=0.2)
    assert not waiting.done()
    gate.set()
    await request
    await waiting
    assert loop.time() - begun >= 0.3 - 0.02


# The process


@contextmanager
def launched(folder: Path, *options: str, key: bytes = b"key-1\n") -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "mock_server", "serve", "--launched", f"--data-dir={folder}", *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    with process:
        process.stdin.write(key)
        process.stdin.flush()
        try:
            yield process
        finally:
            process.kill()


def answer(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    assert process.stdout is not None
    return dict(json.loads(process.stdout.readline()))


def status(port: int, key: str) -> int:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/health", headers={"X-Qportal-Launch-Key": key}
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as reply:
            return int(reply.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_w_11_key_in_port_out_and_an_end_with_the_pipe(tmp_path: Path) -> None:
    with launched(tmp_path / "data", "--linger=0.2") as process:
        port = answer(process)["port"]
        assert status(port, "key-1") == 200
        assert status(port, "other") == 404
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(20) == 0
        assert (tmp_path / "data" / "portal.sqlite").stat().st_mode & 0o077 == 0


@pytest.mark.sr("RF-12")
def test_rf_12_a_second_server_on_the_database_says_so(tmp_path: Path) -> None:
    with launched(tmp_path / "data") as first:
        assert "port" in answer(first)
        with launched(tmp_path / "data") as second:
            told = answer(second)
            assert told["error"] == "DatabaseInUse"
            assert second.wait(20) == 1


@pytest.mark.parametrize("key", [b"", b"\n", b"x" * 300 + b"\n", b"\x1b\n"])
def test_without_a_proper_launch_key_it_does_not_serve(tmp_path: Path, key: bytes) -> None:
    with launched(tmp_path / "data", key=key) as process:
        assert process.stdin is not None
        process.stdin.close()
        assert answer(process)["error"] == "CannotServe"
        assert process.wait(20) == 1


@pytest.mark.sr("RF-04")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_rf_04_signals_end_it_in_order(tmp_path: Path, number: signal.Signals) -> None:
    with launched(tmp_path / "data") as process:
        assert status(answer(process)["port"], "key-1") == 200
        process.send_signal(number)
        assert process.wait(20) == 128 + number
        assert process.stderr is not None
        assert b"Traceback" not in process.stderr.read()


def test_a_port_that_is_taken_is_said_in_one_line(tmp_path: Path) -> None:
    with launched(tmp_path / "one") as first:
        port = answer(first)["port"]
        ended = subprocess.run(
            [
                sys.executable,
                "-m",
                "mock_server",
                "serve",
                f"--port={port}",
                f"--data-dir={tmp_path / 'two'}",
            ],
            capture_output=True,
            text=True,
            check=False,
        )
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"Error: Cannot listen on 127.0.0.1 port {port}:")
    assert ended.stderr.count("\n") == 1


def test_serving_alone_says_where(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "mock_server", "serve", "--port=0", f"--data-dir={tmp_path}"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, env={**os.environ}) as process:
        assert process.stdout is not None
        said = process.stdout.readline().decode()
        assert said.startswith("Serving at http://127.0.0.1:")
        process.terminate()
        assert process.wait(20) == 143


def test_several_processes_are_refused_with_sqlite(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "mock_server", "serve", "--workers=2", f"--data-dir={tmp_path}"]
    ended = subprocess.run(program, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "PostgreSQL" in ended.stderr


def test_an_answer_in_two_segments_is_not_held_back() -> None:
    """Without TCP_NODELAY each answer waits 40 ms for the acknowledgement of its head."""
    with listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.mark.sr("SR-LOG-01")
def test_sr_log_01_every_line_of_the_log_is_an_object_and_every_request_one_of_them(tmp_path: Path) -> None:
    with launched(tmp_path / "data", "--linger=0.2") as process:
        assert status(answer(process)["port"], "key-1") == 200
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(20) == 0
        assert process.stderr is not None
        lines = [json.loads(line) for line in process.stderr]
    assert [line["event"] for line in lines] == ["server.started", "request", "server.stopped"]
    assert (lines[1]["route"], lines[1]["status"]) == ("/api/health", 200)
