"""Time limits, locks, runs that are followed, lost connections (A11Y-TIME, SR-SESS-06, SR-SESS-07, W-9)."""

import asyncio

import pytest
from msgspec.structs import replace

from client.messages.calls import Act
from client.messages.screen import Notice, Progress, Screen
from tests.tui import pages
from tests.tui.driving import Driven, driven
from tests.tui.fakes import ScriptedPortal
from tui import deadlines, presence, session
from tui.deadlines import Due, schedule, warning_text


def with_idle(page: Screen, seconds: float) -> Screen:
    """The page with its idle limit so many seconds away."""
    return replace(page, deadlines=[pages.idle_deadline(seconds)])


def test_a11y_time_05_warnings_at_exact_seconds_and_nothing_between() -> None:
    due = schedule(with_idle(pages.HOME, 900), lambda _deadline: 900.0)
    assert [(item.in_s, item.before_s) for item in due] == [(780, 120), (840, 60), (880, 20), (900, 0)]
    assert [item.before_s for item in schedule(with_idle(pages.HOME, 900), lambda _deadline: 60.0)] == [20, 0]
    assert schedule(pages.HOME, lambda _deadline: None) == []


def test_a_limit_that_has_passed_already_locks_at_once() -> None:
    (due,) = schedule(with_idle(pages.HOME, 900), lambda _deadline: -3.0)
    assert (due.before_s, due.in_s < 0.1) == (0, True)


@pytest.mark.parametrize(("seconds", "words"), [(120, "2 minutes"), (60, "1 minute"), (20, "20 seconds")])
def test_n_sess_01_says_how_long_is_left(seconds: int, words: str) -> None:
    due = Due(1.0, pages.idle_deadline(), seconds)
    assert warning_text(due) == f"This screen will be locked in {words}. Press any key or Enter to stay."


def test_time_left_in_words() -> None:
    page = replace(pages.CODE, deadlines=[pages.code_deadline(), pages.idle_deadline()])
    left = {"code": 540.0, "idle": 30.0}
    said = deadlines.time_left(page, lambda deadline: left[deadline.kind])
    assert said == "The security code ends in 9 minutes. This screen will be locked in less than 1 minute."
    assert (
        deadlines.time_left(pages.LAND, lambda _deadline: None) == "Nothing on this screen has a time limit."
    )


async def test_as_a11y_06_a_warning_is_said_and_any_key_keeps_the_login() -> None:
    async with driven(with_idle(pages.ORGANIZATION_TYPE, 123)) as ui:
        await ui.until("Time: This screen will be locked in 2 minutes.")
        assert ui.focused == "action-next"
        ui.portal.page = with_idle(ui.portal.page, 900)
        await ui.press("tab")
        await ui.until("You stay signed in.")
        assert ui.portal.reads == [False]
        assert not ui.app.session.presence.warned


async def test_sr_sess_05_reading_in_the_background_is_no_activity() -> None:
    page = replace(pages.CODE, refresh_s=1)
    note = Notice(code="N-MFA-03", level="info", text="No code yet?")
    async with driven(page) as ui:
        ui.portal.page = replace(page, refresh_s=None, notices=[*page.notices, note])
        await ui.until("Note: No code yet?")
        assert ui.portal.reads[0] is True
        assert ui.focused == "field-code"


async def test_p_sess_02_at_the_idle_limit_the_work_is_covered_and_typed_values_return(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(presence, "LOCK_TOLERANCE_S", 0.3)
    page = with_idle(pages.REPORT_CHOICE, 2.5)
    back = with_idle(pages.REPORT_CHOICE, 900)
    async with driven(page, {"confirm": replace(back, step_token="t-after")}) as ui:
        await ui.press("2")
        await ui.until("Locked because no key was pressed")
        assert "ALDER" not in ui.text
        assert "2015" not in ui.text
        ui.portal.page = pages.LOCKED
        await ui.until("Confirm your password")
        assert "ALDER" not in ui.text
        await ui.type("a long password")
        await ui.press("enter")
        assert ui.page.state == "S-RPTSEL"
        assert ui.field("year").value == "2015"


async def test_s_busy_is_followed_in_words_and_the_focus_stays() -> None:
    async with driven(pages.RUN, {"run_document": pages.BUSY, "cancel": pages.RUN}) as ui:
        await ui.press("enter")
        assert "Working: Scoring professionals (3 of 14)" in ui.words
        progress = Progress(done=9, total=14, text="Scoring professionals")
        ui.portal.page = replace(pages.BUSY, step_token="t-busy-2", progress=progress)
        await ui.until("(9 of 14)")
        assert ui.focused == "action-cancel"
        ui.portal.page = replace(pages.NOT_ATTESTED, step_token="t-done")
        await ui.until("Attestation not possible")


async def test_s_busy_can_be_cancelled() -> None:
    async with driven(pages.BUSY, {"cancel": pages.RUN}) as ui:
        await ui.press("enter")
        assert ui.actions == ["cancel"]
        assert ui.page.state == "S-RUN"


async def test_a_page_that_comes_while_help_is_open_waits_for_its_end() -> None:
    async with driven(pages.BUSY) as ui:
        await ui.press("f1")
        ui.portal.page = replace(pages.RUN, step_token="t-done")
        while "t-done" not in ui.portal.read:
            await ui.pilot.pause(0.01)
        await ui.settle()
        assert "Help: Running" in ui.text
        await ui.press("escape")
        await ui.until("Run Document")


async def test_a11y_motion_03_waiting_is_said_after_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "QUIET_S", 0.05)
    portal = ScriptedPortal(pages.USER, {"next": pages.PASSWORD})
    portal.gate = asyncio.Event()
    async with driven(pages.USER, portal=portal) as ui:
        await ui.type("demo.grouprep")
        await ui.pilot.press("enter")
        await ui.until("Working: Next.")
        await ui.pilot.press("x")
        assert ui.field("user_id").value == "demo.grouprep", "keys pressed meanwhile are not applied"
        portal.gate.set()
        await ui.until("Password and MFA Device Type")


async def test_w_9_no_answer_keeps_the_entries_and_offers_another_try() -> None:
    async with driven(pages.USER, {"next": pages.PASSWORD}) as ui:
        await ui.type("demo.grouprep")
        ui.portal.down = True
        await ui.pilot.press("enter")
        await ui.until("The portal cannot be reached. Your entries are kept.")
        assert any("connection to the portal is lost" in line for line in ui.said)
        ui.portal.down = False
        await ui.press("enter")
        await ui.until("Password and MFA Device Type")
        assert ui.portal.acts[-1].values == {"user_id": "demo.grouprep"}


async def test_w_9_going_back_to_the_entries() -> None:
    async with driven(pages.USER) as ui:
        await ui.type("demo.grouprep")
        ui.portal.down = True
        await ui.pilot.press("enter")
        await ui.until("Back to my entries")
        await ui.press("escape")
        assert ui.field("user_id").value == "demo.grouprep"


async def test_sr_sess_08_logging_out_without_an_answer_forgets_the_login_here() -> None:
    async with driven(pages.HOME) as ui:
        ui.portal.down = True
        await ui.press("escape", "left", "enter")
        await ui.until("You are signed out on this computer")
        assert "Juno" not in ui.text
        ui.portal.down = False
        ui.portal.page = pages.LAND
        await ui.press("enter")
        await ui.until("Login to CMS Secure Portal")


async def test_while_an_answer_is_awaited_the_program_can_still_be_left() -> None:
    portal = ScriptedPortal(pages.USER, {"next": pages.PASSWORD})
    portal.gate = asyncio.Event()
    async with driven(pages.USER, portal=portal) as ui:
        await ui.pilot.press("enter")
        await ui.pilot.press("ctrl+q")
        await ui.until("Leave the program?")
        await ui.press("left", "enter")
        assert ui.app.return_value == 0


async def test_a_server_that_is_not_there_is_said_on_the_first_frame_and_tried_again() -> None:
    portal = ScriptedPortal(pages.LAND)
    portal.down = True
    from tests.tui.fakes import app_on

    app = app_on(portal)
    async with app.run_test() as pilot:
        ui = Driven(app, portal, pilot)
        await ui.until("Error: The portal cannot be reached.")
        portal.down = False
        await ui.press("enter")
        await ui.until("Login to CMS Secure Portal")


async def test_f7_says_the_time_left() -> None:
    async with driven(pages.CODE) as ui:
        await ui.press("f7")
        assert "The security code ends in" in ui.words


async def test_a11y_time_08_messages_can_be_read_again() -> None:
    async with driven(pages.USER_REFUSED) as ui:
        await ui.press("f7", "f5")
        ui.app.open_view("messages")
        await ui.until("Focus on the field User ID.")
        assert "Error: User ID does not have the expected form" in ui.words


async def test_e_flow_02_is_shown_where_the_person_is() -> None:
    def refused(act: Act) -> Screen:
        assert act.action == "stay"
        return replace(pages.USER_REFUSED, step_token="t-3")

    async with driven(pages.USER, {"stay": refused}) as ui:
        await ui.type("demo.x")
        await ui.press("tab", "tab", "tab", "enter")
        assert "Error" in ui.words
        assert ui.field("user_id").value == "demo.x"
