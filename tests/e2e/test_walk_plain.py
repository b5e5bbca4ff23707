"""The same walk line by line: through a pipe, on a terminal that can do nothing, and by ACCESSIBLE=1."""

import re
import unicodedata

import pytest

from client.messages.report import ReportTable
from tests.e2e.plain import Plain
from tests.e2e.program import QPORTAL, Home
from tests.e2e.values import of_api, of_plain
from tests.support.piped import Piped


def control_characters(text: str) -> set[str]:
    """All but the line feed (A11Y-PLAIN-01)."""
    return {char for char in text if unicodedata.category(char) in {"Cc", "Cf"} and char != "\n"}


def walk_to_report(person: Plain) -> None:
    password = person.read_password()
    person.sign_in("demo.grouprep", password)
    person.to_choice("ALDER CREEK DEMO CLINIC")
    person.to_report()


def test_a11y_plain_01_the_whole_walk_through_a_pipe(own: Home, table_1: list[ReportTable]) -> None:
    with Piped([*QPORTAL, "--plain"], own.env) as program:
        person = Plain(program)
        walk_to_report(person)
        for table in table_1:
            assert of_plain(person.read_table()) == of_api(table), table.title
        program.end_input()
        assert program.exit_code() == 1
        assert "input ended at S-REPORT" in program.complaint
        assert control_characters(program.written) == set()
        assert not re.search("(?m) +$", program.written)


@pytest.mark.parametrize("how", [{"TERM": "dumb"}, {"ACCESSIBLE": "1"}], ids=["TERM=dumb", "ACCESSIBLE=1"])
def test_as_a11y_01_the_main_path_completes_without_an_escape_on_a_terminal(
    own: Home, how: dict[str, str]
) -> None:
    with own.terminal(env=how) as terminal:
        terminal.pass_output_through()
        person = Plain(terminal)
        person.hear("Action, number")
        walk_to_report(person)
        assert "$8,227.70" in person.hear("Enter for")
        assert control_characters(terminal.written) == set()
        assert own_password_is_nowhere(terminal.written)


def own_password_is_nowhere(text: str) -> bool:
    """The demo password is published by the demo accounts, and echoed by nothing else (A11Y-PLAIN-08)."""
    password = re.findall(r"Password of every account: (\S+)", text)[0]
    return text.count(password) == 1


def test_a11y_mode_02_accessible_0_starts_the_full_screen(own: Home) -> None:
    with own.terminal(env={"ACCESSIBLE": "0"}) as terminal:
        terminal.wait_for("Screen reader or braille display?")
        terminal.send("\r")
        terminal.wait_written("\x1b[?1049h")


def test_as_a11y_03_a_dumb_terminal_refuses_the_full_screen_and_names_plain(own: Home) -> None:
    with own.terminal("--full-screen", env={"TERM": "dumb"}) as terminal:
        assert terminal.exit_code() == 1
        assert "--plain" in terminal.written
        assert "\x1b" not in terminal.written


def test_not_on_a_terminal_it_says_so_and_names_plain(own: Home) -> None:
    ended = own.run()
    assert ended.returncode == 1
    assert "--plain" in ended.stderr
    assert ended.stdout == ""


def test_a11y_plain_12_the_end_of_input_ends_the_walk_and_says_where(own: Home) -> None:
    ended = own.run("--plain", stdin="1\n1\ndemo.grouprep\n")
    assert ended.returncode == 1
    assert ended.stderr == "Error: input ended at S-PASS, field password.\n"


def test_as_a11y_05_a_wrong_code_asks_for_the_code_alone(own: Home) -> None:
    with Piped([*QPORTAL, "--plain"], own.env) as program:
        person = Plain(program)
        person.to_code("demo.grouprep", person.read_password())
        code = person.read_code()
        person.answer("Security Code, required", f"{(int(code) + 1) % 1_000_000:06d}")
        said = person.hear("Error:", "Security Code:")
        assert [line.partition(" ")[0] for line in said.splitlines() if line][:2] == ["Error:", "Fix:"]
        assert "User ID" not in said
        assert "Password" not in said
        person.answer("Security Code:", code)
        person.hear("Screen: My Portal")
