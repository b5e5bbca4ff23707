"""Plain mode on real streams: pipe, file, pseudo-terminal (T-A11Y-10, -15, -18; SSH-HUP-03, -07)."""

import os
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from tests.tui.plain.pages import PASSWORD, WALK
from tui.plain.terminal import LONGEST_LINE, LineReader

ROOT = Path(__file__).parents[3]
COMMAND = [sys.executable, "-m", "tests.tui.plain.driver"]
WHOLE_WALK = "\n".join([*WALK, "/quit", "1", ""])


def environment(**changes: str) -> dict[str, str]:
    plain = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))
    }
    return {**plain, "LANG": "C.UTF-8", "TERM": "dumb", **changes}


def piped(*arguments: str, typed: str | bytes, **variables: str) -> subprocess.CompletedProcess[bytes]:
    given = typed.encode() if isinstance(typed, str) else typed
    return subprocess.run(
        [*COMMAND, *arguments],
        input=given,
        capture_output=True,
        cwd=ROOT,
        env=environment(**variables),
        timeout=60,
        check=False,
    )


def test_t_a11y_10_a_whole_walk_through_a_pipe() -> None:
    done = piped(typed=WHOLE_WALK)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Done: signed in.\n" in done.stdout
    assert PASSWORD.encode() not in done.stdout
    assert all(byte == 0x0A or byte >= 0x20 for byte in done.stdout)
    assert b"\x7f" not in done.stdout


def test_t_a11y_10_in_the_c_locale_without_utf_8_every_byte_is_ascii() -> None:
    done = piped(typed=WHOLE_WALK, LANG="C", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 0
    assert done.stdout.isascii()


def test_t_a11y_18_the_end_of_the_pipe_is_said_on_standard_error() -> None:
    done = piped(typed="1\n1\n")
    assert done.returncode == 1
    assert done.stderr == b"Error: input ended at S-USER, field user_id.\n"
    assert done.stdout.endswith(b"User ID, required, 6 to 74 characters:\n")


def test_t_a11y_18_a_last_line_without_its_end_counts() -> None:
    assert piped(typed="1\n2\n/quit\n1").returncode == 0


def test_a11y_plain_17_no_secret_is_taken_from_a_pipe_for_a_server_elsewhere() -> None:
    done = piped("far", typed=WHOLE_WALK)
    assert done.returncode == 1
    assert done.stderr == b"Error: a terminal is needed for the password. Use ssh -t.\n"


def test_input_from_a_file_works_too(tmp_path: Path) -> None:
    script = tmp_path / "walk.txt"
    script.write_text(WHOLE_WALK)
    with script.open() as typed:
        done = subprocess.run(COMMAND, stdin=typed, capture_output=True, cwd=ROOT, timeout=60, check=False)
    assert done.returncode == 0


def test_bytes_that_are_no_utf_8_do_no_harm() -> None:
    done = piped(typed=b"1\n1\n\xff\xfe\x1b[2J\ndemo.grouprep\n\xff\xff" + WHOLE_WALK.encode())
    assert b"\x1b" not in done.stdout
    assert b"Traceback" not in done.stderr


def test_ssh_hup_03_a_reader_that_goes_away_ends_it_with_1_and_without_a_word() -> None:
    process = subprocess.Popen(
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment(),
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    _, errors = process.communicate(b"?\n" * 200, timeout=60)
    assert (process.returncode, errors) == (1, b"")


@pytest.fixture
def terminal() -> Iterator["pexpect.spawn[str]"]:
    """Plain mode on a pseudo-terminal of 80 columns."""
    child = pexpect.spawn(
        COMMAND[0],
        COMMAND[1:],
        cwd=str(ROOT),
        env=environment(),
        encoding="utf-8",
        dimensions=(24, 80),
        timeout=30,
    )
    yield child
    child.close(force=True)


def to_password(child: "pexpect.spawn[str]") -> None:
    for prompt, answer in (
        ("number 1 to 8: ", "1"),
        ("number 1 to 2: ", "1"),
        ("characters: ", "jd"),
        ("User ID: ", "demo.grouprep"),
    ):
        child.expect_exact(prompt)
        child.sendline(answer)
    child.expect_exact("not shown while typing: ")


def test_t_a11y_15_on_a_terminal_the_password_is_not_echoed_and_the_echo_comes_back(
    terminal: "pexpect.spawn[str]",
) -> None:
    before = termios.tcgetattr(terminal.child_fd)
    to_password(terminal)
    terminal.waitnoecho(timeout=10)
    assert not terminal.getecho()
    terminal.sendline(PASSWORD)
    terminal.expect_exact("\r\nDone: password entered.\r\n")
    terminal.expect_exact("number 1 to 5: ")
    assert terminal.getecho()
    terminal.sendline("/quit")
    terminal.expect_exact("Quit, number 1 to 2: ")
    terminal.sendline("1")
    terminal.expect(pexpect.EOF)
    terminal.wait()
    assert terminal.exitstatus == 0
    assert termios.tcgetattr(terminal.child_fd)[3] == before[3]
    assert PASSWORD not in (terminal.before or "")
    assert "\x1b" not in (terminal.before or "")


def test_a11y_plain_03_lines_on_a_terminal_are_one_cell_shorter_than_it(
    terminal: "pexpect.spawn[str]",
) -> None:
    terminal.expect_exact("number 1 to 8: ")
    lines = (terminal.before or "").split("\r\n")
    assert max(map(len, lines)) <= 79
    assert any(line.startswith("or patient data.") for line in lines)


def test_ctrl_c_at_the_password_goes_back_and_twice_ends_with_130(terminal: "pexpect.spawn[str]") -> None:
    to_password(terminal)
    terminal.waitnoecho(timeout=10)
    terminal.sendintr()
    terminal.expect_exact("Screen: User ID, step 3 of 12")
    terminal.expect_exact("(Enter keeps demo.grouprep): ")
    terminal.sendintr()
    terminal.expect_exact("Quit, number 1 to 2: ")
    terminal.sendintr()
    terminal.expect(pexpect.EOF)
    terminal.wait()
    assert terminal.exitstatus == 130


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_ssh_hup_07_a_signal_ends_the_line_restores_the_echo_and_the_code_names_it(
    terminal: "pexpect.spawn[str]", number: signal.Signals
) -> None:
    to_password(terminal)
    terminal.waitnoecho(timeout=10)
    terminal.kill(number)
    terminal.expect(pexpect.EOF)
    assert (terminal.before or "").endswith("\r\n")
    terminal.wait()
    assert terminal.exitstatus == 128 + number
    assert termios.tcgetattr(terminal.child_fd)[3] & termios.ECHO


def test_ctrl_d_goes_back_and_twice_in_a_row_quits(terminal: "pexpect.spawn[str]") -> None:
    terminal.expect_exact("number 1 to 8: ")
    terminal.sendeof()
    terminal.expect_exact("Quit, number 1 to 2: ")
    terminal.sendeof()
    terminal.expect(pexpect.EOF)
    terminal.wait()
    assert terminal.exitstatus == 0


@pytest.fixture
def pipe() -> Iterator[tuple[LineReader, int]]:
    """A reader and the descriptor that feeds it."""
    reading, writing = os.pipe()
    yield LineReader(reading), writing
    os.close(reading)


def test_lines_come_as_they_were_typed(pipe: tuple[LineReader, int]) -> None:
    reader, writing = pipe
    os.write(writing, b" one \r\ntwo\n\n\xff\xc3\xa9\nlast")
    os.close(writing)
    assert [reader.next_line() for _ in range(6)] == [" one ", "two", "", "\ufffd\u00e9", "last", None]


def test_an_endless_line_does_not_fill_the_memory(tmp_path: Path) -> None:
    endless = tmp_path / "endless"
    endless.write_bytes(b"x" * (3 * LONGEST_LINE) + b"\nnext\n")
    descriptor = os.open(endless, os.O_RDONLY)
    reader = LineReader(descriptor)
    line = reader.next_line()
    assert line is not None
    assert len(line) < LONGEST_LINE + 65537
    assert reader.next_line() == "next"
    os.close(descriptor)
