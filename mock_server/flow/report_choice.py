"""Choosing year, report and action (portal-flow 5.4, 12.1).

All choices of an account travel at once; `when` makes them depend on each other in the client (F-RPT-01).
What cannot be chosen now is listed with its reason, existence is checked only on `next` (F-RPT-03).
"""

from collections.abc import Collection
from typing import Any

from client.messages.screen import Action, Field, Option
from mock_server.access import permissions
from mock_server.access.permissions import Allowed
from mock_server.access.report_access import (
    ReportChoice,
    decide_report,
    report_choices,
    report_years,
)
from mock_server.clocks import format_business
from mock_server.flow.account_organizations import Chosen
from mock_server.flow.context import Context, Goto
from mock_server.flow.current_request import (
    audit_ref,
    current_organization,
    end_request,
    valid_attestation,
)
from mock_server.flow.forms import Input, Values, text_value
from mock_server.flow.model import Request
from mock_server.flow.problems import Refusal, refuse
from mock_server.flow.view import StateDefinition, View
from mock_server.reference.catalogue import ACTION_LABELS, REPORTS, ReportAction, ReportType
from mock_server.reference.roles import OrgType, Role


def offers(ctx: Context, chosen: Chosen) -> list[ReportChoice]:
    """Reports of this server for the organization, newest year first, with what stands against each."""
    roles = permissions.active_roles(chosen.grants)
    org_type = chosen.organization.org_type
    built = [report for report in REPORTS.values() if report.id in ctx.services.engines]
    missing = {name for name, engine in ctx.services.engines.items() if not engine.loaded}
    return [
        choice
        for year in report_years(roles, org_type, built)
        for choice in report_choices(year, roles, org_type, ctx.business, reports=built, not_loaded=missing)
    ]


def view_choice(ctx: Context) -> View:
    """S-RPTSEL."""
    chosen = ctx.organizations.by_id(ctx.data.org_id or "")
    found = offers(ctx, chosen) if chosen else []
    years = list(dict.fromkeys(offer.report.year for offer in found))
    request, typed = ctx.data.request, ctx.data.typed
    nothing = "No report that your role may run for this organization is part of this version."
    return View(
        intro=(f"Reports for {chosen.text}.", *(() if found else (nothing,))) if chosen else (nothing,),
        inputs=(
            Input(
                Field(
                    id="year",
                    label="Select a Year",
                    kind="select",
                    required=True,
                    options=[_year_option(year, found) for year in years],
                    value=text_value(typed, "year") or (str(request.year) if request.year else None),
                )
            ),
            Input(
                Field(
                    id="report",
                    label="Select a Report",
                    kind="select",
                    required=True,
                    options=[_report_option(offer) for offer in found],
                    value=text_value(typed, "report") or request.report,
                )
            ),
            Input(
                Field(
                    id="action",
                    label="Select an Action",
                    kind="select",
                    required=True,
                    options=_action_options(found, _formats(ctx)),
                    value=text_value(typed, "action") or request.action,
                )
            ),
        ),
        actions=(Action(id="next", label="Next", primary=True), Action(id="back", label="Back")),
    )


def _year_option(year: int, found: list[ReportChoice]) -> Option:
    of_year = [offer for offer in found if offer.report.year == year]
    reason = of_year[0].reason if all(offer.reason for offer in of_year) else None
    return Option(value=str(year), label=str(year), enabled=reason is None, reason=reason)


def _report_option(offer: ReportChoice) -> Option:
    return Option(
        value=offer.report.id,
        label=offer.report.label,
        enabled=offer.enabled,
        reason=offer.reason,
        when={"year": [str(offer.report.year)]},
    )


def _action_options(found: list[ReportChoice], offered: Collection[str]) -> list[Option]:
    return [
        Option(
            value=action,
            label=label,
            when={"report": [offer.report.id for offer in found if action in offer.report.actions]},
        )
        for action, label in ACTION_LABELS.items()
        if action in offered and any(action in offer.report.actions for offer in found)
    ]


def before_choice(ctx: Context, values: Values) -> None:
    """What the form would hide: a lost organization (F-ROLE-08), a format without exporter (E-RPT-05)."""
    current_organization(ctx)
    action, report = text_value(values, "action"), REPORTS.get(text_value(values, "report"))
    if report is None or report.id not in ctx.services.engines:
        return
    if action in ACTION_LABELS and action not in _formats(ctx):
        check_report(ctx, report, _action(action))
        raise _no_such_format(report, action)


def _formats(ctx: Context) -> tuple[str, ...]:
    return ("view", *ctx.services.exporters)


def _action(text: str) -> ReportAction:
    """The catalogue's action of that name; the form has made sure that there is one."""
    return next(action for action in ACTION_LABELS if action == text)


def _no_such_format(report: ReportType, action: str) -> Refusal:
    return refuse("E-RPT-05", "action", action=ACTION_LABELS[_action(action)], report=report.label)


def next_step(ctx: Context, values: Values) -> Goto:
    """TR-16: permission, window, data, existence, format; then the attestation unless it stands."""
    request = Request(
        year=int(text_value(values, "year")),
        report=text_value(values, "report"),
        action=_action(text_value(values, "action")),
    )
    chosen = check_request(ctx, request)
    before = ctx.data.request
    same = (request.year, request.report) == (before.year, before.report)
    changes: dict[str, Any] = {"request": request, "run_id": None, "viewed_run_id": None}
    changes |= {} if same else end_request(ctx)
    valid = valid_attestation(ctx, request)
    if valid is not None:
        changes["attested_purpose"] = valid[1]
    state = "S-ATTEST" if valid is None else "S-RUN"
    ctx.audit(
        "A-RPT-SELECT",
        report_id=request.report,
        action=request.action,
        org_ref=audit_ref(chosen.organization),
        state_to=state,
    )
    return Goto(state, changes=changes)


def check_request(ctx: Context, request: Request) -> Chosen:
    """Everything that must hold for a request: AZ-3 to AZ-7 without the attestation. Raises the refusal."""
    report = REPORTS.get(request.report or "")
    if report is None or report.year != request.year or request.action is None:
        raise refuse("E-VAL-04", "report", label="Select a Report")
    chosen = check_report(ctx, report, request.action)
    if request.action not in report.actions or request.action not in _formats(ctx):
        raise _no_such_format(report, request.action)
    return chosen


def check_report(ctx: Context, report: ReportType, action: ReportAction) -> Chosen:
    """The same for a report of the catalogue, whatever the year asked for and the format."""
    chosen = current_organization(ctx)
    check_permission(ctx, chosen, report, action)
    check_window(ctx, report)
    engine = ctx.services.engines.get(report.id)
    if engine is None or not engine.loaded or not engine.covers(chosen.organization):
        raise refuse("E-RPT-06", report=report.label)
    if not engine.exists(chosen.organization):
        prompt = OrgType(chosen.organization.org_type).prompt
        raise refuse("E-RPT-03", report=report.label, name=prompt, year=report.year)
    return chosen


def check_permission(ctx: Context, chosen: Chosen, row: ReportType, action: ReportAction) -> None:
    """AZ-5: the report's row of the permission table, and the download row for a file (PERM-V-05)."""
    decision = decide_report(row, chosen.grants, chosen.organization, action=action, picked=True)
    if isinstance(decision, Allowed):
        return
    where = audit_ref(chosen.organization)
    ctx.audit("A-AUTHZ-DENY", outcome="refused", row=decision.row, cell=decision.cell, org_ref=where)
    if decision.code != "E-RPT-04":
        raise refuse(decision.code)
    roles = "; ".join(role.label for role in Role if role in permissions.active_roles(chosen.grants))
    raise refuse("E-RPT-04", role=roles, report=row.label)


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


STATES = (
    StateDefinition(
        id="S-RPTSEL",
        title="Feedback Reports",
        trail="Report",
        help=(
            "Choose a year, a report and what to do with it, then choose Next.",
            "A choice that is not possible now is listed with its reason. "
            "Whether the practice has the report is checked when you choose Next.",
        ),
        view=view_choice,
    ),
)
