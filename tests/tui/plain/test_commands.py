"""The commands of plain mode (A11Y-PLAIN-11, -14; T-A11Y-17)."""

import pytest

from client.errors import BadSettingValue
from tests.tui.plain.pages import CODE, HOME, LAND, PASS, PASSWORD, REPORT, RUN, SIGN_IN, TERMS, USER, picker
from tests.tui.plain.stage import PreparedPortal, play, replaced
from tui.plain.commands import COMMANDS, Invoked, Typed, UnknownCommand, parse

WAYS_BACK = [
    (TERMS, "decline"),
    (USER, "cancel"),
    (PASS, "back"),
    (CODE, "change_device"),
    (RUN, "back"),
    (picker(3), "back"),
]


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("?", Invoked("help")),
        ("/HELP", Invoked("help")),
        ("/b", Invoked("back")),
        ("/find  Teal Harbor ", Invoked("find", "Teal Harbor")),
        ("//etc/passwd", Typed("/etc/passwd")),
        ("/hlep", UnknownCommand("/hlep", "/help")),
        ("/xyzzy", UnknownCommand("/xyzzy", None)),
        ("plain text", Typed("plain text")),
        ("", Typed("")),
    ],
)
def test_t_a11y_17_what_a_line_means(line: str, meant: object) -> None:
    assert parse(line) == meant


def test_t_a11y_17_an_unknown_command_names_the_nearest_and_does_nothing() -> None:
    portal = PreparedPortal(USER, SIGN_IN)
    played = play(portal, "/qiut", "/quit", "1")
    at = played.lines.index("User ID, required, 6 to 74 characters: </qiut>")
    assert played.lines[at + 1 : at + 3] == [
        "Error: there is no such command. The nearest is /quit.",
        "Fix: type ? for the list.",
    ]
    assert portal.acts == []


def test_t_a11y_17_two_slashes_enter_a_text_with_one() -> None:
    portal = PreparedPortal(USER, SIGN_IN)
    play(portal, "//quit", "/quit", "1")
    assert portal.acts[0].values == {"user_id": "/quit"}


def test_t_a11y_17_at_a_secret_prompt_nothing_is_a_command() -> None:
    portal = PreparedPortal(PASS, SIGN_IN)
    play(portal, "", "/quit", "1", "/quit", "1")
    assert portal.acts[0].values["password"] == "/quit"


@pytest.mark.parametrize("page", [LAND, TERMS, USER, CODE, HOME, RUN, picker(3), REPORT])
@pytest.mark.parametrize("command", [f"/{command.name}" for command in COMMANDS])
def test_t_a11y_17_every_command_in_every_state_ends_well(page: object, command: str) -> None:
    """It does what it says or says why not; the walk goes on to the quit."""
    from tests.tui.plain.reports import EXAMPLE

    portal = PreparedPortal(replaced(page), SIGN_IN, report=EXAMPLE)
    # `2` and `/back` answer whatever the command asks; the rest leads out.
    played = play(portal, command, "2", "/back", "2", "/quit", "1", "/quit", "1", "/quit", "1")
    assert played.code in (0, 256)
    assert "Traceback" not in played.text


@pytest.mark.parametrize(("page", "way"), WAYS_BACK)
def test_a11y_plain_11_back_is_what_the_screen_offers_for_it(page: object, way: str) -> None:
    portal = PreparedPortal(replaced(page), SIGN_IN)
    typed = ("/actions", "/back", "/do back") if way == "back" else ("/back",)
    script = (PASSWORD, *typed) if portal.page.state == "S-PASS" else typed
    play(portal, *script, "/quit", "1", "/quit", "1")
    assert portal.acts[0].action == way


def test_a11y_plain_14_back_returns_to_the_field_before_with_its_value() -> None:
    portal = PreparedPortal(PASS, SIGN_IN)
    played = play(portal, PASSWORD, "/back", PASSWORD, "4", "/quit", "1")
    assert played.lines.count("Done: password entered.") == 2
    assert portal.acts[0].values == {"password": PASSWORD, "mfa_type": "email"}


def test_p_plain_03_repeat_reads_the_screen_again_with_the_time_left() -> None:
    from datetime import timedelta

    from client.messages.screen import Deadline
    from tests.tui.plain.stage import SECURITY_NOW

    code = Deadline(kind="code", at=SECURITY_NOW + timedelta(seconds=540), warn_s=[], notice="")
    played = play(PreparedPortal(replaced(CODE, deadlines=[code])), "/repeat", "/quit", "1")
    again = played.text.split("</repeat>\n")[1].splitlines()
    assert again[0] == "Screen: Enter Security Code, step 5 of 12"
    assert "Time: the security code is valid for another 9 minutes." in again
    assert again[5] == "Security Code, required, 6 digits: </quit>"


def test_a11y_help_01_help_names_purpose_fields_actions_and_commands() -> None:
    lines = play(PreparedPortal(USER), "?", "/quit", "1", width=None).lines
    assert "Help: Enter your User ID." in lines
    assert "User ID: required. 6 to 74 characters." in lines
    assert "Stay: /do stay" in lines
    assert "/help or ?: explains this screen and lists its actions and the commands" in lines
    assert not any(line.startswith(("/outbox", "/row")) for line in lines)
    assert lines[-6] == "Help desk contacts: /do help"


def test_a11y_plain_11_actions_lists_and_do_carries_out() -> None:
    portal = PreparedPortal(USER, SIGN_IN)
    played = play(portal, "/a", "3", "/do cancel", "/quit", "1")
    assert [act.action for act in portal.acts] == ["stay", "cancel"]
    assert "Done: the sign-in attempt was extended." in played.lines


def test_a11y_plain_11_an_unknown_or_disabled_action_is_refused_here() -> None:
    portal = PreparedPortal(picker(3))
    lines = play(portal, "/do clera", "/do clear", "/quit", "1").lines
    assert "Error: there is no such action here. The nearest is clear." in lines
    assert "Error: Clear selection is not available: Nothing is selected." in lines
    assert portal.acts == []


def test_f_gen_07_help_desk_and_log_out_work_where_they_are_not_listed() -> None:
    portal = PreparedPortal(RUN, {("S-RUN", "logout"): LAND})
    play(portal, "/do help", "/logout", "1", "/quit", "1")
    assert [act.action for act in portal.acts] == ["help", "logout"]


def test_a11y_plain_11_clear_empties_a_field() -> None:
    user = replaced(USER, fields=[replaced(USER.fields[0], value="demo.old")])
    portal = PreparedPortal(user, SIGN_IN)
    played = play(portal, "/clear", "", "demo.new", "/quit", "1")
    assert "Done: User ID is empty." in played.lines
    assert "Error: User ID is required." in played.lines
    assert portal.acts[0].values == {"user_id": "demo.new"}


def test_settings_are_said_changed_and_kept() -> None:
    kept: list[tuple[str, str]] = []

    def keep(key: str, value: str) -> None:
        kept.append((key, value))

    script = (
        "/settings",
        "/settings announce brief",
        "/settings page_rows 900",
        "/settings nope 1",
        "/quit",
        "1",
    )
    lines = play(PreparedPortal(USER), *script, width=None, save_setting=keep).lines
    assert "table_style: rows" in lines
    assert "Saved: announce is brief." in lines
    assert kept == [("announce", "brief")]
    assert "Error: page_rows does not take '900'. Nearest: 500." in lines
    assert any(line.startswith("Error: There is no setting 'nope'.") for line in lines)


def test_settings_that_cannot_be_kept_say_so() -> None:
    def refuse(key: str, value: str) -> None:
        raise BadSettingValue("The settings file cannot be written.")

    lines = play(PreparedPortal(USER), "/settings bell on", "/quit", "1", save_setting=refuse).lines
    assert "Error: The settings file cannot be written." in lines
    lines = play(PreparedPortal(USER), "/settings bell on", "/quit", "1").lines
    assert "Done: bell is on until you quit." in lines


def test_a11y_mode_06_full_ends_plain_mode_on_a_terminal_only() -> None:
    assert play(PreparedPortal(USER), "/full").code == 256
    piped = play(PreparedPortal(USER), "/full", "/quit", "1", interactive=False)
    assert "Error: the full screen needs a terminal." in piped.lines
