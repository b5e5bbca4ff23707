"""The table of verbs: what a step can do, where, with what, and which fields and action it means.

The linter, the outline, the players and `capture` read this one table; whatever a verb does is named by ids
of the portal, so that a front end performs it as a person would and holds no workflow of its own.

    VERBS["enter-user-id"].fields   -> ("user_id",)
    VERBS["send-code"].action_in("S-CODE") -> "resend"
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

ANY_STATE: Final[frozenset[str]] = frozenset()
"""Of `Verb.states`: the verb is possible everywhere."""

ANYWHERE: Final = ("*",)
"""Of `Verb.to`: the table does not say where it leads."""

UNCHANGED: Final[tuple[str, ...]] = ()
"""Of `Verb.to`: the state stays."""


class Takes(Enum):
    """The kind of argument that a verb is written with, in the words of messages."""

    TRUE = "true"
    TRUE_OR_TEXT = "true or a string"
    TEXT = "a string"
    TEXT_OR_NUMBER = "a string or a whole number"
    SEARCH = "a string or { text, match-case }"
    REPORT = "{ year, report, action }"
    RUN = "true or { save-as }"
    EXPORT = "{ format, to }"
    FIELDS = "{ field-id = value }"
    KEYS = "a key or an array of keys"
    DURATION = "a duration"
    SIZE = "a size"


class Group(Enum):
    """Verbs that belong together, as lists of them are headed."""

    SIGN_IN = "sign in"
    FIND = "find the practice"
    REPORT = "choose, attest, run"
    READ = "read and export"
    GENERAL = "anywhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One thing that a step can do."""

    name: str
    group: Group
    takes: Takes
    states: frozenset[str] = ANY_STATE
    """Where it is possible; empty: everywhere."""
    to: tuple[str, ...] = UNCHANGED
    """States that a step may lead to unless it expects another; empty: it stays; `*`: anywhere."""
    fields: tuple[str, ...] = ()
    """Ids of the fields that it fills in, in this order; of `choose-report` the last two may be absent."""
    actions: Mapping[str, str] = field(default_factory=dict)
    """State -> id of the action that it then takes; `*` for every other state. Empty: none by that name."""
    choices: Mapping[str, str] = field(default_factory=dict)
    """Short words of the script -> values of the field; where not empty, exact labels are good too."""
    closed: bool = False
    """Whether only the short words are good."""
    words: str
    """What it does, for the outline and the walkthrough; `{value}` stands for the argument."""
    words_of_text: str = ""
    """The same where the argument is a text and not `true`; empty: no difference."""

    def allowed_in(self, state: str) -> bool:
        """Whether the verb is possible in a state."""
        return not self.states or state in self.states

    def action_in(self, state: str) -> str | None:
        """The action that it takes in a state; None: it takes none of its own."""
        return self.actions.get(state) or self.actions.get("*")


DEVICES: Final = {"app": "totp", "sms": "sms", "ivr": "ivr", "email": "email", "one-time": "otsc"}
ORGANIZATION_TYPES: Final = {
    "practice": "practice",
    "apm-entity": "apm_entity",
    "virtual-group": "virtual_group",
    "registry": "registry",
}
PURPOSES: Final = {"ce": "ce", "ba": "ba", "neither": "neither"}
REPORT_ACTIONS: Final = {"view": "view", "pdf": "pdf", "excel": "xlsx", "csv": "csv"}
EXPORTS: Final = {"pdf": "download_pdf", "excel": "download_xlsx", "csv": "download_csv"}
"""Format of `export` -> action of S-REPORT; `run_document` follows in S-RUN."""


def _in(*states: str) -> frozenset[str]:
    return frozenset(states)


_ALL: Final = (
    Verb(
        name="open-login",
        group=Group.SIGN_IN,
        takes=Takes.TRUE,
        states=_in("S-LAND"),
        to=("S-TERMS",),
        actions={"*": "login"},
        words="Open the login",
    ),
    Verb(
        name="accept-terms",
        group=Group.SIGN_IN,
        takes=Takes.TRUE,
        states=_in("S-TERMS"),
        to=("S-USER",),
        actions={"*": "accept"},
        words="Accept the terms and conditions",
    ),
    Verb(
        name="decline-terms",
        group=Group.SIGN_IN,
        takes=Takes.TRUE,
        states=_in("S-TERMS"),
        to=("S-LAND",),
        actions={"*": "decline"},
        words="Decline the terms and conditions",
    ),
    Verb(
        name="enter-user-id",
        group=Group.SIGN_IN,
        takes=Takes.TEXT,
        states=_in("S-USER"),
        to=("S-PASS",),
        fields=("user_id",),
        actions={"*": "next"},
        words="Enter user ID {value}",
    ),
    Verb(
        name="enter-password",
        group=Group.SIGN_IN,
        takes=Takes.TRUE_OR_TEXT,
        states=_in("S-PASS", "S-REAUTH"),
        fields=("password",),
        words="Enter the password",
    ),
    Verb(
        name="choose-device",
        group=Group.SIGN_IN,
        takes=Takes.TEXT,
        states=_in("S-PASS"),
        fields=("mfa_type",),
        choices=DEVICES,
        words="Choose the MFA device type {value}",
    ),
    Verb(
        name="send-code",
        group=Group.SIGN_IN,
        takes=Takes.TRUE,
        states=_in("S-PASS", "S-CODE"),
        to=("S-CODE",),
        actions={"S-PASS": "send", "S-CODE": "resend"},
        words="Send the security code",
    ),
    Verb(
        name="read-outbox",
        group=Group.SIGN_IN,
        takes=Takes.TRUE,
        words="Read the newest message in Simulated phone and mailbox",
    ),
    Verb(
        name="enter-code",
        group=Group.SIGN_IN,
        takes=Takes.TRUE_OR_TEXT,
        states=_in("S-CODE"),
        to=("S-HOME", "S-PWEXP"),
        fields=("code",),
        actions={"*": "log_in"},
        words="Enter the security code and log in",
        words_of_text="Enter {value} as security code and log in",
    ),
    Verb(
        name="open-reports",
        group=Group.FIND,
        takes=Takes.TRUE,
        states=_in("S-HOME"),
        to=("S-ORGTYPE",),
        actions={"*": "feedback_reports"},
        words="Open Feedback Reports",
    ),
    Verb(
        name="open-eligibility",
        group=Group.FIND,
        takes=Takes.TRUE,
        states=_in("S-HOME"),
        to=("S-ORGTYPE",),
        actions={"*": "eligibility_reporting"},
        words="Open Eligibility & Reporting",
    ),
    Verb(
        name="choose-organization-type",
        group=Group.FIND,
        takes=Takes.TEXT,
        states=_in("S-ORGTYPE"),
        to=("S-ORGPICK", "S-Q-LIST"),
        fields=("org_type",),
        actions={"*": "next"},
        choices=ORGANIZATION_TYPES,
        words="Choose the organization type {value}",
    ),
    Verb(
        name="search-tin",
        group=Group.FIND,
        takes=Takes.SEARCH,
        states=_in("S-ORGPICK"),
        fields=("search", "match_case"),
        actions={"*": "search"},
        words="Search the practices for {value}",
    ),
    Verb(
        name="pick-tin",
        group=Group.FIND,
        takes=Takes.TEXT,
        states=_in("S-ORGPICK"),
        fields=("org_ids",),
        actions={"*": "select"},
        words="Select {value}",
    ),
    Verb(
        name="continue",
        group=Group.GENERAL,
        takes=Takes.TRUE,
        to=ANYWHERE,
        words="Take the main action of the screen",
    ),
    Verb(
        name="choose-report",
        group=Group.REPORT,
        takes=Takes.REPORT,
        states=_in("S-RPTSEL"),
        to=("S-ATTEST", "S-RUN"),
        fields=("year", "report", "action", "level", "clinician"),
        actions={"*": "next"},
        words="Choose {value}",
    ),
    Verb(
        name="attest",
        group=Group.REPORT,
        takes=Takes.TEXT,
        states=_in("S-ATTEST"),
        to=("S-RUN", "S-ATTNO"),
        fields=("purpose",),
        actions={"*": "confirm"},
        choices=PURPOSES,
        closed=True,
        words="Attest to the purpose: {value}",
    ),
    Verb(
        name="run-report",
        group=Group.REPORT,
        takes=Takes.RUN,
        states=_in("S-RUN"),
        to=("S-REPORT", "S-RUN"),
        fields=("path",),
        actions={"*": "run_document"},
        words="Run the report",
    ),
    Verb(
        name="show-table",
        group=Group.READ,
        takes=Takes.TEXT_OR_NUMBER,
        states=_in("S-REPORT"),
        words="Show table {value}",
    ),
    Verb(
        name="show-row",
        group=Group.READ,
        takes=Takes.TEXT_OR_NUMBER,
        states=_in("S-REPORT"),
        words="Show row {value} in full",
    ),
    Verb(
        name="find",
        group=Group.READ,
        takes=Takes.TEXT,
        states=_in("S-REPORT"),
        words="Find {value} in the table",
    ),
    Verb(
        name="export",
        group=Group.READ,
        takes=Takes.EXPORT,
        states=_in("S-REPORT"),
        to=("S-RUN",),
        fields=("path",),
        choices=EXPORTS,
        closed=True,
        words="Export the report as {value}",
    ),
    Verb(name="fill", group=Group.GENERAL, takes=Takes.FIELDS, words="Fill in {value}"),
    Verb(name="do", group=Group.GENERAL, takes=Takes.TEXT, to=ANYWHERE, words="Take the action {value}"),
    Verb(
        name="go-back",
        group=Group.GENERAL,
        takes=Takes.TRUE,
        to=ANYWHERE,
        actions={"*": "back"},
        words="Go back",
    ),
    Verb(
        name="open-help",
        group=Group.GENERAL,
        takes=Takes.TRUE,
        to=("S-HELP",),
        actions={"*": "help"},
        words="Open the help desk contacts",
    ),
    Verb(
        name="close-help",
        group=Group.GENERAL,
        takes=Takes.TRUE,
        states=_in("S-HELP"),
        to=ANYWHERE,
        actions={"*": "back"},
        words="Close the help desk contacts",
    ),
    Verb(
        name="log-out",
        group=Group.GENERAL,
        takes=Takes.TRUE,
        states=_in(
            "S-HOME",
            "S-ORGTYPE",
            "S-ORGPICK",
            "S-RPTSEL",
            "S-ATTEST",
            "S-ATTNO",
            "S-RUN",
            "S-BUSY",
            "S-REPORT",
            "S-REAUTH",
            "S-HELP",
        ),
        to=("S-LAND",),
        actions={"*": "logout"},
        words="Log out",
    ),
    Verb(
        name="advance-clock",
        group=Group.GENERAL,
        takes=Takes.DURATION,
        to=ANYWHERE,
        words="Let {value} pass on the portal's security clock",
    ),
    Verb(name="resize", group=Group.GENERAL, takes=Takes.SIZE, words="Make the terminal {value}"),
    Verb(name="type", group=Group.GENERAL, takes=Takes.TEXT, words="Type {value}"),
    Verb(
        name="press",
        group=Group.GENERAL,
        takes=Takes.KEYS,
        to=ANYWHERE,
        words="Press {value}",
    ),
)

VERBS: Final[dict[str, Verb]] = {verb.name: verb for verb in _ALL}
"""Every verb by name, in the order of the specification (11.2)."""

MODIFIERS: Final = (
    "section",
    "say",
    "expect",
    "expect-error",
    "screenshot",
    "wait",
    "pause",
    "typing",
    "hide",
    "only",
    "id",
    "answer",
    "note",
)
"""What can stand beside a verb (11.3)."""
