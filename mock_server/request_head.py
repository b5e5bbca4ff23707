"""Checks on a request before its body is read: size, framing, launch key, origin, address (SR-NET-13 to -15).

Pure functions of the head and the settings; each raises `RequestRefused` or returns. They run in front of the
whole application, so that unknown paths and wrong methods pass them as well.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from mock_server.access.tokens import TOKEN_LENGTH, same_secret
from mock_server.figures import HttpFigures
from mock_server.refusals import RequestRefused
from mock_server.settings import ServerSettings, is_loopback

LAUNCH_KEY_HEADER = b"x-qportal-launch-key"

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_TOKEN_KEYS = frozenset(
    {
        *("access_token", "authorization", "bearer", "flow_token", "id_token", "launch_key"),
        *("password", "refresh_token", "step_token", "token"),
    }
)
_TOKEN_FORM = re.compile(rf"[A-Za-z0-9_-]{{{TOKEN_LENGTH}}}")
_STEP_OF_POLL = "after"
"""The one query key that carries a step token by contract (W-5); it is no credential."""


@dataclass(frozen=True)
class Head:
    """Method, address and headers of a request."""

    method: str
    scheme: str
    path: str
    """Decoded path."""
    raw_path: bytes
    query: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    """Names in lower case, in the order of arrival."""
    peer: str
    """Address of the other end of the connection; empty: unknown. Forwarding headers are ignored."""

    @classmethod
    def of(cls, scope: Any) -> "Head":
        """The head in an ASGI http scope."""
        client = scope.get("client")
        return cls(
            method=scope["method"].upper(),
            scheme=scope.get("scheme", "http"),
            path=scope["path"],
            raw_path=scope.get("raw_path") or scope["path"].encode(),
            query=scope.get("query_string", b""),
            headers=tuple((bytes(name).lower(), bytes(value)) for name, value in scope["headers"]),
            peer=client[0] if client else "",
        )

    def values(self, name: bytes) -> list[str]:
        """All values of a header."""
        return [value.decode("latin-1") for found, value in self.headers if found == name]

    def value(self, name: bytes) -> str | None:
        """Its first value, or None."""
        return next(iter(self.values(name)), None)

    @property
    def has_body(self) -> bool:
        """Whether the sender announces a body that is not empty."""
        return (
            self.value(b"content-length") not in (None, "0") or self.value(b"transfer-encoding") is not None
        )

    @property
    def is_local(self) -> bool:
        """Whether it comes from this machine and says so; keeps rebound DNS names off the demo controls."""
        return is_loopback(self.peer) and is_loopback(_host_name(self.value(b"host") or ""))


def carries_launch_key(head: Head, launch_key: str | None) -> bool:
    """Whether the request may know that this server exists (W-11)."""
    if launch_key is None:
        return True
    sent = head.values(LAUNCH_KEY_HEADER)
    return len(sent) == 1 and same_secret(sent[0], launch_key)


def check_head(head: Head, settings: ServerSettings) -> None:
    """All checks that need the head only; raises `RequestRefused`."""
    _check_size(head, settings.figures.http)
    _check_framing(head)
    _check_method(head)
    _check_origin(head, settings)
    _check_query(head)
    _check_media_type(head)


def _check_size(head: Head, figures: HttpFigures) -> None:
    address = len(head.raw_path) + (len(head.query) + 1 if head.query else 0)
    block = sum(len(name) + len(value) + len(b": \r\n") for name, value in head.headers)
    if address > figures.url_max or block > figures.header_max or len(head.headers) > figures.header_count:
        raise RequestRefused("headers_too_large")
    length = head.value(b"content-length")
    if length is not None and length.isdigit() and int(length[:20]) > figures.json_max:
        raise RequestRefused("body_too_large")


def _check_framing(head: Head) -> None:
    """SR-NET-14, as far as the HTTP parser lets such requests through."""
    lengths = head.values(b"content-length")
    if len(lengths) > 1 or (lengths and head.value(b"transfer-encoding") is not None):
        raise RequestRefused("bad_request")
    if lengths and not (lengths[0].isascii() and lengths[0].isdigit()):
        raise RequestRefused("bad_request")


def _check_method(head: Head) -> None:
    if head.method in ("TRACE", "CONNECT"):
        raise RequestRefused("method_not_allowed")


def _check_origin(head: Head, settings: ServerSettings) -> None:
    """A browser page of another origin changes nothing here (SR-NET-15)."""
    origin = head.value(b"origin")
    if origin is None or head.method in _READING:
        return
    host = head.value(b"host") or ""
    own = origin.lower() == f"{head.scheme}://{host}".lower()
    if not own or (settings.loopback and not is_loopback(_host_name(host))):
        raise RequestRefused("origin_refused")


def _check_query(head: Head) -> None:
    """No token in the address, each key once, sound escapes (SR-SESS-01, SR-IN-07)."""
    try:
        pairs = parse_qsl(head.query.decode("ascii"), keep_blank_values=True, strict_parsing=bool(head.query))
    except ValueError:
        raise RequestRefused("bad_request") from None
    keys = [key for key, _ in pairs]
    if len(keys) != len(set(keys)):
        raise RequestRefused("bad_request")
    named = any(key.lower() in _TOKEN_KEYS for key in keys)
    texts = [value for key, value in pairs if key != _STEP_OF_POLL] + head.path.split("/")
    if named or _any_token(texts):
        raise RequestRefused("token_in_url")


def _any_token(texts: Iterable[str]) -> bool:
    return any(_TOKEN_FORM.fullmatch(text) for text in texts)


def _check_media_type(head: Head) -> None:
    """Bodies are uncompressed JSON in UTF-8 (SR-IN-02)."""
    if not head.has_body:
        return
    if (head.value(b"content-encoding") or "identity").strip().lower() != "identity":
        raise RequestRefused("compressed_not_accepted")
    kind, _, parameters = (head.value(b"content-type") or "").partition(";")
    charset = parameters.strip().lower().replace('"', "").removeprefix("charset=")
    if kind.strip().lower() != "application/json" or charset not in ("", "utf-8", "utf8"):
        raise RequestRefused("unsupported_media_type")


def _host_name(host: str) -> str:
    """The name in a Host header, without port and brackets; empty when malformed."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
