"""`qportal report` as scripts run it: pipes, no terminal, exit codes, no secret anywhere (SR-CLI-05, S-8).

The account has a password of its own, which occurs nowhere else: demo.expired gets it before the tests.
"""

import asyncio
import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from client.journey import Journey
from mock_server.scenario.personas import COMMON_PASSWORD
from tests.e2e.program import QPORTAL, Home, home, until
from tests.support.terminal import Terminal
from tui.launcher import Launcher

USER = "demo.expired"
CANARY = "Quartz-Lantern-9183-Otter"
ORDER = (
    *("--user", USER, "--year", "2011", "--report", "R-PQRS-2011", "--practice", "4802"),
    *("--purpose", "ce", "--device", "email", "--accept-terms"),
)
OBSERVER = """
import pathlib, subprocess, sys
code = subprocess.run(sys.argv[2:], stdout=subprocess.PIPE, text=True, check=True).stdout
pathlib.Path(sys.argv[1]).write_text(code)
print(code, end="")
"""
"""Runs a program for its code and tells the test which code it was."""

pytestmark = [
    pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks into /proc"),
    pytest.mark.xdist_group("report_pipeline"),  # one server for all of them
]


@pytest.fixture(scope="module")
def person(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """Somebody with a running server, and an account whose password is the canary."""
    with home(tmp_path_factory.mktemp("person")) as own:
        launcher = Launcher.start(own.data, options=("--linger=1", "--scenario=SC-2018"))
        asyncio.run(_give_password(launcher))
        yield own
        launcher.release()


async def _give_password(launcher: Launcher) -> None:
    portal = await launcher.ready()
    walk = Journey(portal, "api")
    await walk.start()
    await walk.act("login")
    await walk.act("accept")
    await walk.act("next", {"user_id": USER})
    await walk.act("send", {"password": COMMON_PASSWORD, "mfa_type": "email"})
    code = next(message.code for message in await portal.outbox(USER) if message.live)
    await walk.act("log_in", {"code": code})
    page = await walk.act("save", {"new_password": CANARY, "confirm_password": CANARY})
    assert page.state == "S-HOME", page.errors
    await walk.act("logout")
    await portal.close()


def order_with(option: str, value: str) -> tuple[str, ...]:
    """The order with one option in place of the usual one."""
    if option not in ORDER:
        return (*ORDER, option, value)
    at = ORDER.index(option)
    return (*ORDER[:at], option, value, *ORDER[at + 2 :])


def code_command(into: Path) -> str:
    """`--code-command`: the code of the outbox, noted in a file for the test."""
    outbox = [*QPORTAL, "outbox", "--user", USER, "--code", "--wait", "20"]
    return shlex.join([sys.executable, "-c", OBSERVER, str(into), *outbox])


@dataclass
class Ended:
    """One run, and everything that others could see of its processes."""

    code: int
    out: bytes
    err: str
    seen: set[bytes] = field(default_factory=set)


def begin(person: Home, *arguments: str, password: str = CANARY) -> "subprocess.Popen[bytes]":
    """Start `qportal report` in a session of its own: there is no terminal."""
    process = subprocess.Popen(
        [*QPORTAL, "report", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=person.env,
        start_new_session=True,
    )
    assert process.stdin is not None
    process.stdin.write(f"{password}\n".encode())
    process.stdin.close()
    process.stdin = None
    return process


def run(person: Home, *arguments: str, password: str = CANARY) -> Ended:
    """Run it to its end, and look at its processes all the while."""
    process = begin(person, *arguments, password=password)
    seen: set[bytes] = set()
    while True:
        try:
            out, err = process.communicate(timeout=0.1)
        except subprocess.TimeoutExpired:
            seen |= visible(process.pid)
        else:
            return Ended(process.returncode, out, err.decode(), seen)


def visible(session: int) -> set[bytes]:
    """Command lines and environments of every process of a session."""
    found: set[bytes] = set()
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            if os.getsid(int(folder.name)) == session:
                found |= {(folder / "cmdline").read_bytes(), (folder / "environ").read_bytes()}
        except OSError:  # it has just ended
            continue
    return found


@pytest.mark.sr("SR-CLI-05")
def test_a_pipeline_without_a_terminal_ends_with_0_and_shows_no_secret(person: Home, tmp_path: Path) -> None:
    noted = tmp_path / "code"
    done = run(person, *ORDER, "--password-stdin", "--code-command", code_command(noted))
    assert (done.code, done.err.count("Error")) == (0, 0), done.err
    text = done.out.decode()
    assert text.startswith("2011 Physician Quality Reporting System (PQRS) Feedback Report\n")
    assert "Run by: demo.expired" in text
    assert not set(text) & {"\x1b", "\r"}
    code, key = noted.read_text().strip(), person.server.key
    assert len(code) == 6
    assert len(done.seen) > 2  # the run and the program for the code were seen
    public = b"\0".join([done.out, done.err.encode(), *done.seen])
    assert not [secret for secret in (CANARY, key) if secret.encode() in public]
    # Six digits may occur in a report by chance; as a word of their own they do not.
    assert f" {code} " not in text
    assert code.encode() not in done.err.encode() + b"\0".join(done.seen)
    kept = b"".join(file.read_bytes() for file in person.data.iterdir() if file.is_file())
    assert CANARY.encode() not in kept


def test_a_file_is_written_once_and_replaced_only_by_force(person: Home, tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    wanted = (*ORDER, "--format", "json", "--output", str(target), "--password-stdin")
    command = ("--code-command", code_command(tmp_path / "code"))
    first = run(person, *wanted, *command)
    assert (first.code, first.out) == (0, b""), first.err
    assert json.loads(target.read_bytes())["catalogue_id"] == "R-PQRS-2011"
    assert target.stat().st_mode & 0o777 == 0o600
    target.write_text("kept")
    again = run(person, *wanted, *command)
    assert (again.code, again.out) == (1, b"")
    assert again.err == (
        "Error: A file with this name exists. (E-FILE-02)\n"
        "Fix: Give another --output, or --force to replace the file.\n"
    )
    assert target.read_text() == "kept"
    assert run(person, *wanted, *command, "--force").code == 0
    assert target.read_text() != "kept"


def test_a_refusal_ends_with_1_and_one_line_of_error_and_repair(person: Home, tmp_path: Path) -> None:
    noted = tmp_path / "code"
    done = run(
        person, *ORDER, "--password-stdin", "--code-command", code_command(noted), password="wrong-canary-77"
    )
    assert (done.code, done.out) == (1, b"")
    lines = done.err.splitlines()
    assert lines[-2].startswith("Error: ")
    assert lines[-2].endswith("(E-AUTH-01)")
    assert lines[-1].startswith("Fix: ")
    assert "wrong-canary-77" not in done.err
    assert not noted.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--purpose", "neither"), "neither"),
        (("--practice", "99-9000183"), "no full TIN"),
        (("--format", "gif"), "gif"),
        (("--code-command", "say 'it"), "quotation mark"),
        (("--password", CANARY), "--password"),
    ],
)
def test_wrong_usage_ends_with_2_before_anything_is_sent(
    person: Home, arguments: tuple[str, ...], said: str
) -> None:
    done = run(person, *order_with(*arguments), "--password-stdin")
    assert (done.code, done.out) == (2, b"")
    assert said in done.err.splitlines()[0]
    assert done.err.startswith("Error: ")
    assert not [secret for secret in ("99-9000183", CANARY) if secret in done.err]


def test_the_terms_and_the_purpose_have_no_default(person: Home) -> None:
    without_terms = [word for word in ORDER if word != "--accept-terms"]
    assert run(person, *without_terms, "--password-stdin", "--code-command", "true").code == 2
    at = ORDER.index("--purpose")
    assert run(person, *ORDER[:at], *ORDER[at + 2 :], "--password-stdin").code == 2


def test_ssh_tty_02_without_a_terminal_nobody_is_asked(person: Home) -> None:
    for arguments, secret in (
        (("--code-command", "true"), "password"),
        (("--password-stdin",), "security code"),
    ):
        done = run(person, *ORDER, *arguments)
        assert (done.code, done.out) == (1, b"")
        assert f"a terminal is needed for the {secret}" in done.err


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_ends_it_and_what_it_started(
    person: Home, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    started = tmp_path / "pid"
    script = f"import os, time; open({str(started)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    process = begin(
        person,
        *ORDER,
        "--password-stdin",
        "--code-command",
        shlex.join([sys.executable, "-c", script]),
    )
    until(lambda: started.exists() and started.read_text())
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (code, b"")
    assert b"Traceback" not in err
    until(lambda: not Path(f"/proc/{started.read_text()}").exists())


def test_ssh_hup_03_a_reader_that_leaves_is_no_crash(person: Home, tmp_path: Path) -> None:
    process = begin(person, *ORDER, "--password-stdin", "--code-command", code_command(tmp_path / "code"))
    assert process.stdout is not None
    process.stdout.close()
    process.stdout = None
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert b"Traceback" not in err


# At a terminal


def test_ssh_sec_02_both_secrets_are_typed_unseen(person: Home) -> None:
    with person.terminal("report", *ORDER, "--format", "table", columns=100) as terminal:
        before = terminal.settings
        terminal.wait_for(f"Password for {USER} (not shown):")
        terminal.send(f"{CANARY}\r")
        terminal.wait_for("Security code (not shown):")
        code = person.run("outbox", "--user", USER, "--code", "--wait", "20").stdout.strip()
        terminal.send(f"{code}\r")
        assert terminal.exit_code() == 0
        assert terminal.settings == before
        assert CANARY not in terminal.written
        assert f"{code}\r" not in terminal.written
        assert "Run by: demo.expired" in terminal.written
        assert "Clear it if others use this computer." in terminal.words


@pytest.mark.sr("SR-CLI-06")
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_sr_cli_06_the_echo_is_back_after_a_signal(person: Home, number: signal.Signals, code: int) -> None:
    with person.terminal("report", *ORDER) as terminal:
        before = terminal.settings
        terminal.wait_for("Password for")
        assert terminal.settings != before
        terminal.signal(number)
        assert terminal.exit_code() == code
        assert terminal.settings == before


def test_a_password_from_a_pipe_leaves_the_terminal_for_the_code(person: Home, tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text(f"{CANARY}\n")
    report = shlex.join([*QPORTAL, "report", *ORDER, "--password-stdin", "--output", str(tmp_path / "out")])
    with Terminal(["/bin/sh", "-c", f"cat {shlex.quote(str(secret))} | {report}"], person.env) as terminal:
        terminal.wait_for("Security code (not shown):")
        code = person.run("outbox", "--user", USER, "--code", "--wait", "20").stdout.strip()
        terminal.send(f"{code}\r")
        assert terminal.exit_code() == 0
    assert b"Run by: demo.expired" in (tmp_path / "out").read_bytes()
