"""Reports and files of a login (W-7, W-8): only the login that ran one may read it; others find nothing."""

from typing import Annotated
from urllib.parse import quote

from litestar import Response, Router, get
from litestar.params import Parameter

from client.messages.calls import Envelope
from client.messages.report import Explanation, Report
from mock_server.flow.report_reader import ReportReader
from mock_server.refusals import RequestRefused
from mock_server.routes.documented import FLOW_TOKEN, refusals
from mock_server.routes.flow import address, bearer, portal_refusals
from mock_server.strict_request import StrictRequest

Id = Annotated[str, Parameter(max_length=64)]
Part = Annotated[str, Parameter(max_length=100)]

REFUSALS = refusals(400, 401, 403, 404, 409, 422, 503)


def report_routes(reader: ReportReader) -> list[Router]:
    """The `/api/reports` and `/api/files` routes."""

    @get(
        "/{report_id:str}", summary="A report that this sign-in ran", security=FLOW_TOKEN, responses=REFUSALS
    )
    async def read(
        request: StrictRequest,
        report_id: Id,
        section: Annotated[list[str] | None, Parameter(max_items=2000)] = None,
    ) -> Envelope[Report]:
        with portal_refusals():
            found = await reader.report(bearer(request), address(request), report_id, section)
        return Envelope[Report](data=found)

    @get(
        "/{report_id:str}/explain",
        summary="Why a cell shows what it shows",
        security=FLOW_TOKEN,
        responses=REFUSALS,
    )
    async def explain(
        request: StrictRequest, report_id: Id, section: Part, table: Part, row: Part, column: Part
    ) -> Envelope[Explanation]:
        with portal_refusals():
            found = await reader.explain(
                bearer(request), address(request), report_id, section, table, row, column
            )
        if found is None:
            raise RequestRefused("not_found", code="E-AUTHZ-02")
        return Envelope[Explanation](data=found)

    @get("/{file_id:str}", summary="A finished download", security=FLOW_TOKEN, responses=REFUSALS)
    async def download(request: StrictRequest, file_id: Id) -> Response[bytes]:
        with portal_refusals():
            found = await reader.file(bearer(request), address(request), file_id)
        # SR-FILE-10: names are ASCII already (F-RUN-02); the second form is for readers that want RFC 6266.
        named = f"attachment; filename=\"{found.name}\"; filename*=UTF-8''{quote(found.name)}"
        headers = {"Content-Disposition": named}
        return Response(found.content, media_type=found.media_type, headers=headers)

    return [
        Router("/api/reports", route_handlers=[read, explain], tags=["reports"]),
        Router("/api/files", route_handlers=[download], tags=["reports"]),
    ]
