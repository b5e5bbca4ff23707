"""The app's side of the walk: sends actions, shows answers, follows a run.

It decides nothing about the workflow. It keeps two promises instead: one action at a time, and no focus or
scroll moved by something the person did not do (A11Y-MOTION-04).
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias

from client.errors import PortalError, PortalUnreachable
from client.messages.screen import Action, Screen
from tui.announcement import Announcement, of_error, of_notice
from tui.commitments import commits, submits
from tui.presence import LOCKED, Presence
from tui.screens import confirm
from tui.screens.portal import PortalScreen
from tui.screens.registry import preload, screen_class, screen_for
from tui.screens.starting import StartingScreen, UnreachableView

if TYPE_CHECKING:
    from client.journey import Journey
    from client.portal import Connection, Portal
    from tui.full_screen import QportalApp

Connect: TypeAlias = "Callable[[], Awaitable[Portal]]"
BUSY = "S-BUSY"
LOG_OUT = "logout"
SIGNED_OUT_HERE = Announcement(
    "warning",
    "You are signed out on this computer, but the portal did not answer. "
    "It ends the sign-in by itself after 15 minutes without use.",
)
QUIET_S = 1.0
"""An answer that comes sooner needs no word (A11Y-MOTION-03)."""
LOST = Announcement(
    "warning", "The connection to the portal is lost. Trying again for 30 seconds; your entries are kept."
)
BACK_AGAIN = Announcement("done", "The connection is back.")


class Session:
    """One run of the app against one portal."""

    def __init__(
        self, app: "QportalApp", connect: Connect, client_id: str | None, journey: "Journey | None" = None
    ) -> None:
        self.app = app
        self._connect = connect
        self._client_id = client_id
        self.walk = journey
        """The walk; None until the portal has answered."""
        self.acting = False
        """Whether an action is under way; keys are dropped meanwhile (SSH-NET-07)."""
        self.presence = Presence(self)
        self._later: Screen | None = None

    @property
    def journey(self) -> "Journey":
        """The walk, once the portal answered."""
        assert self.walk is not None, "the portal has not answered yet"  # noqa: S101 - screens come after it
        return self.walk

    @property
    def started(self) -> bool:
        """Whether there is a walk."""
        return self.walk is not None and self.walk.started

    # Start

    async def start(self) -> None:
        """Connect and show the first page; where that fails, say why and wait for another try."""
        try:
            journey = self.walk or await self._new_walk()
            journey.portal.on_connection = self._connection
            self.app.demo = (await journey.portal.health()).demo
            page = journey.screen if journey.started else await journey.start()
            self.walk = journey
            await self.show(page)
        except PortalError as error:
            if isinstance(self.app.base, StartingScreen):
                await self.app.base.failed(of_error(error))

    async def _new_walk(self) -> "Journey":
        """Connect; what the first frame does not need is imported meanwhile."""
        self.app.call_after_refresh(asyncio.to_thread, preload)
        portal = await self._connect()
        from client.journey import Journey

        return Journey(portal, "tui", self._client_id)

    def _connection(self, state: "Connection") -> None:
        if state == "lost":
            self.app.announce(LOST)
        elif state == "connected" and self.app.last_said == LOST:
            self.app.announce(BACK_AGAIN)

    # Actions

    async def perform(self, action: Action) -> None:
        """Ask where the action wants it, send it, show the answer."""
        if (self.acting and not action.local) or not action.enabled or not await self._confirmed(action):
            return
        if action.local or not self.started:
            await self.app.perform_locally(action.id)
            return
        await self._send(action)

    async def _confirmed(self, action: Action) -> bool:
        fallback = {"quit": confirm.QUIT, "logout": confirm.LOG_OUT}.get(action.id)
        question = action.confirm or fallback
        if question is not None:
            self.app.not_yet_visible()
        return question is None or await self.app.push_screen_wait(confirm.ConfirmView(question)) is True

    async def _send(self, action: Action) -> None:
        base = self.app.base
        if not isinstance(base, PortalScreen):
            return
        typed = base.typed()
        self.journey.type(typed)
        call = self.journey.act(action.id, typed if submits(action.id) else {})
        page = await (self._leaving(call) if action.id == LOG_OUT else self._answer(action.label, call))
        base.clear_secrets()
        if page is not None:
            await self.show(page)
        if page is not None and action.id == LOG_OUT:
            self.app.signed_out(page)

    async def _leaving(self, call: Awaitable[Screen]) -> Screen | None:
        """Log out; without an answer the login is forgotten here, whatever the portal knows (SR-SESS-08)."""
        try:
            return await self._waiting("Logging out", call)
        except PortalError:
            await self.journey.portal.close()
            self.walk = None
            starting = StartingScreen()
            await self.app.close_views()
            await self.app.switch_screen(starting)
            await starting.failed(SIGNED_OUT_HERE)
            return None

    async def _answer(self, doing: str, call: Awaitable[Screen]) -> Screen | None:
        """The page that a call answers; None where it failed, which was then said."""
        self.acting = True
        try:
            return await self._waiting(doing, call)
        except PortalUnreachable as error:
            self.acting = False
            return await self._unreachable(doing, error)
        except PortalError as error:
            self.app.announce(of_error(error))
            return None
        finally:
            self.acting = False

    async def _waiting(self, doing: str, call: Awaitable[Screen]) -> Screen:
        """Await the call; say so after a second and with every heartbeat (A11Y-MOTION-03)."""
        task = asyncio.ensure_future(call)
        try:
            waited, pause = 0.0, QUIET_S
            while not (await asyncio.wait({task}, timeout=pause))[0]:
                waited += pause
                words = f"{doing}." if waited == QUIET_S else f"still running, {waited:.0f} seconds."
                self.app.announce(Announcement("working", words))
                heartbeat = self.app.settings.heartbeat
                pause = (heartbeat - QUIET_S if waited == QUIET_S else heartbeat) if heartbeat > 1 else 3600.0
            return task.result()
        finally:
            task.cancel()

    async def _unreachable(self, doing: str, error: PortalUnreachable) -> Screen | None:
        said = of_error(error)
        self.app.not_yet_visible()
        match await self.app.push_screen_wait(UnreachableView(said)):
            case "retry":
                return await self._answer(doing, self.journey.retry())
            case "quit":
                self.app.exit(0)
            case _:
                self.journey.abandon()
                self.app.announce(said)
        return None

    # Answers

    async def show(self, page: Screen) -> None:
        """Draw a page: the same state is renewed, another one replaces the screen."""
        self._later = None
        base = self.app.base
        if isinstance(base, PortalScreen) and _draws(base, page):
            await self.app.close_views()
            await base.renew(page)
        else:
            self.app.not_yet_visible()
            await self.app.close_views()
            self.app.not_yet_visible()
            await self.app.switch_screen(screen_for(page))
        self.presence.watch(page)
        if page.state == BUSY:
            self.app.run_worker(self._follow(), group="follow", exclusive=True)

    async def show_quietly(self, page: Screen) -> None:
        """Draw what a background read brought; only a real change of step moves anything."""
        base = self.app.base
        if not isinstance(base, PortalScreen) or base.page.step_token != page.step_token:
            if page.state != LOCKED and self.app.view_is_open:
                self._later = page
            else:
                await self.show(page)
            return
        known = {notice.code for notice in base.page.notices}
        base.take_quietly(page)
        fresh = [of_notice(notice) for notice in page.notices if notice.code not in known]
        if fresh:
            self.app.announce(*fresh)
        self.presence.watch(page, quietly=True)

    async def view_closed(self) -> None:
        """Show what came while a view was open."""
        if self._later is not None:
            await self.show(self._later)

    async def _follow(self) -> None:
        """Show how far a run is, and what comes after it."""
        try:
            async for page in self.journey.follow():
                await self.show_quietly(page)
        except PortalUnreachable as error:
            again = await self._unreachable("Running", error)
            if again is not None:
                await self.show(again)
        except PortalError as error:
            self.app.announce(of_error(error))

    def in_background(self, work: Awaitable[None]) -> None:
        """Run something beside the keys."""
        self.app.run_worker(work, group="background")

    def deliberate(self, action: Action) -> bool:
        """Whether a press may count: committing actions ignore keys of the first 300 ms (SSH-NET-07)."""
        base = self.app.base
        state = base.page.state if isinstance(base, PortalScreen) else ""
        return not commits(state, action.id) or self.app.visible_for() >= self.app.commit_delay_s


def _draws(screen: PortalScreen, page: Screen) -> bool:
    """Whether the screen is the one that draws this page's state."""
    return type(screen) is screen_class(page.state) and screen.page.state == page.state
