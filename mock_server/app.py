"""Puts the server together: store, keys, clocks, workflow, routes. `create_app` is what uvicorn runs.

The application opens its database when it starts serving, not when it is made, and answers `/api/health` with
`starting` until it is ready.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from typing import Any

import msgspec
from litestar import Litestar
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from sqlalchemy import Connection

from client.messages.calls import Health
from mock_server.access.passwords import PasswordHasher
from mock_server.asgi import Application, Gate
from mock_server.clocks import (
    BusinessClock,
    BusinessState,
    HeldSecurityClock,
    SecurityClock,
    SystemSecurityClock,
    eastern,
    parse_business,
)
from mock_server.demo_controls import DemoControls, Portal
from mock_server.error_handlers import exception_handlers
from mock_server.exports.csv_files import csv_archive, csv_file
from mock_server.exports.json_document import json_document
from mock_server.exports.pdf.document import document as pdf_document
from mock_server.exports.workbook import workbook
from mock_server.faults import FaultSwitch
from mock_server.flow.engine import FlowEngine
from mock_server.flow.engines import Exporter, ReportEngine
from mock_server.flow.jobs import Jobs
from mock_server.flow.mips import MIPS_ENGINES
from mock_server.flow.pqrs_2011 import Pqrs2011
from mock_server.flow.report_reader import ReportReader
from mock_server.flow.services import Services
from mock_server.housekeeper import HouseKeeper
from mock_server.keys import Keys
from mock_server.lock import DatabaseLock
from mock_server.routes.demo import demo_router
from mock_server.routes.documented import COMPONENTS
from mock_server.routes.flow import flow_router
from mock_server.routes.health import health_route
from mock_server.routes.reports import report_routes
from mock_server.scenario.personas import COMMON_PASSWORD
from mock_server.settings import MEMORY, ServerSettings
from mock_server.store import audit, clock_state, seed
from mock_server.store.database import Database
from mock_server.store.facts import fact, set_fact
from mock_server.strict_request import StrictRequest

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def exporters() -> dict[str, Exporter]:
    """File formats by action id."""
    return {
        "pdf": Exporter("pdf", "application/pdf", pdf_document),
        "xlsx": Exporter("xlsx", _XLSX, workbook),
        "csv": Exporter(
            "zip",
            "application/zip",
            csv_archive,
            single_table=Exporter("csv", "text/csv", csv_file),
        ),
        "json": Exporter("json", "application/json", json_document),
    }


@dataclass(slots=True)
class Server:
    """The running parts; tests reach clocks and database through it."""

    settings: ServerSettings
    database: Database
    engine: FlowEngine
    jobs: Jobs
    security: SecurityClock
    business: BusinessClock
    faults: FaultSwitch = field(default_factory=FaultSwitch)
    status: Health = field(default_factory=lambda: Health(status="starting"))

    def health(self) -> Health:
        """The present state."""
        now = eastern(self.business.now()).replace(microsecond=0)
        return msgspec.structs.replace(self.status, business_now=now)


def build_server(
    settings: ServerSettings,
    *,
    security: SecurityClock | None = None,
    engines: dict[str, ReportEngine] | None = None,
) -> Server:
    """Open the database and make the parts. `security` and `engines` are given by tests."""
    keys = Keys.random() if settings.database == MEMORY else Keys.load_or_create(settings.key_path)
    database = Database(settings.database, busy_timeout_ms=settings.figures.db.busy_timeout_ms)
    hasher = PasswordHasher(
        settings.argon2,
        queue=settings.figures.auth.hash_queue,
        wait_s=settings.figures.auth.hash_wait_s,
    )
    business = BusinessClock(_business_state(settings, database))
    clock = security or _security_clock(settings, database, business)
    services = Services(
        keys=keys,
        figures=settings.figures,
        hasher=hasher,
        demo=settings.demo,
        engines=engines or {"R-PQRS-2011": Pqrs2011(), **MIPS_ENGINES},
        exporters=exporters(),
        code_seed=lambda conn: fact(conn, "code_seed"),
    )
    engine = FlowEngine(database, services, clock, business)
    return Server(settings, database, engine, Jobs(engine, database), clock, business)


def _security_clock(settings: ServerSettings, database: Database, business: BusinessClock) -> SecurityClock:
    """The wall clock, or one that stands at the business instant (recordings)."""
    if settings.security_clock == "held":
        return HeldSecurityClock(business.now())
    return SystemSecurityClock(database.read_now(clock_state.saved_security))


def _business_state(settings: ServerSettings, database: Database) -> BusinessState:
    """TM-02: as given at the start, else where the clock stopped, else the default scenario."""
    mode = settings.clock_mode or "running"
    if settings.scenario is not None:
        return BusinessState.of_scenario(settings.scenario, mode)
    if settings.today is not None:
        return BusinessState(parse_business(settings.today), mode)
    saved = database.read_now(clock_state.saved_business)
    if saved is None:
        return BusinessState.of_scenario("SC-2018", mode)
    return BusinessState(saved.at, settings.clock_mode or saved.mode, saved.scenario)


def _portal(server: Server) -> Portal:
    """What the demo controls turn; seeds the accounts on the first start."""
    settings, services = server.settings, server.engine.services
    personas = seed.seeded_personas(settings.learners)
    password_hash = cache(lambda: services.hasher.hash(COMMON_PASSWORD))
    was_set = settings.scenario is not None or settings.today is not None

    def prepare(conn: Connection) -> None:
        if settings.code_seed is not None:
            set_fact(conn, "code_seed", settings.code_seed)
        now, business = server.security.now(), server.business.now()
        fresh = not seed.is_seeded(conn)
        seed.seed(
            conn,
            personas,
            password_hash,
            business=business,
            now=now,
            keys=services.keys,
            figures=settings.figures,
        )
        if was_set and not fresh:
            seed.rebase(conn, personas, business)
        for persona in personas:
            seed.issue_one_time_code(conn, persona, services.keys, now)
        clock_state.save(conn, server.security, server.business)

    server.database.write_now(prepare)
    return Portal(
        database=server.database,
        services=services,
        security=server.security,
        business=server.business,
        faults=server.faults,
        personas=personas,
        password_hash=password_hash,
        health=Health(status="ready", version=version("qportal"), demo=True),
    )


def _check_audit(server: Server) -> None:
    """SR-AUD-06: a broken chain turns the server read-only."""
    newest = server.settings.figures.db.audit_check_rows
    key = server.engine.services.keys.audit
    check = server.database.read_now(lambda conn: audit.verify(conn, key, newest=newest))
    if check.broken_at is not None:
        server.database.refuse_writes("audit")


def routed(server: Server) -> Application:
    """The whole ASGI application of a built server."""
    settings = server.settings
    reader = ReportReader(server.engine, server.jobs, server.database)
    handlers: list[Any] = [health_route(server), flow_router(server.engine), *report_routes(reader)]
    if settings.demo:
        handlers.append(demo_router(DemoControls(_portal(server))))

    keeper = HouseKeeper(
        server.database,
        server.security,
        server.business,
        settings.figures,
        server.engine.services.keys,
    )

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        _check_audit(server)
        if server.database.read_only is None:
            await server.jobs.take_up()
        house = asyncio.create_task(keeper.keep())
        server.status = Health(status="ready", version=version("qportal"), demo=settings.demo)
        yield
        server.status = Health(status="shutting_down", version=version("qportal"), demo=settings.demo)
        house.cancel()
        await server.jobs.close()
        if server.database.read_only is None:
            await keeper.round(None)
        server.engine.services.hasher.close()
        server.database.close()

    documented = settings.loopback  # SR-CFG-05
    app = Litestar(
        route_handlers=handlers,
        request_class=StrictRequest,
        exception_handlers=exception_handlers(),
        lifespan=[lifespan],
        openapi_config=OpenAPIConfig(
            title="qportal mock portal",
            version=version("qportal"),
            path="/schema",
            components=COMPONENTS,
            render_plugins=[JsonRenderPlugin(path="/")],
        )
        if documented
        else None,
        logging_config=None,
        debug=False,
    )
    return Gate(app, settings, server.security, server.faults if settings.demo else None)


def create_app(settings: ServerSettings) -> Application:
    """The application that `serve` runs; holds the database's lock for its life (RF-12)."""
    lock = DatabaseLock(settings.database_path) if settings.database_path is not None else None
    server = build_server(settings)
    app = routed(server)
    app.database_lock = lock  # type: ignore[attr-defined]  # kept as long as the application
    return app
