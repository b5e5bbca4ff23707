"""Every documented operation, asked with what fits its schema and what does not: never a 5xx (FZ, S-14).

The requests are made by schemathesis from the document at `/schema`; they are sent with a good flow token,
with a made-up one and with none.
"""

import json
import unicodedata
from collections.abc import AsyncIterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.core import NOT_SET

from mock_server.figures import Figures
from tests.support.portal import RunningPortal, portal

OPERATIONS = [
    ("GET", "/api/health"),
    ("GET", "/api/flow"),
    ("POST", "/api/flow"),
    ("POST", "/api/flow/act"),
    ("POST", "/api/flow/list"),
    ("POST", "/api/flow/resume"),
    ("GET", "/api/reports/{report_id}"),
    ("GET", "/api/reports/{report_id}/explain"),
    ("GET", "/api/files/{file_id}"),
    ("GET", "/demo/outbox"),
    ("GET", "/demo/personas"),
    ("GET", "/demo/clock"),
    ("POST", "/demo/clock"),
    ("POST", "/demo/reset"),
    ("GET", "/demo/faults"),
    ("PUT", "/demo/faults"),
]
UNCLEAN = ("Cc", "Cf", "Cs", "Zl", "Zp")


@pytest.fixture
async def running() -> AsyncIterator[RunningPortal]:
    """A demo portal."""
    async with portal() as server:
        yield server


async def document(running: RunningPortal) -> dict[str, Any]:
    """The OpenAPI document."""
    response = await running.http.get("/schema")
    assert response.status_code == 200
    found: dict[str, Any] = response.json()
    return found


async def test_every_operation_is_listed_here(running: RunningPortal) -> None:
    paths = (await document(running))["paths"]
    assert sorted((method.upper(), path) for path, found in paths.items() for method in found) == sorted(
        OPERATIONS
    )


_STRATEGIES: dict[tuple[str, str], st.SearchStrategy[Any]] = {}


async def strategy(running: RunningPortal, method: str, path: str) -> st.SearchStrategy[Any]:
    """Requests for an operation; made once, reading the document is slow."""
    if (method, path) not in _STRATEGIES:
        schema = schemathesis.openapi.from_dict(await document(running))
        _STRATEGIES[method, path] = schema[path][method].as_strategy()
    return _STRATEGIES[method, path]


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
@given(data=st.data())
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
async def test_no_request_breaks_the_server(
    running: RunningPortal, method: str, path: str, data: st.DataObject
) -> None:
    case = data.draw(await strategy(running, method, path))
    walk = await running.walk()
    token = data.draw(st.sampled_from([walk.token, "A" * 43, None]))
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    query = {name: value for name, value in (case.query or {}).items() if name != "wait"}
    options: dict[str, Any] = {"params": query, "headers": headers}
    if case.body is not NOT_SET:
        options["content"] = json.dumps(case.body)
        options["headers"] = {**headers, "Content-Type": "application/json"}
    response = await running.http.request(method, case.formatted_path, **options)
    await running.http.put("/demo/faults", json={})
    assert response.status_code < 500, response.text
    body = response.json()
    assert body.keys() <= {"data", "error"}
    if response.status_code >= 400:
        assert body["error"]["type"]
        assert {name: body["error"][name] for name in ("message", "request_id")}
        bad = {c for c in body["error"]["message"] if unicodedata.category(c) in UNCLEAN}
        assert bad == set()


@pytest.mark.sr("SR-IN-01")
async def test_everything_a_request_may_carry_is_bounded(running: RunningPortal) -> None:
    found = await document(running)
    schemas = found["components"]["schemas"]
    requests = [
        operation["requestBody"]["content"]["application/json"]["schema"]
        for path in found["paths"].values()
        for operation in path.values()
        if "requestBody" in operation
    ]
    assert len(requests) == 7
    for schema in requests:
        name = schema["$ref"].rsplit("/", 1)[-1]
        found_open = [place for place in unbounded(schemas[name], name) if not place.startswith("Act.values")]
        assert found_open == []


@pytest.mark.sr("SR-IN-01")
@pytest.mark.parametrize(
    "values",
    [
        {"a": ["x" * 201]},
        {"a": ["x"] * 1001},
        {"k" * 65: "x"},
        {f"k{number}": "x" for number in range(65)},
    ],
)
async def test_the_values_of_an_action_are_bounded_though_the_document_cannot_say_it(
    running: RunningPortal, values: dict[str, Any]
) -> None:
    walk = await running.walk()
    body = {"state": "S-LAND", "step_token": walk.screen.step_token, "action": "login", "values": values}
    call = await walk.send(body)
    assert (call.status, call.body["error"]["type"]) == (422, "validation_failed")


def unbounded(schema: dict[str, Any], place: str) -> list[str]:
    """Places of strings, numbers, arrays and maps without a limit."""
    found: list[str] = []
    kind = schema.get("type")
    if kind == "string" and not {"maxLength", "enum", "const"} & schema.keys():
        found.append(place)
    if kind in ("integer", "number") and not {"minimum", "maximum"} <= schema.keys():
        found.append(place)
    if kind == "array" and "maxItems" not in schema:
        found.append(place)
    for name, part in schema.get("properties", {}).items():
        found += unbounded(part, f"{place}.{name}")
    for key in ("oneOf", "anyOf"):
        for part in schema.get(key, []):
            found += unbounded({**part, **({"maxLength": 1} if "maxLength" in schema else {})}, place)
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            found += unbounded(schema[key], f"{place}[]")
    return found


async def test_the_document_says_who_may_call(running: RunningPortal) -> None:
    found = await document(running)
    assert found["components"]["securitySchemes"]["flow_token"]["scheme"] == "bearer"
    for method, path in OPERATIONS:
        operation = found["paths"][path][method.lower()]
        opens = path.startswith("/demo") or (method, path) in {("GET", "/api/health"), ("POST", "/api/flow")}
        assert bool(operation.get("security")) != opens, path


@pytest.mark.scenario("P-DEMO-02")
@pytest.mark.parametrize(("method", "path"), [found for found in OPERATIONS if found[1].startswith("/demo")])
async def test_p_demo_02_without_the_flag_the_controls_do_not_exist(method: str, path: str) -> None:
    async with portal(demo=False) as running:
        call = await running.call(method, path, json={} if method != "GET" else None)
        missing = await running.call(method, "/no/such/path", json={} if method != "GET" else None)
        assert call.status == missing.status == 404
        for answer in (call, missing):
            answer.body["error"].pop("request_id")
        assert call.body == missing.body


@pytest.mark.scenario("P-DEMO-02")
async def test_p_demo_02_without_the_flag_no_persona_can_sign_in() -> None:
    async with portal(demo=False) as running:
        walk = await (await running.walk()).to_password("demo.grouprep")
        assert (await walk.send_password()).code == "E-AUTH-01"


async def test_a_long_poll_has_its_longest_wait() -> None:
    async with portal(figures=Figures().with_values({"session.poll_s": 3})) as running:
        walk = await running.walk()
        for wait, status in (("3", 200), ("3.01", 422), ("-1", 422), ("nan", 422), ("x", 422)):
            path = f"/api/flow?after=not-the-present-token&wait={wait}"
            assert (await running.call("GET", path, walk.token)).status == status, wait


async def test_wrong_methods_and_unknown_paths_are_refused_in_the_envelope(running: RunningPortal) -> None:
    for method, path, status in (
        ("GET", "/api/flow/act", 405),
        ("DELETE", "/api/flow", 405),
        ("POST", "/api/reports/x", 405),
        ("GET", "/api/nothing", 404),
    ):
        call = await running.call(method, path)
        assert call.status == status
        assert call.body["error"]["code"] is None
