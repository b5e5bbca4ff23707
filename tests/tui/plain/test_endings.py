"""End of input, Ctrl+C and exit codes (A11Y-PLAIN-12, -15, -17; T-A11Y-18)."""

import pytest

from client.errors import BadServerReply, PortalUnreachable
from client.messages.calls import ClientKind
from client.messages.screen import Screen
from tests.tui.plain.pages import CODE, HOME, LAND, PASS, PASSWORD, REPORT, SIGN_IN, USER, picker
from tests.tui.plain.reports import EXAMPLE
from tests.tui.plain.stage import CTRL_C, CTRL_D, After, PreparedPortal, play, replaced


def test_t_a11y_18_quit_ends_with_0() -> None:
    played = play(PreparedPortal(LAND), "8", "2", "8", "1")
    assert played.code == 0
    assert played.lines.count("Notice: Leave the program?") == 2


@pytest.mark.parametrize(
    ("page", "script", "where"),
    [
        (LAND, (), "S-LAND, field action"),
        (USER, (), "S-USER, field user_id"),
        (PASS, (), "S-PASS, field password"),
        (PASS, (PASSWORD,), "S-PASS, field mfa_type"),
        (picker(3), ("/find",), "S-ORGPICK, field search"),
        (REPORT, (), "S-REPORT, field table"),
    ],
)
def test_t_a11y_18_the_end_of_a_pipe_ends_with_1_and_says_where(
    page: object, script: tuple[str, ...], where: str
) -> None:
    played = play(PreparedPortal(replaced(page), report=EXAMPLE), *script, interactive=False)
    assert (played.code, played.message) == (1, f"Error: input ended at {where}.")


def test_t_a11y_18_ctrl_d_on_a_terminal_goes_back() -> None:
    portal = PreparedPortal(CODE, SIGN_IN)
    play(portal, CTRL_D, PASSWORD, "/quit", "1")
    assert portal.acts[0].action == "change_device"


def test_t_a11y_18_ctrl_d_at_the_first_page_asks_and_twice_in_a_row_quits() -> None:
    assert play(PreparedPortal(LAND), CTRL_D, "2", "8", "1").code == 0
    twice = play(PreparedPortal(LAND), CTRL_D, CTRL_D)
    assert (twice.code, twice.message) == (0, "")


def test_t_a11y_18_ctrl_c_asks_and_twice_within_2_seconds_ends_with_130() -> None:
    portal = PreparedPortal(USER, {("S-USER", "next"): CODE})
    asked = play(portal, CTRL_C, After(3, "2"), "demo.grouprep", After(1, "/quit"), "1")
    assert asked.code == 0
    assert "Quit, number 1 to 2: <2>" in asked.lines
    assert play(PreparedPortal(USER), CTRL_C, CTRL_C).code == 130


def test_t_a11y_18_ctrl_c_at_a_secret_goes_back() -> None:
    portal = PreparedPortal(PASS, SIGN_IN)
    play(portal, CTRL_C, After(3, "/quit"), "1")
    assert portal.acts[0].action == "back"


def test_t_a11y_18_ctrl_c_in_a_pipe_ends_at_once() -> None:
    assert play(PreparedPortal(USER), CTRL_C, interactive=False).code == 130


def test_a11y_plain_17_a_secret_from_a_pipe_is_for_servers_on_this_computer_only() -> None:
    portal = PreparedPortal(PASS, SIGN_IN)
    piped = play(portal, PASSWORD, "4", interactive=False)
    assert portal.acts[0].values["password"] == PASSWORD
    assert PASSWORD not in piped.text
    far = play(PreparedPortal(PASS, SIGN_IN, loopback=False), PASSWORD, "4", interactive=False)
    assert (far.code, far.message) == (1, "Error: a terminal is needed for the password. Use ssh -t.")


def test_w_9_without_a_connection_the_person_decides_and_nothing_is_lost() -> None:
    portal = PreparedPortal(USER, {**SIGN_IN, ("S-USER", "next"): [PortalUnreachable(), PASS]})
    played = play(portal, "demo.grouprep", "1", PASSWORD, "/quit", "1", width=None)
    at = played.lines.index("Error: The portal cannot be reached. Your entries are kept.")
    assert played.lines[at + 1 : at + 4] == ["Fix: try again, or quit.", "1. Try again", "2. Quit"]
    assert portal.acts[0] == portal.acts[1]


def test_w_9_giving_up_ends_with_1_and_says_why_on_standard_error() -> None:
    played = play(PreparedPortal(USER, {("S-USER", "next"): PortalUnreachable()}), "demo.grouprep", "2")
    assert (played.code, played.message) == (1, "Error: The portal cannot be reached. Your entries are kept.")


def test_a_reply_that_cannot_be_used_leaves_the_screen_usable() -> None:
    portal = PreparedPortal(HOME, {("S-HOME", "feedback_reports"): [BadServerReply("nonsense"), picker(3)]})
    played = play(portal, "1", "1", "/quit", "1", width=None)
    assert "Error: The server's answer could not be used: nonsense." in played.lines
    assert "Available: 1 - 3 of 3" in played.lines


class NoPortal(PreparedPortal):
    """Cannot be reached, or answers nonsense."""

    def __init__(self, *failures: Exception) -> None:
        super().__init__(LAND)
        self.failures = list(failures)

    async def start(self, client: ClientKind, client_id: str | None = None) -> Screen:
        if self.failures:
            raise self.failures.pop(0)
        return await super().start(client, client_id)


def test_without_a_first_screen_the_person_may_try_again_or_quit() -> None:
    again = play(NoPortal(PortalUnreachable()), "1", "/quit", "1")
    at = again.lines.index("Connection, number 1 to 2: <1>")
    assert again.lines[at + 1] == "Screen: CMS Enterprise Portal (simulation), step 1 of 12"
    assert play(NoPortal(PortalUnreachable()), "/quit").code == 0
    assert play(NoPortal(PortalUnreachable(), PortalUnreachable()), CTRL_D, CTRL_D).code == 0
    piped = play(NoPortal(PortalUnreachable()), interactive=False)
    assert piped.message == "Error: input ended at the start, field connection."


def test_a_portal_that_answers_nonsense_at_the_start_ends_with_1() -> None:
    ended = play(NoPortal(BadServerReply("nonsense")))
    assert (ended.code, ended.message) == (1, "Error: the portal did not open.")
