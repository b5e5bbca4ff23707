"""Everything that must hold for a report request: role, level, window, data, format (AZ-3 to AZ-7, 5.4).

Checked when the request is made, when it is run, when the result is delivered and whenever it is read
(F-RUN-07, W-8); the attestation comes on top.
"""

from mock_server.access.permissions import Allowed
from mock_server.access.report_access import decide_report
from mock_server.clocks import format_business
from mock_server.flow.account_organizations import Chosen
from mock_server.flow.context import Context
from mock_server.flow.current_request import audit_ref, current_organization
from mock_server.flow.engines import Subject
from mock_server.flow.model import Request
from mock_server.flow.problems import Refusal, refuse
from mock_server.flow.report_levels import check_level, role_names
from mock_server.reference.catalogue import ACTION_LABELS, REPORTS, ReportType
from mock_server.reference.roles import OrgType


def check_request(ctx: Context, request: Request) -> Chosen:
    """Everything but the attestation. Raises the refusal."""
    report = REPORTS.get(request.report or "")
    if report is None or report.year != request.year or request.action is None:
        raise refuse("E-VAL-04", "report", label="Select a Report")
    chosen = check_report(ctx, report, request)
    if request.action not in report.actions or request.action not in formats(ctx):
        raise no_such_format(report, request)
    return chosen


def check_report(ctx: Context, report: ReportType, request: Request) -> Chosen:
    """The same for a report of the catalogue, whatever the year asked for and the format."""
    chosen = current_organization(ctx)
    check_permission(ctx, chosen, report, request)
    subject = check_level(ctx, chosen, report, request)
    check_window(ctx, report)
    engine = ctx.services.engines.get(report.id)
    if engine is None or not engine.loaded or not engine.covers(chosen.organization):
        raise refuse("E-RPT-06", report=report.label)
    if not engine.exists(chosen.organization, subject):
        raise _no_such_report(chosen, report, subject)
    return chosen


def _no_such_report(chosen: Chosen, report: ReportType, subject: Subject) -> Refusal:
    """E-RPT-03, at the select that the person can change."""
    own = OrgType(chosen.organization.org_type).prompt
    name, field = own, None
    if subject.npi is not None:
        name, field = "clinician", "clinician"
    elif subject.entity is not None:
        name, field = OrgType.APM_ENTITY.prompt, "level"
    return refuse("E-RPT-03", field, report=report.label, name=name, year=report.year)


def formats(ctx: Context) -> tuple[str, ...]:
    """What this server can do with a report."""
    return ("view", *ctx.services.exporters)


def no_such_format(report: ReportType, request: Request) -> Refusal:
    """E-RPT-05."""
    return refuse("E-RPT-05", "action", action=ACTION_LABELS[request.action or "view"], report=report.label)


def check_permission(ctx: Context, chosen: Chosen, report: ReportType, request: Request) -> None:
    """AZ-5: the report's row of the permission table, and the download row for a file (PERM-V-05)."""
    action = request.action or "view"
    decision = decide_report(report, chosen.grants, chosen.organization, action=action, picked=True)
    if isinstance(decision, Allowed):
        return
    where = audit_ref(chosen.organization)
    ctx.audit("A-AUTHZ-DENY", outcome="refused", row=decision.row, cell=decision.cell, org_ref=where)
    if decision.code != "E-RPT-04":
        raise refuse(decision.code)
    roles = role_names(chosen)
    raise refuse("E-RPT-04", role=roles, report=report.label, whom="this organization", advice="")


def check_window(ctx: Context, row: ReportType) -> None:
    """AZ-6: E-RPT-02 with the dates (12.2)."""
    if row.window.is_open(ctx.business):
        return
    last = row.window.last_day
    raise refuse(
        "E-RPT-02",
        report=row.label,
        date=format_business(ctx.business)[:10],
        open=row.window.first_day,
        close=f" to {last}" if last else " on",
    )
