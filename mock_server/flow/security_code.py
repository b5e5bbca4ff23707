"""The second factor (portal-flow 3.5, 4.5): compare a code, then open the login.

The order of 3.5 is security: a try is counted and committed before the comparison, a right code is consumed
in the same transaction that opens the login (SR-MFA-03, -04).
"""

import re
from datetime import timedelta

from client.messages.screen import Action, Field
from mock_server.access import codes, throttle, totp
from mock_server.access.tokens import same_secret
from mock_server.figures import MfaFigures
from mock_server.flow import codes_sent, login_opened
from mock_server.flow.attempts import code_key
from mock_server.flow.context import Context, Goto, Offload
from mock_server.flow.forms import Input, Values, text_value
from mock_server.flow.guesses import give_back, hard_locked, refuse_during_wait, reserve
from mock_server.flow.model import Account
from mock_server.flow.notices import notice
from mock_server.flow.problems import Refusal, problem, refuse
from mock_server.flow.sign_in import CANCEL, SENT_TYPES, code_sent_notice, require_attempt
from mock_server.flow.view import StateDefinition, View
from mock_server.store import accounts, flows

LATE_S = 60
"""After so long without a login N-MFA-03 says what to do (4.5)."""


def view_code(ctx: Context) -> View:
    """S-CODE; after a minute without a login it says what to do (N-MFA-03)."""
    sent = ctx.data.mfa_type in SENT_TYPES
    waiting_s = (ctx.now - ctx.data.code_sent_at).total_seconds() if ctx.data.code_sent_at else 0
    late = sent and waiting_s >= LATE_S
    resend = (Action(id="resend", label="Send again"),) if sent else ()
    return View(
        inputs=(_code_input(ctx.services.figures.mfa, ctx.data.mfa_type == "otsc"),),
        notices=(notice("N-MFA-03"),) if late else (),
        actions=(
            Action(id="log_in", label="Log In", primary=True),
            *resend,
            Action(id="change_device", label="Change device type"),
            CANCEL,
        ),
        refresh_s=LATE_S if sent and not late else None,
    )


def _code_input(mfa: MfaFigures, one_time: bool) -> Input:
    form = rf"[0-9]{{{mfa.code_digits}}}"
    hint = f"{mfa.code_digits} digits"
    if one_time:
        form = rf"[0-9]{{{mfa.otsc_digits}}}|[0-9A-Za-z]{{{mfa.recovery_chars}}}"
        hint = f"{mfa.otsc_digits} digits, or a saved recovery code"
    field = Field(id="code", label="Security Code", kind="digits", required=True, hint=hint, max_len=64)
    return Input(field, re.compile(form), remove=" -")


def log_in(ctx: Context, values: Values) -> Offload:
    """TR-07, steps 2 to 6: limits, expiry, then count the try before it is compared."""
    require_attempt(ctx)
    attempt, figures = ctx.signing_in, ctx.services.figures
    entry = codes.normalise_entry(text_value(values, "code"))
    user_id = attempt.user_id or ""
    counted_already = ctx.data.reserved_step == ctx.flow.step
    if not counted_already:
        _refuse_if_throttled(ctx, user_id)
    limit = figures.mfa.otsc_tries if attempt.mfa_type == "otsc" else figures.mfa.code_tries
    if attempt.tries >= limit and not counted_already:
        ctx.audit("A-MFA-FAIL", outcome="fail", reason="exhausted", account=attempt.account_id)
        raise refuse("E-MFA-06", goto="S-LAND")
    if _expired(ctx):
        ctx.audit("A-MFA-FAIL", outcome="fail", reason="expired", account=attempt.account_id)
        raise refuse("E-MFA-05", "code")
    after = reserve(ctx, user_id)
    if not counted_already:
        flows.save_attempt(ctx.conn, attempt.id, tries=attempt.tries + 1)
    return Offload(None, lambda later, _: _compare(later, entry, user_id, limit, after))


def _refuse_if_throttled(ctx: Context, user_id: str) -> None:
    now = throttle.throttle_of(ctx.conn, ctx.throttle_key(user_id))
    if now.locked(ctx.services.figures):
        raise refuse("E-AUTH-03", goto="S-LAND")
    refuse_during_wait(ctx, user_id, now)


def _expired(ctx: Context) -> bool:
    attempt = ctx.signing_in
    if attempt.mfa_type not in SENT_TYPES or attempt.code_issued_at is None:
        return False
    return ctx.now >= attempt.code_issued_at + timedelta(seconds=ctx.services.figures.mfa.code_ttl_s)


def _compare(ctx: Context, entry: str, user_id: str, limit: int, after: throttle.Throttle) -> Goto:
    attempt = ctx.signing_in
    reason = _consume_if_right(ctx, entry)
    if reason is None:
        ctx.audit("A-MFA-OK", account=attempt.account_id)
        give_back(ctx, user_id)
        return login_opened.open_login(ctx, attempt.account_id or 0)
    ctx.audit("A-MFA-FAIL", outcome="fail", reason=reason, account=attempt.account_id)
    throttle.note_source_failure(ctx.conn, ctx.address, ctx.services.figures, ctx.now)
    account = accounts.account_by_id(ctx.conn, attempt.account_id or 0)
    wrong = ctx.data.wrong_codes + 1
    if account is not None and wrong == ctx.services.figures.auth.wrong_codes_notice:
        codes_sent.notify(ctx, account, f"The right password was followed by {wrong} wrong security codes")
    if account is not None and reason == "replay":
        _tell_of_replay(ctx, account)
    if after.locked(ctx.services.figures):
        hard_locked(ctx, account, attempt.account_id or ctx.typed_id(user_id))
        raise refuse("E-AUTH-03", goto="S-LAND")
    left = problem("E-MFA-04", "code", n=max(0, limit - attempt.tries))
    raise Refusal(left, changes={"wrong_codes": wrong})


def _tell_of_replay(ctx: Context, account: Account) -> None:
    """A code that was used before may have been read over the shoulder; said once an attempt (SR-MFA-07)."""
    if not ctx.signing_in.replay_noticed:
        flows.save_attempt(ctx.conn, ctx.signing_in.id, replay_noticed=True)
        codes_sent.notify(ctx, account, "A security code was entered that had been used before")


def _consume_if_right(ctx: Context, entry: str) -> str | None:
    """None: right, and used up now. Otherwise the audit reason."""
    attempt = ctx.signing_in
    if attempt.account_id is None:
        return "not_registered"
    match attempt.mfa_type:
        case "totp":
            return _authenticator(ctx, attempt.account_id, entry)
        case "otsc":
            return _one_time(ctx, attempt.account_id, entry)
        case _:
            return _sent(ctx, attempt.account_id, entry)


def _sent(ctx: Context, account_id: int, entry: str) -> str | None:
    attempt = ctx.signing_in
    used_hash = codes.code_hash(ctx.services.keys.otp, f"account:{account_id}", entry)
    if attempt.code_number is not None:
        key = code_key(ctx.conn, ctx.services)
        right = codes.nth_code(key, attempt.id, attempt.code_number, ctx.services.figures.mfa.code_digits)
        if same_secret(entry, right):
            flows.save_attempt(ctx.conn, attempt.id, code_number=None)
            accounts.remember_used_code(ctx.conn, account_id, used_hash, ctx.now)
            return None
    since = ctx.now - timedelta(seconds=ctx.services.figures.db.attempt_keep_s)
    if accounts.was_used(ctx.conn, account_id, used_hash, since):
        return "replay"
    device = accounts.newest_device(ctx.conn, account_id, attempt.mfa_type or "")
    return "not_registered" if device is None else "wrong"


def _authenticator(ctx: Context, account_id: int, entry: str) -> str | None:
    device = accounts.newest_device(ctx.conn, account_id, "totp")
    if device is None or device.secret is None:
        return "not_registered"
    mfa = ctx.services.figures.mfa
    check = totp.check_totp(
        device.secret, entry, ctx.now, device.last_totp_step, back=mfa.totp_back, ahead=mfa.totp_ahead
    )
    if check.step is None:
        return "replay" if check.replayed else "wrong"
    accounts.set_totp_step(ctx.conn, device.id, check.step)
    return None


def _one_time(ctx: Context, account_id: int, entry: str) -> str | None:
    hashed = one_time_hash(ctx.services.keys.otp, account_id, entry)
    oldest = ctx.now - timedelta(seconds=ctx.services.figures.mfa.otsc_ttl_s)
    for code_id, code_hash in accounts.live_one_time_codes(ctx.conn, account_id, oldest):
        if same_secret(hashed, code_hash):
            accounts.use_one_time_code(ctx.conn, code_id, ctx.now)
            return None
    used = accounts.used_one_time_codes(ctx.conn, account_id)
    return "replay" if any(same_secret(hashed, code_hash) for code_hash in used) else "wrong"


def one_time_hash(key: bytes, account_id: int, code: str) -> str:
    """What is stored of a One-Time Security Code or a recovery code."""
    return codes.code_hash(key, f"account:{account_id}", code.upper())


def resend(ctx: Context, values: Values) -> Goto:
    """TR-08: a new code; the old one is void. Allowed during a wait of X-02."""
    require_attempt(ctx)
    attempt = ctx.signing_in
    account = accounts.account_by_id(ctx.conn, attempt.account_id or 0)
    if account is None or attempt.mfa_type not in SENT_TYPES:
        raise refuse("E-FLOW-02")
    codes_sent.send_code(ctx, account, attempt.mfa_type)
    said = code_sent_notice(ctx, attempt.mfa_type)
    return Goto("S-CODE", notices=(said,), changes={"code_sent_at": ctx.now})


def change_device(ctx: Context, values: Values) -> Goto:
    """TR-09: the code is void, the password must be typed again."""
    require_attempt(ctx)
    flows.save_attempt(ctx.conn, ctx.signing_in.id, code_number=None, code_issued_at=None)
    return Goto("S-PASS", changes={"code_sent_at": None})


STATES = (
    StateDefinition(
        id="S-CODE",
        title="Enter Security Code",
        trail="Code",
        help=(
            "Enter the security code from your device, then choose Log In. "
            "Spaces and hyphens make no difference.",
            "A code that was sent is valid for a few minutes only, because others could read it later. "
            "Send again replaces it.",
        ),
        view=view_code,
        signed_in=False,
    ),
)
