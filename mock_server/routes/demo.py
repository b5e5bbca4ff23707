"""The demo controls: outbox, personas, clock, reset, faults (SR-CFG-03, TM-03, F-OUT-01).

The routes exist only where the demo flag is set, and answer only a caller on this machine: to anybody else
they look like any unknown path. What they do is the `DemoControl`'s; here is only the wire.
"""

from typing import Annotated, Any, Protocol

from litestar import Router, get, post, put
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.params import JSONBody, QueryParameter

from client.messages.calls import (
    ClockSetting,
    ClockState,
    Envelope,
    Faults,
    Health,
    OutboxMessage,
    Personas,
    Reset,
)
from mock_server.refusals import RequestRefused
from mock_server.request_head import Head

WAIT_MAX_S = 25


class DemoControl(Protocol):
    """What the demo controls can do; every method may raise `RequestRefused`."""

    async def outbox(self, user_id: str | None, after: str | None, wait_s: int) -> list[OutboxMessage]:
        """Delivered messages, newest first (F-OUT-03).

        `user_id`: of this account only; None: of all. `after`: only newer ones than the message of that id.
        `wait_s`: with none to show, wait for one up to so many seconds of real time.
        """
        ...

    async def personas(self) -> Personas:
        """The demo accounts of portal-flow 13.5."""
        ...

    async def clocks(self) -> ClockState:
        """Both clocks."""
        ...

    async def set_clock(self, setting: ClockSetting) -> ClockState:
        """Set the business clock and advance the security clock; audited as A-CLOCK-SET (TM-03)."""
        ...

    async def reset(self, reset: Reset) -> Health:
        """The seed again; the audit trail stays (TM-10)."""
        ...

    async def faults(self) -> Faults:
        """The failures in force."""
        ...

    async def set_faults(self, faults: Faults) -> Faults:
        """Replace them; `expire_logins` ends every login once."""
        ...


def only_local(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Guard: the caller is on this machine and addressed it by a loopback name, else 404."""
    scope: Any = connection.scope
    if not Head.of(scope).is_local:
        raise RequestRefused("not_found")


def demo_router(control: DemoControl) -> Router:
    """The `/demo` routes; register them only where `ServerSettings.demo` is set."""

    @get("/outbox", summary="Messages that the server 'sent'")
    async def read_outbox(
        user_id: Annotated[str | None, QueryParameter(max_length=200)] = None,
        after: Annotated[str | None, QueryParameter(max_length=64)] = None,
        wait: Annotated[int, QueryParameter(ge=0, le=WAIT_MAX_S)] = 0,
    ) -> Envelope[list[OutboxMessage]]:
        return Envelope[list[OutboxMessage]](data=await control.outbox(user_id, after, wait))

    @get("/personas", summary="Demo accounts")
    async def read_personas() -> Envelope[Personas]:
        return Envelope[Personas](data=await control.personas())

    @get("/clock", summary="Both clocks")
    async def read_clock() -> Envelope[ClockState]:
        return Envelope[ClockState](data=await control.clocks())

    @post("/clock", summary="Set the scenario date, advance the security clock", status_code=200)
    async def set_clock(data: JSONBody[ClockSetting]) -> Envelope[ClockState]:
        if (data.scenario is not None and data.business is not None) or data.advance_security_s < 0:
            raise RequestRefused("validation_failed")
        return Envelope[ClockState](data=await control.set_clock(data))

    @post("/reset", summary="The seed again", status_code=200)
    async def reset(data: JSONBody[Reset]) -> Envelope[Health]:
        return Envelope[Health](data=await control.reset(data))

    @get("/faults", summary="Failures in force")
    async def read_faults() -> Envelope[Faults]:
        return Envelope[Faults](data=await control.faults())

    @put("/faults", summary="Switch failures on and off")
    async def set_faults(data: JSONBody[Faults]) -> Envelope[Faults]:
        return Envelope[Faults](data=await control.set_faults(data))

    handlers = [read_outbox, read_personas, read_clock, set_clock, reset, read_faults, set_faults]
    return Router("/demo", route_handlers=handlers, guards=[only_local], tags=["demo"])
