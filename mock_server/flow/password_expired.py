"""A new password after both factors were right but the old one is too old (portal-flow 4.9, 9.4)."""

import unicodedata
from typing import NamedTuple

from client.messages.screen import Action, Field
from mock_server.access.password_rules import PasswordContext, Strength, failing_rules, strength
from mock_server.figures import AuthFigures
from mock_server.flow import codes_sent, login_opened
from mock_server.flow.account_organizations import Organizations
from mock_server.flow.context import Context, Goto, Offload
from mock_server.flow.forms import Input, Values, text_value
from mock_server.flow.model import Account
from mock_server.flow.notices import notice
from mock_server.flow.problems import Refusal, problem, refuse
from mock_server.flow.view import StateDefinition, View
from mock_server.scenario import nation
from mock_server.store import accounts, flows


def view_expired(ctx: Context) -> View:
    """S-PWEXP: the flow can do nothing else (AZ-2)."""
    auth = ctx.services.figures.auth
    return View(
        intro=(
            f"Your password is {auth.password_max_age_days} days old or older. Choose a new one to go on.",
            f"{auth.password_min} to {auth.password_max} characters; a few words are easy to remember. "
            f"Spaces are allowed and count. It must differ from your last {auth.password_history}.",
        ),
        inputs=(
            Input(Field(id="new_password", label="New Password", kind="secret", required=True)),
            Input(Field(id="confirm_password", label="Confirm New Password", kind="secret", required=True)),
        ),
        actions=(
            Action(id="save", label="Save", primary=True),
            Action(id="cancel", label="Cancel"),
        ),
    )


class _Checked(NamedTuple):
    used_before: bool
    new_hash: str


def _expired_account(ctx: Context) -> Account:
    account = accounts.account_by_id(ctx.conn, ctx.data.expired_account_id or 0)
    until = ctx.data.half_login_until
    if account is None or until is None or ctx.now >= until:
        raise refuse("E-FLOW-03", goto="S-LAND")
    return account


def save(ctx: Context, values: Values) -> Offload:
    """TR-11: all failing rules together (PW-9); the history check hashes off the loop."""
    account = _expired_account(ctx)
    new, confirm = text_value(values, "new_password"), text_value(values, "confirm_password")
    auth, hasher = ctx.services.figures.auth, ctx.services.hasher
    kept = [account.password_hash, *accounts.earlier_passwords(ctx.conn, account.id)]

    def work() -> _Checked:
        if _length(new) > auth.password_max:
            return _Checked(False, "")
        used = any(hasher.verify(stored, new) for stored in kept[: auth.password_history])
        return _Checked(used, hasher.hash(new))

    def then(later: Context, checked: _Checked) -> Goto:
        codes = failing_rules(new, confirm, _context(later, account), auth, used_before=checked.used_before)
        if codes:
            raise _refused(codes, new, auth)
        return _saved(later, account, checked.new_hash, strength(new))

    return Offload(work, then)


def _length(password: str) -> int:
    """Code points as they are counted: after NFKC, which may compose or expand (SR-AUTH-01)."""
    return len(unicodedata.normalize("NFKC", password))


def _refused(codes: list[str], new: str, auth: AuthFigures) -> Refusal:
    where = {"E-PW-07": "confirm_password"}
    figures = {"low": auth.password_min, "high": auth.password_max, "n": auth.password_history}
    found = [problem(code, where.get(code, "new_password"), **figures) for code in codes]
    too_long = codes[0] == "E-PW-01" and _length(new) > auth.password_max
    return Refusal(*found, type="password_too_long" if too_long else None)


def _context(ctx: Context, account: Account) -> PasswordContext:
    held = Organizations.of(ctx.conn, account.id).active
    found = (nation.organization(org_key) for _, org_key in held)
    names = tuple(organization.legal_name for organization in found if organization)
    return PasswordContext(account.user_id, (account.given_name, account.family_name), names)


def _saved(ctx: Context, account: Account, new_hash: str, how_strong: Strength) -> Goto:
    keep = max(0, ctx.services.figures.auth.password_history - 1)
    accounts.replace_password(ctx.conn, account, new_hash, ctx.business, keep)
    for login_id in flows.live_logins(ctx.conn, account.id):
        flows.end_login(ctx.conn, login_id, "E-SESS-02", ctx.now)
    ctx.audit("A-PW-CHANGE", account=account.id)
    codes_sent.notify(ctx, account, "The password was changed")
    changes = {"half_login_until": None, "said_failures": ctx.data.said_failures}
    return login_opened.complete_login(ctx, account, changes, notice("N-PW-02", strength=how_strong))


def cancel(ctx: Context, values: Values) -> Goto:
    """Back to the first page; the token of this half login is void."""
    ctx.audit("A-LOGIN-CANCEL", state_to="S-LAND", account=ctx.data.expired_account_id)
    return Goto("S-LAND")


STATES = (
    StateDefinition(
        id="S-PWEXP",
        title="Password expired",
        trail="New password",
        help=(
            "Passwords expire here after a while, as in the real portal of those years.",
            "Length is what makes a password strong: 15 characters or more are good, 20 or more are strong. "
            "The agency's own rule today is 15 to 60 characters with capital and small letters and a digit.",
        ),
        view=view_expired,
        signed_in=False,
    ),
)
