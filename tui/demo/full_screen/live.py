"""Live play in the full screen: the real terminal, the presenter's keys, captions above the bottom line."""

import asyncio
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final

from textual import events

from client.portal import Portal
from client.settings import Settings
from tui.app import Look, tell_textual
from tui.demo.conducting import Conductor, Control
from tui.demo.events import RunEnded
from tui.demo.failing import StepFailed
from tui.demo.full_screen.app import DemoApp
from tui.demo.full_screen.running import CLIENT_ID, first_page, resize
from tui.demo.full_screen.stage import FullScreenStage
from tui.demo.player import Player
from tui.demo.script import Size
from tui.driver import driver_class
from tui.quiet_collector import collecting_when_quiet
from tui.signals import ending
from tui.terminal import ASSUMED_SIZE

KEYS: Final[dict[str, Control]] = {
    "space": "pause",
    "right": "on",
    "plus": "faster",
    "minus": "slower",
    "t": "away",
    "c": "captions",
    "question_mark": "keys",
    "q": "stop",
    "ctrl+q": "stop",
    "ctrl+c": "stop",
}
RETURN: Final = frozenset({"f12", "ctrl+t"})
"""Hand the keyboard back after a take-over; `ctrl+t` also begins one in `--typist`."""
CLEAR: Final = "\x1b[0m\x1b[2J"
CONTROLS: Final = "Space pause, Right finish or one step, + - speed, t take over, c captions, q stop."
PAUSED: Final = "Paused. Space goes on, Right goes one step, ? lists the keys."
OVER: Final = "The demo is over. q leaves, t goes on by hand."


class ScreenDesk:
    """The presenter's desk in the full screen."""

    keys = CONTROLS
    paused = PAUSED
    stop_or_not = "Stop the demo? q stops it, Space goes on."
    on_or_stop = "Space goes on with the script, q stops it."

    def __init__(self, app: DemoApp, *, typist: bool) -> None:
        self._app = app
        self._typist = typist
        self._away = False
        self.control: Callable[[Control], None] = lambda control: None
        app.player_takes = self._takes

    def say(self, text: str) -> None:
        """In the bar."""
        self._app.show_remark(text)

    def hand_over(self, away: bool) -> None:
        """Keys go to the program until F12 or Ctrl+T."""
        self._away = away
        if away:
            self._app.person_types()
        else:
            self._app.script_types()

    def show_captions(self, shown: bool) -> None:
        """In the bar, or not."""
        self._app.captions_shown = shown
        self._app.show_caption(self._app.caption)

    def cover(self, covered: bool) -> None:
        """Leave the terminal as it is."""
        self._app.cover(covered)

    def _takes(self, event: events.Key) -> bool:
        if self._away:
            if event.key in RETURN:
                self.control("away")
            return event.key in RETURN
        if self._typist and event.key not in ("right", *RETURN, "ctrl+q", "ctrl+c"):
            self.control("stroke")
        elif event.key in RETURN:
            self.control("away")
        elif (control := KEYS.get(event.key)) is not None:
            self.control(control)
        return True


@dataclass(frozen=True)
class Show:
    """How a live run ended."""

    ended: RunEnded | None
    """None: the program was left before the script was over."""
    code: int
    """Exit code of the program."""
    last_words: str = ""


async def play_live(
    portal: Portal,
    settings: Settings,
    look: Look,
    make_player: Callable[[FullScreenStage, DemoApp], tuple[Player, Conductor]],
) -> Show:
    """Run the app on the terminal with a script at its keyboard."""
    tell_textual(look.color)

    async def connect() -> Portal:
        return portal

    app = DemoApp(
        connect,
        settings,
        theme=look.theme,
        color=look.color != "none",
        glyphs=look.glyphs,
        client_id=CLIENT_ID,
        driver=driver_class(lean_terminal=look.lean, show_cursor=settings.terminal_cursor),
    )
    app.animation_level = "none"
    app.player_takes = lambda event: True  # the player is not there yet; the program is not the person's
    outcome: list[RunEnded] = []
    show = asyncio.create_task(_show(app, make_player, outcome))
    try:
        with collecting_when_quiet(app), ending(app.end) as end:
            answer = await app.run_async(mouse=False)
    finally:
        show.cancel()
        with suppress(asyncio.CancelledError):
            await show
    code = end.exit_code if end.exit_code is not None else app.return_code or answer or 0
    return Show(outcome[0] if outcome else None, code, app.last_words)


async def _show(
    app: DemoApp,
    make_player: Callable[[FullScreenStage, DemoApp], tuple[Player, Conductor]],
    outcome: list[RunEnded],
) -> None:
    stage = FullScreenStage(app, partial(resize_within_window, app))
    await first_page(app, stage)
    with app._context():
        player, conductor = make_player(stage, app)
        conductor.stage = stage
        ended = await player.play()
        outcome.append(ended)
        if ended.stopped:
            app.exit(0)
            return
        app.cover(False)
        app.show_remark(OVER if ended.failure is None else f"{_why(ended)} q leaves, t goes on by hand.")
        await conductor.held()
        app.exit(0)


def _why(ended: RunEnded) -> str:
    failure = ended.failure
    number = f"Step {failure.step.number}: " if failure and failure.step else ""
    return f"{number}{failure.code if failure else ''} {failure.message if failure else ''}.".replace(
        "..", "."
    )


def resize_within_window(app: DemoApp, size: Size) -> None:
    """Use so much of the window, from its upper left corner: the window itself belongs to the presenter.

    `StepFailed` (D503) where the window is smaller than that.
    """
    columns, rows = shutil.get_terminal_size(ASSUMED_SIZE)
    if size.columns > columns or size.rows > rows:
        reason = f"this window has {columns}x{rows}; make it larger, or play the script with --headless"
        raise StepFailed("D503", action=f"resize to {size}", reason=reason)
    if app._driver is not None:
        app._driver.write(CLEAR)
    resize(app, size)
