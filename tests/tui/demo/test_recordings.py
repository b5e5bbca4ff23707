"""Transcript, journal, pictures and walkthrough, made from events alone (15.1, DEMO-REC-05 to 07)."""

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

from tests.tui.demo.performed import (
    ended,
    pictured_run,
    printed,
    run,
    screen,
    script,
    step,
    worked_example,
)
from tui.demo.events import Check, Event, Failure, Printed, RunEnded, StepBegan
from tui.demo.recordings.journal import journal
from tui.demo.recordings.outputs import FORMATS, names, outputs, picture_of, pictures
from tui.demo.recordings.picture import normal
from tui.demo.recordings.recorder import Recorder, Recording
from tui.demo.recordings.svg import svg
from tui.demo.recordings.transcript import transcript
from tui.demo.recordings.walkthrough import walkthrough
from tui.demo.script import RecordSettings, RunSettings

SVG = "{http://www.w3.org/2000/svg}"


def test_the_transcript_of_the_specification_line_by_line() -> None:
    """15.1."""
    assert transcript(worked_example()).splitlines() == [
        "Demo: Try it",
        "Run: front end plain, size 40x4, seed 1, clock 2016-10-03T10:00:00-04:00, client 1.0.0",
        "Section: Sign in",
        'Step 3, line 30: enter-user-id "demo.grouprep"',
        "Say: First, the User ID.",
        "State: S-USER to S-PASS",
        "Text:",
        "| User ID, required, 6 to 74 characters: demo.grouprep",
        "| Screen: Password and MFA Device Type, step 4 of 12",
        "Check: state S-PASS ok",
        "Result: 1 step, 1 ok, 0 failed",
    ]


def test_a_full_screen_transcript_has_the_grid_without_what_is_blank() -> None:
    """DEMO-REC-01: no trailing spaces, blank rows at the end dropped, one final line feed."""
    text = transcript(pictured_run())
    assert "Text:\n| Terms\n| Login\nStep 2" in text
    assert all(line == line.rstrip() for line in text.splitlines())
    assert text.endswith("0 failed\n")
    assert "\r" not in text


def test_a_failure_stands_in_the_transcript_with_what_was_found() -> None:
    pager = step(12, "search-tin", "4802")
    check = Check("pager", False, "1 - 1 of 1", "0 - 0 of 0", "D505")
    failure = Failure(
        "D505", 'pager: expected "1 - 1 of 1", got "0 - 0 of 0"', pager, 121, "", "S-ORGPICK", 0
    )
    of = script(pager)
    recording = Recording(
        (
            *run(of, [ended(pager, 10, checks=(check,), outcome="failed")], 10).events[:-1],
            RunEnded(t=10, ok=0, failed=1, not_run=7, failure=failure),
        )
    )
    lines = transcript(recording).splitlines()
    assert "Check: pager failed, expected 1 - 1 of 1, got 0 - 0 of 0" in lines
    assert lines[-2].startswith("Failure: D505 pager: expected")
    assert lines[-1] == "Result: 8 steps, 0 ok, 1 failed, 7 not run"
    assert not recording.passed


def test_a_hidden_step_is_reported_and_not_shown() -> None:
    """TL-8: no picture, no text, no caption; state and checks stay."""
    secret = step(2, "send-code", True, say="Not for the audience.", hide=True)
    recording = run(
        script(step(1, "open-login", True), secret), [ended(secret, 5, text="Screen: Hidden\n")], 5
    )
    text = transcript(recording)
    assert "send-code" in text
    assert "Check: state S-PASS ok" in text
    for shown in (text, walkthrough(recording, {})):
        assert "Hidden" not in shown
        assert "audience" not in shown
    assert list(pictures(recording.began.script, "plain")) == [1]


def test_the_journal_has_one_object_per_step_with_its_keys_in_order() -> None:
    """DEMO-REC-07; `ms` is virtual, so that journals of two machines are equal."""
    [line] = journal(worked_example()).splitlines()
    entry = json.loads(line)
    assert list(entry) == [
        "n", "line", "id", "section", "verb", "value", "front_end", "state_before", "state_after",
        "errors", "notices", "checks", "file", "ms",
    ]  # fmt: skip
    assert entry["checks"] == [{"what": "state", "ok": True, "got": ""}]
    assert (entry["section"], entry["value"], entry["ms"]) == ("Sign in", "demo.grouprep", 1430)


def test_the_journal_carries_a_section_on_and_no_secret() -> None:
    first, second = step(1, "enter-password", True, section="Sign in"), step(2, "enter-code", True)
    events: list[Event] = [
        StepBegan(t=0, step=first, value="(hidden)"),
        ended(first, 10, value="(hidden)"),
        StepBegan(t=20, step=second, value="(code)"),
        ended(second, 50, value="(code)", file="report.csv"),
    ]
    entries = [json.loads(line) for line in journal(run(script(first, second), events, 60)).splitlines()]
    assert [entry["section"] for entry in entries] == ["Sign in", "Sign in"]
    assert [entry["value"] for entry in entries] == ["(hidden)", "(code)"]
    assert [entry["file"] for entry in entries] == [None, "report.csv"]


def test_a_picture_is_whole_xml_with_title_text_and_nothing_from_elsewhere() -> None:
    """DEMO-REC-05, AS-DEMO-16."""
    drawn = svg(
        normal(screen("Terms & <b>conditions</b>", "Log In")), 40, title="A <demo>", theme="qportal-dark"
    )
    root = ElementTree.fromstring(drawn)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "A <demo>"
    assert root.findtext(f"{SVG}desc") == "Terms & <b>conditions</b>\nLog In"
    assert root.get("viewBox")
    assert root.get("width") is None
    without_name = drawn.replace("http://www.w3.org/2000/svg", "")
    for reference in ("http", "url(", "href", "@import", "@font-face", "<script", "<image", "<!"):
        assert reference not in without_name
    assert {element.tag for element in root.iter()} <= {
        f"{SVG}{tag}" for tag in ("svg", "title", "desc", "style", "rect", "text", "g")
    }


def test_a_picture_keeps_wide_characters_in_their_columns() -> None:
    root = ElementTree.fromstring(svg(normal(printed("名前 ok")), 20, title="t", theme="terminal"))
    [*_, text] = root.iter(f"{SVG}text")
    assert text.get("textLength") == str(7 * 12)


def test_names_of_all_files_are_known_before_the_run() -> None:
    """DEMO-REC-08: a refusal comes before the work."""
    of = script(step(1, "open-login", True, screenshot="login"), step(2, "accept-terms", True))
    assert names(of, ("full-screen",), ("text", "svg", "asciicast-v2", "asciicast-v3", "journal")) == [
        "try.full-screen.txt",
        "try.full-screen.v2.cast",
        "try.full-screen.v3.cast",
        "try.full-screen.journal.jsonl",
        "try.full-screen.001-login.svg",
        "try.full-screen.002-end.svg",
        "try.walkthrough.md",
    ]
    for recording in (worked_example(), pictured_run()):
        made = [file.name for file in outputs([recording], FORMATS)]
        expected = names(recording.began.script, (recording.began.front_end,), FORMATS)
        assert sorted(made) == sorted(expected)


def test_every_step_can_have_a_picture_named_after_its_verb() -> None:
    """`record.svg = "every-step"`."""
    steps = (
        step(1, "open-login", True),
        step(2, "accept-terms", True, screenshot="terms"),
        step(3),
        step(4, "press", "f1", only="full-screen"),
    )
    of = script(*steps, record=RecordSettings(svg="every-step"))
    assert list(pictures(of, "plain").values()) == [
        "try.plain.001-open-login.svg",
        "try.plain.002-terms.svg",
        "try.plain.003-screen.svg",
    ]


def test_as_demo_12_pictures_are_as_wide_as_their_terminal() -> None:
    """40 columns of 12 pixels and the margins."""
    recording = pictured_run()
    drawn = picture_of(recording, recording.steps[-1].ended)
    assert ElementTree.fromstring(drawn).get("viewBox", "").split()[2] == str(40 * 12 + 24)


def test_plain_lines_wider_than_the_terminal_widen_the_picture() -> None:
    wide = step(1, "open-login", True)
    recording = run(script(wide, run=RunSettings(theme="qportal-light")), [], 0)
    [drawn] = [picture_of(recording, ended(wide, 0, picture=printed("x" * 50)))]
    assert ElementTree.fromstring(drawn).get("viewBox", "").split()[2] == str(50 * 12 + 24)
    assert 'fill="#ffffff"' in drawn


def test_the_walkthrough_is_complete_without_pictures() -> None:
    """DEMO-REC-06, AS-DEMO-21: what to start, what to do, what to expect, what is then on the screen."""
    page = walkthrough(worked_example(), {3: "try.plain.003-end.svg"})
    for part in (
        "# Try it\n",
        "qportal serve --scenario SC-2018 --clock frozen",
        "## Sign in\n",
        "**Step 3.** Enter user ID demo.grouprep.",
        "First, the User ID.",
        "Expected: state S-PASS.",
        "```text\nUser ID, required, 6 to 74 characters: demo.grouprep\n",
    ):
        assert part in page
    [picture] = [line for line in page.splitlines() if line.startswith("![")]
    assert picture.endswith("(try.plain.003-end.svg)")
    assert "step 3" in picture


def test_text_is_no_markup_in_the_walkthrough() -> None:
    odd = step(1, "enter-user-id", "a_b*c", say="Look at [this](http://x) <b>")
    of = replace(script(odd), title="# One `two`")
    output = Printed(t=0, text="```\nfence\n", kind="output")
    page = walkthrough(run(of, [StepBegan(t=0, step=odd, value="a_b*c"), output, ended(odd, 0)], 0), {})
    assert "\\[this\\](http://x) \\<b\\>" in page
    assert "a\\_b\\*c" in page
    assert "````text\n```\nfence\n````" in page


def test_a_recorder_gives_back_what_it_heard() -> None:
    recorder = Recorder()
    for event in worked_example().events:
        recorder(event)
    assert recorder.recording == worked_example()
    assert recorder.recording.passed
