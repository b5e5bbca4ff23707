"""How long a launched server lives: as long as its launcher, and 60 s after the last request (W-11).

The launcher holds the other end of standard input; its end of file is the only sign that the launcher has
gone, whatever became of it. Other programs of the same person may still be attached then, so the server stays
until nobody has asked for anything for a while.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, BinaryIO

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LINGER_S = 60.0


class UseCounter:
    """An ASGI app that notes when the app inside was last used."""

    def __init__(self, app: App, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._monotonic = monotonic
        self.ready = asyncio.Event()
        """Set when the app inside has started."""
        self._open = 0
        self._last = monotonic()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; count requests, and note the end of the start."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, self._noting_ready(send))
            return
        self._open += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._open -= 1
            self._last = self._monotonic()

    def _noting_ready(self, send: Send) -> Send:
        async def noting(message: MutableMapping[str, Any]) -> None:
            await send(message)
            if message["type"] == "lifespan.startup.complete":
                self.ready.set()

        return noting

    @property
    def idle_s(self) -> float:
        """Seconds since the last request ended; 0 while one is open."""
        return 0.0 if self._open else self._monotonic() - self._last


async def launcher_gone(pipe: BinaryIO) -> None:
    """Return at the end of file of the launcher's pipe; what is written to it is ignored."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    transport, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), pipe)
    try:
        while await reader.read(1024):
            pass
    finally:
        transport.close()


async def unused(uses: UseCounter, linger_s: float = LINGER_S) -> None:
    """Return when nothing has been asked for `linger_s` seconds, counted from now at the earliest."""
    waited_from = time.monotonic()

    def left() -> float:
        return linger_s - min(uses.idle_s, time.monotonic() - waited_from)

    while (pause := left()) > 0:  # noqa: ASYNC110 - nothing to wait for but time itself
        await asyncio.sleep(pause)
