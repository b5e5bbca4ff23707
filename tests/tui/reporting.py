"""`qportal report` without its process: the real server in this one, secrets from its outbox."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from client.portal import Portal
from client.retry import RetryPolicy
from mock_server.scenario.personas import COMMON_PASSWORD
from tests.support.portal import RunningPortal
from tests.support.portal import portal as running_portal
from tui.commands.narration import Narrator
from tui.commands.report import Fetched, fetch
from tui.commands.report_order import Order

USER = "demo.grouprep"


def order(**changes: Any) -> Order:
    """An order that works, with what a test is about changed."""
    usual = {
        "user": USER,
        "year": 2011,
        "report": "R-PQRS-2011",
        "practice": "4802",
        "purpose": "ce",
        "device": "email",
    }
    return Order(**{**usual, **changes})


class Line(httpx.AsyncBaseTransport):
    """The line to the portal; a test may cut it behind one action, or before everything."""

    def __init__(self, server: httpx.AsyncBaseTransport) -> None:
        self._server = server
        self.lose_answer_to = ""
        """Action whose first answer never arrives, though the portal carried it out."""
        self.lost = asyncio.Event()
        self.down_after = ""
        """Action after whose answer nothing is reached any more."""
        self._down = False
        self.tokens: set[str] = set()
        """Every bearer token that was sent."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self._down:
            raise httpx.ConnectError("down", request=request)
        if authorization := request.headers.get("Authorization"):
            self.tokens.add(authorization.removeprefix("Bearer "))
        response = await self._server.handle_async_request(request)
        action = json.loads(request.content).get("action", "") if request.content else ""
        if action and action == self.lose_answer_to and not self.lost.is_set():
            self.lost.set()
            await asyncio.Event().wait()
        self._down = bool(action) and action == self.down_after
        return response


@dataclass
class Secrets:
    """The password, and the code that the running portal 'sent'; counts how often each was asked for."""

    running: RunningPortal
    user: str = USER
    given: str = COMMON_PASSWORD
    wrong_code: str | None = None
    asked: list[str] = field(default_factory=list)
    asked_for_code: asyncio.Event = field(default_factory=asyncio.Event)
    answers: bool = True
    """Whether the code is ever given."""

    async def password(self) -> str:
        self.asked.append("password")
        return self.given

    async def code(self) -> str:
        self.asked.append("code")
        self.asked_for_code.set()
        if not self.answers:
            await asyncio.Event().wait()
        if self.wrong_code is not None:
            return self.wrong_code
        return next(message.code for message in await self.running.outbox(self.user) if message.code)


@dataclass
class Desk:
    """A running portal and what is needed to order from it."""

    running: RunningPortal
    portal: Portal
    secrets: Secrets
    line: Line
    said: io.StringIO = field(default_factory=io.StringIO)

    async def fetch(self, *, watched: bool = False, stdout_tty: bool = False, **changes: Any) -> Fetched:
        """One run; narration goes to `said`."""
        wanted = order(**{"user": self.secrets.user, **changes})
        narrator = Narrator(self.said, watched=watched)
        return await fetch(self.portal, wanted, self.secrets, narrator, stdout_tty=stdout_tty)

    async def audited(self) -> list[str]:
        """The audit so far."""
        return await self.running.audited()


@asynccontextmanager
async def desk(user: str = USER, *, data_dir: Path | None = None, **settings: Any) -> AsyncIterator[Desk]:
    """A new server with its seed."""
    async with running_portal(data_dir=data_dir, **settings) as running:
        transport = running.http._transport
        assert isinstance(transport, httpx.ASGITransport)
        line = Line(transport)
        portal = Portal("http://127.0.0.1", transport=line, policy=RetryPolicy(budget_s=0.05))
        yield Desk(running, portal, Secrets(running, user), line)
        await portal.close()
