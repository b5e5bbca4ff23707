"""Roles, organization types and the picker of up to 310,184 rows (portal-flow 5.1 to 5.3, 15.4, 15.5)."""

import re
import time
from collections.abc import Mapping

import pytest
from sqlalchemy import insert

from client.messages.calls import ListOrganizations
from client.messages.screen import FieldValue, Table
from mock_server.scenario.organizations import ORGANIZATIONS
from mock_server.store import tables
from tests.support.portal import RunningPortal, Walk
from tests.support.stations import ALDER, CHOICE, at

JUNIPER = ORGANIZATIONS["O-10"].org_id
REAL_TINS = re.compile(r"(?<!\d)000[-]?\d{6}(?!\d)|(?<!\d)00-0\d{6}(?!\d)")
"""Any full TIN of the demo nation."""


def table(walk: Walk) -> Table:
    """The rows on the screen."""
    assert walk.screen.table is not None
    return walk.screen.table


def texts(walk: Walk) -> list[str]:
    """Row texts on the screen."""
    return [row.cells[0] for row in table(walk).rows]


def selected(walk: Walk) -> list[str]:
    """Row texts of the selection."""
    field = walk.screen.field("org_ids")
    assert field is not None
    return [option.label for option in field.options]


async def to_types(running: RunningPortal, user_id: str) -> Walk:
    """At S-ORGTYPE."""
    walk = await (await running.walk()).sign_in(user_id)
    await walk.act("feedback_reports")
    return walk


@pytest.mark.scenario("P-ROLE-01")
async def test_p_role_01_without_a_role_only_my_portal(running: RunningPortal) -> None:
    walk = await (await running.walk()).sign_in("demo.norole")
    assert walk.screen.intro[1] == "Tabs: My Portal."
    assert "E-ROLE-01" in walk.notices
    assert set(walk.offered) == {"help", "outbox", "logout"}  # asking for a role is a later issue
    call = await walk.act("feedback_reports")
    assert (call.status, call.code, walk.screen.state) == (403, "E-ROLE-01", "S-HOME")


@pytest.mark.parametrize("user_id", ["demo.pending", "demo.revoked"])
async def test_f_role_09_other_grants_give_nothing(running: RunningPortal, user_id: str) -> None:
    walk = await (await running.walk()).sign_in(user_id)
    assert "feedback_reports" not in walk.offered
    assert "E-ROLE-01" in walk.notices
    assert ("N-ROLE-01" in walk.notices) == (user_id == "demo.pending")


@pytest.mark.scenario("P-ROLE-08")
@pytest.mark.sr("SR-AC-07")
@pytest.mark.parametrize(
    ("state", "action"),
    [
        ("S-ORGPICK", "next"),
        ("S-RPTSEL", "next"),
        ("S-ATTEST", "confirm"),
        ("S-RUN", "run_document"),
        ("S-REPORT", "download_json"),
    ],
)
async def test_p_role_08_a_revoked_grant_is_gone_with_the_next_action(
    running: RunningPortal, state: str, action: str
) -> None:
    walk = await at(running, state)
    await running.set_grants("demo.grouprep", "revoked")
    values: dict[str, Mapping[str, FieldValue]] = {
        "S-ORGPICK": {"org_ids": [ALDER]},
        "S-RPTSEL": CHOICE,
        "S-ATTEST": {"purpose": "ce"},
    }
    call = await walk.act(action, values.get(state))
    assert (call.status, call.code, walk.screen.state) == (404, "E-ORG-03", "S-ORGPICK")
    assert call.body["error"]["type"] == "not_found"
    [denied] = await running.audit_records("A-AUTHZ-DENY")
    assert (denied.details["row"], denied.details["cell"]) == ("PERM-V-07", "GR")
    assert texts(walk) == []
    assert selected(walk) == []
    assert "ALDER CREEK" not in str(call.body["data"]["screen"])
    await walk.read()
    assert walk.screen.state == "S-ORGPICK"


async def test_p_role_08_a_report_on_screen_cannot_be_read_any_more(running: RunningPortal) -> None:
    walk = await at(running, "S-REPORT")
    assert walk.screen.report is not None
    path = f"/api/reports/{walk.screen.report.id}"
    await running.set_grants("demo.grouprep", "revoked")
    call = await running.call("GET", path, walk.token)
    assert (call.status, call.code) == (404, "E-ORG-03")


@pytest.mark.scenario("P-ORG-01")
async def test_p_org_01_one_type_is_preselected_and_still_shown(running: RunningPortal) -> None:
    walk = await to_types(running, "demo.grouprep")
    [field] = walk.screen.fields
    assert [option.label for option in field.options] == ["Practices (1)"]
    assert field.value == "practice"


@pytest.mark.scenario("P-ORG-02")
async def test_p_org_02_types_are_counted_in_their_order(running: RunningPortal) -> None:
    walk = await to_types(running, "demo.multi")
    [field] = walk.screen.fields
    assert [option.label for option in field.options] == ["Practices (2)", "APM Entities (1)"]
    assert field.value is None
    await walk.act("next")
    assert walk.codes == ["E-VAL-01"]
    await walk.act("next", org_type="apm_entity")
    assert texts(walk) == ["MEADOW DEMO ACO:A9901"]
    assert "APM Entity (Required)" in walk.screen.intro


@pytest.mark.scenario("P-ORG-03")
async def test_p_org_03_a_type_without_a_grant(running: RunningPortal) -> None:
    walk = await to_types(running, "demo.grouprep")
    call = await walk.act("next", org_type="registry")
    assert (call.status, call.code, walk.screen.state) == (403, "E-ORG-07", "S-ORGTYPE")
    assert (await walk.act("next", org_type="hospital")).code == "E-VAL-04"


@pytest.mark.scenario("P-ORG-04")
async def test_p_org_04_rows_carry_the_name_of_the_role(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_picker("demo.mixed")
    assert [row.cells for row in table(walk).rows] == [
        ["BIRCH HOLLOW DEMO MEDICINE:1357", "Individual Practitioner"],
        ["JUNIPER DEMO PRACTICE:4802", "Security Official"],
    ]


@pytest.mark.scenario("P-TIN-01")
async def test_p_tin_01_the_first_of_311_pages(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_picker("demo.bulk")
    page = table(walk)
    assert (page.pager, len(page.rows), page.pages) == ("1 - 1000 of 310184", 1000, 311)
    assert texts(walk)[0] == "AMBER ANCHOR DEMO PRACTICE 000:0000"


@pytest.mark.scenario("P-TIN-02")
async def test_p_tin_02_the_last_page_and_the_edges(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_picker("demo.bulk")
    await walk.act("prev_page")
    assert walk.codes == ["E-ORG-06"]
    await walk.act("next_page")
    assert table(walk).pager == "1001 - 2000 of 310184"
    await walk.act("prev_page")
    await walk.act("last_page")
    assert (table(walk).pager, len(table(walk).rows)) == ("310001 - 310184 of 310184", 184)
    call = await walk.act("next_page")
    assert (call.status, call.code) == (422, "E-ORG-06")
    await walk.act("first_page")
    assert table(walk).first == 1


@pytest.mark.scenario("P-TIN-03")
async def test_p_tin_03_last_four_digits(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_picker("demo.bulk")
    await walk.act("search", search="0183")
    assert table(walk).pager == "1 - 32 of 32"
    assert all(text.endswith(":0183") for text in texts(walk))
    await walk.act("search", search="4802")
    assert table(walk).pager == "1 - 31 of 31"


@pytest.mark.scenario("P-TIN-04")
async def test_p_tin_04_match_case(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_picker("demo.bulk")
    await walk.act("search", search="harbor", match_case=False)
    assert table(walk).pager == "1 - 1000 of 9696"
    await walk.act("last_page")
    await walk.act("search", search="Harbor", match_case=True)
    assert table(walk).pager == "0 - 0 of 0"
    [nothing] = [notice for notice in walk.screen.notices if notice.code == "N-ORG-01"]
    assert '"Harbor"' in nothing.text


@pytest.mark.scenario("P-TIN-05")
@pytest.mark.parametrize(
    ("search", "row"),
    [
        ("TEAL HARBOR 017", "TEAL HARBOR DEMO PRACTICE 017:"),
        ("YELLOW WREN 214", "YELLOW WREN DEMO PRACTICE 214:0183"),
    ],
)
async def test_p_tin_05_all_words_have_to_match(running: RunningPortal, search: str, row: str) -> None:
    walk = await (await running.walk()).to_picker("demo.bulk")
    await walk.act("search", search=search)
    assert table(walk).pager == "1 - 1 of 1"
    assert texts(walk)[0].startswith(row)


@pytest.mark.scenario("P-TIN-06")
async def test_p_tin_06_rows_with_the_same_digits_are_told_apart_by_id(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_picker("demo.multi")
    await walk.act("search", search="4802")
    assert [(row.id, row.cells[0]) for row in table(walk).rows] == [
        (ALDER, "ALDER CREEK DEMO CLINIC LLC:4802"),
        (JUNIPER, "JUNIPER DEMO PRACTICE:4802"),
    ]
    await walk.act("next", org_ids=[JUNIPER])
    assert walk.screen.org is not None
    assert walk.screen.org.display == "JUNIPER DEMO PRACTICE:4802"


@pytest.mark.scenario("P-TIN-07")
async def test_p_tin_07_a_second_choice_replaces_the_first(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_picker("demo.mixed")
    first, second = [row.id for row in table(walk).rows]
    await walk.act("select", org_ids=[first])
    assert selected(walk) == ["BIRCH HOLLOW DEMO MEDICINE:1357"]
    assert texts(walk) == ["JUNIPER DEMO PRACTICE:4802"]
    assert table(walk).total == 2
    await walk.act("select", org_ids=[second])
    [said] = [notice.text for notice in walk.screen.notices if notice.code == "N-ORG-02"]
    assert said.startswith("JUNIPER DEMO PRACTICE:4802 replaced BIRCH HOLLOW DEMO MEDICINE:1357")
    assert texts(walk) == ["BIRCH HOLLOW DEMO MEDICINE:1357"]
    await walk.act("clear")
    assert selected(walk) == []


@pytest.mark.scenario("P-TIN-08")
@pytest.mark.parametrize("action", ["select", "next"])
async def test_p_tin_08_only_one_selection(running: RunningPortal, action: str) -> None:
    walk = await (await running.walk()).to_picker("demo.multi")
    call = await walk.act(action, org_ids=[ALDER, JUNIPER])
    assert (call.status, call.code, walk.screen.state) == (422, "E-ORG-02", "S-ORGPICK")
    assert selected(walk) == []


@pytest.mark.scenario("P-TIN-09")
async def test_p_tin_09_next_needs_a_selection(running: RunningPortal) -> None:
    walk = await at(running, "S-ORGPICK")
    call = await walk.act("next")
    assert (call.status, call.code) == (422, "E-ORG-01")
    assert "Select a TIN." in walk.screen.errors[0].text


@pytest.mark.scenario("P-TIN-10")
@pytest.mark.sr("SR-AC-02")
async def test_p_tin_10_foreign_missing_and_malformed_ids_look_alike(running: RunningPortal) -> None:
    walk = await at(running, "S-ORGPICK")
    seen = []
    for org_id in (JUNIPER, ORGANIZATIONS["RG-01"].org_id, "0" * 32, "no-such-id", "[bold]"):
        call = await walk.act("next", org_ids=[org_id])
        assert (call.status, call.code, walk.screen.state) == (404, "E-ORG-03", "S-ORGPICK")
        seen.append([(error.code, error.field, error.text) for error in walk.screen.errors])
        assert org_id not in str(call.body)
    assert all(found == seen[0] for found in seen)
    denied = await running.audit_records("A-AUTHZ-DENY")
    assert len(denied) == 5
    assert {record.details["row"] for record in denied} == {"PERM-V-06"}


@pytest.mark.scenario("P-TIN-12")
@pytest.mark.sr("SR-PII-02")
@pytest.mark.parametrize("typed", ["000104802", "00-0104802", "alder 000104802"])
async def test_p_tin_12_a_full_tin_finds_its_row_and_is_never_shown(
    running: RunningPortal, typed: str
) -> None:
    walk = await at(running, "S-ORGPICK")
    await walk.act("search", search=typed)
    assert texts(walk) == ["ALDER CREEK DEMO CLINIC LLC:4802"]
    bodies = [str(walk.last.body)]
    field = walk.screen.field("search")
    assert field is not None
    assert str(field.value).endswith("XXXXX4802")
    moves: list[tuple[str, dict[str, FieldValue]]] = [
        ("first_page", {"search": field.value}),
        ("last_page", {}),
        ("select", {"org_ids": [ALDER], "search": field.value, "match_case": False}),
        ("clear", {"search": typed}),
    ]
    for action, values in moves:
        await walk.act(action, values)
        assert walk.codes == []
        bodies.append(str(walk.last.body))
    assert texts(walk) == ["ALDER CREEK DEMO CLINIC LLC:4802"]
    await walk.act("search", search="000234802")  # not in the list
    bodies.append(str(walk.last.body))
    assert texts(walk) == []
    listed = await running.call("POST", "/api/flow/list", walk.token, json={"search": typed})
    bodies.append(str(listed.body))
    assert listed.body["data"]["total"] == 1
    assert [found for body in bodies for found in REAL_TINS.findall(body)] == []
    stored = str(await running.rows(tables.flows.select()))
    assert REAL_TINS.findall(stored) == []
    kinds = [record.details["kind"] for record in await running.audit_records("A-ORG-SEARCH")]
    assert set(kinds) == {"tin"}
    assert REAL_TINS.findall(str(await running.audit_records())) == []


@pytest.mark.scenario("P-TIN-13")
async def test_p_tin_13_the_server_answers_in_time(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_picker("demo.bulk")
    engine = running.server.engine
    searches = ["", "harbor", "a", "0183", "DEMO PRACTICE 21", "000500017", "zzz", "e e e"]
    slowest = 0.0
    for search in searches:
        times = []
        for page in (1, 1, 1):
            started = time.process_time()
            await engine.list_rows(walk.token, ListOrganizations(search=search, page=page), "127.0.0.1")
            times.append(time.process_time() - started)
        slowest = max(slowest, min(times))
    assert slowest < 0.3


@pytest.mark.scenario("P-TIN-14")
async def test_p_tin_14_the_selection_survives_paging_and_searching(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_picker("demo.bulk")
    row = table(walk).rows[2]
    await walk.act("select", org_ids=[row.id])
    for _ in range(4):
        await walk.act("next_page")
    assert table(walk).page == 5
    assert selected(walk) == [row.cells[0]]
    await walk.act("search", search="harbor")
    assert selected(walk) == [row.cells[0]]
    await walk.act("next")
    assert walk.screen.state == "S-RPTSEL"
    assert walk.screen.org is not None
    assert walk.screen.org.display == row.cells[0]


@pytest.mark.scenario("P-FLOW-05")
async def test_p_flow_05_list_reads_change_nothing_and_are_audited_once(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_picker("demo.bulk")
    token = walk.screen.step_token
    for text in (
        "t",
        "te",
        "tea",
        "teal",
        "teal ",
        "teal h",
        "teal ha",
        "teal har",
        "teal harbo",
        "teal harbor",
    ):
        listed = await running.call("POST", "/api/flow/list", walk.token, json={"search": text})
        assert listed.status == 200
    await walk.read()
    assert walk.screen.step_token == token
    assert await running.audit_records("A-ORG-SEARCH") == []
    await walk.act("select", org_ids=[listed.body["data"]["rows"][0]["id"]])
    [record] = await running.audit_records("A-ORG-SEARCH")
    assert record.details["length"] == len("teal harbor")
    assert record.details["hits"] == 303
    assert "teal" not in str(record.details)
    await walk.act("next_page", search="teal harbor")
    assert len(await running.audit_records("A-ORG-SEARCH")) == 2


async def test_w_6_lists_only_where_the_picker_is(running: RunningPortal) -> None:
    walk = await at(running, "S-ORGTYPE")
    call = await running.call("POST", "/api/flow/list", walk.token, json={})
    assert (call.status, call.code) == (409, "E-FLOW-02")
    await walk.act("next", org_type="practice")
    for body, status, code in (
        ({"limit": 1001}, 422, None),
        ({"limit": 0}, 422, None),
        ({"page": 0}, 422, None),
        ({"page": 2}, 422, "E-ORG-06"),
        ({"search": "x" * 65}, 422, "E-VAL-02"),
        ({"search": "a\x1b[31m"}, 422, "E-VAL-03"),
    ):
        call = await running.call("POST", "/api/flow/list", walk.token, json=body)
        assert (call.status, call.code) == (status, code), body
    short = await running.call("POST", "/api/flow/list", walk.token, json={"search": "x" * 64, "limit": 1})
    assert short.body["data"]["pager"] == "0 - 0 of 0"


async def test_f_org_05_search_is_limited_and_resets_the_page(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_picker("demo.bulk")
    await walk.act("last_page")
    for action in ("search", "next_page", "select", "clear", "next"):
        if action in walk.offered:
            await walk.act(action, search="x" * 65)
            assert walk.codes == ["E-VAL-02"]
    await walk.act("search", search="wren")
    assert table(walk).page == 1


async def test_f_org_14_equal_texts_get_a_number(running: RunningPortal) -> None:
    account = await running.account_id("demo.bulk")
    grant = {"account_id": account, "role": "GR", "state": "active", "org_key": "O-01"}
    await running.execute(insert(tables.grants).values(**grant, requested_at=running.security.now()))
    walk = await (await running.walk()).to_picker("demo.bulk")
    assert table(walk).total == 310_185
    await walk.act("search", search="alder")
    assert texts(walk) == ["ALDER CREEK DEMO CLINIC LLC:4802"]


async def test_back_and_forth_keeps_the_organization(running: RunningPortal) -> None:
    walk = await at(running, "S-RPTSEL")
    await walk.act("back")
    assert selected(walk) == ["ALDER CREEK DEMO CLINIC LLC:4802"]
    await walk.act("back")
    await walk.act("next", org_type="practice")
    assert selected(walk) == ["ALDER CREEK DEMO CLINIC LLC:4802"]
    await walk.act("next")
    assert walk.screen.state == "S-RPTSEL"


async def test_another_type_drops_the_organization(running: RunningPortal) -> None:
    walk = await (await running.walk()).to_picker("demo.multi")
    await walk.act("next", org_ids=[JUNIPER])
    await walk.act("back")
    await walk.act("back")
    await walk.act("next", org_type="apm_entity")
    assert selected(walk) == []
    assert (await walk.act("next")).code == "E-ORG-01"
