"""`qportal --remember on`, start after start, on a key store of the test's own (W-10, SSH-KEY-01 to -03)."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.program import Home, home
from tests.support.terminal import Terminal

USER, PASSWORD = "demo.grouprep", "Walnut-Harbor-2468"
NO_KEY_STORE = "Notice: no safe key store on this computer; you will sign in again next time."


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Home]:
    with home(tmp_path) as own:
        own.variables |= {
            "PYTHON_KEYRING_BACKEND": "tests.e2e.file_key_store.FileStore",
            "QPORTAL_TEST_KEY_STORE": str(tmp_path / "keys.json"),
            "QPORTAL_REMEMBER": "on",
        }
        yield own


def plain(person: Home) -> Terminal:
    return person.terminal("--plain", columns=100, rows=50)


def sign_in(person: Home, terminal: Terminal) -> None:
    """From the first page to S-HOME."""
    for question, answer in (
        ("Login to CMS Secure Portal", "login"),
        ("I Accept", "1"),
        ("User ID", USER),
        ("Password", PASSWORD),
        ("MFA Device Type", "E-mail"),
    ):
        terminal.wait_for(question)
        terminal.settle()
        terminal.send(f"{answer}\r")
    terminal.wait_for("Security Code")
    terminal.settle()
    terminal.send(f"{person.run('outbox', '--user', USER, '--code', '--wait', '20').stdout.strip()}\r")
    terminal.wait_for("My Portal", "Feedback Reports")


def leave(terminal: Terminal) -> None:
    terminal.settle()
    terminal.send("/quit\r")
    terminal.settle(0.3)
    terminal.send("1\r")
    assert terminal.exit_code() == 0


def keys(person: Home) -> dict[str, str]:
    return dict(json.loads(Path(person.variables["QPORTAL_TEST_KEY_STORE"]).read_text()))


@pytest.mark.sr("SR-SESS-09")
def test_w_10_the_next_start_asks_for_the_password_alone_until_log_out(person: Home) -> None:
    with plain(person) as terminal:
        sign_in(person, terminal)
        leave(terminal)
    [first] = [json.loads(value) for name, value in keys(person).items() if name.endswith(USER)]
    assert set(first) == {"token", "expires", "flow"}
    with person.full_screen(100, 40) as terminal:
        terminal.wait_for("Confirm your password", "The program was started again.")
        terminal.signal(signal.SIGTERM)
        assert terminal.exit_code() == 143
    with plain(person) as terminal:
        terminal.wait_for("Confirm your password", "The program was started again.")
        terminal.settle()
        terminal.send(f"{PASSWORD}\r")
        terminal.wait_for("My Portal", "Feedback Reports")
        terminal.settle()
        terminal.send("/logout\r")
        terminal.settle(0.3)
        terminal.send("1\r")
        terminal.wait_for("You are signed out.")
        leave(terminal)
        assert first["token"] not in terminal.written
    assert keys(person) == {}
    with plain(person) as terminal:
        terminal.wait_for("Login to CMS Secure Portal")


def test_ssh_key_03_without_a_safe_key_store_one_notice(person: Home) -> None:
    person.variables["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    with plain(person) as terminal:
        terminal.wait_for(NO_KEY_STORE)
        sign_in(person, terminal)
        assert terminal.written.count("no safe key store") == 1
        leave(terminal)
    assert not Path(person.variables["QPORTAL_TEST_KEY_STORE"]).exists()


def test_ssh_key_03_the_full_screen_says_it_too(person: Home) -> None:
    person.variables["PYTHON_KEYRING_BACKEND"] = "no.such.backend"
    with person.full_screen(100, 40) as terminal:
        terminal.wait_for("no safe key store on this computer; you will sign in again next time.")
        assert "Traceback" not in terminal.written
