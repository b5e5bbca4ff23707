"""The attestation of purpose (portal-flow 5.5): bound to one organization, year and report of one login."""

from functools import partial

from client.messages.screen import Action, Field, Option
from mock_server.flow.context import Context, Goto
from mock_server.flow.current_request import audit_ref, current_organization
from mock_server.flow.forms import Input, Values, text_value
from mock_server.flow.problems import Refusal, problem, refuse
from mock_server.flow.report_levels import level_text
from mock_server.flow.view import StateDefinition, View
from mock_server.reference.catalogue import ACTION_LABELS, REPORTS
from mock_server.store import runs

PURPOSES = {
    "ce": (
        "HIPAA Covered Entity (CE) provider",
        "I use the data for care coordination and quality improvement, as the first or second paragraph of "
        "the HIPAA definition of health care operations covers it, and I ask for the minimum necessary.",
    ),
    "ba": (
        "Business Associate (BA) of HIPAA CE(s)",
        "The same use on behalf of a covered entity, under a valid business associate agreement that lets us "
        "ask for identifiable health information, limited to the minimum necessary.",
    ),
    "neither": (
        "Neither of the above or I do not know",
        "Access is not possible this way; contact the Physician Value Help Desk, 1-888-734-6433.",
    ),
}
"""Value -> label (fact) and explanation (ours)."""


def view_attest(ctx: Context) -> View:
    """S-ATTEST; no preselection (F-ATT-01)."""
    field = Field(
        id="purpose",
        label="I plan to use this data in my capacity as a",
        kind="radio",
        required=True,
        options=[
            Option(value=value, label=label, explain=explain) for value, (label, explain) in PURPOSES.items()
        ],
        value=text_value(ctx.data.typed, "purpose") or None,
    )
    return View(
        intro=(f"You ask for: {request_text(ctx)}",),
        inputs=(Input(field),),
        actions=(
            Action(id="confirm", label="I Confirm", primary=True),
            Action(id="back", label="Back"),
            Action(id="cancel", label="Cancel"),
        ),
    )


def request_text(ctx: Context) -> str:
    """The request in words: organization, year, report, level, action (F-ATT-04)."""
    request = ctx.data.request
    chosen = ctx.organizations.by_id(ctx.data.org_id or "")
    level = level_text(ctx, chosen.organization, request) if chosen else ""
    parts = (
        chosen.text if chosen else "",
        str(request.year),
        REPORTS[request.report or ""].label,
        level,
        ACTION_LABELS[request.action or "view"],
    )
    return f"{', '.join(part for part in parts if part)}."


def purpose_is_given(ctx: Context, values: Values) -> None:
    """A missing choice has its own words (E-ATT-01)."""
    if not values.get("purpose"):
        raise refuse("E-ATT-01", "purpose")


def confirm(ctx: Context, values: Values) -> Goto:
    """TR-17. `neither` leads to S-ATTNO: no report is ever produced from there (F-ATT-03)."""
    purpose, request = text_value(values, "purpose"), ctx.data.request
    organization = current_organization(ctx).organization
    said = partial(ctx.audit, purpose=purpose, report_id=request.report, org_ref=audit_ref(organization))
    if purpose == "neither":
        said("A-ATTEST-REFUSED", outcome="refused", state_to="S-ATTNO")
        raise Refusal(problem("E-ATT-02"), goto="S-ATTNO")
    if request.year is None or request.report is None:
        raise refuse("E-FLOW-02")
    runs.insert_attestation(
        ctx.conn,
        ctx.signed_in.id,
        organization.org_id,
        request.year,
        request.report,
        purpose=purpose,
        confirmed_at=ctx.now,
    )
    said("A-ATTEST", state_to="S-RUN")
    return Goto("S-RUN", changes={"attested_purpose": purpose, "run_id": None})


def view_refused(ctx: Context) -> View:
    """S-ATTNO: who can help."""
    return View(
        intro=(
            "Physician Value Help Desk, 1-888-734-6433, option 3. Monday to Friday, 8:00 to 20:00 Eastern.",
            "pvhelpdesk@cms.hhs.gov. Do not put SSNs or TINs into e-mails. "
            "This program never contacts the desk.",
        ),
        actions=(Action(id="back", label="Back", primary=True), Action(id="home", label="My Portal")),
    )


STATES = (
    StateDefinition(
        id="S-ATTEST",
        title="Attestation Message",
        trail="Attestation",
        help=(
            "Say for which purpose you will use the data. The attestation covers this organization, year and "
            "report in every format, for a limited time.",
            "The real portal asked for it before the TIN was chosen; here it is bound to the exact request.",
        ),
        view=view_attest,
    ),
    StateDefinition(
        id="S-ATTNO",
        title="Attestation not possible",
        trail="Attestation",
        help=("Without one of the two purposes no data can be shown. Choose Back to choose again.",),
        view=view_refused,
    ),
)
