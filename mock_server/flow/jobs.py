"""Runs of reports: produced beside the event loop, delivered in one transaction (5.6, TR-19, TR-20).

The run is a row; a restarted server takes unfinished ones up again (W-9). Right, window and attestation are
checked anew at delivery (F-RUN-07, TM-09).
"""

import asyncio
import hashlib
import logging
from datetime import timedelta
from typing import Any

from msgspec import structs
from sqlalchemy import Connection

from client.messages.report import Report
from client.messages.screen import Problem
from mock_server.access.tokens import new_id
from mock_server.exports.collector import collector_paused
from mock_server.flow import running
from mock_server.flow.account_organizations import Chosen
from mock_server.flow.attestation import PURPOSES
from mock_server.flow.context import Context
from mock_server.flow.current_request import audit_ref, valid_attestation
from mock_server.flow.engine import FlowEngine
from mock_server.flow.engines import RunFacts
from mock_server.flow.levels import audited_level, subject_of_run
from mock_server.flow.problems import Refusal, problem, refuse
from mock_server.flow.report_checks import check_request
from mock_server.logs import log
from mock_server.scenario import nation
from mock_server.store import files, flows, runs
from mock_server.store.database import Database
from mock_server.store.errors import StorageError


class Jobs:
    """Every run in progress; one per server."""

    def __init__(self, engine: FlowEngine, database: Database) -> None:
        self._engine = engine
        self._database = database
        self._tasks: set[asyncio.Task[None]] = set()
        engine.run_started = self.start

    def start(self, run_id: str) -> None:
        """Produce a run in the background."""
        task = asyncio.create_task(self._produce(run_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def take_up(self) -> None:
        """Start the runs that a dead process left behind."""

        def restart(conn: Connection) -> list[str]:
            left = [run.id for run in runs.running_runs(conn)]
            for run_id in left:
                runs.restart_run(conn, run_id, self._engine.now())
            return left

        for run_id in await self._database.write(restart):
            self.start(run_id)

    async def settled(self) -> None:
        """Wait until every run in progress has been delivered."""
        await asyncio.gather(*self._tasks)

    async def close(self) -> None:
        """Stop waiting for runs; their rows stay and are taken up at the next start."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _produce(self, run_id: str) -> None:
        failure: Problem | None = None
        made: files.StoredFile | None = None
        try:
            async with asyncio.timeout(self._engine.services.figures.portal.run_timeout_s):
                made = await self._build(run_id)
        except TimeoutError:
            failure = problem("E-RUN-02")
        except Exception as error:
            reference = new_id()[:8]
            log("report.failed", logging.ERROR, error=error, reference=reference)
            failure = problem("E-RUN-01", ref=reference)
        try:
            flow_id = await self._database.write(lambda conn: self._deliver(conn, run_id, failure, made))
        except StorageError as error:  # the run stays and is taken up at the next start
            log("report.undelivered", logging.ERROR, error=error)
            return
        if flow_id is not None:
            self._engine.changed(flow_id)

    async def _build(self, run_id: str) -> files.StoredFile | None:
        """Build the report once, and its file where one was asked for."""
        run = await self._database.read(lambda conn: runs.run_by_id(conn, run_id))
        if run is None or run.action == "view":
            if run is not None:
                first = self._engine.services.engines[run.report].first_section
                await asyncio.to_thread(self.document, run, [first])
            return None
        return await asyncio.to_thread(self._file, run)

    def _file(self, run: Any) -> files.StoredFile:
        """The file of a run; until it is delivered its name is only the ending."""
        with collector_paused():
            report = self.document(run, None)
            exporter = self._engine.services.exporters[run.action].suited_to(report)
            content = exporter.render(report)
        digest = hashlib.sha256(content).hexdigest()
        return files.StoredFile(run.id, exporter.ending, exporter.media_type, content, digest)

    def document(self, run: Any, sections: list[str] | None) -> Report:
        """The report of a run; its rows are never stored, they are computed again (P-DM-50)."""
        organization = nation.organization_with_id(run.org_id)
        if organization is None:
            raise LookupError("the organization of a run is gone")
        facts = self._facts(run, organization.row_text)
        engine = self._engine.services.engines[run.report]
        return engine.build(organization, facts, sections, subject_of_run(run))

    def _facts(self, run: Any, text: str) -> RunFacts:
        def look(conn: Connection) -> tuple[str, str]:
            login, _ = flows.login_by_id(conn, run.login_id)
            purpose = runs.attestation_purpose(conn, run.attestation_id)
            return (login.account.user_id if login else "", PURPOSES.get(purpose or "", ("", ""))[0])

        user_id, purpose = self._database.read_now(look)
        return RunFacts(run.id, text, run.business_at, user_id, purpose)

    def _deliver(
        self, conn: Connection, run_id: str, failure: Problem | None, made: files.StoredFile | None
    ) -> str | None:
        """Move the flow on, if it still waits for this run. Returns its id."""
        run = runs.run_by_id(conn, run_id)
        if run is None or run.status != "running":
            return None
        flow = flows.flow_by_id(conn, run.flow_id)
        ctx = self._engine.context(conn, flow) if flow is not None else None
        if ctx is None or _page(ctx) != "S-BUSY" or ctx.data.run_id != run_id or ctx.login is None:
            runs.save_run(conn, run_id, status="cancelled")
            return None
        try:
            chosen = self._check(ctx, run, failure)
        except Refusal as refusal:
            self._fail(ctx, run, refusal)
            return ctx.flow.id
        runs.save_run(conn, run_id, status="done", done=run.total)
        if made is not None:
            name = running.file_name(ctx, made.name)
            files.insert_file(conn, new_id(), made._replace(name=name), ctx.now)
        purpose = runs.attestation_purpose(conn, run.attestation_id)
        ctx.audit(
            "A-REPORT-RUN",
            report_id=run.report,
            object_ref=f"run:{run_id}",
            org_ref=audit_ref(chosen.organization),
            purpose=purpose,
            form=run.action,
            **audited_level(run.level, run.clinician),
        )
        self._move(ctx, "S-REPORT" if made is None else "S-RUN")
        return ctx.flow.id

    def _check(self, ctx: Context, run: Any, failure: Problem | None) -> Chosen:
        """AZ-3 to AZ-7 once more, after what went wrong with the run itself."""
        if failure is not None:
            raise Refusal(failure)
        timeout = timedelta(seconds=ctx.services.figures.portal.run_timeout_s)
        if ctx.now - run.started_at >= timeout:
            raise refuse("E-RUN-02")
        chosen = check_request(ctx, ctx.data.request)
        if valid_attestation(ctx) is None:
            raise refuse("E-ATT-03", goto="S-ATTEST")
        return chosen

    def _fail(self, ctx: Context, run: Any, refusal: Refusal) -> None:
        runs.save_run(ctx.conn, run.id, status="failed")
        reason = refusal.problems[0].code
        ctx.audit(
            "A-REPORT-FAIL",
            outcome="fail",
            reason=reason,
            report_id=run.report,
            object_ref=f"run:{run.id}",
        )
        self._move(ctx, refusal.goto or "S-RUN", refusal.problems, refusal.changes)

    @staticmethod
    def _move(
        ctx: Context, state: str, problems: tuple[Problem, ...] = (), changes: dict[str, Any] | None = None
    ) -> None:
        """On to the next page; under S-HELP only the page that it leads back to changes (TR-00)."""
        held = ctx.data.held
        data = structs.replace(ctx.data, **(changes or {}))
        if held is not None:
            beneath = structs.replace(held, state=state, notices=[], errors=list(problems))
            flows.save_flow(ctx.conn, ctx.flow.id, data=structs.replace(data, held=beneath))
            return
        data = structs.replace(data, notices=[], errors=list(problems))
        flows.save_flow(ctx.conn, ctx.flow.id, state=state, step=ctx.flow.step + 1, data=data)


def _page(ctx: Context) -> str:
    """The page the person is on; the one under S-HELP."""
    return ctx.data.held.state if ctx.data.held is not None else ctx.flow.state
