"""How a screen is announced, and what an action comes to (A11Y-PLAIN-07 to -10, -13; T-A11Y-14, -16, -19)."""

from dataclasses import replace as with_settings

import pytest
from rich.cells import cell_len

from client.settings import Settings
from tests.tui.plain.pages import ATTEST, CODE, HOME, LAND, PASSWORD, RUN, SIGN_IN, USER, WALK
from tests.tui.plain.stage import (
    CTRL_C,
    PreparedPortal,
    action,
    login,
    notice,
    play,
    problem,
    replaced,
    screen,
    text_field,
)

BRIEF = Settings(announce="brief")
VERBOSE = Settings(announce="verbose")


def test_t_a11y_14_title_errors_notices_intro_fields_actions() -> None:
    page = screen(
        "S-X",
        "Everything",
        number=7,
        errors=[problem("E-AUTH-01", "Refused.")],
        notices=[notice("A notice."), notice("A warning.", "warning")],
        intro=["A paragraph.", "Heading: value"],
        fields=[text_field("one", "One"), text_field("two", "Two")],
        actions=[action("accept", "Accept"), action("quit", "Quit", local=True)],
    )
    played = play(PreparedPortal(page), "a", "b", "2", "1")
    assert played.lines[:13] == [
        "Screen: Everything, step 7 of 12",
        "Error: Refused.",
        "Fix: check the User ID, then enter the password again; it was not kept.",
        "Notice: A notice.",
        "Warning: A warning.",
        "Notice: A paragraph.",
        "Heading: value",
        "Time: scenario date 2018-10-01 10:00 ET.",
        "Help: type ? at any prompt.",
        "One, required: <a>",
        "Two, required: <b>",
        "1. Accept",
        "2. Quit",
    ]


def test_t_a11y_14_every_action_has_one_outcome() -> None:
    """A line of outcome, the errors, or the next screen: never two of the first, never nothing."""
    played = play(PreparedPortal(LAND, SIGN_IN), *WALK[:6], "/do resend", WALK[6], "/quit", "1")
    text = played.text
    after_resend = text.split("</do resend>\n")[1]
    assert after_resend.startswith("Done: Success. If E-mail is registered")
    assert after_resend.splitlines()[2] == "Security Code: <564 123>"
    assert text.count("Done: terms accepted.") == text.count("Done: signed in.") == 1


def test_a11y_plain_09_an_action_without_words_of_the_portal_still_has_an_outcome() -> None:
    page = screen("S-X", "Page", actions=[action("refresh", "Refresh")])
    assert "Done: Refresh carried out." in play(PreparedPortal(page), "1", "/quit", "1").lines


def test_a11y_plain_10_the_hint_is_said_once_a_visit() -> None:
    played = play(PreparedPortal(LAND, SIGN_IN), *WALK[:4], CTRL_C, "", "/quit", "1")
    prompts = [line for line in played.lines if line.startswith("User ID")]
    assert prompts == [
        "User ID, required, 6 to 74 characters: <jd>",
        "User ID: <demo.grouprep>",
        "User ID, required, 6 to 74 characters (Enter keeps demo.grouprep): <>",
    ]


def test_t_a11y_16_brief_prompts_are_labels_of_at_most_40_cells() -> None:
    portal = PreparedPortal(HOME, {("S-HOME", "feedback_reports"): ATTEST})
    played = play(portal, "1", "1", "/quit", "1", settings=BRIEF, show_typing=False)
    prompts = [line for line in played.lines if line.endswith(": ")]
    assert max(map(cell_len, prompts)) <= 40
    at = played.lines.index("I plan to use this data in my capacity as a:")
    assert played.lines[at + 1] == "Number 1 to 2: "
    sign_in = play(PreparedPortal(LAND, SIGN_IN), *WALK, "/quit", "1", settings=BRIEF)
    assert "User ID: <jd>" in sign_in.lines


def test_t_a11y_16_verbose_adds_commands_option_counts_and_abbreviations() -> None:
    played = play(PreparedPortal(LAND, SIGN_IN), *WALK, "/quit", "1", settings=VERBOSE, width=None)
    assert "Screen: Password and MFA (multi-factor authentication) Device Type, step 4 of 12" in played.lines
    assert "MFA Device Type, required, 5 options, number 1 to 5: <e-m>" in played.lines
    assert sum(line.startswith("Help: commands /help") for line in played.lines) >= 4


def test_a11y_plain_10_the_first_screen_always_names_help() -> None:
    for settings in (BRIEF, Settings(), VERBOSE):
        played = play(PreparedPortal(LAND), "/quit", "1", settings=settings)
        assert played.lines.count("Help: type ? at any prompt.") == 1


@pytest.mark.parametrize(
    ("page", "typed"),
    [(SIGN_IN["S-LAND", "login"], ()), (ATTEST, ("1",)), (RUN, ())],
)
def test_t_a11y_19_what_commits_needs_its_number(page: object, typed: tuple[str, ...]) -> None:
    """Neither Enter nor the beginning of its label; the list is shown even after the last field."""
    portal = PreparedPortal(replaced(page))
    label = portal.page.actions[0].label
    played = play(portal, *typed, "", label, label[:3], "1", "/quit", "1")
    at = played.lines.index(f"1. {label}")
    assert at > 0
    assert played.lines.count("Error: a choice is needed.") == 1
    assert played.lines.count(f"Error: {label} needs its number.") == 2
    assert [act.action for act in portal.acts] == [portal.page.actions[0].id]


def test_t_a11y_19_log_out_and_quit_are_asked_about_without_a_default() -> None:
    portal = PreparedPortal(HOME, SIGN_IN)
    played = play(portal, "2", "", "log", "2", "/logout", "1", "/quit", "", "1")
    assert [act.action for act in portal.acts] == ["logout"]
    assert played.lines.count("1. Log out") == 2
    assert "Error: Log out needs its number." in played.lines
    assert played.code == 0


def test_ssh_sec_03_after_a_log_out_the_terminal_history_is_named() -> None:
    played = play(PreparedPortal(HOME, SIGN_IN), "/logout", "1", "/quit", "1", width=None)
    at = played.lines.index("Done: You are signed out.")
    assert played.lines[at + 1].startswith("Notice: report text may still be in your terminal's history.")
    assert played.lines[at + 2].startswith("Screen: CMS Enterprise Portal")


def test_a11y_plain_13_every_screen_shows_the_list_always() -> None:
    settings = with_settings(Settings(), confirm="every-screen")
    portal = PreparedPortal(USER, {("S-USER", "next"): CODE})
    played = play(portal, "demo.grouprep", "1", "/quit", "1", settings=settings)
    assert "1. Next" in played.lines
    assert portal.acts[0].values == {"user_id": "demo.grouprep"}


def test_a11y_err_04_after_an_error_only_what_is_in_error_or_lost_is_asked_again() -> None:
    """P-LOGIN-02: the password is asked again, the device type is kept; AS-A11Y-05 for the code."""
    wrong_password = replaced(
        SIGN_IN["S-PASS", "send"],
        state="S-PASS",
        title="Password and MFA Device Type",
        fields=replaced(SIGN_IN["S-CODE", "change_device"]).fields,
        actions=replaced(SIGN_IN["S-CODE", "change_device"]).actions,
        errors=[problem("E-AUTH-01", "We could not sign you in with this User ID and password.")],
        notices=[],
    )
    wrong_code = replaced(
        CODE, errors=[problem("E-MFA-04", "Not right. Tries left for this code: 4.", "code")]
    )
    answers = {
        **SIGN_IN,
        ("S-PASS", "send"): [wrong_password, CODE],
        ("S-CODE", "log_in"): [wrong_code, HOME],
    }
    portal = PreparedPortal(LAND, answers)
    played = play(portal, *WALK[:6], "other", "111111", "222222", "/quit", "1", width=None)
    assert [act.values for act in portal.acts if act.action == "send"] == [
        {"password": PASSWORD, "mfa_type": "email"},
        {"password": "other", "mfa_type": "email"},
    ]
    after = played.text.split("<111111>\n")[1].splitlines()
    assert after[:3] == [
        "Error: Not right. Tries left for this code: 4.",
        "Fix: enter the newest code you received; spaces and hyphens make no difference, or /back.",
        "Security Code: <222222>",
    ]


def test_f_orgt_02_the_organization_stands_at_the_top_of_its_screens() -> None:
    played = play(PreparedPortal(RUN), "/quit", "1")
    assert played.lines[1] == "Organization: Practices, ALDER CREEK DEMO CLINIC LLC:4802"


def test_p_land_01_the_simulation_the_scenario_date_and_the_login_are_there() -> None:
    text = play(PreparedPortal(LAND), "/quit", "1", width=None).text
    assert "Notice: Unofficial simulation" in text
    assert "Time: scenario date 2018-10-01 10:00 ET." in text
    assert "1. Login to CMS Secure Portal" in text


def test_a_screen_of_a_later_issue_works_by_its_fields_alone() -> None:
    """Nothing about a state is built in: an unknown one with every simple kind of field is walked."""
    page = screen(
        "S-LATER",
        "Later",
        login=login(),
        fields=[
            text_field("on", "Date", kind="date", hint="2016-09-30"),
            text_field("count", "Count", kind="integer"),
            text_field("sure", "Are you sure", kind="checkbox"),
            text_field("note", "Note to us", required=False),
            text_field("hidden", "Hidden", visible=False),
            text_field("only", "Only if sure", when={"sure": ["true"]}),
        ],
        actions=[action("go", "Go", primary=True)],
    )
    portal = PreparedPortal(page)
    played = play(portal, "2018-10-01", "", "3", "maybe", "n", "", "/quit", "1")
    assert portal.acts[0].values == {"on": "2018-10-01", "count": "3", "sure": False, "note": None}
    assert "Error: Count is required." in played.lines
    assert "Error: that is neither y nor n." in played.lines
    assert not any("Hidden" in line or "Only if" in line for line in played.lines)
