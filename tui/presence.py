"""Whether the person is there: time warnings, what answers them, and the lock (SR-SESS-06, SR-SESS-07).

The portal alone decides when a login is locked. The client warns at the seconds the portal names, tells it
that keys are pressed, and covers the work at its own idle limit, because the portal's lock comes up to 15 s
later.
"""

import asyncio
from typing import TYPE_CHECKING

from textual.timer import Timer

from client.errors import PortalError
from client.messages.screen import Screen
from tui import deadlines
from tui.announcement import Announcement, of_error
from tui.screens.portal import PortalScreen

if TYPE_CHECKING:
    from tui.session import Session

LOCKED = "S-REAUTH"
LOCK_TOLERANCE_S = 16.0
"""The server locks up to 15 s after the client's idle limit (X-12)."""


class Presence:
    """Timers of the present page, and the keys that answer them."""

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._app = session.app
        self._timers: list[Timer] = []
        self.warned = False
        """Whether an idle warning stands; the next key answers it (A11Y-TIME-01)."""
        self._covered = False
        """Whether the work is covered until the portal has locked it."""

    def watch(self, page: Screen, *, quietly: bool = False) -> None:
        """Set the timers of a page: warnings, ends, the background read; `quietly` keeps a warning."""
        for timer in self._timers:
            timer.stop()
        self._timers = [
            self._app.set_timer(due.in_s, lambda due=due: self._due(due))
            for due in deadlines.schedule(page, self._session.journey.seconds_left)
        ]
        if page.refresh_s is not None:
            read = self._app.set_timer(
                max(1, page.refresh_s), lambda: self._session.in_background(self._read())
            )
            self._timers.append(read)
        self.warned = self.warned and quietly
        self._covered = False

    def _due(self, due: deadlines.Due) -> None:
        kind = due.deadline.kind
        if due.before_s:
            self.warned = self.warned or kind == "idle"
            self._app.announce(Announcement("time", deadlines.warning_text(due)))
            self._app.ring()
        elif kind == "idle":
            self._session.in_background(self._lock())
        elif kind == "code":
            self._app.announce(Announcement("time", "The security code has expired. Send a new one."))
        else:
            self._session.in_background(self._read())

    def key_pressed(self) -> None:
        """Somebody is there: answers a warning at once, and tells the portal once a minute (W-5)."""
        if self._covered:
            return  # past the limit: only the password helps
        if self.warned:
            self.warned = False
            self._session.in_background(self._stay())
        elif self._session.started and self._session.journey.activity_due():
            self._session.in_background(self._note_activity())

    async def _stay(self) -> None:
        """Extend the idle limit by one real request."""
        try:
            page = await self._session.journey.stay_active()
        except PortalError as error:
            self._app.announce(of_error(error))
            return
        await self._session.show_quietly(page)
        if page.state != LOCKED:
            self._app.announce(Announcement("done", "You stay signed in."))

    async def _note_activity(self) -> None:
        page = await self._session.journey.note_activity()
        if page is not None:
            await self._session.show_quietly(page)

    async def _read(self) -> None:
        try:
            page = await self._session.journey.refresh(background=True)
        except PortalError as error:
            self._app.announce(of_error(error))
            return
        await self._session.show_quietly(page)

    async def _lock(self) -> None:
        """Cover the work now; the portal's own lock follows within its tolerance."""
        base = self._app.base
        if not isinstance(base, PortalScreen):
            return
        base.keep_typed()
        await self._app.close_views()
        from tui.screens.lock import LockCover  # the first frame waits for no form

        self._covered = True
        await self._app.switch_screen(LockCover(base.page))
        page = base.page
        for pause in (0.0, LOCK_TOLERANCE_S, LOCK_TOLERANCE_S):
            await asyncio.sleep(pause)
            try:
                page = await self._session.journey.refresh(background=True)
            except PortalError as error:
                self._app.announce(of_error(error))
                continue
            if page.state != base.page.state:
                break
        await self._session.show(page)
