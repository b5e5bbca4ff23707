"""The full-screen app: themes, keys, and which view opens; the walk itself is `tui.session`'s."""

import asyncio
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from textual import events, work
from textual.filter import LineFilter
from textual.screen import Screen as TextualScreen

from client.messages.screen import Action, Screen
from client.settings import Settings
from tui import crash, deadlines, titles
from tui.announcement import Announcement, of_notice
from tui.clipboard import TerminalClipboard
from tui.cursor import TerminalCursor
from tui.glyphs import ASCII, UNICODE, AsciiOnly
from tui.key_order import KeyOrder
from tui.portal_app import PortalApp
from tui.quiet_collector import QuietCollector
from tui.screens.frame import FrameScreen
from tui.screens.portal import PortalScreen
from tui.screens.starting import StartingScreen
from tui.scrollback import IN_HISTORY
from tui.session import Connect, Session
from tui.shown_as_text import ShownAsText
from tui.styles.themes import TERMINAL, THEMES
from tui.views import OfProgram
from tui.widgets.painting import image_of

if TYPE_CHECKING:
    from textual.driver import Driver

    from client.journey import Journey

SIMPLIFIED = Announcement(
    "note", "Letters that this terminal cannot show are simplified. Exports keep them as they are."
)
COMMIT_DELAY_S = 0.3
"""Committing actions ignore keys that come sooner after the first paint (SSH-NET-07)."""


class QportalApp(KeyOrder, TerminalCursor, TerminalClipboard, ShownAsText, OfProgram, PortalApp):
    """One run of the full screen; the result is the exit code, or None after a switch to plain text."""

    CSS_PATH = "styles/app.tcss"
    TITLE = "qportal"

    def __init__(
        self,
        connect: Connect,
        settings: Settings,
        *,
        theme: str = "qportal-dark",
        color: bool = True,
        glyphs: Literal["ascii", "unicode"] = "unicode",
        client_id: str | None = None,
        settings_file: Path | None = None,
        driver: "type[Driver] | None" = None,
        journey: "Journey | None" = None,
    ) -> None:
        terminal_colors = not color or theme == TERMINAL
        super().__init__(driver_class=driver, ansi_color=True if terminal_colors else None)
        self._disable_notifications = self._disable_tooltips = True  # two widgets on every screen, never used
        self._dress(TERMINAL if terminal_colors else theme)
        self.settings = settings
        self.settings_file = settings_file
        self.glyphs = ASCII if glyphs == "ascii" else UNICODE
        self.color = color
        self.demo = False
        self.log_of_messages = []
        self.commit_delay_s = COMMIT_DELAY_S
        self.events: deque[str] = deque(maxlen=20)
        self.session = Session(self, connect, client_id, journey)
        self.last_words = ""
        """The line for standard error after a crash; empty: none."""
        self._being_left: TextualScreen[object] | None = None
        """A screen that another one is about to replace."""
        self.in_tmux = False
        """Whether a multiplexer keeps what was shown."""
        self._letters_simplified = False
        self.collector: QuietCollector | None = None
        """None: Python collects garbage when it likes."""

    def _dress(self, theme: str) -> None:
        """Offer our themes only, and have the chosen one in force before anything is drawn (TX-02)."""
        for name in list(self.available_themes):
            self.unregister_theme(name)
        for offered in THEMES.values():
            self.register_theme(offered)
        self.set_reactive(PortalApp.theme, theme)
        self.stylesheet.set_variables(self.get_css_variables())

    # Textual's hooks

    def on_resize(self) -> None:
        """Terminals move or drop text when they are resized: nothing on them is known any more."""
        image_of(self).forget()

    def get_default_screen(self) -> StartingScreen:
        """The first frame; Textual would draw an empty screen before it."""
        return StartingScreen()

    def on_mount(self) -> None:
        """Start the walk behind the first frame."""
        self.screen._push_result_callback(self.screen, None)  # as if pushed: it gives way to the first page
        self.start_session()

    @work(group="start", exclusive=True)
    async def start_session(self) -> None:
        """Connect, or try again."""
        await self.session.start()

    def get_line_filters(self) -> list[LineFilter]:
        """Textual's filters, and ASCII last where the terminal needs it."""
        filters = [*super().get_line_filters()]
        return [*filters, AsciiOnly(self._simplified)] if self.glyphs is ASCII else filters

    def _simplified(self) -> None:
        """Some letters could not be shown: that is said once (A11Y-TEXT-03)."""
        if not self._letters_simplified:
            self._letters_simplified = True
            self.call_later(self.announce, SIMPLIFIED)

    def wanted(self, event: events.Key | events.Paste) -> bool:
        """Keys count as presence, and only those typed at what is visible are taken (SSH-NET-07)."""
        self._busy()
        seen = self._visible_since
        leaving = isinstance(event, events.Key) and event.key == "ctrl+q"
        waiting = self.session.acting and not self.view_is_open and not leaving
        if waiting or seen is None or event.time < seen:
            return False
        self.session.presence.key_pressed()
        return True

    def _busy(self) -> None:
        if self.collector is not None:
            self.collector.put_off()

    def _handle_exception(self, error: Exception) -> None:
        """Textual's own traceback shows local variables; ours shows where, never what (SR-ERR-03)."""
        self._return_code = 1
        if self._exception is None:
            self.last_words = crash.write_report(getattr(error, "error", error), self.events)
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    # What the session says

    def signed_out(self, page: Screen) -> None:
        """The login has ended; `page` came in its place."""
        if self.in_tmux:
            self.in_tmux = False  # once is enough
            self.announce(*map(of_notice, page.notices), Announcement("note", IN_HISTORY))

    # What screens ask for

    @property
    def journey(self) -> "Journey":
        """The walk."""
        return self.session.journey

    @property
    def base(self) -> TextualScreen[object]:
        """The screen under all views."""
        return self.screen_stack[0]

    @property
    def view_is_open(self) -> bool:
        """Whether a view covers the page."""
        return len(self.screen_stack) > 1

    def perform(self, action: Action) -> None:
        """Carry out an action, beside the keys."""
        if self.session.deliberate(action):
            self.events.append(f"action {action.id}")
            self.run_worker(self.session.perform(action), group="act")

    def remember(self, *announcements: Announcement) -> None:
        """Keep it in the log, and ring for errors."""
        self.log_of_messages = [*self.log_of_messages[-499:], *announcements]
        if any(item.level == "error" for item in announcements):
            self.ring()

    def announce(self, *announcements: Announcement) -> None:
        """Say it on the visible screen, and keep it."""
        self.remember(*announcements)
        if isinstance(self.screen, FrameScreen):
            self.screen.say(*announcements)

    @property
    def last_said(self) -> Announcement | None:
        """The newest announcement."""
        return self.log_of_messages[-1] if self.log_of_messages else None

    def ring(self) -> None:
        """The bell, where the person asked for it (A11Y-MOTION-06)."""
        if self.settings.bell:
            self.bell()

    def end(self, code: int) -> None:
        """Leave at once, without a question (SSH-HUP-01)."""
        self.exit(code, return_code=code)

    # Visibility

    @property
    def _visible_since(self) -> float | None:
        """When the present screen was first painted; None: another one is coming, or not painted yet."""
        screen = self.screen
        if screen is self._being_left or not isinstance(screen, FrameScreen):
            return None
        return screen.painted_at

    def not_yet_visible(self) -> None:
        """Another screen is coming: keys wait for its first paint."""
        self._being_left = self.screen

    def post_display_hook(self) -> None:
        """Without a terminal (tests) nothing is painted; the moment counts all the same."""
        if self.is_headless and self.screen_stack and isinstance(self.screen, FrameScreen):
            self.screen.painting()

    def become_visible(self) -> None:
        """Called by each screen after its first paint."""
        self._busy()
        self._being_left = None
        if isinstance(self.base, PortalScreen):
            self.events.append(f"state {self.base.page.state}")
            self.set_window_title(titles.window_title(self.base.page.state))

    def visible_for(self) -> float:
        """Seconds since the visible screen was first painted."""
        seen = self._visible_since
        return 0.0 if seen is None else asyncio.get_running_loop().time() - seen

    def action_time_left(self) -> None:
        """Say what ends when; answers a standing warning (F7)."""
        if isinstance(self.base, PortalScreen):
            words = deadlines.time_left(self.base.page, self.journey.seconds_left)
            self.announce(Announcement("time", words))
