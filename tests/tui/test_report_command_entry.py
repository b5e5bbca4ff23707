"""What `qportal report` refuses before it meets the portal, and where its secrets come from (SR-CLI-05)."""

import io
import os
import re
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from client.errors import FileExists, FileNotWritten
from client.messages.report import Report
from tests.tui.report_samples import report
from tests.tui.reporting import order
from tui import cli
from tui.commands.refusals import NotDone, of_error
from tui.commands.report_checks import check, split_command
from tui.commands.report_order import Order
from tui.commands.report_output import deliver, for_terminal
from tui.commands.secret_entry import Entry, code_from, read_password
from tui.exit_codes import ExitCode
from tui.report_text import report_text

TIN = "999000183"
ORDERED = (
    *("--user", "demo.grouprep", "--year", "2011", "--report", "R-PQRS-2011", "--practice", "4802"),
    *("--purpose", "ce", "--device", "email", "--accept-terms"),
)


def refused(wanted: Order, *, accept_terms: bool = True, stdout_tty: bool = False) -> NotDone:
    with pytest.raises(NotDone) as raised:
        check(wanted, accept_terms=accept_terms, stdout_tty=stdout_tty)
    return raised.value


# The order


@pytest.mark.parametrize(
    "practice", [TIN, "99-9000183", "999 000 183", "ALDER 999000183", "９９９０００１８３", f"{TIN}0"]
)
def test_nine_digits_are_refused_and_not_said_again(practice: str) -> None:
    refusal = refused(order(practice=practice))
    assert refusal.code == ExitCode.USAGE
    assert practice not in refusal.sentence + refusal.remedy
    assert practice not in repr(order(practice=practice))


@pytest.mark.parametrize("practice", ["4802", "ALDER CREEK", "YELLOW WREN DEMO PRACTICE 214:0183"])
def test_a_name_or_last_four_is_taken(practice: str) -> None:
    check(order(practice=practice), accept_terms=True, stdout_tty=True)


def test_the_terms_have_no_default() -> None:
    assert refused(order(), accept_terms=False).code == ExitCode.USAGE


@pytest.mark.parametrize("file_format", ["pdf", "xlsx"])
def test_a_binary_format_goes_to_a_file_or_a_pipe_only(file_format: str, tmp_path: Path) -> None:
    assert refused(order(format=file_format), stdout_tty=True).code == ExitCode.USAGE
    check(order(format=file_format), accept_terms=True, stdout_tty=False)
    check(order(format=file_format, output=tmp_path / "r"), accept_terms=True, stdout_tty=True)


def test_an_existing_file_is_kept_unless_forced(tmp_path: Path) -> None:
    there = tmp_path / "report.json"
    there.write_text("kept")
    with pytest.raises(FileExists):
        check(order(output=there), accept_terms=True, stdout_tty=False)
    check(order(output=there, force=True), accept_terms=True, stdout_tty=False)


def test_a_folder_is_no_output(tmp_path: Path) -> None:
    assert refused(order(output=tmp_path)).code == ExitCode.USAGE
    assert "does not exist" in refused(order(output=tmp_path / "none" / "file")).sentence


def test_a_symbolic_link_is_no_output(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileNotWritten) as raised:
        check(order(output=link, force=True), accept_terms=True, stdout_tty=False)
    assert "symbolic link" in of_error(raised.value).remedy


def test_a_command_is_split_as_a_shell_would() -> None:
    assert split_command("pass show 'my code'") == ("pass", "show", "my code")
    assert split_command(None) == ()
    for text in ("", "  ", "say 'it"):
        with pytest.raises(NotDone) as raised:
            split_command(text)
        assert raised.value.code == ExitCode.USAGE


def test_a_tin_is_not_said_again_wherever_it_was_typed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["report", "--year", TIN, "99-9000183"]) == ExitCode.USAGE
    assert cli.main(["report", *ORDERED, "99-9000183"]) == ExitCode.USAGE
    said = capsys.readouterr()
    assert said.out == ""
    assert not [tin for tin in (TIN, "99-9000183") if tin in said.err]


# Secrets


@pytest.mark.sr("SR-CLI-05")
def test_sr_cli_05_no_option_takes_a_password_or_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["report", "--help"]) == 0
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    assert {option for option in options if "password" in option or "code" in option} == {
        "--password-stdin",
        "--code-command",
    }


def test_the_password_is_the_first_line_as_it_stands() -> None:
    assert read_password(io.BytesIO(b"  spaces count \r\nrest\n")) == "  spaces count "
    assert read_password(io.BytesIO("Grüße".encode())) == "Grüße"


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\n", b"x" * 2000])
def test_no_usable_password_is_refused_without_saying_it(content: bytes) -> None:
    with pytest.raises(NotDone) as raised:
        read_password(io.BytesIO(content))
    assert "xxx" not in str(raised.value)


def test_ssh_tty_02_without_a_terminal_nobody_is_asked() -> None:
    with pytest.raises(NotDone, match=r"a terminal is needed for the password. Use ssh -t."):
        Entry("demo.grouprep", None, ("true",)).check()
    with pytest.raises(NotDone, match=r"a terminal is needed for the security code. Use ssh -t."):
        Entry("demo.grouprep", "secret").check()
    Entry("demo.grouprep", "secret", ("true",)).check()
    assert "secret" not in repr(Entry("demo.grouprep", "secret"))


async def run(script: str, limit_s: float = 30.0) -> str:
    return await code_from([sys.executable, "-c", script], limit_s)


async def test_the_code_is_the_first_line_of_the_programs_output() -> None:
    assert await run("print(' 564 123 '); print('more'); print('x' * 100_000)") == "564 123"


async def test_no_shell_runs_the_program() -> None:
    assert await code_from([sys.executable, "-c", "import sys; print(sys.argv[1])", "$HOME;ls|cat"]) == (
        "$HOME;ls|cat"
    )


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("raise SystemExit(3)", "ended with status 3"),
        ("print('564123'); raise SystemExit(1)", "ended with status 1"),
        ("pass", "printed no code"),
        ("print()", "printed no code"),
        ("print('564\\x1b[31m123')", "a line that is no code"),
        ("print('5' * 1000)", "a line that is no code"),
    ],
)
async def test_a_program_without_a_code_is_told_and_its_output_is_not(script: str, said: str) -> None:
    with pytest.raises(NotDone, match=said) as raised:
        await run(script)
    assert "564" not in raised.value.sentence
    assert "555" not in raised.value.sentence


async def test_a_program_that_cannot_start_is_told() -> None:
    with pytest.raises(NotDone, match="could not be started: No such file"):
        await code_from(["/no/such/program"])


async def test_a_program_that_does_not_end_is_ended(tmp_path: Path) -> None:
    script = f"import os, time; open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    before = time.monotonic()
    with pytest.raises(NotDone, match="did not end within"):
        await run(script, limit_s=1.0)
    assert time.monotonic() - before < 20
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


# The output


class Stdout(io.BytesIO):
    """Standard output, a terminal or not."""

    def __init__(self, *, tty: bool) -> None:
        super().__init__()
        self._tty = tty

    def isatty(self) -> bool:
        return self._tty


def delivered(content: bytes = b"", *, report: Report | None = None, tty: bool = False) -> bytes:
    stdout = Stdout(tty=tty)
    deliver(order(), report, content, stdout, width=79)
    return stdout.getvalue()


def test_s_8_a_pipe_gets_every_byte() -> None:
    content = b'"a\x1b",1\r\n\xff\x00'
    assert delivered(content) == content


def test_s_8_a_table_is_printed_as_score_prints_it() -> None:
    assert delivered(report=report("TIN")) == report_text(report("TIN"), 79).encode()


def test_sr_term_01_a_terminal_gets_no_control_character() -> None:
    shown = delivered('{"name": "x\x1b]0;t\x07\u202e"}\r\n'.encode(), tty=True).decode()
    assert not set(shown) & {"\x1b", "\x07", "\u202e", "\r"}
    long = b"x" * 20_000
    assert for_terminal(long) == long


def test_a_file_is_its_owners_alone(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    wanted = order(output=target)
    deliver(wanted, None, b"{}", Stdout(tty=False), width=79)
    assert target.read_bytes() == b"{}"
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_file_that_came_meanwhile_is_kept_too(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_text("kept")
    with pytest.raises(FileExists):
        deliver(order(output=target), None, b"{}", Stdout(tty=False), width=79)
    assert target.read_text() == "kept"
    deliver(replace(order(output=target), force=True), None, b"{}", Stdout(tty=False), width=79)
    assert target.read_text() == "{}"


def test_a_full_disk_is_told_and_the_old_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.json"
    target.write_text("kept")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileNotWritten):
        deliver(order(output=target, force=True), None, b"{}", Stdout(tty=False), width=79)
    assert target.read_text() == "kept"
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]
