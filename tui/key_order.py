"""Keys are taken one after the other, each where the one before it led (SSH-NET-07).

Textual hands a key to the focused widget at once, and runs its binding only when the key has come back up to
the app. Over a slow line several keys arrive in one packet; without this, the character after a Tab would
land in the field that the Tab leaves. A marker follows each key through the same queues; the next key waits.
"""

import asyncio

from textual import events
from textual.app import App
from textual.message import Message

LAPS = 2
"""Times the marker goes up from the focus: the key's own way, then that of a message which the key caused."""
LOST_AFTER_S = 0.25
"""A marker dies with the widget that holds it; then the next key is taken all the same."""


class KeyTaken(Message, namespace="keys"):
    """The marker: whatever a key met on its way has dealt with it."""

    def __init__(self, number: int, lap: int) -> None:
        super().__init__()
        self.number = number
        self.lap = lap


class KeyOrder(App[int]):
    """An app that takes typed keys and pasted text in order."""

    _typed_ahead: tuple[events.Key | events.Paste, ...] = ()
    _under_way: int | None = None
    """Number of the key whose marker has not come back."""
    _number = 0
    _lost: asyncio.TimerHandle | None = None

    def wanted(self, event: events.Key | events.Paste) -> bool:
        """Whether a key whose turn has come is taken at all."""
        return True

    async def on_event(self, event: events.Event) -> None:
        """Keys wait for their turn; everything else goes its way."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self._under_way is None:
            await self._take(event)
        else:
            self._typed_ahead = (*self._typed_ahead, event)

    async def _take(self, event: events.Key | events.Paste) -> None:
        if not self.wanted(event):
            return
        self._number += 1
        self._under_way = self._number
        await super().on_event(event)
        self._follow(KeyTaken(self._number, 1))
        self._lost = asyncio.get_running_loop().call_later(LOST_AFTER_S, self._give_up, self._number)

    def _follow(self, marker: KeyTaken) -> None:
        (self.focused or self.screen).post_message(marker)

    def _give_up(self, number: int) -> None:
        self.post_message(KeyTaken(number, LAPS))

    async def on_keys_key_taken(self, marker: KeyTaken) -> None:
        """The marker is back: another lap, or the next key."""
        if marker.number != self._under_way:
            return
        if marker.lap < LAPS:
            self._follow(KeyTaken(marker.number, marker.lap + 1))
            return
        self._under_way = None
        if self._lost is not None:
            self._lost.cancel()
        while self._typed_ahead and self._under_way is None:
            event, *later = self._typed_ahead
            self._typed_ahead = tuple(later)
            await self._take(event)
