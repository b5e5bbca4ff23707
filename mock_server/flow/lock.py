"""The lock screen and the limits of a login (portal-flow 4.10, TR-24, TR-27 to TR-29)."""

from datetime import timedelta
from typing import Any

from msgspec import structs

from client.messages.screen import Action, Field
from mock_server.flow.context import Context, Goto, Offload
from mock_server.flow.current_request import end_request
from mock_server.flow.durations import in_words
from mock_server.flow.forms import Input, Values, text_value
from mock_server.flow.guesses import (
    Checked,
    check_password,
    check_source,
    give_back,
    password_refused,
    reserve,
)
from mock_server.flow.login_opened import RESUMED_AT_ATTEST
from mock_server.flow.model import FlowData, Lock, LockReason
from mock_server.flow.notices import notice
from mock_server.flow.view import LOGOUT, StateDefinition, View
from mock_server.store import flows


def absolute_limit_reached(ctx: Context) -> bool:
    """X-13: twelve hours after the sign-in, whatever happened since."""
    if ctx.login is None:
        return False
    return ctx.now >= ctx.login.created_at + timedelta(seconds=ctx.services.figures.session.absolute_s)


def idle_limit_reached(ctx: Context, *, background: bool) -> bool:
    """X-12. A client's own clock asks in the background at the limit; a real request gets the tolerance."""
    if ctx.login is None or ctx.flow.state == "S-REAUTH":
        return False
    session = ctx.services.figures.session
    limit = session.idle_s + (0 if background else session.touch_s)
    return ctx.now >= ctx.login.last_activity_at + timedelta(seconds=limit)


def locked_data(ctx: Context, reason: LockReason) -> FlowData:
    """TR-27: what the flow keeps while locked; a report's attestation and running job do not survive."""
    held = ctx.data.held
    before = held.state if held else ctx.flow.state
    back_to = "S-ATTEST" if before in RESUMED_AT_ATTEST else before
    changes: dict[str, Any] = {"lock": Lock(back_to=back_to, reason=reason), "held": None}
    if held is not None:
        changes["typed"] = held.typed
    if before in RESUMED_AT_ATTEST:
        changes |= end_request(ctx)
    return structs.replace(ctx.data, notices=[], errors=[], **changes)


def view_locked(ctx: Context) -> View:
    """S-REAUTH: the name and the reason, no organization, no data."""
    figures = ctx.services.figures
    idle = f"Locked after {in_words(figures.session.idle_s)} without activity."
    restarted = ctx.data.lock is not None and ctx.data.lock.reason == "restart"
    reason = "The program was started again." if restarted else idle
    password = Field(
        id="password", label="Password", kind="secret", required=True, max_len=figures.auth.password_max
    )
    return View(
        intro=(
            f"Signed in as {ctx.signed_in.account.user_id}. {reason}",
            "Enter your password to go on where you were.",
        ),
        inputs=(Input(password),),
        actions=(Action(id="confirm", label="Confirm", primary=True), LOGOUT),
    )


def confirm(ctx: Context, values: Values) -> Offload:
    """TR-28: same counters as a sign-in."""
    account = ctx.signed_in.account
    check_source(ctx)
    after = reserve(ctx, account.user_id, locked_goto="S-LAND")
    password = text_value(values, "password")

    def then(later: Context, checked: Checked) -> Goto:
        if not checked.right:
            raise password_refused(later, account.user_id, account, after, locked_goto="S-LAND")
        give_back(later, account.user_id)
        return _unlock(later)

    return Offload(lambda: check_password(ctx.services.hasher, account.password_hash, password), then)


def _unlock(ctx: Context) -> Goto:
    login = ctx.signed_in
    flows.touch_login(ctx.conn, login.id, ctx.now, authenticated_at=ctx.now)
    ctx.audit("A-REAUTH-OK")
    back_to = ctx.data.lock.back_to if ctx.data.lock else "S-HOME"
    changes = {"lock": None, "typed": ctx.data.typed}
    return Goto(back_to, notices=(notice("N-SESS-02"),), changes=changes, rotate_token=True)


def log_out(ctx: Context, values: Values) -> Goto:
    """TR-23: the saved step is forgotten; a new token carries the first page, the old one is void."""
    end_request(ctx)
    if ctx.flow.client_id is not None:
        flows.drop_step(ctx.conn, ctx.signed_in.account.id, ctx.flow.client_id)
    ctx.audit("A-LOGOUT", state_to="S-LAND")
    return Goto("S-LAND", notices=(notice("N-OUT-01"),))


STATES = (
    StateDefinition(
        id="S-REAUTH",
        title="Confirm your password",
        trail="Locked",
        help=(
            "Your sign-in is locked, not ended. Enter your password to go on with the same step and entries.",
            "The limit protects the practice's data on a screen that nobody watches.",
        ),
        view=view_locked,
    ),
)
