"""Choosing year, report, level and action (portal-flow 5.4, 12.1).

All choices of an account travel at once; `when` makes them depend on each other in the client (F-RPT-01).
What cannot be chosen now is listed with its reason, existence is checked only on `next` (F-RPT-03).
"""

from collections.abc import Collection
from typing import Any

from msgspec import structs

from client.messages.screen import Action, Field, Option
from mock_server.access import permissions
from mock_server.access.report_access import ReportChoice, report_choices, report_years
from mock_server.flow.account_organizations import Chosen
from mock_server.flow.context import Context, Goto
from mock_server.flow.current_request import (
    audit_ref,
    current_organization,
    end_request,
    valid_attestation,
)
from mock_server.flow.forms import Input, Values, text_value
from mock_server.flow.levels import asks_for_entity, audited_level, parse_level
from mock_server.flow.model import Request
from mock_server.flow.report_checks import (
    check_permission,
    check_report,
    check_request,
    formats,
    no_such_format,
)
from mock_server.flow.report_levels import check_level, level_inputs
from mock_server.flow.view import StateDefinition, View
from mock_server.reference.catalogue import ACTION_LABELS, REPORTS, ReportAction, ReportType
from mock_server.scenario.identifiers import npi_is_valid


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
    if ctx.data.mips_first and not request.report:
        request = _newest_mips(found)
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
            *(_level_inputs(ctx, chosen, found) if chosen else ()),
            Input(
                Field(
                    id="action",
                    label="Select an Action",
                    kind="select",
                    required=True,
                    options=_action_options(found, formats(ctx)),
                    value=text_value(typed, "action") or request.action,
                )
            ),
        ),
        actions=(Action(id="next", label="Next", primary=True), Action(id="back", label="Back")),
    )


def _newest_mips(found: list[ReportChoice]) -> Request:
    """The newest MIPS report that can be chosen now; nothing where there is none."""
    report = next((offer.report for offer in found if offer.report.is_mips and offer.enabled), None)
    return Request() if report is None else Request(year=report.year, report=report.id)


def _level_inputs(ctx: Context, chosen: Chosen, found: list[ReportChoice]) -> tuple[Input, ...]:
    return level_inputs(ctx, chosen, [offer.report for offer in found if offer.state != "not_for_role"])


def _year_option(year: int, found: list[ReportChoice]) -> Option:
    of_year = [offer for offer in found if offer.report.year == year]
    first = min(of_year, key=lambda offer: offer.report.window.opens)
    reason = first.reason if all(offer.reason for offer in of_year) else None
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
    """What the form would hide (E-VAL-04 in its place).

    A lost organization (F-ROLE-08), a format without exporter (E-RPT-05), a level or clinician that is not
    for the role (E-RPT-04, E-AUTHZ-02).
    """
    chosen = current_organization(ctx)
    action, report = text_value(values, "action"), REPORTS.get(text_value(values, "report"))
    if report is None or report.id not in ctx.services.engines or action not in ACTION_LABELS:
        return
    asked = _request(report, values)
    if _is_complete(asked):
        check_permission(ctx, chosen, report, asked)
        check_level(ctx, chosen, report, asked)
    if action not in formats(ctx):
        check_report(ctx, report, asked)
        raise no_such_format(report, asked)


def _request(report: ReportType, values: Values) -> Request:
    """The request that the form's values make."""
    level = text_value(values, "level") or None
    return Request(
        year=report.year,
        report=report.id,
        action=_action(text_value(values, "action")),
        level=level,
        clinician=(text_value(values, "clinician") or None) if level == "individual" else None,
    )


def _is_complete(asked: Request) -> bool:
    """Whether the level and its clinician could exist; what is missing or misspelt is the form's business."""
    level = asked.level or ""
    named = level != "individual" or npi_is_valid(asked.clinician or "")
    return named and (parse_level(level) is not None or asks_for_entity(level))


def _action(text: str) -> ReportAction:
    """The catalogue's action of that name; the form has made sure that there is one."""
    return next(action for action in ACTION_LABELS if action == text)


def next_step(ctx: Context, values: Values) -> Goto:
    """TR-16: permission, window, data, existence, format; then the attestation unless it stands."""
    report = REPORTS[text_value(values, "report")]
    request = structs.replace(_request(report, values), year=int(text_value(values, "year")))
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
        **audited_level(request.level, request.clinician),
    )
    return Goto(state, changes=changes)


STATES = (
    StateDefinition(
        id="S-RPTSEL",
        title="Feedback Reports",
        trail="Report",
        help=(
            "Choose a year, a report and what to do with it, then choose Next. "
            "MIPS feedback also asks whose: the group's, a clinician's or an entity's.",
            "A choice that is not possible now is listed with its reason. "
            "Whether the practice has the report is checked when you choose Next.",
        ),
        view=view_choice,
    ),
)
