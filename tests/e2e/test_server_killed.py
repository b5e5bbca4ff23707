"""The bundled server is killed: the launcher starts it again and the walk goes on (P-FLOW-02, RF-11)."""

from collections.abc import Iterator

import pytest

from tests.e2e.full_screen import ENTER, FullScreen
from tests.e2e.plain import Plain
from tests.e2e.program import QPORTAL, Home, until
from tests.support.piped import Piped

PASSWORD = "Walnut-Harbor-2468"


@pytest.fixture
def person(own: Home) -> Iterator[FullScreen]:
    """Somebody at the first page of the full screen."""
    with own.full_screen() as terminal:
        before_it_opens = FullScreen(terminal)
        before_it_opens.arrive()
        yield before_it_opens


def kill(own: Home) -> None:
    """Kill the server, and wait until another one serves in its place."""
    before = own.server
    before.kill()
    until(lambda: own.server.pid != before.pid)
    assert own.server.port == before.port


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_p_flow_02_killed_at_s_code_the_code_is_still_good_and_no_try_is_lost(
    own: Home, person: FullScreen
) -> None:
    person.to_code("demo.grouprep", PASSWORD)
    code = person.read_code()
    person.type(wrong(code))
    person.terminal.press(ENTER)
    person.terminal.wait_for("Tries left for this code: 4")
    person.terminal.settle(0.3)
    kill(own)
    assert person.terminal.silence(0.5) == b"", "nobody was using it, so nothing is said"
    assert person.read_code() == code
    person.clear()
    person.type(wrong(wrong(code)))
    person.terminal.press(ENTER)
    person.terminal.wait_for("Tries left for this code: 3")
    person.clear()
    person.enter_code(code)
    assert own.audited("A-LOGIN-OK") == 1


def test_p_flow_02_killed_at_s_attest_and_again_at_s_busy_the_report_comes_all_the_same(
    own: Home, person: FullScreen
) -> None:
    person.sign_in("demo.grouprep", PASSWORD)
    person.to_practices()
    person.select("ALDER CREEK DEMO CLINIC")
    person.to_attestation()
    person.pick("HIPAA Covered Entity")
    kill(own)
    person.confirm("I Confirm", "step 11")
    assert "Purpose: HIPAA Covered Entity (CE) provider" in person.terminal.words
    assert own.audited("A-ATTEST") == 1

    own.server.call("PUT", "/demo/faults", {"latency_ms": 1500, "outage_s": 0, "fail_next": 0})
    person.confirm("Run Document", "Running")
    kill(own)
    person.terminal.wait_for("Table 1", "$8,227.70")
    assert own.audited("A-REPORT-RUN") == 1


def test_p_flow_02_killed_at_s_code_and_s_attest_in_plain_text(own: Home) -> None:
    with Piped([*QPORTAL, "--plain"], own.env) as program:
        person = Plain(program)
        person.to_code("demo.grouprep", PASSWORD)
        code = person.read_code()
        kill(own)
        person.answer("Security Code, required", code)
        person.hear("Screen: My Portal")
        person.to_choice("ALDER CREEK DEMO CLINIC")
        person.to_attestation()
        person.hear("I plan to use this data")
        kill(own)
        person.to_run()
        person.choose("Action, number", "Run Document")
        person.hear("Table: Table 1", "$8,227.70")
