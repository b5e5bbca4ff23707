"""The server of a captured walk: a demo server of its own, with the data that every run begins with.

Only on fresh data does the script do later what the person did; what else the person's own server holds
(locked accounts, remembered choices) would not be there.
"""

import asyncio
import secrets
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from client.errors import ServerNotStarted
from client.portal import Portal
from tui.demo.capture.watching import Sight, WatchedPortal
from tui.server_process import ServerProcess, last_words

PATIENCE_S: Final = 60.0
"""How long the start may take."""
_PAUSE_S: Final = 0.05


class CaptureServer:
    """A `Source` whose portals are watched; the server is started at once and gone with the walk."""

    def __init__(
        self,
        scenario: str,
        listener: Callable[[Sight], None],
        on_progress: Callable[[str], None] | None = None,
    ) -> None:
        """`on_progress` is told what a slow start is doing."""
        self._listener = listener
        self._on_progress = on_progress
        self._folder = Path(tempfile.mkdtemp(prefix="qportal-capture-"))
        self._key = secrets.token_urlsafe(32)
        options = (f"--scenario={scenario}", "--clock=frozen", "--demo")
        self._process: ServerProcess | None = ServerProcess(self._folder, self._key, options=options)
        self._port: int | None = None

    async def ready(self) -> Portal:
        """The watched portal. `ServerNotStarted` where the server does not come up."""
        if self._port is None and self._process is not None:
            answer = await self._process.answer()
            if answer.port is None:
                raise ServerNotStarted(answer.message or last_words(self._folder) or "It ended at once.")
            self._port = answer.port
        portal = WatchedPortal(f"http://127.0.0.1:{self._port}", self._listener, launch_key=self._key)
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._filled(portal)
        except TimeoutError:
            await portal.close()
            raise ServerNotStarted("It did not answer in time.") from None
        return portal

    async def _filled(self, portal: Portal) -> None:
        """Wait until its data are there."""
        while (health := await portal.health()).status != "ready":
            if self._on_progress is not None and health.progress:
                self._on_progress(health.progress)
            await asyncio.sleep(_PAUSE_S)

    async def close(self) -> None:
        """End the server."""
        self.release()

    def release(self) -> None:
        """End the server and remove its data; safe to call twice."""
        process, self._process = self._process, None
        if process is not None:
            process.stop()
        shutil.rmtree(self._folder, ignore_errors=True)
