"""What the server does by itself: drop what is old, note where the clocks stand, report clock jumps.

Each round is one transaction. A full disk or a busy database skips a round (RF-05, RF-06); a read-only store
has none.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from mock_server.access.throttle import throttle_key
from mock_server.clocks import BusinessClock, ClockJump, SecurityClock, SystemSecurityClock
from mock_server.figures import Figures
from mock_server.keys import Keys
from mock_server.logs import log
from mock_server.store import audit, clock_state, housekeeping
from mock_server.store.database import Database
from mock_server.store.errors import StorageError


@dataclass(frozen=True, slots=True)
class HouseKeeper:
    """One per server."""

    database: Database
    security: SecurityClock
    business: BusinessClock
    figures: Figures
    keys: Keys

    async def keep(self) -> None:
        """Round after round until cancelled; the first one at once."""
        purged_at: datetime | None = None
        while self.database.read_only is None:
            now = self.security.now()
            due = purged_at is None or now - purged_at >= timedelta(seconds=self.figures.db.purge_every_s)
            try:
                await self.round(now if due else None)
            except StorageError as error:
                log("housekeeping.skipped", error=error)
            else:
                purged_at = now if due else purged_at
            await asyncio.sleep(self.figures.db.mark_every_s)

    async def round(self, purge_at: datetime | None) -> None:
        """Save both clocks; with `purge_at` drop what is past its retention then (SR-PII-07)."""
        jumps = self.security.take_jumps() if isinstance(self.security, SystemSecurityClock) else []

        def work(conn: Connection) -> None:
            if purge_at is not None:
                housekeeping.purge(conn, self.figures, purge_at, partial(throttle_key, self.keys.throttle))
            for jump in jumps:
                audit.append(conn, self.keys.audit, _event(jump))
            clock_state.save(conn, self.security, self.business)

        await self.database.write(work)


def _event(jump: ClockJump) -> audit.AuditEvent:
    """RF-15: the wall clock moved by itself."""
    return audit.AuditEvent(
        event="A-CLOCK-JUMP", security_time=jump.at, details={"seconds": round(jump.seconds)}, ip="", rid=""
    )
