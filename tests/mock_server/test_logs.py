"""Log lines: one JSON object each, nothing secret in them (SR-LOG-01, SR-LOG-02)."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server import logs
from mock_server.access.tokens import new_token
from mock_server.redaction import is_secret_key, mask_numbers, redact, redact_text


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = (list(root.handlers), root.level)
    output = io.StringIO()
    logs.configure(output)
    yield output
    root.handlers[:], level = before
    root.setLevel(level)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.sr("SR-LOG-01")
def test_sr_log_01_every_line_has_the_same_keys(stream: io.StringIO) -> None:
    with logs.serving("rid-1", "127.0.0.1"):
        logs.log(
            "login.ok", actor="7", ip="127.0.0.1", route="/api/flow/act", status=200, ms=1.5, factor="email"
        )

    [line] = lines(stream)
    assert line.pop("ts").endswith("Z")
    assert line == {
        "level": "info",
        "event": "login.ok",
        "rid": "rid-1",
        "actor": "7",
        "ip": "127.0.0.1",
        "route": "/api/flow/act",
        "status": 200,
        "ms": 1.5,
        "detail": {"factor": "email"},
    }


@pytest.mark.sr("SR-LOG-01")
def test_sr_log_01_hostile_text_stays_on_one_ascii_line(stream: io.StringIO) -> None:
    hostile = 'demo\r\n{"event":"forged"}\x1b[2J"\u2028\u202e\x00é'
    logs.log("login.fail", actor=hostile, typed=hostile)

    assert stream.getvalue().isascii()
    assert stream.getvalue().count("\n") == 1
    assert lines(stream)[0]["detail"]["typed"] == hostile


@pytest.mark.sr("SR-LOG-02")
def test_sr_log_02_secrets_are_removed_at_every_depth(stream: io.StringIO) -> None:
    token = new_token()
    logs.log(
        "config",
        password="canary-1",
        values={"code": "canary-2", "flow_token": "canary-3", "list": [{"Authorization": "canary-4"}]},
        header=f"Bearer {token}",
        search="tin 000456789",
        number="000-45-6789",
        key=b"canary-5",
    )

    written = stream.getvalue()
    assert "canary" not in written
    assert token not in written
    assert lines(stream)[0]["detail"]["header"] == "Bearer [token]"
    assert lines(stream)[0]["detail"]["search"] == "tin XXXXX6789"


@pytest.mark.sr("SR-LOG-02")
def test_sr_log_02_lines_of_libraries_pass_the_same_filter(stream: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").warning("bad request for %s", "000456789")

    [line] = lines(stream)
    assert (line["event"], line["level"]) == ("uvicorn.error", "warning")
    assert line["detail"]["message"] == "bad request for XXXXX6789"


@pytest.mark.sr("SR-ERR-01")
def test_an_error_is_logged_by_type_and_place_without_its_text(stream: io.StringIO) -> None:
    password = "canary-password"
    try:
        raise ValueError(f"could not use {password}")
    except ValueError as error:
        logs.log("error.unexpected", logging.ERROR, error=error)

    [line] = lines(stream)
    assert "canary" not in stream.getvalue()
    assert line["detail"]["error"] == "ValueError"
    assert line["detail"]["stack"][-1].startswith("test_logs.py:")


@pytest.mark.sr("SR-PII-01")
@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("000456789", "XXXXX6789"),
        ("00-0456789", "XXXXX6789"),
        ("000-45-6789", "XXXXX6789"),
        ("9876543210", "9876543210"),
        ("Example Family Practice:6789", "Example Family Practice:6789"),
        ("a000456789b", "aXXXXX6789b"),
        ("1000-45-6789", "1000-45-6789"),
        ("000456789 000456780", "XXXXX6789 XXXXX6780"),
    ],
)
def test_vector_7_7_masks(text: str, masked: str) -> None:
    assert mask_numbers(text) == masked


@pytest.mark.sr("SR-LOG-02")
@pytest.mark.parametrize("length", [42, 44])
def test_only_runs_of_43_characters_look_like_a_token(length: int) -> None:
    assert redact_text("A" * length) == "A" * length
    assert redact_text("A" * 43) == "[token]"


def test_keys_that_only_contain_a_secret_s_name_are_kept() -> None:
    assert not any(is_secret_key(key) for key in ("encoded", "tokens_left", "pinned", "codes", "state", ""))
    assert all(is_secret_key(key) for key in ("code", "Password", "step_token", "x-secret", "recovery code"))


@given(st.text())
def test_redaction_never_fails_and_is_stable(text: str) -> None:
    once = redact_text(text)

    assert redact_text(once) == once


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats(allow_nan=False) | st.text() | st.binary(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=10,
    )
)
def test_anything_can_be_logged(value: object) -> None:
    json.dumps(redact(value))
