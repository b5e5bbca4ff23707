"""Every exception of a route as an envelope (SR-ERR-01): one table from exception to refusal.

An exception that no row names is a 500 whose details go to the log alone, under the same request id.
"""

import logging
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ExceptionHandlersMap

from client.messages.calls import ErrorDetail
from mock_server.access.passwords import HashingBusy
from mock_server.json_bodies import invalid
from mock_server.logs import log, request_id
from mock_server.refusals import RequestRefused
from mock_server.store.errors import StorageBusy, StorageFull, StoreReadOnly

_BY_STATUS = {
    400: "bad_json",
    401: "session_revoked",
    404: "not_found",
    405: "method_not_allowed",
    413: "body_too_large",
    415: "unsupported_media_type",
}
"""Litestar's own exceptions; a 400 of its is always about the body."""

_HASHING_RETRY_S = 2  # SR-AUTH-03


def exception_handlers() -> ExceptionHandlersMap:
    """What `Litestar(exception_handlers=...)` takes."""
    return {Exception: _answer}


def _answer(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    refusal = as_refusal(error)
    if refusal.status >= 500 and not isinstance(error, RequestRefused):
        log("error.unexpected", logging.ERROR, error=error, route=request.scope.get("path_template"))
    allow = (getattr(error, "headers", None) or {}).get("allow") if isinstance(error, HTTPException) else None
    return Response(
        refusal.body(request_id()),
        status_code=refusal.status,
        headers={**refusal.headers, **({"Allow": allow} if allow else {})},
        media_type="application/json",
    )


def as_refusal(error: Exception) -> RequestRefused:
    """The refusal that an exception is answered with."""
    match error:
        case RequestRefused():
            return error
        case StorageFull():
            return RequestRefused("storage_full")
        case StorageBusy():
            return RequestRefused("busy")
        case StoreReadOnly():
            return RequestRefused("audit_broken" if str(error) == "audit" else "database_unavailable")
        case HashingBusy():
            return RequestRefused("busy", retry_after_s=_HASHING_RETRY_S)
        case ValidationException():
            return _invalid(error)
        case HTTPException() if error.status_code in _BY_STATUS:
            return RequestRefused(_BY_STATUS[error.status_code])
        case RecursionError():
            return RequestRefused("bad_json")
        case _:
            return RequestRefused("internal_error")


def _invalid(error: ValidationException) -> RequestRefused:
    """Parameters of path and query; bodies are refused in `mock_server.strict_request`."""
    found = error.extra if isinstance(error.extra, list) else []
    details = [
        ErrorDetail(message=detail.message, path=str(item.get("key", "")))
        for item in found
        if isinstance(item, dict)
        for detail in invalid(str(item.get("message", ""))).details
    ]
    return RequestRefused("validation_failed", details=details)
