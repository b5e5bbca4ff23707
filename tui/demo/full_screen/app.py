"""The app as demos run it: the same screens and keys, and a bar for captions above the bottom line (14.1).

Keys of the script are posted where the terminal's driver posts those of a person, and are known by being
posted here; while a script plays live, all other keys belong to the player. No full TIN is painted, whoever
types it (DEMO-RUN-06).
"""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from rich.console import Console
from textual import events
from textual._compositor import CompositorUpdate
from textual.content import Content
from textual.keys import _character_to_key
from textual.screen import Screen as TextualScreen
from textual.widget import Widget
from textual.widgets import Static

from tui.announcement import Announcement
from tui.demo.full_screen.picture import picture_of
from tui.demo.full_screen.pressed import PressedKeys
from tui.full_screen import COMMIT_DELAY_S, QportalApp
from tui.screens.frame import FrameScreen
from tui.widgets.entry import Entry
from tui.widgets.painting import image_of
from tui.widgets.wrapping import wrapped

BAR_ROWS = 2
ROOMY_FROM = 26
"""Rows from which the bar stands beside the status region; below, it takes that region's place."""


class CaptionBar(Static):
    """Two rows of narration."""

    DEFAULT_CSS = f"""
    CaptionBar {{
        display: none; width: 100%; height: {BAR_ROWS}; padding: 0 1;
        background: $panel; color: $foreground; text-style: bold;
    }}
    CaptionBar.-shown {{ display: block; }}
    """

    def __init__(self) -> None:
        super().__init__(id="caption", markup=False)

    def on_mount(self) -> None:
        """A screen that opens under a caption shows it from its first paint."""
        self._show_due()

    def _show_due(self) -> None:
        if isinstance(self.app, DemoApp):
            self.show(self.app.bar_text, self.app.bar_keys)

    def show(self, text: str, keys: str = "") -> None:
        """Show a caption, cut where it is longer than the bar, and pressed keys below it; empty: nothing."""
        room, width = BAR_ROWS - bool(keys), self.app.size.width
        lines = wrapped(text, max(1, width - 2)) if text else []
        if len(lines) > room:
            lines = [*lines[: room - 1], f"{lines[room - 1][: width - 6]} ..."]
        lines += [keys] if keys else []
        self.set_class(bool(lines), "-shown")
        self.update(Content("\n".join(lines)))
        for row in self.screen.query("#status-row"):
            row.display = not lines or self.app.size.height >= ROOMY_FROM

    def on_resize(self) -> None:
        """Other lines fit."""
        self._show_due()


class MaskedPaint(CompositorUpdate):
    """Writes to the terminal what recordings show as well: a full TIN as stars and its last four digits."""

    def __init__(self, app: "DemoApp") -> None:
        self._app = app

    def render_segments(self, console: Console) -> str:
        """What is written: cells that differ from what the terminal shows."""
        app = self._app
        if isinstance(app.screen, FrameScreen):
            app.screen.painting()
        image = image_of(app)
        image.fit(*app.size)
        rows = ((0, y, iter(row)) for y, row in enumerate(picture_of(app).rows))
        return image.show(rows, console._color_system)


class DemoApp(QportalApp):
    """One run of the full screen under a script."""

    CSS_PATH: ClassVar[Any] = "../../styles/app.tcss"

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.caption = ""
        """Narration of the script; empty: none."""
        self.remark = ""
        """What the player itself says, in the narration's place; empty: nothing."""
        self.captions_shown = True
        self.pressed: PressedKeys | None = None
        """Keys of the step, where the script wants them shown (`record.keys`)."""
        self.covered = False
        """Whether nothing is painted: steps that are not to be seen are performed (14)."""
        self.player_takes: Callable[[events.Key], bool] | None = None
        """Live: takes a key of the person, answers whether it is the player's. None: nobody types."""
        self._scripted: list[events.Key] = []
        self.script_types()

    # Keys

    def script_types(self) -> None:
        """The script types; it never types ahead, so nothing has to be kept from binding."""
        self.commit_delay_s = 0.0

    def person_types(self) -> None:
        """A person types: committing actions ignore keys of the first moment again (SSH-NET-07)."""
        self.commit_delay_s = COMMIT_DELAY_S

    def press_key(self, key: str) -> None:
        """One key of the script: a name of Textual's, or a character."""
        if len(key) == 1:
            self._post(events.Key(_character_to_key(key), key))
        else:
            self._post(events.Key(key, None))

    def _post(self, event: events.Key) -> None:
        event.set_sender(self)
        self._scripted.append(event)
        self.post_message(event)

    async def on_event(self, event: events.Event) -> None:
        """Keys of the script go to the program; other keys to the player while there is one."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            if any(event is scripted for scripted in self._scripted):
                self._scripted = [other for other in self._scripted if other is not event]
            elif self.player_takes is not None and self.player_takes(event):
                return
        elif isinstance(event, events.Paste) and self.player_takes is not None:
            return
        await super().on_event(event)

    # Captions

    def compose_above_keys(self) -> Iterable[Widget]:
        """The bar."""
        yield CaptionBar()

    def show_caption(self, text: str) -> None:
        """Show a caption on whatever screen there is; empty: take it away."""
        self.caption = text
        self._show_bar()

    def show_remark(self, text: str) -> None:
        """Say something as the player; empty: the narration comes back."""
        self.remark = text
        self._show_bar()

    @property
    def bar_text(self) -> str:
        """What the bar says; empty: it is away."""
        return self.remark or (self.caption if self.captions_shown else "")

    @property
    def bar_keys(self) -> str:
        """Keys that the bar tells; where it would cover words of the portal, they are worth more."""
        if self.pressed is None or self.remark or not self.captions_shown:
            return ""
        return "" if self._covers_words and not self.caption else self.pressed.words(self.size.width - 2)

    @property
    def _covers_words(self) -> bool:
        """Whether a bar would stand in the place of something that the portal says."""
        screen = self.screen
        return isinstance(screen, FrameScreen) and bool(screen.status.said) and self.size.height < ROOMY_FROM

    def forget_keys(self, *, shown: bool) -> None:
        """A step begins, whose keys are shown or not."""
        self.pressed = PressedKeys() if shown else None
        self._show_bar()

    def tell_key(self, key: str, *, typed: bool = False) -> None:
        """A key of the script was pressed: a name, or one character of a text (`typed`)."""
        if self.pressed is None:
            return
        secret = isinstance(self.focused, Entry) and self.focused.secret
        if typed:
            self.pressed.character(key, secret=secret)
        else:
            self.pressed.key(key, secret=secret)
        self._show_bar()

    def _show_bar(self) -> None:
        for bar in self.screen.query(CaptionBar):
            bar.show(self.bar_text, self.bar_keys)
        if isinstance(self.screen, FrameScreen):
            self.screen.call_after_refresh(self.screen.reveal_focus)

    def yield_to_status(self) -> bool:
        """Let words of the portal stand where a caption was read in a low window; whether it went."""
        yields = self._covers_words and (bool(self.caption) or self.pressed is not None)
        if yields:
            self.show_caption("")
        return yields

    def cover(self, covered: bool) -> None:
        """Stop painting, or paint everything anew."""
        if self.covered != covered:
            self.covered = covered
            if not covered:
                image_of(self).forget()
                self.screen.refresh()

    def _display(self, screen: TextualScreen[Any], renderable: Any) -> None:
        """Nothing reaches the terminal while covered; the moment of the first paint counts all the same."""
        if self.covered:
            if isinstance(screen, FrameScreen):
                screen.painting()
            return
        masked: Any = renderable
        if isinstance(renderable, CompositorUpdate) and not self.is_headless:
            masked = MaskedPaint(self)
        super()._display(screen, masked)

    def announce(self, *announcements: Announcement) -> None:
        """As ever, without the words about waiting: how long a machine takes is not part of a demo."""
        super().announce(*(item for item in announcements if item.level != "working"))
