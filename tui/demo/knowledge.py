"""What a run knows besides the script: built-in variables, and the values that scripts leave to the program.

Passwords and authenticator secrets of the demo accounts are published by the demo server, codes come from its
simulated mailbox. A message that is late is waited for in the script's time, never in real time.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pyotp

from client.messages.calls import OutboxMessage
from tui.demo.clock import VirtualClock
from tui.demo.failing import StepFailed
from tui.demo.outline import spoken
from tui.demo.script import Script, Step
from tui.demo.server import DemoPortal
from tui.demo.stage import Stage, View

if TYPE_CHECKING:
    from tui.demo.player import Player

LOOK_AGAIN_MS: Final = 1000
AUTHENTICATOR: Final = "totp"


class Knowledge:
    """Of one run."""

    def __init__(
        self, script: Script, stage: Stage, portal: DemoPortal, clock: VirtualClock, player: "Player"
    ) -> None:
        self._script = script
        self._stage = stage
        self._portal = portal
        self._clock = clock
        self._player = player
        self._message: OutboxMessage | None = None
        self._device = ""

    def built_ins(self) -> dict[str, str | None]:
        """The built-in variables as they stand (11.1)."""
        message, screen, files = self._message, self._stage.screen, self._player.last_files
        return {
            "outbox.code": message.code if message else None,
            "outbox.to": message.to_masked if message else None,
            "outbox.channel": message.channel if message else None,
            "screen.state": screen.state,
            "screen.title": screen.title,
            "file.path": files[-1] if files else None,
            "run.front_end": self._stage.front_end,
            "run.size": str(self._player.size),
            "clock.business": self._portal.business.isoformat(),
        }

    def learn(self, view: View) -> None:
        """Remember which device was chosen: codes of an authenticator app come by no message."""
        device = view.fields.get("mfa_type")
        if isinstance(device, str) and device:
            self._device = device

    async def completed(self, step: Step) -> Step:
        """The step with the values that the script leaves to the program. `StepFailed` (D510)."""
        match step.verb, step.argument:
            case "read-outbox", _:
                self._message = await self._newest()
            case "enter-password", True:
                return replace(step, argument=(await self._portal.personas()).password)
            case "enter-code", True:
                return replace(step, argument=await self._code())
        return step

    async def _code(self) -> str:
        if self._device == AUTHENTICATOR:
            secret = (await self._portal.personas()).authenticator_secret
            return pyotp.TOTP(secret).at((await self._portal.clock()).security_now)
        if self._message is None or not self._message.code:
            self._message = await self._newest(with_code=True)
        return self._message.code or ""

    async def _newest(self, *, with_code: bool = False) -> OutboxMessage:
        """The newest message; waits for it in the script's time."""
        user_id = self._stage.journey.outbox_user
        waited = 0
        while True:
            messages = await self._portal.messages(user_id) if user_id else []
            found = next((m for m in messages if m.live or not with_code), None)
            if found is not None:
                return found
            if waited >= self._script.run.timeout:
                whose = f"{user_id} receives no messages" if user_id else "nobody has typed a User ID yet"
                raise StepFailed("D510", d=spoken(self._script.run.timeout), help=f"persona {whose}?")
            waited += LOOK_AGAIN_MS
            await self._player.let_pass(LOOK_AGAIN_MS)
