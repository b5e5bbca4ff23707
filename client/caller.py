"""Carries calls out: a request with token and launch key, repeated while it gets no answer (RF-09, W-9).

What is called is `client.portal`'s business. The secrets of a connection live here and nowhere else.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

import msgspec

from client.answers import Reply, decode, refusal
from client.errors import BadServerReply, PortalUnreachable
from client.messages.calls import Envelope
from client.retry import RetryPolicy, may_repeat

if TYPE_CHECKING:
    import httpx

    from client.wire import Request, Wire

T = TypeVar("T")

Connection = Literal["connected", "lost", "unreachable"]
"""`lost`: calls are being repeated; `unreachable`: the last call was given up."""

LAUNCH_KEY_HEADER = "X-Qportal-Launch-Key"


@dataclass(frozen=True)
class Call:
    """What is asked of the server."""

    method: str
    path: str
    query: Sequence[tuple[str, str]] = ()
    body: msgspec.Struct | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    policy: RetryPolicy | None = None
    """None: the caller's own."""


class Caller:
    """One server, one bearer token, one state of the connection.

    `transport` (httpx) is the seam for in-process servers; `monotonic`, `sleep` and `fraction` (a random
    number of [0, 1)) are the seams of time and chance.
    """

    def __init__(
        self,
        address: str,
        *,
        launch_key: str | None = None,
        transport: "httpx.AsyncBaseTransport | None" = None,
        ca_file: Path | None = None,
        policy: RetryPolicy | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        fraction: Callable[[], float] = random.random,
    ) -> None:
        self.address = address
        self.policy = policy or RetryPolicy()
        self.token: str | None = None
        self.connection: Connection = "connected"
        self.listeners: list[Callable[[Connection], None]] = []
        self._launch_key = launch_key
        self._transport = transport
        self._ca_file = ca_file
        self._monotonic = monotonic
        self._sleep = sleep
        self._fraction = fraction
        self._wire: Wire | None = None
        self._server_time: tuple[datetime, float] | None = None

    def __repr__(self) -> str:
        return f"Caller({self.address!r})"

    async def close(self) -> None:
        """Close the connections and forget the token."""
        self.token = None
        if self._wire is not None:
            await self._wire.close()
            self._wire = None

    async def ask(self, call: Call, data: type[T]) -> Envelope[T]:
        """The answer, repeated while there is none; a refusal without data is raised.

        `PortalUnreachable` after the budget, `BadServerReply`, `Refused` or `SessionEnded` at once.
        """
        wire = await self.wire()
        request = self.request(call)

        async def attempt() -> Envelope[T]:
            return self._read(await wire.exchange(request), data)

        return await self._repeating(attempt, call.policy or self.policy)

    def request(self, call: Call) -> "Request":
        """The request with what this connection adds to it."""
        from client.wire import Request

        sent = dict(call.headers)
        if self._launch_key is not None:
            sent[LAUNCH_KEY_HEADER] = self._launch_key
        if self.token is not None and call.path.startswith("/api/"):
            sent["Authorization"] = f"Bearer {self.token}"
        encoded = None if call.body is None else msgspec.json.encode(call.body)
        return Request(call.method, call.path, tuple(call.query), encoded, sent)

    async def wire(self) -> "Wire":
        """The connection; httpx is imported away from the event loop, so that frames go on being drawn."""
        if self._wire is None:
            make = await asyncio.to_thread(_import_wire)
            if self._wire is None:
                self._wire = make(self.address, transport=self._transport, ca_file=self._ca_file)
        return self._wire

    def seconds_until(self, instant: datetime) -> float | None:
        """Seconds to an instant of the server's clock, below 0 if past; None before any answer.

        Counts from the last answer's `Date` header on the monotonic clock, never from the wall clock (RF-15).
        """
        if self._server_time is None:
            return None
        date, heard = self._server_time
        return (instant - date - timedelta(seconds=self._monotonic() - heard)).total_seconds()

    def _read(self, reply: Reply, data: type[T]) -> Envelope[T]:
        """The envelope, or the refusal raised; `Unanswered` where the answer asks for patience."""
        from client.wire import Unanswered

        if reply.date is not None:
            self._server_time = (reply.date, self._monotonic())
        patience = may_repeat(reply.status, reply.retry_after_s)
        try:
            envelope = decode(reply, data)
        except BadServerReply:
            if patience:
                raise Unanswered("unavailable", reply.retry_after_s) from None
            raise
        if envelope.data is not None or envelope.error is None:
            return envelope
        if patience:
            raise Unanswered("unavailable", reply.retry_after_s)
        raise refusal(reply, envelope.error)

    async def _repeating(self, attempt: Callable[[], Awaitable[T]], policy: RetryPolicy) -> T:
        """Repeat `attempt` while it is unanswered and the budget lasts; tells how the connection is."""
        from client.wire import Unanswered

        failures, first_failure = 0, 0.0
        try:
            async with asyncio.timeout(policy.operation_s):
                while True:
                    try:
                        result = await attempt()
                    except Unanswered as failure:
                        failures += 1
                        now = self._monotonic()
                        first_failure = first_failure if failures > 1 else now
                        wait = policy.wait(failures, self._fraction(), failure.retry_after_s)
                        if now - first_failure + wait > policy.budget_s:
                            break
                        self._tell("lost")
                        await self._sleep(wait)
                    else:
                        self._tell("connected")
                        return result
        except TimeoutError:
            pass
        self._tell("unreachable")
        raise PortalUnreachable

    def _tell(self, connection: Connection) -> None:
        if connection != self.connection:
            self.connection = connection
            for listener in self.listeners:
                listener(connection)


def _import_wire() -> "type[Wire]":
    from client.wire import Wire

    return Wire
