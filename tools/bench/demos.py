"""A demo script without a person: checked and recorded, the start of the server included."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from statistics import median

from tools.bench.table import Row, at_most
from tools.bench.terminal import Terminal
from tui.demo.recordings.outputs import FORMATS
from tui.demo.script import FRONT_ENDS

RUNS = 7
KEYS = 40
"""Presses of Space during a live run, at all kinds of moments."""
LONGEST = "find-practice"
"""The shipped script with the most steps."""


def _seconds(*arguments: str) -> float:
    """How long `qportal demo` takes, from its start to its end."""
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "tui.cli", "demo", *arguments], check=True, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - began


def longest_script() -> list[Row]:
    """Check and record of the longest shipped script, medians."""
    rows = [
        at_most(f"demo check, {front_end}", median(_checks(front_end)), "s", 4) for front_end in FRONT_ENDS
    ]
    return [*rows, at_most("demo record, both front ends, all formats", median(_recordings()), "s", 8)]


def _checks(front_end: str) -> list[float]:
    return [_seconds("check", LONGEST, "--front-end", front_end) for _ in range(RUNS)]


def _recordings() -> Iterator[float]:
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            yield _seconds("record", LONGEST, "--out", folder, "--formats", *FORMATS)


def live_keys() -> list[Row]:
    """Live play in the full screen: how long Space takes to be answered, at any moment of a script."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "tui.cli",
            "demo",
            "play",
            "sign-in-email",
            "--full-screen",
            "--speed=8",
        ]
        terminal = Terminal(command, {"QPORTAL_DATA_DIR": f"{folder}/data"}, 80, 24)
        try:
            terminal.wait(lambda text: "the people and practices are invented" in text)
            answers = [_pause(terminal, moment / 1000) for moment in range(0, KEYS * 7, 7)]
        finally:
            terminal.close()
    return [at_most(f"demo play, slowest answer to {KEYS} keys", max(answers) * 1000, "ms", 100)]


def _pause(terminal: Terminal, after: float) -> float:
    """Let the script go on for so many seconds, pause it; seconds until the pause is said."""
    _read(terminal, after)
    began = time.perf_counter()
    terminal.send(b" ")
    terminal.wait(lambda text: "Paused." in text or "The demo is over." in text)
    answered = time.perf_counter() - began
    terminal.send(b" ")
    terminal.wait(lambda text: "Paused." not in text)
    return answered


def _read(terminal: Terminal, seconds: float) -> None:
    until = time.perf_counter() + seconds
    while (left := until - time.perf_counter()) > 0:
        terminal.pump(left)
