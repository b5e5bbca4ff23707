"""A scripted portal behind the real client: answers each action with the page the test names.

Only the transport is replaced (S-4), so what is tested is the app with the real Journey and the real wire
format.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx
import msgspec
from msgspec.structs import replace
from textual.driver import Driver

from client.messages.calls import (
    Act,
    Envelope,
    ErrorBody,
    FlowAnswer,
    Health,
    OutboxMessage,
    Persona,
    Personas,
)
from client.messages.screen import Screen
from client.portal import Portal
from client.retry import RetryPolicy
from client.settings import Settings
from tests.tui.pages import NOW, SERVER_NOW
from tui.full_screen import QportalApp

Reply = Screen | Callable[[Act], Screen]

MESSAGES = [
    OutboxMessage(
        id="m1",
        channel="email",
        to_masked="d***@example.org",
        kind="code",
        subject="Your security code",
        body="Your security code is 564123. It is valid for 10 minutes.",
        code="564123",
        live=True,
        created_at=NOW,
    )
]
ACCOUNTS = Personas(
    password="Walnut-Harbor-2468",
    authenticator_secret="GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
    personas=[
        Persona(
            user_id="demo.grouprep",
            name="Juno Hazel",
            roles=["Group Representative of ALDER CREEK DEMO CLINIC LLC"],
            devices=["E-mail"],
            purpose="main happy path, report",
        ),
        Persona(
            user_id="demo.totp",
            name="Abel Clover",
            roles=["Staff User of ALDER CREEK DEMO CLINIC LLC"],
            devices=["Authenticator app"],
            purpose="authenticator only",
        ),
    ],
)


class ScriptedPortal:
    """Answers `start` with one page and each action with the page scripted for it."""

    def __init__(self, first: Screen, script: dict[str, Reply] | None = None, *, demo: bool = True) -> None:
        self.page = first
        self.script = script or {}
        """Action id -> page, or what makes one."""
        self.demo = demo
        self.acts: list[Act] = []
        """Actions received, oldest first."""
        self.reads: list[bool] = []
        """Reads of the flow; True: in the background."""
        self.read: set[str] = set()
        """Step tokens of the pages that were read."""
        self.now: datetime = SERVER_NOW
        self.down = False
        self.delay = 0.0
        self.gate: asyncio.Event | None = None
        """Set by a test to hold actions back until it sets the event."""
        self.messages = list(MESSAGES)
        self.files: dict[str, bytes] = {}

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """The transport."""
        if self.down:
            raise httpx.ConnectError("no route", request=request)
        match request.method, request.url.path:
            case "POST", "/api/flow":
                return self._answer(FlowAnswer(screen=self.page, flow_token="token"), 201)
            case "GET", "/api/flow":
                return await self._read(request)
            case "POST", "/api/flow/act":
                return await self._act(request)
            case "GET", "/api/health":
                return self._answer(Health(status="ready", demo=self.demo, business_now=NOW))
            case "GET", "/demo/outbox":
                return self._answer(self.messages)
            case "GET", "/demo/personas":
                return self._answer(ACCOUNTS)
            case "GET", path if path.startswith("/api/files/"):
                return httpx.Response(200, content=self.files[path.rpartition("/")[2]])
            case _:
                return httpx.Response(404)

    async def _read(self, request: httpx.Request) -> httpx.Response:
        self.reads.append(request.headers.get("X-Background") == "1")
        if "wait" in request.url.params:
            token = request.url.params["after"]
            for _ in range(100):
                if self.page.step_token != token:
                    break
                await asyncio.sleep(0.01)
        self.read.add(self.page.step_token)
        return self._answer(FlowAnswer(screen=self.page))

    async def _act(self, request: httpx.Request) -> httpx.Response:
        act = msgspec.json.decode(request.content, type=Act)
        self.acts.append(act)
        if self.gate is not None:
            await self.gate.wait()
        if self.delay:
            await asyncio.sleep(self.delay)
        reply = self.script.get(act.action)
        if reply is None:
            self.page = replace(self.page, step_token=f"{self.page.step_token}.")
        else:
            self.page = reply if isinstance(reply, Screen) else reply(act)
        if self.page.errors:
            problem = self.page.errors[0]
            error = ErrorBody(type=problem.code, code=problem.code, message=problem.text)
            return self._answer(FlowAnswer(screen=self.page), 422, error)
        return self._answer(FlowAnswer(screen=self.page))

    def _answer(self, data: Any, status: int = 200, error: ErrorBody | None = None) -> httpx.Response:
        body = msgspec.json.encode(Envelope(data=data, error=error))
        headers = {"Content-Type": "application/json", "Date": format_datetime(self.now, usegmt=True)}
        return httpx.Response(status, content=body, headers=headers)

    def skip(self, seconds: float) -> None:
        """Let the server's clock be later, as seen in its next answer."""
        self.now += timedelta(seconds=seconds)

    async def connect(self) -> Portal:
        """A client on this transport."""
        policy = RetryPolicy(budget_s=0.2, operation_s=5.0)
        transport = httpx.MockTransport(self)
        return Portal("http://127.0.0.1:1", transport=transport, policy=policy, fraction=lambda: 0.02)


def app_on(
    portal: ScriptedPortal,
    *,
    settings: Settings | None = None,
    theme: str = "qportal-dark",
    color: bool = True,
    glyphs: str = "unicode",
    settings_file: Path | None = None,
    commit_delay_s: float = 0.0,
    driver: type[Driver] | None = None,
) -> QportalApp:
    """The app on a scripted portal."""
    app = QportalApp(
        portal.connect,
        settings or Settings(),
        theme=theme,
        color=color,
        glyphs="ascii" if glyphs == "ascii" else "unicode",
        settings_file=settings_file,
        driver=driver,
    )
    app.commit_delay_s = commit_delay_s
    return app
