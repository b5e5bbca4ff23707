"""A TCP proxy that breaks what passes through it, for tests of lost and slow connections (SR 3.3).

    with FaultProxy(server_port) as proxy:
        proxy.add(Latency(ms=200))
        proxy.down()                      # every connection drops, new ones are refused
        proxy.up()
        proxy.add(DropReply(path="/api/flow/act"))   # the next such request is done, its answer never comes

Two threads move the bytes of each connection, one per direction; faults that act on pieces are small
generators between them. Each fault has a direction (`up` to the server, `down` to the client) and a
probability, drawn once per connection from a seeded source (RF-P2). Requests are told apart by turns: the
client speaks, the server answers.
"""

import contextlib
import random
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, TypeVar

Direction = Literal["up", "down"]
HOST = "127.0.0.1"
PIECE = 65536
_RESET = struct.pack("ii", 1, 0)
"""SO_LINGER on, 0 seconds: the close is an RST."""
_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")


class _Close(Exception):  # noqa: N818 - not an error: how a fault ends a connection
    """End the connection in an orderly way."""


class _Reset(Exception):  # noqa: N818
    """End the connection with an RST."""


@dataclass(kw_only=True)
class Fault:
    """Base: hands every piece on unchanged."""

    direction: Direction = "down"
    probability: float = 1.0

    def pieces(self, piece: bytes, stream: "Stream") -> Iterator[bytes]:
        """What of this piece goes on, and when."""
        yield piece

    def closing(self) -> None:
        """Called before an orderly end is passed on."""


@dataclass(kw_only=True)
class Latency(Fault):
    """Delay every piece."""

    ms: float
    jitter: float = 0.0

    def pieces(self, piece: bytes, stream: "Stream") -> Iterator[bytes]:
        """Later."""
        time.sleep(max(0.0, self.ms + stream.random.uniform(-self.jitter, self.jitter)) / 1000)
        yield piece


@dataclass(kw_only=True)
class Bandwidth(Fault):
    """Limit the rate."""

    kb_per_s: float

    def pieces(self, piece: bytes, stream: "Stream") -> Iterator[bytes]:
        """A hundredth of a second's worth at a time."""
        size = max(1, int(self.kb_per_s * 1024 / 100))
        for start in range(0, len(piece), size):
            part = piece[start : start + size]
            time.sleep(len(part) / (self.kb_per_s * 1024))
            yield part


@dataclass(kw_only=True)
class SlowClose(Fault):
    """Delay the end of the connection."""

    ms: float

    def closing(self) -> None:
        """Later."""
        time.sleep(self.ms / 1000)


@dataclass(kw_only=True)
class Timeout(Fault):
    """Swallow everything; close after so long (0: never)."""

    ms: float

    def pieces(self, piece: bytes, stream: "Stream") -> Iterator[bytes]:
        """Nothing."""
        if self.ms:
            time.sleep(self.ms / 1000)
            raise _Close
        yield from ()


@dataclass(kw_only=True)
class ResetPeer(Fault):
    """RST so long after the first piece."""

    after_ms: float

    def pieces(self, piece: bytes, stream: "Stream") -> Iterator[bytes]:
        """Nothing, and then the end."""
        time.sleep(self.after_ms / 1000)
        raise _Reset


@dataclass(kw_only=True)
class Slicer(Fault):
    """Cut into small pieces."""

    size: int
    variation: int = 0
    delay_us: float = 0.0

    def pieces(self, piece: bytes, stream: "Stream") -> Iterator[bytes]:
        """Slice after slice."""
        start = 0
        while start < len(piece):
            size = max(1, self.size + stream.random.randint(-self.variation, self.variation))
            yield piece[start : start + size]
            start += size
            time.sleep(self.delay_us / 1e6)


@dataclass(kw_only=True)
class LimitData(Fault):
    """Close after so many bytes of a connection."""

    limit: int

    def pieces(self, piece: bytes, stream: "Stream") -> Iterator[bytes]:
        """What the limit leaves."""
        left = self.limit - stream.moved
        if len(piece) < left:
            yield piece
            return
        yield piece[:left]
        raise _Close


@dataclass(kw_only=True)
class Garble(Fault):
    """Overwrite bytes of the answer, at an offset counted from the start of the connection."""

    offset: int
    data: bytes

    def pieces(self, piece: bytes, stream: "Stream") -> Iterator[bytes]:
        """The piece with its share of the wrong bytes."""
        changed = bytearray(piece)
        for number, byte in enumerate(self.data):
            place = self.offset + number - stream.moved
            if 0 <= place < len(changed):
                changed[place] = byte
        yield bytes(changed)


@dataclass(kw_only=True)
class Record(Fault):
    """No fault: keeps a copy of what passes."""

    heard: bytearray = field(default_factory=bytearray)

    def pieces(self, piece: bytes, stream: "Stream") -> Iterator[bytes]:
        """The piece itself."""
        self.heard += piece
        yield piece


@dataclass(kw_only=True)
class RequestFault(Fault):
    """Base of the faults that strike one request, counted from when they were added."""

    nth: int = 1
    path: str = ""
    """Count only requests whose request line contains it."""
    direction: Direction = "up"
    struck: threading.Event = field(default_factory=threading.Event)
    """Set when it has happened."""

    def is_due(self, head: bytes) -> bool:
        """Whether this request is the one."""
        if self.struck.is_set() or self.path.encode() not in head.partition(b"\r\n")[0]:
            return False
        self.nth -= 1
        return self.nth == 0


@dataclass(kw_only=True)
class DropReply(RequestFault):
    """Forward the request, read the whole answer, then reset without forwarding it."""


@dataclass(kw_only=True)
class DuplicateRequest(RequestFault):
    """Send the same request twice, forward the second answer."""


F = TypeVar("F", bound=Fault)


@dataclass
class Stream:
    """One direction of one connection, as its faults see it."""

    direction: Direction
    faults: list[Fault]
    random: random.Random
    moved: int = 0
    """Bytes that went on so far."""

    def through(self, piece: bytes) -> Iterator[bytes]:
        """What comes out for a piece that goes in."""
        parts: Iterator[bytes] = iter((piece,))
        for fault in self.faults:
            parts = self._through(fault, parts)
        return parts

    def _through(self, fault: Fault, parts: Iterator[bytes]) -> Iterator[bytes]:
        for part in parts:
            yield from fault.pieces(part, self)


class FaultProxy:
    """Listens on a port of its own, and passes everything on to a port of this machine."""

    def __init__(self, upstream: int, *, seed: int = 0) -> None:
        self._upstream = upstream
        self._random = random.Random(seed)
        self._faults: list[Fault] = []
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._listener = self._listen(0)
        self.port: int = self._listener.getsockname()[1]
        self.accepted = 0
        """Connections so far."""

    @property
    def address(self) -> str:
        """Base URL of what is behind it."""
        return f"http://{HOST}:{self.port}"

    def __enter__(self) -> "FaultProxy":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.down()
        for thread in self._threads:
            thread.join(10)

    # Faults

    def add(self, fault: F) -> F:
        """Break things this way from now on; connections that are open keep the faults they have."""
        self._faults = [*self._faults, fault]
        if isinstance(fault, RequestFault):
            return fault
        self.cut()
        return fault

    def clear(self) -> None:
        """Break nothing on new connections."""
        self._faults = []
        self.cut()

    def cut(self) -> None:
        """Reset every open connection; new ones are taken."""
        with self._guard:
            now, self._open = self._open, set()
        for end in now:
            _reset(end)

    def down(self) -> None:
        """Reset every open connection and refuse new ones."""
        # Closing alone would not wake the thread that waits in accept().
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()

    def up(self) -> None:
        """Take connections again, on the same port."""
        self._listener = self._listen(self.port)

    # Connections

    def _listen(self, port: int) -> socket.socket:
        listener = socket.create_server((HOST, port), backlog=64)
        self._start(self._accept, listener)
        return listener

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:  # down
                return
            self.accepted += 1
            try:
                server = socket.create_connection((HOST, self._upstream), timeout=5)
            except OSError:
                _reset(client)
                continue
            server.settimeout(None)
            with self._guard:
                self._open |= {client, server}
            connection = _Connection(client, server, self._due)
            self._start(connection.pump, client, server, self._stream("up"))
            self._start(connection.pump, server, client, self._stream("down"))

    def _stream(self, direction: Direction) -> Stream:
        drawn = [
            fault
            for fault in self._faults
            if fault.direction == direction
            and not isinstance(fault, RequestFault)
            and self._random.random() < fault.probability
        ]
        return Stream(direction, drawn, random.Random(self._random.random()))

    def _due(self, head: bytes) -> RequestFault | None:
        requests = [fault for fault in self._faults if isinstance(fault, RequestFault)]
        return next((fault for fault in requests if fault.is_due(head)), None)

    def _start(self, target: object, *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)  # type: ignore[arg-type]
        self._threads = [*(old for old in self._threads if old.is_alive()), thread]
        thread.start()


class _Connection:
    """One connection: a client, the server, and which request of theirs is to be broken."""

    def __init__(
        self, client: socket.socket, server: socket.socket, due: Callable[[bytes], RequestFault | None]
    ) -> None:
        self._client = client
        self._server = server
        self._due = due
        self._client_begins = True
        """Whether the next bytes of the client begin a request."""
        self._strikes: RequestFault | None = None
        self._held = b""
        """What of a request or an answer was kept back so far."""

    def pump(self, source: socket.socket, sink: socket.socket, stream: Stream) -> None:
        """Move one direction until its end."""
        change = self._request if stream.direction == "up" else self._answer
        try:
            while piece := source.recv(PIECE):
                for part in stream.through(change(piece)):
                    sink.sendall(part)
                    stream.moved += len(part)
            for fault in stream.faults:
                fault.closing()
            sink.shutdown(socket.SHUT_WR)
        except _Close:
            self._end(_close)
        except (_Reset, OSError):
            self._end(_reset)

    def _end(self, how: Callable[[socket.socket], None]) -> None:
        for end in (self._client, self._server):
            how(end)

    def _request(self, piece: bytes) -> bytes:
        """What goes to the server for this piece of a request."""
        if self._client_begins:
            self._client_begins = False
            self._strikes, self._held = self._due(piece), b""
        if not isinstance(self._strikes, DuplicateRequest):
            return piece
        self._held += piece
        if (size := whole_message(self._held)) is None:
            return b""
        twice, self._held = self._held[:size] * 2, b""
        return twice

    def _answer(self, piece: bytes) -> bytes:
        """What goes to the client for this piece of an answer."""
        if self._strikes is None:
            self._client_begins = True
            return piece
        self._held += piece
        if (size := whole_message(self._held)) is None:
            return b""
        self._strikes.struck.set()
        if isinstance(self._strikes, DropReply):
            raise _Reset
        rest, self._strikes, self._client_begins = self._held[size:], None, True
        return rest


def whole_message(data: bytes) -> int | None:
    """Bytes of the HTTP message that `data` begins with; None while it is not whole."""
    head, end, body = data.partition(b"\r\n\r\n")
    if not end:
        return None
    start = len(head) + len(end)
    if b"transfer-encoding: chunked" in head.lower():
        last = body.find(b"0\r\n\r\n")
        return None if last < 0 else start + last + 5
    length = _LENGTH.search(head)
    size = start + (int(length[1]) if length else 0)
    return size if len(data) >= size else None


def _close(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


def _reset(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        end.shutdown(socket.SHUT_RD)
    end.close()
