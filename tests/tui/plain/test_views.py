"""The views that the client brings itself: mailbox, demo accounts, time (F-OUT-03, A11Y-AUTH-04)."""

from datetime import timedelta

from client.messages.calls import OutboxMessage, Persona, Personas
from client.messages.screen import Deadline
from tests.tui.plain.pages import CODE, HOME, LAND
from tests.tui.plain.stage import SCENARIO, SECURITY_NOW, PreparedPortal, action, play, replaced
from tui.plain.durations import in_words
from tui.plain.views import MOST_MESSAGES, message_lines

END = ("/quit", "1")
MESSAGE = OutboxMessage(
    id="m1",
    channel="email",
    to_masked="d***@example.org",
    kind="code",
    subject="Your security code",
    body="Your security code is 564123.\nIt is valid for 10 minutes.",
    code="564123",
    live=True,
    created_at=SCENARIO.business_now,
)
OUTBOX = action("outbox", "Simulated phone and mailbox", local=True)
ACCOUNTS = Personas(
    password="Walnut-Harbor-2468",
    authenticator_secret="GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
    personas=[
        Persona(user_id=f"demo.p{n:02}", name="Juno Hazel", roles=["A", "B"], devices=[], purpose="report")
        for n in range(1, 39)
    ],
)


def test_a11y_auth_04_a_code_is_also_spelled() -> None:
    assert message_lines([MESSAGE]) == [
        "Screen: Simulated phone and mailbox",
        "Notice: real portals have no such page. Codes are not filled in by themselves.",
        "Row 1 of 1",
        "Channel: E-mail",
        "To: d***@example.org",
        "Sent: 2018-10-01 10:00 ET",
        "Subject: Your security code",
        "Message: Your security code is 564123. It is valid for 10 minutes.",
        "Code: 564123",
        "Digits: 5 6 4 1 2 3",
    ]


def test_f_out_03_no_messages_is_said_with_what_an_authenticator_needs() -> None:
    assert message_lines([])[-2:] == [
        "Notice: No messages.",
        "Help: for an authenticator app use the secret that the demo accounts list names.",
    ]


def test_f_out_03_at_most_20_messages_and_old_codes_say_that_they_are_old() -> None:
    lines = message_lines([replaced(MESSAGE, live=False)] * 25)
    assert lines.count(f"Row {MOST_MESSAGES} of {MOST_MESSAGES}") == 1
    assert lines.count("Code: 564123 (no longer valid)") == MOST_MESSAGES


def test_the_mailbox_opens_by_command_or_action_and_leads_back_to_the_prompt() -> None:
    page = replaced(CODE, actions=[*CODE.actions, OUTBOX], login=HOME.login)
    portal = PreparedPortal(page, messages=[MESSAGE])
    lines = play(portal, "/outbox", "/a", "5", *END).lines
    assert lines.count("Code: 564123") == 2
    assert lines[lines.index("Digits: 5 6 4 1 2 3") + 1] == "Security Code, required, 6 digits: </a>"
    assert portal.acts == []


def test_without_the_demo_flag_there_is_no_mailbox() -> None:
    lines = play(PreparedPortal(CODE), "/outbox", *END).lines
    assert "Error: this portal has no simulated phone." in lines


def test_the_demo_accounts_are_a_table_with_find() -> None:
    page = replaced(LAND, actions=[action("personas", "Demo accounts", local=True), *LAND.actions])
    portal = PreparedPortal(page, personas=ACCOUNTS)
    lines = play(portal, "1", "/find p33", "", *END, width=None).lines
    assert "Password of every account: Walnut-Harbor-2468" in lines
    assert "Table: Demo accounts. 38 rows, 5 columns." in lines
    assert (
        "Rows 1 to 20 of 38 read. Enter for more, /row N, /find TEXT, /done to stop reading: </find p33>"
        in lines
    )
    assert "Total: 1 of 38 rows match." in lines
    assert "MFA devices: none" in lines
    assert lines[-5] == "Action, number 1 to 9: </quit>"


def test_time_says_the_scenario_date_and_what_is_left() -> None:
    ends = {"idle": 870, "absolute": 43140}
    deadlines = [
        Deadline(kind=kind, at=SECURITY_NOW + timedelta(seconds=left), warn_s=[], notice="")  # type: ignore[arg-type]
        for kind, left in ends.items()
    ]
    lines = play(PreparedPortal(replaced(HOME, deadlines=deadlines)), "/time", *END, width=None).lines
    at = next(i for i, line in enumerate(lines) if line.endswith("</time>"))
    assert lines[at + 1 : at + 4] == [
        "Time: scenario date 2018-10-01 10:00 ET.",
        "Time: without input this screen is locked in 14 minutes.",
        "Time: you are signed out in 11 hours 59 minutes.",
    ]


def test_durations_are_words() -> None:
    said = [in_words(seconds) for seconds in (0, 1, 20, 59.4, 60, 89, 120, 3600, 3660, 43200)]
    assert said == [
        "0 seconds", "1 second", "20 seconds", "59 seconds", "1 minute", "1 minute", "2 minutes", "1 hour",
        "1 hour 1 minute", "12 hours",
    ]  # fmt: skip
