"""The gate behind the real HTTP server: framing on the wire (SR-NET-13, SR-NET-14, SR-IN-07)."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import uvicorn

from mock_server.asgi import Gate
from mock_server.clocks import FrozenSecurityClock
from tests.mock_server.test_asgi import SETTINGS, portal


@pytest.fixture
async def port() -> AsyncIterator[int]:
    gate: Any = Gate(portal(), SETTINGS, FrozenSecurityClock())
    config = uvicorn.Config(
        gate,
        port=0,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
    )
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    yield server.servers[0].sockets[0].getsockname()[1]
    await server.shutdown()


async def exchange(port: int, request: bytes) -> bytes:
    """What the server sends until it closes, or is silent for a second."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        await writer.drain()
        return await asyncio.wait_for(reader.read(), 1)
    finally:
        writer.close()
        await writer.wait_closed()


async def test_headers_appear_once(port: int) -> None:
    answer = await exchange(port, b"GET /api/hello HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    head = answer.split(b"\r\n\r\n")[0].lower()

    assert head.startswith(b"http/1.1 200")
    assert b"\r\nserver:" not in head
    for name in (b"date", b"content-type", b"cache-control", b"x-content-type-options", b"x-request-id"):
        assert head.count(b"\r\n" + name + b":") == 1


AMBIGUOUS = {
    "length and chunks": b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "two lengths": b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "negative length": b"Content-Length: -1\r\n\r\n",
    "length in hex": b"Content-Length: 0x2\r\n\r\n{}",
    "NUL in a header": b"X: a\0b\r\n\r\n",
    "space before the colon": b"X : 1\r\n\r\n",
    "folded header": b"X: 1\r\n\tmore\r\nContent-Length: 2\r\nContent-Length: 2 3\r\n\r\n{}",
    "unknown coding": b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
}


@pytest.mark.sr("SR-NET-14")
@pytest.mark.parametrize("rest", AMBIGUOUS.values(), ids=AMBIGUOUS)
async def test_sr_net_14_ambiguous_requests_are_refused_and_the_connection_ends(
    port: int, rest: bytes
) -> None:
    start = b"POST /api/act HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    answer = await exchange(port, start + rest)

    assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 501"))
    assert answer.count(b"HTTP/1.1") == 1


@pytest.mark.parametrize(
    "noise", [b"\x16\x03\x01\x02\x00\x01\x00", b"GET /\x01 HTTP/1.1\r\n\r\n", b"\r\n" * 40]
)
async def test_what_is_no_request_at_all_is_refused(port: int, noise: bytes) -> None:
    assert (await exchange(port, noise + b"\r\n\r\n")).startswith(b"HTTP/1.1 400")
