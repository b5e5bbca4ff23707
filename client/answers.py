"""From the bytes of an answer to a typed value: content type, safe text, contract (SR-NET-09, SR-TERM-02).

The body is checked as a whole first; only one that holds something a terminal must not see is decoded twice.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

import msgspec

from client.errors import BadServerReply, Refused, SessionEnded
from client.messages.calls import Envelope, ErrorBody
from client.safe_text import is_safe_json, safe_tree, single_line

T = TypeVar("T")

SESSION_CODES = frozenset({"E-SESS-01", "E-SESS-02"})
SESSION_TYPES = frozenset({"session_expired", "session_revoked"})


@dataclass(frozen=True)
class Reply:
    """One HTTP answer, read to its end."""

    status: int
    content_type: str
    body: bytes = field(repr=False)
    request_id: str = ""
    date: datetime | None = None
    """The `Date` header, UTC; None: missing or unreadable."""
    retry_after_s: int | None = None


def decode(reply: Reply, data: type[T]) -> Envelope[T]:
    """The envelope of an answer. `BadServerReply` if it is none, whatever its status."""
    if 300 <= reply.status < 400:
        raise _bad(reply, "it points to another address")
    if reply.content_type.partition(";")[0].strip().lower() != "application/json":
        raise _bad(reply, _not_json(reply))
    envelope: Envelope[T] = _typed(reply, Envelope[data])  # type: ignore[valid-type]
    if envelope.data is None and envelope.error is None:
        raise _bad(reply, "it is empty")
    if envelope.error is None and reply.status >= 400 and reply.status != 503:
        raise _bad(reply, "it reports a failure without a reason")
    return envelope


def refusal(reply: Reply, error: ErrorBody) -> Refused:
    """The exception for a refusal without data."""
    ended = error.code in SESSION_CODES or error.type in SESSION_TYPES
    kind = SessionEnded if ended else Refused
    return kind(reply.status, error, retry_after_s=reply.retry_after_s)


def _typed(reply: Reply, envelope: type[Envelope[T]]) -> Envelope[T]:
    try:
        if is_safe_json(reply.body.decode()):
            return msgspec.json.decode(reply.body, type=envelope)
        return msgspec.convert(safe_tree(msgspec.json.decode(reply.body)), type=envelope)
    except (UnicodeDecodeError, msgspec.DecodeError, RecursionError):
        # `from None`: these errors quote the body.
        raise _bad(reply, "it does not follow the contract") from None


def _not_json(reply: Reply) -> str:
    if reply.status == 404 and not reply.body:
        return "nothing is at this address, or the server belongs to somebody else"
    return "it is no portal data"


def _bad(reply: Reply, reason: str) -> BadServerReply:
    return BadServerReply(reason, request_id=single_line(reply.request_id[:64]))
