"""After all that can happen: no secret and no full TIN is left anywhere, the chain holds (P-AUDIT-01)."""

import json
import logging
import re
from pathlib import Path

import pytest

from mock_server.clocks import FrozenSecurityClock
from mock_server.flow.pqrs_2011 import Pqrs2011
from mock_server.logs import JsonLines
from mock_server.scenario.personas import AUTHENTICATOR_SECRET, CHALLENGE
from mock_server.store import audit
from tests.support.authenticator import totp_code
from tests.support.portal import ONE_TIME_CODE, RunningPortal, Walk, portal
from tests.support.stations import CHOICE

OWN_PASSWORD = "Kestrel-Lantern-Quartz-73"
WRONG_PASSWORD = "Marble-Thistle-Gully-58"
TINS = re.compile(rb"(?<![0-9a-f])000\d{6}(?![0-9a-f])")
EVENTS = {
    "A-TERMS-ACCEPT",
    "A-TERMS-DECLINE",
    "A-LOGIN-CANCEL",
    "A-USER-ENTER",
    "A-PW-OK",
    "A-PW-FAIL",
    "A-LOCK",
    "A-MFA-SENT",
    "A-MFA-OK",
    "A-MFA-FAIL",
    "A-LOGIN-OK",
    "A-LOGIN-DISABLED",
    "A-LOGOUT",
    "A-SESS-TIMEOUT",
    "A-REAUTH-OK",
    "A-PW-CHANGE",
    "A-ORGTYPE",
    "A-ORG-SEARCH",
    "A-ORG-SELECT",
    "A-RPT-SELECT",
    "A-ATTEST",
    "A-ATTEST-REFUSED",
    "A-REPORT-RUN",
    "A-REPORT-FAIL",
    "A-REPORT-DOWNLOAD",
    "A-AUTHZ-DENY",
    "A-CLOCK-SET",
    "A-THROTTLE",
}
"""Every event of portal-flow section 8 and SR-AUD-07 that the built states can cause."""


@pytest.mark.sr("SR-LOG-03")
async def test_sr_log_03_the_log_tells_every_audited_event(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "qportal.server")
    async with portal(security=FrozenSecurityClock()) as running:
        await scripted_walk(running)
        records = await running.audit_records()
    told = [json.loads(JsonLines().format(line)) for line in caplog.records]
    by_number = {line["detail"]["seq"]: line for line in told if "seq" in line["detail"]}
    assert [by_number[record.seq]["event"] for record in records] == [record.action for record in records]
    assert [by_number[record.seq]["actor"] for record in records] == [record.actor for record in records]


@pytest.mark.scenario("P-AUDIT-01")
@pytest.mark.sr("SR-LOG-02")
async def test_p_audit_01_no_secret_is_written_anywhere(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    clock = FrozenSecurityClock()
    async with portal(data_dir=tmp_path, security=clock) as running:
        codes, tokens = await scripted_walk(running)
        records = await running.audit_records()
        key = running.server.engine.services.keys.audit
        check = await running.server.database.read(lambda conn: audit.verify(conn, key))
    assert check.broken_at is None
    assert check.records == len(records)
    assert {record.action for record in records} >= EVENTS
    written = json.dumps([vars(record) for record in records], default=str).encode()
    output = capsys.readouterr()
    lines = "\n".join(JsonLines().format(record) for record in caplog.records)
    places = {
        "audit": written,
        "log": lines.encode(),
        "output": (output.out + output.err).encode(),
        **files_in(tmp_path),
    }
    answers = [answer.encode() for _, answer in CHALLENGE]
    secrets = [OWN_PASSWORD.encode(), WRONG_PASSWORD.encode(), *(token.encode() for token in tokens)]
    for name, content in places.items():
        for secret in [*secrets, ONE_TIME_CODE.encode()]:
            assert secret not in content, name
        assert TINS.findall(content) == [], name
    for name, content in places.items():
        hidden = [code.encode() for code in codes]
        if name in ("audit", "log", "output"):  # the authenticator needs its secret, the seed its answers
            hidden += [AUTHENTICATOR_SECRET.encode(), *answers]
        for secret in hidden:
            assert re.search(rb"(?<![0-9A-Za-z])" + secret + rb"(?![0-9A-Za-z])", content) is None, name


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file of the server's folder: the database, its log, the key."""
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


async def scripted_walk(running: RunningPortal) -> tuple[list[str], list[str]]:
    """One walk through all that the built states can do. Codes and tokens that were used."""
    codes: list[str] = []
    first = await running.walk()
    await first.act("login")
    await first.act("decline")
    await first.to_password("demo.grouprep")
    await first.send_password(password=WRONG_PASSWORD)
    await first.act("cancel")
    await (await running.walk()).to_code("demo.dormant", "email")

    expired = await (await running.walk()).to_code("demo.expired", "email")
    codes.append(await expired.code("demo.expired"))
    await expired.act("log_in", code=codes[-1])
    await expired.act("save", new_password=OWN_PASSWORD, confirm_password=OWN_PASSWORD)
    await expired.act("logout")

    walk = await (await running.walk()).to_password("demo.expired")
    running.security.advance(30)
    await walk.send_password(password=OWN_PASSWORD)
    codes.append(await walk.code("demo.expired"))
    await walk.act("log_in", code=f"{(int(codes[-1]) + 1) % 1_000_000:06d}")
    await walk.act("log_in", code=codes[-1])
    await walk.act("feedback_reports")
    await walk.act("next", org_type="practice")
    await walk.act("search", search="000104802")
    await walk.act("next", org_ids=["nobody"])
    await walk.pick("ALDER")
    await walk.act("next", **CHOICE)
    await walk.act("confirm", purpose="neither")
    await walk.act("back")
    await walk.act("confirm", purpose="ce")
    await running.set_clock(business="2018-12-31T23:59:59", rebase=False)
    await walk.act("run_document")
    await walk.until_done()
    assert walk.screen.state == "S-REPORT"
    await walk.report("TIN")
    await walk.act("download_json")
    await walk.act("run_document")
    await walk.until_done()
    assert walk.screen.download is not None
    await running.call("GET", f"/api/files/{walk.screen.download.file_id}", walk.token)
    await failed_run(running, walk)
    await locked(running, walk)
    await running.set_clock(scenario="SC-2018")
    await hard_lock(running)

    app = await (await running.walk()).to_code("demo.totp", "totp")
    codes.append(totp_code(AUTHENTICATOR_SECRET, running.security.now()))
    await app.act("log_in", code=codes[-1])
    once = await (await running.walk()).to_code("demo.onetime", "otsc")
    await once.act("log_in", code=ONE_TIME_CODE)
    await once.act("log_in", code="00000000")
    walks = (first, expired, walk, app, once)
    return codes, [token for each in walks for token in (each.token, *each.old_tokens)]


async def failed_run(running: RunningPortal, walk: Walk) -> None:
    """A report whose engine breaks in the middle."""
    engine = running.server.engine.services.engines["R-PQRS-2011"]
    assert isinstance(engine, Pqrs2011)

    def broken(*_: object) -> None:
        raise ValueError("practice 000104802")

    engine.build = broken  # type: ignore[method-assign,assignment]
    await walk.act("run_document")
    await walk.until_done()
    assert walk.codes == ["E-RUN-01"]
    del engine.build


async def locked(running: RunningPortal, walk: Walk) -> None:
    """Idle, locked, confirmed, and out after twelve hours."""
    running.security.advance(915)
    await walk.read()
    await walk.act("confirm", password=WRONG_PASSWORD)
    await walk.act("confirm", password=OWN_PASSWORD)
    running.security.advance(43_200)
    await walk.read()


async def hard_lock(running: RunningPortal) -> None:
    """The last failure of demo.solo."""
    for _ in range(20):
        running.security.advance(900)
        walk = await (await running.walk()).to_password("demo.solo")
        await walk.send_password(password=WRONG_PASSWORD)
    assert walk.codes == ["E-AUTH-03"]
    impatient = await (await running.walk()).to_password("demo.ghost")
    for _ in range(6):
        await impatient.send_password(password=WRONG_PASSWORD)
    assert impatient.codes == ["E-AUTH-02"]
