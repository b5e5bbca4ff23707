"""The command line: commands, exit codes, messages (design.md, A11Y-MODE-04, A11Y-MODE-05, F-OUT-03)."""

import io
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from client.errors import PortalUnreachable, SettingsError
from tui import cli, failures
from tui.exit_codes import ExitCode
from tui.first_run import QUESTION, ask
from tui.signals import Ended

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line in this process: exit code, standard output, standard error."""
    monkeypatch.setenv("QPORTAL_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("QPORTAL_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("TERM", "dumb")

    def call(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_help_names_every_command_without_a_frame(run: Run) -> None:
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    for command in ("config", "outbox", "personas", "score", "serve", "--plain", "--server"):
        assert command in out
    assert "\x1b" not in out
    assert not set(out) & set("│─╭╮╰╯")


@pytest.mark.parametrize("command", ["outbox", "personas", "score", "config"])
def test_every_command_has_help(run: Run, command: str) -> None:
    code, out, _ = run(command, "--help")
    assert code == 0
    assert f"Usage: qportal {command}" in out


def test_the_version(run: Run) -> None:
    code, out, _ = run("--version")
    assert code == 0
    assert out.startswith("qportal ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--plain", "--full-screen"), "exclude each other"),
        (("--thme", "terminal"), "--theme"),
        (("--color", "blue"), "Nearest: auto"),
        (("nonsense",), "nonsense"),
        (("outbox", "--wait", "soon"), "wait"),
        (("outbox", "--wait", "-1"), "0 or more"),
        (("config", "get", "thme"), "Nearest: theme"),
        (("config", "set", "bell"), "value"),
        (("config", "set", "bell", "loud"), "Nearest: "),
        (("score",), "FILES"),
    ],
)
def test_wrong_usage_ends_with_2_and_a_way_out(run: Run, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = run(*arguments)
    assert code == ExitCode.USAGE
    assert out == ""
    assert err.startswith("Error: ")
    assert said.lower() in err.lower()
    assert "\nFix: " in err or "0 or more" in err


def test_sr_cli_05_no_option_takes_a_secret(run: Run) -> None:
    for command in ((), ("outbox",), ("personas",)):
        assert "password" not in run(*command, "--help")[1].lower()


def test_a_hostile_argument_reaches_the_terminal_as_text(run: Run) -> None:
    code, _, err = run("config", "get", "\x1b]0;PWNED\x07")
    assert code == ExitCode.USAGE
    assert "\x1b" not in err
    assert "\x07" not in err
    _, _, err = run("--\x1b[2J")
    assert "\x1b" not in err


def test_ssh_tty_01_not_on_a_terminal_it_names_plain(run: Run) -> None:
    code, out, err = run("--full-screen")
    assert (code, out) == (ExitCode.FAILED, "")
    assert err.count("\n") == 1
    assert "--plain" in err


def test_an_address_that_may_not_be_used(run: Run) -> None:
    code, _, err = run("personas", "--server", "http://portal.example")
    assert code == ExitCode.FAILED
    assert "Plain http" in err


def test_a_server_that_is_not_there_is_not_waited_for(run: Run) -> None:
    before = time.monotonic()
    code, _, err = run("outbox", "--server", "http://127.0.0.1:9")
    assert code == ExitCode.FAILED
    assert err.startswith("Error: No connection. The portal cannot be reached.")
    assert time.monotonic() - before < 10


# config


def test_a11y_mode_05_preferences_are_kept(run: Run) -> None:
    assert run("config", "set", "theme", "qportal-contrast") == (0, "Saved: theme is qportal-contrast.\n", "")
    assert run("config", "get", "theme")[1] == "qportal-contrast\n"
    code, out, _ = run("config", "list")
    assert code == 0
    assert out.startswith("interface = auto (default; ")
    assert "theme = qportal-contrast (saved; " in out


def test_a11y_mode_05_variables_are_seen(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QPORTAL_THEME", "terminal")
    assert run("config", "get", "theme")[1] == "terminal\n"
    assert "theme = terminal (variable; " in run("config", "list")[1]


def test_a_damaged_settings_file_is_a_usage_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.toml").write_text("theme = [")
    code, _, err = run("config", "list")
    assert code == ExitCode.USAGE
    assert "config.toml" in err


# The first-run question


@pytest.mark.parametrize(
    ("typed", "chosen", "asked"),
    [
        ("p\n", "plain", 1),
        ("Plain\n", "plain", 1),
        ("\n", "full-screen", 1),
        ("x\n\nP\n", "full-screen", 2),
        ("", None, 1),
    ],
)
def test_a11y_mode_04_the_question(typed: str, chosen: str | None, asked: int) -> None:
    output = io.StringIO()
    assert ask(io.StringIO(typed), output) == chosen
    lines = output.getvalue().splitlines()
    assert tuple(lines[:2]) == QUESTION
    assert output.getvalue().count("Choice: ") == asked
    assert output.getvalue().count("Fix: type p, or press Enter alone.") == asked - 1
    assert "\x1b" not in output.getvalue()


# How it ends


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), 130, ""),
        (Ended(15), 143, ""),
        (Ended(1), 129, ""),
        (SystemExit(3), 3, ""),
        (SettingsError("Bad.", remedy="Repair it."), 2, "Error: Bad.\nFix: Repair it.\n"),
        (
            PortalUnreachable(),
            1,
            "Error: No connection. The portal cannot be reached. Your entries are kept.\n"
            "Fix: Try again, or quit.\n",
        ),
    ],
)
def test_exit_codes(error: BaseException, code: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert failures.end(error) == code
    assert capsys.readouterr().err == said


@pytest.mark.sr("SR-ERR-03")
def test_sr_err_03_a_crash_says_where_and_nothing_else(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    with pytest.raises(ValueError) as raised:
        raise ValueError("Walnut-Harbor-2468")
    assert failures.end(raised.value) == 1
    said = capsys.readouterr().err
    assert said.startswith("Error: the program stopped (reference ")
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*.txt"))
    assert b"ValueError" in written
    assert b"Walnut" not in said.encode() + written


@pytest.mark.sr("SR-ERR-04")
def test_sr_err_04_no_core_dumps(run: Run) -> None:
    run("config", "list")
    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "tui.cli", *arguments]
    return subprocess.run(program, text=True, capture_output=True, check=False)


def shell(line: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash in which `qportal` is the program under test; answers its exit code."""
    quoted = f'qportal() {{ "{sys.executable}" -m tui.cli "$@"; }}; {line}; exit "${{PIPESTATUS[0]}}"'
    return subprocess.run(["/bin/bash", "-c", quoted], capture_output=True, text=True, check=False)


def test_ssh_hup_03_a_reader_that_leaves_ends_it_quietly() -> None:
    ended = shell("(sleep 0.5; qportal config list) | true")
    assert (ended.returncode, ended.stderr) == (1, "")


def test_a_full_disk_is_said_in_one_line() -> None:
    ended = shell("qportal config list >/dev/full")
    assert (ended.returncode, ended.stderr) == (1, "Error: No space left on device.\n")


def test_serve_has_the_servers_own_help() -> None:
    ended = python("serve", "--help")
    assert ended.returncode == 0
    assert "--tls-cert" in ended.stdout


def test_serve_refuses_wrong_settings_with_2() -> None:
    ended = python("serve", "--host", "192.0.2.1", "--port", "0")
    assert ended.returncode == 2
    assert ended.stderr.startswith("Error: ")


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["config", "list"], ["textual", "httpx", "rich.console"]),
        (["--plain", "--full-screen"], ["textual", "httpx"]),
    ],
)
def test_s_1_commands_load_only_what_they_need(arguments: list[str], unwanted: list[str]) -> None:
    program = (
        "import sys; from tui.cli import main; main(sys.argv[1:]); "
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    loaded = set(ended.stderr.splitlines())
    assert "mock_server" not in {name.partition(".")[0] for name in loaded}
    assert not loaded & {"textual", "httpx"} & set(unwanted)
