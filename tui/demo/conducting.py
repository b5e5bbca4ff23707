"""Live play: the pace of a person, and the controls of whoever presents (14.1). Knows no front end.

Virtual time passes as real time divided by the speed, a pause or a take-over stops it. Every control works at
any moment: the player waits for nothing but time and the program itself.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Final, Literal, Protocol

from client.messages.screen import FieldValue
from tui.demo.masking import masked
from tui.demo.pace import Phase, Stopped
from tui.demo.script import PauseMode, Step
from tui.demo.stage import Stage

Control = Literal["pause", "on", "faster", "slower", "away", "captions", "keys", "stop", "stroke"]
"""What a presenter can ask for; `stroke` is a key of `--typist`."""
SMALLEST_MS: Final = 0.5
"""A rest of a wait that is not worth one."""
SPEEDS: Final = (0.25, 0.5, 1.0, 1.5, 2.0, 4.0, 8.0)


class Desk(Protocol):
    """Where the presenter sits: what the player says there, and who has the keyboard."""

    keys: str
    """The controls, in a line or two."""
    paused: str
    """What is said at a pause."""
    stop_or_not: str
    """What is asked before the end."""
    on_or_stop: str
    """What is asked where a person has changed something."""

    def say(self, text: str) -> None:
        """Say something as the player; empty: nothing any more."""

    def hand_over(self, away: bool) -> None:
        """Keys go to the program from now on, or to the player again."""

    def show_captions(self, shown: bool) -> None:
        """Show captions or not."""

    def cover(self, covered: bool) -> None:
        """Show nothing of what is performed, or everything again."""


class Conductor:
    """The Pace of a live run."""

    def __init__(
        self,
        desk: Desk,
        *,
        speed: float = 1.0,
        mode: PauseMode = "never",
        first: int = 1,
        typist: bool = False,
        animated: bool = True,
        captions: bool = True,
        on_take_over: Callable[[], None] = lambda: None,
    ) -> None:
        self._desk = desk
        self.speed = speed
        self._mode = mode
        self._first = first
        """Number of the first step that is shown (`--from`)."""
        self._typist = typist
        self._animated = animated
        """Whether texts are typed a character at a time."""
        self._captions = captions
        self._on_take_over = on_take_over
        self.stage: Stage | None = None
        self.paused = False
        self.away = False
        """Whether a person has taken over."""
        self._asking = False
        """Whether the present question is the one before the end."""
        self._one_step = False
        self._hurrying: Phase | None = None
        self._phase: Phase | None = None
        self._strokes = 0
        self._stopped = False
        self._waiters: set[asyncio.Future[None]] = set()
        self._before: tuple[str, dict[str, FieldValue]] | None = None

    # What the player asks

    async def wait(self, ms: int, phase: Phase) -> None:
        """Let real time pass for it, as long as nobody intervenes."""
        if self._hurrying is not None and self._hurrying != phase:
            self._hurrying = None
        self._phase = phase
        if phase == "typing" and not self._animated:
            await self._unless_held()
            return
        if self._typist and phase in ("typing", "key"):
            await self._stroke(phase)
            return
        loop, left = asyncio.get_running_loop(), float(ms)
        while left >= SMALLEST_MS and self._hurrying != phase:
            await self._unless_held()
            started, speed = loop.time(), self.speed
            await self._until_news(left / speed / 1000)
            left -= (loop.time() - started) * 1000 * speed
        await self._unless_held()
        if phase != "typing":
            self._hurrying = None
        self._phase = None

    async def before(self, step: Step) -> Step:
        """Steps before the first one that is wanted are performed fast and unseen."""
        hidden = step.number < self._first
        self._desk.cover(hidden or step.hide)
        if hidden:
            return replace(step, hide=True)
        if self._mode == "sections" and step.section is not None and step.number > self._first:
            self._pause()
        await self._unless_held()
        return step

    async def narrated(self, step: Step) -> None:
        """Pause behind a caption."""
        if self._mode == "captions":
            self._pause()
        await self._unless_held()

    async def after(self, step: Step) -> None:
        """Pause behind a step."""
        wanted = step.pause if step.pause is not None else self._mode == "steps"
        if (wanted or self._one_step) and not step.hide:
            self._one_step = False
            self._pause()
        await self._unless_held()

    # What the presenter does

    def control(self, control: Control) -> None:
        """Take a control; its effect is immediate."""
        self._tell()
        if self.away:
            if control == "away":
                self._come_back()
            return
        match control:
            case "stop" if not self._asking:
                self._asking = True
                self._pause(self._desk.stop_or_not)
            case "stop":
                self._stopped = True
            case "pause" if self.paused:
                self._resume()
            case "pause":
                self._pause()
            case "on" if self.paused:
                self._one_step = True
                self._resume()
            case "on":
                self._hurrying = self._phase
            case "faster" | "slower":
                self._change_speed(1 if control == "faster" else -1)
            case "away":
                self._leave()
            case "captions":
                self._captions = not self._captions
                self._desk.show_captions(self._captions)
            case "keys":
                self._pause(self._desk.keys)
            case "stroke":
                self._strokes += 1

    def _pause(self, words: str = "") -> None:
        self.paused = True
        self._desk.say(words or self._desk.paused)
        self._tell()

    def _resume(self) -> None:
        self.paused = self._asking = False
        self._desk.say("")

    def _change_speed(self, by: int) -> None:
        nearest = min(range(len(SPEEDS)), key=lambda index: abs(SPEEDS[index] - self.speed))
        self.speed = SPEEDS[max(0, min(nearest + by, len(SPEEDS) - 1))]

    # Taking over

    def _leave(self) -> None:
        if self.stage is None:
            return
        self._before = _standing(self.stage)
        self.away = True
        self._desk.say("")
        self._on_take_over()
        self._desk.hand_over(True)

    def _come_back(self) -> None:
        """Go on where everything is as before; else say what is not."""
        self.away = False
        self._desk.hand_over(False)
        difference = _difference(self._before, _standing(self.stage)) if self.stage else ""
        if difference:
            self._asking = True
            self._pause(f"{masked(difference)} {self._desk.on_or_stop}")
        elif self.paused:
            self._desk.say(self._desk.paused)

    # Waiting

    async def until_held(self) -> None:
        """Wait until it is paused or taken over: then a line is wanted."""
        while not (self.paused or self.away or self._stopped):
            await self._until_news(None)

    async def held(self, *, leaves_on_pause: bool = False) -> None:
        """Wait for the presenter after the last step, until they leave."""
        self.paused = self._asking = True
        self._tell()
        while not self._stopped and (self.paused or self.away or not leaves_on_pause):
            await self._until_news(None)

    async def _unless_held(self) -> None:
        """Wait while it is paused or taken over. `Stopped`."""
        while (self.paused or self.away) and not self._stopped:
            await self._until_news(None)
        if self._stopped:
            raise Stopped

    async def _stroke(self, phase: Phase) -> None:
        while not self._strokes and self._hurrying != phase:
            await self._until_news(None)
            await self._unless_held()
        self._strokes = max(0, self._strokes - 1)

    async def _until_news(self, seconds: float | None) -> None:
        """Return when a control was taken or a pause began, or after so many seconds."""
        news: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.add(news)
        try:
            async with asyncio.timeout(seconds):
                await news
        except TimeoutError:
            return
        finally:
            self._waiters.discard(news)

    def _tell(self) -> None:
        for news in self._waiters:
            if not news.done():
                news.set_result(None)


def _standing(stage: Stage) -> tuple[str, dict[str, FieldValue]]:
    """What must be as before when a person hands the keyboard back."""
    return stage.screen.state, stage.view().fields


def _difference(
    before: tuple[str, dict[str, FieldValue]] | None, now: tuple[str, dict[str, FieldValue]]
) -> str:
    """What differs, in a sentence; empty: nothing."""
    if before is None:
        return ""
    if before[0] != now[0]:
        return f"The program was at {before[0]} and is at {now[0]} now."
    for name in {**before[1], **now[1]}:
        mine, theirs = before[1].get(name), now[1].get(name)
        if (mine or "") != (theirs or ""):
            return f'The field {name} was "{mine or ""}" and is "{theirs or ""}" now.'
    return ""
