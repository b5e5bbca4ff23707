"""Scripts performed for real: one whole walk on both front ends, the rest on the plain one.

The server starts once for the module; every run resets it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from unittest import mock

import pytest

from mock_server.scenario.personas import COMMON_PASSWORD
from tui.commands.demo.check import command as check
from tui.demo import server as demo_server
from tui.demo.checking import Checked, checked, collector_paused
from tui.demo.events import Event, Frame, Marked, Printed, RunBegan, RunEnded, StepBegan, StepEnded
from tui.demo.failing import StepFailed
from tui.demo.loop import DemoLoop
from tui.demo.pace import caption_ms
from tui.demo.reading import read_text
from tui.demo.reports import failure_lines
from tui.demo.run import perform
from tui.demo.script import FRONT_ENDS, FrontEnd, Script
from tui.demo.server import DemoServer

READ_PQRS = Path(__file__).parent / "scripts" / "read-pqrs.demo.toml"
pytestmark = pytest.mark.xdist_group("demo-performing")
T = TypeVar("T")

SIGN_IN = """
[[step]]
open-login = true
[[step]]
accept-terms = true
[[step]]
enter-user-id = "demo.grouprep"
[[step]]
enter-password = true
[[step]]
choose-device = "email"
[[step]]
send-code = true
"""
TO_REPORT = f"""{SIGN_IN}
[[step]]
enter-code = true
[[step]]
open-reports = true
[[step]]
choose-organization-type = "practice"
[[step]]
pick-tin = "ALDER CREEK DEMO CLINIC LLC"
[[step]]
continue = true
[[step]]
choose-report = {{ year = 2011, report = "R-PQRS-2011", action = "view" }}
[[step]]
attest = "ce"
[[step]]
run-report = true
"""


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    started = DemoServer()
    yield started
    started.stop()


@dataclass
class Heard:
    """Everything a run told."""

    events: list[Event] = field(default_factory=list)

    def __call__(self, event: Event) -> None:
        self.events.append(event)

    @property
    def ended(self) -> RunEnded:
        last = self.events[-1]
        assert isinstance(last, RunEnded)
        return last

    @property
    def steps(self) -> list[StepEnded]:
        return [event for event in self.events if isinstance(event, StepEnded)]

    @property
    def shown(self) -> str:
        """Every character that any recording could show."""
        frames = [line for event in self.events if isinstance(event, Frame) for line in event.picture.lines]
        printed = [event.text for event in self.events if isinstance(event, Printed)]
        ended = [line for step in self.steps for line in (*step.picture.lines, step.text, step.value)]
        return "\n".join([*frames, "".join(printed), *ended])


def run(work: Callable[[], Awaitable[T]]) -> T:
    async def inside() -> T:
        return await work()

    with asyncio.Runner(loop_factory=DemoLoop) as runner:
        return runner.run(inside())


def script_of(text: str, **settings: str) -> Script:
    """A script that the linter lets pass."""
    head = "\n".join(f"{name} = {value}" for name, value in settings.items())
    reading = read_text("try.demo.toml", f'format = 1\ntitle = "Try"\n[run]\n{head}\n{text}')
    assert reading.script is not None, reading.findings
    return reading.script


def performed(
    server: DemoServer, script: Script, front_end: FrontEnd = "plain", *, frames: bool = False
) -> Heard:
    heard = Heard()
    with collector_paused():
        run(lambda: perform(script, front_end, server, listeners=[heard], frames=frames))
    return heard


def walk(*changes: tuple[str, str]) -> Script:
    text = READ_PQRS.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    reading = read_text("read-pqrs.demo.toml", text)
    assert reading.script is not None, reading.findings
    return reading.script


# The whole walk


@pytest.fixture(scope="module")
def walks(server: DemoServer) -> list[Heard]:
    """The example of section 12 on both front ends, with everything a recording hears."""
    return [performed(server, walk(), front_end, frames=True) for front_end in FRONT_ENDS]


def test_as_demo_01_and_02_the_example_passes_on_both_front_ends(walks: list[Heard]) -> None:
    assert [heard.ended.failure for heard in walks] == [None, None]
    assert [(heard.ended.ok, heard.ended.not_run) for heard in walks] == [(19, 0), (19, 0)]
    first = walks[0].events[0]
    assert isinstance(first, RunBegan)
    assert first.business.isoformat() == "2012-11-15T10:00:00-05:00"
    assert [event.label for event in walks[0].events if isinstance(event, Marked)] == [
        "Sign in",
        "Find the practice",
        "Choose and attest",
        "Run and export",
    ]


def test_t_demo_05_journals_are_equal(walks: list[Heard]) -> None:
    def journal(heard: Heard) -> list[object]:
        return [
            (s.step.number, s.value, s.state_before, s.state_after, s.errors, s.notices, s.checks, s.file)
            for s in heard.steps
        ]

    assert journal(walks[0]) == journal(walks[1])
    assert walks[0].ended.files == walks[1].ended.files
    assert [path.name for path in walks[0].ended.files] == ["r-pqrs-2011_4802_20121115-100000.zip"]


def test_t_demo_09_the_time_of_a_step_is_that_of_the_specification(walks: list[Heard]) -> None:
    """Caption 1500, 13 characters 780, Enter 250, answer 400, gap 700 (13.1)."""
    assert caption_ms("First, the User ID.", 170) == 1500
    for heard in walks:
        began = {event.step.number: event.t for event in heard.events if isinstance(event, StepBegan)}
        assert began[4] - began[3] == 3630
        assert [event.t for event in heard.events] == sorted(event.t for event in heard.events)


def test_t_demo_08_no_secret_is_told(walks: list[Heard]) -> None:
    for heard in walks:
        assert COMMON_PASSWORD not in heard.shown
        values = [step.value for step in heard.steps]
        assert values[3] == "true"
        assert "(code)" in values


def test_det_02_pictures_show_no_folder_and_no_version(walks: list[Heard]) -> None:
    for heard in walks:
        assert "/tmp" not in heard.shown
        assert "Saved" in heard.shown


@pytest.fixture(scope="module")
def narrow(server: DemoServer) -> Heard:
    """Signing in on the full screen of 40 columns, with captions, keys and a TIN in the wrong place."""
    steps = SIGN_IN.replace(
        'enter-user-id = "demo.grouprep"',
        'fill = { user_id = "000104802" }\n'
        '[[step]]\nsay = "Now the User ID."\nenter-user-id = "demo.grouprep"',
    )
    return performed(
        server, script_of(f"[record]\nkeys = true\n{steps}", size='"40x24"'), "full-screen", frames=True
    )


def test_as_demo_12_at_40_columns_pictures_are_40_wide(narrow: Heard) -> None:
    assert narrow.ended.failure is None
    frames = [event.picture for event in narrow.events if isinstance(event, Frame)]
    assert {len(frame.rows) for frame in frames} == {24}
    assert {sum(piece.cell_length for piece in row) for frame in frames for row in frame.rows} == {40}


def test_demo_run_06_pressed_keys_are_told_in_the_bar_but_no_secret_and_no_tin(narrow: Heard) -> None:
    bars = [
        next((line for line in step.picture.lines if "Keys:" in line), "").strip() for step in narrow.steps
    ]
    assert bars[0] == "Keys: Enter"
    assert bars[2] == "Keys: *****4802"
    assert bars[3] == "Keys: ... Ctrl+U, demo.grouprep, Enter"
    assert bars[4] == "Keys: (hidden)"
    assert bars[5].startswith("Keys: Tab, Down")
    assert "Now the User ID." in "\n".join(narrow.steps[3].picture.lines)
    assert COMMON_PASSWORD not in narrow.shown
    assert "00010" not in narrow.shown


# Failures


def failure_of(server: DemoServer, script: Script, front_end: FrontEnd = "plain") -> Checked:
    [only] = run(lambda: checked(script, [front_end], server))
    assert only.failure is not None
    return only


def test_as_demo_04_a_failed_expectation_names_line_step_and_screen(server: DemoServer) -> None:
    found = failure_of(server, walk(('search-tin = "4802"', 'search-tin = "4803"')))
    line = next(n for n, text in enumerate(walk().lines, 1) if "pager" in text)
    report = failure_lines(found)
    assert report[0] == f'FAIL read-pqrs.demo.toml:{line} step 12 search-tin (section "Find the practice")'
    assert report[1] == 'D505 pager: expected "1 - 1 of 1", got "0 - 0 of 0"'
    assert report[2].startswith("state S-ORGPICK, front end plain, 80x24, time 00:3")
    assert report[3].startswith("before: step 11 choose-organization-type ok, step 10 open-reports ok")
    assert "screen:" in report
    assert "| Available: 0 - 0 of 0" in report
    assert report[-1] == "1 failed, 11 ok, 7 not run"


def test_as_demo_06_codes_need_a_message_or_true(server: DemoServer) -> None:
    steps = f'{SIGN_IN}\n[[step]]\nenter-code = true\nexpect = {{ state = "S-HOME" }}'
    assert performed(server, script_of(steps)).ended.failure is None


def test_as_demo_07_a_message_that_never_comes_is_waited_for_in_the_scripts_time(server: DemoServer) -> None:
    steps = SIGN_IN.replace("demo.grouprep", "demo.nocode").replace('"email"', '"sms"')
    found = failure_of(server, script_of(f"{steps}\n[[step]]\nread-outbox = true", timeout='"20s"'))
    assert found.failure is not None
    assert found.failure.code == "D510"
    assert "20 seconds" in found.failure.message
    assert "demo.nocode" in found.failure.help
    assert found.failure.t > 20_000
    assert found.seconds < 20


def test_as_demo_08_an_attestation_may_be_refused(server: DemoServer) -> None:
    to_attest = TO_REPORT.partition('attest = "ce"')[0]
    steps = f'{to_attest}attest = "neither"\nexpect = {{ state = "S-ATTNO" }}'
    heard = performed(server, script_of(steps))
    assert heard.ended.failure is None
    assert heard.steps[-1].errors == ("E-ATT-02",)


def test_as_demo_09_a_server_without_the_demo_flag_is_refused() -> None:
    async def work() -> None:
        async with DemoServer() as plain_server:
            await plain_server.ready()

    with mock.patch.object(demo_server, "OPTIONS", ("--no-demo",)), pytest.raises(StepFailed) as refused:
        run(work)
    assert refused.value.code == "D401"


STRICT = """
[[step]]
open-login = true
[[step]]
accept-terms = true
[[step]]
enter-user-id = "demo.grouprep"
expect = { text = "The cow jumped over the moon" }
"""


@pytest.mark.parametrize(
    ("steps", "code", "said"),
    [
        (STRICT, "D501", "is not on the screen"),
        ('[[step]]\ndo = "login"\nexpect = { state = "S-USER" }', "D504", "expected S-USER, got S-TERMS"),
        (TO_REPORT.replace("ALDER CREEK DEMO CLINIC LLC", "NO SUCH CLINIC"), "D305", "0 rows match"),
        (f'{SIGN_IN}\n[[step]]\nenter-code = "1"', "D504", "E-"),
        ('[[step]]\nopen-login = true\nexpect-error = "E-MFA-04"', "D50", "expected"),
        ('[[step]]\nfill = { user_id = "x" }', "D503", "no such field"),
    ],
)
def test_failures_say_what_is_wrong(server: DemoServer, steps: str, code: str, said: str) -> None:
    failure = failure_of(server, script_of(steps)).failure
    assert failure is not None
    assert failure.code.startswith(code)
    assert said in failure.message
    assert failure.screen


# Time


def test_as_demo_13_the_security_clock_warns_and_locks_on_both_front_ends(server: DemoServer) -> None:
    steps = f"""{TO_REPORT}
[[step]]
advance-clock = "13m"
expect = {{ state = "S-REPORT", notice = "N-SESS-01" }}
[[step]]
advance-clock = "3m"
expect = {{ state = "S-REAUTH" }}
"""
    for front_end in FRONT_ENDS:
        failure = performed(server, script_of(steps), front_end).ended.failure
        assert failure is None, (front_end, failure)


def test_as_demo_14_a_wait_takes_no_real_time_and_moves_the_portals_clock(server: DemoServer) -> None:
    heard = performed(server, script_of(f'{SIGN_IN}\nwait = "5m"'))
    assert heard.ended.failure is None
    assert heard.ended.t > 300_000
    assert sum(step.ms for step in heard.steps) < 60_000


def test_tl_8_hidden_steps_take_no_time_and_are_not_told(server: DemoServer) -> None:
    steps = "[[step]]\nopen-login = true\nhide = true\n[[step]]\naccept-terms = true\n"
    heard = performed(server, script_of(steps))
    hidden, shown = heard.steps
    assert (hidden.t, hidden.state_after) == (0, "S-TERMS")
    assert shown.t > 0
    told = "".join(event.text for event in heard.events if isinstance(event, Printed))
    assert "Screen: User ID" in told
    assert "Screen: Terms and Conditions" not in told


# The command


def test_as_demo_18_two_scripts_one_failing_are_both_run_and_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import xml.etree.ElementTree as ElementTree

    head = 'format = 1\ntitle = "Try"\n[run]\nfront-end = "plain"\n'
    good, bad = tmp_path / "good.demo.toml", tmp_path / "bad.demo.toml"
    good.write_text(f"{head}[[step]]\nopen-login = true\n")
    bad.write_text(f'{head}[[step]]\nopen-login = true\nexpect = "not there"\n')
    report = tmp_path / "report.xml"
    assert check([str(bad), str(good)], report="junit", report_file=report) == 1
    suites = ElementTree.fromstring(report.read_text()).findall("testsuite")
    assert [suite.get("failures") for suite in suites] == ["1", "0"]
    failure = suites[0].find("testcase/failure")
    assert failure is not None
    assert failure.get("type") == "D501"
    assert "FAIL" in (failure.text or "")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "bad.demo.toml",
        "good.demo.toml",
        "report.xml",
    ]
    assert capsys.readouterr().out == ""


def test_as_demo_05_a_broken_script_exits_2_before_any_server_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.demo.toml"
    broken.write_text('format = 1\ntitle = "Try"\n[[step]]\nenter-userid = "x"\n')
    with mock.patch.object(demo_server, "ServerProcess", side_effect=AssertionError):
        assert check([str(broken)]) == 2
    said = capsys.readouterr().err
    assert 'error D204: unknown step "enter-userid"' in said
    assert 'help: did you mean "enter-user-id"?' in said
