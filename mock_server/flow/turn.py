"""One action inside its transaction: the checks of W-3 in order, the step, the next Screen, its copy (W-4).

A refusal is an answer like any other: it spends the step token, and what it counted or audited is
committed. Only a request that does not belong to the present step (`OutOfStep`) leaves everything as it is.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection

from client.messages.calls import Act
from client.messages.screen import FieldValue, Screen
from mock_server.access.tokens import new_token, same_secret, token_hash
from mock_server.flow import login_opened
from mock_server.flow.answers import Answer, SpentAnswer
from mock_server.flow.context import Context, Goto, ListRead, Offload, Outcome
from mock_server.flow.contexts import Contexts
from mock_server.flow.current_request import attested
from mock_server.flow.entrance import Entrance
from mock_server.flow.forms import kept_values, validate
from mock_server.flow.model import FlowData
from mock_server.flow.problems import PROBLEMS, FlowEnded, OutOfStep, Refusal, problem
from mock_server.flow.states import STATES
from mock_server.flow.transitions import Transition, transition_for
from mock_server.flow.view import View, actions_of, make_screen, step_token
from mock_server.store import flows

ATTESTED = ("S-RUN", "S-BUSY", "S-REPORT")
"""States that exist under an attestation only."""

AFTER_TERMS = ("S-USER", "S-PASS", "S-CODE")
"""States that exist after the accepted terms only."""


@dataclass(frozen=True, slots=True)
class Done:
    """The action is finished; `run_id` names a report that has to be produced now."""

    flow_id: str
    answer: Answer
    run_id: str | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """The action waits for work outside of the transaction."""

    flow_id: str
    step: int
    offload: Offload
    typed: dict[str, FieldValue]
    """What may be offered again if it is refused."""


class Turn:
    """Carries actions out; one per server."""

    def __init__(self, contexts: Contexts, entrance: Entrance) -> None:
        self._contexts = contexts
        self._entrance = entrance

    def begin(
        self,
        conn: Connection,
        token: str,
        request: Act,
        address: str,
        listed: Callable[[str], ListRead | None],
    ) -> Done | Pending | FlowEnded:
        """The first transaction of an action. `listed` takes the last list read of a flow."""
        try:
            ctx = self._entrance.open(conn, token, address, background=False, to_repeat=True)
        except FlowEnded as ended:
            return ended
        if ctx.flow.state == "S-REAUTH" and request.state != "S-REAUTH":
            return Done(ctx.flow.id, Answer(self.screen(ctx), None, 401))
        repeat = self._replay(ctx, token, request)
        if repeat is not None:
            return repeat
        if not same_secret(ctx.flow.token_hash, token_hash(token)):
            return FlowEnded()  # the old token is good for a repeat only
        ctx.listed = listed(ctx.flow.id)
        return self._settle(ctx, request, lambda: self._run(ctx, request))

    def go_on(
        self, conn: Connection, pending: Pending, result: object, request: Act, address: str
    ) -> Done | Pending | FlowEnded:
        """The transaction after the work; refused if the flow moved on meanwhile (a lock, a reset)."""
        flow = flows.flow_by_id(conn, pending.flow_id)
        if flow is None:
            return FlowEnded()
        ctx = self._contexts.of(conn, flow, address)
        if flow.login_id is not None and ctx.login is None:
            return FlowEnded()
        if flow.step != pending.step:
            return self._refused(ctx, request, OutOfStep(problem("E-FLOW-01")))
        ctx.typed = pending.typed
        return self._settle(ctx, request, lambda: pending.offload.then(ctx, result))

    def screen(self, ctx: Context) -> Screen:
        """The present state as it is shown."""
        return make_screen(ctx, STATES)

    def _settle(self, ctx: Context, request: Act, step: Callable[[], Outcome]) -> Done | Pending:
        try:
            outcome = step()
        except Refusal as refusal:
            return self._refused(ctx, request, refusal)
        if isinstance(outcome, Offload):
            if ctx.reserved:
                flows.save_flow(ctx.conn, ctx.flow.id, data=ctx.changed(reserved_step=ctx.flow.step))
            return Pending(ctx.flow.id, ctx.flow.step, outcome, ctx.typed)
        return self._went(ctx, request, outcome)

    def _run(self, ctx: Context, request: Act) -> Outcome:
        """The checks of W-3 after the replay, then the action."""
        self._check_state(ctx, request)
        present = step_token(ctx.services.keys.step, ctx.flow.id, ctx.flow.step)
        if not same_secret(request.step_token, present):
            raise OutOfStep(problem("E-FLOW-01"))
        transition = transition_for(ctx.flow.state, request.action)
        view = STATES[ctx.flow.state].view(ctx)
        if transition is None or not _offered(ctx, view, transition, request.action):
            raise Refusal(problem("E-FLOW-02"))
        ctx.typed = kept_values(view.inputs, request.values)
        if transition.before is not None:
            transition.before(ctx, request.values)
        values = validate(view.inputs, request.values) if transition.submits else {}
        return transition.run(ctx, values)

    def _check_state(self, ctx: Context, request: Act) -> None:
        if request.state == ctx.flow.state:
            return
        if request.state in STATES and STATES[request.state].signed_in and ctx.login is None:
            raise OutOfStep(problem("E-SESS-02"))
        if request.state in AFTER_TERMS and ctx.attempt is None and ctx.login is None:
            raise OutOfStep(problem("E-TERMS-01"))
        if request.state in ATTESTED and not attested(ctx):
            raise OutOfStep(problem("E-ATT-03"))
        if ctx.flow.state == "S-BUSY" and (request.state, request.action) == ("S-RUN", "run_document"):
            raise OutOfStep(problem("E-RUN-03"))
        raise OutOfStep(problem("E-FLOW-01"))

    def _went(self, ctx: Context, request: Act, goto: Goto) -> Done:
        data = msgspec.structs.replace(
            ctx.data,
            notices=list(goto.notices),
            errors=[],
            typed={} if goto.state != ctx.flow.state else ctx.typed,
            reserved_step=None,
        )
        return self._store(ctx, request, goto, msgspec.structs.replace(data, **goto.changes), Refusal())

    def _refused(self, ctx: Context, request: Act, refusal: Refusal) -> Done:
        status = PROBLEMS[refusal.problems[0].code].http
        if isinstance(refusal, OutOfStep):  # nothing was executed: the present step stays good
            screen = msgspec.structs.replace(self.screen(ctx), errors=list(refusal.problems))
            return Done(ctx.flow.id, Answer(screen, None, status, refusal.problems))
        data = msgspec.structs.replace(
            ctx.data,
            errors=list(refusal.problems),
            notices=[],
            typed={} if refusal.goto else ctx.typed or ctx.data.typed,
            reserved_step=None,
            **refusal.changes,
        )
        return self._store(ctx, request, Goto(refusal.goto or ctx.flow.state), data, refusal, status)

    def _store(
        self, ctx: Context, request: Act, goto: Goto, data: FlowData, refusal: Refusal, status: int = 200
    ) -> Done:
        """Write the flow's next step, draw it, keep the answer for a repeat."""
        flow = ctx.flow
        token = new_token() if goto.rotate_token or _leaves_login(ctx, goto.state) else None
        columns = self._columns(ctx, goto, data, token)
        if ctx.login is not None:
            flows.touch_login(ctx.conn, ctx.login.id, ctx.now)
        after = self._contexts.of(ctx.conn, replace(flow, **columns), ctx.address)
        if after.login is not None and after.flow.state not in ("S-REAUTH", "S-HELP"):
            login_opened.save_step(after, after.flow.state)
        answer = Answer(
            self.screen(after), token, status, refusal.problems, refusal.type, refusal.retry_after
        )
        flows.save_flow(
            ctx.conn,
            flow.id,
            **columns,
            spent_step=flow.step,
            spent_mac=self._mac(request),
            spent_answer=msgspec.json.encode(SpentAnswer.of(answer)),
        )
        begun = goto.state == "S-BUSY" and data.run_id != flow.data.run_id
        return Done(flow.id, answer, data.run_id if begun else None)

    def _columns(self, ctx: Context, goto: Goto, data: FlowData, token: str | None) -> dict[str, Any]:
        columns: dict[str, Any] = {"state": goto.state, "step": ctx.flow.step + 1, "data": data}
        if goto.login_id is not ...:
            columns["login_id"] = goto.login_id
        if goto.attempt_id is not ...:
            columns["attempt_id"] = goto.attempt_id
        if token is not None:
            columns |= _rotation(ctx, token)
        return columns | (_forgotten(ctx, data) if goto.state == "S-LAND" else {})

    def _mac(self, request: Act) -> str:
        body = msgspec.json.encode([request.action, request.values], order="sorted")
        return hmac.new(self._contexts.services.keys.step, body, "sha256").hexdigest()

    def _replay(self, ctx: Context, token: str, request: Act) -> Done | None:
        """W-4: the latest spent step with the same action and values is answered again."""
        flow = ctx.flow
        if flow.spent_step is None or flow.spent_answer is None or flow.spent_mac is None:
            return None
        spent_token = step_token(self._contexts.services.keys.step, flow.id, flow.spent_step)
        if not same_secret(request.step_token, spent_token):
            return None
        if not same_secret(flow.spent_mac, self._mac(request)):
            return None
        spent = msgspec.json.decode(flow.spent_answer, type=SpentAnswer)
        fresh = None
        if spent.rotated and not same_secret(flow.token_hash, token_hash(token)):
            fresh = new_token()
            flows.save_flow(ctx.conn, flow.id, token_hash=token_hash(fresh), token_used=False)
        screen = spent.screen
        if spent.listed and flow.step == flow.spent_step + 1:
            screen = msgspec.structs.replace(screen, table=self.screen(ctx).table)
        return Done(flow.id, spent.again(screen, fresh))


def _offered(ctx: Context, view: View, transition: Transition, action_id: str) -> bool:
    """Whether the action can be asked for; a guarded one may be asked for unseen and answers by its guard."""
    offered = next((action for action in actions_of(ctx, view) if action.id == action_id), None)
    if offered is None:
        return transition.guarded
    return offered.enabled and not offered.local


def _leaves_login(ctx: Context, state: str) -> bool:
    """Whether a login, or the half login of S-PWEXP, ends here: its token is void (TR-23, 4.9)."""
    return state == "S-LAND" and (ctx.login is not None or ctx.data.expired_account_id is not None)


def _forgotten(ctx: Context, data: FlowData) -> dict[str, Any]:
    """S-LAND knows nobody: its login and its sign-in attempt are over, nothing typed is left."""
    if ctx.login is not None:
        flows.end_login(ctx.conn, ctx.login.id, "E-SESS-02", ctx.now)
    if ctx.attempt is not None:
        flows.delete_attempt(ctx.conn, ctx.attempt.id)
    left = FlowData(notices=data.notices, errors=data.errors)
    return {"data": left, "login_id": None, "attempt_id": None}


def _rotation(ctx: Context, token: str) -> dict[str, Any]:
    until = ctx.now + timedelta(seconds=ctx.services.figures.session.replay_s)
    return {
        "token_hash": token_hash(token),
        "token_used": False,
        "old_token_hash": ctx.flow.token_hash,
        "old_token_until": until,
    }
