"""However the program ends, the terminal is as before and the exit code says how (SSH-HUP, SSH-REST)."""

import re
import signal
import subprocess

import pytest

from tests.e2e.full_screen import CTRL_C, CTRL_Q, CTRL_Z, ENTER, FullScreen
from tests.e2e.plain import Plain
from tests.e2e.program import QPORTAL, Home
from tests.support.piped import Piped
from tests.support.terminal import Terminal

PASSWORD = "Walnut-Harbor-2468"
RESTORED = {
    "the main screen": ("\x1b[?1049h", "\x1b[?1049l"),
    "no mouse reports": ("\x1b[?1000h", "\x1b[?1000l"),
    "no motion reports": ("\x1b[?1003h", "\x1b[?1003l"),
    "no focus reports": ("\x1b[?1004h", "\x1b[?1004l"),
    "no bracketed paste": ("\x1b[?2004h", "\x1b[?2004l"),
    "the cursor": ("\x1b[?25l", "\x1b[?25h"),
}
"""What the terminal is asked for at the start, and what takes it back (SSH-REST-01)."""


def assert_restored(terminal: Terminal) -> None:
    assert terminal.settings == terminal.settings_before
    for what, (asked, taken_back) in RESTORED.items():
        assert terminal.written.rfind(taken_back) >= terminal.written.rfind(asked), what
    after = terminal.written.rpartition("\x1b[?1049l")[2]
    assert re.sub(r"\x1b\[[?<>]?[\d;]*[a-z]", "", after).strip() == ""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143)])
def test_ssh_hup_01_a_signal_ends_the_full_screen_and_restores_the_terminal(
    own: Home, number: signal.Signals, code: int
) -> None:
    with own.full_screen() as terminal:
        person = FullScreen(terminal)
        person.arrive()
        person.to_user()
        person.type("demo.grouprep")
        terminal.signal(number)
        assert terminal.exit_code(timeout=4) == code
        assert_restored(terminal)


def test_ctrl_c_and_ctrl_z_end_nothing_ctrl_q_asks_and_leaves_the_terminal_as_it_was(own: Home) -> None:
    with own.full_screen() as terminal:
        person = FullScreen(terminal)
        person.arrive()
        terminal.send(CTRL_Z)
        terminal.press(CTRL_C)
        terminal.wait_for("Ctrl+Q quits the program")
        person.open(CTRL_Q, "Leave the program?", every_s=1)  # binding, like all that ends something
        person.focus("Quit")
        terminal.send(ENTER)
        assert terminal.exit_code() == 0
        assert_restored(terminal)


def test_ssh_hup_02_a_terminal_that_is_gone_ends_the_program(own: Home) -> None:
    with own.full_screen() as terminal:
        FullScreen(terminal).arrive()
        terminal.hang_up()
        assert terminal.exit_code(timeout=4) == 129
    assert not list((own.data / "crashes").glob("*"))


def test_ssh_hup_02_so_it_does_where_no_signal_says_so(own: Home) -> None:
    """A program that does not lead its terminal gets no SIGHUP, and reads the end of file for ever."""
    with Terminal([*QPORTAL, "--full-screen"], own.env, leads=False) as terminal:
        FullScreen(terminal).arrive()
        terminal.hang_up()
        assert terminal.exit_code(timeout=4) == 129


@pytest.mark.parametrize(("number", "code"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143)])
def test_ssh_hup_07_a_signal_ends_plain_text_without_an_escape(
    own: Home, number: signal.Signals, code: int
) -> None:
    with own.terminal("--plain") as terminal:
        person = Plain(terminal)
        person.to_user()
        person.answer("User ID, required", "demo.grouprep")
        person.hear("Password, required")  # the echo is off now
        terminal.signal(number)
        assert terminal.exit_code(timeout=4) == code
        assert terminal.settings == terminal.settings_before
        assert "\x1b" not in terminal.written
        assert terminal.written.endswith("\n")


def test_a11y_plain_11_ctrl_c_asks_and_twice_ends_with_130(own: Home) -> None:
    with own.terminal("--plain") as terminal:
        person = Plain(terminal)
        person.hear("Action, number")
        terminal.send(CTRL_C)
        person.hear("This ends the program.", "Quit, number")
        terminal.send(CTRL_C)
        assert terminal.exit_code(timeout=4) == 130
        assert terminal.settings == terminal.settings_before


def test_ssh_hup_03_a_reader_that_leaves_ends_plain_text_without_a_traceback(own: Home) -> None:
    with Piped([*QPORTAL, "--plain"], own.env) as program:
        person = Plain(program)
        person.hear("Action, number")
        program.leave()
        program.send("1\n")
        assert program.exit_code() == 1
        assert "Traceback" not in program.complaint


def test_ssh_hup_05_after_a_hang_up_the_person_is_back_at_the_step(own: Home) -> None:
    with own.terminal("--plain") as terminal:
        person = Plain(terminal)
        person.sign_in("demo.grouprep", PASSWORD)
        person.to_choice("ALDER CREEK DEMO CLINIC")
        terminal.hang_up()
        assert terminal.exit_code(timeout=4) == 129
    with Piped([*QPORTAL, "--plain"], own.env) as program:
        person = Plain(program)
        person.to_code("demo.grouprep", PASSWORD)
        person.answer("Security Code, required", person.read_code())
        said = person.hear("Screen: Feedback Reports", "Select a Year")
        assert "You are back where you were." in said
        assert "ALDER CREEK DEMO CLINIC LLC:4802" in said


def test_ssh_hup_06_nothing_is_written_while_nobody_does_anything(own: Home) -> None:
    with own.full_screen() as terminal:
        person = FullScreen(terminal)
        person.arrive()
        person.to_user()
        terminal.settle(0.5)
        assert terminal.silence(3.0) == b""


def test_ssh_rest_02_a_crash_is_one_line_and_its_report_holds_no_value(own: Home) -> None:
    """A server that answers what no server should is no crash; a broken settings file is no traceback."""
    own.config.mkdir(parents=True)
    (own.config / "config.toml").write_text("interface = [broken")
    ended = own.run("--plain")
    assert ended.returncode == 2
    assert ended.stderr.startswith("Error: ")
    assert "Traceback" not in ended.stderr


def test_it_ends_at_once_where_the_output_was_closed(own: Home) -> None:
    command = f"{' '.join(QPORTAL)} --plain </dev/null | head -1"
    ended = subprocess.run(["bash", "-c", command], env=own.env, capture_output=True, text=True, timeout=30)
    assert "Traceback" not in ended.stderr
