"""JSON lines, one per event, nothing secret in them (SR-LOG-01, SR-LOG-02).

Redaction sits in the formatter, the last step before the stream: whatever a library logs passes it too. Of an
exception only its type and the places it passed are written, never its text or any value.
"""

import json
import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from mock_server.redaction import redact

_LOGGER = logging.getLogger("qportal.server")

_REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
_SOURCE: ContextVar[str] = ContextVar("source_address", default="")

_TOP_LEVEL = ("actor", "ip", "route", "status", "ms")
"""Fields with a place of their own in a line; all others go into `detail`."""

_STACK_LIMIT = 30


def log(
    event: str, level: int = logging.INFO, *, error: BaseException | None = None, **fields: object
) -> None:
    """Write one event with its fields (SR-LOG-03); `error` adds the exception's type and stack."""
    _LOGGER.log(level, event, extra={"fields": fields}, exc_info=error)


def request_id() -> str:
    """Id of the request being served in this context; empty outside of one."""
    return _REQUEST_ID.get()


def source_address() -> str:
    """Address that the request being served came from; empty outside of one."""
    return _SOURCE.get()


@contextmanager
def serving(rid: str, source: str = "") -> Iterator[None]:
    """Make them request id and source of everything that is logged and audited inside."""
    tokens = (_REQUEST_ID.set(rid), _SOURCE.set(source))
    try:
        yield
    finally:
        _REQUEST_ID.reset(tokens[0])
        _SOURCE.reset(tokens[1])


def configure(stream: IO[str] | None = None, level: int = logging.INFO) -> None:
    """Send every logger of the process to the stream (None: standard error) as JSON lines.

    uvicorn must run with `log_config=None` and `access_log=False`: requests are logged by `mock_server.asgi`,
    start and end by `mock_server.serve_command`.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)


class JsonLines(logging.Formatter):
    """One ASCII JSON object per record."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        own = hasattr(record, "fields")
        fields: dict[str, Any] = dict(getattr(record, "fields", {}))
        event = record.msg if own else record.name
        if not own:
            fields["message"] = record.getMessage()
        if record.exc_info and record.exc_info[0] is not None:
            fields["error"] = record.exc_info[0].__name__
            fields["stack"] = _stack(record.exc_info[2])
        line = {
            "ts": _instant(record.created),
            "level": record.levelname.lower(),
            "event": redact(str(event)),
            "rid": _REQUEST_ID.get(),
            **{name: redact(fields.pop(name, None)) for name in _TOP_LEVEL},
            "detail": redact(fields),
        }
        return json.dumps(line, ensure_ascii=True, separators=(",", ":"))


def _stack(trace: TracebackType | None) -> list[str]:
    """`file:line function` from the outermost call inward; no source text, no values."""
    frames = traceback.extract_tb(trace)[-_STACK_LIMIT:]
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]


def _instant(created: float) -> str:
    return datetime.fromtimestamp(created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
