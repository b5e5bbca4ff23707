"""JSON bodies of the portal (SR-IN-03, table 7.6)."""

import time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.messages.calls import Act
from mock_server.figures import HttpFigures
from mock_server.json_bodies import checked_body, decode
from mock_server.refusals import RequestRefused

LIMITS = HttpFigures()
GOOD = {"state": "S-USER", "step_token": "t", "action": "next", "values": {"user_id": "demo.grouprep"}}


def refusal_of(body: bytes) -> RequestRefused:
    with pytest.raises(RequestRefused) as refused:
        decode(checked_body(body, LIMITS), Act)
    return refused.value


@pytest.mark.sr("SR-IN-03")
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b'{"a":NaN}', id="NaN"),
        pytest.param(b'{"values":' + b"[" * 32 + b"]" * 32 + b"}", id="33 levels"),
        pytest.param(b"[" * 100_000, id="100,000 open arrays"),
        pytest.param(b'{"values":{"n":' + b"1" * 5000 + b"}}", id="5,000 digits"),
        pytest.param(b'{"values":{"n":9007199254740993}}', id="beyond 2^53-1"),
        pytest.param(b'{"values":{"n":-9007199254740992}}', id="beyond -(2^53-1)"),
        pytest.param(b'{"state":"\\ud800"}', id="lone surrogate"),
        pytest.param(msgspec.json.encode(GOOD) + b"x", id="trailing"),
        pytest.param(b'{"a":1}x', id="trailing after an unknown field"),
        pytest.param(b"", id="empty"),
        pytest.param(b" \n", id="blank"),
        pytest.param(b'\xef\xbb\xbf\xef\xbb\xbf{"a":1}', id="two byte order marks"),
        pytest.param(b'{"state":"\xff"}', id="not UTF-8"),
        pytest.param(b'{"state":"' + b"a" * 65_537 + b'"}', id="string above 64 KiB"),
    ],
)
def test_vector_7_6_refused_as_bad_json(body: bytes) -> None:
    assert (refusal_of(body).status, refusal_of(body).type) == (400, "bad_json")


@pytest.mark.sr("SR-IN-03")
def test_vector_7_6_accepted_by_the_reader() -> None:
    for body in (
        b"\xef\xbb\xbf{}",
        b"[" * 32 + b"]" * 32,
        b"[" + b"[]," * 5000 + b"[]]",
        b'{"a":9007199254740991}',
        b'{"a":0.12345678901234567890}',
        b'{"a":"12345678901234567890"}',
        b'{"a":"' + b"[" * 50 + b'"}',
        b'{"a":"' + b"\\\\" * 10 + b'[[[["}',
        b'"' + b"a" * 65_536 + b'"',
    ):
        assert checked_body(body, LIMITS) == body.removeprefix(b"\xef\xbb\xbf")


@pytest.mark.sr("SR-IN-03")
@pytest.mark.parametrize(
    "body", [b"[" * 1_000_000, b'"' * 1_000_000, b"\\" * 1_000_000, b"1" * 1_000_000, b"[]," * 300_000]
)
def test_hostile_bodies_of_a_megabyte_cost_little(body: bytes) -> None:
    started = time.process_time()
    with pytest.raises(RequestRefused):
        decode(checked_body(body, LIMITS), Act)
    assert time.process_time() - started < 1.0


@pytest.mark.sr("SR-AC-06")
@pytest.mark.parametrize("body", [{**GOOD, "role": "PR-SO"}, {**GOOD, "values": {}, "_": 1}])
def test_an_unknown_field_is_refused_by_that_name(body: dict[str, object]) -> None:
    refused = refusal_of(msgspec.json.encode(body))

    assert (refused.status, refused.type) == (422, "unknown_field")


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({**GOOD, "state": 1}, "$.state"),
        ({**GOOD, "values": {"n": 1}}, "$.values[...]"),
        ({**GOOD, "values": {"x": ["a", 2]}}, "$.values[...][1]"),
        ([], ""),
        ({}, ""),
    ],
)
def test_a_wrong_type_is_refused_with_its_place(body: object, path: str) -> None:
    refused = refusal_of(msgspec.json.encode(body))

    assert (refused.status, refused.type) == (422, "validation_failed")
    assert [detail.path for detail in refused.details] == [path]


@pytest.mark.sr("SR-ERR-01")
def test_a_refusal_repeats_nothing_that_was_sent() -> None:
    for body in ({**GOOD, "canary-key": 1}, {**GOOD, "values": {"canary-key": {"canary": 1}}}):
        refused = refusal_of(msgspec.json.encode(body))
        assert "canary" not in refused.text + "".join(d.message + d.path for d in refused.details)


def test_a_good_body_becomes_the_wire_type() -> None:
    body = msgspec.json.encode(GOOD)

    assert decode(checked_body(body, LIMITS), Act) == msgspec.convert(GOOD, Act)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(), st.lists, max_leaves=20
    )
)
def test_every_shallow_json_value_passes_the_reader(value: object) -> None:
    body = msgspec.json.encode(value)

    assert checked_body(body, LIMITS) == body
