"""Comparing a password or a code: limits first, then count a failure, then look (SR-AUTH-05 to SR-AUTH-10).

A failure is counted and committed before anything is compared and given back only when the comparison
succeeds, so parallel guesses cannot outrun the limit and a crash never gives a free try.
"""

from typing import NamedTuple

from mock_server.access import throttle
from mock_server.access.passwords import PasswordHasher
from mock_server.flow import codes_sent
from mock_server.flow.context import Context
from mock_server.flow.model import Account
from mock_server.flow.problems import refuse


class Checked(NamedTuple):
    """Outcome of a password check, made on a hashing thread."""

    right: bool
    rehashed: str | None
    """The same password under the present parameters, if the stored hash is outdated (SR-AUTH-04)."""


def check_password(hasher: PasswordHasher, stored: str | None, password: str) -> Checked:
    """Compare; None as stored hash costs the same and is never right (SR-AUTH-10)."""
    right = hasher.verify(stored, password)
    outdated = right and stored is not None and hasher.needs_rehash(stored)
    return Checked(right, hasher.hash(password) if outdated else None)


def check_source(ctx: Context) -> None:
    """X-26: too many failures from this address."""
    wait = throttle.source_wait_s(ctx.conn, ctx.address, ctx.now)
    if wait:
        ctx.audit("A-THROTTLE", outcome="refused", reason="address")
        raise refuse("E-AUTH-05", retry_after=wait, s=wait)


def reserve(ctx: Context, user_id: str, locked_goto: str | None = None) -> throttle.Throttle:
    """Refuse during a wait or lock, else count one failure before anything is compared (SR-AUTH-05)."""
    key, figures = ctx.throttle_key(user_id), ctx.services.figures
    now = throttle.throttle_of(ctx.conn, key)
    if ctx.data.reserved_step == ctx.flow.step:
        return now
    if now.locked(figures):
        ctx.audit("A-PW-FAIL", outcome="refused", reason="locked", account=ctx.typed_id(user_id))
        raise refuse("E-AUTH-03", goto=locked_goto)
    refuse_during_wait(ctx, user_id, now)
    ctx.reserved = True
    return throttle.reserve_failure(ctx.conn, key, now, figures, ctx.now)


def refuse_during_wait(ctx: Context, user_id: str, now: throttle.Throttle) -> None:
    """E-AUTH-02 with the seconds left; what was typed is neither looked at nor counted (X-02)."""
    wait = now.wait_s(ctx.now)
    if wait:
        ctx.audit("A-THROTTLE", outcome="refused", reason="wait", account=ctx.typed_id(user_id))
        raise refuse("E-AUTH-02", retry_after=wait, s=wait)


def give_back(ctx: Context, user_id: str) -> None:
    """The comparison succeeded: the reserved failure does not count."""
    throttle.give_back(ctx.conn, ctx.throttle_key(user_id), ctx.services.figures, ctx.now)


def password_refused(
    ctx: Context,
    user_id: str,
    account: Account | None,
    after: throttle.Throttle,
    locked_goto: str | None = None,
) -> Exception:
    """Step 4: the failure stays; the 20th locks (A-LOCK) and is told to the owner (SR-AUTH-18)."""
    reason = "unknown" if account is None else "suspended" if account.suspended else "bad_password"
    who = ctx.typed_id(user_id) if account is None else account.id
    ctx.audit("A-PW-FAIL", outcome="fail", reason=reason, account=who)
    throttle.note_source_failure(ctx.conn, ctx.address, ctx.services.figures, ctx.now)
    if after.locked(ctx.services.figures):
        hard_locked(ctx, account, who)
        return refuse("E-AUTH-03", goto=locked_goto)
    return refuse("E-AUTH-01", "password")


def hard_locked(ctx: Context, account: Account | None, who: int | str) -> None:
    """The hard lock begins (X-03): A-LOCK and a notice to the owner."""
    ctx.audit("A-LOCK", outcome="refused", account=who)
    if account is not None:
        codes_sent.notify(ctx, account, "The account was locked after too many unsuccessful tries")
