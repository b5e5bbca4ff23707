"""A connection that is cut, slow, or loses an answer: that is said, and nothing is lost (W-4, W-9, RF-09)."""

from collections.abc import Iterator

import pytest

from tests.e2e.full_screen import ENTER, FullScreen
from tests.e2e.plain import Plain
from tests.e2e.program import QPORTAL, Home, serving
from tests.support.fault_proxy import DropReply, DuplicateRequest, FaultProxy, Latency, Slicer
from tests.support.piped import Piped

PASSWORD = "Walnut-Harbor-2468"
CUT_S = 10.0


@pytest.fixture
def proxy(own: Home) -> Iterator[FaultProxy]:
    """A proxy before a server of its own."""
    with serving(own) as port, FaultProxy(port) as between:
        yield between


def test_issue_3_a_cut_of_ten_seconds_is_said_and_what_was_typed_is_kept(
    own: Home, proxy: FaultProxy
) -> None:
    with own.full_screen(80, 24, f"--server={proxy.address}") as terminal:
        person = FullScreen(terminal)
        person.arrive()
        person.to_user()
        person.type("demo.grouprep")
        proxy.down()
        terminal.press(ENTER)
        terminal.wait_for("connection to the portal is lost")
        assert "demo.grouprep" in terminal.text
        terminal.silence(CUT_S)
        assert "step 3" in terminal.text
        proxy.up()
        terminal.wait_for("step 4")


def test_issue_3_the_same_in_plain_text(own: Home, proxy: FaultProxy) -> None:
    with Piped([*QPORTAL, "--plain", f"--server={proxy.address}"], own.env) as program:
        person = Plain(program)
        person.to_user()
        person.hear("User ID, required")
        proxy.down()
        person.answer("User ID, required", "demo.grouprep")
        person.hear("Warning: the connection is lost.")
        proxy.up()
        person.hear("Notice: the connection is back.", "Password, required")


def test_p_flow_01_the_lost_answer_of_log_in_makes_one_login(own: Home, proxy: FaultProxy) -> None:
    with own.full_screen(80, 24, f"--server={proxy.address}") as terminal:
        person = FullScreen(terminal)
        person.arrive()
        person.to_code("demo.grouprep", PASSWORD)
        code = person.read_code()
        lost = proxy.add(DropReply(path="/api/flow/act"))
        person.enter_code(code)
        assert lost.struck.is_set()
        assert own.audited("A-LOGIN-OK") == 1
        person.to_practices()


@pytest.mark.parametrize(
    "fault",
    [
        DropReply(path="/api/flow/act"),
        DuplicateRequest(path="/api/flow/act"),
        Slicer(size=7, variation=5),
        Latency(ms=300, jitter=200),
    ],
    ids=lambda fault: type(fault).__name__,
)
def test_rf_09_every_fault_of_the_line_ends_in_one_sign_in(
    own: Home, proxy: FaultProxy, fault: DropReply
) -> None:
    with Piped([*QPORTAL, "--plain", f"--server={proxy.address}"], own.env) as program:
        person = Plain(program)
        person.to_code("demo.grouprep", PASSWORD)
        code = person.read_code()
        proxy.add(fault)
        person.answer("Security Code, required", code)
        person.hear("Screen: My Portal")
        assert own.audited("A-LOGIN-OK") == 1


def test_a_named_server_that_does_not_answer_is_said_at_once(own: Home) -> None:
    ended = own.run("--plain", "--server=http://127.0.0.1:9")
    assert ended.returncode == 1
    assert ended.stderr.startswith("Error: ")
    assert "Traceback" not in ended.stderr
