"""From a state's view to the Screen that every front end draws (portal-flow 1.1)."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from client.messages.screen import (
    Action,
    Clock,
    Confirm,
    CurrentOrganization,
    Deadline,
    Download,
    Login,
    Notice,
    Progress,
    ReportReference,
    Screen,
    Step,
    Table,
)
from mock_server.flow.context import Context
from mock_server.flow.durations import in_words
from mock_server.flow.forms import Input

EASTERN = ZoneInfo("America/New_York")

MAIN_PATH = (
    "S-LAND", "S-TERMS", "S-USER", "S-PASS", "S-CODE", "S-HOME",
    "S-ORGTYPE", "S-ORGPICK", "S-RPTSEL", "S-ATTEST", "S-RUN", "S-REPORT",
)  # fmt: skip
"""The twelve counted states of portal-flow 3.2."""


HELP = Action(id="help", label="Help desk contacts")
OUTBOX = Action(id="outbox", label="Simulated phone and mailbox", local=True)
LOGOUT = Action(
    id="logout",
    label="Log out",
    confirm=Confirm(title="Log out", text="End this sign-in?", yes="Log out", no="Stay signed in"),
)


class Listed(NamedTuple):
    """The list of a state, and what has to be said about it."""

    table: Table | None = None
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """What one state shows now; everything else of a Screen is the same for all states."""

    inputs: tuple[Input, ...] = ()
    actions: tuple[Action, ...] = ()
    intro: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    listed: Callable[[], Listed] = Listed
    """Called to draw the Screen alone: whether an action is offered does not depend on a thousand rows."""
    report: ReportReference | None = None
    download: Download | None = None
    progress: Progress | None = None
    refresh_s: int | None = None


@dataclass(frozen=True, slots=True)
class StateDefinition:
    """A state: its title label, its short name in the trail, its help and how it is drawn."""

    id: str
    title: str
    trail: str
    help: tuple[str, ...]
    view: Callable[[Context], View]
    signed_in: bool = field(default=True)
    """Whether a login is needed (portal-flow 3.1)."""


def step_token(ctx_key: bytes, flow_id: str, step: int) -> str:
    """The token of a flow's step: derived, so nothing of it is stored."""
    return hmac.new(ctx_key, f"{flow_id}:{step}".encode(), "sha256").hexdigest()[:32]


def make_screen(ctx: Context, states: dict[str, StateDefinition]) -> Screen:
    """Draw the flow's present state."""
    flow, data = ctx.flow, ctx.data
    state = states[flow.state]
    view = state.view(ctx)
    listed = view.listed()
    number = MAIN_PATH.index(state.id) + 1 if state.id in MAIN_PATH else None
    return Screen(
        state=state.id,
        step_token=step_token(ctx.services.keys.step, flow.id, flow.step),
        title=state.title,
        trail=_trail(state, states),
        step=Step(number=number, total=len(MAIN_PATH)) if number else None,
        help=list(state.help),
        intro=list(view.intro),
        fields=[item.field for item in view.inputs],
        actions=list(actions_of(ctx, view)),
        notices=[*data.notices, *view.notices, *listed.notices],
        errors=list(data.errors),
        table=listed.table,
        report=view.report,
        download=view.download,
        progress=view.progress,
        refresh_s=view.refresh_s,
        deadlines=_deadlines(ctx),
        clock=Clock(business_now=ctx.business.astimezone(EASTERN).replace(microsecond=0)),
        login=_login(ctx),
        org=_organization(ctx),
    )


def actions_of(ctx: Context, view: View) -> tuple[Action, ...]:
    """The state's own actions and those that exist everywhere: help, the simulated mailbox, logout."""
    state, own = ctx.flow.state, {action.id for action in view.actions}
    everywhere = []
    if state not in ("S-HELP", "S-REAUTH") and "help" not in own:
        everywhere.append(HELP)
    if ctx.services.demo and "outbox" not in own and state != "S-REAUTH":
        everywhere.append(OUTBOX)
    if ctx.login is not None and "logout" not in own:
        everywhere.append(LOGOUT)
    leave = [action for action in view.actions if action.id == "quit"]
    first = [action for action in view.actions if action.id != "quit"]
    return (*first, *everywhere, *leave)


def _trail(state: StateDefinition, states: dict[str, StateDefinition]) -> list[str]:
    if state.id not in MAIN_PATH:
        return [state.trail]
    return [states[passed].trail for passed in MAIN_PATH[: MAIN_PATH.index(state.id) + 1]]


def _login(ctx: Context) -> Login | None:
    if ctx.login is None:
        return None
    figures = ctx.services.figures
    login = ctx.login
    return Login(
        user_id=login.account.user_id,
        role_labels=list(ctx.organizations.role_labels),
        idle_expires_at=login.last_activity_at + timedelta(seconds=figures.session.idle_s),
        absolute_expires_at=login.created_at + timedelta(seconds=figures.session.absolute_s),
        last_login_at=ctx.data.previous_login_at,
    )


def _organization(ctx: Context) -> CurrentOrganization | None:
    data = ctx.data
    if ctx.login is None or data.org_type is None or ctx.flow.state in ("S-REAUTH", "S-HOME", "S-ORGTYPE"):
        return None
    chosen = ctx.organizations.by_id(data.org_id) if data.org_id else None
    return CurrentOrganization(org_type=data.org_type, display=chosen.text if chosen else "")


def _deadlines(ctx: Context) -> list[Deadline]:
    return [*_login_deadlines(ctx), *_attempt_deadlines(ctx)]


def _login_deadlines(ctx: Context) -> list[Deadline]:
    session, found = ctx.services.figures.session, list[Deadline]()
    if ctx.login is None:
        return found
    if ctx.flow.state != "S-REAUTH":
        found.append(
            Deadline(
                kind="idle",
                at=ctx.login.last_activity_at + timedelta(seconds=session.idle_s),
                warn_s=session.idle_warnings,
                notice="This screen will be locked in {time}. Press any key or Enter to stay.",
            )
        )
    absolute = Deadline(
        kind="absolute",
        at=ctx.login.created_at + timedelta(seconds=session.absolute_s),
        warn_s=[session.absolute_warn_s],
        notice="You will be signed out in {time}; save your work.",
    )
    return [*found, absolute]


def _attempt_deadlines(ctx: Context) -> list[Deadline]:
    mfa, attempt, found = ctx.services.figures.mfa, ctx.attempt, list[Deadline]()
    if ctx.flow.state == "S-PWEXP" and ctx.data.half_login_until is not None:
        notice = "Choose the new password within {time}."
        ends = ctx.data.half_login_until
        return [Deadline(kind="attempt", at=ends, warn_s=[mfa.tx_warn_s], notice=notice)]
    if attempt is None or ctx.flow.state not in ("S-USER", "S-PASS", "S-CODE"):
        return found
    stays = attempt.sends == 0 and ctx.flow.state != "S-CODE"
    more = f" Choose Stay for {in_words(mfa.tx_ttl_s)} more." if stays else ""
    found.append(
        Deadline(
            kind="attempt",
            at=attempt.expires_at,
            warn_s=[mfa.tx_warn_s] if stays else [],
            notice=f"Your sign-in attempt ends in {{time}}.{more}",
        )
    )
    if ctx.flow.state == "S-CODE" and ctx.data.code_sent_at is not None:
        expires = ctx.data.code_sent_at + timedelta(seconds=mfa.code_ttl_s)
        found.append(Deadline(kind="code", at=expires, warn_s=[], notice="The security code expires."))
    return found
