"""What screens and widgets may expect of the app, apart from the app itself.

Screens import this and the app imports the screens, so there is no circle; a test can run one widget in a
small app of this class.
"""

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from client.messages.screen import Action
from client.settings import Settings
from tui.announcement import Announcement
from tui.glyphs import UNICODE, Glyphs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from client.journey import Journey
    from client.messages.report import ReportTable
    from tui.widgets.report_book import Bookmark


class PortalApp(App[int], inherit_bindings=False):
    """The app as its screens see it; the result is the exit code.

    Textual's own Ctrl+Q would end the program without a question.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "help_quit", show=False, system=True)]

    ENABLE_COMMAND_PALETTE = False
    NOTIFICATION_TIMEOUT: ClassVar[float] = 5

    settings: Settings = Settings()
    """The person's preferences; replaced as a whole when one changes."""
    glyphs: Glyphs = UNICODE
    demo: bool = False
    """Whether the server has the demo flag: simulated phone and demo accounts exist."""
    save_to: str = ""
    """Where the next finished file goes, as typed."""
    saved_file: str = ""
    """Id of the download that was saved last."""
    bookmark: "Bookmark | None" = None
    """Where the person was in the last report."""
    log_of_messages: list[Announcement]
    """Everything that was said, oldest first (A11Y-TIME-08)."""

    @property
    def single_keys(self) -> bool:
        """Whether shortcuts of one printable character work (A11Y-KEY-08)."""
        return self.settings.single_keys

    @property
    @abstractmethod
    def journey(self) -> "Journey":
        """The walk; only screens that show a portal state may ask for it."""

    @abstractmethod
    def perform(self, action: Action) -> None:
        """Carry out an action of the present portal screen: ask, send, show the answer."""

    @abstractmethod
    def remember(self, *announcements: Announcement) -> None:
        """Keep in the log what a screen says by itself."""

    @abstractmethod
    def announce(self, *announcements: Announcement) -> None:
        """Say something in the status region of the visible screen and keep it in the log."""

    @abstractmethod
    def send_to_clipboard(self, text: str) -> Announcement:
        """Send text to the terminal's clipboard; what to say about it (SSH-CLIP-03)."""

    @abstractmethod
    async def show_as_text(self, table: "ReportTable") -> None:
        """Print a table outside the full screen, and come back at Enter (A11Y-COPY-02)."""

    @abstractmethod
    def change_setting(self, key: str, word: str) -> None:
        """Change one preference for now and for later starts."""

    def compose_above_keys(self) -> "Iterable[Widget]":
        """What stands between the body and the bottom line of every screen."""
        return ()

    def become_visible(self) -> None:
        """Called by each screen after its first paint; keys typed before it are not for it (SSH-NET-07)."""
