"""Refused requests: one exception and one envelope for all of them (W-1, SR-ERR-01, table 2.16).

Routes raise `RequestRefused`; flow answers that carry a screen beside the error are built by the flow itself.
Texts never hold internals: no path, SQL, version or input.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import msgspec

from client.messages.calls import Envelope, ErrorBody, ErrorDetail

_ENCODER = msgspec.json.Encoder()


@dataclass(frozen=True)
class Kind:
    """One row of table 2.16."""

    status: int
    text: str
    retry_after_s: int | None = None


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "bad_json": Kind(400, "The request is not valid JSON."),
        "bad_request": Kind(400, "The request could not be understood."),
        "token_in_url": Kind(400, "A token must not be part of the address."),
        "session_expired": Kind(401, "You were signed out. Please sign in again."),
        "session_revoked": Kind(401, "Your sign-in has ended. Please sign in again."),
        "origin_refused": Kind(403, "Requests from this origin are not allowed."),
        "not_found": Kind(404, "Not found."),
        "method_not_allowed": Kind(405, "This method is not allowed here."),
        "body_too_large": Kind(413, "The request is too large."),
        "unsupported_media_type": Kind(415, "Only application/json is accepted here."),
        "compressed_not_accepted": Kind(415, "Compressed requests are not accepted."),
        "validation_failed": Kind(422, "The request does not have the expected form."),
        "unknown_field": Kind(422, "The request has a field that is not known here."),
        "headers_too_large": Kind(431, "The address or the headers of the request are too large."),
        "internal_error": Kind(500, "Something went wrong on the server."),
        "busy": Kind(503, "The server is busy. Please try again.", 1),
        "starting": Kind(503, "The server is starting.", 1),
        "shutting_down": Kind(503, "The server is shutting down.", 1),
        "audit_broken": Kind(503, "The audit trail is damaged; nothing can be changed.", 30),
        "database_unavailable": Kind(503, "The database is not available.", 5),
        "storage_full": Kind(507, "The server has no storage left.", 30),
    }
)
"""Status, text and Retry-After of every refusal that is not the flow's own."""


class RequestRefused(Exception):  # noqa: N818
    """A request answered with an error; `type` is a key of `KINDS` unless status and text are given."""

    def __init__(
        self,
        type_: str,
        *,
        code: str | None = None,
        status: int | None = None,
        text: str | None = None,
        details: Sequence[ErrorDetail] = (),
        retry_after_s: float | None = None,
    ) -> None:
        kind = KINDS.get(type_, Kind(status or 500, text or ""))
        self.type = type_
        self.code = code
        self.status = status or kind.status
        self.text = text or kind.text
        self.details = tuple(details)
        wait = kind.retry_after_s if retry_after_s is None else retry_after_s
        self.retry_after_s = None if wait is None else math.ceil(wait)
        super().__init__(type_)

    @property
    def headers(self) -> dict[str, str]:
        """`Retry-After` in whole seconds, rounded up (SR-AUTH-05); empty: none."""
        return {} if self.retry_after_s is None else {"Retry-After": str(self.retry_after_s)}

    def error(self, request_id: str) -> ErrorBody:
        """The error part of an envelope."""
        return ErrorBody(
            type=self.type,
            code=self.code,
            message=self.text,
            details=list(self.details),
            request_id=request_id,
        )

    def body(self, request_id: str) -> bytes:
        """The whole envelope as JSON, without data."""
        return _ENCODER.encode(Envelope[None](error=self.error(request_id)))
