"""Drive the app as a person does: open it on a page, press keys, read the characters on the screen."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from textual.pilot import Pilot
from textual.widget import Widget

from client.messages.screen import Screen
from client.settings import Settings
from tests.tui.fakes import Reply, ScriptedPortal, app_on
from tui.full_screen import QportalApp
from tui.screens.confirm import ConfirmView
from tui.screens.portal import PortalScreen
from tui.screens.starting import UnreachableView

WORK = ("start", "act", "view", "report", "background")
"""Worker groups that end by themselves; `follow` and open views do not."""


def lines_of(app: QportalApp) -> list[str]:
    """The characters on the screen, row by row."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


@dataclass
class Driven:
    """A running app, and the portal behind it."""

    app: QportalApp
    portal: ScriptedPortal
    pilot: Pilot[Any]

    async def settle(self) -> None:
        """Wait until answers have come and been drawn."""
        await self.pilot.pause()
        for _ in range(400):
            if self._at_rest():
                break
            await asyncio.sleep(0.005)
        await self.pilot.pause()

    def _at_rest(self) -> bool:
        working = any(worker.group == "act" and worker.is_running for worker in self.app.workers)
        asked = isinstance(self.app.screen, ConfirmView | UnreachableView)
        return self.app._visible_since is not None and (asked or not working)

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other, each after the last one has had its effect."""
        await self.settle()
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type text."""
        await self.pilot.press(*text)
        await self.pilot.pause()

    @property
    def text(self) -> str:
        """All characters on the screen."""
        return "\n".join(lines_of(self.app))

    @property
    def words(self) -> str:
        """The screen's words with single spaces: line breaks do not matter."""
        return " ".join(self.text.split())

    async def until(self, words: str, tries: int = 500) -> None:
        """Wait for words that stay on the screen: while views change they come and go."""
        for _ in range(tries):
            there = words in self.words
            await self.pilot.pause(0.02)
            if there and words in self.words:
                return
        raise AssertionError(f"{words!r} never came:\n{self.text}")

    @property
    def focused(self) -> str:
        """Id of the focused widget."""
        return (self.app.focused.id or "") if self.app.focused else ""

    @property
    def page(self) -> Screen:
        """The page that is drawn."""
        base = self.app.base
        assert isinstance(base, PortalScreen)
        return base.page

    def field(self, field_id: str) -> Any:
        """The control of a field."""
        return self.app.screen.query_one(f"#field-{field_id}")

    def stops(self) -> list[Widget]:
        """Focus stops in Tab order."""
        return list(self.app.screen.focus_chain)

    @property
    def said(self) -> list[str]:
        """Everything that was said so far."""
        return [item.plain() for item in self.app.log_of_messages]

    @property
    def actions(self) -> list[str]:
        """Actions that the portal received."""
        return [act.action for act in self.portal.acts]


@asynccontextmanager
async def driven(
    page: Screen,
    script: dict[str, Reply] | None = None,
    *,
    size: tuple[int, int] = (80, 24),
    settings: Settings | None = None,
    portal: ScriptedPortal | None = None,
    **options: Any,
) -> AsyncIterator[Driven]:
    """The app, opened on a page."""
    portal = portal or ScriptedPortal(page, script)
    app = app_on(portal, settings=settings, **options)
    async with app.run_test(size=size, headless="driver" not in options) as pilot:
        running = Driven(app, portal, pilot)
        for _ in range(400):
            await pilot.pause(0.005)
            if isinstance(app.base, PortalScreen) and app._visible_since is not None:
                break
        await running.settle()
        yield running
