"""The real program on a pseudo-terminal, walked by keys to where something is measured."""

import json
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from tools.bench.terminal import Terminal

PASSWORD = "Walnut-Harbor-2468"
PROGRAM = [sys.executable, "-m", "tui.cli"]
FLOOR = [sys.executable, "-m", "tools.bench.floor"]


@contextmanager
def server(*options: str) -> Iterator[str]:
    """A server of its own on a free port; yields its address."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "mock_server", "serve", f"--data-dir={folder}", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            yield line.split()[2].rstrip(".")
        finally:
            process.terminate()
            process.wait(15)


def get(url: str) -> dict[str, object]:
    """A JSON answer."""
    with urllib.request.urlopen(url, timeout=10) as answer:
        found: dict[str, object] = json.load(answer)
        return found


def code_of(address: str, user_id: str) -> str:
    """The newest security code of an account."""
    for _ in range(100):
        data = get(f"{address}/demo/outbox?user_id={user_id}")["data"]
        assert isinstance(data, list)
        if data:
            return str(data[0]["code"])
        time.sleep(0.05)
    raise TimeoutError("no code came")


@contextmanager
def program(address: str | None = None, cols: int = 120, rows: int = 40) -> Iterator[Terminal]:
    """The full-screen app, with settings and data of its own."""
    with tempfile.TemporaryDirectory() as folder:
        env = {
            "QPORTAL_DATA_DIR": f"{folder}/data",
            "XDG_CONFIG_HOME": f"{folder}/config",
            "QPORTAL_INTERFACE": "full-screen",
        }
        options = ["--server", address] if address else []
        terminal = Terminal([*PROGRAM, *options], env, cols, rows)
        try:
            yield terminal
        finally:
            terminal.close()


@contextmanager
def floor(cols: int = 120, rows: int = 40) -> Iterator[Terminal]:
    """The floor app."""
    terminal = Terminal(FLOOR, {}, cols, rows)
    try:
        yield terminal
    finally:
        terminal.close()


def to_user(terminal: Terminal) -> None:
    """From the start to S-USER."""
    terminal.wait(lambda text: "Login to CMS" in text)
    terminal.settle()
    terminal.type("\r")
    terminal.wait(lambda text: "I Accept" in text)
    time.sleep(0.4)  # keys right after a commit screen appears are ignored on purpose (SSH-NET-07)
    terminal.settle()
    terminal.type("\r")
    terminal.wait(lambda text: "6 to 74 characters" in text)
    terminal.settle()


def to_password(terminal: Terminal, user_id: str) -> None:
    """From S-USER to S-PASS."""
    terminal.type(f"{user_id}\r")
    terminal.wait(lambda text: "Authenticator App" in text)
    terminal.settle()


def to_code(terminal: Terminal) -> None:
    """From S-PASS to S-CODE."""
    terminal.type(PASSWORD)
    terminal.type("\t")
    terminal.type("4")
    terminal.type("\r")
    terminal.wait(lambda text: "Log In" in text)
    terminal.settle()


def to_home(terminal: Terminal, address: str, user_id: str) -> None:
    """From S-CODE to S-HOME."""
    terminal.type(code_of(address, user_id))
    terminal.type("\r")
    terminal.wait(lambda text: "Feedback Reports" in text)
    terminal.settle()


def sign_in(terminal: Terminal, address: str, user_id: str) -> None:
    """From the start to S-HOME."""
    to_user(terminal)
    to_password(terminal, user_id)
    to_code(terminal)
    to_home(terminal, address, user_id)


def to_picker(terminal: Terminal) -> None:
    """From S-HOME to the organization picker."""
    terminal.type("\r")
    terminal.wait(lambda text: "Practices (" in text)
    terminal.settle()
    terminal.type("\r")
    terminal.wait(lambda text: "Match case" in text and "Available" in text)
    terminal.settle()


def to_report(terminal: Terminal) -> None:
    """From S-HOME to the report of the account's first practice."""
    to_picker(terminal)
    for keys in ("\x1b[B", "\r", "\r"):
        terminal.type(keys)
        time.sleep(0.3)
    terminal.wait(lambda text: "Select a Year" in text)
    terminal.settle()
    year = re.search(r"\) (\d)  2011\b", terminal.text)
    assert year is not None, "2011 is not offered"
    for keys in (year[1], "\t", "1", "\t", "1", "\r"):
        terminal.type(keys)
    terminal.wait(lambda text: "I Confirm" in text)
    time.sleep(0.4)
    terminal.type("1")
    terminal.type("\t")
    terminal.type("\r")
    terminal.wait(lambda text: "Run Document" in text and "Purpose" in text)
    time.sleep(0.4)
    terminal.type("\r")
    terminal.wait(lambda text: "Synthetic counts" in text)
    terminal.settle()
