"""The outermost layer of the server, in front of the framework.

Litestar runs no application middleware for unknown paths and wrong methods, so whatever must hold for every
answer lives here: launch key, limits, standard headers, error envelope, the log line (SR-NET-13). A body is
read completely and checked before the application sees it; the largest is 1 MiB.
"""

import base64
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from email.utils import formatdate
from typing import Any

from mock_server.clocks import SecurityClock
from mock_server.faults import FaultSwitch
from mock_server.json_bodies import checked_body
from mock_server.logs import log, serving, source_address
from mock_server.refusals import RequestRefused
from mock_server.request_head import Head, carries_launch_key, check_head
from mock_server.settings import ServerSettings

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Any, Any, Any], Awaitable[None]]
"""Any ASGI application; its own type names are the framework's business."""

_OVERWRITTEN = frozenset({b"server", b"date", b"x-content-type-options", b"cache-control", b"x-request-id"})
_NO_TYPE = b"text/plain"
_CLOSING = frozenset({"bad_request", "body_too_large", "busy"})
"""Refusals after which the connection is not used again (SR-NET-12, SR-NET-14)."""


def new_request_id() -> str:
    """26 characters, 128 random bits (SR-NET-13)."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


class Gate:
    """ASGI application around the portal's."""

    def __init__(
        self,
        app: Application,
        settings: ServerSettings,
        clock: SecurityClock,
        faults: FaultSwitch | None = None,
    ) -> None:
        """`clock` dates the answers: clients count from it (RF-15), so run uvicorn with `date_header=False`.

        `faults`: None where the demo controls do not exist.
        """
        self._app = app
        self._settings = settings
        self._clock = clock
        self._faults = faults
        self._inflight = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection scope."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._serve(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = _Answer(send, new_request_id(), self._clock)
        scope.setdefault("state", {})["request_id"] = answer.request_id
        started = time.perf_counter()
        self._inflight += 1
        head = Head.of(scope)
        with serving(answer.request_id, head.peer):
            try:
                await self._answer(head, scope, receive, answer)
            finally:
                self._inflight -= 1
                _log_request(scope, answer.status, started)

    async def _answer(self, head: Head, scope: Scope, receive: Receive, answer: "_Answer") -> None:
        try:
            if not carries_launch_key(head, self._settings.launch_key):
                await answer.nothing(404)
                return
            if self._inflight > self._settings.figures.http.max_inflight:
                raise RequestRefused("busy")
            if self._faults is not None:
                await self._faults.strike(head.path)
            check_head(head, self._settings)
            body = await self._body(head, receive)
            if body is not None:
                receive = _replay(body, receive)
            await self._app(scope, receive, answer.send)
        except RequestRefused as refusal:
            await answer.refuse(refusal)
        except _Disconnected:
            return
        except Exception as error:
            log("error.unexpected", logging.ERROR, error=error, route=scope.get("path_template"))
            await answer.refuse(RequestRefused("internal_error"))

    async def _body(self, head: Head, receive: Receive) -> bytes | None:
        """The checked body; None: the request has none."""
        if not head.has_body:
            return None
        figures = self._settings.figures.http
        read = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise _Disconnected
            read += message.get("body", b"")
            more = message.get("more_body", False)
            if len(read) > figures.json_max:
                raise RequestRefused("body_too_large")
        return checked_body(bytes(read), figures)


class _Disconnected(Exception):  # noqa: N818
    """The client went away while it sent its request."""


class _Answer:
    """The way out: adds what every answer carries."""

    def __init__(self, send: Send, request_id: str, clock: SecurityClock) -> None:
        self._send = send
        self._clock = clock
        self.request_id = request_id
        self.status = 0
        """Status of the answer; 0: not begun."""

    async def send(self, message: Message) -> None:
        """Pass a message of the application on."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message = {**message, "headers": self._headers(message.get("headers", ()))}
        await self._send(message)

    async def refuse(self, refusal: RequestRefused) -> None:
        """Answer with an error envelope; where half an answer is out, cut the connection instead."""
        if self.status:
            raise refusal
        extra = [(name.lower().encode(), value.encode()) for name, value in refusal.headers.items()]
        if refusal.type in _CLOSING:
            extra.append((b"connection", b"close"))
        await self._whole(
            refusal.status, refusal.body(self.request_id), [(b"content-type", b"application/json"), *extra]
        )

    async def nothing(self, status: int) -> None:
        """Answer with an empty body (W-11)."""
        await self._whole(status, b"", [])

    async def _whole(self, status: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
        length = (b"content-length", str(len(body)).encode())
        await self.send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
        await self.send({"type": "http.response.body", "body": body})

    def _headers(self, given: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        kept = [(name.lower(), value) for name, value in given if name.lower() not in _OVERWRITTEN]
        typed = dict(kept).get(b"content-type", _NO_TYPE)
        return [
            *((name, value) for name, value in kept if name != b"content-type"),
            (
                b"content-type",
                typed if b"charset" in typed or not _is_text(typed) else typed + b"; charset=utf-8",
            ),
            (b"date", formatdate(self._clock.now().timestamp(), usegmt=True).encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"cache-control", b"no-store"),
            (b"x-request-id", self.request_id.encode()),
        ]


def _is_text(media_type: bytes) -> bool:
    return media_type.startswith(b"text/") or media_type.split(b";")[0].endswith((b"json", b"xml"))


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that hands out the body once and then waits for the client to go away."""
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replayed() -> Message:
        return pending.pop() if pending else await receive()

    return replayed


def _log_request(scope: Scope, status: int, started: float) -> None:
    log(
        "request",
        method=scope["method"],
        route=scope.get("path_template") or None,  # the template, never the raw address (SR-LOG-01)
        status=status,
        ms=round((time.perf_counter() - started) * 1000, 1),
        ip=source_address(),
    )
