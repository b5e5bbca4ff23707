"""The organization and report that a flow works on now, and whether its attestation still covers them.

Rights are read anew at every use (F-ROLE-08): `current_organization` is the one way from the id that a flow
keeps to an organization that may be worked for.
"""

from datetime import timedelta
from typing import Any

from mock_server.access.permissions import denied_without_role
from mock_server.flow.account_organizations import Chosen
from mock_server.flow.context import Context
from mock_server.flow.model import Request
from mock_server.flow.problems import Refusal, problem
from mock_server.scenario import nation
from mock_server.scenario.organizations import Organization
from mock_server.store import runs


def granted(ctx: Context, org_id: str) -> Chosen:
    """The organization, if the account holds an active role for it now; else E-ORG-03 and A-AUTHZ-DENY."""
    chosen = ctx.organizations.by_id(org_id)
    if chosen is not None:
        return chosen
    organization = nation.organization_with_id(org_id)
    denied = (
        denied_without_role(ctx.organizations.grants, organization, picked=True) if organization else None
    )
    row, cell = (denied.row, denied.cell) if denied else ("PERM-V-06", "none")
    org_ref = audit_ref(organization) if organization else None
    ctx.audit("A-AUTHZ-DENY", outcome="refused", row=row, cell=cell, org_ref=org_ref)
    raise Refusal(problem("E-ORG-03", "org_ids"))


def audit_ref(organization: Organization) -> str:
    """An organization as the audit names it: id and last four digits (portal-flow section 8)."""
    return f"{organization.org_id}, {organization.suffix}"


def current_organization(ctx: Context) -> Chosen:
    """The organization worked for; without an active role the request is dropped: S-ORGPICK, E-ORG-03."""
    try:
        return granted(ctx, ctx.data.org_id or "")
    except Refusal as refusal:
        dropped = {"org_id": None, "request": Request()} | end_request(ctx)
        raise Refusal(*refusal.problems, goto="S-ORGPICK", changes=dropped) from None


def valid_attestation(ctx: Context, request: Request | None = None) -> tuple[int, str] | None:
    """(id, purpose) that covers a request, by default the present one; None: nothing does (F-ATT-05)."""
    asked = request or ctx.data.request
    if ctx.login is None or ctx.data.org_id is None or asked.report is None or asked.year is None:
        return None
    since = ctx.now - timedelta(seconds=ctx.services.figures.session.attestation_s)
    return runs.attestation_for(ctx.conn, ctx.login.id, ctx.data.org_id, asked.year, asked.report, since)


def attested(ctx: Context) -> bool:
    """Whether the present request is attested."""
    return valid_attestation(ctx) is not None


def end_request(ctx: Context) -> dict[str, Any]:
    """End the attestations and the running job of this login; returns the changes of the flow's data."""
    login = ctx.signed_in
    runs.end_attestations(ctx.conn, login.id)
    for run in runs.running_runs(ctx.conn, login.id):
        runs.save_run(ctx.conn, run.id, status="cancelled")
    return {"attested_purpose": None, "run_id": None, "viewed_run_id": None}
