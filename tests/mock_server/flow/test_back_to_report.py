"""A file asked for from the report view leads back to the report, as it was (TR-22, `back` of S-RUN)."""

from tests.support.portal import RunningPortal

CHOICE = {"year": "2011", "report": "R-PQRS-2011"}


async def test_back_after_an_export_is_the_same_report(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_report()
    report = walk.screen.report
    await walk.act("download_csv")
    await walk.act("run_document")
    await walk.until_done()
    assert walk.screen.download is not None
    await walk.act("back")
    assert (walk.screen.state, walk.screen.report) == ("S-REPORT", report)
    assert (await walk.report("TIN")).sections[0].tables
    assert (await running.audited()).count("A-REPORT-RUN") == 2


async def test_back_without_running_the_file_is_the_report_too(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_report()
    report = walk.screen.report
    await walk.act("download_pdf")
    await walk.act("back")
    assert (walk.screen.state, walk.screen.report) == ("S-REPORT", report)
    await walk.act("back")
    assert walk.screen.state == "S-RUN"
    assert walk.screen.field("path") is None
    await walk.act("back")
    assert walk.screen.state == "S-RPTSEL"


async def test_a_file_chosen_at_the_report_choice_leads_back_there(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_report()
    await walk.act("download_json")
    await walk.act("back")
    await walk.act("another_report")
    await walk.act("next", **CHOICE, action="csv")
    assert walk.screen.state == "S-RUN"
    await walk.act("back")
    assert walk.screen.state == "S-RPTSEL"


async def test_an_attestation_that_has_run_out_leads_back_to_the_choice(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_report()
    await walk.act("download_csv")
    for _ in range(5):
        running.security.advance(12 * 60)
        await walk.read()
    await walk.act("back")
    assert walk.screen.state == "S-RPTSEL"
