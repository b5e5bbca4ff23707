"""Both clocks across restarts (TM-02, RF-15): saved as facts, read back at the next start."""

from datetime import datetime

from sqlalchemy import Connection

from mock_server.clocks import (
    BusinessClock,
    BusinessState,
    Mode,
    SecurityClock,
    SecurityState,
    SystemSecurityClock,
)
from mock_server.store import audit
from mock_server.store.facts import fact, set_fact


def save(conn: Connection, security: SecurityClock, business: BusinessClock) -> None:
    """Write where both clocks stand."""
    state = business.state()
    set_fact(conn, "business_at", state.at.isoformat())
    set_fact(conn, "business_mode", state.mode)
    set_fact(conn, "business_scenario", state.scenario)
    if isinstance(security, SystemSecurityClock):
        mark = security.state()
        set_fact(conn, "security_mark", mark.mark.isoformat())
        set_fact(conn, "security_offset_s", str(mark.offset_s))


def saved_business(conn: Connection) -> BusinessState | None:
    """Where the business clock stopped; None: never saved."""
    at = fact(conn, "business_at")
    if at is None:
        return None
    mode: Mode = "frozen" if fact(conn, "business_mode") == "frozen" else "running"
    return BusinessState(datetime.fromisoformat(at), mode, fact(conn, "business_scenario"))


def saved_security(conn: Connection) -> SecurityState | None:
    """The high-water mark of the security clock, never before the newest audit record; None: never saved."""
    mark, audited = fact(conn, "security_mark"), audit.last_instant(conn)
    if mark is None:
        return None if audited is None else SecurityState(audited)
    saved = datetime.fromisoformat(mark)
    latest = saved if audited is None else max(saved, audited)
    return SecurityState(latest, float(fact(conn, "security_offset_s") or 0))
