"""Requests and answers of the portal's routes, and their envelope (portal-flow 1.5, W-1 to W-6)."""

from datetime import datetime
from typing import Annotated, Generic, Literal, TypeVar

from msgspec import Meta, Struct

from client.messages.screen import Screen

ClientKind = Literal["tui", "plain", "demo", "api"]

T = TypeVar("T")

Name = Annotated[str, Meta(max_length=64)]
"""Ids of states, actions and fields, step tokens."""

SentValue = (
    Annotated[str, Meta(max_length=65_536)]
    | bool
    | Annotated[list[Annotated[str, Meta(max_length=200)]], Meta(max_length=1000)]
    | None
)
"""A `FieldValue` as a request may carry it: bounded (SR-IN-01). The limit of a field is checked later."""


class StartFlow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`POST /api/flow` and `/api/flow/resume`."""

    client: ClientKind
    client_id: Annotated[str, Meta(max_length=200)] | None = None
    """Random text that names this installation (TR-25); no credential. At most 64 characters."""


class Act(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`POST /api/flow/act`: one action of the current screen."""

    state: Name
    step_token: Name
    action: Name
    values: Annotated[dict[Name, SentValue], Meta(max_length=64)] = {}


class ListOrganizations(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`POST /api/flow/list`: rows of the picker, without a change of state (W-6)."""

    search: Annotated[str, Meta(max_length=1000)] = ""
    match_case: bool = False
    page: Annotated[int, Meta(ge=1, le=1_000_000)] = 1
    limit: Annotated[int, Meta(ge=1, le=1000)] = 1000


class FlowAnswer(Struct, frozen=True, kw_only=True):
    """What every flow call answers."""

    screen: Screen
    flow_token: str | None = None
    """A new bearer token that replaces the old one; None: keep the one in use."""


class ErrorDetail(Struct, frozen=True, kw_only=True):
    """One located problem of a refused request."""

    message: str
    path: str = ""


class ErrorBody(Struct, frozen=True, kw_only=True):
    """Why a request was refused (W-1)."""

    type: str
    """The security specification's name, or the E-code (portal-flow 6.1)."""
    code: str | None
    """The E-code, or None where the flow has none."""
    message: str
    details: list[ErrorDetail] = []
    request_id: str = ""


class Envelope(Struct, Generic[T], frozen=True, kw_only=True, omit_defaults=True):
    """`data` on success, `error` on refusal; a refused flow action carries both."""

    data: T | None = None
    error: ErrorBody | None = None


class Health(Struct, frozen=True, kw_only=True):
    """`GET /api/health`."""

    status: Literal["starting", "ready", "shutting_down"]
    progress: str = ""
    """What is being prepared while `starting`, in words."""
    version: str = ""
    demo: bool = False
    business_now: datetime | None = None


class OutboxMessage(Struct, frozen=True, kw_only=True):
    """A message that the mock server 'sent' (F-OUT-01 to F-OUT-05)."""

    id: str
    channel: Literal["sms", "ivr", "email"]
    to_masked: str
    kind: str
    subject: str
    body: str
    code: str | None
    """The security code in it, made when read; None: the message carries none."""
    live: bool
    """Whether `code` can still be used."""
    created_at: datetime
    """Business time, Eastern offset."""


class Persona(Struct, frozen=True, kw_only=True):
    """A demo account (portal-flow 13.5); all persons are invented."""

    user_id: str
    name: str
    roles: list[str]
    devices: list[str]
    purpose: str


class Personas(Struct, frozen=True, kw_only=True):
    """`GET /demo/personas`. Published values of a simulation, no secrets."""

    password: str
    authenticator_secret: str
    personas: list[Persona]


class ClockSetting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`POST /demo/clock` (TM-03). Give `scenario` or `business`, or only the other keys."""

    scenario: Name | None = None
    business: Name | None = None
    """`YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS`, Eastern time."""
    mode: Literal["running", "frozen"] | None = None
    rebase: bool = True
    advance_security_s: Annotated[int, Meta(ge=0, le=31_536_000)] = 0
    """0 to a year; the security clock never goes back."""


class ClockState(Struct, frozen=True, kw_only=True):
    """Both clocks (TM-01)."""

    business_now: datetime
    mode: Literal["running", "frozen"]
    scenario: str | None
    security_now: datetime


class Reset(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`POST /demo/reset`: the seed again; a held security clock goes back to the business instant."""

    scenario: Name | None = None
    business: Name | None = None
    """Business instant, as in `ClockSetting`; wins over the scenario."""
    mode: Literal["running", "frozen"] | None = None
    code_seed: Annotated[str, Meta(max_length=200)] | None = None
    """Makes security codes repeatable for recordings."""


class Faults(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`GET` and `PUT /demo/faults`: switchable failures."""

    latency_ms: Annotated[int, Meta(ge=0, le=60_000)] = 0
    outage_s: Annotated[int, Meta(ge=0, le=3600)] = 0
    """Answer 503 to everything but `/demo/` for so many seconds."""
    expire_logins: bool = False
    """End every login now (once)."""
    fail_next: Annotated[int, Meta(ge=0, le=10_000)] = 0
    """Answer 500 to so many of the next portal requests."""
