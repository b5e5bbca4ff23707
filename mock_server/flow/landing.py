"""The portal's first page, the help desk contacts and the terms (portal-flow 4.1, 4.2, 9.9)."""

from datetime import timedelta

from client.messages.screen import Action, Confirm, Notice
from mock_server.flow.attempts import new_attempt_id
from mock_server.flow.context import Context, Goto
from mock_server.flow.forms import Values
from mock_server.flow.model import Held
from mock_server.flow.notices import notice
from mock_server.flow.view import StateDefinition, View
from mock_server.reference.help_desks import help_desk_lines
from mock_server.store import flows

QUIT_ACTION = Action(
    id="quit",
    label="Quit",
    local=True,
    confirm=Confirm(title="Quit", text="Leave the program?", yes="Quit", no="Stay"),
)

TERMS = (
    "1. This is a simulation. It is not a government system and has no connection to one.",
    "2. What you do here is logged on this computer, as it would be in a real portal.",
    "3. The data shown is to be treated as confidential and used only for the purpose you state.",
    "4. Do not enter real credentials, tax numbers, provider numbers or patient data.",
    "5. If you decline, you return to the first page and nothing is stored.",
)


def view_landing(ctx: Context) -> View:
    """S-LAND."""
    demo = ctx.services.demo
    return View(
        intro=("Welcome. Here practices find their quality reports and learn how each figure came about.",),
        notices=_landing_notices(ctx),
        actions=(
            Action(id="login", label="Login to CMS Secure Portal", primary=True),
            *((Action(id="personas", label="Demo accounts", local=True),) if demo else ()),
            QUIT_ACTION,
        ),
    )


def _landing_notices(ctx: Context) -> tuple[Notice, ...]:
    days = ctx.services.figures.auth.inactive_disable_days
    return (
        notice("N-SIM-01"),
        *((notice("N-LAND-01", days=days),) if days else ()),
        notice("N-LAND-02"),
        *((notice("N-LAND-03"),) if ctx.services.demo else ()),
    )


def login(ctx: Context, values: Values) -> Goto:
    """TR-01."""
    return Goto("S-TERMS")


def view_help(ctx: Context) -> View:
    """S-HELP: who answers what; historical facts of the real programs."""
    return View(
        intro=tuple(help_desk_lines(ctx.business)),
        actions=(Action(id="back", label="Back", primary=True),),
    )


def open_help(ctx: Context, values: Values) -> Goto:
    """TR-00: help, from any state, which stays as it is underneath."""
    data = ctx.data
    held = Held(state=ctx.flow.state, notices=data.notices, errors=data.errors, typed=data.typed)
    return Goto("S-HELP", changes={"held": held})


def leave_help(ctx: Context, values: Values) -> Goto:
    """TR-00: back to the page as it was (F-GEN-07); a report may have become ready meanwhile."""
    held = ctx.data.held or Held(state="S-LAND")
    changes = {"held": None, "errors": held.errors, "typed": held.typed}
    return Goto(held.state, notices=tuple(held.notices), changes=changes)


def view_terms(ctx: Context) -> View:
    """S-TERMS: five points, no field (F-TERMS-03)."""
    return View(
        intro=TERMS,
        actions=(
            Action(id="accept", label="I Accept", primary=True),
            Action(id="decline", label="Decline"),
        ),
    )


def accept(ctx: Context, values: Values) -> Goto:
    """TR-03: the sign-in attempt begins here (F-TERMS-01)."""
    attempt_id = new_attempt_id(ctx.conn, ctx.services)
    lifetime = timedelta(seconds=ctx.services.figures.mfa.tx_ttl_s)
    flows.insert_attempt(ctx.conn, attempt_id, ctx.now, ctx.now + lifetime)
    ctx.audit("A-TERMS-ACCEPT", state_to="S-USER")
    return Goto("S-USER", attempt_id=attempt_id)


def decline(ctx: Context, values: Values) -> Goto:
    """TR-04."""
    ctx.audit("A-TERMS-DECLINE", outcome="refused", state_to="S-LAND")
    return Goto("S-LAND", notices=(notice("N-TERMS-01"),))


STATES = (
    StateDefinition(
        id="S-LAND",
        title="CMS Enterprise Portal (simulation)",
        trail="Portal",
        help=(
            "This is the first page of the portal. Choose Login to sign in with a User ID, a password "
            "and a security code.",
            "Everything here is simulated on this computer. "
            "The demo accounts show what each kind of user sees.",
        ),
        view=view_landing,
        signed_in=False,
    ),
    StateDefinition(
        id="S-HELP",
        title="Help desk contacts",
        trail="Help desk",
        help=("Contacts of the real programs, for reference. This program never contacts them.",),
        view=view_help,
        signed_in=False,
    ),
    StateDefinition(
        id="S-TERMS",
        title="Terms and Conditions",
        trail="Terms",
        help=(
            "Read the five points, then accept or decline. The terms are asked at every sign-in.",
            "Declining takes you back to the first page.",
        ),
        view=view_terms,
        signed_in=False,
    ),
)
