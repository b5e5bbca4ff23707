"""My Portal: what the account may do (portal-flow 5.1)."""

from datetime import timedelta

from client.messages.screen import Action, Notice
from mock_server.clocks import format_business
from mock_server.flow.context import Context, Goto
from mock_server.flow.current_request import end_request
from mock_server.flow.forms import Values
from mock_server.flow.model import Request
from mock_server.flow.notices import notice
from mock_server.flow.problems import refuse
from mock_server.flow.view import StateDefinition, View
from mock_server.reference.roles import Role
from mock_server.store.outbox import security_events_before


def view_home(ctx: Context) -> View:
    """S-HOME: greeting, last sign-in, tabs as the roles allow."""
    account, data = ctx.signed_in.account, ctx.data
    last = format_business(data.previous_login_at) if data.previous_login_at else "never"
    tabs = [
        "My Portal",
        *(["PV-PQRS"] if ctx.organizations.has_pv_role else []),
        *(["Quality Payment Program"] if ctx.organizations.any_report else []),
    ]
    actions = (
        (Action(id="feedback_reports", label="Feedback Reports", primary=True), ctx.organizations.any_report),
        (
            Action(id="performance_feedback", label="Performance Feedback"),
            ctx.organizations.any_mips_feedback,
        ),
    )
    return View(
        intro=(
            f"Hello, {account.given_name}. Last sign-in {last}. Failed tries since: {data.said_failures}.",
            f"Tabs: {', '.join(tabs)}.",
        ),
        notices=tuple(_notices(ctx)),
        actions=tuple(action for action, offered in actions if offered),
    )


def _notices(ctx: Context) -> list[Notice]:
    found: list[Notice] = []
    days_left = _days_left(ctx)
    if days_left is not None:
        found.append(notice("N-PW-01", n=days_left))
    for grant in ctx.organizations.grants:
        if grant.state == "pending":
            day = format_business(grant.requested_at)[:10]
            found.append(notice("N-ROLE-01", role=Role(grant.role).label, date=day))
    for event, at in security_events_before(ctx.conn, ctx.signed_in):
        found.append(notice("N-SEC-01", event=event.what, date=format_business(at), client=event.client))
    if not ctx.organizations.active:
        found.append(notice("E-ROLE-01"))
    return found


def _days_left(ctx: Context) -> int | None:
    """Days until the password expires, from day 50 on (X-15); None: not said yet."""
    auth = ctx.services.figures.auth
    age = ctx.business - ctx.signed_in.account.password_set_at
    if not auth.password_max_age_days or age < timedelta(days=auth.password_warn_day):
        return None
    left = timedelta(days=auth.password_max_age_days) - age
    return max(0, -(-left // timedelta(days=1)))


def feedback_reports(ctx: Context, values: Values) -> Goto:
    """TR-12."""
    if not ctx.organizations.any_report:
        raise refuse("E-ROLE-01")
    return Goto("S-ORGTYPE", changes={"purpose": "report", "mips_first": False})


def performance_feedback(ctx: Context, values: Values) -> Goto:
    """TR-12 with the MIPS reports chosen beforehand (portal-flow 5.1)."""
    if not ctx.organizations.any_mips_feedback:
        raise refuse("E-ROLE-01")
    begun = {"purpose": "report", "mips_first": True, "request": Request()}
    return Goto("S-ORGTYPE", changes={**begun, **end_request(ctx)})


STATES = (
    StateDefinition(
        id="S-HOME",
        title="My Portal",
        trail="My Portal",
        help=(
            "This is your home page. Feedback Reports leads to the reports of your practices; "
            "Performance Feedback does the same and has the newest MIPS report chosen for you.",
            "What is offered depends on the roles of your account.",
        ),
        view=view_home,
    ),
)
