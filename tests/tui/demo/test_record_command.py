"""`qportal demo record`: refusals before any server starts, and what a failed run leaves (DEMO-CLI-04)."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tui.cli import main

NEVER = """\
format = 1
title = "Never true"

[record]
formats = ["text"]

[[step]]
say = "A caption"
expect = { text = "nowhere to be seen" }
"""


@pytest.fixture
def no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where a server would be started."""

    def refuse(*arguments: object, **options: object) -> None:
        raise AssertionError("a server was started")

    monkeypatch.setattr("tui.demo.server.ServerProcess", refuse)


def error_of(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err


@pytest.mark.usefixtures("no_server")
def test_d601_an_existing_file_is_refused_before_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """DEMO-REC-08: also one of a front end that would come second."""
    there = tmp_path / "sign-in-email.plain.v3.cast"
    there.write_text("mine")
    assert main(["demo", "record", "sign-in-email", "--out", str(tmp_path)]) == 1
    assert error_of(capsys).splitlines() == [
        f"Error: D601: {there} exists",
        "Fix: give --force to replace it",
    ]
    assert there.read_text() == "mine"


@pytest.mark.usefixtures("no_server")
def test_a_broken_script_and_a_wrong_command_line_end_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """DEMO-CLI-07."""
    script = tmp_path / "try.demo.toml"
    script.write_text('format = 1\ntitle = "T"\n[[step]]\nopen-logn = true\n')
    assert main(["demo", "record", str(script)]) == 2
    assert "D204" in error_of(capsys)
    assert main(["demo", "record", "sign-in-email", "--size", "80 by 24"]) == 2
    assert "D208" in error_of(capsys)
    assert main(["demo", "record", "sign-in-email", "--formats", "gif"]) == 2
    assert "gif" in error_of(capsys)
    script.write_text('format = 1\ntitle = "T"\n[run]\nfront-end = "plain"\n[[step]]\nopen-login = true\n')
    assert main(["demo", "record", str(script), "--front-end", "full-screen"]) == 2
    assert "--front-end plain" in error_of(capsys)


def test_a_failed_run_says_why_and_leaves_partial_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """DEMO-REC-08, DEMO-ERR-04: exit 1, the report, `.partial`; the second front end is not tried."""
    script = tmp_path / "never.demo.toml"
    script.write_text(NEVER)
    out = tmp_path / "out"
    assert main(["demo", "record", str(script), "--out", str(out), "--front-end", "plain"]) == 1
    said = error_of(capsys)
    assert said.startswith("FAIL ")
    assert f"{script.name}:9 step 1" in said
    assert "D501" in said
    assert sorted(path.name for path in out.iterdir()) == [
        "never.plain.txt.partial",
        "never.walkthrough.md.partial",
    ]
    assert 'Check: text "nowhere to be seen" failed' in (out / "never.plain.txt.partial").read_text()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_as_demo_19_ctrl_c_leaves_no_file_and_no_server(tmp_path: Path, number: signal.Signals) -> None:
    """130 after Ctrl+C, 143 after SIGTERM; the server's folder is gone with it."""
    out, passing = tmp_path / "out", tmp_path / "tmp"
    passing.mkdir()
    run = subprocess.Popen(
        [sys.executable, "-m", "tui.cli", "demo", "record", "sign-in-email", "--out", out],
        env={**os.environ, "TMPDIR": str(passing), "HOME": str(tmp_path)},
        stderr=subprocess.PIPE,
    )
    until = time.monotonic() + 30
    while not list(passing.glob("qportal-demo-*/server.log")):
        assert time.monotonic() < until, "the server never started"
        time.sleep(0.02)
    run.send_signal(number)
    _, said = run.communicate(timeout=30)
    assert run.returncode == 128 + number, said
    assert not out.exists()
    assert list(passing.iterdir()) == []
