"""Windows, scenario dates and 60-day limits over the two clocks (portal-flow 12.2, 14, 15.9).

The window is that of R-PQRS-2011: 2012-10-01 to the end of 2018. The edges of R-QRUR-2015 and R-MIPS-2017
come with their engines.
"""

from datetime import UTC, datetime, timedelta

import pytest

from mock_server.scenario.personas import AUTHENTICATOR_SECRET, COMMON_PASSWORD
from tests.support.authenticator import totp_code
from tests.support.portal import RunningPortal
from tests.support.stations import CHOICE, HeldReport, at


@pytest.mark.scenario("P-TIME-01")
@pytest.mark.parametrize(
    ("now", "code"),
    [
        ("2012-09-30T23:59:59", "E-RPT-02"),
        ("2012-10-01T00:00:00", None),
        ("2018-12-31T23:59:59", None),
        ("2019-01-01T00:00:00", "E-RPT-02"),
    ],
)
async def test_p_time_01_the_window_opens_inclusive_and_closes_exclusive(
    running: RunningPortal, now: str, code: str | None
) -> None:
    await running.set_clock(business=now)
    walk = await at(running, "S-RPTSEL")
    [option] = walk.screen.fields[1].options
    assert option.enabled == (code is None)
    call = await walk.act("next", **CHOICE)
    assert (call.code, walk.screen.state) == (code, "S-RPTSEL" if code else "S-ATTEST")
    if code:
        assert call.status == 403
        assert "2012-10-01" in walk.screen.errors[0].text
        assert "2018-12-31" in walk.screen.errors[0].text
        assert option.reason is not None


@pytest.mark.scenario("P-TIME-02")
@pytest.mark.parametrize(("rebase", "state"), [(True, "S-HOME"), (False, "S-DISABLED")])
async def test_p_time_02_rebase_takes_the_accounts_along(
    running: RunningPortal, rebase: bool, state: str
) -> None:
    await running.set_clock(scenario="SC-2020-SUB", rebase=rebase)
    walk = await (await running.walk()).to_password("demo.grouprep")
    await walk.send_password()
    if state == "S-HOME":
        await walk.act("log_in", code=await walk.code("demo.grouprep"))
    assert walk.screen.state == state
    [record] = await running.audit_records("A-CLOCK-SET")
    assert record.details["rebase"] is rebase


@pytest.mark.scenario("P-TIME-03")
@pytest.mark.parametrize("scenario", ["SC-2012", "SC-2018", "SC-2020-FB"])
async def test_p_time_03_authenticator_apps_work_on_every_date(running: RunningPortal, scenario: str) -> None:
    await running.set_clock(scenario=scenario)
    walk = await (await running.walk()).to_code("demo.totp", "totp")
    await walk.act("log_in", code=totp_code(AUTHENTICATOR_SECRET, running.security.now()))
    assert walk.screen.state == "S-HOME"
    assert walk.screen.clock.business_now.year == int(scenario[3:7])


async def test_the_published_secret_has_the_published_codes() -> None:
    known = {59: "287082", 1111111109: "081804", 1538395200: "637958"}
    assert {at: totp_code(AUTHENTICATOR_SECRET, datetime.fromtimestamp(at, UTC)) for at in known} == known


@pytest.mark.scenario("P-TIME-04")
@pytest.mark.sr("SR-AUTH-14")
@pytest.mark.parametrize(("seconds", "state"), [(0, "S-DISABLED"), (-1, "S-CODE")])
async def test_p_time_04_sixty_times_24_hours_without_use(
    running: RunningPortal, seconds: int, state: str
) -> None:
    unused = timedelta(days=60, seconds=seconds)
    await running.set_account("demo.grouprep", last_login_at=running.server.business.now() - unused)
    walk = await (await running.walk()).to_password("demo.grouprep")
    await walk.send_password()
    assert walk.screen.state == state


@pytest.mark.scenario("P-TIME-05")
@pytest.mark.parametrize(
    ("scenario", "shown", "hidden"),
    [
        ("SC-2012", ["IACS accounts", "qnetsupport@sdps.org", "TTY 1-877-715-6222"], ["EIDM", "hcqis"]),
        ("SC-2016", ["EIDM accounts", "qnetsupport@hcqis.org"], ["IACS", "sdps"]),
        ("SC-2020-SUB", ["HARP accounts", "hearing impaired 711"], ["IACS", "sdps"]),
    ],
)
async def test_p_time_05_labels_follow_the_scenario_date(
    running: RunningPortal, scenario: str, shown: list[str], hidden: list[str]
) -> None:
    await running.set_clock(scenario=scenario)
    walk = await at(running, "S-HELP")
    text = " ".join(walk.screen.intro)
    assert [label for label in shown if label not in text] == []
    assert [label for label in hidden if label in text] == []
    assert "(open now)" in text or "(closed now)" in text


@pytest.mark.scenario("P-TIME-05")
@pytest.mark.parametrize(
    ("scenario", "desk"), [("SC-2016", "QualityNet Help Desk"), ("SC-2018", "Quality Payment Program")]
)
async def test_p_time_05_who_enables_an_account_depends_on_the_date(
    running: RunningPortal, scenario: str, desk: str
) -> None:
    await running.set_clock(scenario=scenario)
    walk = await at(running, "S-DISABLED")
    assert desk in " ".join(walk.screen.intro)


@pytest.mark.scenario("P-TIME-06")
async def test_p_time_06_a_report_is_not_delivered_after_its_close(
    running: RunningPortal, held: HeldReport
) -> None:
    walk = await at(running, "S-BUSY")
    await running.set_clock(business="2019-01-01T00:00:00")
    held.release.set()
    await walk.until_done()
    assert (walk.screen.state, walk.codes) == ("S-RUN", ["E-RPT-02"])
    [record] = await running.audit_records("A-REPORT-FAIL")
    assert record.details["reason"] == "E-RPT-02"


async def test_tm_09_logins_stay_when_the_date_moves(running: RunningPortal) -> None:
    walk = await at(running, "S-REPORT")
    assert walk.screen.report is not None
    path = f"/api/reports/{walk.screen.report.id}"
    await running.set_clock(scenario="SC-2019")
    assert (await running.call("GET", path, walk.token)).code == "E-RPT-02"
    await walk.act("download_json")
    call = await walk.act("run_document")
    assert (call.code, walk.screen.state) == ("E-RPT-02", "S-RUN")
    await running.set_clock(scenario="SC-2018")
    await walk.act("run_document")
    await walk.until_done()
    assert walk.screen.download is not None


async def test_tm_01_the_security_clock_never_follows_the_scenario(running: RunningPortal) -> None:
    before = running.security.now()
    await running.set_clock(scenario="SC-2012")
    await running.set_clock(scenario="SC-2020-FB")
    assert running.security.now() == before
    await running.set_clock(advance_security_s=900)
    assert (running.security.now() - before).total_seconds() == 900


async def test_home_tells_the_last_sign_in_in_business_time(running: RunningPortal) -> None:
    walk = await at(running, "S-HOME")
    assert "Last sign-in 2018-09-28 10:00 ET. Failed tries since: 0." in walk.screen.intro[0]
    await walk.act("logout")
    running.security.advance(30)
    again = await (await running.walk()).to_password("demo.grouprep")
    await again.send_password(password="not-this-one")
    await again.send_password(password=COMMON_PASSWORD)
    await again.act("log_in", code=await again.code("demo.grouprep"))
    assert "Last sign-in 2018-10-01 10:00 ET. Failed tries since: 1." in again.screen.intro[0]
