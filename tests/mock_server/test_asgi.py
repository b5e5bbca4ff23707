"""What holds for every answer of the server, whatever the path (SR-NET-13 to -15, SR-IN-02, W-11)."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import httpx
import msgspec
import pytest
from litestar import Litestar, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from client.messages.calls import Act, Envelope, Faults
from mock_server.access.passwords import HashingBusy
from mock_server.access.tokens import new_id, new_token
from mock_server.asgi import Gate
from mock_server.clocks import FrozenSecurityClock
from mock_server.error_handlers import exception_handlers
from mock_server.faults import FaultSwitch
from mock_server.figures import Figures
from mock_server.refusals import RequestRefused
from mock_server.settings import ServerSettings
from mock_server.store.errors import StorageBroken, StorageBusy, StorageFull, StoreReadOnly
from mock_server.strict_request import StrictRequest

ACT = {
    "state": "S-USER",
    "step_token": "t",
    "action": "next",
    "values": {"user_id": "demo.grouprep", "x": None},
}
NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
SETTINGS = ServerSettings(database=":memory:", data_dir=Path("unused"), demo=True)

ERRORS: dict[str, Exception] = {
    "full": StorageFull(),
    "locked": StorageBusy(),
    "damaged": StorageBroken(),
    "read-only": StoreReadOnly("database"),
    "audit": StoreReadOnly("audit"),
    "hashing": HashingBusy(),
    "refused": RequestRefused("session_revoked", code="E-SESS-02"),
    "waiting": RequestRefused("too_many_attempts", status=429, text="Wait.", retry_after_s=29.2),
    "unexpected": ValueError("canary: SELECT secret FROM /etc/passwd"),
    "deep": RecursionError(),
}


@get("/api/hello")
async def hello() -> Envelope[str]:
    return Envelope[str](data="hello")


@post("/api/act", status_code=200)
async def act(data: JSONBody[Act]) -> Envelope[Act]:
    return Envelope[Act](data=data)


@post("/api/nothing", status_code=200)
async def nothing() -> Envelope[str]:
    return Envelope[str](data="done")


@get("/api/fail/{kind:str}")
async def fail(kind: FromPath[str]) -> None:
    raise ERRORS[kind]


@get("/api/things/{thing:str}")
async def thing(thing: FromPath[str], after: FromQuery[str] = "") -> Envelope[str]:
    return Envelope[str](data=thing)


def portal() -> Litestar:
    return Litestar(
        [hello, act, nothing, fail, thing],
        exception_handlers=exception_handlers(),
        request_class=StrictRequest,
        logging_config=None,
    )


class Portal:
    """The gate with a client on it."""

    def __init__(self, settings: ServerSettings = SETTINGS, app: Any = None) -> None:
        self.faults = FaultSwitch()
        self.clock = FrozenSecurityClock(NOW)
        self.gate = Gate(app or portal(), settings, self.clock, self.faults)
        transport = httpx.ASGITransport(app=self.gate)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000")

    async def ask(self, method: str, path: str, **request: Any) -> httpx.Response:
        return await self.client.request(method, path, **request)


@pytest.fixture
async def server() -> AsyncIterator[Portal]:
    made = Portal()
    async with made.client:
        yield made


def error_of(answer: httpx.Response) -> dict[str, Any]:
    body = answer.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"type", "code", "message", "details", "request_id"}
    assert body["error"]["request_id"] == answer.headers["x-request-id"]
    return dict(body["error"])


@pytest.mark.sr("SR-NET-13")
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/hello", 200),
        ("GET", "/nowhere", 404),
        ("DELETE", "/api/hello", 405),
        ("POST", "/api/act", 400),
        ("GET", "/api/fail/unexpected", 500),
        ("GET", "/api/hello?token=x", 400),
    ],
)
async def test_sr_net_13_every_answer_carries_the_standard_headers(
    server: Portal, method: str, path: str, status: int
) -> None:
    answer = await server.ask(method, path)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert len(answer.headers["x-request-id"]) == 26
    assert answer.headers["date"] == "Sun, 01 Mar 2026 12:00:00 GMT"
    assert "server" not in answer.headers
    assert "set-cookie" not in answer.headers


@pytest.mark.sr("RF-15")
async def test_rf_15_answers_are_dated_by_the_security_clock(server: Portal) -> None:
    server.clock.advance(900)

    assert (await server.ask("GET", "/api/hello")).headers["date"] == "Sun, 01 Mar 2026 12:15:00 GMT"


async def test_request_ids_differ(server: Portal) -> None:
    answers = [await server.ask("GET", "/api/hello") for _ in range(20)]

    assert len({answer.headers["x-request-id"] for answer in answers}) == 20


@pytest.mark.sr("SR-ERR-01")
@pytest.mark.parametrize(
    ("method", "path", "status", "kind", "retry"),
    [
        ("GET", "/nowhere", 404, "not_found", None),
        ("PUT", "/api/hello", 405, "method_not_allowed", None),
        ("TRACE", "/api/hello", 405, "method_not_allowed", None),
        ("GET", "/api/fail/full", 507, "storage_full", "30"),
        ("GET", "/api/fail/locked", 503, "busy", "1"),
        ("GET", "/api/fail/damaged", 500, "internal_error", None),
        ("GET", "/api/fail/read-only", 503, "database_unavailable", "5"),
        ("GET", "/api/fail/audit", 503, "audit_broken", "30"),
        ("GET", "/api/fail/hashing", 503, "busy", "2"),
        ("GET", "/api/fail/refused", 401, "session_revoked", None),
        ("GET", "/api/fail/waiting", 429, "too_many_attempts", "30"),
        ("GET", "/api/fail/unexpected", 500, "internal_error", None),
        ("GET", "/api/fail/deep", 400, "bad_json", None),
    ],
)
async def test_sr_err_01_every_refusal_has_one_shape(
    server: Portal, method: str, path: str, status: int, kind: str, retry: str | None
) -> None:
    answer = await server.ask(method, path)

    assert (answer.status_code, error_of(answer)["type"]) == (status, kind)
    assert answer.headers.get("retry-after") == retry
    assert "canary" not in answer.text


async def test_an_e_code_travels_beside_the_type(server: Portal) -> None:
    assert error_of(await server.ask("GET", "/api/fail/refused"))["code"] == "E-SESS-02"


@pytest.mark.sr("SR-IN-07")
async def test_sr_in_07_a_wrong_method_is_told_the_right_ones(server: Portal) -> None:
    assert "GET" in (await server.ask("DELETE", "/api/hello")).headers["allow"]


@pytest.mark.sr("SR-ERR-01")
async def test_an_application_that_breaks_is_answered_for() -> None:
    async def broken(scope: Any, receive: Any, send: Any) -> None:
        raise LookupError("canary")

    server = Portal(app=broken)
    answer = await server.ask("GET", "/api/hello")

    assert (answer.status_code, error_of(answer)["type"]) == (500, "internal_error")
    assert "canary" not in answer.text


class TestLaunchKey:
    """W-11: without the key nothing tells that a portal is here."""

    KEY = new_token()

    @pytest.fixture
    def server(self) -> Portal:
        return Portal(replace(SETTINGS, launch_key=self.KEY))

    @pytest.mark.parametrize("path", ["/api/hello", "/api/health", "/schema", "/nowhere", "/demo/outbox"])
    @pytest.mark.parametrize("method", ["GET", "POST", "TRACE"])
    @pytest.mark.parametrize(
        "headers",
        [
            [],
            [("X-Qportal-Launch-Key", "")],
            [("X-Qportal-Launch-Key", "wrong")],
            [("X-Qportal-Launch-Key", KEY[:-1])],
            [("X-Qportal-Launch-Key", KEY), ("X-Qportal-Launch-Key", KEY)],
        ],
    )
    async def test_w_11_every_path_is_unknown_without_it(
        self, server: Portal, method: str, path: str, headers: list[tuple[str, str]]
    ) -> None:
        answer = await server.ask(method, path, headers=headers)

        assert (answer.status_code, answer.content) == (404, b"")

    async def test_w_11_with_it_the_portal_answers(self, server: Portal) -> None:
        headers = {"X-Qportal-Launch-Key": self.KEY}

        assert (await server.ask("GET", "/api/hello", headers=headers)).json() == {"data": "hello"}
        assert (await server.ask("GET", "/nowhere", headers=headers)).json()["error"]["type"] == "not_found"


class Unread:
    """A body that must not be read."""

    def __aiter__(self) -> "Unread":
        return self

    async def __anext__(self) -> bytes:
        raise AssertionError("the body was read")


class TestLimits:
    """SR-IN-02: at the limit it works, one above it does not."""

    async def test_address_of_2048_bytes(self, server: Portal) -> None:
        path = "/api/things/" + "x" * (2048 - len("/api/things/"))

        assert (await server.ask("GET", path)).status_code == 200
        assert (await server.ask("GET", path + "x")).status_code == 431

    async def test_address_with_a_query(self, server: Portal) -> None:
        start = "/api/things/x?after="

        assert (await server.ask("GET", start + "x" * (2048 - len(start)))).status_code == 200
        assert (await server.ask("GET", start + "x" * (2049 - len(start)))).status_code == 431

    async def test_64_headers(self, server: Portal) -> None:
        plain = len((await server.ask("GET", "/api/hello")).request.headers.raw)
        more = [(f"x-{n}", "1") for n in range(64 - plain)]

        assert (await server.ask("GET", "/api/hello", headers=more)).status_code == 200
        answer = await server.ask("GET", "/api/hello", headers=[*more, ("x-more", "1")])
        assert (answer.status_code, error_of(answer)["type"]) == (431, "headers_too_large")

    async def test_header_block_of_16_kib(self, server: Portal) -> None:
        assert (await server.ask("GET", "/api/hello", headers={"x": "y" * 15_000})).status_code == 200
        assert (await server.ask("GET", "/api/hello", headers={"x": "y" * 16_384})).status_code == 431

    @staticmethod
    def body(size: int) -> bytes:
        """A good body of exactly so many bytes, in strings of at most 60,000."""
        frame = len(msgspec.json.encode({**ACT, "values": {"x": []}}))
        pieces: list[str] = []
        left = size - frame
        while left > 60_003:
            pieces.append("y" * 60_000)
            left -= 60_003
        body = msgspec.json.encode({**ACT, "values": {"x": [*pieces, "y" * (left - 2)]}})
        assert len(body) == size
        return body

    @pytest.mark.parametrize("chunked", [False, True])
    async def test_body_of_1_mib(self, server: Portal, chunked: bool) -> None:
        async def sent(body: bytes) -> httpx.Response:
            async def pieces() -> AsyncIterator[bytes]:
                for start in range(0, len(body), 50_000):
                    yield body[start : start + 50_000]

            headers = {"content-type": "application/json"}
            return await server.ask(
                "POST", "/api/act", content=pieces() if chunked else body, headers=headers
            )

        read = await sent(self.body(1_048_576))  # read, then judged by its content (SR-IN-01)
        assert (read.status_code, error_of(read)["type"]) == (422, "validation_failed")
        refused = await sent(self.body(1_048_577))
        assert (refused.status_code, error_of(refused)["type"]) == (413, "body_too_large")

    async def test_a_body_that_is_announced_too_large_is_not_read(self, server: Portal) -> None:
        headers = {"content-type": "application/json", "content-length": "99999999999999999999999999"}
        answer = await server.ask("POST", "/api/act", content=Unread(), headers=headers)

        assert answer.status_code == 413

    @pytest.mark.sr("SR-NET-12")
    async def test_requests_in_progress(self) -> None:
        entered, leave = asyncio.Semaphore(0), asyncio.Event()

        async def slow(scope: Any, receive: Any, send: Any) -> None:
            entered.release()
            await leave.wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b""})

        figures = Figures().with_values({"http.max_inflight": 16})
        server = Portal(replace(SETTINGS, figures=figures), app=slow)
        running = [asyncio.create_task(server.ask("GET", "/")) for _ in range(16)]
        for _ in range(16):
            await entered.acquire()
        refused = await server.ask("GET", "/")
        leave.set()

        assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
        assert {answer.status_code for answer in await asyncio.gather(*running)} == {200}
        assert (await server.ask("GET", "/")).status_code == 200


class TestBodies:
    """SR-IN-02, SR-AC-06: JSON and nothing else, exactly as the contract says."""

    JSON: ClassVar = {"content-type": "application/json"}

    async def test_a_good_body_arrives_as_it_was_sent(self, server: Portal) -> None:
        for headers in (self.JSON, {"content-type": 'Application/JSON; charset="UTF-8"'}):
            answer = await server.ask("POST", "/api/act", content=msgspec.json.encode(ACT), headers=headers)
            assert answer.json() == {"data": ACT}

    async def test_a_byte_order_mark_is_ignored(self, server: Portal) -> None:
        body = b"\xef\xbb\xbf" + msgspec.json.encode(ACT)

        assert (await server.ask("POST", "/api/act", content=body, headers=self.JSON)).json() == {"data": ACT}

    @pytest.mark.parametrize(
        "kind", ["text/plain", "application/xml", "", "application/json; charset=latin-1", "*/*"]
    )
    async def test_another_media_type_is_refused(self, server: Portal, kind: str) -> None:
        answer = await server.ask("POST", "/api/act", content=b"{}", headers={"content-type": kind})

        assert (answer.status_code, error_of(answer)["type"]) == (415, "unsupported_media_type")

    async def test_a_compressed_body_is_refused(self, server: Portal) -> None:
        headers = {**self.JSON, "content-encoding": "gzip"}
        answer = await server.ask("POST", "/api/act", content=b"\x1f\x8b", headers=headers)

        assert (answer.status_code, error_of(answer)["type"]) == (415, "compressed_not_accepted")

    async def test_a_missing_body_is_no_json_where_one_is_needed(self, server: Portal) -> None:
        answer = await server.ask("POST", "/api/act")

        assert (answer.status_code, error_of(answer)["type"]) == (400, "bad_json")
        assert (await server.ask("POST", "/api/nothing")).status_code == 200

    @pytest.mark.sr("SR-AC-06")
    async def test_sr_ac_06_an_unknown_field_is_422(self, server: Portal) -> None:
        answer = await server.ask("POST", "/api/act", json={**ACT, "role": "PR-SO"})

        assert (answer.status_code, error_of(answer)["type"]) == (422, "unknown_field")

    @pytest.mark.parametrize("value", [1, 1.5, {"a": 1}, [1], [True], [["a"]]])
    async def test_values_are_not_converted(self, server: Portal, value: object) -> None:
        answer = await server.ask("POST", "/api/act", json={**ACT, "values": {"x": value}})

        assert (answer.status_code, error_of(answer)["type"]) == (422, "validation_failed")

    @pytest.mark.sr("SR-NET-14")
    async def test_ambiguous_framing_is_refused(self, server: Portal) -> None:
        for extra in ([("content-length", "2"), ("content-length", "2")], [("content-length", "+2")]):
            answer = await server.ask("POST", "/api/act", headers=[*self.JSON.items(), *extra], content=b"")
            assert (answer.status_code, error_of(answer)["type"]) == (400, "bad_request")

    async def test_a_client_that_goes_away_is_let_go(self) -> None:
        sent: list[object] = []

        async def receive() -> dict[str, object]:
            return {"type": "http.disconnect"}

        async def send(message: object) -> None:
            sent.append(message)

        headers = [(b"content-type", b"application/json"), (b"content-length", b"10")]
        scope = {
            "type": "http",
            "method": "POST",
            "path": "/api/act",
            "headers": headers,
            "query_string": b"",
        }
        await Portal().gate(scope, receive, send)

        assert sent == []


class TestAddress:
    """SR-SESS-01, SR-IN-07: no token in the address, no key twice."""

    @pytest.mark.sr("SR-SESS-01")
    @pytest.mark.parametrize(
        "key", ["token", "flow_token", "access_token", "step_token", "Authorization", "password"]
    )
    async def test_sr_sess_01_a_key_that_names_a_secret(self, server: Portal, key: str) -> None:
        answer = await server.ask("GET", f"/api/things/x?{key}=1")

        assert (answer.status_code, error_of(answer)["type"]) == (400, "token_in_url")

    @pytest.mark.sr("SR-SESS-01")
    async def test_sr_sess_01_anything_that_has_the_shape_of_a_token(self, server: Portal) -> None:
        for path in (f"/api/things/{new_token()}", f"/api/things/x?q={new_token()}", f"/{new_token()}/x"):
            assert error_of(await server.ask("GET", path))["type"] == "token_in_url"

    async def test_ids_and_the_step_token_of_a_poll_are_no_such_tokens(self, server: Portal) -> None:
        for path in (f"/api/things/{new_id()}", f"/api/things/x?after={new_token()}"):
            assert (await server.ask("GET", path)).status_code == 200

    @pytest.mark.sr("SR-IN-07")
    @pytest.mark.parametrize("query", ["a=1&a=2", "a", "a=1&&b=2", "=1&=2"])
    async def test_sr_in_07_a_query_that_can_be_read_two_ways(self, server: Portal, query: str) -> None:
        answer = await server.client.get(f"/api/hello?{query}")

        assert (answer.status_code, error_of(answer)["type"]) == (400, "bad_request")


class TestOrigin:
    """SR-NET-15: a page of another origin changes nothing."""

    @pytest.mark.sr("SR-NET-15")
    @pytest.mark.parametrize(
        "origin",
        ["http://evil.example", "null", "https://127.0.0.1:8000", "http://127.0.0.1", "http://127.0.0.1:9"],
    )
    async def test_sr_net_15_another_origin(self, server: Portal, origin: str) -> None:
        answer = await server.ask("POST", "/api/act", json=ACT, headers={"origin": origin})

        assert (answer.status_code, error_of(answer)["type"]) == (403, "origin_refused")

    async def test_the_own_origin_and_none_at_all(self, server: Portal) -> None:
        for headers in ({}, {"origin": "http://127.0.0.1:8000"}):
            assert (await server.ask("POST", "/api/act", json=ACT, headers=headers)).status_code == 200

    async def test_a_name_that_was_rebound_to_loopback(self, server: Portal) -> None:
        headers = {"origin": "http://evil.example:8000", "host": "evil.example:8000"}

        assert (await server.ask("POST", "/api/act", json=ACT, headers=headers)).status_code == 403

    async def test_reading_is_not_concerned(self, server: Portal) -> None:
        assert (
            await server.ask("GET", "/api/hello", headers={"origin": "http://evil.example"})
        ).status_code == 200


class TestFaults:
    """Failures that a training switches on."""

    async def test_the_next_answers_fail_and_then_no_more(self, server: Portal) -> None:
        server.faults.set(Faults(fail_next=2))

        statuses = [(await server.ask("GET", "/api/hello")).status_code for _ in range(3)]

        assert statuses == [500, 500, 200]

    async def test_an_outage_ends_by_itself(self) -> None:
        seconds = [100.0]
        server = Portal()
        server.gate = Gate(portal(), SETTINGS, server.clock, FaultSwitch(monotonic=lambda: seconds[0]))
        faults = server.gate._faults
        assert faults is not None
        faults.set(Faults(outage_s=30))
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app=server.gate), base_url="http://127.0.0.1"
        ) as client:
            assert (await client.get("/api/hello")).status_code == 503
            assert (await client.get("/demo/nothing-here")).status_code == 404
            seconds[0] += 29.5
            assert faults.get() == Faults(outage_s=1)
            assert (await client.get("/api/hello")).headers["retry-after"] == "1"
            seconds[0] += 1
            assert (await client.get("/api/hello")).status_code == 200
            assert faults.get() == Faults()

    async def test_latency_delays_the_portal(self, server: Portal) -> None:
        server.faults.set(Faults(latency_ms=30))
        started = asyncio.get_running_loop().time()

        assert (await server.ask("GET", "/api/hello")).status_code == 200
        assert asyncio.get_running_loop().time() - started >= 0.03

    @pytest.mark.parametrize(
        "faults", [Faults(latency_ms=-1), Faults(outage_s=3601), Faults(fail_next=10_001)]
    )
    def test_a_value_out_of_range_changes_nothing(self, faults: Faults) -> None:
        switch = FaultSwitch()
        with pytest.raises(RequestRefused):
            switch.set(faults)

        assert switch.get() == Faults()


async def test_other_scopes(server: Portal) -> None:
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "lifespan.startup"} if not sent else {"type": "lifespan.shutdown"}

    async def send(message: Any) -> None:
        sent.append(message)

    await server.gate({"type": "websocket", "path": "/", "headers": []}, receive, send)
    assert sent == [{"type": "websocket.close", "code": 1008}]

    sent.clear()
    await server.gate({"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}, receive, send)
    assert [message["type"] for message in sent] == [
        "lifespan.startup.complete",
        "lifespan.shutdown.complete",
    ]
