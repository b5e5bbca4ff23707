"""The portal's flow over HTTP (portal-flow 1.5): decode, call the engine, encode. No rule lives here."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from litestar import Response, Router, get, post
from litestar.params import JSONBody, Parameter

from client.messages.calls import (
    Act,
    Envelope,
    ErrorBody,
    ErrorDetail,
    FlowAnswer,
    ListOrganizations,
    StartFlow,
)
from client.messages.screen import Problem, Table
from mock_server.flow.answers import Answer
from mock_server.flow.engine import FlowEngine
from mock_server.flow.problems import PROBLEMS, FlowEnded, FlowLocked, Refusal
from mock_server.logs import request_id
from mock_server.refusals import RequestRefused
from mock_server.routes.documented import FLOW_TOKEN, refusals
from mock_server.strict_request import StrictRequest

READ_REFUSALS = refusals(400, 401, 422, 503)
ACTION_REFUSALS = refusals(400, 401, 403, 404, 409, 422, 429, 503)


def bearer(request: StrictRequest) -> str:
    """The flow token of a request; without one there is no sign-in (E-SESS-02)."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise _refused(FlowEnded().problem)
    return token.strip()


def address(request: StrictRequest) -> str:
    """Source address; forwarding headers are ignored (SR-AUTH-08)."""
    return request.client.host if request.client else ""


@contextmanager
def portal_refusals() -> Iterator[None]:
    """What the flow raises where no Screen comes with the refusal, as refused requests."""
    try:
        yield
    except FlowEnded as over:
        raise _refused(over.problem) from None
    except FlowLocked:
        raise RequestRefused(LOCKED, status=401, text=LOCKED_TEXT) from None
    except Refusal as refusal:
        raise _refused(refusal.problems[0], refusal.retry_after) from None


LOCKED = "reauth_required"
LOCKED_TEXT = "The sign-in is locked. Confirm your password."


def _refused(problem: Problem, retry_after_s: int | None = None) -> RequestRefused:
    kind = PROBLEMS[problem.code]
    return RequestRefused(
        kind.type or problem.code,
        code=problem.code,
        status=kind.http,
        text=problem.text,
        retry_after_s=retry_after_s,
    )


def answered(answer: Answer) -> Response[Envelope[FlowAnswer]]:
    """An answer of the engine as a response (W-1)."""
    data = FlowAnswer(screen=answer.screen, flow_token=answer.flow_token)
    headers = {"Idempotency-Replayed": "true"} if answer.replayed else {}
    if answer.retry_after is not None:
        headers["Retry-After"] = str(answer.retry_after)
    envelope = Envelope[FlowAnswer](data=data, error=_error(answer))
    return Response(envelope, status_code=answer.status, headers=headers)


def _error(answer: Answer) -> ErrorBody | None:
    if answer.errors:
        first = answer.errors[0]
        return ErrorBody(
            type=answer.type or PROBLEMS[first.code].type or first.code,
            code=first.code,
            message=first.text,
            details=[ErrorDetail(message=found.text, path=found.field or "") for found in answer.errors],
            request_id=request_id(),
        )
    if answer.status == 401:
        return ErrorBody(type=LOCKED, code=None, message=LOCKED_TEXT, request_id=request_id())
    return None


def flow_router(engine: FlowEngine) -> Router:
    """The `/api/flow` routes."""
    figures = engine.services.figures

    @post("/", summary="Start a flow on the first page", responses=refusals(400, 422, 503))
    async def start(data: JSONBody[StartFlow], request: StrictRequest) -> Response[Envelope[FlowAnswer]]:
        if data.client_id is not None and len(data.client_id) > figures.portal.client_id_max:
            raise RequestRefused("validation_failed")
        return answered(await engine.start(data, address(request)))

    @get("/", summary="The current screen", security=FLOW_TOKEN, responses=READ_REFUSALS)
    async def read(
        request: StrictRequest,
        after: Annotated[str | None, Parameter(max_length=64)] = None,
        wait: Annotated[float, Parameter(ge=0, le=figures.session.poll_s)] = 0,
    ) -> Response[Envelope[FlowAnswer]]:
        token = bearer(request)
        background = request.headers.get("x-background") == "1"
        with portal_refusals():
            if after is not None and wait > 0:
                return answered(await engine.wait_for_change(token, address(request), after, wait))
            return answered(await engine.read(token, address(request), background=background))

    @post(
        "/act",
        summary="One action of the current screen",
        status_code=200,
        security=FLOW_TOKEN,
        responses=ACTION_REFUSALS,
    )
    async def act(data: JSONBody[Act], request: StrictRequest) -> Response[Envelope[FlowAnswer]]:
        with portal_refusals():
            return answered(await engine.act(bearer(request), data, address(request)))

    @post(
        "/list",
        summary="Rows of the organization picker",
        status_code=200,
        security=FLOW_TOKEN,
        responses=ACTION_REFUSALS,
    )
    async def list_rows(data: JSONBody[ListOrganizations], request: StrictRequest) -> Envelope[Table]:
        if data.limit > figures.portal.picker_page:
            raise RequestRefused("validation_failed")
        with portal_refusals():
            return Envelope[Table](data=await engine.list_rows(bearer(request), data, address(request)))

    @post(
        "/resume",
        summary="Lock a remembered sign-in and ask for its password",
        status_code=200,
        security=FLOW_TOKEN,
        responses=ACTION_REFUSALS,
    )
    async def resume(data: JSONBody[StartFlow], request: StrictRequest) -> Response[Envelope[FlowAnswer]]:
        with portal_refusals():
            return answered(await engine.resume(bearer(request), data, address(request)))

    return Router("/api/flow", route_handlers=[start, read, act, list_rows, resume], tags=["flow"])
