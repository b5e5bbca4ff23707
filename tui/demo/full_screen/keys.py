"""The keys of a person in the full screen: to a control, into it, and out of it again (DEMO-RUN-05)."""

from collections.abc import Callable
from functools import partial
from typing import Final

from textual.widget import Widget

from tui.demo.failing import StepFailed
from tui.demo.full_screen.app import DemoApp
from tui.demo.masking import has_tin, masked
from tui.demo.stage import Hand
from tui.widgets.choice_list import ChoiceList
from tui.widgets.entry import Entry
from tui.widgets.line_list import LineList

MOST_MOVES: Final = 400
"""Keys that a walk to a control or a row may take."""


class Keyboard:
    """Types for a script; looks at the screen between two keys as a person does."""

    def __init__(self, app: DemoApp, hand: Callable[[], Hand]) -> None:
        self._app = app
        self._hand = hand

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            await self._hand().key(partial(self._send, key))

    async def type(self, text: str) -> None:
        """Type a text where the focus is."""
        if has_tin(text):
            await self._type_veiled(text)
            return
        for character in text:
            await self._hand().typed(partial(self._send, character, typed=True))
        await self._hand().settle()

    async def _type_veiled(self, text: str) -> None:
        """The digits of a full TIN are not seen while they come; afterwards no picture shows them."""
        entry = self._app.focused
        if isinstance(entry, Entry):
            entry.password = True
        for character in text:
            await self._hand().typed(partial(self._app.press_key, character), shown=False)
        await self._hand().settle()
        if isinstance(entry, Entry):
            entry.reveal(False)
        for character in masked(text):
            self._app.tell_key(character, typed=True)
        await self._hand().settle()

    def _send(self, key: str, *, typed: bool = False) -> None:
        self._app.tell_key(key, typed=typed)
        self._app.press_key(key)

    async def focus(self, target: Widget) -> None:
        """Tab to a control, the shorter way round."""
        for _ in range(MOST_MOVES):
            focused, chain = self._app.focused, self._app.screen.focus_chain
            if focused is target:
                return
            if target not in chain:
                break
            here = chain.index(focused) if focused in chain else -1
            forward = (chain.index(target) - here) % len(chain)
            await self.press("tab" if forward <= len(chain) - forward else "shift+tab")
        raise StepFailed("D503", action=target.id or "it", reason="the focus cannot be moved there")

    async def fill_text(self, entry: Entry, text: str) -> None:
        """Replace what stands in an entry."""
        await self.focus(entry)
        if entry.value:
            await self.press("end", "ctrl+u")
        await self.type(text)

    async def choose(self, choices: ChoiceList, value: str) -> None:
        """Go to an option and choose it."""
        await self.focus(choices)
        index = next(i for i, option in enumerate(choices.options) if option.value == value)
        await self._walk(lambda: index - choices.highlighted, lambda left: "down" if left > 0 else "up")
        if choices.value != value:
            await self.press("space")

    async def highlight(self, lines: LineList, index: int) -> None:
        """Go to a line of a list."""
        await self.focus(lines)

        def key(left: int) -> str:
            by_page = abs(left) >= max(1, lines.content_size.height - 1)
            return ("pagedown" if by_page else "down") if left > 0 else ("pageup" if by_page else "up")

        await self._walk(lambda: index - lines.highlighted, key)

    async def _walk(self, left: Callable[[], int], key: Callable[[int], str]) -> None:
        """Press keys until nothing is left of the way."""
        for _ in range(MOST_MOVES):
            if (way := left()) == 0:
                return
            await self.press(key(way))
            if left() == way:
                break
        raise StepFailed("D503", action="list", reason="the highlight cannot be moved there")
