"""Switchable failures for demos and trainings: latency, outage, the next so many answers (`/demo/faults`)."""

import asyncio
import time
from collections.abc import Callable

from client.messages.calls import Faults
from mock_server.refusals import RequestRefused

LATENCY_MAX_MS = 60_000
OUTAGE_MAX_S = 3600
FAIL_MAX = 10_000

_CONTROLS = "/demo/"
_HEALTH = "/api/health"


class FaultSwitch:
    """The failures in force; lives in the process and ends with it."""

    def __init__(self, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._latency_ms = 0
        self._outage_until = 0.0
        self._fail_next = 0

    def set(self, faults: Faults) -> None:
        """Replace what is in force; 422 for a value out of range. `expire_logins` is not ours."""
        limits = (
            (faults.latency_ms, LATENCY_MAX_MS),
            (faults.outage_s, OUTAGE_MAX_S),
            (faults.fail_next, FAIL_MAX),
        )
        if any(not 0 <= value <= limit for value, limit in limits):
            raise RequestRefused("validation_failed")
        self._latency_ms = faults.latency_ms
        self._outage_until = self._monotonic() + faults.outage_s
        self._fail_next = faults.fail_next

    def get(self) -> Faults:
        """What is in force, with the seconds of outage that remain, rounded up."""
        left = max(0.0, self._outage_until - self._monotonic())
        return Faults(latency_ms=self._latency_ms, outage_s=-int(-left // 1), fail_next=self._fail_next)

    async def strike(self, path: str) -> None:
        """Delay or refuse a request of the portal; the demo controls always answer."""
        if path.startswith(_CONTROLS):
            return
        if self._latency_ms:
            await asyncio.sleep(self._latency_ms / 1000)
        if self._monotonic() < self._outage_until:
            raise RequestRefused("busy")
        if self._fail_next and path != _HEALTH:
            self._fail_next -= 1
            raise RequestRefused("internal_error")
