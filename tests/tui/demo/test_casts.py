"""Casts: both formats, replayed in a terminal emulator that is not ours (DEMO-REC-02 to DEMO-REC-04)."""

import json
from typing import Any

import pyte
import pytest
from rich.segment import Segment
from rich.style import Style

from tests.tui.demo.performed import began, pictured_run, screen, script, step, worked_example
from tui.demo.events import Frame, Marked, Picture, Printed, Resized, RunEnded
from tui.demo.recordings.asciicast import Cast, CastEvent, version_2, version_3
from tui.demo.recordings.casting import cast_of
from tui.demo.recordings.frames import drawn
from tui.demo.recordings.picture import normal, with_cursor
from tui.demo.recordings.recorder import Recording
from tui.demo.script import Size

RED = Style.parse("#ff0000")


def header_and_events(cast: str) -> tuple[dict[str, Any], list[Any]]:
    """A cast as a player reads it; comments and the blank are skipped."""
    lines = [line for line in cast.splitlines() if not line.startswith("#")]
    return json.loads(lines[0]), [json.loads(line) for line in lines[1:]]


def replayed(cast: str) -> pyte.Screen:
    """The terminal after the whole cast."""
    header, events = header_and_events(cast)
    size = header.get("term") or {"cols": header["width"], "rows": header["height"]}
    terminal = pyte.Screen(size["cols"], size["rows"])
    stream = pyte.Stream(terminal)
    for _, code, data in events:
        if code == "r":
            columns, rows = data.split("x")
            terminal.resize(int(rows), int(columns))
        elif code == "o":
            stream.feed(data)
    return terminal


def shown(terminal: pyte.Screen) -> list[str]:
    """The rows of an emulated terminal, right-trimmed, blank ones at the end dropped."""
    rows = [row.rstrip() for row in terminal.display]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def test_the_worked_excerpt_of_the_specification_in_both_formats() -> None:
    """Section 15: step `enter-user-id` in plain mode from t = 9000 ms."""
    cast = cast_of(worked_example())
    second, third = version_2(cast).splitlines(), version_3(cast).splitlines()
    for line in ('[9.060, "o", "d"]', '[9.120, "o", "e"]', '[9.780, "o", "p"]', '[10.030, "o", "\\r\\n"]'):
        assert line in second
    assert second[-2].startswith('[10.430, "o", "Screen: Password and MFA Device Type')
    assert third[-4] == '[0.250, "o", "\\r\\n"]'
    assert third[-3].startswith('[0.400, "o", "Screen: Password')
    assert '[0.060, "o", "d"]' in third


def test_headers_name_the_run_and_nothing_of_the_machine() -> None:
    """DEMO-REC-02, DEMO-REC-03, DEMO-DET-04: order of keys, business time, no user, shell or host."""
    cast = cast_of(worked_example())
    second, _ = header_and_events(version_2(cast))
    third, _ = header_and_events(version_3(cast))
    assert list(second) == [
        "version", "width", "height", "timestamp", "duration", "idle_time_limit", "title", "env",
    ]  # fmt: skip
    assert list(third) == ["version", "term", "timestamp", "idle_time_limit", "title", "env"]
    assert second["timestamp"] == third["timestamp"] == 1475503200
    assert second["title"] == "Try it (qportal 1.0.0)"
    assert second["env"] == third["env"] == {"TERM": "xterm-256color"}
    assert third["term"] == {"cols": 40, "rows": 4, "type": "xterm-256color"}
    assert version_3(cast).splitlines()[1] == "# made by qportal demo record"
    assert version_3(cast).endswith('[0.000, "x", "0"]\n')


@pytest.mark.parametrize("made", [worked_example, pictured_run])
def test_times_never_go_back_and_intervals_sum_to_the_duration(made: Any) -> None:
    """T-DEMO-07, AS-DEMO-15: the total is the last virtual instant in both formats."""
    recording = made()
    header, absolute = header_and_events(version_2(cast_of(recording)))
    _, intervals = header_and_events(version_3(cast_of(recording)))
    times = [event[0] for event in absolute]
    assert times == sorted(times)
    assert header["duration"] == times[-1] == recording.ended.t / 1000
    assert sum(round(event[0] * 1000) for event in intervals) == recording.ended.t
    assert [event[1:] for event in intervals[:-1]] == [event[1:] for event in absolute]


@pytest.mark.parametrize("write", [version_2, version_3])
def test_a_full_screen_cast_replays_to_the_last_picture(write: Any) -> None:
    """T-DEMO-07: cells and cursor, in an emulator that knows nothing of us."""
    terminal = replayed(write(cast_of(pictured_run())))
    assert shown(terminal) == ["Terms", "Login"]
    assert (terminal.cursor.x, terminal.cursor.y, terminal.cursor.hidden) == (2, 1, False)
    assert (terminal.buffer[0][0].fg, terminal.buffer[3][39].bg) == ("e9eef3", "10151a")


def test_only_rows_that_changed_are_drawn_again() -> None:
    """DEMO-REC-04."""
    first = normal(screen("Welcome", "Login"))
    second = normal(screen("Terms", "Login"))
    whole, change = drawn(first, None, 40), drawn(second, first, 40)
    assert whole.startswith("\x1b[?25l\x1b[2J\x1b[H")
    assert "Login" in whole
    assert "Terms" in change
    assert "Login" not in change
    assert drawn(second, second, 40) == ""


def test_the_last_column_survives_and_the_rest_of_a_short_row_is_erased() -> None:
    """DEMO-REC-04: erasing behind a full row would take its last character away."""
    long = Picture(((Segment("0123456789"),), (Segment("abc", RED),)))
    short = Picture(((Segment("0"),), (Segment("ab", RED),)))
    terminal = pyte.Screen(10, 2)
    stream = pyte.Stream(terminal)
    stream.feed(drawn(normal(long), None, 10))
    assert terminal.display == ["0123456789", "abc       "]
    assert "\x1b[K" not in drawn(normal(long), None, 10).partition("\x1b[2;1H")[0]
    stream.feed(drawn(normal(short), normal(long), 10))
    assert terminal.display == ["0         ", "ab        "]


def test_segments_links_and_targets_make_no_difference() -> None:
    """DEMO-DET-02: what looks the same is the same, however a widget drew it."""
    whole = Picture(((Segment("Log In", RED),),))
    pieces = Picture(
        ((Segment("Log", RED), Segment(" In", RED + Style(link="http://127.0.0.1", meta={"a": 1}))),)
    )
    assert normal(whole) == normal(pieces)
    assert "127.0.0.1" not in drawn(normal(pieces), None, 6)


def test_a_resize_is_an_event_and_draws_everything_anew() -> None:
    of = script(step(1, "resize", "30x3"))
    wide, narrow = screen("Wide"), screen("Narrow", width=30, height=3)
    recording = Recording(
        (
            began(of, "full-screen"),
            Frame(t=0, picture=wide),
            Resized(t=100, size=Size(30, 3)),
            Frame(t=100, picture=narrow),
            RunEnded(t=200, ok=1, failed=0, not_run=0),
        )
    )
    _, events = header_and_events(version_2(cast_of(recording)))
    assert [event[:2] for event in events] == [[0.0, "o"], [0.1, "r"], [0.1, "o"], [0.2, "o"]]
    assert events[1][2] == "30x3"
    assert shown(replayed(version_2(cast_of(recording)))) == ["Narrow"]


def test_a_take_over_ends_the_cast_with_its_marker() -> None:
    """DEMO-CLI-04: what a person did then is not recorded."""
    of = script(step(1, "open-login", True))
    events = (
        began(of),
        Printed(t=0, text="Screen: Welcome\n", kind="output"),
        Marked(t=500, label="take-over"),
    )
    recording = Recording((*events, RunEnded(t=9000, ok=0, failed=0, not_run=1, stopped=True)))
    header, cast_events = header_and_events(version_2(cast_of(recording)))
    assert cast_events[-1] == [0.5, "m", "take-over"]
    assert header["duration"] == 0.5


def test_text_stays_text_in_json() -> None:
    """DEMO-REC-02: non-ASCII as it is, controls as \\u001b, separators with a space."""
    cast = Cast(80, 24, 0, 'A "title" – é', 3000, 5, (CastEvent(5, "o", "\x1b[0mé\n"),))
    line = version_2(cast).splitlines()[1]
    assert line == '[0.005, "o", "\\u001b[0mé\\n"]'
    assert '"title": "A \\"title\\" – é"' in version_2(cast)


def test_a_drawing_shows_the_cursor_as_a_cell_in_reverse() -> None:
    picture = normal(with_cursor(screen("ab", cursor=(1, 0))))
    [before, cell, *_] = picture.rows[0]
    assert (before.text, cell.text) == ("a", "b")
    assert cell.style is not None
    assert cell.style.reverse
    behind = with_cursor(Picture(((Segment("ab"),),), (5, 0)))
    assert "".join(piece.text for piece in behind.rows[0]) == "ab    "
