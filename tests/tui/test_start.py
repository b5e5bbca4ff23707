"""`qportal` in a real terminal: first run, front ends, changing between them (A11Y-MODE-02 to -06).

These tests run the whole program with its bundled server in a pseudo-terminal.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from tui import server_record

QUESTION = "Screen reader or braille display"
FIRST_PAGE = "Login to CMS Secure Portal"
Open = Callable[..., "pexpect.spawn[str]"]


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Open]:
    """Start `qportal` on an 80x24 terminal; it and its server are ended afterwards."""
    opened: list[pexpect.spawn[str]] = []

    def spawn(*arguments: str, **environ: str) -> "pexpect.spawn[str]":
        child = pexpect.spawn(
            sys.executable,
            ["-m", "tui.cli", *arguments],
            env={**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", **environ},
            dimensions=(24, 80),
            timeout=30,
            encoding="utf-8",
        )
        opened.append(child)
        return child

    yield spawn
    for child in opened:
        child.close(force=True)
    record = server_record.read(tmp_path / "data")
    if record is not None and record.answers:
        os.kill(record.pid, signal.SIGKILL)


def ends_with(child: "pexpect.spawn[str]", code: int) -> None:
    child.expect(pexpect.EOF)
    child.wait()
    assert child.exitstatus == code


def press_until(child: "pexpect.spawn[str]", key: str, shown: str) -> None:
    """Press a key until it is taken: keys that come before a page is drawn are dropped (SSH-NET-07)."""
    for _ in range(20):
        child.send(key)
        if child.expect([shown, pexpect.TIMEOUT], timeout=1) == 0:
            return
    pytest.fail("the key was never taken")


def test_a11y_mode_04_plain_text_is_one_letter_away_and_remembered(program: Open) -> None:
    child = program()
    child.expect(QUESTION)
    child.expect("Choice: ")
    before = child.before
    child.sendline("p")
    child.expect("Saved: plain text is now your preference.")
    child.expect(FIRST_PAGE)
    assert "\x1b" not in str(before) + str(child.before)
    child.expect("Action, number")
    child.kill(signal.SIGTERM)
    ends_with(child, 143)
    again = program()
    again.expect([FIRST_PAGE, QUESTION])
    assert again.match.group() == FIRST_PAGE  # type: ignore[union-attr]


def test_a11y_mode_04_enter_opens_the_full_screen(program: Open) -> None:
    child = program()
    child.expect("Choice: ")
    assert "\x1b" not in str(child.before)
    child.sendline("")
    child.expect("\x1b\\[\\?1049h")
    child.expect(FIRST_PAGE)
    child.kill(signal.SIGHUP)
    ends_with(child, 129)


def test_ctrl_c_at_the_first_question_ends_with_130(program: Open) -> None:
    child = program()
    child.expect("Choice: ")
    child.sendintr()
    ends_with(child, 130)


def test_a11y_mode_03_a_dumb_terminal_gets_plain_text_unasked(program: Open) -> None:
    child = program(TERM="dumb")
    child.expect(FIRST_PAGE)
    assert QUESTION not in str(child.before)
    assert "\x1b" not in str(child.before)


def test_a11y_mode_03_the_full_screen_is_refused_where_it_cannot_be(program: Open) -> None:
    child = program("--full-screen", TERM="dumb")
    child.expect("Error: This terminal cannot show the full screen: TERM is dumb. Use --plain.")
    ends_with(child, 1)


def test_a11y_mode_06_the_walk_goes_on_in_the_other_front_end(program: Open) -> None:
    child = program("--plain")
    child.expect(FIRST_PAGE)
    child.expect("Action, number 1 to")
    child.sendline("1")
    child.expect("Screen: Terms and Conditions")
    child.expect("Action, number 1 to")
    child.sendline("/full")
    child.expect("\x1b\\[\\?1049h")
    child.expect("Terms and Conditions")
    press_until(child, "\x1bOS", "\x1b\\[\\?1049l")
    child.expect("Screen: Terms and Conditions")
