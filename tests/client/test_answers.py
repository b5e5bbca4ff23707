"""Every mutated answer ends in a typed value or in one of our errors (FZ-13, RF-22, SR-NET-09)."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.answers import Reply, decode
from client.errors import BadServerReply
from client.messages.calls import Envelope, ErrorBody, FlowAnswer
from client.messages.screen import Notice
from client.safe_text import safe_text
from tests.client.scripted import action, field, login, screen

PAGE = screen(
    "S-PASS",
    fields=[field("password", "secret"), field("mfa_type", "select")],
    actions=[action("send", primary=True)],
    notices=[Notice(code="N-SIM-01", level="info", text="Unofficial – simulation")],
    login=login(),
)
REFUSAL = ErrorBody(type="auth_failed", code="E-AUTH-01", message="No.")
VALID = msgspec.json.encode(Envelope(data=FlowAnswer(screen=PAGE, flow_token="token-1"), error=REFUSAL))

cuts = st.tuples(st.integers(0, len(VALID)), st.integers(0, 40), st.binary(max_size=8))
statuses = st.sampled_from([200, 201, 302, 401, 404, 409, 500, 503])
types = st.sampled_from(["application/json", "application/json; charset=utf-8", "text/html", ""])


@pytest.mark.sr("RF-22")
@given(st.lists(cuts, max_size=3), statuses, types)
def test_rf_22_a_damaged_answer_is_understood_or_refused(
    damages: list[tuple[int, int, bytes]], status: int, content_type: str
) -> None:
    body = VALID
    for start, length, inserted in damages:
        body = body[:start] + inserted + body[start + length :]
    try:
        envelope = decode(Reply(status, content_type, body), FlowAnswer)
    except BadServerReply:
        return
    assert envelope.data is not None or envelope.error is not None


@given(st.text(st.characters(codec="utf-8"), max_size=50))
@pytest.mark.sr("SR-TERM-02")
def test_sr_term_02_every_string_arrives_safe(hostile: str) -> None:
    page = msgspec.structs.replace(PAGE, title=hostile, intro=[hostile], trail=[hostile, hostile])
    body = msgspec.json.encode(Envelope(data=FlowAnswer(screen=page)))
    shown = decode(Reply(200, "application/json", body), FlowAnswer).data
    assert shown is not None
    assert shown.screen.title == safe_text(hostile)
    assert shown.screen.trail == [safe_text(hostile)] * 2
