"""Running a report and looking at it (portal-flow 5.6, 5.7).

`run_document` only records the run; `jobs.py` produces it and moves the flow on. Grant, window and
attestation are checked when it starts and again when it is delivered (F-RUN-07).
"""

from msgspec import structs

from client.messages.screen import Action, Download, Field, Progress, ReportReference
from mock_server.access.tokens import new_id
from mock_server.clocks import eastern
from mock_server.flow.attestation import PURPOSES
from mock_server.flow.context import Context, Goto
from mock_server.flow.current_request import current_organization, valid_attestation
from mock_server.flow.forms import Input, Values
from mock_server.flow.levels import request_of
from mock_server.flow.notices import notice
from mock_server.flow.problems import refuse
from mock_server.flow.report_checks import check_request
from mock_server.flow.report_levels import level_text
from mock_server.flow.view import StateDefinition, View
from mock_server.reference.catalogue import ACTION_LABELS, REPORTS, ReportAction
from mock_server.store import files, runs

DOWNLOADS: tuple[ReportAction, ...] = ("pdf", "xlsx", "csv", "json")


def view_run(ctx: Context) -> View:
    """S-RUN: what will be run, for whom, for which purpose."""
    request = ctx.data.request
    row = REPORTS[request.report or ""]
    chosen = ctx.organizations.by_id(ctx.data.org_id or "")
    purpose = PURPOSES.get(ctx.data.attested_purpose or "", ("", ""))[0]
    wants_file = request.action in DOWNLOADS
    ready = _download(ctx) if wants_file else None
    level = level_text(ctx, chosen.organization, request) if chosen else ""
    return View(
        intro=(
            f"Report Message Name: {row.message_name}",
            f"{chosen.text if chosen else ''}, {request.year}, {ACTION_LABELS[request.action or 'view']}",
            *((f"Level: {level}",) if level else ()),
            f"Purpose: {purpose}",
        ),
        notices=(notice("N-RUN-02"),),
        inputs=(_path(ctx),) if wants_file else (),
        download=ready,
        actions=(
            Action(id="run_document", label="Run Document", primary=True),
            Action(id="back", label="Back"),
            Action(id="cancel", label="Cancel"),
        ),
    )


def _path(ctx: Context) -> Input:
    return Input(Field(id="path", label="Save to", kind="path", required=True, value=file_name(ctx)))


def _download(ctx: Context) -> Download | None:
    run = runs.run_by_id(ctx.conn, ctx.data.run_id) if ctx.data.run_id else None
    return files.download_of_run(ctx.conn, run.id) if run is not None and run.status == "done" else None


def file_name(ctx: Context, ending: str | None = None) -> str:
    """F-RUN-02: report, last four or id, business time; never a full TIN or a person's name.

    `ending` is that of the finished file; before, it is the format's usual one.
    """
    chosen = ctx.organizations.by_id(ctx.data.org_id or "")
    suffix = chosen.organization.suffix if chosen else ""
    stamp = eastern(ctx.business).strftime("%Y%m%d-%H%M%S")
    request = ctx.data.request
    usual = ctx.services.exporters[request.action or "json"].ending
    return f"{request.report}_{suffix}_{stamp}.{ending or usual}".lower()


def run_document(ctx: Context, values: Values) -> Goto:
    """TR-18."""
    request = ctx.data.request
    org_id = check_request(ctx, request).organization.org_id
    valid = valid_attestation(ctx)
    if valid is None:
        raise refuse("E-ATT-03", goto="S-ATTEST")
    if runs.running_runs(ctx.conn, ctx.signed_in.id):
        raise refuse("E-RUN-03")
    run_id = new_id()
    runs.insert_run(
        ctx.conn,
        run_id,
        flow_id=ctx.flow.id,
        login_id=ctx.signed_in.id,
        attestation_id=valid[0],
        org_id=org_id,
        year=request.year,
        report=request.report,
        level=request.level,
        clinician=request.clinician,
        action=request.action,
        started_at=ctx.now,
        business_at=ctx.business,
    )
    return Goto("S-BUSY", changes={"run_id": run_id})


def view_busy(ctx: Context) -> View:
    """S-BUSY: one status line and cancel (F-RUN-06)."""
    run = runs.run_by_id(ctx.conn, ctx.data.run_id or "")
    done, total = (run.done, run.total) if run is not None else (0, 1)
    name = REPORTS[ctx.data.request.report or ""].message_name
    return View(
        intro=(f"Running: {name}.",),
        progress=Progress(done=done, total=total, text=f"{done} of {total} parts are ready"),
        actions=(Action(id="cancel", label="Cancel", primary=True),),
    )


def cancel_run(ctx: Context, values: Values) -> Goto:
    """TR-21: stop waiting, discard the result."""
    if ctx.data.run_id is not None:
        runs.save_run(ctx.conn, ctx.data.run_id, status="cancelled")
    return Goto("S-RUN", notices=(notice("E-RUN-04"),), changes={"run_id": None})


def view_report(ctx: Context) -> View:
    """S-REPORT: the client reads the document itself (W-8)."""
    run_id = ctx.data.run_id or ""
    row = REPORTS[ctx.data.request.report or ""]
    return View(
        report=ReportReference(
            id=run_id, title=row.message_name, first_section=ctx.services.engines[row.id].first_section
        ),
        notices=(notice("N-RUN-02"),),
        actions=(
            Action(id="next_table", label="Next table", primary=True, local=True),
            Action(id="prev_table", label="Previous table", local=True),
            *(
                Action(id=f"download_{action}", label=ACTION_LABELS[action])
                for action in DOWNLOADS
                if action in ctx.services.exporters
            ),
            Action(id="another_report", label="Another report"),
            Action(id="change_org", label="Change organization"),
            Action(id="home", label="My Portal"),
            Action(id="back", label="Back"),
        ),
    )


def download_as(ctx: Context, values: Values, action: ReportAction) -> Goto:
    """TR-22: the same report as a file; the attestation covers it (F-ATT-05)."""
    current_organization(ctx)
    request = ctx.data.request
    changed = structs.replace(request, action=action)
    changes = {"request": changed, "run_id": None, "viewed_run_id": ctx.data.run_id}
    return Goto("S-RUN" if valid_attestation(ctx) is not None else "S-ATTEST", changes=changes)


def leave_run(ctx: Context, values: Values) -> Goto:
    """Back to the report that a file was asked for from, while it may still be read; else to the choice."""
    viewed = runs.run_by_id(ctx.conn, ctx.data.viewed_run_id) if ctx.data.viewed_run_id else None
    if viewed is None or viewed.login_id != ctx.signed_in.id or valid_attestation(ctx) is None:
        return Goto("S-RPTSEL")
    return Goto(
        "S-REPORT", changes={"request": request_of(viewed), "run_id": viewed.id, "viewed_run_id": None}
    )


STATES = (
    StateDefinition(
        id="S-RUN",
        title="Run Document",
        trail="Run",
        help=("Choose Run Document to produce the report. Nothing is produced before.",),
        view=view_run,
    ),
    StateDefinition(
        id="S-BUSY",
        title="Running",
        trail="Running",
        help=("The report is being produced. Cancel goes back without a report.",),
        view=view_busy,
    ),
    StateDefinition(
        id="S-REPORT",
        title="Report view",
        trail="Report",
        help=(
            "The report has parts, each with its tables: first those about the whole, then one for each "
            "professional or clinician.",
            "What was submitted and charged is made up by the simulation; "
            "the figures are computed from it by the rules of the year.",
        ),
        view=view_report,
    ),
)
