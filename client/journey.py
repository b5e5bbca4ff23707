"""The walk through the portal as a client holds it: the present Screen and what to do next with it.

A Journey contains no workflow: the server alone decides what comes next. It adds what only a client can: one
action at a time, a pending action that survives a lost connection (W-9), a new start when the login is over
(W-3), typed values that are not lost, and answers that come too late being dropped.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from client.entries import Entries
from client.errors import (
    ActionInProgress,
    NotOnThisScreen,
    PortalError,
    PortalUnreachable,
    Refused,
    SessionEnded,
)
from client.messages.calls import Act, ClientKind, ListOrganizations, OutboxMessage, Personas
from client.messages.report import Explanation, Report
from client.messages.screen import Deadline, FieldValue, Problem, Screen, Table
from client.offer import Offer, offered, to_send
from client.portal import Portal

T = TypeVar("T")

LONG_POLL_S = 25
UNCHANGED_PAUSE_S = 1.0
"""Pause where a long poll answered nothing new, so that no server can make the client spin."""
ACTIVITY_EVERY_S = 60.0
BUSY = "S-BUSY"
USER_ID = "user_id"
_LOCKED_STATUSES = frozenset({401, 403})


class Journey:
    """One person's walk. `kind` goes into the audit; `client_id` names this installation (TR-25)."""

    def __init__(
        self,
        portal: Portal,
        kind: ClientKind,
        client_id: str | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.portal = portal
        self.kind = kind
        self.client_id = client_id
        self._monotonic = monotonic
        self._sleep = sleep
        self._screen: Screen | None = None
        self._entries = Entries()
        self._pending: Act | Problem | None = None
        self._action = asyncio.Lock()
        self._answers = 0
        self._lists = 0
        self._used_at = 0.0
        self._user_id: str | None = None

    def __repr__(self) -> str:
        state = self._screen.state if self._screen else "not started"
        return f"Journey({self.kind!r}, {state!r})"

    # What there is

    @property
    def started(self) -> bool:
        """Whether there is a Screen yet."""
        return self._screen is not None

    @property
    def screen(self) -> Screen:
        """The present Screen. `NotOnThisScreen` before `start`."""
        if self._screen is None:
            raise NotOnThisScreen("The portal has not answered yet.")
        return self._screen

    @property
    def busy(self) -> bool:
        """Whether an action is under way."""
        return self._action.locked()

    @property
    def pending(self) -> bool:
        """Whether an action waits for the connection: `retry` sends it again."""
        return self._pending is not None

    @property
    def values(self) -> dict[str, FieldValue]:
        """Values to show in the present screen's fields: typed ones, else the server's; no secrets."""
        return self._entries.of(self.screen)

    def offer(self, values: Mapping[str, FieldValue] | None = None) -> Offer:
        """The form as it stands with `values` (default: `self.values`)."""
        return offered(self.screen, self.values if values is None else values)

    def type(self, values: Mapping[str, FieldValue]) -> None:
        """Keep what was typed on the present screen; secrets are ignored."""
        self._entries.type(self.screen, values)

    def seconds_left(self, deadline: Deadline) -> float | None:
        """Seconds to a deadline of the present Screen, on the server's clock (RF-15)."""
        return self.portal.seconds_until(deadline.at)

    # The flow

    async def start(self) -> Screen:
        """Begin: take up the remembered login if there is one (W-10), else answer S-LAND."""
        memory = self.portal.memory
        if memory is not None and not self.started and (token := await memory.recall()):
            return await self.resume(token)
        return self._adopt(await self.portal.start(self.kind, self.client_id))

    async def resume(self, token: str) -> Screen:
        """Take up a remembered login (W-10); where it is over, begin anew."""
        try:
            return self._adopt(await self.portal.resume(token, self.kind, self.client_id))
        except SessionEnded as ended:
            return await self._restart(ended.problem)

    async def act(self, action: str, values: Mapping[str, FieldValue] | None = None) -> Screen:
        """Send an action of the present screen and answer the next Screen.

        Pass `values` with actions that submit the form; hidden, withdrawn and `path` fields are left out
        (F-GEN-04). A refused action answers the Screen with its errors. `PortalUnreachable` keeps the action
        for `retry`. `ActionInProgress` while another one is under way.
        """
        if self.busy:
            raise ActionInProgress
        screen, given = self.screen, dict(values or {})
        self._entries.type(screen, given)
        self._pending = Act(
            state=screen.state, step_token=screen.step_token, action=action, values=to_send(screen, given)
        )
        return await self._send_pending()

    async def retry(self) -> Screen:
        """Send the pending action again, with the same step token (W-4, W-9); else read the flow."""
        if self._pending is None:
            return await self.refresh()
        return await self._send_pending()

    def abandon(self) -> None:
        """Give the pending action up, secrets in it included."""
        self._pending = None

    async def refresh(self, *, background: bool = False) -> Screen:
        """Read the present Screen again; `background` reads are no activity (SR-SESS-05)."""
        return await self._read(background=background) or self.screen

    async def follow(self) -> AsyncIterator[Screen]:
        """Screens while a report runs, the one after it last; ends at once if none runs (W-5)."""
        while self.screen.state == BUSY:
            before = self.screen
            screen = await self._read(after=before.step_token, wait=LONG_POLL_S, background=True)
            if screen is not None:
                yield screen
            elif self.busy:
                async with self._action:
                    pass
            if screen == before:
                await self._sleep(UNCHANGED_PAUSE_S)

    def activity_due(self) -> bool:
        """Whether a key pressed now should reach the server (W-5): signed in, and silent for a minute."""
        silent = self._monotonic() - self._used_at >= ACTIVITY_EVERY_S
        return silent and self._screen is not None and self._screen.login is not None and not self.busy

    async def note_activity(self) -> Screen | None:
        """Tell the server that the person is there, at most once a minute; never raises.

        Answers the Screen if one was read (it may be another one: the login may have been locked).
        """
        if not self.activity_due():
            return None
        self._used_at = self._monotonic()
        try:
            return await self.refresh()
        except PortalError:
            return None

    async def stay_active(self) -> Screen:
        """One real request, for the answer to a time warning (A11Y-TIME-01)."""
        return await self.refresh()

    # What a screen brings with it

    async def list_organizations(
        self, search: str = "", *, match_case: bool = False, page: int = 1, limit: int = 1000
    ) -> Table | None:
        """Rows of the picker while typing; None where a newer list was asked for meanwhile (W-6)."""
        self._lists += 1
        mine = self._lists
        asked = ListOrganizations(search=search, match_case=match_case, page=page, limit=limit)
        try:
            table = await self._watching(self.portal.list_organizations(asked))
        except PortalError:
            if mine != self._lists:
                return None
            raise
        return table if mine == self._lists else None

    async def report(self, sections: Sequence[str] | None = None) -> Report:
        """The present screen's report; with `sections` only those with their tables."""
        return await self._watching(self.portal.report(self._report_id(), sections))

    async def explain(self, *, section: str, table: str, row: str, column: str) -> Explanation:
        """Why a cell of the present report shows what it shows."""
        report_id = self._report_id()
        asked = self.portal.explain(report_id, section=section, table=table, row=row, column=column)
        return await self._watching(asked)

    @property
    def outbox_user(self) -> str | None:
        """Whose messages the simulated phone shows: the account, or the User ID typed in this sign-in."""
        login = self.screen.login
        return login.user_id if login else self._user_id

    async def outbox(self) -> list[OutboxMessage]:
        """The simulated phone and mailbox (F-OUT-03); empty before a User ID was typed."""
        user_id = self.outbox_user
        return await self.portal.outbox(user_id) if user_id else []

    async def personas(self) -> Personas:
        """The demo accounts."""
        return await self.portal.personas()

    # How

    async def _send_pending(self) -> Screen:
        if self.busy:
            raise ActionInProgress
        async with self._action:
            match self._pending:
                case Act() as act:
                    return await self._act(act)
                case Problem() as problem:
                    return await self._restart(problem)
                case None:
                    return self.screen

    async def _act(self, act: Act) -> Screen:
        before = self.screen
        try:
            answer = await self.portal.act(act)
        except SessionEnded as ended:
            return await self._restart(ended.problem)
        except PortalError as error:
            if not isinstance(error, PortalUnreachable):
                self._pending = None
            raise
        self._pending = None
        if answer.error is None:
            self._note_user(before, act)
            self._entries.taken(before, act.action, act.values, answer.screen)
        return self._adopt(answer.screen)

    async def _restart(self, problem: Problem) -> Screen:
        """Begin anew and show why on S-LAND (W-3); what was typed is kept."""
        self._pending = problem
        screen = await self.portal.start(self.kind, self.client_id)
        self._pending = None
        return self._adopt(replace(screen, errors=[problem, *screen.errors]))

    async def _read(
        self, *, after: str | None = None, wait: int | None = None, background: bool
    ) -> Screen | None:
        """Read the flow; None where an action was answered meanwhile: its Screen is the newer one."""
        before = self._answers
        try:
            screen = await self.portal.read(after=after, wait=wait, background=background)
        except SessionEnded as ended:
            if self.busy or self._answers != before:
                return None
            return await self._restart(ended.problem)
        if self.busy or self._answers != before:
            return None
        return self._adopt(screen, used=not background)

    def _adopt(self, screen: Screen, *, used: bool = True) -> Screen:
        self._answers += 1
        self._screen = screen = self.portal.remember(screen)
        if used:
            self._used_at = self._monotonic()
        if screen.login is not None:
            self._entries.signed_in(screen.login.user_id)
        return screen

    async def _watching(self, call: Awaitable[T]) -> T:
        """Await a call beside the flow; where it shows that the login is locked or over, read the flow."""
        try:
            return await call
        except Refused as refused:
            if isinstance(refused, SessionEnded) or refused.status in _LOCKED_STATUSES:
                await self._read(background=True)
            raise

    def _note_user(self, screen: Screen, act: Act) -> None:
        typed = act.values.get(USER_ID)
        if isinstance(typed, str) and screen.field(USER_ID) is not None:
            self._user_id = typed.strip()

    def _report_id(self) -> str:
        if self.screen.report is None:
            raise NotOnThisScreen("This screen has no report.")
        return self.screen.report.id
