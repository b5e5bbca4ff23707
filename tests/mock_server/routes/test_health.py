"""`GET /api/health` (RF-04)."""

from typing import Any, Literal

import httpx
import pytest
from litestar import Litestar

from client.messages.calls import Health
from mock_server.clocks import SCENARIOS, eastern
from mock_server.routes.health import health_route


class Source:
    def __init__(self, status: Literal["starting", "ready", "shutting_down"]) -> None:
        self.status = status

    def health(self) -> Health:
        now = eastern(SCENARIOS["SC-2018"])
        return Health(
            status=self.status, progress="Preparing 310,184 practices", version="1", business_now=now
        )


async def answer_of(source: Source) -> httpx.Response:
    app: Any = Litestar([health_route(source)], logging_config=None)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://127.0.0.1"
    ) as client:
        return await client.get("/api/health")


async def test_a_ready_server_says_so_with_its_scenario_date() -> None:
    answer = await answer_of(Source("ready"))

    assert answer.status_code == 200
    assert answer.json() == {
        "data": {
            "status": "ready",
            "progress": "Preparing 310,184 practices",
            "version": "1",
            "demo": False,
            "business_now": "2018-10-01T10:00:00-04:00",
        }
    }


@pytest.mark.sr("RF-04")
@pytest.mark.parametrize("status", ["starting", "shutting_down"])
async def test_rf_04_a_server_that_is_not_ready_answers_503_and_why(
    status: Literal["starting", "shutting_down"],
) -> None:
    answer = await answer_of(Source(status))

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert answer.json()["data"]["status"] == answer.json()["error"]["type"] == status
