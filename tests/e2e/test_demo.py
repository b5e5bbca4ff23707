"""Demo scripts before an audience and without one, on a real terminal (AS-DEMO-10, 11, 19, 20)."""

import os
import signal
import subprocess
from functools import partial
from pathlib import Path

import pytest

from tests.e2e.program import QPORTAL, Home, until
from tests.support.terminal import Terminal

CTRL_T = "\x14"
RIGHT = "\x1b[C"
SCRIPT = """
format = 1
title = "Sign in by hand"
[play]
gap = "100ms"
[[step]]
open-login = true
[[step]]
accept-terms = true
[[step]]
id = "user"
say = "First, the User ID."
typing = "20s"
enter-user-id = "demo.grouprep"
[[step]]
say = "The password is hidden."
enter-password = true
"""
ON_SCREEN = SCRIPT.replace(
    '[[step]]\nid = "user"',
    """[[step]]
id = "tin"
typing = "700ms"
fill = { user_id = "000104802" }
[[step]]
only = "full-screen"
press = ["end", "ctrl+u"]
[[step]]
resize = "60x20"
[[step]]
id = "user\"""",
)
"""A full TIN in the wrong field, and a smaller window before the User ID."""


def script(own: Home, text: str = SCRIPT) -> str:
    own.folder.mkdir(parents=True, exist_ok=True)
    path = own.folder / "hand.demo.toml"
    path.write_text(text)
    return str(path)


def paused(terminal: Terminal, times: int) -> bool:
    """Whether the player's line has come so many times."""
    return terminal.written.count("-- ") >= times


def demo_servers(folder: Path) -> list[str]:
    """Demo servers that run with a data folder below this one."""
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdecimal():
            try:
                command = (process / "cmdline").read_bytes().decode().split("\0")
            except OSError:
                continue
            found += [word for word in command if word.startswith(f"--data-dir={folder}")]
    return found


@pytest.mark.scenario("T-DEMO-10")
def test_as_demo_10_and_20_live_controls_in_the_full_screen(own: Home, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    arguments = ("demo", "play", script(own, ON_SCREEN), "--full-screen", "--from", "tin")
    with own.terminal(*arguments, env={"TMPDIR": str(temporary)}) as terminal:
        terminal.wait(lambda screen: "•" in screen.words)
        assert "Terms and Conditions" not in terminal.written
        terminal.send(RIGHT)  # the field is typed
        terminal.wait_for("User ID *****4802")
        terminal.wait_for("User ID step 3", "First, the User ID.")
        used = [line.rstrip() for line in terminal.lines]
        assert max(map(len, used)) <= 60
        assert not any(used[20:])
        terminal.send(RIGHT)  # the caption is read
        terminal.send(" ")
        terminal.wait_for("Paused. Space goes on")
        terminal.send("?")
        terminal.wait_for("t take over")
        terminal.send(" ")
        terminal.wait(lambda screen: "take over" not in screen.words)
        terminal.send("t")
        terminal.send("000104802")
        terminal.wait(lambda screen: "User ID *****4802" in screen.words)
        terminal.send(CTRL_T)
        terminal.wait_for('The field user_id was "" and is "*****4802" now.', "q stops it")
        terminal.send("q")
        assert terminal.exit_code() == 0
        assert terminal.settings == terminal.settings_before
    assert list(temporary.iterdir()) == []
    assert demo_servers(temporary) == []


def test_as_demo_11_live_in_plain_text(own: Home) -> None:
    with own.terminal("demo", "play", script(own), "--speed", "8", env={"ACCESSIBLE": "1"}) as terminal:
        for pauses in range(1, 5):
            terminal.wait(partial(paused, times=pauses))
            terminal.send("\r")
        terminal.wait_for("The demo is over.")
        terminal.send("\r")
        assert terminal.exit_code() == 0
        assert "\x1b" not in terminal.written
        lines = terminal.written.splitlines()
    narration = lines.index("Note: First, the User ID.")
    assert lines[narration + 1].startswith("User ID, required")
    assert lines[narration + 1].endswith("demo.grouprep")
    hidden = next(line for line in lines if line.startswith("Password, required"))
    assert hidden.endswith("not shown):") or hidden.rstrip().endswith(":")


def test_as_demo_19_ctrl_c_leaves_no_server_and_no_file(own: Home, tmp_path: Path) -> None:
    temporary, report = tmp_path / "temporary", tmp_path / "report.json"
    temporary.mkdir()
    command = [*QPORTAL, "demo", "check", "find-practice", "--report=json", f"--report-file={report}"]
    env = {**own.env, "TMPDIR": str(temporary)}
    for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
        with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as checking:
            until(lambda: list(temporary.glob("qportal-demo-files-*")))
            assert demo_servers(temporary)
            os.kill(checking.pid, number)
            said, _ = checking.communicate(timeout=30)
        assert (checking.returncode, said) == (code, b"")
        assert demo_servers(temporary) == []
        assert list(temporary.iterdir()) == []
        assert not report.exists()
