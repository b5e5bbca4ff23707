"""Live play in plain mode: lines for a reader, never an escape sequence, one pause a step (14.1).

The presenter answers at the player's own `--` line; between two of them a line that is typed works at once.
After `t` lines go to the program until `/resume`.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Final, TextIO

from client.portal import Portal
from client.settings import Settings
from tui.demo.clock import VirtualClock
from tui.demo.conducting import Conductor, Control
from tui.demo.events import PrintedKind, RunEnded
from tui.demo.plain.running import conversation
from tui.demo.plain.stage import PlainStage
from tui.demo.player import Player
from tui.demo.script import Size
from tui.plain.console import EndOfInput, Entered, Event, Interrupted
from tui.plain.terminal import TerminalConsole

LINES: Final[dict[str, Control]] = {
    "": "pause",
    "n": "on",
    "+": "faster",
    "-": "slower",
    "t": "away",
    "c": "captions",
    "?": "keys",
    "q": "stop",
}
RESUME: Final = "/resume"
CONTROLS: Final = (
    "Enter alone goes on or pauses, n one step, t take over until /resume, c captions on or off, q stop."
)
PROMPT: Final = "-- "
OVER: Final = "The demo is over. Enter leaves, t goes on by hand."


class LineDesk:
    """The presenter's desk: what the player says stands in lines that begin with `--`."""

    keys = CONTROLS
    paused = "Paused. Enter goes on, n one step, ? lists the rest."
    stop_or_not = "Stop the demo? q stops it, Enter goes on."
    on_or_stop = "Enter goes on with the script, q stops it."

    def __init__(self, out: TextIO, *, echoes: bool) -> None:
        self._out = out
        self._echoes = echoes
        """Whether a line that is typed ends the player's by itself."""
        self.stage: PlainStage | None = None
        self.captions = True
        self.covered = False
        self.away = False
        self._told = False

    def say(self, text: str) -> None:
        """On a line of its own; a pause is explained once."""
        if text:
            words = "" if text == self.paused and self._told else text
            self._told = self._told or text == self.paused
            self._out.write(f"{PROMPT}{words}\n" if words or not self._echoes else PROMPT)
            self._out.flush()

    def hand_over(self, away: bool) -> None:
        """The prompt that was held back appears, and lines go to the program."""
        self.away = away
        if away:
            self.say(f"Your turn. {RESUME} goes back to the script.")
        if self.stage is not None:
            self.stage.hold_prompts(not away)

    def show_captions(self, shown: bool) -> None:
        """Print captions or not."""
        self.captions = shown
        self.say(f"Captions are {'on' if shown else 'off'}.")

    def cover(self, covered: bool) -> None:
        """Print nothing of what is performed."""
        self.covered = covered

    def print_(self, text: str, kind: PrintedKind) -> None:
        """What the program prints."""
        if not self.covered and (self.captions or kind != "caption"):
            self._out.write(text)
            self._out.flush()


async def play_live(
    portal: Portal,
    settings: Settings,
    clock: VirtualClock,
    size: Size,
    streams: tuple[TextIO, TextIO],
    make_player: Callable[[PlainStage, LineDesk], tuple[Player, Conductor]],
    *,
    interactive: bool,
) -> RunEnded:
    """Hold the conversation before a presenter. Ctrl+C and the end of input stop it."""
    stdin, stdout = streams
    desk = LineDesk(stdout, echoes=interactive)
    async with conversation(portal, settings, clock, size=size) as stage:
        desk.stage = stage
        stage.also_print = desk.print_
        player, conductor = make_player(stage, desk)
        conductor.stage = stage
        console = TerminalConsole(stdin.fileno(), interactive=interactive)
        listening = asyncio.create_task(_listen(console, stage, desk, conductor))
        try:
            ended = await player.play()
            if not ended.stopped and ended.failure is None:
                desk.cover(False)
                desk.say(OVER)
                await conductor.held(leaves_on_pause=True)
        finally:
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening
    return ended


async def _listen(console: TerminalConsole, stage: PlainStage, desk: LineDesk, conductor: Conductor) -> None:
    while True:
        if not console.interactive:
            await conductor.until_held()
        event = await _line(console, stage, desk)
        match event:
            case EndOfInput() | Interrupted():
                conductor.control("stop")
                conductor.control("stop")
                return
            case Entered(text) if desk.away and text.strip() != RESUME:
                stage.take_line(text)
            case Entered(text) if desk.away:
                conductor.control("away")
            case Entered(text):
                control = LINES.get(text.strip().lower())
                if control is None:
                    desk.say(CONTROLS)
                else:
                    conductor.control(control)


async def _line(console: TerminalConsole, stage: PlainStage, desk: LineDesk) -> Event:
    """The presenter's next line; a secret that they type for the program is not echoed."""
    if desk.away and stage.asks_secret and console.interactive:
        with console.hidden():
            return await console.read()
    return await console.read()
