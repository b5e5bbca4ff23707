"""Level and clinician of a MIPS report through the whole walk (F-RPT-06, portal-flow 5.4 to 5.7)."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import insert

from client.messages.screen import Field, FieldValue, Screen
from mock_server.flow.engines import Subject
from mock_server.scenario.organizations import ORGANIZATIONS
from mock_server.store import tables
from tests.support.feedback import Feedback, feedback_engines
from tests.support.portal import RunningPortal, Walk, portal

ROWAN, MAYA, IRIS = "0999010016", "0999010024", "0999010081"
FINAL = {"year": "2019", "report": "R-MIPS-2019", "action": "view"}
FEEDBACK = feedback_engines()


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def server() -> AsyncIterator[RunningPortal]:
    async with portal(engines=FEEDBACK) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def feedback(server: RunningPortal) -> RunningPortal:
    """The portal in August 2020, when the feedback of all three years is out."""
    await server.reset()
    await server.set_clock(scenario="SC-2020-FB", rebase=True)
    return server


def engine(report_id: str = "R-MIPS-2019") -> Feedback:
    found = FEEDBACK[report_id]
    assert isinstance(found, Feedback)
    return found


def field(screen: Screen, field_id: str) -> Field:
    found = screen.field(field_id)
    assert found is not None
    return found


def levels_of(screen: Screen, report_id: str) -> dict[str, str | None]:
    """Value -> reason of the levels offered for a report."""
    options = field(screen, "level").options
    return {
        option.value: option.reason
        for option in options
        if option.when and report_id in option.when["report"]
    }


async def chosen(walk: Walk, **values: FieldValue) -> Walk:
    """On with the final feedback of 2019 and these values."""
    await walk.act("next", {**FINAL, **values})
    return walk


async def test_f_rpt_06_a_practice_chooses_group_clinician_or_its_entity(feedback: RunningPortal) -> None:
    walk = await (await feedback.walk()).to_choice("demo.official")
    assert [each.id for each in walk.screen.fields] == ["year", "report", "level", "clinician", "action"]
    assert levels_of(walk.screen, "R-MIPS-2019") == {
        "group": None, "individual": None, "apm_entity:A9901": None
    }  # fmt: skip
    labels = [option.label for option in field(walk.screen, "level").options]
    assert "APM Entity MEADOW DEMO ACO" in labels
    people = field(walk.screen, "clinician")
    assert people.when == {"level": ["individual"]}
    assert people.options[0].label == "Rowan Alder, NPI 0999010016"
    iris = next(option for option in people.options if option.value == IRIS)
    assert iris.when == {"report": ["R-MIPS-2019", "R-MIPS-2019-PRE"]}  # she first billed in 2019
    await chosen(walk)
    assert [(error.code, error.field) for error in walk.screen.errors] == [("E-VAL-01", "level")]
    await chosen(walk, level="individual")
    assert [(error.code, error.field) for error in walk.screen.errors] == [("E-VAL-01", "clinician")]
    assert field(walk.screen, "level").value == "individual"


async def test_f_rpt_06_level_and_clinician_travel_to_the_report(feedback: RunningPortal) -> None:
    walk = await (await feedback.walk()).to_choice("demo.official")
    await chosen(walk, level="individual", clinician=MAYA)
    assert walk.screen.state == "S-ATTEST"
    assert "Individual clinician Maya Fennel, NPI 0999010024" in walk.screen.intro[0]
    await walk.act("confirm", purpose="ce")
    assert "Level: Individual clinician Maya Fennel, NPI 0999010024" in walk.screen.intro
    await walk.act("run_document")
    await walk.until_done()
    report = await walk.report()
    assert report.facts[0].value == f"individual {MAYA} None"
    for event in ("A-RPT-SELECT", "A-REPORT-RUN"):
        [record] = await feedback.audit_records(event)
        assert (record.details["level"], record.details["npi"]) == ("individual", MAYA)
    assert str(engine().asked[-1].on) == "2020-08-10"
    assert walk.screen.report is not None
    path = f"/api/reports/{walk.screen.report.id}/explain?section=OVERVIEW&table=T&row=R&column=C"
    await feedback.call("GET", path, walk.token)
    assert engine().asked[-1].npi == MAYA
    await walk.act("download_json")
    assert "Level: Individual clinician Maya Fennel, NPI 0999010024" in walk.screen.intro
    await walk.act("back")
    assert walk.screen.state == "S-REPORT"
    await walk.act("back")
    assert "Level: Individual clinician Maya Fennel, NPI 0999010024" in walk.screen.intro
    await walk.act("back")
    assert [each.value for each in walk.screen.fields] == ["2019", "R-MIPS-2019", "individual", MAYA, "view"]


async def test_f_att_05_another_level_of_the_same_report_needs_no_new_attestation(
    feedback: RunningPortal,
) -> None:
    walk = await (await feedback.walk()).to_choice("demo.official")
    await chosen(walk, level="group")
    await walk.act("confirm", purpose="ce")
    assert "Level: Group" in walk.screen.intro
    await walk.act("back")
    await chosen(walk, level="apm_entity:A9901")
    assert walk.screen.state == "S-RUN"
    assert "Level: APM Entity MEADOW DEMO ACO" in walk.screen.intro
    await walk.act("run_document")
    await walk.until_done()
    assert (await walk.report()).facts[0].value == "apm_entity None AE-01"


@pytest.mark.parametrize(
    ("user_id", "org_type", "name", "level", "label"),
    [
        ("demo.virtual", "virtual_group", "ORCHARD", "virtual_group",
         "Virtual Group ORCHARD DEMO VIRTUAL GROUP"),
        ("demo.aco", "apm_entity", "MEADOW", "apm_entity", "APM Entity MEADOW DEMO ACO"),
    ],
)  # fmt: skip
async def test_f_rpt_06_others_have_one_level_which_is_preselected(
    feedback: RunningPortal, user_id: str, org_type: str, name: str, level: str, label: str
) -> None:
    walk = await (await feedback.walk()).to_choice(user_id, name, org_type)
    select = field(walk.screen, "level")
    assert select.value == level
    assert {option.label for option in select.options} == {label}
    assert walk.screen.field("clinician") is None
    await chosen(walk, level=level)
    await walk.act("confirm", purpose="ce")
    assert f"Level: {label}" in walk.screen.intro
    await walk.act("run_document")
    await walk.until_done()
    assert (await walk.report()).facts[0].value == f"{level} None None"


@pytest.mark.scenario("P-RPT-06")
async def test_p_rpt_06_a_clinician_chooses_the_own_npi_only(feedback: RunningPortal) -> None:
    walk = await (await feedback.walk()).to_choice("demo.clinician")
    assert levels_of(walk.screen, "R-MIPS-2019") == {"individual": None}
    assert field(walk.screen, "level").value == "individual"
    people = field(walk.screen, "clinician")
    assert ([option.value for option in people.options], people.value) == ([ROWAN], ROWAN)
    call = await walk.act("next", {**FINAL, "level": "individual", "clinician": MAYA})
    assert (call.status, call.code, walk.screen.state) == (403, "E-RPT-04", "S-RPTSEL")
    call = await walk.act("next", {**FINAL, "level": "group"})
    assert (call.status, call.code, walk.screen.state) == (403, "E-RPT-04", "S-RPTSEL")
    denied = await feedback.audit_records("A-AUTHZ-DENY")
    assert {(each.details["row"], each.details["cell"]) for each in denied} == {("PERM-P-04", "PR-CL")}
    await chosen(walk, level="individual", clinician=ROWAN)
    assert walk.screen.state == "S-ATTEST"


@pytest.mark.scenario("P-RPT-08")
async def test_p_rpt_08_shared_savings_participants_see_the_entity_others_are_told_to_ask_it(
    feedback: RunningPortal,
) -> None:
    first = {"year": "2017", "report": "R-MIPS-2017", "action": "view"}
    walk = await (await feedback.walk()).to_choice("demo.ssptin", "CEDAR")
    await walk.act("next", {**first, "level": "apm_entity:A9901"})
    assert walk.screen.state == "S-ATTEST"
    feedback.security.advance(400)
    walk = await (await feedback.walk(client_id=None)).to_choice("demo.gproone", "LINDEN")
    reason = levels_of(walk.screen, "R-MIPS-2017")["apm_entity:V9901"]
    assert reason is not None
    assert "representatives" in reason
    call = await walk.act("next", {**first, "level": "apm_entity:V9901"})
    assert (call.status, call.code, walk.screen.state) == (403, "E-RPT-04", "S-RPTSEL")
    assert "Ask the representatives of PRAIRIE DEMO ACO." in walk.screen.errors[0].text
    assert walk.screen.errors[0].field == "level"


async def test_az_3_people_and_entities_of_others_are_not_found(feedback: RunningPortal) -> None:
    walk = await (await feedback.walk()).to_choice("demo.official")
    elsewhere: list[dict[str, FieldValue]] = [
        {"level": "individual", "clinician": "0999100015"},
        {"level": "apm_entity:V9901"},
        {"level": "apm_entity:V9902"},  # there is none: the answer is the same
        {"level": "virtual_group"},
    ]
    for values in elsewhere:
        call = await walk.act("next", {**FINAL, **values})
        assert (call.status, call.code, walk.screen.state) == (404, "E-AUTHZ-02", "S-RPTSEL"), values
    denied = await feedback.audit_records("A-AUTHZ-DENY")
    assert [(each.details["row"], each.details["cell"]) for each in denied] == [
        ("PERM-P-04", "none"), ("PERM-P-04", "none"), ("PERM-P-04", "none"), ("PERM-Q-20", "PR-SO")
    ]  # fmt: skip
    for level, person in (("team", None), ("apm_entity:A9901 ", None), ("individual", "1234")):
        await chosen(walk, level=level.strip() + ("!" if level.endswith(" ") else ""), clinician=person)
        assert walk.codes == ["E-VAL-04"], level


@pytest.mark.parametrize(
    ("user_id", "org_type", "name", "row", "level"),
    [
        ("demo.virtual", "virtual_group", "ORCHARD", "PERM-Q-21", "group"),
        ("demo.virtual", "virtual_group", "ORCHARD", "PERM-Q-21", "individual"),
        ("demo.aco", "apm_entity", "MEADOW", "PERM-Q-22", "group"),
    ],
)
async def test_perm_q_21_and_22_members_are_not_visible_from_above(
    feedback: RunningPortal, user_id: str, org_type: str, name: str, row: str, level: str
) -> None:
    walk = await (await feedback.walk()).to_choice(user_id, name, org_type)
    call = await walk.act("next", {**FINAL, "level": level, "clinician": "0999080019"})
    assert (call.status, call.code) == (404, "E-AUTHZ-02")
    [denied] = await feedback.audit_records("A-AUTHZ-DENY")
    assert denied.details["row"] == row


async def test_e_rpt_03_stands_at_the_select_that_can_be_changed(
    feedback: RunningPortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = {
        Subject(level="group"),
        Subject(level="individual", npi=MAYA),
        Subject(level="apm_entity", entity="AE-01"),
    }
    monkeypatch.setattr(engine(), "absent", absent)
    walk = await (await feedback.walk()).to_choice("demo.official")
    found = []
    wanted: list[dict[str, FieldValue]] = [
        {"level": "group"},
        {"level": "individual", "clinician": MAYA},
        {"level": "apm_entity:A9901"},
    ]
    for values in wanted:
        await chosen(walk, **values)
        [error] = walk.screen.errors
        found.append((error.code, error.field, error.text))
    assert found == [
        ("E-RPT-03", None, "There is no MIPS Performance Feedback for this TIN for 2019."),
        ("E-RPT-03", "clinician", "There is no MIPS Performance Feedback for this clinician for 2019."),
        ("E-RPT-03", "level", "There is no MIPS Performance Feedback for this APM Entity for 2019."),
    ]


async def test_perm_q_31_final_feedback_before_its_release(feedback: RunningPortal) -> None:
    await feedback.set_clock(scenario="SC-2020-SUB", rebase=True)
    walk = await (await feedback.walk()).to_choice("demo.official")
    [final, early] = [
        each for each in field(walk.screen, "report").options if each.value.startswith("R-MIPS-2019")
    ]
    assert (final.enabled, final.reason) == (False, "Not yet available. It opens on 2020-07-01.")
    assert early.enabled
    call = await walk.act("next", {**FINAL, "level": "group"})
    assert (call.status, call.code) == (403, "E-RPT-02")
    call = await walk.act("next", {**FINAL, "report": "R-MIPS-2019-PRE", "level": "apm_entity:A9901"})
    assert (call.status, call.code) == (404, "E-AUTHZ-02")  # PERM-Q-19
    assert "apm_entity:A9901" not in levels_of(walk.screen, "R-MIPS-2019-PRE")
    await walk.act("next", {**FINAL, "report": "R-MIPS-2019-PRE", "level": "group"})
    assert walk.screen.state == "S-ATTEST"


async def test_f_rpt_09_pv_roles_see_the_feedback_of_2017_only(feedback: RunningPortal) -> None:
    walk = await (await feedback.walk()).to_choice("demo.solo", "BIRCH")
    assert [option.value for option in field(walk.screen, "year").options] == ["2017"]
    assert levels_of(walk.screen, "R-MIPS-2017") == {"group": None, "individual": None}
    call = await walk.act("next", {**FINAL, "level": "group"})
    assert (call.status, call.code) == (403, "E-RPT-04")


async def test_a_clinician_role_of_another_practice_stands_for_nobody(feedback: RunningPortal) -> None:
    account = await feedback.account_id("demo.noreport")
    values = {"account_id": account, "role": "PR-CL", "org_key": "O-01", "state": "active", "npi": None}
    await feedback.execute(insert(tables.grants).values(**values, requested_at=feedback.security.now()))
    walk = await (await feedback.walk()).to_choice("demo.noreport", "ALDER")
    assert walk.screen.field("level") is None
    call = await walk.act("next", {**FINAL, "level": "individual", "clinician": ROWAN})
    assert (call.status, call.code) == (403, "E-RPT-04")


@pytest.mark.parametrize("ends", ["lock", "restart"])
async def test_tr_25_and_tr_28_level_and_clinician_come_back(tmp_path: Path, ends: str) -> None:
    async with portal(data_dir=tmp_path, engines=FEEDBACK, scenario="SC-2020-FB") as running:
        walk = await (await running.walk()).to_choice("demo.official")
        await chosen(walk, level="individual", clinician=MAYA)
        await walk.act("confirm", purpose="ce")
        assert walk.screen.state == "S-RUN"
        if ends == "lock":
            running.security.advance(915)
            await walk.read()
            await walk.act("confirm", password="Walnut-Harbor-2468")
        else:
            running.security.advance(400)
            walk = await (await running.walk()).sign_in("demo.official")
        assert walk.screen.state == "S-ATTEST"
        assert "Maya Fennel, NPI 0999010024" in walk.screen.intro[0]
        assert ORGANIZATIONS["O-01"].row_text in walk.screen.intro[0]


async def test_w_9_a_run_is_taken_up_with_its_level(tmp_path: Path) -> None:
    async with portal(data_dir=tmp_path, engines=FEEDBACK, scenario="SC-2020-FB") as running:
        walk = await (await running.walk()).to_choice("demo.official")
        await chosen(walk, level="individual", clinician=MAYA)
        await walk.act("confirm", purpose="ce")
        await walk.act("run_document")
        await walk.until_done()
        run = (await running.rows(tables.runs.select()))[0]
        assert (run.level, run.clinician) == ("individual", MAYA)
        engine().asked.clear()
        await running.execute(tables.runs.update().values(status="running"))
        await running.server.jobs.take_up()
        await running.server.jobs.settled()
        assert {subject.npi for subject in engine().asked} == {MAYA}
