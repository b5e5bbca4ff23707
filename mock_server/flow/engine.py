"""The workflow as the routes see it: every call of portal-flow 1.5, each in its transactions.

An action is one transaction, two where a password has to be hashed in between: what must survive a crash (a
counted failure) is committed before the slow work begins. What happens inside one is `turn.py`.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection

from client.messages.calls import Act, ListOrganizations, StartFlow
from client.messages.screen import Screen, Table
from mock_server.access.tokens import new_id, new_token, token_hash
from mock_server.clocks import BusinessClock, SecurityClock
from mock_server.flow.answers import Answer
from mock_server.flow.context import Context, ListRead
from mock_server.flow.contexts import Contexts
from mock_server.flow.entrance import Entrance
from mock_server.flow.model import Flow
from mock_server.flow.organization_search import list_page, list_read
from mock_server.flow.problems import FlowEnded, FlowLocked, Refusal
from mock_server.flow.services import Services
from mock_server.flow.turn import Pending, Turn
from mock_server.flow.waiting import News, Turns
from mock_server.store import flows
from mock_server.store.database import Database

T = TypeVar("T")

_TOUCH_LISTS = timedelta(seconds=1)
"""List reads while typing count as activity, but not each of them is worth a write."""


class FlowEngine:
    """One per server; all state is in the database, except what only orders requests."""

    def __init__(
        self, database: Database, services: Services, security: SecurityClock, business: BusinessClock
    ) -> None:
        self.services = services
        self._database = database
        self._contexts = Contexts(services, security, business)
        self._entrance = Entrance(self._contexts)
        self._turn = Turn(self._contexts, self._entrance)
        self._turns = Turns()
        self._news = News()
        self._listed: dict[str, ListRead] = {}
        """Last list read of a flow since its last action; may be lost with the process."""
        self.run_started: Callable[[str], None] = lambda run_id: None
        """Told of every new run after its transaction; set by the job runner."""

    async def start(self, request: StartFlow, address: str) -> Answer:
        """W-2: a new flow on S-LAND."""
        token, flow_id = new_token(), new_id()

        def begin(conn: Connection) -> Screen:
            flows.insert_flow(
                conn,
                flow_id=flow_id,
                token_hash=token_hash(token),
                client=request.client,
                client_id=request.client_id,
                at=self._contexts.now(),
            )
            return self._turn.screen(self._contexts.of(conn, _existing(conn, flow_id), address))

        return Answer(await self._database.write(begin), token, status=201)

    async def read(self, token: str, address: str, *, background: bool) -> Answer:
        """W-5: the current Screen; locks or ends the login if its time is up."""

        def look(conn: Connection) -> Answer | FlowEnded:
            try:
                ctx = self._entrance.open(conn, token, address, background=background)
            except FlowEnded as ended:
                return ended  # committed: the login's end is kept
            if ctx.login is not None and ctx.flow.state != "S-REAUTH" and not background:
                flows.touch_login(conn, ctx.login.id, ctx.now)
                ctx = self._contexts.again(ctx)
            return Answer(self._turn.screen(ctx))

        answer = await self._database.write(look)
        if isinstance(answer, FlowEnded):
            raise answer
        return answer

    async def wait_for_change(self, token: str, address: str, after: str, wait_s: float) -> Answer:
        """W-5: the Screen as soon as step token or progress differ, or after `wait_s` seconds."""
        flow_id = await self._flow_id(token)
        loop = asyncio.get_running_loop()
        ends = loop.time() + wait_s
        event = self._news.expect(flow_id)
        answer = await self.read(token, address, background=True)
        before = answer.screen.progress
        while answer.screen.step_token == after and answer.screen.progress == before:
            try:
                async with asyncio.timeout(ends - loop.time()):
                    await event.wait()
            except TimeoutError:
                break
            event = self._news.expect(flow_id)
            answer = await self.read(token, address, background=True)
        return answer

    async def _flow_id(self, token: str) -> str:
        def find(conn: Connection) -> str:
            flow = flows.flow_by_token(conn, token_hash(token))
            return flow.id if flow else ""

        return await self._database.read(find)

    def changed(self, flow_id: str) -> None:
        """Wake those who wait for this flow."""
        self._news.spread(flow_id)

    async def act(self, token: str, request: Act, address: str) -> Answer:
        """W-3: one action. Raises FlowEnded where there is no Screen to answer with."""
        async with self._turns.take(token_hash(token)):  # a parallel repeat then finds the spent answer
            now = await self._database.write(
                lambda conn: self._turn.begin(conn, token, request, address, self._take_listed)
            )
            while isinstance(now, Pending):
                work = now.offload.work
                result = None if work is None else await self.services.hasher.run(work)
                go_on = partial(
                    self._turn.go_on, pending=now, result=result, request=request, address=address
                )
                now = await self._database.write(go_on)
        if isinstance(now, FlowEnded):
            raise now
        if now.run_id is not None:
            self.run_started(now.run_id)
        self.changed(now.flow_id)
        return now.answer

    async def resume(self, token: str, request: StartFlow, address: str) -> Answer:
        """W-10: a remembered token locks the login and asks for the password."""

        def lock_it(conn: Connection) -> tuple[str, Answer] | FlowEnded:
            try:
                ctx = self._entrance.open(conn, token, address, background=True)
            except FlowEnded as ended:
                return ended
            if ctx.login is None:
                return FlowEnded()
            locked = self._entrance.lock(ctx, "restart")
            return locked.flow.id, Answer(self._turn.screen(locked))

        found = await self._database.write(lock_it)
        if isinstance(found, FlowEnded):
            raise found
        self.changed(found[0])
        return found[1]

    async def list_rows(self, token: str, request: ListOrganizations, address: str) -> Table:
        """W-6: rows of the picker; no new step. Raises Refusal, FlowEnded and FlowLocked."""

        def look(conn: Connection) -> tuple[Table, int | None]:
            ctx = self.reading(conn, token, address)
            table = list_page(ctx, request)
            if request.search:
                self._listed[ctx.flow.id] = list_read(request.search, table.total)
            login = ctx.signed_in
            return table, login.id if ctx.now - login.last_activity_at >= _TOUCH_LISTS else None

        table, touch = await self._database.read(look)
        if touch is not None:
            now = self.now()
            await self._database.write(lambda conn: flows.touch_login(conn, touch, now))
        return table

    def _take_listed(self, flow_id: str) -> ListRead | None:
        return self._listed.pop(flow_id, None)

    def reading(self, conn: Connection, token: str, address: str) -> Context:
        """The context of a signed-in read that is no action. FlowEnded, FlowLocked."""
        return self._entrance.reading(conn, token, address)

    async def in_transaction(self, work: Callable[[Connection], T]) -> T:
        """Run work that may refuse and keeps what it audited."""

        def guarded(conn: Connection) -> T | Refusal | FlowEnded | FlowLocked:
            try:
                return work(conn)
            except (Refusal, FlowEnded, FlowLocked) as refusal:
                return refusal

        result = await self._database.write(guarded)
        if isinstance(result, Refusal | FlowEnded | FlowLocked):
            raise result
        return result

    def now(self) -> datetime:
        """The security clock."""
        return self._contexts.now()

    def context(self, conn: Connection, flow: Flow) -> Context:
        """A context for work of the server itself (a finished run)."""
        return self._contexts.of(conn, flow, "server")


def _existing(conn: Connection, flow_id: str) -> Flow:
    flow = flows.flow_by_id(conn, flow_id)
    if flow is None:
        raise RuntimeError("the flow vanished within its own transaction")
    return flow
