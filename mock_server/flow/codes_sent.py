"""Sending a security code: its limits and its message (portal-flow 3.4 step 6, X-07, X-08).

A code is a number in the attempt, not a value: it is computed when it is read or compared (F-OUT-05). If no
device of the chosen type is registered nothing is sent, and nobody can tell (SR-AUTH-09).
"""

import math
from datetime import datetime, timedelta

from mock_server.flow.context import Context
from mock_server.flow.model import Account
from mock_server.flow.problems import refuse
from mock_server.scenario.identifiers import mask_email
from mock_server.store import accounts, flows, outbox


def send_code(ctx: Context, account: Account, mfa_type: str) -> None:
    """Void the account's live code and issue a new one for this attempt. Refuses with E-MFA-07 or -08."""
    check_limits(ctx, account.id)
    attempt, figures = ctx.signing_in, ctx.services.figures
    number = attempt.sends + 1
    device = accounts.newest_device(ctx.conn, account.id, mfa_type)
    flows.void_codes_of(ctx.conn, account.id, attempt.id)
    flows.note_send(ctx.conn, account.id, ctx.now, timedelta(seconds=figures.mfa.send_window_s))
    flows.save_attempt(
        ctx.conn,
        attempt.id,
        account_id=account.id,
        mfa_type=mfa_type,
        sends=number,
        last_send_at=ctx.now,
        code_number=number if device else None,
        code_issued_at=ctx.now,
        tries=0,
        expires_at=_long_enough(ctx),
    )
    if device is not None:
        outbox.queue(
            ctx.conn,
            account_id=account.id,
            channel=mfa_type,
            to_masked=device.destination,
            kind="security_code",
            business_at=ctx.business,
            deliver_at=ctx.now + timedelta(seconds=device.delivery_delay_s),
            lost=device.delivery_lost,
            attempt_id=attempt.id,
            code_number=number,
        )
    to = device.destination if device else None
    ctx.audit("A-MFA-SENT", account=account.id, channel=mfa_type, to=to)


def expect_code(ctx: Context, account: Account, mfa_type: str) -> None:
    """Step 7: nothing is sent for this type; the person has the code already."""
    flows.save_attempt(
        ctx.conn,
        ctx.signing_in.id,
        account_id=account.id,
        mfa_type=mfa_type,
        code_number=None,
        code_issued_at=None,
        tries=0,
        expires_at=_long_enough(ctx),
    )


def _long_enough(ctx: Context) -> datetime:
    """An attempt never ends before its code (X-01)."""
    life = timedelta(seconds=ctx.services.figures.mfa.code_ttl_s)
    return max(ctx.signing_in.expires_at, ctx.now + life)


def check_limits(ctx: Context, account_id: int) -> None:
    """X-07: 30 s between sends of an attempt; X-08: 5 an attempt, 10 an account and hour."""
    attempt, figures = ctx.signing_in, ctx.services.figures
    if attempt.sends >= figures.mfa.sends_per_attempt:
        raise refuse(
            "E-MFA-08", limit="No further codes can be sent in this sign-in; cancel and start again."
        )
    if attempt.last_send_at is not None:
        left = figures.mfa.resend_min_s - (ctx.now - attempt.last_send_at).total_seconds()
        if left > 0:
            raise refuse("E-MFA-07", retry_after=math.ceil(left), s=math.ceil(left))
    window = timedelta(seconds=figures.mfa.send_window_s)
    recent = flows.sends_since(ctx.conn, account_id, ctx.now - window)
    if len(recent) >= figures.mfa.sends_per_hour:
        left = (recent[-figures.mfa.sends_per_hour] + window - ctx.now).total_seconds()
        raise refuse(
            "E-MFA-08",
            retry_after=math.ceil(left),
            limit=f"No further codes can be sent for {math.ceil(left / 60)} minutes.",
        )


def notify(ctx: Context, account: Account, what: str) -> None:
    """A security notice to the profile address and for S-HOME (SR-AUTH-18, SR-AUTH-11)."""
    outbox.queue(
        ctx.conn,
        account_id=account.id,
        channel="email",
        to_masked=mask_email(account.email),
        kind="security_notice",
        business_at=ctx.business,
        deliver_at=ctx.now,
        details=outbox.SecurityEvent(what, ctx.flow.client, ctx.address).encoded(),
    )
