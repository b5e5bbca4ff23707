"""User ID and password: the first two steps of a sign-in (portal-flow 3.4, 4.3, 4.4, 4.8).

Nothing on these pages tells whether an account exists or which devices it has (F-USER-01, F-PASS-02): unknown
and suspended accounts are compared with a dummy hash of equal cost and answered alike.
"""

import re
from datetime import timedelta
from typing import Any

from client.messages.screen import Action, Field, Notice, Option
from mock_server.flow import codes_sent
from mock_server.flow.context import Context, Goto, Offload
from mock_server.flow.durations import in_words, reached
from mock_server.flow.forms import Input, Values, text_value
from mock_server.flow.guesses import (
    Checked,
    check_password,
    check_source,
    give_back,
    password_refused,
    reserve,
)
from mock_server.flow.model import Account
from mock_server.flow.notices import notice
from mock_server.flow.problems import refuse
from mock_server.flow.view import StateDefinition, View
from mock_server.reference.help_desks import account_desk
from mock_server.scenario.identifiers import normalise_user_id
from mock_server.store import accounts, flows

MFA_TYPES = {
    "totp": "Authenticator App",
    "sms": "Text Message-Short Message Service (SMS)",
    "ivr": "Interactive Voice Response (IVR)",
    "email": "E-mail",
    "otsc": "One-Time Security Code",
}
"""Device types in their fixed order: the same list for everyone."""

SENT_TYPES = ("sms", "ivr", "email")
"""Types for which the portal sends a code."""

CANCEL = Action(id="cancel", label="Cancel")
STAY = Action(id="stay", label="Stay")


def view_user(ctx: Context) -> View:
    """S-USER."""
    portal = ctx.services.figures.portal
    shortest, longest = portal.user_id_min, portal.user_id_max
    field = Field(
        id="user_id",
        label="User ID",
        kind="text",
        required=True,
        hint=f"{shortest} to {longest} characters",
        max_len=longest,
        value=text_value(ctx.data.typed, "user_id") or ctx.data.user_id or None,
    )
    form = re.compile(rf"(?=.*[A-Za-z])[A-Za-z0-9._@'-]{{{shortest},{longest}}}")
    return View(
        inputs=(Input(field, form),),
        actions=(Action(id="next", label="Next", primary=True), CANCEL, *_stay(ctx)),
    )


def _stay(ctx: Context) -> tuple[Action, ...]:
    """The action of TR-46, as long as it can be carried out."""
    attempt = ctx.attempt
    possible = attempt is not None and not attempt.sends
    renewals = ctx.services.figures.mfa.tx_renewals
    return (STAY,) if attempt is not None and possible and attempt.stays < renewals else ()


def enter_user(ctx: Context, values: Values) -> Goto:
    """TR-05: bind the ID to the attempt; no look-up result is visible."""
    user_id = normalise_user_id(text_value(values, "user_id"))
    flows.save_attempt(ctx.conn, ctx.signing_in.id, user_id=user_id)
    ctx.audit("A-USER-ENTER", state_to="S-PASS", account=ctx.typed_id(user_id))
    return Goto("S-PASS", changes={"user_id": text_value(values, "user_id")})


def view_password(ctx: Context) -> View:
    """S-PASS; the device type survives an error, the password never does (F-PASS-01)."""
    longest = ctx.services.figures.auth.password_max
    password = Field(id="password", label="Password", kind="secret", required=True, max_len=longest)
    mfa_type = Field(
        id="mfa_type",
        label="MFA Device Type",
        kind="select",
        required=True,
        hint="Choose the type you registered.",
        options=[Option(value=value, label=label) for value, label in MFA_TYPES.items()],
        value=text_value(ctx.data.typed, "mfa_type") or ctx.data.mfa_type,
    )
    return View(
        intro=(
            "Choose the same device type that was registered for this account.",
            "Codes expire, so enter yours promptly. "
            "A One-Time Security Code is one that the help desk gave you.",
        ),
        inputs=(Input(password), Input(mfa_type)),
        actions=(
            Action(id="send", label="Send", primary=True),
            Action(id="back", label="Back"),
            CANCEL,
            *_stay(ctx),
        ),
    )


def require_attempt(ctx: Context) -> None:
    """A living sign-in attempt, else E-FLOW-03 and S-LAND (X-01)."""
    if ctx.attempt is None or ctx.now >= ctx.attempt.expires_at:
        raise refuse("E-FLOW-03", goto="S-LAND")


def attempt_is_alive(ctx: Context, values: Values) -> None:
    """The first guard of TR-05, before the form of the field is looked at."""
    require_attempt(ctx)


def send(ctx: Context, values: Values) -> Offload:
    """TR-06, steps 1 to 4 of portal-flow 3.4: limits first, then count a failure, then compare."""
    require_attempt(ctx)
    user_id = ctx.signing_in.user_id or ""
    check_source(ctx)
    account = accounts.account_by_user_id(ctx.conn, user_id)
    comparison = reserve(ctx, user_id)
    password = text_value(values, "password")
    stored = account.password_hash if account is not None and not account.suspended else None
    mfa_type = text_value(values, "mfa_type")

    def then(later: Context, checked: Checked) -> Goto:
        if not checked.right or account is None:
            raise password_refused(later, user_id, account, comparison)
        give_back(later, user_id)
        if checked.rehashed is not None:
            accounts.rehash_password(later.conn, account.id, checked.rehashed)
        return password_accepted(later, account, mfa_type)

    return Offload(lambda: check_password(ctx.services.hasher, stored, password), then)


def password_accepted(ctx: Context, account: Account, mfa_type: str) -> Goto:
    """Steps 5 to 7: inactivity first, then a code, sent or not (the answer never tells which)."""
    require_attempt(ctx)
    figures = ctx.services.figures
    ctx.audit("A-PW-OK", account=account.id)
    last_used = account.last_login_at or account.created_at
    if reached(last_used, figures.auth.inactive_disable_days, ctx.business):
        ctx.audit("A-LOGIN-DISABLED", outcome="refused", account=account.id)
        flows.delete_attempt(ctx.conn, ctx.signing_in.id)
        return Goto("S-DISABLED", attempt_id=None)
    changes: dict[str, Any] = {"mfa_type": mfa_type, "code_sent_at": None}
    if mfa_type in SENT_TYPES:
        codes_sent.send_code(ctx, account, mfa_type)
        changes["code_sent_at"] = ctx.now
        said = code_sent_notice(ctx, mfa_type)
    else:
        codes_sent.expect_code(ctx, account, mfa_type)
        said = notice("N-MFA-02", type=MFA_TYPES[mfa_type])
    return Goto("S-CODE", notices=(said,), changes=changes)


def code_sent_notice(ctx: Context, mfa_type: str) -> Notice:
    """N-MFA-01: the same words whether that type is registered or not (SR-AUTH-09)."""
    return notice("N-MFA-01", type=MFA_TYPES[mfa_type], life=in_words(ctx.services.figures.mfa.code_ttl_s))


def back_to_user(ctx: Context, values: Values) -> Goto:
    """Back from S-PASS: the ID is prefilled (F-USER-02), the attempt stays."""
    return Goto("S-USER", changes={"mfa_type": ctx.typed.get("mfa_type") or ctx.data.mfa_type})


def cancel(ctx: Context, values: Values) -> Goto:
    """TR-10: S-LAND forgets the attempt and its code."""
    ctx.audit("A-LOGIN-CANCEL", state_to="S-LAND")
    return Goto("S-LAND")


def stay(ctx: Context, values: Values) -> Goto:
    """TR-46: the life of the attempt anew, at most ten times and only before the first send."""
    require_attempt(ctx)
    expires = ctx.now + timedelta(seconds=ctx.services.figures.mfa.tx_ttl_s)
    flows.save_attempt(ctx.conn, ctx.signing_in.id, expires_at=expires, stays=ctx.signing_in.stays + 1)
    return Goto(ctx.flow.state)


def view_disabled(ctx: Context) -> View:
    """S-DISABLED, seen only after a right password (portal-flow 4.8)."""
    desk = account_desk(ctx.business)
    days = ctx.services.figures.auth.inactive_disable_days
    return View(
        intro=(
            f"This account was not used for {days} days or more and is disabled.",
            f"It can be enabled again by phone. {desk.name}: {desk.phone}.",
        ),
        actions=(Action(id="help", label="Help desk contacts", primary=True), CANCEL),
    )


STATES = (
    StateDefinition(
        id="S-USER",
        title="User ID",
        trail="User ID",
        help=(
            "Enter the User ID of your account, then choose Next.",
            "A User ID has letters, digits and the characters . _ - @ '. Capital letters make no difference.",
        ),
        view=view_user,
        signed_in=False,
    ),
    StateDefinition(
        id="S-PASS",
        title="Password and MFA Device Type",
        trail="Password",
        help=(
            "Enter your password, choose the device type on which you receive security codes, "
            "then choose Send.",
            "Choose the type that was registered for your account: only that one receives a code.",
        ),
        view=view_password,
        signed_in=False,
    ),
    StateDefinition(
        id="S-DISABLED",
        title="Account disabled",
        trail="Disabled",
        help=(
            "Accounts are disabled when they are not used for long. Call the help desk to use yours again.",
        ),
        view=view_disabled,
        signed_in=False,
    ),
)
