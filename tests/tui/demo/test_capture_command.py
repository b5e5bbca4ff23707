"""`qportal demo capture` as a person meets it (DEMO-CLI-06)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tui.cli import main
from tui.demo.reading import read


def test_a_walk_through_a_pipe_is_captured_on_fresh_data_and_leaves_no_server(tmp_path: Path) -> None:
    """Plain mode, from the first page to the question for the code; input ends there."""
    file, passing = tmp_path / "mine.demo.toml", tmp_path / "tmp"
    passing.mkdir()
    typed = "login\n1\ndemo.grouprep\nWalnut-Harbor-2468\nE-mail\n/outbox\n"
    run = subprocess.run(
        [sys.executable, "-m", "tui.cli", "demo", "capture", file, "--plain"],
        input=typed.encode(),
        env={**os.environ, "TMPDIR": str(passing), "HOME": str(tmp_path)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    said = run.stderr.decode().splitlines()
    assert f"Captured 7 steps into {file}." in said
    assert f"Try it: qportal demo check {file}" in said
    reading = read(str(file))
    assert reading.findings == ()
    assert reading.script is not None
    assert [step.verb for step in reading.script.steps][-3:] == ["choose-device", "send-code", "read-outbox"]
    assert b"Walnut" not in file.read_bytes()
    assert list(passing.iterdir()) == []


def test_nothing_is_started_for_a_name_that_cannot_be_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """D601 and wrong usage come before the server."""
    there = tmp_path / "mine.demo.toml"
    there.write_text("mine")
    assert main(["demo", "capture", str(there), "--plain"]) == 1
    assert "D601" in capsys.readouterr().err
    assert there.read_text() == "mine"
    assert main(["demo", "capture", str(tmp_path / "mine.toml")]) == 2
    assert ".demo.toml" in capsys.readouterr().err
    assert main(["demo", "capture", str(tmp_path / "x.demo.toml"), "--scenario", "SC-1"]) == 2
    assert "SC-2018" in capsys.readouterr().err
    assert main(["demo", "capture", str(tmp_path / "x.demo.toml"), "--plain", "--full-screen"]) == 2
