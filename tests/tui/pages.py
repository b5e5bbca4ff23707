"""Hand-made pages of every state, with fixed data, clock and times: what the screens are tested and drawn
with."""

from datetime import UTC, datetime, timedelta, timezone

from msgspec.structs import replace

from client.messages.screen import (
    Action,
    Clock,
    Confirm,
    CurrentOrganization,
    Deadline,
    Field,
    Login,
    Notice,
    Option,
    Problem,
    Progress,
    Screen,
    Step,
)

EASTERN = timezone(timedelta(hours=-4))
NOW = datetime(2018, 10, 1, 10, 0, tzinfo=EASTERN)
SERVER_NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
CLOCK = Clock(business_now=NOW)
LOGIN = Login(
    user_id="demo.grouprep",
    role_labels=["Group Representative"],
    idle_expires_at=SERVER_NOW + timedelta(minutes=15),
    absolute_expires_at=SERVER_NOW + timedelta(hours=12),
)
ORGANIZATION = CurrentOrganization(org_type="practice", display="ALDER CREEK DEMO CLINIC LLC:4802")
SIGN_IN = ["Welcome", "Terms", "User ID", "Password", "Code"]
WORK = ["My Portal", "Organization type", "Practice", "Report", "Attestation", "Run"]

HELP = Action(id="help", label="Help desk contacts")
CANCEL = Action(id="cancel", label="Cancel")
BACK = Action(id="back", label="Back")
LOG_OUT = Action(id="logout", label="Log out")


def idle_deadline(seconds: float = 900) -> Deadline:
    """The idle limit, so many seconds away."""
    return Deadline(
        kind="idle",
        at=SERVER_NOW + timedelta(seconds=seconds),
        warn_s=[120, 60, 20],
        notice="This screen will be locked in {time}. Press any key or Enter to stay.",
    )


def code_deadline(seconds: float = 540) -> Deadline:
    """The end of the security code."""
    return Deadline(kind="code", at=SERVER_NOW + timedelta(seconds=seconds), warn_s=[], notice="")


LAND = Screen(
    state="S-LAND",
    step_token="t-land",
    title="CMS Enterprise Portal (simulation)",
    trail=["Welcome"],
    step=Step(number=1, total=12),
    help=["Start here: sign in, or read whom to call."],
    intro=["Welcome. This program simulates the quality-reporting portal of Medicare practices."],
    notices=[
        Notice(
            code="N-SIM-01",
            level="info",
            text="Unofficial simulation with invented data. Do not enter real credentials or patient data.",
        ),
        Notice(
            code="N-LAND-01",
            level="info",
            text="Accounts not used for 60 days or more are disabled. Reset the password or call the help "
            "desk to use yours again.",
        ),
        Notice(
            code="N-LAND-02",
            level="warning",
            text="Reports are confidential and may show part of a Social Security Number as TIN. Share them "
            "only inside the practice and destroy copies safely.",
        ),
        Notice(
            code="N-LAND-03",
            level="info",
            text="Demo: choose Demo accounts for user IDs and the password. Codes arrive in Simulated phone "
            "and mailbox.",
        ),
    ],
    actions=[
        Action(id="login", label="Login to CMS Secure Portal", primary=True),
        HELP,
        Action(id="personas", label="Demo accounts", local=True),
        Action(id="outbox", label="Simulated phone and mailbox", local=True),
        Action(id="quit", label="Quit", local=True),
    ],
    clock=CLOCK,
)
HELP_DESK = Screen(
    state="S-HELP",
    step_token="t-help",
    title="Help desk contacts",
    help=["Whom to call."],
    intro=[
        "QRUR and Value Modifier: Physician Value Help Desk, 1-888-734-6433, option 3, Monday to "
        "Friday 8:00 to 20:00 Eastern, pvhelpdesk@cms.hhs.gov. Open now.",
        "PQRS reports and portal access: QualityNet Help Desk, 1-866-288-8912, TTY 1-877-715-6222, Monday to "
        "Friday 8:00 to 20:00 Eastern, qnetsupport@hcqis.org. Open now.",
        "These numbers are historical and belong to the real programs; this program never contacts them.",
    ],
    actions=[replace(BACK, primary=True)],
    clock=CLOCK,
)
TERMS = Screen(
    state="S-TERMS",
    step_token="t-terms",
    title="Terms and Conditions",
    trail=SIGN_IN[:2],
    step=Step(number=2, total=12),
    help=["Read the terms; accepting them is needed for every sign-in."],
    intro=[
        "1. This is a simulation. Nothing you do here reaches a government system.",
        "2. What you do is logged, so that a training can be reviewed.",
        "3. Data shown is confidential and may be used for the stated purpose only.",
        "4. Do not enter real credentials, patient data or any other real personal data.",
        "5. Declining leads back to the first page; nothing is stored.",
    ],
    actions=[Action(id="accept", label="I Accept"), Action(id="decline", label="Decline"), HELP],
    clock=CLOCK,
)
USER = Screen(
    state="S-USER",
    step_token="t-user",
    title="User ID",
    trail=SIGN_IN[:3],
    step=Step(number=3, total=12),
    help=["Type the User ID of your account."],
    fields=[
        Field(
            id="user_id", label="User ID", kind="text", required=True, max_len=74, hint="6 to 74 characters"
        )
    ],
    actions=[
        Action(id="next", label="Next", primary=True),
        CANCEL,
        Action(id="stay", label="Stay for 15 more minutes"),
        HELP,
    ],
    clock=CLOCK,
)
USER_REFUSED = replace(
    USER,
    step_token="t-user-2",
    errors=[
        Problem(
            code="E-VAL-03",
            field="user_id",
            text="User ID does not have the expected form: 6 to 74 characters.",
        )
    ],
)
MFA_TYPES = [
    Option(value="totp", label="Authenticator App"),
    Option(value="sms", label="Text Message-Short Message Service (SMS)"),
    Option(value="ivr", label="Interactive Voice Response (IVR)"),
    Option(value="email", label="E-mail"),
    Option(value="otsc", label="One-Time Security Code"),
]
PASSWORD = Screen(
    state="S-PASS",
    step_token="t-pass",
    title="Password and MFA Device Type",
    trail=SIGN_IN[:4],
    step=Step(number=4, total=12),
    help=["Prove who you are: the password, and a code on a device you registered."],
    intro=["Codes expire, so enter yours promptly."],
    fields=[
        Field(
            id="password",
            label="Password",
            kind="secret",
            required=True,
            max_len=128,
            hint="Not shown while typing.",
        ),
        Field(
            id="mfa_type",
            label="MFA Device Type",
            kind="select",
            required=True,
            options=MFA_TYPES,
            hint="Choose the type you registered.",
        ),
    ],
    actions=[
        Action(id="send", label="Send", primary=True),
        BACK,
        CANCEL,
        Action(id="stay", label="Stay for 15 more minutes"),
        HELP,
    ],
    clock=CLOCK,
)
PASSWORD_REFUSED = replace(
    PASSWORD,
    step_token="t-pass-2",
    errors=[Problem(code="E-AUTH-01", text="We could not sign you in with this User ID and password.")],
)
CODE = Screen(
    state="S-CODE",
    step_token="t-code",
    title="Enter Security Code",
    trail=SIGN_IN,
    step=Step(number=5, total=12),
    help=["Enter the code that was sent to your device."],
    notices=[
        Notice(
            code="N-MFA-01",
            level="success",
            text="Success. If E-mail is registered for this account, a security code was sent. It is valid "
            "for 10 minutes.",
        )
    ],
    fields=[
        Field(id="code", label="Security Code", kind="digits", required=True, max_len=19, hint="6 digits")
    ],
    actions=[
        Action(id="log_in", label="Log In", primary=True),
        Action(id="resend", label="Send again"),
        Action(id="change_device", label="Change device type"),
        CANCEL,
        HELP,
    ],
    deadlines=[code_deadline()],
    clock=CLOCK,
)
CODE_REFUSED = replace(
    CODE,
    step_token="t-code-2",
    errors=[
        Problem(
            code="E-MFA-04",
            field="code",
            text="That security code is not right. Tries left for this code: 4.",
        )
    ],
)
DISABLED = Screen(
    state="S-DISABLED",
    step_token="t-disabled",
    title="Account disabled",
    help=["Why you cannot sign in, and whom to call."],
    intro=["This account was not used for 60 days or more and is disabled."],
    actions=[HELP, CANCEL],
    clock=CLOCK,
)
EXPIRED = Screen(
    state="S-PWEXP",
    step_token="t-pwexp",
    title="Password expired",
    help=["Choose a new password to go on."],
    intro=["Your password is older than 60 days. Choose a new one of 12 to 128 characters."],
    fields=[
        Field(id="new_password", label="New Password", kind="secret", required=True, max_len=128),
        Field(id="confirm_password", label="Confirm New Password", kind="secret", required=True, max_len=128),
    ],
    actions=[Action(id="save", label="Save", primary=True), CANCEL, HELP],
    clock=CLOCK,
)
LOCKED = Screen(
    state="S-REAUTH",
    step_token="t-reauth",
    title="Confirm your password",
    help=["Type the password to go on where you were."],
    intro=["User ID: demo.grouprep", "Locked after 15 minutes without activity."],
    fields=[Field(id="password", label="Password", kind="secret", required=True, max_len=128)],
    actions=[Action(id="confirm", label="Confirm", primary=True), LOG_OUT, HELP],
    clock=CLOCK,
    login=LOGIN,
)
HOME = Screen(
    state="S-HOME",
    step_token="t-home",
    title="My Portal",
    trail=[*SIGN_IN, *WORK[:1]],
    step=Step(number=6, total=12),
    help=["Choose a part of the portal."],
    intro=["Good morning, Juno. Last sign-in 2018-09-28 10:00 ET, no failed tries since."],
    actions=[
        Action(id="feedback_reports", label="Feedback Reports", primary=True),
        replace(LOG_OUT, confirm=Confirm(title="Log out", text="Log out?", yes="Log out", no="Stay")),
        HELP,
    ],
    deadlines=[idle_deadline()],
    clock=CLOCK,
    login=LOGIN,
)
ORGANIZATION_TYPE = Screen(
    state="S-ORGTYPE",
    step_token="t-orgtype",
    title="Organization Type",
    trail=[*SIGN_IN, *WORK[:2]],
    step=Step(number=7, total=12),
    help=["Choose the type of organization you work for now."],
    fields=[
        Field(
            id="org_type",
            label="Organization Type",
            kind="radio",
            required=True,
            options=[
                Option(value="practice", label="Practices (2)"),
                Option(value="apm_entity", label="APM Entities (1)"),
            ],
            value="practice",
        )
    ],
    actions=[Action(id="next", label="Next", primary=True), BACK, LOG_OUT, HELP],
    deadlines=[idle_deadline()],
    clock=CLOCK,
    login=LOGIN,
)
REPORT_CHOICE = Screen(
    state="S-RPTSEL",
    step_token="t-rptsel",
    title="Feedback Reports",
    trail=[*SIGN_IN, *WORK[:4]],
    step=Step(number=9, total=12),
    help=["Choose year, report and what to do with it."],
    fields=[
        Field(
            id="year",
            label="Select a Year",
            kind="select",
            required=True,
            options=[
                Option(value="2018", label="2018", enabled=False, reason="not yet available"),
                Option(value="2015", label="2015"),
                Option(value="2011", label="2011"),
            ],
        ),
        Field(
            id="report",
            label="Select a Report",
            kind="select",
            required=True,
            options=[
                Option(
                    value="R-PQRS-2015",
                    label="2015 PQRS Feedback Report",
                    enabled=False,
                    reason="data not installed",
                    when={"year": ["2015"]},
                ),
                Option(
                    value="R-QRUR-2015",
                    label="2015 Annual Quality and Resource Use Report (QRUR)",
                    when={"year": ["2015"]},
                ),
                Option(value="R-PQRS-2011", label="2011 PQRS Feedback Report", when={"year": ["2011"]}),
            ],
            when={"year": ["2015", "2011"]},
        ),
        Field(
            id="action",
            label="Select an Action",
            kind="select",
            required=True,
            options=[
                Option(value="view", label="View Online"),
                Option(value="csv", label="Download CSV", when={"report": ["R-QRUR-2015"]}),
            ],
            when={"report": ["R-QRUR-2015", "R-PQRS-2011"]},
        ),
    ],
    actions=[Action(id="next", label="Next", primary=True), BACK, LOG_OUT, HELP],
    deadlines=[idle_deadline()],
    clock=CLOCK,
    login=LOGIN,
    org=ORGANIZATION,
)
ATTESTATION = Screen(
    state="S-ATTEST",
    step_token="t-attest",
    title="Attestation Message",
    trail=[*SIGN_IN, *WORK[:5]],
    step=Step(number=10, total=12),
    help=["Say for which purpose you will use the data."],
    intro=[
        "Organization: ALDER CREEK DEMO CLINIC LLC:4802",
        "Year: 2011",
        "Report: 2011 PQRS Feedback Report",
        "Action: View Online",
    ],
    fields=[
        Field(
            id="purpose",
            label="I plan to use this data in my capacity as a",
            kind="radio",
            required=True,
            options=[
                Option(
                    value="ce",
                    label="HIPAA Covered Entity (CE) provider",
                    explain="I use the data for care coordination and quality improvement as covered by the "
                    "first or second paragraph of the HIPAA definition of health care operations, and I ask "
                    "for no more than the minimum necessary.",
                ),
                Option(
                    value="ba",
                    label="Business Associate (BA) of HIPAA CE(s)",
                    explain="The same use on behalf of a covered entity, under a valid business associate "
                    "agreement that lets us request identifiable health information, limited to the minimum "
                    "necessary.",
                ),
                Option(
                    value="neither",
                    label="Neither of the above or I do not know",
                    explain="Access is not possible this way; contact the Physician Value Help Desk, "
                    "1-888-734-6433.",
                ),
            ],
        )
    ],
    actions=[Action(id="confirm", label="I Confirm", primary=True), BACK, CANCEL, LOG_OUT, HELP],
    deadlines=[idle_deadline()],
    clock=CLOCK,
    login=LOGIN,
    org=ORGANIZATION,
)
NOT_ATTESTED = Screen(
    state="S-ATTNO",
    step_token="t-attno",
    title="Attestation not possible",
    help=["What to do without one of the two purposes."],
    intro=[
        "Without one of the two purposes the data cannot be shown.",
        "Physician Value Help Desk, 1-888-734-6433, option 3, Monday to Friday 8:00 to 20:00 Eastern, "
        "pvhelpdesk@cms.hhs.gov.",
    ],
    actions=[BACK, Action(id="home", label="My Portal"), LOG_OUT, HELP],
    clock=CLOCK,
    login=LOGIN,
    org=ORGANIZATION,
)
RUN = Screen(
    state="S-RUN",
    step_token="t-run",
    title="Run Document",
    trail=[*SIGN_IN, *WORK],
    step=Step(number=11, total=12),
    help=["Run the report you chose."],
    intro=[
        "Report Message Name: 2011 PQRS Feedback Report",
        "Organization: ALDER CREEK DEMO CLINIC LLC:4802",
        "Year: 2011",
        "Action: View Online",
        "Purpose: HIPAA Covered Entity (CE) provider",
    ],
    notices=[
        Notice(
            code="N-RUN-02",
            level="warning",
            text="Confidential. Share only with those in the practice who need it, and destroy copies "
            "safely.",
        )
    ],
    actions=[
        Action(id="run_document", label="Run Document", primary=True),
        BACK,
        Action(id="cancel", label="Cancel"),
        LOG_OUT,
        HELP,
    ],
    deadlines=[idle_deadline()],
    clock=CLOCK,
    login=LOGIN,
    org=ORGANIZATION,
)
BUSY = Screen(
    state="S-BUSY",
    step_token="t-busy",
    title="Running",
    help=["Wait until the report is ready, or cancel the run."],
    intro=["2011 PQRS Feedback Report"],
    progress=Progress(done=3, total=14, text="Scoring professionals"),
    actions=[CANCEL, LOG_OUT],
    clock=CLOCK,
    login=LOGIN,
    org=ORGANIZATION,
)
UNKNOWN = Screen(
    state="S-LATER",
    step_token="t-later",
    title="A state of a later version",
    help=["Unknown to this client."],
    intro=["The generic form draws it."],
    fields=[
        Field(id="since", label="Since", kind="date", hint="YYYY-MM-DD", value="2018-01-01"),
        Field(id="count", label="Count", kind="integer"),
        Field(id="sure", label="I am sure", kind="checkbox"),
        Field(id="note", label="Note", kind="text", value="kept"),
        Field(id="hidden", label="Hidden", kind="text", visible=False),
    ],
    actions=[
        Action(id="save", label="Save", primary=True),
        Action(id="remove", label="Remove", enabled=False, reason="nothing is saved yet"),
        BACK,
    ],
    clock=CLOCK,
)

PAGES: dict[str, Screen] = {
    "S-LAND": LAND,
    "S-HELP": HELP_DESK,
    "S-TERMS": TERMS,
    "S-USER": USER,
    "S-USER-refused": USER_REFUSED,
    "S-PASS": PASSWORD,
    "S-PASS-refused": PASSWORD_REFUSED,
    "S-CODE": CODE,
    "S-CODE-refused": CODE_REFUSED,
    "S-DISABLED": DISABLED,
    "S-PWEXP": EXPIRED,
    "S-REAUTH": LOCKED,
    "S-HOME": HOME,
    "S-ORGTYPE": ORGANIZATION_TYPE,
    "S-RPTSEL": REPORT_CHOICE,
    "S-ATTEST": ATTESTATION,
    "S-ATTNO": NOT_ATTESTED,
    "S-RUN": RUN,
    "S-BUSY": BUSY,
    "S-LATER": UNKNOWN,
}
"""Name -> page; names of refused pages end in `-refused`."""
