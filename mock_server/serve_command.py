"""`python -m mock_server serve`: the portal server as a process of its own.

Launched by `qportal` (`--launched`) it takes its launch key from standard input, answers its port on standard
output and ends with its launcher (W-11). Standard output is then kept open and unused for life: its end of
file tells the launcher that the server has died.
"""

import asyncio
import contextlib
import gc
import json
import os
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from mock_server import logs
from mock_server.lifetime import UseCounter, launcher_gone, unused
from mock_server.lock import DatabaseInUse
from mock_server.serve_options import parse, settings_of
from mock_server.settings import ServerSettings, SettingsError

if TYPE_CHECKING:
    import uvicorn

FAILED, USAGE, INTERRUPTED = 1, 2, 130
LONGEST_KEY = 256
GRACE_S = 10
"""Seconds that running requests get at the end (RF-04)."""
_BACKLOG = 512


class CannotServe(Exception):  # noqa: N818 - a refusal with exit code 1
    """The server cannot start; the text says why."""


def main(arguments: Sequence[str]) -> int:
    """Serve until told to stop; answers the exit code: 0, 1 failed, 2 usage, 130 interrupted."""
    _keep_to_oneself()
    options = parse(arguments, os.environ)
    logs.configure()
    try:
        settings = settings_of(
            options,
            data_dir=_data_dir(options.data_dir),
            launch_key=_launch_key() if options.launched else None,
        )
        _refuse_workers(settings)
        return asyncio.run(serve(settings, linger_s=options.linger if options.launched else None))
    except (SettingsError, CannotServe, DatabaseInUse) as error:
        if options.launched:
            _tell(error=type(error).__name__, message=str(error))
        return _say(str(error), USAGE if isinstance(error, SettingsError) else FAILED)
    except KeyboardInterrupt:  # before the server listens to signals
        return INTERRUPTED
    except SystemExit as end:  # uvicorn's, when the application could not start; it has logged why
        return FAILED if end.code else 0


async def serve(settings: ServerSettings, *, linger_s: float | None) -> int:
    """Serve until a signal; with `linger_s` (seconds) also until the launcher is gone and nobody asks.

    Answers the exit code: 128 + the signal's number, or 0.
    """
    gc.disable()  # nothing that a start makes is garbage
    from mock_server.app import create_app

    listener = listen(settings.host, settings.port)
    uses = UseCounter(create_app(settings))
    gc.freeze()  # nor ever becomes it: collections need not walk through it again and again
    gc.enable()
    if linger_s is not None:
        _tell(port=listener.getsockname()[1])
        _keep_pipe()
    server = _server(uses, settings)
    logs.log("server.started", configuration=_told_at_start(settings, listener))
    received = _end_on_signals(server)
    watch = asyncio.create_task(_watch(server, settings, uses, listener, linger_s))
    try:
        await server.serve(sockets=[listener])
    finally:
        watch.cancel()
        logs.log("server.stopped", signal=received[0] if received else None)
    return 128 + received[0] if received else 0


def _told_at_start(settings: ServerSettings, listener: socket.socket) -> dict[str, object]:
    """The configuration that the log tells: no key, no seed, no folder (SR-LOG-03)."""
    return {
        "version": version("qportal"),
        "port": listener.getsockname()[1],
        "loopback": settings.loopback,
        "launched": settings.launch_key is not None,
        "tls": settings.tls_cert is not None,
        "demo": settings.demo,
        "scenario": settings.scenario,
        "learners": settings.learners,
    }


async def _watch(
    server: "uvicorn.Server",
    settings: ServerSettings,
    uses: UseCounter,
    listener: socket.socket,
    linger_s: float | None,
) -> None:
    """Say where the server is, or end it with its launcher."""
    if linger_s is None:
        await uses.ready.wait()
        scheme = "https" if settings.tls_cert else "http"
        print(f"Serving at {_address(scheme, listener)}. Ctrl+C ends it.", flush=True)  # noqa: T201
        return
    await launcher_gone(sys.stdin.buffer)
    await unused(uses, linger_s)
    server.should_exit = True


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. `CannotServe` where the address is taken or unknown."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise CannotServe(f"Cannot listen on {host} port {port}: {error.strerror or error}.") from None
    # Connections inherit it. asyncio would set it, but not on sockets that do not name their protocol, and an
    # answer in two segments then waits 40 ms for the acknowledgement of the first.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _end_on_signals(server: "uvicorn.Server") -> list[int]:
    """End in order at the first signal, at once at the second (RF-04); answers the list of those received."""
    received: list[int] = []

    def end(number: int) -> None:
        received.append(number)
        server.should_exit = True
        server.force_exit = len(received) > 1

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, end, number)
    return received


def _server(app: UseCounter, settings: ServerSettings) -> "uvicorn.Server":
    import uvicorn

    class Server(uvicorn.Server):
        """uvicorn's, without its own signal handling, which ends in the default action of the signal."""

        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            yield

    return Server(_config(app, settings))


def _config(app: UseCounter, settings: ServerSettings) -> "uvicorn.Config":
    import uvicorn

    return uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="on",
        loop="asyncio",
        interface="asgi3",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,  # the application's own follows the security clock (RF-15)
        proxy_headers=False,
        limit_concurrency=_BACKLOG,
        h11_max_incomplete_event_size=64 * 1024,
        timeout_graceful_shutdown=GRACE_S,
        ssl_certfile=settings.tls_cert,
        ssl_keyfile=settings.tls_key,
    )


def _launch_key() -> str:
    line = sys.stdin.buffer.readline(LONGEST_KEY + 1)
    key = line.decode("ascii", "replace").strip()
    if not key or not key.isprintable() or not line.endswith(b"\n"):
        raise CannotServe("No launch key came on standard input.")
    return key


def _tell(**answer: int | str) -> None:
    """One line of JSON for the launcher: the port, or an error and its message."""
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _keep_pipe() -> None:
    """Point standard output at standard error and keep the launcher's pipe open, unused, for life."""
    os.dup(1)
    os.dup2(2, 1)


def _data_dir(given: Path | None) -> Path:
    if given is not None:
        return given
    if folder := os.environ.get("QPORTAL_DATA_DIR"):
        return Path(folder)
    import platformdirs

    return Path(platformdirs.user_data_dir("qportal", appauthor=False))


def _keep_to_oneself() -> None:
    """No core dumps (SR-ERR-04) and no files that others can read (SR-CFG-06)."""
    os.umask(0o077)
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _refuse_workers(settings: ServerSettings) -> None:
    if settings.workers > 1:
        raise CannotServe(
            "Several processes need PostgreSQL, which this version does not drive yet. Use --workers 1."
        )


def _address(scheme: str, listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


def _say(message: str, code: int) -> int:
    print(f"Error: {message}", file=sys.stderr)  # noqa: T201
    return code
