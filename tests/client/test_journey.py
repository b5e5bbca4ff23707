"""The walk as a client holds it (W-2 to W-10, F-GEN-04, F-GEN-13, RF-11, A11Y-ERR-08)."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from client.errors import ActionInProgress, NotOnThisScreen, PortalUnreachable, Refused
from client.journey import Journey
from client.messages.calls import ErrorBody
from client.messages.screen import Deadline, Problem, Progress, ReportReference, Screen, Table
from tests.client.scripted import (
    NOW,
    FakeTime,
    Script,
    action,
    data,
    field,
    flow,
    journey,
    login,
    portal,
    refused,
    screen,
)

LOST = httpx.ConnectError("refused")
FORM = screen(
    "S-PASS",
    "step-2",
    fields=[field("password", "secret"), field("mfa_type", "select"), field("hidden", visible=False)],
    actions=[action("send", primary=True), action("help")],
)
REFUSAL = ErrorBody(type="auth_failed", code="E-AUTH-01", message="No.")


def refused_form(token: str = "step-3") -> httpx.Response:
    page = screen("S-PASS", token, fields=FORM.fields, errors=[Problem(code="E-AUTH-01", text="No.")])
    return flow(page, error=REFUSAL, status=401)


async def at(page: Screen, script: Script, *, time: FakeTime | None = None) -> Journey:
    """A Journey that has come to a page."""
    return await journey(script, [flow(page, token="token-1", status=201)], time=time)


# Actions


async def test_an_action_carries_state_step_and_values() -> None:
    script = Script(flow(screen("S-CODE", "step-3")))
    walk = await at(FORM, script)
    assert (await walk.act("send", {"password": "secret", "mfa_type": None, "hidden": "x"})).state == "S-CODE"
    assert script.body() == {
        "state": "S-PASS",
        "step_token": "step-2",
        "action": "send",
        "values": {"password": "secret", "mfa_type": None},
    }


async def test_nothing_can_be_done_before_the_first_answer() -> None:
    walk = Journey(portal(Script(LOST)), "tui")
    assert not walk.started
    with pytest.raises(NotOnThisScreen):
        _ = walk.screen


async def test_a_refused_action_answers_the_screen_with_its_errors() -> None:
    walk = await at(FORM, Script(refused_form()))
    page = await walk.act("send", {"password": "wrong", "mfa_type": None})
    assert page.errors[0].code == "E-AUTH-01"
    assert walk.screen is page
    assert not walk.pending


async def test_one_action_at_a_time() -> None:
    script = Script(flow(screen("S-CODE", "step-3")))
    walk = await at(FORM, script)
    gate = script.hold("POST")
    first = asyncio.create_task(walk.act("send"))
    await script.has_asked(1)
    assert walk.busy
    with pytest.raises(ActionInProgress):
        await walk.act("help")
    gate.set()
    assert (await first).state == "S-CODE"
    assert len(script.asked) == 1


@pytest.mark.sr("RF-22")
async def test_rf_22_after_a_failure_inside_the_server_the_screen_stays_usable() -> None:
    script = Script(refused(None, "internal_error", status=500), flow(screen("S-CODE", "step-3")))
    walk = await at(FORM, script)
    with pytest.raises(Refused):
        await walk.act("send")
    assert walk.screen == FORM
    assert not walk.pending
    assert (await walk.act("send")).state == "S-CODE"


# Lost connections (W-9, RF-11)


@pytest.mark.sr("RF-11")
async def test_w_9_an_action_that_met_no_server_is_repeated_unchanged() -> None:
    script = Script(LOST)
    walk = await at(FORM, script)
    with pytest.raises(PortalUnreachable):
        await walk.act("send", {"password": "secret", "mfa_type": "email"})
    kept = walk.pending
    assert walk.values == {"mfa_type": "email"}
    script.then(flow(screen("S-CODE", "step-3")))
    assert (await walk.retry()).state == "S-CODE"
    assert (kept, walk.pending) == (True, False)
    assert len({request.content for request in script.asked}) == 1


async def test_retry_without_a_pending_action_reads_the_page() -> None:
    script = Script(flow(screen("S-HOME", "step-9")))
    walk = await at(FORM, script)
    assert (await walk.retry()).state == "S-HOME"
    assert script.paths == ["GET /api/flow"]


async def test_a_new_action_takes_the_place_of_the_pending_one() -> None:
    script = Script(LOST)
    walk = await at(FORM, script)
    with pytest.raises(PortalUnreachable):
        await walk.act("send", {"password": "one"})
    script.then(flow(screen("S-LAND", "step-3")))
    await walk.act("cancel")
    assert script.body()["action"] == "cancel"
    assert not walk.pending


async def test_an_abandoned_action_is_forgotten_with_its_secrets() -> None:
    walk = await at(FORM, Script(LOST))
    with pytest.raises(PortalUnreachable):
        await walk.act("send", {"password": "secret"})
    walk.abandon()
    assert not walk.pending


# The end of a login (W-3, F-GEN-13)


@pytest.mark.parametrize("code", ["E-SESS-01", "E-SESS-02"])
async def test_w_3_an_ended_login_begins_anew_and_says_why(code: str) -> None:
    script = Script(refused(code), flow(screen("S-LAND", "step-9"), token="token-2", status=201))
    walk = await at(FORM, script)
    page = await walk.act("send")
    assert page.state == "S-LAND"
    assert page.errors == [Problem(code=code, text=f"Refused: {code}.")]
    assert script.paths == ["POST /api/flow/act", "POST /api/flow"]


async def test_a_new_beginning_that_meets_no_server_can_be_retried() -> None:
    script = Script(refused("E-SESS-02"), LOST)
    walk = await at(FORM, script)
    with pytest.raises(PortalUnreachable):
        await walk.act("send")
    assert walk.pending
    script.then(flow(screen("S-LAND", "step-9"), token="token-2"))
    page = await walk.retry()
    assert (page.state, page.errors[0].code) == ("S-LAND", "E-SESS-02")


async def test_w_10_a_remembered_login_that_is_over_begins_anew() -> None:
    script = Script(refused("E-SESS-02"), flow(screen(), token="token-1"))
    walk = Journey(portal(script), "tui", "installation-1")
    page = await walk.resume("old")
    assert (page.state, page.errors[0].code) == ("S-LAND", "E-SESS-02")


async def test_a_read_that_shows_the_end_of_the_login_begins_anew() -> None:
    script = Script(refused("E-SESS-01"), flow(screen(), token="token-2"))
    walk = await at(FORM, script)
    assert (await walk.refresh()).errors[0].code == "E-SESS-01"


# Typed values (F-GEN-13, A11Y-ERR-08, SR-SESS-07)


async def test_typed_values_stay_through_errors_and_secrets_do_not() -> None:
    walk = await at(FORM, Script(refused_form()))
    await walk.act("send", {"password": "wrong", "mfa_type": "sms"})
    assert walk.values == {"mfa_type": "sms"}


async def test_f_gen_07_help_and_back_keep_what_was_typed() -> None:
    script = Script(flow(screen("S-HELP", "step-3")), flow(FORM))
    walk = await at(FORM, script)
    walk.type({"mfa_type": "ivr", "password": "secret"})
    await walk.act("help")
    assert walk.values == {}
    await walk.act("back")
    assert walk.values == {"mfa_type": "ivr"}


SIGNED_IN = screen("S-ATTEST", "step-5", fields=[field("purpose", "radio")], login=login())


async def test_f_gen_13_a_lock_keeps_what_was_typed_for_the_same_account() -> None:
    lock = flow(screen("S-REAUTH", "step-6", fields=[field("password", "secret")]), error=REFUSAL, status=401)
    script = Script(lock, flow(SIGNED_IN))
    walk = await at(SIGNED_IN, script)
    await walk.act("confirm", {"purpose": "ce"})
    assert walk.values == {}
    await walk.act("confirm", {"password": "secret"})
    assert walk.values == {"purpose": "ce"}


@pytest.mark.parametrize(("account", "offered_again"), [("demo.grouprep", "ce"), ("demo.solo", None)])
async def test_f_gen_13_only_the_same_account_finds_its_values_again(
    account: str, offered_again: str | None
) -> None:
    again = screen("S-ATTEST", "step-9", fields=SIGNED_IN.fields, login=login(account))
    script = Script(refused("E-SESS-01"), flow(screen(), token="token-2"), flow(again))
    walk = await at(SIGNED_IN, script)
    await walk.act("confirm", {"purpose": "ce"})
    await walk.act("login")
    assert walk.values == {"purpose": offered_again}


async def test_f_att_01_an_attestation_that_was_made_is_not_offered_again() -> None:
    script = Script(flow(screen("S-RUN", "step-6", login=login())), flow(SIGNED_IN))
    walk = await at(SIGNED_IN, script)
    await walk.act("confirm", {"purpose": "ce"})
    await walk.act("back")
    assert walk.values == {"purpose": None}


async def test_a11y_err_08_the_user_id_is_offered_again() -> None:
    page = screen("S-USER", "step-2", fields=[field("user_id")])
    script = Script(flow(FORM), flow(page))
    walk = await at(page, script)
    await walk.act("next", {"user_id": "demo.solo"})
    await walk.act("cancel")
    assert walk.values == {"user_id": "demo.solo"}


async def test_after_logging_out_nothing_of_the_account_is_left() -> None:
    script = Script(flow(screen("S-LAND", "step-9")), flow(SIGNED_IN))
    walk = await at(SIGNED_IN, script)
    walk.type({"purpose": "ce"})
    await walk.act("logout")
    await walk.act("login")
    assert walk.values == {"purpose": None}


async def test_the_pickers_selection_is_the_servers() -> None:
    page = screen("S-ORGPICK", "step-2", fields=[field("search"), field("org_ids", "picker")], login=login())
    walk = await at(page, Script(LOST))
    walk.type({"search": "harbor", "org_ids": ["O-01"]})
    assert walk.values == {"search": "harbor"}


# Reading and following (W-5)


def busy(token: str, done: int) -> Screen:
    return screen("S-BUSY", token, progress=Progress(done=done, total=3, text=f"{done} of 3"), login=login())


async def test_w_5_a_running_report_is_followed_to_its_end() -> None:
    script = Script(flow(busy("step-5", 1)), flow(busy("step-5", 2)), flow(screen("S-REPORT", "step-6")))
    walk = await at(busy("step-5", 0), script)
    seen = [page async for page in walk.follow()]
    assert [page.progress.done if page.progress else page.state for page in seen] == [1, 2, "S-REPORT"]
    assert dict(script.asked[0].url.params) == {"after": "step-5", "wait": "25"}
    assert {request.headers["x-background"] for request in script.asked} == {"1"}


async def test_following_pauses_where_nothing_is_new() -> None:
    time = FakeTime()
    script = Script(flow(busy("step-5", 0)), flow(screen("S-REPORT", "step-6")))
    walk = await at(busy("step-5", 0), script, time=time)
    assert [page.state async for page in walk.follow()] == ["S-BUSY", "S-REPORT"]
    assert time.slept == [1.0]


async def test_nothing_is_followed_where_nothing_runs() -> None:
    walk = await at(FORM, Script(LOST))
    assert [page async for page in walk.follow()] == []


async def test_an_answer_to_an_action_beats_an_older_read() -> None:
    script = Script(flow(busy("step-5", 1)), flow(screen("S-HOME", "step-7", login=login())))
    walk = await at(busy("step-5", 0), script)
    gate = script.hold("GET")
    read = asyncio.create_task(walk.refresh(background=True))
    await script.has_asked(1)
    await walk.act("cancel")
    gate.set()
    assert (await read).state == "S-HOME"
    assert walk.screen.state == "S-HOME"


async def test_a_read_with_the_old_token_does_not_end_the_new_login() -> None:
    script = Script(refused("E-SESS-02"), flow(screen("S-HOME", "step-7", login=login()), token="token-2"))
    walk = await at(FORM, script)
    gate = script.hold("GET")
    read = asyncio.create_task(walk.refresh(background=True))
    await script.has_asked(1)
    await walk.act("send")
    gate.set()
    assert (await read).state == "S-HOME"
    assert script.paths == ["GET /api/flow", "POST /api/flow/act"]


async def test_cancelling_ends_the_following() -> None:
    script = Script(flow(busy("step-5", 0)), flow(screen("S-HOME", "step-7", login=login())))
    walk = await at(busy("step-5", 0), script)
    gate = script.hold("GET")
    pages: list[Screen] = []

    async def follow() -> None:
        pages.extend([page async for page in walk.follow()])

    following = asyncio.create_task(follow())
    await script.has_asked(1)
    await walk.act("cancel")
    gate.set()
    await following
    assert pages == []
    assert len(script.asked) == 2


async def test_w_5_use_is_told_once_a_minute() -> None:
    time = FakeTime()
    page = screen("S-REPORT", "step-6", login=login())
    script = Script(flow(page))
    walk = await at(page, script, time=time)
    time.now += 59
    assert await walk.note_activity() is None
    time.now += 1
    assert await walk.note_activity() == page
    assert await walk.note_activity() is None
    assert script.paths == ["GET /api/flow"]
    assert "x-background" not in script.asked[0].headers


async def test_use_before_signing_in_needs_no_call() -> None:
    time = FakeTime()
    script = Script(LOST)
    walk = await at(FORM, script, time=time)
    time.now += 1000
    assert await walk.note_activity() is None
    assert script.asked == []


async def test_telling_of_use_never_fails() -> None:
    time = FakeTime()
    walk = await at(screen("S-HOME", login=login()), Script(LOST), time=time)
    time.now += 100
    assert await walk.note_activity() is None


@pytest.mark.sr("RF-15")
async def test_rf_15_seconds_left_count_from_the_answers_date() -> None:
    time = FakeTime()
    end = Deadline(kind="code", at=NOW + timedelta(seconds=600), warn_s=[120], notice="")
    walk = await at(FORM, Script(LOST), time=time)
    time.now += 480
    assert walk.seconds_left(end) == 120


# Lists, reports, outbox


def page_of(search: str) -> Table:
    return Table(columns=[], rows=[], page=1, pages=1, first=0, last=0, total=0, pager=search)


async def test_w_6_the_newest_list_wins() -> None:
    script = Script(lambda request: data(page_of(script.body(script.asked.index(request))["search"])))
    walk = await at(screen("S-ORGPICK", "step-2", login=login()), script)
    gate = script.hold("POST")
    older = asyncio.create_task(walk.list_organizations("har"))
    await script.has_asked(1)
    newer = asyncio.create_task(walk.list_organizations("harbor"))
    await script.has_asked(2)
    gate.set()
    assert await older is None
    found = await newer
    assert found is not None
    assert found.pager == "harbor"


async def test_an_older_list_that_failed_says_nothing() -> None:
    script = Script(refused("E-VAL-02", status=422), data(page_of("x")))
    walk = await at(screen("S-ORGPICK", "step-2", login=login()), script)
    gate = script.hold("POST")
    older = asyncio.create_task(walk.list_organizations("har"))
    await script.has_asked(1)
    newer = asyncio.create_task(walk.list_organizations("x"))
    await script.has_asked(2)
    gate.set()
    assert await older is None
    assert await newer is not None
    script.then(refused("E-VAL-02", status=422))
    with pytest.raises(Refused):
        await walk.list_organizations("x" * 65)


async def test_a_screen_without_a_report_has_none_to_read() -> None:
    walk = await at(FORM, Script(LOST))
    with pytest.raises(NotOnThisScreen):
        await walk.report()
    with pytest.raises(NotOnThisScreen):
        await walk.explain(section="TIN", table="T1", row="r", column="c")


async def test_a_report_refused_by_the_lock_leads_to_the_lock() -> None:
    page = screen(
        "S-REPORT", "step-6", login=login(), report=ReportReference(id="r1", title="R", first_section="TIN")
    )
    script = Script(refused(None, "reauth_required"), flow(screen("S-REAUTH", "step-7")))
    walk = await at(page, script)
    with pytest.raises(Refused):
        await walk.report(["TIN"])
    assert walk.screen.state == "S-REAUTH"
    assert script.paths == ["GET /api/reports/r1", "GET /api/flow"]


async def test_f_out_03_the_outbox_is_of_the_id_typed_in_this_sign_in() -> None:
    page = screen("S-USER", "step-2", fields=[field("user_id")])
    script = Script(flow(FORM), data([]))
    walk = await at(page, script)
    assert await walk.outbox() == []
    await walk.act("next", {"user_id": " demo.solo "})
    assert await walk.outbox() == []
    assert str(script.asked[-1].url).endswith("/demo/outbox?user_id=demo.solo")


async def test_f_out_03_signed_in_it_is_of_the_account() -> None:
    walk = await at(screen("S-HOME", login=login("demo.multi")), Script(LOST))
    assert walk.outbox_user == "demo.multi"


async def test_no_secret_is_in_a_representation() -> None:
    walk = await at(FORM, Script(LOST))
    with pytest.raises(PortalUnreachable):
        await walk.act("send", {"password": "Walnut", "mfa_type": "sms"})
    assert repr(walk) == "Journey('tui', 'S-PASS')"
    assert "Walnut" not in repr(vars(walk)["_entries"])
