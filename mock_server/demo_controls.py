"""What the demo controls do (TM-03, F-OUT-01, SR-CFG-03); `routes/demo.py` is only their wire."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, update

from client.messages.calls import (
    ClockSetting,
    ClockState,
    Faults,
    Health,
    OutboxMessage,
    Personas,
    Reset,
)
from mock_server.clocks import (
    SCENARIOS,
    BadBusinessTime,
    BusinessClock,
    BusinessState,
    HeldSecurityClock,
    SecurityClock,
    eastern,
    parse_business,
)
from mock_server.faults import FaultSwitch
from mock_server.flow.attempts import code_key
from mock_server.flow.services import Services
from mock_server.refusals import RequestRefused
from mock_server.scenario.identifiers import normalise_user_id
from mock_server.scenario.personas import AUTHENTICATOR_SECRET, COMMON_PASSWORD, Persona, published
from mock_server.store import audit, clock_state, outbox, seed, tables
from mock_server.store.database import Database
from mock_server.store.facts import set_fact


@dataclass(slots=True)
class Portal:
    """The parts of the server that the controls turn."""

    database: Database
    services: Services
    security: SecurityClock
    business: BusinessClock
    faults: FaultSwitch
    personas: list[Persona]
    password_hash: Callable[[], str]
    health: "Health"


class DemoControls:
    """One per demo server."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal
        self._maker = outbox.CodeMaker(lambda conn: code_key(conn, portal.services), portal.services.figures)

    async def outbox(self, user_id: str | None, after: str | None, wait_s: int) -> list[OutboxMessage]:
        """Delivered messages of an account; waits for the next one if asked to."""
        if after is not None and not after.isdecimal():
            raise RequestRefused("validation_failed")
        newer = int(after) if after is not None else None
        wanted = normalise_user_id(user_id) if user_id is not None else None
        loop = asyncio.get_running_loop()
        ends = loop.time() + wait_s
        while True:
            found = await self._portal.database.read(
                lambda conn: outbox.delivered(conn, wanted, self._portal.security.now(), self._maker, newer)
            )
            left = ends - loop.time()
            if found or left <= 0:
                return found
            await asyncio.sleep(min(left, 0.2))

    async def personas(self) -> Personas:
        """The published accounts."""
        return Personas(
            password=COMMON_PASSWORD,
            authenticator_secret=AUTHENTICATOR_SECRET,
            personas=[published(persona) for persona in self._portal.personas],
        )

    async def clocks(self) -> ClockState:
        """Both clocks."""
        state = self._portal.business.state()
        return ClockState(
            business_now=eastern(state.at).replace(microsecond=0),
            mode=state.mode,
            scenario=state.scenario,
            security_now=self._portal.security.now(),
        )

    async def set_clock(self, setting: ClockSetting) -> ClockState:
        """TM-03; with `rebase` the personas' ages move along (TM-05)."""
        before = self._portal.business.state()
        after = _new_state(before, setting)
        moved = after.at != before.at or setting.scenario is not None or setting.business is not None
        self._portal.security.advance(setting.advance_security_s)
        self._portal.business.set(after)

        def note(conn: Connection) -> None:
            if moved and setting.rebase:
                seed.rebase(conn, self._portal.personas, after.at)
            clock_state.save(conn, self._portal.security, self._portal.business)
            self._audit_clock(conn, before.at, after.at, rebase=setting.rebase)

        await self._portal.database.write(note)
        return await self.clocks()

    def _audit_clock(self, conn: Connection, old: datetime, new: datetime, *, rebase: bool) -> None:
        event = audit.AuditEvent(
            event="A-CLOCK-SET",
            security_time=self._portal.security.now(),
            business_time=new,
            details={"old": old.isoformat(), "new": new.isoformat(), "rebase": rebase},
        )
        audit.append(conn, self._portal.services.keys.audit, event)

    async def reset(self, reset: Reset) -> Health:
        """The seed again; the audit trail stays."""
        before = self._portal.business.state()
        scenario = None if reset.business is not None else reset.scenario
        after = _new_state(before, ClockSetting(scenario=scenario, business=reset.business, mode=reset.mode))
        self._portal.business.set(after)
        if isinstance(self._portal.security, HeldSecurityClock):
            self._portal.security.hold_at(after.at)
        self._portal.faults.set(Faults())
        portal = self._portal

        def again(conn: Connection) -> None:
            seed.clear(conn)
            set_fact(conn, "code_seed", reset.code_seed)
            seed.seed(
                conn,
                portal.personas,
                portal.password_hash,
                business=after.at,
                now=portal.security.now(),
                keys=portal.services.keys,
                figures=portal.services.figures,
            )
            clock_state.save(conn, portal.security, portal.business)
            self._audit_clock(conn, before.at, after.at, rebase=True)

        await portal.database.write(again)
        return portal.health

    async def faults(self) -> Faults:
        """The failures in force."""
        return self._portal.faults.get()

    async def set_faults(self, faults: Faults) -> Faults:
        """Replace them; `expire_logins` ends every login now."""
        self._portal.faults.set(faults)
        if faults.expire_logins:
            now = self._portal.security.now()
            logins = tables.logins
            await self._portal.database.write(
                lambda conn: (
                    conn.execute(
                        update(logins)
                        .where(logins.c.ended_code.is_(None))
                        .values(ended_code="E-SESS-02", ended_at=now)
                    )
                    and None
                )
            )
        return self._portal.faults.get()


def _new_state(before: BusinessState, setting: ClockSetting) -> BusinessState:
    """The business clock after a setting; 422 for an unknown scenario or date."""
    state = replace(before, mode=setting.mode or before.mode)
    if setting.scenario is not None:
        if setting.scenario not in SCENARIOS:
            raise RequestRefused("validation_failed")
        return BusinessState.of_scenario(setting.scenario, state.mode)
    if setting.business is not None:
        try:
            return replace(state, at=parse_business(setting.business), scenario=None)
        except BadBusinessTime:
            raise RequestRefused("validation_failed") from None
    return state
