"""Finds or starts the bundled server and keeps it up as long as this program runs (W-11).

`Launcher.start` only starts the process, in milliseconds, so the server comes up while the first frame is
drawn; `ready` answers the Portal. A server that is already running for the same person is used instead. One
that dies is started again on the same port with the same key: the Portal's retries then find it, and nobody
notices more than a pause.
"""

import asyncio
import contextlib
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from client.errors import BadServerReply, PortalError, PortalUnreachable, Refused, ServerNotStarted
from client.messages.calls import Health
from client.portal import Portal
from client.safe_text import single_line
from tui import server_record
from tui.server_process import LOG_NAME, ServerAnswer, ServerProcess, last_words
from tui.server_record import ServerRecord

DATABASE_IN_USE = "DatabaseInUse"
"""What a server says that found another one on its database."""
PATIENCE_S = 60.0
"""How long a start may take; the first one fills the database."""
OTHER_S = 5.0
"""How long another server that holds the database may take to say where it is."""
RESTARTS = 3
RESTARTS_WITHIN_S = 60.0
_PAUSE_S = 0.05


class Launcher:
    """The bundled server of this data folder, started or found."""

    def __init__(
        self,
        folder: Path,
        *,
        options: tuple[str, ...] = (),
        on_progress: Callable[[str], None] | None = None,
    ) -> None:
        self._folder = folder
        self._options = options
        self._on_progress = on_progress
        self._process: ServerProcess | None = None
        self._record: ServerRecord | None = None
        self._key = ""
        self._guard: asyncio.Task[None] | None = None
        self._starts: list[float] = []

    @classmethod
    def start(
        cls, folder: Path, *, options: tuple[str, ...] = (), on_progress: Callable[[str], None] | None = None
    ) -> "Launcher":
        """Find the running server, or start one without waiting for it.

        `options` are further options of `serve`; `on_progress` is told what a slow start is doing.
        """
        launcher = cls(folder, options=options, on_progress=on_progress)
        found = server_record.read(folder)
        if found is not None and found.answers:
            launcher._record = found
        else:
            launcher._spawn()
        return launcher

    async def ready(self) -> Portal:
        """The Portal of the running server. `ServerNotStarted` where it does not come up."""
        portal = await self._reached()
        portal.on_lost = self._lost
        if self._process is not None:
            self._guard = asyncio.create_task(self._watch())
        return portal

    async def close(self) -> None:
        """Let the server go; it ends by itself when nobody has used it for a minute."""
        if self._guard is not None:
            self._guard.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._guard
        self.release()

    def release(self) -> None:
        """The same after the event loop has ended, which has already ended the guard."""
        if self._process is not None:
            self._process.release()
            self._process = None

    # Starting

    async def _reached(self) -> Portal:
        """Attach to the server that was found, else to the one that was started."""
        if self._process is not None:
            return await self._started(self._process)
        if self._record is not None and (portal := await self._attached(self._record)):
            return portal
        return await self._started(self._spawn())

    async def _started(self, process: ServerProcess) -> Portal:
        answer = await self._answer(process)
        if answer.port is None:
            return await self._other_or_fail(answer)
        self._keep(ServerRecord(answer.port, process.pid, self._key))
        portal = self._portal()
        if not await self._becomes_ready(portal):
            await portal.close()
            return await self._other_or_fail(answer)
        return portal

    async def _answer(self, process: ServerProcess) -> ServerAnswer:
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await process.answer()
        except TimeoutError:
            process.stop()
            return ServerAnswer(message="It did not answer in time.")

    async def _other_or_fail(self, answer: ServerAnswer) -> Portal:
        """Our server did not start: perhaps because another one was started at the same moment (RF-12)."""
        self.release()
        until = time.monotonic() + (OTHER_S if answer.error == DATABASE_IN_USE else 0.0)
        while True:
            found = server_record.read(self._folder)
            if found is not None and found.answers and (portal := await self._attached(found)):
                return portal
            if time.monotonic() >= until:
                break
            await asyncio.sleep(_PAUSE_S)
        reason = single_line(answer.message or last_words(self._folder)) or "It ended at once."
        raise ServerNotStarted(reason, remedy=f"See {self._folder / LOG_NAME}.")

    async def _attached(self, record: ServerRecord) -> Portal | None:
        """The Portal of a server found running; None where the port belongs to somebody else."""
        self._record, self._key = record, record.key
        portal = self._portal()
        if await self._becomes_ready(portal):
            return portal
        await portal.close()
        self._record, self._key = None, ""
        return None

    async def _becomes_ready(self, portal: Portal) -> bool:
        """Ask until the server is ready; False where it is none of ours or has ended."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            try:
                health = await portal.health()
            except PortalUnreachable:
                if self._record is None or not self._record.answers:
                    return False
            except (BadServerReply, Refused):
                return False
            else:
                if health.status == "ready":
                    return True
                self._tell(health)
            await asyncio.sleep(_PAUSE_S)
        return False

    def _spawn(self, port: int = 0) -> ServerProcess:
        self._key = self._key or secrets.token_urlsafe(32)
        self._starts.append(time.monotonic())
        try:
            self._process = ServerProcess(self._folder, self._key, port=port, options=self._options)
        except OSError as error:
            raise ServerNotStarted(f"It cannot be started: {error.strerror}.") from None
        return self._process

    def _keep(self, record: ServerRecord) -> None:
        self._record = record
        server_record.write(self._folder, record)

    def _portal(self) -> Portal:
        if self._record is None:
            raise ServerNotStarted("It has no address.")
        return Portal(self._record.address, launch_key=self._record.key)

    def _tell(self, health: Health) -> None:
        if self._on_progress is not None and health.progress:
            self._on_progress(health.progress)

    # Keeping it up

    async def _watch(self) -> None:
        """Start a crashed server again, a few times at most."""
        while self._process is not None:
            await self._process.ended()
            if not await self._revive():
                return

    def _lost(self) -> None:
        """The Portal lost a server that we attached to: perhaps its launcher and then it have gone."""
        if self._process is None and (self._guard is None or self._guard.done()):
            self._guard = asyncio.create_task(self._take_over())

    async def _take_over(self) -> None:
        if self._record is not None and not self._record.answers and await self._revive():
            await self._watch()

    async def _revive(self) -> bool:
        """Start the server anew, same port, same key; False where it keeps dying."""
        now = time.monotonic()
        self._starts = [at for at in self._starts if now - at < RESTARTS_WITHIN_S]
        if self._record is None or len(self._starts) > RESTARTS:
            return False
        self.release()
        try:
            process = self._spawn(self._record.port)
        except PortalError:
            return False
        if (await self._answer(process)).port is None:
            self.release()
            return False
        self._keep(ServerRecord(self._record.port, process.pid, self._key))
        return True
