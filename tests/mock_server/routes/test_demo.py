"""The demo controls on the wire (SR-CFG-03, F-OUT-01, TM-03)."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar

from client.messages.calls import ClockSetting, ClockState, Faults, Health, OutboxMessage, Personas, Reset
from mock_server.asgi import Gate
from mock_server.clocks import SCENARIOS, FrozenSecurityClock, eastern
from mock_server.error_handlers import exception_handlers
from mock_server.routes.demo import demo_router
from mock_server.settings import ServerSettings
from mock_server.strict_request import StrictRequest

SETTINGS = ServerSettings(database=":memory:", data_dir=Path("unused"), demo=True)
CLOCKS = ClockState(
    business_now=eastern(SCENARIOS["SC-2018"]),
    mode="frozen",
    scenario="SC-2018",
    security_now=SCENARIOS["SC-2018"],
)
MESSAGE = OutboxMessage(
    id="m1", channel="email", to_masked="d***@example.org", kind="code", subject="Your security code",
    body="Your security code is 564123.", code="564123", live=True, created_at=CLOCKS.business_now,
)  # fmt: skip


class Control:
    """Records what it was asked."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    async def outbox(self, user_id: str | None, after: str | None, wait_s: int) -> list[OutboxMessage]:
        self.asked.append((user_id, after, wait_s))
        return [MESSAGE]

    async def personas(self) -> Personas:
        return Personas(password="Walnut-Harbor-2468", authenticator_secret="GEZDGNBV", personas=[])

    async def clocks(self) -> ClockState:
        return CLOCKS

    async def set_clock(self, setting: ClockSetting) -> ClockState:
        self.asked.append(setting)
        return CLOCKS

    async def reset(self, reset: Reset) -> Health:
        self.asked.append(reset)
        return Health(status="ready")

    async def faults(self) -> Faults:
        return Faults()

    async def set_faults(self, faults: Faults) -> Faults:
        self.asked.append(faults)
        return faults


@pytest.fixture
def control() -> Control:
    return Control()


def client_of(
    control: Control, peer: str = "127.0.0.1", base: str = "http://127.0.0.1:8000"
) -> httpx.AsyncClient:
    app: Any = Litestar(
        [demo_router(control)],
        exception_handlers=exception_handlers(),
        request_class=StrictRequest,
        logging_config=None,
    )
    gate = Gate(app, SETTINGS, FrozenSecurityClock())
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=gate, client=(peer, 5000)), base_url=base)


@pytest.fixture
async def client(control: Control) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(control) as made:
        yield made


PATHS = ("/demo/outbox", "/demo/personas", "/demo/clock", "/demo/faults")


@pytest.mark.sr("SR-CFG-03")
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("peer", "base"),
    [
        ("10.0.0.7", "http://127.0.0.1:8000"),
        ("127.0.0.1", "http://rebound.example:8000"),
        ("127.0.0.1", "http://127.0.0.1.example:8000"),
        ("::ffff:10.0.0.7", "http://localhost"),
    ],
)
async def test_p_demo_02_nobody_from_elsewhere_sees_the_controls(
    control: Control, path: str, peer: str, base: str
) -> None:
    async with client_of(control, peer, base) as outsider:
        refused = await outsider.get(path)
        unknown = await outsider.get("/demo/nothing-here")

    assert (refused.status_code, refused.json()["error"]["type"]) == (404, "not_found")
    assert unknown.json()["error"].keys() == refused.json()["error"].keys()
    assert unknown.json()["error"]["message"] == refused.json()["error"]["message"]
    assert control.asked == []


@pytest.mark.parametrize(
    ("peer", "base"), [("127.0.0.1", "http://localhost:1"), ("::1", "http://[::1]:8000")]
)
async def test_every_loopback_name_is_this_machine(control: Control, peer: str, base: str) -> None:
    async with client_of(control, peer, base) as local:
        assert [(await local.get(path)).status_code for path in PATHS] == [200] * 4


async def test_f_out_03_the_outbox_is_asked_for_one_user_after_one_message(
    control: Control, client: httpx.AsyncClient
) -> None:
    answer = await client.get(
        "/demo/outbox", params={"user_id": "demo.grouprep", "after": "m0", "wait": "25"}
    )

    assert control.asked == [("demo.grouprep", "m0", 25)]
    assert answer.json()["data"][0]["code"] == "564123"
    await client.get("/demo/outbox")
    assert control.asked[1] == (None, None, 0)


@pytest.mark.parametrize("query", ["wait=26", "wait=-1", "wait=x", "user_id=" + "x" * 201])
async def test_a_parameter_out_of_range_is_refused(
    control: Control, client: httpx.AsyncClient, query: str
) -> None:
    answer = await client.get(f"/demo/outbox?{query}")

    assert (answer.status_code, answer.json()["error"]["type"]) == (422, "validation_failed")
    assert control.asked == []


async def test_tm_03_the_clock_is_set_by_scenario_or_by_instant(
    control: Control, client: httpx.AsyncClient
) -> None:
    answer = await client.post("/demo/clock", json={"scenario": "SC-2012", "mode": "frozen", "rebase": False})

    assert answer.status_code == 200
    assert answer.json()["data"]["business_now"] == "2018-10-01T10:00:00-04:00"
    assert control.asked == [ClockSetting(scenario="SC-2012", mode="frozen", rebase=False)]


@pytest.mark.parametrize(
    "setting",
    [
        {"scenario": "SC-2012", "business": "2012-11-15"},
        {"advance_security_s": -1},
        {"mode": "fast"},
        {"advance_security_s": True},
        {"zone": "UTC"},
    ],
)
async def test_tm_03_other_settings_are_refused(
    control: Control, client: httpx.AsyncClient, setting: dict[str, object]
) -> None:
    assert (await client.post("/demo/clock", json=setting)).status_code == 422
    assert control.asked == []


async def test_reset_and_faults_reach_the_control(control: Control, client: httpx.AsyncClient) -> None:
    assert (await client.post("/demo/reset", json={"code_seed": "film"})).json()["data"]["status"] == "ready"
    assert (await client.put("/demo/faults", json={"outage_s": 5})).json()["data"]["outage_s"] == 5
    assert control.asked == [Reset(code_seed="film"), Faults(outage_s=5)]


async def test_the_published_values_of_the_personas(client: httpx.AsyncClient) -> None:
    assert (await client.get("/demo/personas")).json()["data"]["password"] == "Walnut-Harbor-2468"
