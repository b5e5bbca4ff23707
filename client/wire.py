"""One attempt at one HTTP call: limits, no redirects, no proxies, verified TLS (SR-NET-03 to SR-NET-08).

Only this module knows httpx; it is imported with the first call, because httpx takes a fifth of a second that
the first frame must not wait for.
"""

import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx

from client.answers import Reply
from client.errors import BadServerReply, ResponseTooLarge, TlsUntrusted
from client.safe_text import single_line

LARGEST_BODY = 64 * 1024 * 1024
"""Decoded bytes of one answer (SR-NET-08)."""
LARGEST_HEADERS = 16 * 1024
STRONGEST_COMPRESSION = 100
_TIMEOUT = httpx.Timeout(connect=5.0, read=30.0, write=30.0, pool=5.0)
_COMPRESSION_MATTERS_FROM = 64 * 1024


class Unanswered(Exception):  # noqa: N818 - never leaves the client
    """No usable answer came; the call may be repeated."""

    def __init__(self, reason: str, retry_after_s: int | None = None) -> None:
        super().__init__(reason)
        self.retry_after_s = retry_after_s


@dataclass(frozen=True)
class Request:
    """What is sent."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    body: bytes | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


class Wire:
    """The connection to one server; `transport` is the seam for tests and in-process servers."""

    def __init__(
        self,
        base_url: str,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        ca_file: Path | None = None,
    ) -> None:
        self._client = httpx.AsyncClient(
            base_url=base_url,
            transport=transport,
            verify=_context(ca_file, https=base_url.startswith("https:")),
            trust_env=False,
            follow_redirects=False,
            timeout=_TIMEOUT,
            headers={"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": "qportal"},
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def exchange(self, request: Request) -> Reply:
        """Send once and read the whole answer. `Unanswered` where another attempt makes sense."""
        async with self.stream(request) as (reply, chunks):
            body = b"".join([chunk async for chunk in chunks])
        return Reply(
            status=reply.status,
            content_type=reply.content_type,
            body=body,
            request_id=reply.request_id,
            date=reply.date,
            retry_after_s=reply.retry_after_s,
        )

    @asynccontextmanager
    async def stream(self, request: Request) -> AsyncIterator[tuple[Reply, AsyncIterator[bytes]]]:
        """The head of the answer (its body empty) and the body in pieces, within the limits."""
        built = self._client.build_request(
            request.method,
            request.path,
            params=request.query or None,
            content=request.body,
            headers=_headers(request),
        )
        try:
            response = await self._client.send(built, stream=True)
            try:
                yield _head(response), _pieces(response)
            finally:
                await response.aclose()
        except httpx.ConnectError as failure:
            if reason := _untrusted(failure):
                raise TlsUntrusted(f"The server's certificate was not accepted: {reason}.") from None
            raise Unanswered("no connection") from None
        except httpx.DecodingError:
            raise BadServerReply("its compression is damaged") from None
        except httpx.TransportError as failure:
            raise Unanswered(type(failure).__name__) from None


def _headers(request: Request) -> dict[str, str]:
    typed = {"Content-Type": "application/json"} if request.body is not None else {}
    return {**typed, **request.headers}


def _head(response: httpx.Response) -> Reply:
    if sum(len(name) + len(value) + 4 for name, value in response.headers.raw) > LARGEST_HEADERS:
        raise ResponseTooLarge("its headers are too long")
    if response.headers.get("content-encoding", "identity").lower() not in {"gzip", "identity"}:
        raise BadServerReply("its compression was not asked for")
    return Reply(
        status=response.status_code,
        content_type=response.headers.get("content-type", ""),
        body=b"",
        request_id=response.headers.get("x-request-id", ""),
        date=_date(response.headers.get("date", "")),
        retry_after_s=_whole(response.headers.get("retry-after", "")),
    )


async def _pieces(response: httpx.Response) -> AsyncIterator[bytes]:
    total = 0
    async for chunk in response.aiter_bytes():
        total += len(chunk)
        if total > LARGEST_BODY:
            raise ResponseTooLarge("it is larger than 64 MiB")
        arrived = response.num_bytes_downloaded
        if arrived and total > max(_COMPRESSION_MATTERS_FROM, STRONGEST_COMPRESSION * arrived):
            raise ResponseTooLarge("its compression is too strong")
        yield chunk


def _context(ca_file: Path | None, *, https: bool) -> ssl.SSLContext:
    """Python's default context, with one more authority if named; nothing turns verification off."""
    if not https:
        # Never used: one that trusts nobody spares loading the authorities.
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context = ssl.create_default_context()
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=ca_file)
        except OSError:  # SSLError is one
            raise TlsUntrusted(
                f"{single_line(str(ca_file))} is no certificate file that can be read."
            ) from None
    return context


def _untrusted(failure: BaseException) -> str:
    """Why the certificate was refused; empty: the failure is another one."""
    cause: BaseException | None = failure
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return cause.verify_message
        cause = cause.__cause__ or cause.__context__
    return ""


def _date(value: str) -> datetime | None:
    try:
        return parsedate_to_datetime(value).astimezone(UTC)
    except ValueError:
        return None


def _whole(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else None
