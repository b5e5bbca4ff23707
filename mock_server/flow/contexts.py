"""Makes Contexts: one transaction's view of the world, from a flow row, both clocks and the services."""

from datetime import datetime

from sqlalchemy import Connection

from mock_server.clocks import BusinessClock, SecurityClock
from mock_server.flow.context import Context
from mock_server.flow.model import Flow
from mock_server.flow.services import Services
from mock_server.store import flows


class Contexts:
    """One per server."""

    def __init__(self, services: Services, security: SecurityClock, business: BusinessClock) -> None:
        self.services = services
        self._security = security
        self._business = business

    def now(self) -> datetime:
        """The security clock."""
        return self._security.now()

    def of(self, conn: Connection, flow: Flow, address: str) -> Context:
        """The context of a flow; its login and its sign-in attempt are absent once they are over."""
        return Context(
            conn=conn,
            services=self.services,
            flow=flow,
            now=self._security.now(),
            business=self._business.now(),
            address=address,
            login=flows.login_by_id(conn, flow.login_id)[0] if flow.login_id is not None else None,
            attempt=flows.attempt_by_id(conn, flow.attempt_id) if flow.attempt_id is not None else None,
        )

    def again(self, ctx: Context) -> Context:
        """The same flow as it stands now in the same transaction."""
        flow = flows.flow_by_id(ctx.conn, ctx.flow.id)
        if flow is None:
            raise RuntimeError("the flow vanished within its own transaction")
        return self.of(ctx.conn, flow, ctx.address)
