"""Who is calling: from a bearer token to the flow it opens, with the limits of its login (W-3, TR-24, TR-27).

Every request that carries a token passes here. A login that is over raises FlowEnded; one that was idle too
long is locked on the spot, before anything else is looked at.
"""

from sqlalchemy import Connection

from mock_server.access.tokens import same_secret, token_hash
from mock_server.flow import lock
from mock_server.flow.context import Context
from mock_server.flow.contexts import Contexts
from mock_server.flow.durations import in_words
from mock_server.flow.model import Flow, LockReason
from mock_server.flow.problems import FlowEnded, FlowLocked
from mock_server.store import flows


class Entrance:
    """One per server."""

    def __init__(self, contexts: Contexts) -> None:
        self._contexts = contexts

    def open(
        self, conn: Connection, token: str, address: str, *, background: bool, to_repeat: bool = False
    ) -> Context:
        """The flow of a token, locked if it was idle too long. FlowEnded: E-SESS-01 or -02.

        `to_repeat`: the token that the last answer replaced is accepted for a while, for a repeat of that
        action only (W-4).
        """
        hashed = token_hash(token)
        flow = flows.flow_by_token(conn, hashed)
        if flow is None:
            raise FlowEnded
        if not same_secret(flow.token_hash, hashed):
            if to_repeat and self._repeatable(flow):
                return self._living(conn, flow, address)
            raise FlowEnded
        if not flow.token_used:
            flows.save_flow(conn, flow.id, token_used=True)
        ctx = self._living(conn, flow, address)
        if lock.absolute_limit_reached(ctx):
            flows.end_login(conn, ctx.signed_in.id, "E-SESS-01", ctx.now)
            ctx.audit("A-SESS-TIMEOUT", reason="absolute")
            raise self._ended("E-SESS-01")
        if lock.idle_limit_reached(ctx, background=background):
            return self.lock(ctx, "idle")
        return ctx

    def reading(self, conn: Connection, token: str, address: str) -> Context:
        """The context of a signed-in read that is no action: list, report, file. FlowEnded, FlowLocked."""
        flow = flows.flow_by_token(conn, token_hash(token))
        if flow is None or flow.login_id is None or not same_secret(flow.token_hash, token_hash(token)):
            raise FlowEnded
        ctx = self._living(conn, flow, address)
        if lock.absolute_limit_reached(ctx):
            raise self._ended("E-SESS-01")
        if flow.state == "S-REAUTH" or lock.idle_limit_reached(ctx, background=False):
            raise FlowLocked
        return ctx

    def lock(self, ctx: Context, reason: LockReason) -> Context:
        """TR-27: the step is spent, the screen's content is gone until the password is confirmed."""
        if ctx.flow.state == "S-REAUTH":
            return ctx
        data = lock.locked_data(ctx, reason)
        flows.save_flow(ctx.conn, ctx.flow.id, state="S-REAUTH", step=ctx.flow.step + 1, data=data)
        if reason == "idle":
            ctx.audit("A-SESS-TIMEOUT", reason="idle", state_to="S-REAUTH")
        return self._contexts.again(ctx)

    def _repeatable(self, flow: Flow) -> bool:
        until = flow.old_token_until
        return until is not None and self._contexts.now() < until and not flow.token_used

    def _living(self, conn: Connection, flow: Flow, address: str) -> Context:
        """The flow's context, unless its login has ended."""
        ctx = self._contexts.of(conn, flow, address)
        if flow.login_id is not None and ctx.login is None:
            raise self._ended(flows.login_by_id(conn, flow.login_id)[1] or "E-SESS-02")
        return ctx

    def _ended(self, code: str) -> FlowEnded:
        return FlowEnded(code, limit=in_words(self._contexts.services.figures.session.absolute_s))
