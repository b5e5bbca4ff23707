"""A real portal server inside the test's process, and a driver that walks it as a front end does.

    async with portal() as running:
        walk = await running.walk()
        await walk.sign_in("demo.grouprep")
        assert walk.screen.state == "S-HOME"

Both clocks are the test's: `running.security.advance(30)`, `await running.set_clock(business="2018-12-31")`.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import EllipsisType
from typing import Any

import httpx
import msgspec
from sqlalchemy import Connection, Executable, Row, Select, func, select, update
from sqlalchemy import Table as SqlTable

from client.messages.calls import ClockSetting, FlowAnswer, OutboxMessage
from client.messages.report import Report
from client.messages.screen import FieldValue, Screen
from mock_server.access import throttle
from mock_server.app import Server, build_server, routed
from mock_server.clocks import FrozenSecurityClock
from mock_server.flow.engines import ReportEngine
from mock_server.scenario.identifiers import normalise_user_id
from mock_server.scenario.personas import AUTHENTICATOR_SECRET, COMMON_PASSWORD, PERSONAS
from mock_server.settings import ServerSettings
from mock_server.store import audit, tables
from tests.support.authenticator import totp_code

ONE_TIME_CODE = "20486357"


@dataclass(slots=True)
class Call:
    """One answer of the server."""

    status: int
    body: dict[str, Any]
    headers: httpx.Headers

    @property
    def code(self) -> str | None:
        """The E-code of a refusal."""
        error = self.body.get("error")
        return error["code"] if error else None

    @property
    def answer(self) -> FlowAnswer:
        """The flow answer that came with it."""
        return msgspec.convert(self.body["data"], FlowAnswer)


@dataclass(slots=True)
class Walk:
    """One flow: keeps the token and the screen, as a client does."""

    portal: "RunningPortal"
    token: str
    screen: Screen
    last: Call
    old_tokens: list[str] = field(default_factory=list)

    @property
    def codes(self) -> list[str]:
        """Codes of the errors on the screen."""
        return [problem.code for problem in self.screen.errors]

    @property
    def notices(self) -> list[str]:
        """Codes of the notices on the screen."""
        return [notice.code for notice in self.screen.notices]

    @property
    def offered(self) -> list[str]:
        """Ids of the actions that can be chosen, those of the client included."""
        return [action.id for action in self.screen.actions if action.enabled]

    async def act(
        self,
        action_id: str,
        given: Mapping[str, FieldValue] | None = None,
        /,
        *,
        state: str | None = None,
        step_token: str | None = None,
        **values: FieldValue,
    ) -> Call:
        """Send one action of the present screen; the screen of the answer becomes the present one."""
        body = {
            "state": self.screen.state if state is None else state,
            "step_token": self.screen.step_token if step_token is None else step_token,
            "action": action_id,
            "values": {**(given or {}), **values},
        }
        return await self.send(body)

    async def send(self, body: dict[str, Any], token: str | None = None) -> Call:
        """Send a raw action."""
        call = await self.portal.call("POST", "/api/flow/act", token or self.token, json=body)
        self._take(call)
        return call

    async def read(self, *, background: bool = False) -> Call:
        """Read the present screen."""
        headers = {"X-Background": "1"} if background else {}
        call = await self.portal.call("GET", "/api/flow", self.token, headers=headers)
        self._take(call)
        return call

    def _take(self, call: Call) -> None:
        self.last = call
        if call.body.get("data") is None:
            return
        answer = call.answer
        self.screen = answer.screen
        if answer.flow_token is not None:
            self.old_tokens.append(self.token)
            self.token = answer.flow_token

    async def to_user(self) -> "Walk":
        """From the first page to S-USER."""
        await self.act("login")
        await self.act("accept")
        return self

    async def to_password(self, user_id: str) -> "Walk":
        """From the first page to S-PASS."""
        await self.to_user()
        await self.act("next", user_id=user_id)
        return self

    async def send_password(self, mfa_type: str = "email", password: str = COMMON_PASSWORD) -> Call:
        """Send on S-PASS."""
        return await self.act("send", password=password, mfa_type=mfa_type)

    async def to_code(self, user_id: str, mfa_type: str | None = None) -> "Walk":
        """From the first page to S-CODE."""
        await self.to_password(user_id)
        await self.send_password(mfa_type or device_of(user_id))
        return self

    async def code(self, user_id: str) -> str:
        """The newest security code in the simulated mailbox of an account."""
        found = await self.portal.outbox(user_id)
        return next(message.code for message in found if message.code is not None)

    async def sign_in(self, user_id: str) -> "Walk":
        """From the first page to S-HOME (or wherever the sign-in leads)."""
        mfa_type = device_of(user_id)
        await self.to_code(user_id, mfa_type)
        if mfa_type == "totp":
            code = totp_code(AUTHENTICATOR_SECRET, self.portal.security.now())
        else:
            code = await self.code(user_id)
        await self.act("log_in", code=code)
        return self

    async def to_picker(self, user_id: str = "demo.grouprep", org_type: str = "practice") -> "Walk":
        """Signed in, at S-ORGPICK."""
        await self.sign_in(user_id)
        await self.act("feedback_reports")
        await self.act("next", org_type=org_type)
        return self

    async def pick(self, text: str) -> "Walk":
        """Choose the row whose text begins so, and go on to S-RPTSEL."""
        await self.act("search", search=text)
        table = self.screen.table
        assert table is not None
        row = next(row for row in table.rows if row.cells[0].startswith(text))
        await self.act("select", org_ids=[row.id])
        await self.act("next", org_ids=[row.id])
        return self

    async def to_choice(
        self, user_id: str = "demo.grouprep", name: str = "ALDER", org_type: str = "practice"
    ) -> "Walk":
        """At S-RPTSEL for one organization."""
        await self.to_picker(user_id, org_type)
        return await self.pick(name)

    async def to_attest(self, user_id: str = "demo.grouprep", action: str = "view") -> "Walk":
        """At S-ATTEST for the 2011 PQRS report."""
        await self.to_choice(user_id)
        await self.act("next", year="2011", report="R-PQRS-2011", action=action)
        return self

    async def to_run(self, user_id: str = "demo.grouprep", action: str = "view") -> "Walk":
        """At S-RUN, attested."""
        await self.to_attest(user_id, action)
        await self.act("confirm", purpose="ce")
        return self

    async def to_report(self, user_id: str = "demo.grouprep") -> "Walk":
        """At S-REPORT."""
        await self.to_run(user_id)
        await self.act("run_document")
        await self.until_done()
        return self

    async def until_done(self) -> "Walk":
        """Follow S-BUSY to its end, as a client does (W-5)."""
        while self.screen.state == "S-BUSY":
            path = f"/api/flow?after={self.screen.step_token}&wait=5"
            self._take(await self.portal.call("GET", path, self.token))
        return self

    async def report(self, *sections: str) -> Report:
        """The report of S-REPORT."""
        reference = self.screen.report
        assert reference is not None
        query = "&".join(f"section={section}" for section in sections)
        call = await self.portal.call("GET", f"/api/reports/{reference.id}?{query}", self.token)
        assert call.status == 200, call.body
        return msgspec.convert(call.body["data"], Report, strict=False)


def device_of(user_id: str) -> str:
    """The device type that a persona has registered first; e-mail for anybody else."""
    persona = PERSONAS.get(user_id.lower())
    return persona.devices[0].type if persona and persona.devices else "email"


@dataclass(slots=True)
class RunningPortal:
    """A server in this process."""

    server: Server
    http: httpx.AsyncClient
    security: FrozenSecurityClock
    audited_before: int = 0
    """Records up to this number belong to earlier tests on the same server."""
    client_id: str = "test-installation"
    """Installation of every new walk that names none (TR-25)."""

    async def reset(self) -> "RunningPortal":
        """The seed again at SC-2018, frozen: what one test did is gone for the next."""
        body = {"scenario": "SC-2018", "mode": "frozen"}
        call = await self.call("POST", "/demo/reset", json=body)
        assert call.status == 200, call.body
        records = await self.server.database.read(lambda conn: list(audit.records(conn)))
        self.audited_before = len(records)
        return self

    async def call(self, method: str, path: str, token: str | None = None, **options: Any) -> Call:
        """One request."""
        headers = dict(options.pop("headers", {}))
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        response = await self.http.request(method, path, headers=headers, **options)
        body = (
            response.json() if response.headers.get("content-type", "").startswith("application/json") else {}
        )
        return Call(response.status_code, body, response.headers)

    async def walk(self, client: str = "api", client_id: str | EllipsisType | None = ...) -> Walk:
        """A new flow on S-LAND."""
        installation = self.client_id if client_id is ... else client_id
        call = await self.call("POST", "/api/flow", json={"client": client, "client_id": installation})
        assert call.status == 201, call.body
        answer = call.answer
        assert answer.flow_token is not None
        return Walk(self, answer.flow_token, answer.screen, call)

    async def outbox(self, user_id: str) -> list[OutboxMessage]:
        """The simulated mailbox of an account."""
        call = await self.call("GET", f"/demo/outbox?user_id={user_id}")
        return msgspec.convert(call.body["data"], list[OutboxMessage])

    async def set_clock(self, **setting: Any) -> None:
        """Set the clocks through the demo control."""
        body = msgspec.to_builtins(ClockSetting(**setting))
        call = await self.call("POST", "/demo/clock", json=body)
        assert call.status == 200, call.body

    async def audited(self) -> list[str]:
        """Names of all audit events so far, in order."""
        return [record.action for record in await self.audit_records()]

    async def audit_records(self, event: str | None = None) -> list[audit.AuditRecord]:
        """All audit records, or those of one event."""
        start = self.audited_before
        found = await self.server.database.read(lambda conn: list(audit.records(conn, after=start)))
        return [record for record in found if event in (None, record.action)]

    async def rows(self, query: Select[Any]) -> list[Row[Any]]:
        """What the database holds."""
        return await self.server.database.read(lambda conn: list(conn.execute(query)))

    async def count(self, table: SqlTable) -> int:
        """How many rows a table has."""
        [row] = await self.rows(select(func.count()).select_from(table))
        return int(row[0])

    async def execute(self, statement: Executable) -> None:
        """Change rows behind the server's back (an administrator's work)."""

        def work(conn: Connection) -> None:
            conn.execute(statement)

        await self.server.database.write(work)

    async def account_id(self, user_id: str) -> int:
        """Row id of an account."""
        accounts = tables.accounts
        query = select(accounts.c.id).where(accounts.c.user_id == normalise_user_id(user_id))
        [row] = await self.rows(query)
        return int(row[0])

    async def set_grants(self, user_id: str, state: str) -> None:
        """Give all grants of an account another state."""
        account = await self.account_id(user_id)
        grants = tables.grants
        await self.execute(update(grants).where(grants.c.account_id == account).values(state=state))

    async def set_account(self, user_id: str, **values: Any) -> None:
        """Write columns of an account."""
        accounts = tables.accounts
        await self.execute(
            update(accounts).where(accounts.c.user_id == normalise_user_id(user_id)).values(**values)
        )

    async def failures(self, user_id: str) -> int:
        """Counted failures of a user ID, known or not (X-02)."""
        key = throttle.throttle_key(self.server.engine.services.keys.throttle, normalise_user_id(user_id))
        return (await self.server.database.read(lambda conn: throttle.throttle_of(conn, key))).failures


@asynccontextmanager
async def portal(
    *,
    data_dir: Path | None = None,
    engines: dict[str, ReportEngine] | None = None,
    security: FrozenSecurityClock | None = None,
    **settings: Any,
) -> AsyncIterator[RunningPortal]:
    """A demo server in memory, or on disk in `data_dir`, with a frozen business clock at SC-2018."""
    values: dict[str, Any] = {
        "database": ":memory:" if data_dir is None else str(data_dir / "portal.sqlite3"),
        "data_dir": data_dir or Path("/nonexistent"),
        "demo": True,
        "scenario": "SC-2018",
        "clock_mode": "frozen",
        "cheap_hashing": True,
    }
    clock = security or FrozenSecurityClock()
    server = build_server(ServerSettings(**{**values, **settings}), security=clock, engines=engines)
    app = routed(server)
    transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 50000))
    async with lifespan(app), httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
        yield RunningPortal(server, http, clock)


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """Start and stop an ASGI application (httpx does not)."""
    import asyncio

    incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    outgoing: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    task = asyncio.create_task(app({"type": "lifespan", "state": {}}, incoming.get, outgoing.put))
    await incoming.put({"type": "lifespan.startup"})
    message = await outgoing.get()
    if message["type"] != "lifespan.startup.complete":
        raise RuntimeError(f"the server did not start: {message}")
    try:
        yield
    finally:
        await incoming.put({"type": "lifespan.shutdown"})
        await outgoing.get()
        await task
