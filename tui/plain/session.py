"""The walk in plain mode: show the screen, ask, act, say what came of it, and again.

The session knows no state of the workflow; what differs between screens follows from what the Screen carries
(fields, a picker's table, a report). The only names it knows are ids that portal-flow fixes for every client.
"""

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from typing import Final, NoReturn

from client.journey import BUSY
from client.messages.screen import Action, Confirm, Download, FieldValue, Screen
from tui.commitments import way_back
from tui.plain.announcer import COMMANDS_HELP, FIRST_HELP, notice_lines, problem_lines, screen_lines
from tui.plain.commands import Invoked
from tui.plain.commitments import COMMITMENTS
from tui.plain.durations import scenario_date
from tui.plain.endings import Ended, Leave, Moved
from tui.plain.errands import Errands
from tui.plain.grammar import Label
from tui.plain.outcomes import outcome, phrase
from tui.plain.picker import ShowActions, is_picker
from tui.plain.reaching import reach
from tui.plain.report_reader import ReportReader
from tui.plain.running import RunningReport
from tui.plain.saving import Target, export_folder, save_download
from tui.plain.talk import Talk
from tui.plain.views import SaveSetting
from tui.plain.visit import Visit, choose_action

ANYWHERE: Final = ("help", "logout")
"""Actions that the portal takes on every screen (TR-00, TR-23)."""

LOG_OUT: Final = Confirm(title="Log out", text="You will be signed out.", yes="Log out", no="Stay")


class Session:
    """One run of plain mode; `run` ends by `Ended` alone."""

    def __init__(self, talk: Talk, *, save_setting: SaveSetting | None = None) -> None:
        self._talk = talk
        self._journey = talk.journey
        self._visit: Visit | None = None
        self._errands = Errands(talk, lambda: self._visit, save_setting)
        self._said_before: frozenset[str] = frozenset()
        self._told_date: date | None = None
        self._first = True
        self._target: Target | None = None
        self._read: ReportReader | None = None
        """The report that was read last, with the place in it."""
        self._saved = ""
        """Id of the download that was saved last."""

    @property
    def reader(self) -> ReportReader | None:
        """The report that was read last, at its place; None before there was one."""
        return self._read

    async def run(self) -> NoReturn:
        """Walk until the person or the input ends it."""
        while not self._journey.started:
            await self._connect()
        self._talk.everywhere = self._errands.commands
        while True:
            try:
                await self._turn()
            except Moved:
                self._visit = None
            except Leave as leave:
                await self._obey_all(leave.command)

    async def _connect(self) -> None:
        """Get the first screen; before it there is nothing that a command could work on."""
        try:
            if not await reach(self._talk, self._journey.start, "connecting"):
                raise Ended(1, "Error: the portal did not open.")
        except Leave as leave:
            if leave.command.name == "quit":
                raise Ended(0) from None

    # One turn

    async def _turn(self) -> None:
        screen = self._journey.screen
        if screen.state == BUSY:
            await RunningReport(self._talk).follow()
            if self._journey.screen.state != BUSY:
                self._say_outcome(screen, "", self._journey.screen)
            return
        if screen.download is not None and screen.download.file_id != self._saved:
            await self._save(screen.download)
        self._errands.demo = self._errands.demo or screen.action("outbox") is not None
        visit = self._arrive(screen)
        action, values = await self._decide(visit, screen)
        await self._perform(action, values)

    def _arrive(self, screen: Screen) -> Visit:
        """Say what is new: the whole screen on arrival, errors and notices while it stays."""
        visit = self._visit
        if visit is None or visit.state != screen.state:
            visit = self._visit = Visit.of(self._talk)
            self._announce(screen)
        elif visit.token != screen.step_token:
            self._say_news(visit, screen)
        self._talk.screen_shown()
        visit.token = screen.step_token
        visit.said |= {notice.text for notice in screen.notices}
        self._said_before = frozenset()
        return visit

    def _announce(self, screen: Screen) -> None:
        self._talk.new_screen()
        self._talk.lines(list(screen_lines(screen, said=self._said_before)))
        if screen.errors:
            self._talk.ring()
        if screen.clock.business_now.date() != self._told_date:
            self._told_date = screen.clock.business_now.date()
            self._talk.say(Label.TIME, scenario_date(screen.clock))
        if self._first:
            self._first = False
            self._talk.line(FIRST_HELP)
        elif self._talk.settings.announce == "verbose":
            self._talk.line(COMMANDS_HELP)

    def _say_news(self, visit: Visit, screen: Screen) -> None:
        self._talk.lines(list(problem_lines(screen.errors)))
        if screen.errors:
            self._talk.ring()
            visit.form.reopen(screen.errors)
        known = visit.said | self._said_before
        self._talk.lines(list(notice_lines(n for n in screen.notices if n.text not in known)))

    async def _decide(self, visit: Visit, screen: Screen) -> tuple[str, Mapping[str, FieldValue]]:
        """The action to carry out and the values to send with it."""
        if screen.report is not None:
            await self._read_report(visit)
            return await choose_action(self._talk, screen), {}
        asked = await visit.form.fill()
        if is_picker(screen):
            try:
                step = await visit.picker.turn()
            except ShowActions:
                asked = False
            else:
                return step.action, {**visit.form.kept_values, **step.values}
        primary = screen.primary
        if asked and primary is not None and self._runs_at_once(screen, primary):
            return primary.id, visit.form.values
        action_id = await choose_action(self._talk, screen)
        return action_id, visit.values_for(screen, action_id)

    async def _read_report(self, visit: Visit) -> None:
        if visit.report is None:
            visit.report = await self._reader()
            if visit.report is not None:
                await visit.report.read()

    async def _reader(self) -> ReportReader | None:
        """The reader of the present report; at its place if the person comes back from a download."""
        reference = self._journey.screen.report
        if self._read is not None and reference is not None and self._read.report_id == reference.id:
            self._read.resume()
            return self._read
        self._read = await ReportReader.fetch(self._talk)
        if self._read is not None:
            await self._read.begin()
        return self._read

    def _runs_at_once(self, screen: Screen, primary: Action) -> bool:
        """After the last field, unless it binds or the person wants the list always (A11Y-PLAIN-13)."""
        free = (screen.state, primary.id) not in COMMITMENTS
        return free and primary.enabled and self._talk.settings.confirm == "important"

    # Carrying out

    async def _perform(self, action_id: str, values: Mapping[str, FieldValue]) -> None:
        if action_id in self._errands.actions:
            await self._errands.actions[action_id]()
            return
        self._talk.stay_put()
        action = self._journey.screen.action(action_id)
        if action is None and action_id not in ANYWHERE:
            self._no_such_action(action_id)
        elif action is not None and not action.enabled:
            reason = (action.reason or "not now").rstrip(".")
            self._talk.error(f"{action.label} is not available: {reason}", "type /actions for the list")
        elif await self._confirmed(action_id, action):
            await self._act(action_id, values)

    async def _confirmed(self, action_id: str, action: Action | None) -> bool:
        confirm = action.confirm if action is not None else None
        if confirm is None and action_id == "logout":
            confirm = LOG_OUT
        return confirm is None or await self._talk.confirmed(confirm)

    async def _act(self, action_id: str, values: Mapping[str, FieldValue]) -> None:
        before = self._journey.screen
        answered = await reach(self._talk, lambda: self._journey.act(action_id, values), phrase(action_id))
        after = self._journey.screen
        if self._visit is not None:
            self._target = self._visit.form.target
            self._visit.form.wipe()
            if answered and not after.errors:
                self._visit.picker.carried_out(action_id)
        if answered and after.state != BUSY:
            self._say_outcome(before, action_id, after)

    def _say_outcome(self, before: Screen, action_id: str, after: Screen) -> None:
        came = outcome(before, action_id, after)
        self._talk.lines(came.lines)
        self._said_before = came.said

    async def _save(self, download: Download) -> None:
        """A finished file waits: write it where the form said, else into the export folder (W-7)."""
        self._saved = download.file_id
        target = self._target or Target(export_folder(self._talk).named(download.name))
        await save_download(self._talk, download, target)

    # Commands that leave a prompt

    async def _obey_all(self, command: Invoked) -> None:
        """Carry a command out, and those typed at its own questions instead of an answer."""
        pending: Invoked | None = command
        while pending is not None:
            try:
                await self._obey(pending)
                pending = None
            except Leave as leave:
                pending = leave.command
            except Moved:
                self._visit = pending = None

    async def _obey(self, command: Invoked) -> None:
        screen = self._journey.screen
        match command:
            case Invoked("quit"):
                await self._errands.quit()
            case Invoked("do", action_id):
                await self._do(action_id)
            case Invoked("back"):
                await self._go_back(screen)
            case Invoked("logout") if screen.login is None:
                self._talk.error("you are not signed in", "choose Login, or /quit")
            case Invoked(name):
                await self._do(name)

    async def _do(self, action_id: str) -> None:
        values = {} if self._visit is None else self._visit.values_for(self._journey.screen, action_id)
        await self._perform(action_id, values)

    async def _go_back(self, screen: Screen) -> None:
        way = way_back(screen)
        if way is None:
            self._talk.error("there is nothing to go back to", "type /actions for what can be done")
        else:
            await self._do(way.id)

    def _no_such_action(self, action_id: str) -> None:
        ids = [action.id for action in self._journey.screen.actions]
        near = get_close_matches(action_id, ids, n=1)
        nearest = f" The nearest is {near[0]}." if near else ""
        self._talk.error(f"there is no such action here.{nearest}", "type /actions for the list")
