"""From a file to a Script: what each part of the format means (11)."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from tests.tui.demo.scripts import script_path
from tui.demo.reading import load, read_text
from tui.demo.script import (
    Duration,
    Expect,
    ExpectCell,
    ExpectFile,
    ExpectTable,
    Export,
    Fill,
    Keys,
    Place,
    ReportChoice,
    RunReport,
    Script,
    Search,
    Size,
    Step,
)
from tui.demo.variables import NoValueYet, final, resolved

HEAD = 'format = 1\ntitle = "A script"\n'


def script(text: str, **given: str) -> Script:
    found = read_text("a.demo.toml", HEAD + text, given)
    assert found.script is not None, found.findings
    return found.script


def codes(text: str, **given: str) -> list[str]:
    return [finding.code for finding in read_text("a.demo.toml", HEAD + text, given).findings]


def step(text: str) -> Step:
    """A step where every state is possible: pressed keys may lead anywhere."""
    head = '[run]\nfront-end = "full-screen"\n[[step]]\npress = "f1"\nonly = "full-screen"\n'
    return script(f"{head}[[step]]\n{text}\n").steps[-1]


def test_the_head_of_a_script() -> None:
    found = load(str(script_path("read-pqrs")))
    assert (found.title, found.stem) == ("Read the 2011 PQRS report of one practice", "read-pqrs")
    assert found.run.scenario == "SC-2012"
    assert found.run.clock == datetime(2012, 11, 15, 10, tzinfo=timezone(timedelta(hours=-5)))
    assert (found.run.size, found.run.front_ends) == (Size(80, 24), ("full-screen", "plain"))
    assert (found.play.typing, found.play.gap, found.play.key) == (60, 700, 250)
    assert len(found.record.formats) == 6
    assert len(found.steps) == 19
    assert found.steps[2].place == Place(32, 1, 13)


def test_what_is_left_out_has_the_documented_value() -> None:
    found = script("[[step]]\nopen-login = true\n")
    assert (found.language, found.description) == ("en-US", "")
    assert (found.run.scenario, found.run.seed, found.run.timeout) == ("SC-2018", 1, 10_000)
    assert (found.play.answer, found.play.reading, found.play.pause) == (400, 170, "never")
    assert found.record.formats == ("text", "svg", "asciicast-v2")
    assert (found.record.captions, found.record.keys, found.record.idle_limit) == (True, False, 3000)


@pytest.mark.parametrize(
    ("line", "verb", "argument"),
    [
        ("open-login = true", "open-login", True),
        ('enter-user-id = "demo.solo"', "enter-user-id", "demo.solo"),
        ("enter-password = true", "enter-password", True),
        ('choose-device = "One-Time Security Code"', "choose-device", "One-Time Security Code"),
        ('enter-code = "000000"', "enter-code", "000000"),
        ('search-tin = "4802"', "search-tin", Search("4802")),
        ('search-tin = { text = "ALDER", match-case = true }', "search-tin", Search("ALDER", True)),
        (
            'choose-report = { year = 2011, report = "R-PQRS-2011", action = "excel" }',
            "choose-report",
            ReportChoice(year="2011", report="R-PQRS-2011", action="excel"),
        ),
        ("run-report = true", "run-report", RunReport()),
        ('run-report = { save-as = "report.csv" }', "run-report", RunReport("report.csv")),
        ('show-table = "Participation Summary"', "show-table", "Participation Summary"),
        ("show-row = 3", "show-row", 3),
        ('export = { format = "csv", to = "out/report.csv" }', "export", Export("csv", "out/report.csv")),
        ("fill = { year = 2011, match_case = true }", "fill", Fill((("year", "2011"), ("match_case", True)))),
        ('do = "change_device"', "do", "change_device"),
        ('advance-clock = "2h"', "advance-clock", Duration(7_200_000)),
        ('resize = "40x24"', "resize", Size(40, 24)),
        ('press = ["tab", "enter"]\nonly = "full-screen"', "press", Keys(("tab", "enter"))),
    ],
)
def test_the_arguments_of_verbs(line: str, verb: str, argument: Any) -> None:
    found = step(line)
    assert (found.verb, found.argument) == (verb, argument)


def test_modifiers() -> None:
    found = step(
        'section = "One"\nsay = "Look."\nscreenshot = "first"\nwait = "1.5s"\npause = true\ntyping = "0ms"\n'
        'hide = true\nonly = "plain"\nid = "one"\nexpect-error = "E-VAL-01"\nnote = "for authors"\n'
        'do = "next"\nanswer = "no"'
    )
    assert (found.section, found.say, found.screenshot, found.id) == ("One", "Look.", "first", "one")
    assert (found.wait, found.typing, found.pause, found.hide) == (1500, 0, True, True)
    assert (found.only, found.expect_error, found.answer) == ("plain", "E-VAL-01", "no")
    assert [found.runs_on("plain"), found.runs_on("full-screen")] == [True, False]


def test_expectations() -> None:
    assert step('expect = "Success"').expect == Expect(text=("Success",))
    assert step('expect = ["One", "Two"]').expect == Expect(text=("One", "Two"))
    lines = (
        'expect = { state = "S-REPORT", text = "One", not-text = ["Two"], error = "E-RPT-06"',
        'notice = "N-RUN-01", field = { password = "set" }, action = { resend = "absent" }',
        'pager = "1 - 1 of 1", selected = "A:1", focus = "user_id", table = { rows = 3 }',
        'cell = [{ row = "Total", column = "Amount", is = "$$1.00" }], file = { min-bytes = 100 }',
        'within = "20s" }',
    )
    found = step(", ".join(lines)).expect
    assert found == Expect(
        state="S-REPORT",
        text=("One",),
        not_text=("Two",),
        error="E-RPT-06",
        notice="N-RUN-01",
        fields=(("password", "set"),),
        actions=(("resend", "absent"),),
        pager="1 - 1 of 1",
        selected="A:1",
        focus="user_id",
        table=ExpectTable(rows=3),
        cells=(ExpectCell(row="Total", column="Amount", is_="$$1.00", place=found.cells[0].place),),
        file=ExpectFile(min_bytes=100),
        within=20_000,
    )
    assert found.places["pager"].line == 9


def test_variables_of_the_file_and_of_the_command_line_are_filled_in_everywhere() -> None:
    text = (
        '[vars]\nuser = "demo.solo"\nyear = 2011\nmatch = true\n'
        '[[step]]\nopen-login = true\nsay = "${user} in ${year}, $$5, ${match}"\n'
    )
    assert script(text).steps[0].say == "demo.solo in 2011, $$5, true"
    assert script(text, user="a$b").steps[0].say == "a$$b in 2011, $$5, true"
    assert codes(text, nobody="x") == ["D303"]


def test_built_in_variables_get_their_value_when_the_step_is_due() -> None:
    found = script(
        '[[step]]\nsay = "At ${screen.state}, $$5"\nexpect = { text = "${screen.title}" }\n'
    ).steps[0]
    ready = resolved(found, {"screen.state": "S-LAND", "screen.title": "Costs $$ and ${user}"})
    assert ready.say == "At S-LAND, $5"
    assert ready.expect.text == ("Costs $$ and ${user}",), "a value is never read again"
    with pytest.raises(NoValueYet, match=r"screen\.state"):
        resolved(found, {})
    assert final("${a.b} $ $$", {"a.b": "x"}) == "x $ $"


@pytest.mark.parametrize(
    ("written", "ms"), [("0ms", 0), ("1.5s", 1500), ("0.001s", 1), ("10m", 600_000), ("0.5m", 30_000)]
)
def test_durations(written: str, ms: int) -> None:
    assert script(f'[play]\ngap = "{written}"\n[[step]]\nopen-login = true\n').play.gap == ms


@pytest.mark.parametrize("written", ["1", "1 s", "1.0005s", "0.5ms", "1.5h", "-1s", "1S", "m"])
def test_d208_what_is_no_duration(written: str) -> None:
    assert codes(f'[play]\ngap = "{written}"\n[[step]]\nopen-login = true\n') == ["D208"]


USER = "open-login = true|accept-terms = true|enter-user-id = "
SIGNED_IN = (
    "open-login = true|accept-terms = true|enter-user-id = 'demo.solo'|enter-password = true|"
    "choose-device = 'email'|send-code = true|enter-code = true"
)


def walk(steps: str) -> list[str]:
    return codes("".join(f"[[step]]\n{item}\n" for item in steps.split("|")))


@pytest.mark.parametrize(
    "steps",
    [
        f"{SIGNED_IN}|open-reports = true|open-help = true|close-help = true|go-back = true",
        f"{SIGNED_IN}|open-help = true|go-back = true|open-reports = true",
        f"{SIGNED_IN}|do = 'logout'\nanswer = 'no'|open-reports = true",
        f"{SIGNED_IN}|advance-clock = '20m'|enter-password = true|continue = true|open-reports = true",
        f"{SIGNED_IN}|log-out = true|open-login = true",
        "open-login = true|decline-terms = true|open-login = true|continue = true|do = 'cancel'",
        f"{USER}''\nexpect-error = 'E-VAL-01'|enter-user-id = 'demo.x'",
        "open-login = true\nexpect = { state = 'S-HOME' }|open-reports = true",
        "say = 'Hello.'|open-login = true",
    ],
)
def test_d216_orders_that_can_succeed_pass(steps: str) -> None:
    assert walk(steps) == []


@pytest.mark.parametrize(
    "steps",
    [
        "accept-terms = true",
        "open-login = true|open-login = true",
        f"{SIGNED_IN}|enter-code = true",
        f"{SIGNED_IN}|open-help = true|open-reports = true",
        "open-login = true|log-out = true",
        "open-login = true|do = 'search'",
        f"{USER}'demo.solo'\nexpect-error = 'E-VAL-03'|enter-password = true",
    ],
)
def test_d216_orders_that_cannot_succeed_are_refused(steps: str) -> None:
    assert walk(steps) == ["D216"]


def test_d216_steps_of_the_other_front_end_do_not_count() -> None:
    both = "open-login = true\nonly = 'plain'|do = 'login'\nonly = 'full-screen'|accept-terms = true"
    assert walk(both) == []
    assert walk("open-login = true\nonly = 'plain'|accept-terms = true") == ["D216"]


def test_d306_only_where_the_persona_file_would_be_asked() -> None:
    start = "open-login = true|accept-terms = true|enter-user-id = 'demo.ghost'|"
    assert walk(f"{start}enter-password = true") == ["D306"]
    assert walk(f"{start}enter-password = 'Any-Thing-1357'") == ["D213"]
