"""Hostile values in every field of every state: refused by name, nothing changed, nothing unclean echoed.

What a value may contain is decided per field; what an answer may contain is the same everywhere: no control
or formatting characters, no lone surrogates, no full TIN (security specification 2.6, SR-PII-02).
"""

import json
import re
import unicodedata
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from client.messages.screen import Field, Screen
from mock_server.store import tables
from tests.support.portal import RunningPortal, Walk
from tests.support.stations import ALDER, STATIONS, HeldReport, at

SUBMITTED = {
    "S-USER": "next",
    "S-PASS": "send",
    "S-CODE": "log_in",
    "S-PWEXP": "save",
    "S-REAUTH": "confirm",
    "S-ORGTYPE": "next",
    "S-ORGPICK": "search",
    "S-RPTSEL": "next",
    "S-ATTEST": "confirm",
}
"""States with fields, and the action that submits them."""

GOOD: dict[str, Any] = {
    "user_id": "demo.grouprep",
    "password": "not-the-password",
    "mfa_type": "email",
    "code": "000000",
    "new_password": "short",
    "confirm_password": "short",
    "org_type": "practice",
    "search": "alder",
    "match_case": False,
    "org_ids": [ALDER],
    "year": "2011",
    "report": "R-PQRS-2011",
    "action": "view",
    "purpose": "ce",
}

HOSTILE_TEXT = [
    "\x1b[2J\x1b]0;owned\x07",
    "a\x00b",
    "line\nbreak\r\n",
    "\x9b31m",
    "\u202eright-to-left",
    "zero\u200bwidth",
    "\ufeffmark",
    "sep\u2028arator",
    "tag\U000e0041",
    "x" * 65_000,
    "\u0301" * 300,
    "%s%n{0}{user.__class__}",
    "'; DROP TABLE accounts; --",
    "../../etc/passwd",
    "[bold]markup[/bold][@click=app.quit]x[/]",
    "<script>alert(1)</script>",
    "000104802",
    "00-0104802",
]

WRONG_TYPES: list[Any] = [True, False, [], ["a"], ["a", "b"], None, ""]

UNCLEAN = ("Cc", "Cf", "Cs", "Zl", "Zp")
FULL_TIN = re.compile(r"(?<!\d)(?:\d{9}|\d{2}-\d{7})(?!\d)")
VALIDATION = {"E-VAL-01", "E-VAL-02", "E-VAL-03", "E-VAL-04"}
OWN_WORDS = {"E-ATT-01", "E-AUTH-01", "E-AUTH-02", "E-AUTH-03", *(f"E-PW-0{n}" for n in (1, 2, 3, 7))}
"""Refusals that are not about a field's form: passwords may hold anything, a purpose has its own words."""


def fields_of(state: str) -> list[str]:
    """Ids of the fields that a state sends."""
    return {
        "S-USER": ["user_id"],
        "S-PASS": ["password", "mfa_type"],
        "S-CODE": ["code"],
        "S-PWEXP": ["new_password", "confirm_password"],
        "S-REAUTH": ["password"],
        "S-ORGTYPE": ["org_type"],
        "S-ORGPICK": ["search", "match_case", "org_ids"],
        "S-RPTSEL": ["year", "report", "action"],
        "S-ATTEST": ["purpose"],
    }[state]


def assert_clean(text: str) -> None:
    """No character that a terminal would act on, no full TIN."""
    bad = {character for character in text if unicodedata.category(character) in UNCLEAN}
    assert bad == set()
    assert FULL_TIN.findall(text) == []


def strings_in(value: object) -> list[str]:
    """Every string of a JSON value."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in strings_in(item)]
    if isinstance(value, list):
        return [text for item in value for text in strings_in(item)]
    return []


def assert_answer_clean(walk: Walk) -> None:
    """Nothing unclean in any string of the last answer, but an identifier may be any 32 hex digits."""
    for text in strings_in(walk.last.body):
        if not re.fullmatch(r"[0-9a-f]{32}|[A-Za-z0-9_-]{24,43}|[a-z2-7]{26}", text):
            assert_clean(text)


def substance(screen: Screen) -> dict[str, Any]:
    """What must not change by a refused value: the state and whose it is."""
    return {"state": screen.state, "login": screen.login and screen.login.user_id, "org": screen.org}


async def send_hostile(walk: Walk, state: str, values: dict[str, Any]) -> None:
    """Submit, and check what a refusal of it may look like."""
    before = substance(walk.screen)
    call = await walk.act(SUBMITTED[state], values)
    assert call.status < 500
    assert_answer_clean(walk)
    if call.status == 200:
        return
    assert set(walk.codes) <= VALIDATION | OWN_WORDS, walk.codes
    assert substance(walk.screen) == before
    assert len(json.dumps(call.body)) < 30_000


CASES = [(state, field) for state in SUBMITTED for field in fields_of(state)]


@pytest.mark.parametrize(("state", "field"), CASES, ids=lambda part: str(part))
async def test_hostile_text_in_every_field(running: RunningPortal, state: str, field: str) -> None:
    walk = await at(running, state)
    for text in HOSTILE_TEXT:
        if walk.screen.state != state:
            walk = await fresh(running, state)
        await send_hostile(walk, state, {**good_for(state), field: text})
        running.security.advance(1)


@pytest.mark.parametrize(("state", "field"), CASES, ids=lambda part: str(part))
async def test_wrong_types_in_every_field(running: RunningPortal, state: str, field: str) -> None:
    walk = await at(running, state)
    shape = walk.screen.field(field)
    assert shape is not None
    for value in WRONG_TYPES:
        if walk.screen.state != state:
            walk = await fresh(running, state)
        await send_hostile(walk, state, {**good_for(state), field: value})
        if not fits(shape, value):
            assert walk.last.status == 422, value
            assert field in {error.field for error in walk.screen.errors}, value


def fits(shape: Field, value: object) -> bool:
    """Whether the contract allows a value of this type for the field."""
    if shape.kind == "checkbox":
        return value is None or isinstance(value, bool)
    if shape.kind == "picker":
        return value is None or isinstance(value, list)
    return not shape.required and value in (None, "")


def good_for(state: str) -> dict[str, Any]:
    """Values of a well-formed submission of that state."""
    return {name: GOOD[name] for name in fields_of(state)}


async def fresh(running: RunningPortal, state: str) -> Walk:
    """The state once more, after the portal was reset."""
    await running.reset()
    return await at(running, state)


@pytest.mark.parametrize(
    "body",
    [
        b'{"state": "S-LAND", "step_token": "x", "action": "login", "values": {"a": 1}}',
        b'{"state": "S-LAND", "step_token": "x", "action": "login", "values": {"a": 1.5}}',
        b'{"state": "S-LAND", "step_token": "x", "action": "login", "values": {"a": {"b": "c"}}}',
        b'{"state": "S-LAND", "step_token": "x", "action": "login", "values": {"a": [1]}}',
        b'{"state": "S-LAND", "step_token": "x", "action": "login", "values": []}',
        b'{"state": "S-LAND", "step_token": "x", "action": null}',
        b'{"state": 1, "step_token": "x", "action": "login"}',
        b'{"state": "S-LAND", "action": "login"}',
        b'{"state": "S-LAND", "step_token": "x", "action": "login", "role": "SO"}',
        b'{"state": "S-LAND", "step_token": "x", "action": "login", "values": {"a": "\\ud800"}}',
        b'{"state": "S-LAND", "step_token": "x", "action": "login", "values": {"a": NaN}}',
        b'{"state": "S-LAND", "step_token": "x", "action": "login", "values": '
        + b'{"a":' * 40
        + b"1"
        + b"}" * 41,
        b"[" * 100_000,
        b"",
        b"\xff\xfe",
        b"null",
        b'"text"',
    ],
)
async def test_bodies_of_another_shape_are_refused(running: RunningPortal, body: bytes) -> None:
    walk = await running.walk()
    before = walk.screen
    headers = {"Content-Type": "application/json"}
    call = await running.call("POST", "/api/flow/act", walk.token, content=body, headers=headers)
    assert call.status in (400, 422), call.body
    assert call.body["error"]["type"] in ("bad_json", "validation_failed", "unknown_field")
    await walk.read()
    assert walk.screen == before


@pytest.mark.sr("SR-AC-06")
async def test_unknown_fields_are_refused_unknown_values_ignored(running: RunningPortal) -> None:
    walk = await running.walk()
    body = {"state": "S-LAND", "step_token": walk.screen.step_token, "action": "login", "admin": True}
    assert (await walk.send(body)).body["error"]["type"] == "unknown_field"
    started = await running.call("POST", "/api/flow", json={"client": "tui", "role": "SO"})
    assert (started.status, started.body["error"]["type"]) == (422, "unknown_field")
    walk = await at(running, "S-USER")
    await walk.act("next", user_id="demo.grouprep", password_ok=True, org_ids=[ALDER], state_to="S-HOME")
    assert walk.screen.state == "S-PASS"  # F-GEN-04


@pytest.mark.sr("SR-AC-06")
async def test_client_ids_are_limited(running: RunningPortal) -> None:
    for client_id, status in (("x" * 64, 201), ("x" * 65, 422), ("\x1b" * 3, 201)):
        call = await running.call("POST", "/api/flow", json={"client": "api", "client_id": client_id})
        assert call.status == status
        assert "\x1b" not in json.dumps(call.body, ensure_ascii=False)
    assert (await running.call("POST", "/api/flow", json={"client": "browser"})).status == 422


ANY_TEXT = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("\x00\x07\x1b\x7f\x9b\u200b\u202e\u2028[]{}%'\"\\/0123456789-"),
    ),
    max_size=200,
)
ANY_VALUE = st.one_of(ANY_TEXT, st.booleans(), st.none(), st.lists(ANY_TEXT, max_size=4))


EFFECTS = (tables.accounts, tables.grants, tables.devices, tables.logins, tables.attestations, tables.runs)
"""Tables that no value of a single field may change here."""

_STANDING: dict[tuple[str, int], Walk] = {}
"""A walk that stands at a state, kept from one example to the next."""


@pytest.mark.sr("SR-IN-04")
@pytest.mark.parametrize("state", ["S-USER", "S-CODE", "S-ORGTYPE", "S-ORGPICK", "S-RPTSEL", "S-ATTEST"])
@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_value_is_answered_cleanly(running: RunningPortal, state: str, data: st.DataObject) -> None:
    key = (state, running.audited_before)
    walk = _STANDING.get(key)
    if walk is None or walk.screen.state != state:
        running.security.advance(400)
        walk = _STANDING[key] = await at(running, state)
    before = [await running.count(table) for table in EFFECTS]
    values = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(fields_of(state), ANY_VALUE)))
    await send_hostile(walk, state, values)
    assert [await running.count(table) for table in EFFECTS] == before


@pytest.mark.parametrize("state", list(STATIONS))
async def test_every_screen_is_clean(running: RunningPortal, held: HeldReport, state: str) -> None:
    if state == "S-REPORT":
        held.release.set()
    walk = await at(running, state)
    await walk.read(background=True)
    assert_answer_clean(walk)
