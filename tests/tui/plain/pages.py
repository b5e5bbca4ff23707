"""Hand-made screens of the main path, with the texts of the normative transcript (accessibility 5.2)."""

from client.messages.screen import (
    Confirm,
    CurrentOrganization,
    ReportReference,
    Screen,
    Table,
    TableColumn,
    TableRow,
)
from tests.tui.plain.stage import (
    Answer,
    action,
    choice_field,
    login,
    notice,
    problem,
    replaced,
    screen,
    text_field,
)

NOTHING_REAL = "Unofficial simulation with invented data. Do not enter real credentials or patient data."
SENT = (
    "Success. If E-mail is registered for this account, a security code was sent. It is valid for 10 minutes."
)

LAND = screen(
    "S-LAND",
    "CMS Enterprise Portal (simulation)",
    number=1,
    help=["The first page of the portal."],
    notices=[notice(NOTHING_REAL)],
    actions=[
        action("login", "Login to CMS Secure Portal", primary=True),
        action("forgot_user_id", "Forgot User ID?"),
        action("forgot_password", "Forgot Password?"),
        action("register", "New User Registration"),
        action("verify", "Verify Report Portlet"),
        action("npi_request", "Request NPI-level reports"),
        action("help", "Help desk contacts"),
        action(
            "quit",
            "Quit",
            local=True,
            confirm=Confirm(title="Quit", text="Leave the program?", yes="Quit", no="Stay"),
        ),
    ],
)
TERMS = screen(
    "S-TERMS",
    "Terms and Conditions",
    number=2,
    intro=["1. This is a simulation.", "2. Activity is logged.", "3. Data is confidential."],
    actions=[action("accept", "I Accept", primary=True), action("decline", "Decline")],
)
USER = screen(
    "S-USER",
    "User ID",
    number=3,
    help=["Enter your User ID."],
    fields=[text_field("user_id", "User ID", hint="6 to 74 characters", max_len=74)],
    actions=[action("next", "Next", primary=True), action("cancel", "Cancel"), action("stay", "Stay")],
)
USER_REFUSED = replaced(
    USER,
    errors=[problem("E-VAL-03", "User ID does not have the expected form: 6 to 74 characters.", "user_id")],
)
DEVICES = {
    "totp": "Authenticator App",
    "sms": "Text Message-Short Message Service (SMS)",
    "ivr": "Interactive Voice Response (IVR)",
    "email": "E-mail",
    "otsc": "One-Time Security Code",
}
PASS = screen(
    "S-PASS",
    "Password and MFA Device Type",
    number=4,
    fields=[
        text_field("password", "Password", kind="secret"),
        choice_field("mfa_type", "MFA Device Type", DEVICES),
    ],
    actions=[action("send", "Send", primary=True), action("back", "Back"), action("cancel", "Cancel")],
)
CODE = screen(
    "S-CODE",
    "Enter Security Code",
    number=5,
    notices=[notice(SENT, "success")],
    fields=[text_field("code", "Security Code", kind="digits", hint="6 digits")],
    actions=[
        action("log_in", "Log In", primary=True),
        action("resend", "Send again"),
        action("change_device", "Change device type"),
        action("cancel", "Cancel"),
    ],
)
HOME = screen(
    "S-HOME",
    "My Portal",
    number=6,
    login=login(),
    actions=[action("feedback_reports", "Feedback Reports", primary=True), action("logout", "Log out")],
)
ORGANIZATION = CurrentOrganization(org_type="practice", display="ALDER CREEK DEMO CLINIC LLC:4802")
ATTEST = screen(
    "S-ATTEST",
    "Attestation Message",
    number=10,
    login=login(),
    org=ORGANIZATION,
    fields=[
        choice_field(
            "purpose",
            "I plan to use this data in my capacity as a",
            {"ce": "HIPAA Covered Entity (CE) provider", "neither": "Neither of the above or I do not know"},
        )
    ],
    actions=[
        action("confirm", "I Confirm", primary=True),
        action("back", "Back"),
        action("cancel", "Cancel"),
    ],
)
RUN = screen(
    "S-RUN",
    "Run Document",
    number=11,
    login=login(),
    org=ORGANIZATION,
    actions=[action("run_document", "Run Document", primary=True), action("back", "Back")],
)
BUSY = screen("S-BUSY", "Running", login=login(), org=ORGANIZATION, actions=[action("cancel", "Cancel")])
REPORT = screen(
    "S-REPORT",
    "Feedback report",
    number=12,
    login=login(),
    org=ORGANIZATION,
    report=ReportReference(id="r1", title="2011 PQRS Feedback Report", first_section="TIN"),
    actions=[
        action("next_table", "Next table", local=True),
        action("prev_table", "Previous table", local=True),
        action("find", "Find", local=True),
        action("expand", "Row detail", local=True),
        action("home", "My Portal"),
        action("back", "Back"),
        action("logout", "Log out"),
    ],
)

SIGN_IN: dict[tuple[str, str], Answer | list[Answer]] = {
    ("S-LAND", "login"): TERMS,
    ("S-TERMS", "accept"): USER,
    ("S-TERMS", "decline"): LAND,
    ("S-USER", "next"): [USER_REFUSED, PASS],
    ("S-USER", "cancel"): LAND,
    ("S-PASS", "send"): CODE,
    ("S-PASS", "back"): USER,
    ("S-CODE", "log_in"): HOME,
    ("S-CODE", "change_device"): PASS,
    ("S-HOME", "logout"): replaced(LAND, notices=[notice("You are signed out.", "success")]),
}

PASSWORD = "Walnut-Harbor-24681!"
WALK = ("1", "1", "jd", "demo.grouprep", PASSWORD, "e-m", "564 123")
"""What the normative transcript types from S-LAND on."""


def picker(
    rows: int = 31, *, total: int | None = None, page: int = 1, pages: int = 1, **parts: object
) -> Screen:
    """S-ORGPICK with generated rows."""
    first = (page - 1) * 1000 + 1
    names = [
        TableRow(id=f"o{n}", cells=[f"DEMO PRACTICE {n:03}:4802", "Staff User"])
        for n in range(first, first + rows)
    ]
    last = first + rows - 1
    of = total if total is not None else rows
    pager = f"{first if rows else 0} - {last if rows else 0} of {of}"
    table = Table(
        columns=[TableColumn(id="name", label="TIN"), TableColumn(id="roles", label="Role")],
        rows=names,
        page=page,
        pages=pages,
        first=first if rows else 0,
        last=last if rows else 0,
        total=of,
        pager=pager,
    )
    return picking(table, **parts)


def picking(table: Table, **parts: object) -> Screen:
    """S-ORGPICK around a table; `selected` as (id, label)."""
    from client.messages.screen import Field, Option

    selected = parts.pop("selected", None)
    options = [Option(value=selected[0], label=selected[1])] if isinstance(selected, tuple) else []
    return screen(
        "S-ORGPICK",
        "Select an organization",
        number=8,
        login=login(),
        intro=["TIN (Required)", "Select a TIN", "This prompt allows only one selection."],
        table=table,
        fields=[
            Field(id="search", label="Search for", kind="text", value=parts.pop("search", None)),  # type: ignore[arg-type]
            Field(id="match_case", label="Match case", kind="checkbox", value=False),
            Field(
                id="org_ids",
                label="TIN",
                kind="picker",
                required=True,
                options=options,
                value=[option.value for option in options],
            ),
        ],
        actions=[
            action("next", "Next", primary=True),
            action("search", "Search"),
            action("select", "Select"),
            action("clear", "Clear selection", enabled=bool(options), reason="Nothing is selected."),
            action("prev_page", "Previous page"),
            action("next_page", "Next page"),
            action("back", "Back"),
        ],
        **parts,
    )
