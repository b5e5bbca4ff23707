"""Order and news between requests of this process: keyed locks and events, gone when nobody uses them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary


class Turns:
    """One at a time for each key, in the order of arrival."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def take(self, key: str) -> AsyncIterator[None]:
        """Wait for the turn of this key and hold it."""
        lock = self._locks.get(key)
        if lock is None:  # kept alive by those who wait for it or hold it
            lock = self._locks[key] = asyncio.Lock()
        async with lock:
            yield


class News:
    """Wakes those who wait for something to change."""

    def __init__(self) -> None:
        self._events: WeakValueDictionary[str, asyncio.Event] = WeakValueDictionary()

    def expect(self, key: str) -> asyncio.Event:
        """An event for the next change; take it before looking, so that no change falls in between."""
        event = self._events.get(key)
        if event is None:
            event = self._events[key] = asyncio.Event()
        return event

    def spread(self, key: str) -> None:
        """Wake everybody who expects a change of this key."""
        event = self._events.pop(key, None)
        if event is not None:
            event.set()
