"""MIPS feedback through the portal for every kind of subject, with the real reports (issue 4, 12.1)."""

import json
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
import pytest_asyncio

from client.messages.report import Report
from client.messages.screen import FieldValue
from tests.mock_server.exports.comparing import checked_pdf
from tests.mock_server.exports.reading import archive, combined, worksheets
from tests.support.csv_guard import unguarded
from tests.support.portal import RunningPortal, Walk, portal

ROWAN, HUGO = "0999010016", "0999010099"
SUBJECTS: dict[str, tuple[str, str, str, dict[str, FieldValue]]] = {
    "group": ("demo.official", "practice", "ALDER", {"level": "group"}),
    "individual": ("demo.clinician", "practice", "ALDER", {"level": "individual", "clinician": ROWAN}),
    "virtual group": ("demo.virtual", "virtual_group", "ORCHARD", {"level": "virtual_group"}),
    "APM entity": ("demo.aco", "apm_entity", "MEADOW", {"level": "apm_entity"}),
    "APM entity of a practice": ("demo.ssptin", "practice", "CEDAR", {"level": "apm_entity:A9901"}),
}
"""Persona, organization type, name, level."""


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def server() -> AsyncIterator[RunningPortal]:
    async with portal() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def feedback(server: RunningPortal) -> RunningPortal:
    """The portal in August 2020, when the feedback of all three years is out."""
    await server.reset()
    await server.set_clock(scenario="SC-2020-FB", rebase=True)
    return server


def request(report: str = "R-MIPS-2019", action: str = "view") -> dict[str, FieldValue]:
    return {"year": report[7:11], "report": report, "action": action}


async def run(
    feedback: RunningPortal, subject: str, report: str = "R-MIPS-2019", action: str = "view"
) -> Walk:
    """The subject's report, run to its end."""
    user, org_type, name, level = SUBJECTS[subject]
    walk = await (await feedback.walk()).to_choice(user, name, org_type)
    await walk.act("next", {**request(report, action), **level})
    await walk.act("confirm", purpose="ce")
    await walk.act("run_document")
    return await walk.until_done()


async def whole(walk: Walk) -> Report:
    """The report of S-REPORT with every table."""
    reference = walk.screen.report
    assert reference is not None
    call = await walk.portal.call("GET", f"/api/reports/{reference.id}", walk.token)
    return msgspec.convert(call.body["data"], Report, strict=False)


async def explained(walk: Walk, report: Report) -> int:
    """How many cells of the first section explain themselves; every one that says so must."""
    section, count = report.sections[0], 0
    assert walk.screen.report is not None
    for table in section.tables:
        for column in (column for column in table.columns if column.explainable):
            where = f"section={section.id}&table={table.id}&row={table.rows[0].id}&column={column.id}"
            path = f"/api/reports/{walk.screen.report.id}/explain?{where}"
            found = await walk.portal.call("GET", path, walk.token)
            count += found.status == 200 and found.body["data"] is not None
    return count


@pytest.mark.scenario("P-PERM-01")
@pytest.mark.parametrize("subject", SUBJECTS)
async def test_perm_p_04_the_feedback_opens_for_every_kind_of_subject(
    feedback: RunningPortal, subject: str
) -> None:
    walk = await run(feedback, subject)
    assert (walk.screen.state, walk.codes) == ("S-REPORT", [])
    assert walk.screen.report is not None
    report = await walk.report(walk.screen.report.first_section)
    assert report.catalogue_id == "R-MIPS-2019"
    assert report.sections[0].id == walk.screen.report.first_section
    assert report.sections[0].tables
    assert "WHAT-IF" in [section.id for section in report.sections]
    assert await explained(walk, report)
    assert await feedback.audit_records("A-AUTHZ-DENY") == []


async def downloaded(walk: Walk, action: str) -> bytes:
    await walk.act(f"download_{action}")
    await walk.act("run_document")
    await walk.until_done()
    assert walk.screen.download is not None
    headers = {"Authorization": f"Bearer {walk.token}"}
    path = f"/api/files/{walk.screen.download.file_id}"
    content = (await walk.portal.http.get(path, headers=headers)).content
    await walk.act("back")
    return content


@pytest.mark.parametrize("subject", ["individual", "APM entity of a practice"])
async def test_f_rep_01_files_of_a_run_say_what_the_screen_says(
    feedback: RunningPortal, subject: str
) -> None:
    walk = await run(feedback, subject)
    report = await whole(walk)
    expected = combined(report.sections)
    sheets = worksheets(await downloaded(walk, "xlsx"))
    written = archive(await downloaded(walk, "csv"))
    for table_id, rows in expected.items():
        assert sheets[table_id] == rows
        lines = written[f"R-MIPS-2019_{table_id}.csv"]
        assert [[unguarded(text) for text in row] for row in lines] == rows
    checked_pdf(report, await downloaded(walk, "pdf"))
    document: dict[str, Any] = json.loads(await downloaded(walk, "json"))
    assert [each["id"] for each in document["sections"]] == [each.id for each in report.sections]


@pytest.mark.scenario("P-RPT-07")
async def test_p_rpt_07_a_next_generation_aco_has_no_feedback_for_2017(feedback: RunningPortal) -> None:
    """PERM-P-08.AE: allowed, but all of its clinicians were QPs."""
    walk = await (await feedback.walk()).to_choice("demo.nextgen", "PRAIRIE", "apm_entity")
    call = await walk.act("next", {**request("R-MIPS-2017"), "level": "apm_entity"})
    assert (call.status, call.code, walk.screen.state) == (404, "E-RPT-03", "S-RPTSEL")
    assert await feedback.audit_records("A-AUTHZ-DENY") == []


async def test_a_qualifying_apm_participant_has_no_feedback(feedback: RunningPortal) -> None:
    walk = await (await feedback.walk()).to_choice("demo.official")
    call = await walk.act("next", {**request(), "level": "individual", "clinician": HUGO})
    assert (call.status, call.code) == (404, "E-RPT-03")
    assert [error.field for error in walk.screen.errors] == ["clinician"]


@pytest.mark.scenario("P-PERM-01")
@pytest.mark.parametrize("user_id", ["demo.registry", "demo.regofficial", "demo.qcdr"])
async def test_perm_p_04_registries_are_refused(feedback: RunningPortal, user_id: str) -> None:
    walk = await (await feedback.walk()).sign_in(user_id)
    assert (await walk.act("feedback_reports")).code == "E-ROLE-01"
    assert walk.screen.state == "S-HOME"


def chosen(walk: Walk) -> dict[str, object]:
    """What stands in the fields of S-RPTSEL."""
    return {field.id: field.value for field in walk.screen.fields}


@pytest.mark.parametrize(
    ("user_id", "name", "year", "report"),
    [
        ("demo.official", "ALDER", "2019", "R-MIPS-2019"),
        pytest.param("demo.solo", "BIRCH", "2017", "R-MIPS-2017", id="F-RPT-09: a PV role"),
    ],
)
async def test_performance_feedback_chooses_the_newest_mips_report(
    feedback: RunningPortal, user_id: str, name: str, year: str, report: str
) -> None:
    walk = await (await feedback.walk()).sign_in(user_id)
    assert "performance_feedback" in walk.offered
    await walk.act("performance_feedback")
    await walk.act("next", org_type="practice")
    await walk.pick(name)
    assert (chosen(walk)["year"], chosen(walk)["report"]) == (year, report)


async def test_feedback_reports_chooses_nothing_beforehand(feedback: RunningPortal) -> None:
    walk = await (await feedback.walk()).to_choice("demo.official")
    assert (chosen(walk)["year"], chosen(walk)["report"]) == (None, None)


async def test_performance_feedback_is_refused_without_a_role_for_it(feedback: RunningPortal) -> None:
    walk = await (await feedback.walk()).sign_in("demo.registry")
    assert "performance_feedback" not in walk.offered
    assert (await walk.act("performance_feedback")).code == "E-ROLE-01"


@pytest.mark.scenario("P-PERM-01")
async def test_perm_p_05_an_entity_sees_no_cost_and_a_practice_does(feedback: RunningPortal) -> None:
    entity = await (await run(feedback, "APM entity")).report()
    assert "COST" not in [section.id for section in entity.sections]
    feedback.security.advance(400)
    group = await (await run(feedback, "group")).report()
    assert "COST" in [section.id for section in group.sections]


@pytest.mark.scenario("P-PERM-01")
@pytest.mark.parametrize("subject", ["group", "virtual group"])
async def test_perm_q_15_and_q_17_preliminary_scores_come_without_cost(
    feedback: RunningPortal, subject: str
) -> None:
    await feedback.set_clock(scenario="SC-2020-SUB", rebase=True)
    walk = await run(feedback, subject, "R-MIPS-2019-PRE")
    assert walk.screen.state == "S-REPORT"
    report = await walk.report()
    assert "COST" not in [section.id for section in report.sections]
    assert any("PRELIMINARY" in caution for caution in report.cautions)


async def test_f_run_07_preliminary_feedback_ends_when_the_final_one_opens(feedback: RunningPortal) -> None:
    await feedback.set_clock(scenario="SC-2020-GAP", rebase=True)
    walk = await run(feedback, "group", "R-MIPS-2019-PRE")
    assert walk.screen.report is not None
    path = f"/api/reports/{walk.screen.report.id}?section=OVERVIEW"
    assert (await feedback.call("GET", path, walk.token)).status == 200
    await feedback.set_clock(business="2020-07-01")
    call = await feedback.call("GET", path, walk.token)
    assert (call.status, call.code) == (403, "E-RPT-02")
