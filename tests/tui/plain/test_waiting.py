"""Waiting and time limits (A11Y-MOTION-03, A11Y-TIME-*; T-A11Y-70, -72, -76) on a clock that jumps."""

from datetime import timedelta
from itertools import pairwise

import pytest

from client.errors import BadServerReply
from client.messages.screen import Deadline, Screen
from client.settings import Settings
from tests.tui.plain.pages import BUSY, CODE, HOME, LAND, PASSWORD, REPORT, RUN, USER
from tests.tui.plain.reports import EXAMPLE
from tests.tui.plain.stage import (
    CTRL_C,
    SECURITY_NOW,
    After,
    PreparedPortal,
    action,
    login,
    notice,
    play,
    replaced,
    screen,
    text_field,
)

END = ("/quit", "1")
IDLE = Deadline(
    kind="idle",
    at=SECURITY_NOW + timedelta(seconds=900),
    warn_s=[120, 60, 20],
    notice="This screen will be locked in {time}. Press any key or Enter to stay.",
)
LATER = replaced(IDLE, at=SECURITY_NOW + timedelta(seconds=1790))
CHOICE = screen(
    "S-RPTSEL",
    "Feedback Reports",
    number=9,
    login=login(),
    deadlines=[IDLE],
    fields=[text_field("year", "Year")],
    actions=[action("next", "Next", primary=True), action("back", "Back")],
)
LOCKED = screen(
    "S-REAUTH",
    "Confirm your password",
    login=login(),
    intro=["locked after 15 minutes without activity."],
    fields=[text_field("password", "Password", kind="secret")],
    actions=[action("confirm", "Confirm", primary=True), action("logout", "Log out")],
)


def test_t_a11y_76_a_wait_of_40_seconds_is_said_at_1_15_and_30() -> None:
    portal = PreparedPortal(USER, {("S-USER", "next"): LAND}, delays={"next": 40})
    lines = play(portal, "demo.grouprep", *END).lines
    assert [line for line in lines if line.startswith("Working: ")] == [
        "Working: waiting for the portal.",
        "Working: still running, 15 seconds.",
        "Working: still running, 30 seconds.",
    ]


@pytest.mark.parametrize(("heartbeat", "said"), [(0, 1), (20, 2), (1, 39)])
def test_t_a11y_76_the_heartbeat_is_a_setting(heartbeat: int, said: int) -> None:
    portal = PreparedPortal(USER, {("S-USER", "next"): LAND}, delays={"next": 39.5})
    lines = play(portal, "demo.grouprep", *END, settings=Settings(heartbeat=heartbeat)).lines
    assert sum(line.startswith("Working: ") for line in lines) == said


def test_a_wait_under_a_second_is_not_said() -> None:
    portal = PreparedPortal(USER, {("S-USER", "next"): LAND}, delays={"next": 0.9})
    assert "Working" not in play(portal, "demo.grouprep", *END).text


def test_t_a11y_72_warnings_come_at_120_60_and_20_seconds_and_the_prompt_returns() -> None:
    """P-SESS-01: an empty Enter stays signed in; what was being typed is not lost."""
    portal = PreparedPortal(CHOICE)
    portal.news = replaced(CHOICE, deadlines=[LATER])
    lines = play(portal, After(890, ""), "2011", *END, width=None).lines
    at = lines.index("Year, required: ")
    assert lines[at + 1 : at + 8] == [
        "Time: This screen will be locked in 2 minutes. Press any key or Enter to stay.",
        "Year, required: (typing continues) ",
        "Time: This screen will be locked in 1 minute. Press any key or Enter to stay.",
        "Year, required: (typing continues) ",
        "Time: This screen will be locked in 20 seconds. Press any key or Enter to stay.",
        "Year, required: (typing continues) <>",
        "Done: you stay signed in.",
    ]
    assert portal.acts[0].values == {"year": "2011"}


def test_a11y_time_06_an_answer_typed_across_a_warning_is_taken() -> None:
    portal = PreparedPortal(CHOICE)
    lines = play(portal, After(800, "2011"), *END).lines
    assert sum(line.startswith("Time: This screen") for line in lines) == 1
    assert portal.acts[0].values == {"year": "2011"}


def test_p_sess_02_after_the_lock_the_next_enter_leads_to_the_password_and_back_with_the_entry() -> None:
    """F-GEN-13: the line typed into a locked screen is kept and offered again."""
    back = replaced(CHOICE, notices=[notice("You are back where you were.")])
    two = replaced(CHOICE, fields=[text_field("year", "Year"), text_field("more", "More")])
    portal = PreparedPortal(
        two, {("S-REAUTH", "confirm"): replaced(back, fields=two.fields), ("S-RPTSEL", "next"): HOME}
    )
    portal.news = LOCKED
    script = (After(890, "2011"), PASSWORD, "", "x", *END)
    played = play(portal, *script, width=None)
    after = played.text.split("<2011>\n")[1].splitlines()
    assert after[:4] == [
        "Screen: Confirm your password",
        "Notice: locked after 15 minutes without activity.",
        "Password, required, not shown while typing: <…>",
        "Done: password entered.",
    ]
    assert "Done: unlocked." in after
    assert "Year, required (Enter keeps 2011): <>" in after
    assert portal.acts[-1].values == {"year": "2011", "more": "x"}


def test_use_reaches_the_portal_at_most_once_a_minute() -> None:
    portal = PreparedPortal(replaced(HOME, deadlines=[]))
    play(portal, After(30, "/time"), After(45, "/time"), After(20, "/time"), After(70, "/time"), *END)
    assert portal.reads == 2


def test_the_background_read_of_a_screen_brings_its_notice_once() -> None:
    """N-MFA-03 after 60 seconds at S-CODE (portal-flow 4.5)."""
    portal = PreparedPortal(replaced(CODE, refresh_s=60))
    portal.news = replaced(CODE, notices=[*CODE.notices, notice("No code yet? Send again.")])
    lines = play(portal, After(200, "123456"), *END).lines
    at = lines.index("Notice: No code yet? Send again.")
    assert lines[at + 1].startswith("Security Code, required, 6 digits: (typing continues)")
    assert portal.reads == 1


def test_f_run_06_a_running_report_is_said_and_cancelled_by_a_command() -> None:
    portal = PreparedPortal(BUSY, {("S-BUSY", "cancel"): RUN}, delays={"read": 5})
    lines = play(portal, After(1, "hello"), "/cancel", *END, width=None).lines
    assert lines[0] == "Working: running the report. /cancel, then Enter, stops it."
    assert "Error: the portal is still at work." in lines
    assert [act.action for act in portal.acts] == ["cancel"]
    assert "Screen: Run Document, step 11 of 12" in lines


def test_f_run_06_ctrl_c_cancels_a_running_report() -> None:
    portal = PreparedPortal(BUSY, {("S-BUSY", "cancel"): RUN}, delays={"read": 5})
    played = play(portal, CTRL_C, After(3, "/quit"), "1")
    assert [act.action for act in portal.acts] == ["cancel"]
    assert played.code == 0


def test_a_report_that_is_ready_is_read_out() -> None:
    portal = PreparedPortal(RUN, {("S-RUN", "run_document"): BUSY}, report=EXAMPLE, delays={"read": 20})
    portal.news = REPORT
    lines = play(portal, "1", After(30, "/quit"), "1").lines
    done = lines.index("Done: the report is ready.")
    assert lines[done - 1] == "Working: still running, 15 seconds."
    assert lines[done + 1] == "Screen: Feedback report, step 12 of 12"


def test_a_line_typed_during_a_short_run_is_kept_for_the_next_prompt() -> None:
    portal = PreparedPortal(RUN, {("S-RUN", "run_document"): BUSY}, report=EXAMPLE, delays={"read": 0.5})
    portal.news = REPORT
    lines = play(portal, "1", "/row 2", *END, width=None).lines
    assert any(one.endswith("</row 2>") and two == "Row 2 of 8" for one, two in pairwise(lines))


def test_f_gen_13_a_lock_that_a_background_read_brings_is_met_at_the_next_enter() -> None:
    """The answer to the old screen is never sent to the new one."""
    portal = PreparedPortal(replaced(HOME, refresh_s=60), {("S-REAUTH", "confirm"): HOME})
    portal.news = LOCKED
    lines = play(portal, After(70, "1"), PASSWORD, *END).lines
    assert lines[lines.index("Action, number 1 to 2: <1>") + 1] == "Screen: Confirm your password"
    assert [act.action for act in portal.acts] == ["confirm"]


def test_a_run_that_cannot_be_followed_asks_whether_to_wait() -> None:
    class Deaf(PreparedPortal):
        async def read(self, **_: object) -> Screen:
            raise BadServerReply("nonsense")

    portal = Deaf(BUSY, {("S-BUSY", "cancel"): RUN})
    lines = play(portal, "1", "2", *END).lines
    assert lines.count("1. Go on waiting") == 2
    assert [act.action for act in portal.acts] == ["cancel"]
