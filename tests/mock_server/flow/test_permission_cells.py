"""One request over HTTP for each cell of portal-flow 10.3 that the built states use (P-PERM-01).

Each test is named after its cell: `PERM-V-01.IP`. What a cell expects stands here, copied from the
specification and not from the server's own table.
"""

import pytest
from sqlalchemy import insert

from mock_server.scenario.organizations import ORGANIZATIONS
from mock_server.store import tables
from tests.support.portal import RunningPortal, Walk
from tests.support.stations import CHOICE

PERSONA = {"IP": "demo.solo", "IPR": "demo.solorep", "SO": "demo.official", "GR": "demo.grouprep"}
"""An account of each column."""

TIN = {"IP": "O-02", "IPR": "O-02", "SO": "O-01", "GR": "O-01"}
"""The practice that the account works for."""

FOREIGN = "O-10"

ALLOWED = [(row, role) for row in ("PERM-V-01", "PERM-V-05") for role in PERSONA]
NOT_VISIBLE = [(row, role) for row in ("PERM-V-06", "PERM-V-07") for role in PERSONA]
STATES_WITHOUT_POWER = ["pending", "denied", "revoked", "expired"]


def cell(values: tuple[str, str]) -> str:
    """`PERM-V-01.IP`."""
    return ".".join(values)


async def to_picker(running: RunningPortal, role: str) -> Walk:
    """The account of that column at S-ORGPICK."""
    return await (await running.walk()).to_picker(PERSONA[role])


async def run_report(walk: Walk, org_id: str, action: str = "view") -> Walk:
    """Everything from the choice of the TIN to the finished run."""
    await walk.act("next", org_ids=[org_id])
    await walk.act("next", **{**CHOICE, "action": action})
    await walk.act("confirm", purpose="ce")
    await walk.act("run_document")
    return await walk.until_done()


@pytest.mark.scenario("P-PERM-01")
@pytest.mark.parametrize(("row", "role"), ALLOWED, ids=map(cell, ALLOWED))
async def test_p_perm_01_allowed(running: RunningPortal, row: str, role: str) -> None:
    walk = await to_picker(running, role)
    org_id = ORGANIZATIONS[TIN[role]].org_id
    if row == "PERM-V-01":
        await run_report(walk, org_id)
        assert walk.screen.state == "S-REPORT"
        assert walk.screen.report is not None
        path = f"/api/reports/{walk.screen.report.id}"
    else:
        await run_report(walk, org_id, "json")
        assert walk.screen.download is not None
        path = f"/api/files/{walk.screen.download.file_id}"
    assert (await running.call("GET", path, walk.token)).status == 200
    assert await running.audit_records("A-AUTHZ-DENY") == []


@pytest.mark.scenario("P-PERM-01")
@pytest.mark.parametrize(("row", "role"), NOT_VISIBLE, ids=map(cell, NOT_VISIBLE))
async def test_p_perm_01_not_visible(running: RunningPortal, row: str, role: str) -> None:
    own, foreign = ORGANIZATIONS[TIN[role]].org_id, ORGANIZATIONS[FOREIGN].org_id
    states = STATES_WITHOUT_POWER if row == "PERM-V-07" else [""]
    for state in states:
        if state:
            await other_grant(running, role, state)
        running.security.advance(400)
        walk = await (await running.walk(client_id=None)).to_picker(PERSONA[role])
        assert walk.screen.table is not None
        assert [found.id for found in walk.screen.table.rows] == [own]
        call = await walk.act("next", org_ids=[foreign])
        assert (call.status, call.code, walk.screen.state) == (404, "E-ORG-03", "S-ORGPICK"), state
    denied = await running.audit_records("A-AUTHZ-DENY")
    assert {record.details["row"] for record in denied} == {row}
    assert {record.details["cell"] for record in denied} == {role if row == "PERM-V-07" else "none"}
    assert len(denied) == len(states)


async def other_grant(running: RunningPortal, role: str, state: str) -> None:
    """A grant of the same role for the foreign practice, in a state that gives nothing."""
    grants, account = tables.grants, await running.account_id(PERSONA[role])
    await running.execute(grants.delete().where(grants.c.org_key == FOREIGN, grants.c.account_id == account))
    values = {"account_id": account, "role": role, "org_key": FOREIGN, "state": state}
    await running.execute(insert(grants).values(**values, requested_at=running.security.now()))


@pytest.mark.parametrize("role", PERSONA)
async def test_f_role_09_an_account_without_active_grants_sees_no_reports(
    running: RunningPortal, role: str
) -> None:
    for state in STATES_WITHOUT_POWER:
        await running.set_grants(PERSONA[role], state)
        running.security.advance(400)
        walk = await (await running.walk(client_id=None)).sign_in(PERSONA[role])
        assert (await walk.act("feedback_reports")).code == "E-ROLE-01", state
