"""The typed calls: envelopes, repeats, limits, addresses (W-1 to W-9, RF-09, RF-22, SR-NET-03 to -09)."""

import gzip
import hashlib
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from client.address import checked_address
from client.errors import (
    BadServerReply,
    DamagedDownload,
    PortalUnreachable,
    Refused,
    ResponseTooLarge,
    SessionEnded,
    UnsafeAddress,
)
from client.messages.calls import Act, ClockSetting, ErrorBody, Faults, Health, ListOrganizations, Reset
from client.messages.screen import Download, Problem, Table
from client.portal import Connection, Portal
from client.retry import RetryPolicy
from tests.client.scripted import NOW, Answer, FakeTime, Script, data, flow, portal, refused, screen

ACT = Act(state="S-LAND", step_token="step-1", action="login")
LOST = httpx.ConnectError("refused")


def json(content: bytes, status: int = 200, content_type: str = "application/json") -> httpx.Response:
    return httpx.Response(
        status, headers={"content-type": content_type, "x-request-id": "R7"}, content=content
    )


# The flow


async def test_w_2_a_flow_begins_without_a_token_and_goes_on_with_it() -> None:
    script = Script(flow(screen(), token="token-1", status=201), flow(screen("S-TERMS")))
    made = portal(script, launch_key="key-1")
    assert (await made.start("plain", "installation-1")).state == "S-LAND"
    assert (await made.act(ACT)).screen.state == "S-TERMS"
    start, act = script.asked
    assert script.body(0) == {"client": "plain", "client_id": "installation-1"}
    assert "authorization" not in start.headers
    assert act.headers["authorization"] == "Bearer token-1"
    assert {request.headers["x-qportal-launch-key"] for request in script.asked} == {"key-1"}


async def test_w_3_a_new_token_replaces_the_old_one() -> None:
    script = Script(
        flow(screen(), token="token-1"), flow(screen("S-HOME"), token="token-2"), flow(screen("S-HOME"))
    )
    made = portal(script)
    await made.start("tui")
    await made.act(ACT)
    await made.read()
    assert [request.headers.get("authorization") for request in script.asked[1:]] == [
        "Bearer token-1",
        "Bearer token-2",
    ]


async def test_w_1_a_refusal_with_a_screen_is_an_answer() -> None:
    refusal = ErrorBody(type="auth_failed", code="E-AUTH-01", message="No.")
    page = screen("S-PASS", errors=[Problem(code="E-AUTH-01", text="No.")])
    answer = await portal(Script(flow(page, error=refusal, status=401))).act(ACT)
    assert answer.screen.errors[0].code == "E-AUTH-01"
    assert answer.error == refusal


@pytest.mark.parametrize(
    ("code", "kind"), [("E-SESS-01", "session_expired"), ("E-SESS-02", "session_revoked")]
)
async def test_w_3_the_end_of_a_session_is_raised(code: str, kind: str) -> None:
    with pytest.raises(SessionEnded) as raised:
        await portal(Script(refused(code, kind))).act(ACT)
    assert raised.value.problem == Problem(code=code, text=f"Refused: {code}.")


async def test_w_5_long_polls_and_background_reads() -> None:
    script = Script(flow(screen("S-BUSY")))
    await portal(script).read(after="step-1", wait=25, background=True)
    (request,) = script.asked
    assert dict(request.url.params) == {"after": "step-1", "wait": "25"}
    assert request.headers["x-background"] == "1"


async def test_a_waiting_problem_with_a_screen_is_shown_not_repeated() -> None:
    wait = ErrorBody(type="too_many_attempts", code="E-AUTH-02", message="Wait.")
    script = Script(flow(screen("S-PASS"), error=wait, status=429))
    assert (await portal(script).act(ACT)).error == wait
    assert len(script.asked) == 1


async def test_resume_uses_the_remembered_token() -> None:
    script = Script(flow(screen("S-REAUTH")))
    assert (await portal(script).resume("remembered", "tui")).state == "S-REAUTH"
    assert script.paths == ["POST /api/flow/resume"]
    assert script.asked[0].headers["authorization"] == "Bearer remembered"


# The other calls


async def test_calls_of_the_table() -> None:
    table = Table(columns=[], rows=[], page=1, pages=1, first=0, last=0, total=0, pager="0 - 0 of 0")
    assert await portal(Script(data(table))).list_organizations(ListOrganizations(search="x")) == table
    health = Health(status="ready", demo=True)
    assert await portal(Script(data(health))).reset(Reset()) == health
    faults = Faults(latency_ms=5)
    script = Script(data(faults))
    assert await portal(script).set_faults(faults) == faults
    assert await portal(script).faults() == faults
    assert script.paths == ["PUT /demo/faults", "GET /demo/faults"]
    assert script.body(0)["latency_ms"] == 5


async def test_demo_calls_carry_no_login_token() -> None:
    script = Script(flow(screen(), token="token-1"), data([]))
    made = portal(script)
    await made.start("tui")
    assert await made.outbox("demo.solo", after="m1", wait=3) == []
    assert "authorization" not in script.asked[1].headers
    assert dict(script.asked[1].url.params) == {"user_id": "demo.solo", "after": "m1", "wait": "3"}


async def test_sections_of_a_report_are_a_repeated_parameter() -> None:
    script = Script(refused("E-AUTHZ-02", "not_found", status=404))
    with pytest.raises(Refused):
        await portal(script).report("r/1", ["TIN", "0999010016"])
    assert script.asked[0].url.raw_path == b"/api/reports/r%2F1?section=TIN&section=0999010016"


async def test_health_is_an_answer_even_while_the_server_starts() -> None:
    script = Script(data(Health(status="starting", progress="Filling the directory"), status=503))
    assert (await portal(script).health()).progress == "Filling the directory"
    assert len(script.asked) == 1


# Repeats


@pytest.mark.sr("RF-09")
@pytest.mark.parametrize(
    "failure",
    [
        LOST,
        httpx.ConnectTimeout("slow"),
        httpx.ReadError("reset"),
        httpx.ReadTimeout("slow"),
        httpx.RemoteProtocolError("cut"),
        json(b"", 502, "text/html"),
        json(b"", 503, "text/html"),
        json(b"", 504, "text/html"),
        refused(None, "busy", status=503, retry_after="1"),
        refused(None, "busy", status=429, retry_after="9"),
    ],
    ids=lambda failure: (
        type(failure).__name__ if isinstance(failure, Exception) else str(failure.status_code)
    ),
)
async def test_rf_09_an_unanswered_action_is_repeated_as_it_was(failure: Answer) -> None:
    seen: list[Connection] = []
    script = Script(failure, failure, flow(screen("S-TERMS")))
    answer = await portal(script, on_connection=seen.append).act(ACT)
    assert answer.screen.state == "S-TERMS"
    assert len({request.content for request in script.asked}) == 1
    assert seen == ["lost", "connected"]


@pytest.mark.sr("RF-09")
async def test_rf_09_waits_grow_and_the_server_may_ask_for_more() -> None:
    time = FakeTime()
    await portal(Script(LOST, LOST, LOST, LOST, LOST, flow(screen())), time=time).read()
    assert [round(wait, 2) for wait in time.slept] == [0.5, 1.0, 2.0, 4.0, 4.0]
    time = FakeTime()
    await portal(Script(refused(None, "busy", status=503, retry_after="7"), flow(screen())), time=time).read()
    assert time.slept == [7.0]


@pytest.mark.sr("RF-11")
async def test_w_9_after_thirty_seconds_the_portal_is_unreachable() -> None:
    time, seen = FakeTime(), list[Connection]()
    with pytest.raises(PortalUnreachable) as raised:
        await portal(Script(LOST), time=time, on_connection=seen.append).read()
    assert 26.0 <= sum(time.slept) < 30.0
    assert seen == ["lost", "unreachable"]
    assert raised.value.code == "E-NET-01"
    assert raised.value.sentence == "The portal cannot be reached. Your entries are kept."


async def test_a_call_that_takes_too_long_is_given_up() -> None:
    made = portal(Script(LOST), policy=RetryPolicy(budget_s=1e9, operation_s=0.0))
    with pytest.raises(PortalUnreachable):
        await made.read()


async def test_the_launcher_hears_of_a_lost_connection() -> None:
    made, lost = portal(Script(LOST, flow(screen()))), list[str]()
    made.on_lost = lambda: lost.append("lost")
    await made.read()
    assert lost == ["lost"]


@pytest.mark.parametrize("status", [400, 401, 404, 409, 422, 500])
async def test_other_refusals_are_not_repeated(status: int) -> None:
    script = Script(refused("E-RUN-01", "internal_error", status=status))
    with pytest.raises(Refused) as raised:
        await portal(script).read()
    assert raised.value.status == status
    assert len(script.asked) == 1


async def test_what_changes_the_demo_is_never_sent_twice() -> None:
    script = Script(LOST)
    with pytest.raises(PortalUnreachable):
        await portal(script).set_clock(ClockSetting(advance_security_s=60))
    assert len(script.asked) == 1


# Bad answers


@pytest.mark.sr("RF-22")
@pytest.mark.parametrize(
    "answer",
    [
        json(b""),
        json(b"<html>Sign in to this network</html>", content_type="text/html"),
        json(b"{}"),
        json(b"[]"),
        json(b'{"data": 1}'),
        json(b'{"data": {"screen": {"state": "S-LAND"}}}'),
        json(b'{"data": {"flow_token": "x"}'),
        json(b"\xff\xfe"),
        json(b'{"data": "\\ud800"}'),
        json(b'{"a":' * 100_000),
        json(b"{}", 500),
        json(b'{"data": null, "error": null}', 500),
        json(b'{"error": {"type": 1}}', 409),
        httpx.Response(404),
    ],
    ids=str,
)
async def test_rf_22_an_answer_that_is_not_the_portals(answer: httpx.Response) -> None:
    with pytest.raises(BadServerReply):
        await portal(Script(answer)).read()


async def test_a_bad_answer_names_its_request_and_not_its_content() -> None:
    with pytest.raises(BadServerReply) as raised:
        await portal(Script(json(b'{"data": {"password": "Walnut"}}'))).read()
    assert "R7" in raised.value.sentence
    assert "Walnut" not in str(raised.value)
    assert raised.value.__cause__ is None


@pytest.mark.sr("SR-NET-09")
async def test_sr_net_09_unknown_members_are_ignored() -> None:
    answer = flow(screen("S-TERMS"))
    grown = answer.content.replace(b'"state"', b'"later": {"x": 1}, "state"')
    assert (await portal(Script(json(grown))).read()).state == "S-TERMS"


@pytest.mark.sr("SR-TERM-02")
async def test_sr_term_02_no_control_character_comes_through() -> None:
    hostile = "\x1b]0;PWNED\x07 \u202e[@click=app.quit]x[/]"
    page = screen(title=hostile, intro=[hostile], notices=[])
    shown = await portal(Script(flow(page))).read()
    assert shown.title == "␛]0;PWNED␇ \ufffd[@click=app.quit]x[/]"
    assert shown.intro == [shown.title]


@pytest.mark.sr("SR-NET-06")
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_sr_net_06_redirects_are_not_followed(status: int) -> None:
    script = Script(httpx.Response(status, headers={"location": "http://127.0.0.1:9/"}))
    with pytest.raises(BadServerReply):
        await portal(script).read()
    assert len(script.asked) == 1


# Limits


class Stream(httpx.AsyncByteStream):
    """A body that comes piece by piece and counts what was taken."""

    def __init__(self, piece: bytes, times: int) -> None:
        self.piece, self.times, self.taken = piece, times, 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for _ in range(self.times):
            self.taken += 1
            yield self.piece


@pytest.mark.sr("SR-NET-08")
async def test_sr_net_08_an_endless_body_is_cut_off() -> None:
    stream = Stream(b" " * (1 << 20), 10_000)
    with pytest.raises(ResponseTooLarge):
        await portal(
            Script(httpx.Response(200, headers={"content-type": "application/json"}, stream=stream))
        ).read()
    assert stream.taken <= 66


@pytest.mark.sr("SR-NET-08")
async def test_sr_net_08_a_compression_bomb_is_cut_off() -> None:
    bomb = gzip.compress(b" " * (10 << 20))
    headers = {"content-type": "application/json", "content-encoding": "gzip"}
    with pytest.raises(ResponseTooLarge):
        await portal(Script(httpx.Response(200, headers=headers, stream=Stream(bomb, 1)))).read()


async def test_honest_compression_is_fine_and_foreign_one_is_not() -> None:
    body = flow(screen("S-TERMS")).content
    headers = {"content-type": "application/json", "content-encoding": "gzip"}
    packed = httpx.Response(200, headers=headers, stream=Stream(gzip.compress(body), 1))
    assert (await portal(Script(packed)).read()).state == "S-TERMS"
    damaged = httpx.Response(200, headers=headers, stream=Stream(b"no gzip", 1))
    foreign = httpx.Response(200, headers={**headers, "content-encoding": "br"}, stream=Stream(body, 1))
    for answer in (damaged, foreign):
        with pytest.raises(BadServerReply):
            await portal(Script(answer)).read()


@pytest.mark.sr("SR-NET-08")
async def test_sr_net_08_headers_have_a_limit() -> None:
    answer = flow(screen())
    answer.headers["x-padding"] = "x" * (16 * 1024)
    with pytest.raises(ResponseTooLarge):
        await portal(Script(answer)).read()


@pytest.mark.sr("SR-NET-07")
async def test_sr_net_07_nothing_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "SSL_CERT_FILE"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    script = Script(flow(screen()))
    await portal(script).read()
    assert len(script.asked) == 1
    assert script.asked[0].headers["accept-encoding"] == "gzip"


# Addresses


@pytest.mark.sr("SR-NET-04")
@pytest.mark.parametrize(
    ("address", "used"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://127.8.8.8/", "http://127.8.8.8"),
        ("http://localhost:1", "http://localhost:1"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://portal.example", "https://portal.example"),
        ("HTTPS://Portal.Example:8443/", "https://portal.example:8443"),
    ],
)
def test_sr_net_04_addresses_that_are_used(address: str, used: str) -> None:
    assert checked_address(address) == used


@pytest.mark.sr("SR-NET-04")
@pytest.mark.parametrize(
    "address",
    [
        "http://portal.example",
        "http://10.0.0.1:8000",
        "http://127.0.0.1.portal.example",
        "http://localhost.portal.example",
        "ftp://localhost",
        "localhost:8000",
        "",
        "https://user:word@portal.example",
        "https://portal.example/path",
        "https://portal.example?x=1",
        "http://127.0.0.1:port",
        "http://[::1",
    ],
)
def test_sr_net_04_addresses_that_are_refused(address: str) -> None:
    with pytest.raises(UnsafeAddress):
        checked_address(address)


def test_a11y_plain_17_loopback_is_known() -> None:
    assert Portal("http://127.0.0.1:8000").loopback
    assert not Portal("https://portal.example").loopback


# Time, secrets, files


@pytest.mark.sr("RF-15")
async def test_rf_15_countdowns_use_the_servers_date_and_the_monotonic_clock() -> None:
    time = FakeTime()
    made = portal(Script(flow(screen())), time=time)
    assert made.seconds_until(NOW) is None
    await made.read()
    time.now += 100
    assert made.seconds_until(NOW + timedelta(seconds=900)) == 800
    assert made.seconds_until(NOW) == -100


async def test_no_secret_is_in_a_representation() -> None:
    script = Script(flow(screen(), token="token-1"))
    made = portal(script, launch_key="key-1")
    await made.start("tui")
    assert repr(made) == "Portal('http://127.0.0.1:8000')"


def announced(content: bytes, **changes: object) -> Download:
    facts = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()} | changes
    return Download(file_id="f1", name="x.csv", media_type="text/csv", **facts)  # type: ignore[arg-type]


def file_answer(content: bytes) -> httpx.Response:
    return httpx.Response(200, headers={"content-type": "text/csv"}, content=content)


async def test_w_7_a_file_arrives_as_it_was_announced() -> None:
    content = b"a,b\r\n" * 50_000
    pieces = [piece async for piece in portal(Script(file_answer(content))).file(announced(content))]
    assert b"".join(pieces) == content


@pytest.mark.parametrize("changes", [{"bytes": 3}, {"sha256": "0" * 64}])
async def test_w_7_a_damaged_file_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(DamagedDownload):
        async for _ in portal(Script(file_answer(b"abcd"))).file(announced(b"abcd", **changes)):
            pass


async def test_w_7_a_file_that_is_not_ones_own_is_refused() -> None:
    with pytest.raises(Refused):
        async for _ in portal(Script(refused("E-AUTHZ-02", "not_found", status=404))).file(announced(b"")):
            pass


async def test_a_file_is_unreachable_without_a_connection() -> None:
    with pytest.raises(PortalUnreachable):
        async for _ in portal(Script(LOST)).file(announced(b"")):
            pass
