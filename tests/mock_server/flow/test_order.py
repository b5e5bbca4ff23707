"""The order of the steps is the server's: no state can be acted on from another one (SR-AC-08)."""

import pytest

from tests.support.portal import RunningPortal
from tests.support.stations import MOVES, STATIONS, HeldReport, at

SIGNED_IN = {
    "S-HOME",
    "S-ORGTYPE",
    "S-ORGPICK",
    "S-RPTSEL",
    "S-ATTEST",
    "S-ATTNO",
    "S-RUN",
    "S-BUSY",
    "S-REPORT",
}
HAS_LOGIN = SIGNED_IN | {"S-REAUTH"}
AFTER_TERMS = {"S-USER", "S-PASS", "S-CODE"}
ATTESTED = {"S-RUN", "S-BUSY", "S-REPORT"}


def expected(present: str, named: str, action: str) -> tuple[int, str | None]:
    """Status and code of W-3 for an action of `named` while the flow is at `present`."""
    if present == "S-REAUTH":
        return 401, None
    if named in HAS_LOGIN and present not in HAS_LOGIN:
        return 401, "E-SESS-02"
    if named in AFTER_TERMS and present not in AFTER_TERMS | SIGNED_IN:
        return 409, "E-TERMS-01"
    if named in ATTESTED and present not in ATTESTED:
        return 409, "E-ATT-03"
    if (present, named, action) == ("S-BUSY", "S-RUN", "run_document"):
        return 409, "E-RUN-03"
    return 409, "E-FLOW-01"


@pytest.mark.sr("SR-AC-08")
@pytest.mark.parametrize("present", list(STATIONS))
async def test_no_action_of_another_state_is_carried_out(
    running: RunningPortal, held: HeldReport, present: str
) -> None:
    if present == "S-REPORT":
        held.release.set()
    walk = await at(running, present)
    events, screen = await running.audited(), walk.screen
    for move in MOVES:
        if move.state == present:
            continue
        call = await walk.act(move.action, move.values, state=move.state)
        wanted = expected(present, move.state, move.action)
        assert (call.status, call.code) == wanted, f"{move.state}.{move.action}"
        assert (walk.screen.state, walk.screen.step_token) == (present, screen.step_token)
    for unknown in ("S-NOWHERE", "", "s-home", "S-Q-OVER"):
        call = await walk.act("next", state=unknown)
        assert call.code == (None if present == "S-REAUTH" else "E-FLOW-01")
    assert await running.audited() == events
