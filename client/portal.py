"""The portal as a program sees it: one typed async method per call of design.md's HTTP table.

A Portal holds the flow's bearer token and repeats calls that got no answer (RF-09, W-9). Repeating is safe
for actions too: the single-use step token makes a repeat give the first answer again (W-4). An answer that
carries data is an answer, whatever its status; only one without data is raised.
"""

import asyncio
import hashlib
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar
from urllib.parse import quote, urlsplit

import msgspec

from client.address import checked_address, is_loopback
from client.answers import Reply, decode, refusal
from client.caller import Call, Caller, Connection
from client.errors import BadServerReply, DamagedDownload, PortalUnreachable
from client.messages.calls import (
    Act,
    ClientKind,
    ClockSetting,
    ClockState,
    Envelope,
    ErrorBody,
    Faults,
    FlowAnswer,
    Health,
    ListOrganizations,
    OutboxMessage,
    Personas,
    Reset,
    StartFlow,
)
from client.messages.report import Explanation, Report
from client.messages.screen import Download, Screen, Table
from client.retry import ASK_ONCE, ONCE, RetryPolicy

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")

__all__ = ["Connection", "FlowReply", "Portal"]

BACKGROUND_HEADER = "X-Background"
_DOWNLOAD_LIMIT_S = 180.0


class FlowReply(msgspec.Struct, frozen=True):
    """The answer to an action: the Screen to draw, and why the action was refused, if it was."""

    screen: Screen
    error: ErrorBody | None = None


class LoginMemory(Protocol):
    """Keeps the login token from one start of the program to the next (W-10); `client.remembered` is one."""

    async def recall(self) -> str | None:
        """The token of a login that may still live; None: sign in anew. Never raises."""

    def heard(self, screen: Screen, token: str | None) -> Screen:
        """An answer came: remember or forget the token. Answers the screen, perhaps with a notice more."""


class Portal:
    """One portal server, and one flow on it.

    `transport` (httpx) is the seam for in-process servers; `monotonic`, `sleep` and `fraction` (a random
    number of [0, 1)) are the seams of time and chance.
    """

    def __init__(
        self,
        base_url: str,
        *,
        launch_key: str | None = None,
        transport: "httpx.AsyncBaseTransport | None" = None,
        ca_file: Path | None = None,
        policy: RetryPolicy | None = None,
        on_connection: Callable[[Connection], None] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        fraction: Callable[[], float] = random.random,
    ) -> None:
        self.base_url = checked_address(base_url)
        self.on_connection = on_connection
        """The front end's: called when the state of the connection changes."""
        self.on_lost: Callable[[], None] | None = None
        """The launcher's: called when calls begin to fail, so that it can start the server again."""
        self.memory: LoginMemory | None = None
        """Where the token is kept between two starts; None: nowhere."""
        self._caller = Caller(
            self.base_url,
            launch_key=launch_key,
            transport=transport,
            ca_file=ca_file,
            policy=policy,
            monotonic=monotonic,
            sleep=sleep,
            fraction=fraction,
        )
        self._caller.listeners.append(self._heard)

    def __repr__(self) -> str:
        return f"Portal({self.base_url!r})"

    @property
    def connection(self) -> Connection:
        """How the last call went."""
        return self._caller.connection

    @property
    def loopback(self) -> bool:
        """Whether the server is on this computer (A11Y-PLAIN-17)."""
        return is_loopback(urlsplit(self.base_url).hostname or "")

    def remember(self, screen: Screen) -> Screen:
        """Tell the memory what this answer means for the token; the screen, perhaps with its notice."""
        return screen if self.memory is None else self.memory.heard(screen, self._caller.token)

    async def close(self) -> None:
        """Close the connections and forget the token."""
        await self._caller.close()

    # The flow (W-2 to W-6, W-10)

    async def start(self, client: ClientKind, client_id: str | None = None) -> Screen:
        """Begin a flow; its token replaces any former one. Answers S-LAND."""
        self._caller.token = None
        body = StartFlow(client=client, client_id=client_id)
        return (await self._flow("/api/flow", body)).screen

    async def resume(self, token: str, client: ClientKind, client_id: str | None = None) -> Screen:
        """Take up a remembered login; answers S-REAUTH (W-10)."""
        self._caller.token = token
        body = StartFlow(client=client, client_id=client_id)
        return (await self._flow("/api/flow/resume", body)).screen

    async def act(self, act: Act) -> FlowReply:
        """Send one action. A refusal with a Screen is an answer; one without is raised (W-1, W-3)."""
        return await self._flow("/api/flow/act", act)

    async def read(
        self, *, after: str | None = None, wait: int | None = None, background: bool = False
    ) -> Screen:
        """The current Screen; with `after` (a step token) and `wait` (seconds, at most 25) a long poll."""
        query = [
            (name, str(value)) for name, value in (("after", after), ("wait", wait)) if value is not None
        ]
        headers = {BACKGROUND_HEADER: "1"} if background else {}
        answer = await self._data(Call("GET", "/api/flow", query=query, headers=headers), FlowAnswer)
        self._adopt_token(answer)
        return answer.screen

    async def list_organizations(self, asked: ListOrganizations) -> Table:
        """Rows of the picker, without a change of state; S-ORGPICK only (W-6)."""
        return await self._data(Call("POST", "/api/flow/list", body=asked), Table)

    # Reports and files (W-7, W-8)

    async def report(self, report_id: str, sections: Sequence[str] | None = None) -> Report:
        """A report; with `sections` only those come with their tables, the others as outlines."""
        query = [("section", section) for section in sections or ()]
        return await self._data(Call("GET", f"/api/reports/{_segment(report_id)}", query=query), Report)

    async def explain(
        self, report_id: str, *, section: str, table: str, row: str, column: str
    ) -> Explanation:
        """Why a cell shows what it shows."""
        query = [("section", section), ("table", table), ("row", row), ("column", column)]
        return await self._data(
            Call("GET", f"/api/reports/{_segment(report_id)}/explain", query=query), Explanation
        )

    async def file(self, download: Download) -> AsyncIterator[bytes]:
        """The bytes of a finished file, in pieces.

        `DamagedDownload` after the last piece if size or checksum differ from what was announced: keep
        nothing until the iteration ends without it. Not repeated by itself.
        """
        wire = await self._caller.wire()
        from client.wire import Unanswered

        request = self._caller.request(Call("GET", f"/api/files/{_segment(download.file_id)}"))
        digest, size = hashlib.sha256(), 0
        try:
            async with (
                asyncio.timeout(_DOWNLOAD_LIMIT_S),
                wire.stream(request) as (head, chunks),
            ):
                if head.status != 200:
                    body = b"".join([chunk async for chunk in chunks])
                    raise _no_file(replace(head, body=body))
                async for chunk in chunks:
                    digest.update(chunk)
                    size += len(chunk)
                    yield chunk
        except (Unanswered, TimeoutError):
            raise PortalUnreachable from None
        if (size, digest.hexdigest()) != (download.bytes, download.sha256.lower()):
            raise DamagedDownload

    # The server and its demo side

    async def health(self) -> Health:
        """Whether the server is ready; asked once, never repeated."""
        return await self._data(Call("GET", "/api/health", policy=ASK_ONCE), Health)

    async def outbox(
        self, user_id: str | None = None, *, after: str | None = None, wait: int | None = None
    ) -> list[OutboxMessage]:
        """Delivered messages, newest first (F-OUT-03); with `wait` it waits for one newer than `after`."""
        asked = (("user_id", user_id), ("after", after), ("wait", wait))
        query = [(name, str(value)) for name, value in asked if value is not None]
        return await self._data(Call("GET", "/demo/outbox", query=query), list[OutboxMessage])

    async def personas(self) -> Personas:
        """The demo accounts (portal-flow 13.5)."""
        return await self._data(Call("GET", "/demo/personas"), Personas)

    async def clock(self) -> ClockState:
        """Both clocks (TM-01)."""
        return await self._data(Call("GET", "/demo/clock"), ClockState)

    async def set_clock(self, setting: ClockSetting) -> ClockState:
        """Set the business clock or advance the security clock (TM-03)."""
        return await self._data(Call("POST", "/demo/clock", body=setting, policy=ONCE), ClockState)

    async def reset(self, reset: Reset) -> Health:
        """Put the seed back."""
        return await self._data(Call("POST", "/demo/reset", body=reset, policy=ONCE), Health)

    async def faults(self) -> Faults:
        """The failures that are switched on."""
        return await self._data(Call("GET", "/demo/faults"), Faults)

    async def set_faults(self, faults: Faults) -> Faults:
        """Switch failures on and off."""
        return await self._data(Call("PUT", "/demo/faults", body=faults), Faults)

    # Time

    def seconds_until(self, instant: datetime) -> float | None:
        """Seconds to an instant of the server's security clock, below 0 if past; None before any answer.

        Counts from the last answer's `Date` header, never from the wall clock (RF-15).
        """
        return self._caller.seconds_until(instant)

    # Carrying it out

    async def _flow(self, path: str, body: msgspec.Struct) -> FlowReply:
        envelope = await self._caller.ask(Call("POST", path, body=body), FlowAnswer)
        answer = _require(envelope)
        self._adopt_token(answer)
        return FlowReply(answer.screen, envelope.error)

    def _adopt_token(self, answer: FlowAnswer) -> None:
        if answer.flow_token is not None:
            self._caller.token = answer.flow_token

    async def _data(self, call: Call, data: type[T]) -> T:
        return _require(await self._caller.ask(call, data))

    def _heard(self, connection: Connection) -> None:
        if connection == "lost" and self.on_lost is not None:
            self.on_lost()
        if self.on_connection is not None:
            self.on_connection(connection)


def _require(envelope: Envelope[T]) -> T:
    if envelope.data is None:
        raise BadServerReply("it brings no data")
    return envelope.data


def _no_file(reply: Reply) -> Exception:
    envelope = decode(reply, Health)
    return BadServerReply("no file came") if envelope.error is None else refusal(reply, envelope.error)


def _segment(name: str) -> str:
    """An id as one segment of a path."""
    return quote(name, safe="")
