"""Opening a login: the only place that does (SR-AUTH-17), after both factors were right.

Expired passwords lead to S-PWEXP first (X-14): the check comes after the second factor, so somebody who holds
only the password learns nothing.
"""

from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct

from client.messages.screen import Notice
from mock_server.access import throttle
from mock_server.flow import codes_sent
from mock_server.flow.account_organizations import Organizations
from mock_server.flow.context import Context, Goto
from mock_server.flow.durations import reached
from mock_server.flow.model import Account, Request
from mock_server.flow.notices import notice
from mock_server.store import accounts, flows

RESUMED_AT_ATTEST = ("S-RUN", "S-BUSY", "S-REPORT")
"""States whose attestation does not survive: they come back at S-ATTEST (TR-25, TR-28)."""


SAVED_STEP_LIFE = timedelta(hours=24)
"""How long the step of an installation is remembered (TR-25)."""


class SavedStep(Struct, frozen=True, kw_only=True):
    """Where an account was (TR-25); never a secret, never the attestation."""

    state: str
    purpose: str
    org_type: str | None
    org_id: str | None
    request: Request


def open_login(ctx: Context, account_id: int) -> Goto:
    """Step 8 of portal-flow 3.5, or S-PWEXP with a flow that can only change the password."""
    account = accounts.account_by_id(ctx.conn, account_id)
    if account is None or ctx.attempt is None:
        raise RuntimeError("a login needs an account and its attempt")
    flows.delete_attempt(ctx.conn, ctx.attempt.id)
    failures = throttle.reset_failures(ctx.conn, ctx.throttle_key(account.user_id))
    changes = {
        "said_failures": failures,
        "user_id": account.user_id,
        "mfa_type": None,
        "code_sent_at": None,
        "wrong_codes": 0,
    }
    if reached(account.password_set_at, ctx.services.figures.auth.password_max_age_days, ctx.business):
        ctx.audit("A-PW-OK", reason="expired", account=account.id)
        until = ctx.now + timedelta(seconds=ctx.services.figures.mfa.tx_ttl_s)
        expired = {**changes, "expired_account_id": account.id, "half_login_until": until}
        return Goto("S-PWEXP", changes=expired, attempt_id=None, rotate_token=True)
    return complete_login(ctx, account, changes)


def complete_login(ctx: Context, account: Account, changes: dict[str, Any], *said: Notice) -> Goto:
    """Insert the login, end a sixth one, restore the saved step of this installation."""
    displaced = _make_room(ctx, account.id)
    _notice_unusual(ctx, account, int(changes.get("said_failures", 0)))
    login_id = flows.insert_login(ctx.conn, account.id, ctx.flow.client, ctx.now)
    accounts.set_last_login(ctx.conn, account.id, ctx.business)
    ctx.audit("A-LOGIN-OK", account=account.id, login=login_id)
    notices = [
        *said,
        *([notice("N-SESS-04", n=ctx.services.figures.session.max_per_account)] if displaced else []),
    ]
    restored = _saved_step(ctx, account.id)
    changes = {**changes, "previous_login_at": account.last_login_at, "expired_account_id": None}
    if restored is None or restored.state == "S-HOME":
        state = "S-HOME"
    else:
        state = "S-ATTEST" if restored.state in RESUMED_AT_ATTEST else restored.state
        changes |= {
            "purpose": restored.purpose,
            "org_type": restored.org_type,
            "org_id": restored.org_id,
            "request": restored.request,
        }
        notices.append(notice("N-SESS-02"))
    return Goto(
        state, notices=tuple(notices), changes=changes, login_id=login_id, attempt_id=None, rotate_token=True
    )


def _make_room(ctx: Context, account_id: int) -> bool:
    live = flows.live_logins(ctx.conn, account_id)
    surplus = len(live) + 1 - ctx.services.figures.session.max_per_account
    for login_id in live[: max(0, surplus)]:
        flows.end_login(ctx.conn, login_id, "E-SESS-02", ctx.now)
        ctx.audit("A-SESS-TIMEOUT", reason="sixth_login", login=login_id, account=account_id)
    return surplus > 0


def _notice_unusual(ctx: Context, account: Account, failures: int) -> None:
    """SR-AUTH-18: tell the owner about sign-ins that may not be theirs."""
    auth = ctx.services.figures.auth
    if failures >= auth.failures_notice:
        codes_sent.notify(ctx, account, f"A sign-in succeeded after {failures} unsuccessful tries")
    last: datetime = account.last_login_at or account.created_at
    if ctx.business > last + timedelta(days=auth.disuse_notice_days):
        codes_sent.notify(
            ctx, account, f"The account was used after more than {auth.disuse_notice_days} days"
        )


def save_step(ctx: Context, state: str) -> None:
    """Remember where the account is on this installation, in the transaction of the step (TR-25)."""
    if ctx.flow.client_id is None:
        return
    data = ctx.data
    step = SavedStep(
        state=state, purpose=data.purpose, org_type=data.org_type, org_id=data.org_id, request=data.request
    )
    encoded = msgspec.json.encode(step)
    flows.save_step(ctx.conn, ctx.signed_in.account.id, ctx.flow.client_id, encoded, ctx.now)


def _saved_step(ctx: Context, account_id: int) -> SavedStep | None:
    if ctx.flow.client_id is None:
        return None
    kept = flows.saved_step(ctx.conn, account_id, ctx.flow.client_id, ctx.now - SAVED_STEP_LIFE)
    step = None if kept is None else msgspec.json.decode(kept, type=SavedStep)
    return None if step is None or not _still_valid(ctx, account_id, step) else step


def _still_valid(ctx: Context, account_id: int, step: SavedStep) -> bool:
    """Grants still valid: the organization is still in the account's list."""
    if step.org_id is None:
        return True
    return Organizations.of(ctx.conn, account_id).by_id(step.org_id) is not None
