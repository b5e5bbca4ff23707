"""What the client does without the portal: commands inside any prompt, and the `local` actions of a screen.

Both are tables of name and function. A command returns to the prompt it was typed at; a local action returns
to its screen. Neither knows the workflow.
"""

from collections.abc import Awaitable, Callable, Mapping

from client.errors import PortalError
from tui.plain.announcer import screen_lines
from tui.plain.commands import Invoked
from tui.plain.endings import Ended, Leave
from tui.plain.helping import screen_help
from tui.plain.outcomes import SWITCH_TO_FULL_SCREEN
from tui.plain.picker import is_picker
from tui.plain.report_reader import ReportReader
from tui.plain.table_reader import TableReader
from tui.plain.talk import Talk
from tui.plain.views import (
    SaveSetting,
    change_setting,
    personas_lines,
    personas_table,
    say_time,
    settings_lines,
    show_outbox,
)
from tui.plain.visit import Visit, choose_action


class Errands:
    """The client's own commands and actions; `visit` answers the present stay."""

    def __init__(
        self, talk: Talk, visit: Callable[[], Visit | None], save_setting: SaveSetting | None
    ) -> None:
        self._talk = talk
        self._visit = visit
        self._save_setting = save_setting
        self.demo = False
        """Whether the portal has shown its demo views."""
        self.commands: Mapping[str, Callable[[str], Awaitable[None]]] = {
            "help": self._help,
            "repeat": self._repeat,
            "actions": self._actions,
            "time": self._time,
            "outbox": self._outbox_if_demo,
            "settings": self._settings,
            "full": self._full,
        }
        self.actions: Mapping[str, Callable[[], Awaitable[None]]] = {
            "quit": self.quit,
            "outbox": self._outbox,
            "personas": self._personas,
            "next_table": self._next_table,
            "prev_table": self._prev_table,
            "find": self._find,
            "expand": self._expand,
        }

    # Commands

    async def _help(self, _: str) -> None:
        journey = self._talk.journey
        reading = journey.screen.report is not None or is_picker(journey.screen)
        self._talk.lines(list(screen_help(journey.screen, journey.offer(), reading=reading, demo=self.demo)))

    async def _repeat(self, _: str) -> None:
        screen, visit = self._talk.journey.screen, self._visit()
        self._talk.lines(list(screen_lines(screen)))
        say_time(self._talk)
        if visit is not None and is_picker(screen):
            visit.picker.repeat()
        if visit is not None and visit.report is not None:
            visit.report.repeat()

    async def _actions(self, _: str) -> None:
        try:
            action_id = await choose_action(self._talk, self._talk.journey.screen)
        except Leave as leave:
            if leave.command.name == "back":
                return
            raise
        raise Leave(Invoked("do", action_id))

    async def _time(self, _: str) -> None:
        say_time(self._talk)

    async def _settings(self, argument: str) -> None:
        if argument:
            change_setting(self._talk, argument, self._save_setting)
        else:
            self._talk.lines(settings_lines(self._talk))

    async def _full(self, _: str) -> None:
        if self._talk.console.interactive:
            raise Ended(SWITCH_TO_FULL_SCREEN)
        self._talk.error("the full screen needs a terminal", "start qportal in a terminal")

    async def _outbox_if_demo(self, _: str) -> None:
        if self.demo:
            await self._outbox()
        else:
            self._talk.error("this portal has no simulated phone", "type ? for what can be done here")

    # Actions

    async def quit(self) -> None:
        """Ask, then end."""
        action = self._talk.journey.screen.action("quit")
        if action is not None and action.confirm is not None:
            confirmed = await self._talk.confirmed(action.confirm)
        else:
            confirmed = await self._talk.confirmed_quit()
        if confirmed:
            raise Ended(0)

    async def _outbox(self) -> None:
        await show_outbox(self._talk)

    async def _personas(self) -> None:
        try:
            personas = await self._talk.working(self._talk.journey.personas(), "reading the list")
        except PortalError as error:
            self._talk.failure(error)
            return
        self._talk.lines(personas_lines(personas))
        after = "All accounts read. Enter to go on, /find TEXT, /row N:"
        reader = TableReader(self._talk, personas_table(personas), after=after, after_brief="Enter to go on:")
        reader.open()
        try:
            await reader.converse()
        except Leave as leave:
            if leave.command.name != "back":
                raise

    async def _next_table(self) -> None:
        report = self._report
        if report is not None and not await report.next_table():
            self._talk.error("this is the last table", "choose another action")
        elif report is not None:
            await report.read()

    async def _prev_table(self) -> None:
        if (report := self._report) is not None:
            await report.prev_table()
            await report.read()

    async def _find(self) -> None:
        if (report := self._report) is not None:
            await report.find()
            await report.read()

    async def _expand(self) -> None:
        if (report := self._report) is not None:
            await report.expand()
            await report.read()

    @property
    def _report(self) -> ReportReader | None:
        visit = self._visit()
        return None if visit is None else visit.report
