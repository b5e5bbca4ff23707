"""What the workflow remembers: the flow row, its typed data, and the rows it works with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from msgspec import Struct

from client.messages.screen import FieldValue, Notice, Problem
from mock_server.reference.catalogue import ReportAction


class Request(Struct, frozen=True, kw_only=True):
    """The report being asked for, as far as it is chosen."""

    year: int | None = None
    report: str | None = None
    action: ReportAction | None = None
    level: str | None = None
    """Value of *Select a Level, see `flow.levels`; None: the report has none."""
    clinician: str | None = None
    """NPI; level `individual` only."""


class Search(Struct, frozen=True, kw_only=True):
    """What the organization picker shows."""

    text: str = ""
    """As it is shown again: full TINs are masked (SR-PII-02)."""
    match_case: bool = False
    page: int = 1
    practice: str | None = None
    """Id of the practice whose full TIN was typed, in place of the TIN."""


LockReason = Literal["idle", "restart"]


class Held(Struct, frozen=True, kw_only=True):
    """The page under S-HELP, as it will be found again (F-GEN-07)."""

    state: str
    notices: list[Notice] = []
    errors: list[Problem] = []
    typed: dict[str, FieldValue] = {}


class Lock(Struct, frozen=True, kw_only=True):
    """Why S-REAUTH is shown and where it leads back to."""

    back_to: str
    reason: LockReason


class FlowData(Struct, frozen=True, kw_only=True):
    """Everything a flow keeps besides its state; stored as JSON, replaced as a whole."""

    notices: list[Notice] = []
    """Said until the next action."""
    errors: list[Problem] = []
    typed: dict[str, FieldValue] = {}
    """Non-secret values last sent from the present state, offered again (A11Y-ERR-08)."""
    user_id: str = ""
    """As typed on S-USER."""
    mfa_type: str | None = None
    code_sent_at: datetime | None = None
    held: Held | None = None
    """What S-HELP returns to."""
    lock: Lock | None = None
    purpose: str = "report"
    mips_first: bool = False
    """Whether the walk began with Performance Feedback: MIPS reports are chosen beforehand (5.1)."""
    org_type: str | None = None
    org_id: str | None = None
    search: Search = Search()
    request: Request = Request()
    attested_purpose: str | None = None
    run_id: str | None = None
    viewed_run_id: str | None = None
    """The report that a file was asked for from; `back` of S-RUN leads to it again."""
    reserved_step: int | None = None
    """Step whose failure is already counted (P-FLOW-02: a repeat after a crash counts once)."""
    expired_account_id: int | None = None
    """Account at S-PWEXP: both factors were right, the password is too old."""
    half_login_until: datetime | None = None
    """Until when the password can be changed there (as long as a sign-in attempt, X-01)."""
    wrong_codes: int = 0
    """Wrong security codes of this sign-in, over all codes sent (SR-AUTH-18)."""
    said_failures: int = 0
    """Failed tries before this login, for S-HOME."""
    previous_login_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """A row of `flows`."""

    id: str
    state: str
    step: int
    client: str
    client_id: str | None
    login_id: int | None
    attempt_id: str | None
    data: FlowData
    token_hash: str
    token_used: bool
    old_token_hash: str | None
    old_token_until: datetime | None
    spent_step: int | None
    spent_mac: str | None
    spent_answer: bytes | None


@dataclass(frozen=True, slots=True)
class Account:
    """A row of `accounts`."""

    id: int
    user_id: str
    given_name: str
    family_name: str
    email: str
    password_hash: str
    password_set_at: datetime
    created_at: datetime
    last_login_at: datetime | None
    suspended: bool


@dataclass(frozen=True, slots=True)
class Grant:
    """A role of an account for one organization; `org_key` is a key of the scenario, or `O-BULK`."""

    role: str
    org_key: str
    state: str
    requested_at: datetime
    npi: str | None = None
    """The clinician that a Clinician role stands for."""


@dataclass(frozen=True, slots=True)
class Login:
    """A signed-in account: a row of `logins` that has not ended."""

    id: int
    account: Account
    client: str
    created_at: datetime
    authenticated_at: datetime
    last_activity_at: datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """A sign-in attempt (LoginTx of portal-flow 1.2)."""

    id: str
    user_id: str | None
    account_id: int | None
    accepted_at: datetime
    expires_at: datetime
    stays: int
    sends: int
    last_send_at: datetime | None
    mfa_type: str | None
    code_number: int | None
    code_issued_at: datetime | None
    tries: int
    replay_noticed: bool
    """Whether the owner was told of a code used twice (SR-MFA-07)."""
