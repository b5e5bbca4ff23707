"""Choosing, attesting, running and reading a report (portal-flow 5.4 to 5.7, 15.6)."""

import asyncio
import hashlib
import io
import re
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import select

from client.messages.report import Report
from client.messages.screen import FieldValue
from mock_server.app import exporters
from mock_server.clocks import FrozenSecurityClock
from mock_server.flow.engines import WHOLE, RunFacts, Subject
from mock_server.flow.pqrs_2011 import Pqrs2011
from mock_server.reference.catalogue import ReportAction
from mock_server.scenario.organizations import ORGANIZATIONS, Organization
from mock_server.store import tables
from tests.support.portal import RunningPortal, Walk, portal
from tests.support.stations import CHOICE, HeldReport, at

FULL_TIN = re.compile(rb"(?<!\d)000\d{6}(?!\d)")


async def run(walk: Walk) -> Walk:
    """Run what S-RUN shows, to its end."""
    await walk.act("run_document")
    return await walk.until_done()


@pytest.mark.scenario("P-RPT-02")
async def test_p_rpt_02_reports_and_actions_hang_on_the_choice_before(running: RunningPortal) -> None:
    walk = await at(running, "S-RPTSEL")
    year, report, action = walk.screen.fields
    assert [option.value for option in year.options] == ["2011"]
    assert [option.when for option in report.options] == [{"year": ["2011"]}]
    assert action.options[0].value == "view"
    assert all(option.when == {"report": ["R-PQRS-2011"]} for option in action.options)
    await walk.act("next", year="2010", report="R-PQRS-2011", action="view")
    assert [(error.code, error.field) for error in walk.screen.errors] == [("E-VAL-04", "year")]
    await walk.act("next")
    assert walk.codes == ["E-VAL-01"] * 3


@pytest.mark.scenario("P-RPT-03")
async def test_p_rpt_03_a_practice_without_the_report(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_choice("demo.noreport", "NUTMEG")
    assert all(option.enabled for field in walk.screen.fields for option in field.options)  # F-RPT-03
    call = await walk.act("next", **CHOICE)
    assert (call.status, call.code, walk.screen.state) == (404, "E-RPT-03", "S-RPTSEL")
    assert [field.value for field in walk.screen.fields] == ["2011", "R-PQRS-2011", "view"]


@pytest.mark.scenario("P-RPT-04")
@pytest.mark.parametrize("user_id", ["demo.registry", "demo.regofficial", "demo.qcdr"])
async def test_p_rpt_04_no_report_for_registries(running: RunningPortal, user_id: str) -> None:
    walk = await (await running.walk()).sign_in(user_id)
    assert "feedback_reports" not in walk.offered
    call = await walk.act("feedback_reports")
    assert (call.status, call.code, walk.screen.state) == (403, "E-ROLE-01", "S-HOME")


@pytest.mark.scenario("P-RPT-05")
async def test_p_rpt_05_an_individual_practice_has_tables_one_to_four(running: RunningPortal) -> None:
    walk = await at(running, "S-REPORT")
    report = await walk.report()
    assert report.catalogue_id == "R-PQRS-2011"
    assert report.synthetic
    named = {outline.id.split("-")[0] for section in report.sections for outline in section.outline}
    assert {"T1", "T2", "T3", "T4"} <= named


@pytest.mark.scenario("P-RPT-05")
@pytest.mark.parametrize(("user_id", "name"), [("demo.gproone", "LINDEN"), ("demo.gprotwo", "MAPLE")])
async def test_p_rpt_05_gpro_reports_wait_for_their_engine(
    running: RunningPortal, user_id: str, name: str
) -> None:
    walk = await (await running.walk()).to_choice(user_id, name)
    call = await walk.act("next", **CHOICE)
    assert (call.status, call.code, walk.screen.state) == (503, "E-RPT-06", "S-RPTSEL")


class Uninstalled(Pqrs2011):
    """The engine of 2011 without its data."""

    loaded = False


@pytest.mark.scenario("P-RPT-09")
async def test_p_rpt_09_a_missing_data_pack_is_listed_and_refused() -> None:
    async with portal(engines={"R-PQRS-2011": Uninstalled()}) as running:
        walk = await at(running, "S-RPTSEL")
        [option] = walk.screen.fields[1].options
        assert not option.enabled
        assert option.reason == "Its data is not installed on this server."
        call = await walk.act("next", **CHOICE)
        assert (call.status, call.code) == (503, "E-RPT-06")


async def test_e_rpt_05_a_format_without_exporter(running: RunningPortal) -> None:
    walk = await at(running, "S-RPTSEL")
    offered = {option.value for option in walk.screen.fields[2].options}
    for missing in {"pdf", "xlsx", "csv"} - offered:
        call = await walk.act("next", **{**CHOICE, "action": missing})
        assert (call.status, call.code) == (422, "E-RPT-05")
    assert (await walk.act("next", **{**CHOICE, "action": "docx"})).code == "E-VAL-04"


async def test_f_rpt_02_practices_of_other_roles_have_nothing_to_choose_yet(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_choice("demo.multi", "ALDER")
    assert [field.options for field in walk.screen.fields] == [[], [], []]
    assert (await walk.act("next", **CHOICE)).code == "E-VAL-04"


@pytest.mark.scenario("P-ATT-01")
async def test_p_att_01_a_purpose_must_be_chosen(running: RunningPortal) -> None:
    walk = await at(running, "S-ATTEST")
    [field] = walk.screen.fields
    assert field.value is None
    assert [option.value for option in field.options] == ["ce", "ba", "neither"]
    nothing: list[dict[str, FieldValue]] = [{}, {"purpose": ""}, {"purpose": None}]
    for values in nothing:
        call = await walk.act("confirm", values)
        assert (call.status, call.code, walk.screen.state) == (422, "E-ATT-01", "S-ATTEST")
    assert (await walk.act("confirm", purpose="research")).code == "E-VAL-04"


@pytest.mark.scenario("P-ATT-02")
async def test_p_att_02_neither_purpose_leads_to_the_help_desk(running: RunningPortal) -> None:
    walk = await at(running, "S-ATTEST")
    call = await walk.act("confirm", purpose="neither")
    assert (call.status, call.code, walk.screen.state) == (403, "E-ATT-02", "S-ATTNO")
    assert "1-888-734-6433, option 3" in " ".join(walk.screen.intro)
    assert await running.count(tables.runs) == 0
    assert await running.count(tables.attestations) == 0
    [record] = await running.audit_records("A-ATTEST-REFUSED")
    assert record.details["purpose"] == "neither"
    await walk.act("back")
    assert walk.screen.fields[0].value is None


@pytest.mark.scenario("P-ATT-03")
async def test_p_att_03_another_format_needs_no_second_attestation(running: RunningPortal) -> None:
    walk = await at(running, "S-REPORT")
    await walk.act("another_report")
    await walk.act("next", **{**CHOICE, "action": "json"})
    assert (walk.screen.state, walk.screen.download) == ("S-RUN", None)
    await run(walk)
    assert walk.screen.download is not None
    assert await running.count(tables.attestations) == 1


@pytest.mark.scenario("P-ATT-04")
async def test_p_att_04_another_organization_needs_a_new_attestation(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_picker("demo.mixed")
    await walk.pick("BIRCH")
    await walk.act("next", **CHOICE)
    await walk.act("confirm", purpose="ce")
    assert walk.screen.state == "S-RUN"
    await walk.act("back")
    await walk.act("back")
    juniper = ORGANIZATIONS["O-10"].org_id
    await walk.act("next", org_ids=[juniper])
    assert [field.value for field in walk.screen.fields] == [None, None, None]
    await walk.act("next", **CHOICE)
    assert walk.screen.state == "S-ATTEST"
    assert walk.screen.fields[0].value is None
    await walk.act("back")
    await walk.act("back")
    await walk.act("next", org_ids=[ORGANIZATIONS["O-02"].org_id])
    await walk.act("next", **CHOICE)
    assert walk.screen.state == "S-ATTEST"  # the first one ended with the change


@dataclass(frozen=True, slots=True)
class Renamed:
    """The report of 2011 under the id of 2012, so that there are two to choose from."""

    inner: Pqrs2011
    loaded: bool = True
    first_section: str = "TIN"

    def covers(self, organization: Organization) -> bool:
        """See `ReportEngine`."""
        return self.inner.covers(organization)

    def choices(self, organization: Organization, on: date) -> None:
        """See `ReportEngine`."""

    def exists(self, organization: Organization, subject: Subject = WHOLE) -> bool:
        """See `ReportEngine`."""
        return self.inner.exists(organization, subject)

    def build(
        self,
        organization: Organization,
        facts: RunFacts,
        sections: Collection[str] | None = None,
        subject: Subject = WHOLE,
    ) -> Report:
        """See `ReportEngine`."""
        return self.inner.build(organization, facts, sections, subject)

    def explain(
        self,
        organization: Organization,
        section: str,
        table: str,
        row: str,
        column: str,
        subject: Subject = WHOLE,
    ) -> None:
        """See `ReportEngine`."""
        return


@pytest.mark.scenario("P-ATT-04")
async def test_p_att_04_another_year_or_report_needs_a_new_attestation() -> None:
    engine = Pqrs2011()
    async with portal(engines={"R-PQRS-2011": engine, "R-PQRS-2012": Renamed(engine)}) as running:
        walk = await (await running.walk()).to_report()
        read = walk.screen.report
        assert read is not None
        await walk.act("another_report")
        await walk.act("next", year="2012", report="R-PQRS-2012", action="view")
        assert walk.screen.state == "S-ATTEST"
        assert (await running.call("GET", f"/api/reports/{read.id}", walk.token)).code == "E-ATT-03"
        await walk.act("back")
        await walk.act("next", year="2011", report="R-PQRS-2012", action="view")
        assert walk.codes == ["E-VAL-04"]


@pytest.mark.scenario("P-ATT-05")
@pytest.mark.parametrize(("age", "state"), [(3599, "S-REPORT"), (3600, "S-ATTEST")])
async def test_p_att_05_an_attestation_lasts_an_hour(running: RunningPortal, age: int, state: str) -> None:
    walk = await at(running, "S-RUN")
    for _ in range(age // 600):
        running.security.advance(600)
        await walk.read()
    running.security.advance(age % 600)
    call = await walk.act("run_document")
    await walk.until_done()
    assert walk.screen.state == state
    assert (call.code, call.status) == ((None, 200) if state == "S-REPORT" else ("E-ATT-03", 409))
    if state == "S-ATTEST":
        assert await running.count(tables.runs) == 0


async def test_the_attestation_of_a_report_on_screen_ends_too(running: RunningPortal) -> None:
    walk = await at(running, "S-REPORT")
    assert walk.screen.report is not None
    path = f"/api/reports/{walk.screen.report.id}"
    for _ in range(6):
        running.security.advance(600)
        await walk.read()
    call = await running.call("GET", path, walk.token)
    assert (call.status, call.code) == (409, "E-ATT-03")
    await walk.act("download_json")
    assert walk.screen.state == "S-ATTEST"


@pytest.mark.scenario("P-ATT-06")
async def test_p_att_06_running_without_an_attestation(running: RunningPortal) -> None:
    walk = await at(running, "S-ATTEST")
    call = await walk.act("run_document", state="S-RUN")
    assert (call.status, call.code, walk.screen.state) == (409, "E-ATT-03", "S-ATTEST")
    assert await running.count(tables.runs) == 0


@pytest.mark.scenario("P-ATT-07")
async def test_p_att_07_the_steps_come_in_card_order(running: RunningPortal) -> None:
    walk = await running.walk()
    await walk.to_report()
    order = [record.action for record in await running.audit_records()]
    steps = ["A-ORGTYPE", "A-ORG-SELECT", "A-RPT-SELECT", "A-ATTEST", "A-REPORT-RUN"]
    assert [event for event in order if event in steps] == steps


async def test_a_run_is_audited_with_what_it_was_for(running: RunningPortal) -> None:
    walk = await at(running, "S-REPORT")
    assert walk.screen.report is not None
    [record] = await running.audit_records("A-REPORT-RUN")
    assert record.details["report_id"] == "R-PQRS-2011"
    assert record.details["purpose"] == "ce"
    assert str(record.details["org_ref"]).endswith(", 4802")
    assert record.object == f"run:{walk.screen.report.id}"


@pytest.mark.scenario("P-RUN-03")
async def test_p_run_03_one_report_at_a_time(running: RunningPortal, held: HeldReport) -> None:
    walk = await at(running, "S-BUSY")
    assert walk.screen.progress is not None
    assert walk.screen.progress.done == 0
    call = await walk.act("run_document", state="S-RUN")
    assert (call.status, call.code, walk.screen.state) == (409, "E-RUN-03", "S-BUSY")
    assert await running.count(tables.runs) == 1
    held.release.set()
    await walk.until_done()
    assert walk.screen.state == "S-REPORT"


async def test_tr_21_a_cancelled_run_is_discarded(running: RunningPortal, held: HeldReport) -> None:
    walk = await at(running, "S-BUSY")
    await walk.act("cancel")
    assert walk.screen.state == "S-RUN"
    assert walk.notices[0] == "E-RUN-04"
    held.release.set()
    await run(walk)
    assert walk.screen.state == "S-REPORT"
    statuses = [row[0] for row in await running.rows(select(tables.runs.c.status))]
    assert sorted(statuses) == ["cancelled", "done"]


class Slow(Pqrs2011):
    """A report for which the clock runs so many seconds."""

    def __init__(self, clock: FrozenSecurityClock, seconds: float) -> None:
        self.clock = clock
        self.seconds = seconds

    def build(
        self,
        organization: Organization,
        facts: RunFacts,
        sections: Collection[str] | None = None,
        subject: Subject = WHOLE,
    ) -> Report:
        """See `ReportEngine`."""
        self.clock.advance(self.seconds)
        return super().build(organization, facts, sections, subject)


@pytest.mark.scenario("P-RUN-04")
@pytest.mark.parametrize(("seconds", "codes"), [(119, []), (120, ["E-RUN-02"])])
async def test_p_run_04_a_run_may_take_two_minutes(seconds: int, codes: list[str]) -> None:
    clock = FrozenSecurityClock()
    async with portal(engines={"R-PQRS-2011": Slow(clock, seconds)}, security=clock) as running:
        walk = await (await running.walk()).to_report()
        assert walk.codes == codes
        assert walk.screen.state == ("S-RUN" if codes else "S-REPORT")
        if codes:
            [record] = await running.audit_records("A-REPORT-FAIL")
            assert record.details["reason"] == "E-RUN-02"


class Broken(Pqrs2011):
    """A report that cannot be produced."""

    def build(
        self,
        organization: Organization,
        facts: RunFacts,
        sections: Collection[str] | None = None,
        subject: Subject = WHOLE,
    ) -> Report:
        """See `ReportEngine`."""
        raise ZeroDivisionError("000104802 in a text that nobody may see")


async def test_e_run_01_a_failed_run_names_a_reference_only(caplog: pytest.LogCaptureFixture) -> None:
    async with portal(engines={"R-PQRS-2011": Broken()}) as running:
        walk = await (await running.walk()).to_report()
        assert (walk.screen.state, walk.codes) == ("S-RUN", ["E-RUN-01"])
        text = walk.screen.errors[0].text
        assert "000104802" not in str(walk.last.body)
        fields = [record.__dict__.get("fields", {}) for record in caplog.records]
        [reference] = [found["reference"] for found in fields if "reference" in found]
        assert reference in text
        await walk.act("run_document")
        assert walk.screen.state == "S-BUSY"


@pytest.mark.scenario("P-RUN-05")
@pytest.mark.parametrize("action", list(exporters()))
async def test_p_run_05_no_file_holds_a_full_tin(running: RunningPortal, action: ReportAction) -> None:
    walk = await (await running.walk()).to_run(action=action)
    field = walk.screen.field("path")
    assert field is not None
    name = f"r-pqrs-2011_4802_20181001-100000.{exporters()[action].ending}"  # F-RUN-02
    assert field.value == name
    await run(walk)
    assert walk.screen.state == "S-RUN"
    download = walk.screen.download
    assert download is not None
    assert download.name == name
    content = await file_of(running, walk, download.file_id)
    assert (len(content), hashlib.sha256(content).hexdigest()) == (download.bytes, download.sha256)
    parts = parts_of(content)
    assert [part for part in parts if FULL_TIN.search(part)] == []
    assert any(b"4802" in part for part in parts)
    [record] = await running.audit_records("A-REPORT-DOWNLOAD")
    assert record.details["form"] == action


def parts_of(content: bytes) -> list[bytes]:
    """The text of a file, unpacked."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [archive.read(name) for name in archive.namelist()]
    if content.startswith(b"%PDF"):
        from pypdf import PdfReader

        return [page.extract_text().encode() for page in PdfReader(io.BytesIO(content)).pages]
    return [content]


async def file_of(running: RunningPortal, walk: Walk, file_id: str) -> bytes:
    """The bytes of a download."""
    headers = {"Authorization": f"Bearer {walk.token}"}
    response = await running.http.get(f"/api/files/{file_id}", headers=headers)
    assert response.status_code == 200
    assert response.headers["content-disposition"].startswith("attachment; filename=")
    return response.content


@pytest.mark.sr("SR-AC-02")
async def test_reports_and_files_of_others_do_not_exist(running: RunningPortal) -> None:
    walk = await at(running, "S-REPORT")
    assert walk.screen.report is not None
    report = walk.screen.report.id
    await walk.act("download_json")
    await run(walk)
    assert walk.screen.download is not None
    file_id = walk.screen.download.file_id
    running.security.advance(30)
    other = await (await running.walk(client_id="other")).to_report()
    bodies = []
    for path in (
        f"/api/reports/{report}",
        "/api/reports/no-such-report-was-made",
        "/api/reports/%5Bbold%5D",
        f"/api/reports/{report}/explain?section=TIN&table=T1&row=x&column=y",
        f"/api/files/{file_id}",
        "/api/files/no-such-file",
    ):
        call = await running.call("GET", path, other.token)
        assert (call.status, call.code) == (404, "E-AUTHZ-02"), path
        bodies.append({name: call.body["error"][name] for name in ("type", "code", "message")})
    assert all(body == bodies[0] for body in bodies)
    own = await running.call("GET", f"/api/reports/{report}", walk.token)
    assert own.status == 200


async def test_a_report_of_another_organization_waits_until_one_is_back(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_picker("demo.mixed")
    await walk.pick("BIRCH")
    await walk.act("next", **CHOICE)
    await walk.act("confirm", purpose="ce")
    await run(walk)
    assert walk.screen.report is not None
    path = f"/api/reports/{walk.screen.report.id}"
    await walk.act("change_org")
    await walk.act("next", org_ids=[ORGANIZATIONS["O-10"].org_id])
    assert (await running.call("GET", path, walk.token)).code == "E-AUTHZ-02"


async def test_explain_answers_for_computed_cells(running: RunningPortal) -> None:
    walk = await at(running, "S-REPORT")
    report = await walk.report("TIN")
    assert walk.screen.report is not None
    table = report.sections[0].tables[0]
    columns = [column.id for column in table.columns if column.explainable]
    assert columns
    answered = 0
    for row in table.rows:
        query = f"section=TIN&table={table.id}&row={row.id}&column={columns[0]}"
        call = await running.call("GET", f"/api/reports/{walk.screen.report.id}/explain?{query}", walk.token)
        assert call.status in (200, 404)
        answered += call.status == 200
    assert answered


async def test_a_long_poll_ends_with_the_report(running: RunningPortal, held: HeldReport) -> None:
    walk = await at(running, "S-BUSY")
    path = f"/api/flow?after={walk.screen.step_token}&wait=20"
    waiting = asyncio.create_task(running.call("GET", path, walk.token))
    await asyncio.sleep(0)
    held.release.set()
    async with asyncio.timeout(10):
        call = await waiting
    assert call.answer.screen.state == "S-REPORT"
    at_once = await running.call("GET", path, walk.token)
    assert at_once.answer.screen.state == "S-REPORT"
    nothing_new = await running.call(
        "GET", f"/api/flow?after={at_once.answer.screen.step_token}&wait=0.01", walk.token
    )
    assert nothing_new.answer.screen.step_token == at_once.answer.screen.step_token
