"""The fault proxy does what it says, and nothing while no fault is set (RF-P1, RF-P2)."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.support.fault_proxy import (
    Bandwidth,
    DropReply,
    DuplicateRequest,
    FaultProxy,
    Garble,
    Latency,
    LimitData,
    ResetPeer,
    Slicer,
    SlowClose,
    Timeout,
)

BODY = bytes(range(256)) * 40


class Echo(BaseHTTPRequestHandler):
    """Answers with the body it was sent, and counts what it did."""

    protocol_version = "HTTP/1.1"
    done: list[str]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.done.append(self.path)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class QuietServer(ThreadingHTTPServer):
    """Takes broken connections for granted."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing."""


@pytest.fixture
def echo() -> Iterator[tuple[FaultProxy, list[str]]]:
    done: list[str] = []
    handler = type("Handler", (Echo,), {"done": done})
    with QuietServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        with FaultProxy(server.server_port) as proxy:
            yield proxy, done
        server.shutdown()
        thread.join()


class Client:
    """A connection that sends requests and reads raw answers."""

    def __init__(self, proxy: FaultProxy) -> None:
        self._socket = socket.create_connection(("127.0.0.1", proxy.port), timeout=5)

    def post(self, body: bytes = BODY, path: str = "/echo") -> bytes:
        """The body that came back."""
        self.send(body, path)
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            byte = self._socket.recv(1)
            assert byte, "closed inside the head"
            head += byte
        return self.read(len(body))

    def send(self, body: bytes = BODY, path: str = "/echo") -> None:
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
        self._socket.sendall(head.encode() + body)

    def read(self, size: int) -> bytes:
        """So many bytes, or fewer at the end."""
        found = b""
        while len(found) < size and (piece := self._socket.recv(size - len(found))):
            found += piece
        return found

    def close(self) -> None:
        self._socket.close()

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def seconds(began: float) -> float:
    return time.perf_counter() - began


def test_rf_p1_without_faults_ten_mebibytes_pass_byte_for_byte(echo: tuple[FaultProxy, list[str]]) -> None:
    body = BODY * 1024
    with Client(echo[0]) as client:
        assert client.post(body) == body
        assert client.post(b"and again") == b"and again"


def test_rf_p1_latency_delays_each_answer(echo: tuple[FaultProxy, list[str]]) -> None:
    proxy, _ = echo
    proxy.add(Latency(ms=200))
    with Client(proxy) as client:
        began = time.perf_counter()
        client.post(b"x")
        assert 0.2 <= seconds(began) < 0.6


def test_rf_p1_bandwidth_limits_the_rate(echo: tuple[FaultProxy, list[str]]) -> None:
    proxy, _ = echo
    proxy.add(Bandwidth(kb_per_s=40))
    with Client(proxy) as client:
        began = time.perf_counter()
        assert client.post(BODY) == BODY
        assert seconds(began) >= 0.8 * len(BODY) / (40 * 1024)


def test_rf_p1_down_drops_what_is_open_and_refuses_what_is_new(echo: tuple[FaultProxy, list[str]]) -> None:
    proxy, _ = echo
    with Client(proxy) as client:
        client.post(b"x")
        proxy.down()
        with pytest.raises(OSError):
            client.send(b"x" * 10_000_000)
        with pytest.raises(ConnectionRefusedError):
            Client(proxy)
    proxy.up()
    with Client(proxy) as client:
        assert client.post(b"back") == b"back"


def test_rf_p1_slow_close_delays_the_end(echo: tuple[FaultProxy, list[str]]) -> None:
    proxy, _ = echo
    proxy.add(SlowClose(ms=200))
    with Client(proxy) as client:
        client._socket.sendall(b"POST /echo HTTP/1.1\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx")
        while not client.read(1).endswith(b"x"):
            pass
        began = time.perf_counter()
        while client.read(4096):
            pass
        assert seconds(began) >= 0.15


def test_rf_p1_timeout_swallows_the_answer_and_closes(echo: tuple[FaultProxy, list[str]]) -> None:
    proxy, done = echo
    proxy.add(Timeout(ms=200))
    with Client(proxy) as client:
        began = time.perf_counter()
        client.send(b"x")
        assert client.read(1) == b""
        assert seconds(began) >= 0.2
    assert done == ["/echo"]


def test_rf_p1_reset_peer_ends_with_a_reset(echo: tuple[FaultProxy, list[str]]) -> None:
    proxy, _ = echo
    proxy.add(ResetPeer(after_ms=50))
    with Client(proxy) as client:
        client.send(b"x")
        with pytest.raises(ConnectionResetError):
            client.read(1)


def test_rf_p1_slicer_cuts_but_loses_nothing(echo: tuple[FaultProxy, list[str]]) -> None:
    proxy, _ = echo
    proxy.add(Slicer(size=97, variation=13))
    with Client(proxy) as client:
        assert client.post(BODY) == BODY


def test_rf_p1_limit_data_closes_after_so_many_bytes(echo: tuple[FaultProxy, list[str]]) -> None:
    proxy, _ = echo
    proxy.add(LimitData(limit=300))
    with Client(proxy) as client:
        client.send(BODY)
        assert len(client.read(10_000)) == 300


def test_rf_p1_drop_reply_does_the_request_and_never_answers(echo: tuple[FaultProxy, list[str]]) -> None:
    proxy, done = echo
    fault = proxy.add(DropReply(path="/second"))
    with Client(proxy) as client:
        assert client.post(b"one", "/first") == b"one"
        client.send(b"two", "/second")
        with pytest.raises(ConnectionResetError):
            client.read(1)
    assert done == ["/first", "/second"]
    assert fault.struck.is_set()
    with Client(proxy) as client:
        assert client.post(b"two", "/second") == b"two"


def test_rf_p1_drop_reply_counts_requests(echo: tuple[FaultProxy, list[str]]) -> None:
    proxy, _ = echo
    proxy.add(DropReply(nth=3))
    with Client(proxy) as client:
        assert client.post(b"1") + client.post(b"2") == b"12"
        client.send(b"3")
        with pytest.raises(ConnectionResetError):
            client.read(1)


def test_rf_p1_duplicate_request_is_done_twice_and_answered_once(echo: tuple[FaultProxy, list[str]]) -> None:
    proxy, done = echo
    proxy.add(DuplicateRequest())
    with Client(proxy) as client:
        assert client.post(BODY, "/twice") == BODY
        assert client.post(b"x", "/once") == b"x"
    assert done == ["/twice", "/twice", "/once"]


def test_rf_p1_garble_overwrites_bytes_of_the_answer(echo: tuple[FaultProxy, list[str]]) -> None:
    proxy, _ = echo
    proxy.add(Garble(offset=9, data=b"599"))
    with Client(proxy) as client:
        client.send(b"x")
        assert client.read(15).startswith(b"HTTP/1.1 599 OK")


def test_rf_p2_probability_is_drawn_for_each_connection_from_the_seed(
    echo: tuple[FaultProxy, list[str]],
) -> None:
    upstream = echo[0].port

    def fates() -> list[bool]:
        with FaultProxy(upstream, seed=7) as proxy:
            proxy.add(LimitData(limit=1, probability=0.5))
            fates = []
            for _ in range(12):
                with Client(proxy) as client:
                    client.send(b"x")
                    fates.append(len(client.read(15)) == 1)
            return fates

    first = fates()
    assert set(first) == {True, False}
    assert fates() == first


def test_rf_p2_a_fault_acts_in_its_own_direction_only(echo: tuple[FaultProxy, list[str]]) -> None:
    proxy, done = echo
    proxy.add(LimitData(limit=10, direction="up"))
    with Client(proxy) as client:
        client.send(b"x")
        assert client.read(1) == b""
    assert done == []
