"""The demo server of a run: the bundled server with a data folder of its own, gone with the run
(DEMO-RUN-01).

One server serves any number of runs: each begins with a reset, which brings the seeded data back and puts
both clocks where the script wants them. Codes come from the script's seed. No other server is ever touched.
"""

import asyncio
import secrets
import shutil
import tempfile
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self
from zoneinfo import ZoneInfo

from client.errors import PortalError
from client.journey import BUSY
from client.messages.calls import ClockSetting, ClockState, OutboxMessage, Reset
from client.messages.screen import Screen
from client.portal import FlowReply, Portal
from tui.demo.failing import StepFailed
from tui.demo.loop import DemoLoop, demo_loop
from tui.demo.script import RunSettings
from tui.server_process import ServerProcess, last_words

if TYPE_CHECKING:
    import httpx

    from client.messages.calls import Act

EASTERN: Final = ZoneInfo("America/New_York")
PATIENCE_S: Final = 60.0
"""How long the server may take to start."""
OPTIONS: Final = ("--security-clock=held", "--clock=frozen", "--demo")


class DemoServer:
    """A server that starts at once and is asked for when it is needed; an async context manager."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="qportal-demo-"))
        self._key = secrets.token_urlsafe(32)
        self._process: ServerProcess | None = ServerProcess(self._folder, self._key, options=OPTIONS)
        self._address = ""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End it and remove its folder; safe to call twice."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    async def ready(self) -> None:
        """Wait until it answers. `StepFailed` (D403) where it does not start."""
        if self._address or self._process is None:
            return
        with real_limit(PATIENCE_S):
            answer = await self._process.answer()
            if answer.port is None:
                raise self._not_started(answer.message)
            address = f"http://127.0.0.1:{answer.port}"
            portal = Portal(address, launch_key=self._key)
            try:
                demo = (await portal.health()).demo
            except PortalError as error:
                raise self._not_started(error.sentence) from None
            finally:
                await portal.close()
        if not demo:
            raise StepFailed("D401")
        self._address = address

    def _not_started(self, message: str) -> StepFailed:
        reason = message or last_words(self._folder) or "the server ended at once"
        return StepFailed("D403", reason=reason)

    @asynccontextmanager
    async def run(self, settings: RunSettings, now: Callable[[], float]) -> "AsyncIterator[DemoPortal]":
        """The portal as a script finds it: seeded data, clocks and codes set; `now` is the run's clock."""
        await self.ready()
        portal = DemoPortal(self._address, self._key, demo_loop(), now)
        try:
            try:
                await portal.begin(settings)
            except PortalError as error:
                raise StepFailed("D403", reason=error.sentence) from None
            yield portal
        finally:
            await portal.close()


class DemoPortal(Portal):
    """The portal of a run: counts answers, and moves the server's security clock along with the run's."""

    def __init__(self, address: str, key: str, loop: DemoLoop, now: Callable[[], float]) -> None:
        super().__init__(
            address, launch_key=key, transport=counted(loop), monotonic=now, fraction=lambda: 0.5
        )
        self._now = now
        self._told_s = 0
        self.answers = 0
        """Answers that a person waits for: of actions, and of the simulated mailbox."""
        self.reports_begun = 0
        """Answers that say that a report is being made."""
        self.business = datetime.now(EASTERN)
        """The frozen business clock, once `begin` has set it."""

    async def begin(self, settings: RunSettings) -> None:
        """Seeded data, both clocks at the script's instant, codes from its seed."""
        clock = settings.clock
        business = None if clock is None else clock.astimezone(EASTERN).strftime("%Y-%m-%dT%H:%M:%S")
        await self.reset(
            Reset(scenario=settings.scenario, business=business, mode="frozen", code_seed=str(settings.seed))
        )
        self.business = (await self.clock()).business_now.astimezone(EASTERN)

    async def act(self, act: "Act") -> FlowReply:
        """As ever, at the time of the run."""
        await self.keep_time()
        reply = await super().act(act)
        self.answers += 1
        self.reports_begun += reply.screen.state == BUSY
        return reply

    async def read(
        self, *, after: str | None = None, wait: int | None = None, background: bool = False
    ) -> Screen:
        """As ever, at the time of the run."""
        await self.keep_time()
        return await super().read(after=after, wait=wait, background=background)

    async def messages(self, user_id: str) -> list[OutboxMessage]:
        """The simulated mailbox, for the player itself."""
        await self.keep_time()
        return await super().outbox(user_id)

    async def outbox(
        self, user_id: str | None = None, *, after: str | None = None, wait: int | None = None
    ) -> list[OutboxMessage]:
        """As ever, at the time of the run."""
        await self.keep_time()
        messages = await super().outbox(user_id, after=after, wait=wait)
        self.answers += 1
        return messages

    async def keep_time(self) -> ClockState | None:
        """Bring the server's security clock to the run's time, in whole seconds."""
        due = int(self._now()) - self._told_s
        if due <= 0:
            return None
        self._told_s += due
        return await self.set_clock(ClockSetting(advance_security_s=due))


def counted(loop: DemoLoop) -> "httpx.AsyncBaseTransport":
    """httpx's own transport; the loop knows of every request until its answer is read."""
    import httpx

    class Ending(httpx.AsyncByteStream):
        def __init__(self, stream: httpx.AsyncByteStream, end: Callable[[], None]) -> None:
            self._stream = stream
            self._end = end

        async def __aiter__(self) -> AsyncIterator[bytes]:
            async for piece in self._stream:
                yield piece

        async def aclose(self) -> None:
            try:
                await self._stream.aclose()
            finally:
                self._end()

    class Counted(httpx.AsyncHTTPTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            end = loop.begin()
            try:
                response = await super().handle_async_request(request)
            except BaseException:
                end()
                raise
            assert isinstance(response.stream, httpx.AsyncByteStream)  # noqa: S101 - httpx's own
            response.stream = Ending(response.stream, end)
            return response

    return Counted(trust_env=False)


class real_limit:  # noqa: N801 - reads as a statement
    """Cancel what runs in the block after so many real seconds; the loop's own clock may stand still."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __enter__(self) -> None:
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        assert task is not None  # noqa: S101 - it is used in coroutines
        self._over = False

        def over() -> None:
            self._over = True
            with suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(task.cancel)

        self._timer = threading.Timer(self._seconds, over)
        self._timer.daemon = True
        self._timer.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        if self._over and kind is asyncio.CancelledError:
            raise StepFailed("D403", reason="the server did not start in time") from None
