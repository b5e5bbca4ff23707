"""Reading a finished report or file: the rights of running it, checked at every read (W-8, AZ-1 to AZ-7)."""

import asyncio
from typing import Any

from sqlalchemy import Connection

from client.messages.report import Explanation, Report
from mock_server.flow.context import Context
from mock_server.flow.current_request import valid_attestation
from mock_server.flow.engine import FlowEngine
from mock_server.flow.jobs import Jobs
from mock_server.flow.levels import request_of, subject_of_run
from mock_server.flow.problems import refuse
from mock_server.flow.report_checks import check_request
from mock_server.scenario import nation
from mock_server.store import files, flows, runs
from mock_server.store.database import Database


class ReportReader:
    """Answers for finished runs; one per server."""

    def __init__(self, engine: FlowEngine, jobs: Jobs, database: Database) -> None:
        self._engine = engine
        self._jobs = jobs
        self._database = database

    async def report(self, token: str, address: str, run_id: str, sections: list[str] | None) -> Report:
        """The report of a run; with `sections` only those carry their tables."""
        run = await self._authorized(token, address, run_id)
        return await asyncio.to_thread(self._jobs.document, run, sections)

    async def explain(
        self, token: str, address: str, run_id: str, section: str, table: str, row: str, column: str
    ) -> Explanation | None:
        """Why a cell shows what it shows; None: no such computed cell."""
        run = await self._authorized(token, address, run_id)
        organization = nation.organization_with_id(run.org_id)
        engine = self._engine.services.engines[run.report]
        if organization is None:
            return None
        return await asyncio.to_thread(
            engine.explain, organization, section, table, row, column, subject_of_run(run)
        )

    async def file(self, token: str, address: str, file_id: str) -> files.StoredFile:
        """A finished file; reading it is audited (A-REPORT-DOWNLOAD)."""

        def take(conn: Connection) -> files.StoredFile:
            ctx = self._engine.reading(conn, token, address)
            found = files.file_by_id(conn, file_id)
            if found is None:
                raise refuse("E-AUTHZ-02")
            run = self._check(ctx, found.run_id)
            ctx.audit("A-REPORT-DOWNLOAD", report_id=run.report, object_ref=f"run:{run.id}", form=run.action)
            return found

        return await self._engine.in_transaction(take)

    async def _authorized(self, token: str, address: str, run_id: str) -> Any:
        return await self._engine.in_transaction(
            lambda conn: self._check(self._engine.reading(conn, token, address), run_id)
        )

    def _check(self, ctx: Context, run_id: str) -> Any:
        """The run, if this login made it and may still make it; it counts as activity (SR-SESS-05)."""
        run = runs.run_by_id(ctx.conn, run_id)
        own = run is not None and ctx.login is not None and run.login_id == ctx.login.id
        if run is None or not own or run.status != "done" or run.org_id != ctx.data.org_id:
            ctx.audit("A-AUTHZ-DENY", outcome="refused", row="PERM-V-06", cell="N")
            raise refuse("E-AUTHZ-02")
        request = request_of(run)
        check_request(ctx, request)
        if valid_attestation(ctx, request) is None:
            raise refuse("E-ATT-03")
        flows.touch_login(ctx.conn, ctx.signed_in.id, ctx.now)
        return run
