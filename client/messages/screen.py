"""What the portal shows: one `Screen` answers every action (portal-flow 1.1).

The server alone decides what comes next; a front end draws a Screen and sends back one of its actions. The
names of the attributes are the names on the wire.
"""

from datetime import datetime
from typing import Literal

from msgspec import Struct

FieldKind = Literal[
    "text", "secret", "digits", "select", "radio", "checkbox", "date", "integer", "file", "path", "picker"
]
"""How a field is filled in. `path` is the client's own and is never sent."""

FieldValue = str | bool | list[str] | None
"""A value as it travels: text (dates and integers as typed), a checkbox, picked ids, or nothing."""

When = dict[str, list[str]] | None
"""Offered only while each named field holds one of the listed values; None: always."""


class Option(Struct, frozen=True, kw_only=True):
    """One choice of a select or radio field."""

    value: str
    label: str
    explain: str = ""
    """A sentence under the label; empty: none."""
    enabled: bool = True
    reason: str | None = None
    """Why it cannot be chosen now; only where `enabled` is false."""
    when: When = None


class Field(Struct, frozen=True, kw_only=True):
    """One thing the person fills in."""

    id: str
    label: str
    """Without the asterisk: front ends mark required fields (F-GEN-01)."""
    kind: FieldKind
    required: bool = False
    hint: str = ""
    max_len: int | None = None
    options: list[Option] = []
    """Choices; of a `picker` the rows that are selected now, value = row id."""
    value: FieldValue = None
    """Prefilled value; never set for a secret."""
    visible: bool = True
    when: When = None


class Confirm(Struct, frozen=True, kw_only=True):
    """A question to ask before an action is sent."""

    title: str
    text: str
    yes: str
    no: str


class Action(Struct, frozen=True, kw_only=True):
    """One thing the person can do on this screen."""

    id: str
    label: str
    primary: bool = False
    """The first primary action is the default (Enter)."""
    enabled: bool = True
    reason: str | None = None
    local: bool = False
    """Carried out by the client without a call (quit, outbox, personas, next_table, ...)."""
    confirm: Confirm | None = None


class Notice(Struct, frozen=True, kw_only=True):
    """Something the portal says, with its code of portal-flow section 7."""

    code: str
    level: Literal["info", "success", "warning"]
    text: str


class Problem(Struct, frozen=True, kw_only=True):
    """Something that was refused, with its code of portal-flow section 6."""

    code: str
    field: str | None = None
    """Id of the field in error; None: the whole screen."""
    text: str


class TableColumn(Struct, frozen=True, kw_only=True):
    """A column of a picker or list table."""

    id: str
    label: str
    short: str = ""
    """At most 12 cells; empty: the label is short enough."""
    kind: Literal["text", "identifier", "count"] = "text"


class TableRow(Struct, frozen=True, kw_only=True):
    """A row of a picker or list table; cells are display text."""

    id: str
    cells: list[str]


class Table(Struct, frozen=True, kw_only=True):
    """A page of a list (organization picker, clinician lists); never a report."""

    columns: list[TableColumn]
    rows: list[TableRow]
    page: int
    """From 1; 0 rows still have page 1 of 1."""
    pages: int
    first: int
    last: int
    total: int
    pager: str
    """`{first} - {last} of {total}` exactly (F-ORG-07)."""


class Step(Struct, frozen=True, kw_only=True):
    """Position on the main path of portal-flow 3.2."""

    number: int
    total: int


class ReportReference(Struct, frozen=True, kw_only=True):
    """A report that can be read at `GET /api/reports/{id}`."""

    id: str
    title: str
    first_section: str
    """Id of the section to ask for with the outline, so that the first table is there at once."""


class Download(Struct, frozen=True, kw_only=True):
    """A finished file, waiting at `GET /api/files/{file_id}` (W-7)."""

    file_id: str
    name: str
    media_type: str
    bytes: int
    sha256: str


class Progress(Struct, frozen=True, kw_only=True):
    """How far a running report is."""

    done: int
    total: int
    text: str


class Deadline(Struct, frozen=True, kw_only=True):
    """An instant of the security clock at which something ends."""

    kind: Literal["attempt", "code", "idle", "absolute"]
    at: datetime
    """UTC. Count from the answer's `Date` header on a monotonic clock (RF-15)."""
    warn_s: list[int]
    """Seconds before `at` at which to say `notice`; may be empty."""
    notice: str
    """Text of the warning; `{time}` in it stands for the time left in words (`2 minutes`, `60 seconds`)."""


class Clock(Struct, frozen=True, kw_only=True):
    """The scenario date, always visible."""

    business_now: datetime
    """With the Eastern offset."""
    zone: str = "ET"


class Login(Struct, frozen=True, kw_only=True):
    """Who is signed in."""

    user_id: str
    role_labels: list[str]
    idle_expires_at: datetime
    absolute_expires_at: datetime
    last_login_at: datetime | None = None


class CurrentOrganization(Struct, frozen=True, kw_only=True):
    """The organization being worked for; `display` is masked (`NAME:4802`)."""

    org_type: str
    display: str


class Screen(Struct, frozen=True, kw_only=True):
    """One state of the portal, complete: nothing else is needed to draw it."""

    state: str
    """`S-...` of portal-flow 3.1."""
    step_token: str
    """Must come back with the next action; changes with every answer to one."""
    title: str
    trail: list[str] = []
    """Main-path titles passed so far, the present one last."""
    step: Step | None = None
    help: list[str] = []
    intro: list[str] = []
    fields: list[Field] = []
    actions: list[Action] = []
    notices: list[Notice] = []
    errors: list[Problem] = []
    table: Table | None = None
    report: ReportReference | None = None
    download: Download | None = None
    progress: Progress | None = None
    refresh_s: int | None = None
    """Read the flow once, in the background, after so many seconds."""
    deadlines: list[Deadline] = []
    clock: Clock
    login: Login | None = None
    org: CurrentOrganization | None = None

    def field(self, field_id: str) -> Field | None:
        """The field of that id, or None."""
        return next((field for field in self.fields if field.id == field_id), None)

    def action(self, action_id: str) -> Action | None:
        """The action of that id, or None."""
        return next((action for action in self.actions if action.id == action_id), None)

    @property
    def primary(self) -> Action | None:
        """The default action (Enter), or None."""
        return next((action for action in self.actions if action.primary), None)
