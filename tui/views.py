"""Which view opens on which key, and the program's own entries of the Actions menu."""

from abc import abstractmethod
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.binding import Binding

from client.messages.screen import Action
from client.settings import preference, save
from tui import keys
from tui.announcement import Announcement
from tui.portal_app import PortalApp
from tui.screens.frame import FrameScreen
from tui.screens.portal import PortalScreen

if TYPE_CHECKING:
    from tui.screens.view import View
    from tui.session import Session


def local(action_id: str, label: str) -> Action:
    """An action of the program itself."""
    return Action(id=action_id, label=label, local=True)


QUIT = local("quit", "Quit")


class OfProgram(PortalApp):
    """The parts of the app that belong to no page: views, preferences, leaving."""

    session: "Session"
    color: bool
    settings_file: Path | None

    @abstractmethod
    def not_yet_visible(self) -> None:
        """A new screen is coming: keys wait for its first paint."""

    @abstractmethod
    def start_session(self) -> object:
        """Connect, or try again."""

    @property
    def page_screen(self) -> PortalScreen | None:
        """The screen of the present page; None before the portal answered."""
        base = self.screen_stack[0]
        return base if isinstance(base, PortalScreen) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that lead nowhere now are neither shown nor bound (S-10)."""
        match action, parameters:
            case "open_single", _:
                return self.single_keys and self.page_screen is not None
            case "open", ("outbox",):
                return self.demo and self.page_screen is not None
            case "open", _:
                return self.page_screen is not None
            case (("time_left" | "plain_text"), _):
                return self.session.started
            case _:
                return True

    def action_open(self, name: str) -> None:
        """Open a view; one that is open already gives way."""
        self.open_view(name)

    def action_open_single(self, name: str) -> None:
        """The same, for a shortcut of one printable character (A11Y-KEY-08)."""
        self.open_view(name)

    def action_ask_quit(self) -> None:
        """Ask, then leave."""
        self.perform(QUIT)

    def action_help_quit(self) -> None:
        """Ctrl+C ends nothing; it says what does (A11Y-KEY-04)."""
        self.announce(Announcement("note", "Ctrl+Q quits the program, after a question."))

    def action_plain_text(self) -> None:
        """Go on line by line with the same walk (A11Y-MODE-06)."""
        self.exit(None)

    def open_view(self, name: str) -> None:
        """Show a view until it closes, then what it asked for."""
        page_screen = self.page_screen
        if page_screen is not None:
            self.not_yet_visible()
            self.run_worker(self._show_view(name, page_screen), group="view", exclusive=True)

    async def _show_view(self, name: str, page_screen: PortalScreen) -> None:
        await self.close_views()
        chosen = await self.push_screen_wait(self._view(name, page_screen))
        await self.session.view_closed()
        if isinstance(chosen, Action):
            self.perform(chosen)

    def _view(self, name: str, page_screen: PortalScreen) -> "View[Any]":
        """Imported when asked for: no view belongs to the first frame."""
        own = page_screen.own_view(name)
        if own is not None:
            return own
        match name:
            case "help":
                from tui.screens.help import HelpView

                return HelpView(page_screen.page, bindings_of(page_screen))
            case "actions":
                from tui.screens.actions_menu import ActionsMenu

                return ActionsMenu(page_screen.own_actions(), self._entries())
            case "outbox":
                from tui.screens.outbox import OutboxView

                return OutboxView()
            case "personas":
                from tui.screens.personas import PersonasView

                return PersonasView()
            case "messages":
                from tui.screens.message_log import MessageLog

                return MessageLog()
            case _:
                from tui.screens.settings import SettingsView

                return SettingsView(themes=self.color)

    async def close_views(self) -> None:
        """Back to the page."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()

    def _entries(self) -> list[Action]:
        """The program's own entries of the Actions menu."""
        entries = [
            local("help_view", "Help for this screen"),
            local("read_again", "Read this screen again"),
            local("messages", "Messages"),
            local("time_left", "Time left"),
            local("settings", "Settings"),
            local("plain_text", "Plain text"),
            QUIT,
        ]
        if self.demo:
            entries.insert(0, local("outbox", "Simulated phone and mailbox"))
        present = {action.id for action in self.page_screen.page.actions} if self.page_screen else set()
        return [entry for entry in entries if entry.id not in present]

    async def perform_locally(self, action_id: str) -> None:
        """Actions that need no call."""
        match action_id:
            case "quit":
                self.exit(0)
            case "outbox" | "personas" | "messages" | "settings":
                self.open_view(action_id)
            case "actions_menu":
                self.open_view("actions")
            case "help_view":
                self.open_view("help")
            case "retry":
                self.start_session()
            case "read_again":
                if self.page_screen is not None:
                    self.page_screen.action_read_again()
            case "time_left" | "plain_text":
                await self.run_action(action_id)
            case _:
                if self.page_screen is not None:
                    await self.page_screen.perform_locally(action_id)

    def change_setting(self, key: str, word: str) -> None:
        """Change a preference now, and for later starts where there is a settings file."""
        value = preference(key).parse(word)
        self.settings = replace(self.settings, **{key: value})  # type: ignore[arg-type]
        if key == "theme":
            self.theme = word
        if self.settings_file is not None:
            save(self.settings_file, key, word)
        self.announce(Announcement("done", f"{preference(key).meaning}: {word}."))


def bindings_of(screen: FrameScreen[Any]) -> list[Binding]:
    """Every key that works on a screen; keys that do the same share an entry (A11Y-HELP-03)."""
    found: dict[str, Binding] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        known = found.get(binding.action)
        if binding.description:
            found[binding.action] = known.with_key(f"{known.key},{binding.key}") if known else binding
    everywhere = {binding.action for binding in keys.FRAME}
    return sorted(found.values(), key=lambda binding: binding.action not in everywhere)
