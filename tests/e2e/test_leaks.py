"""Leak hunt (SR-LOG, SR-CLI, SR-ERR, SR-PII): after a whole walk no secret is found where it does not belong.

The account has a password that occurs nowhere else and a practice whose number nobody else has; a proxy
between program and server listens, so that the tokens are known as well.
"""

import contextlib
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import argon2
import pypdf
import pytest

from mock_server.scenario.organizations import ORGANIZATIONS
from tests.e2e.full_screen import ENTER, F1, FullScreen
from tests.e2e.plain import Plain
from tests.e2e.program import QPORTAL, Home, serving
from tests.support.fault_proxy import FaultProxy, Record
from tests.support.piped import Piped

USER_ID = "demo.solo"
PASSWORD = "Quoll-Zephyr-7391-Umbra"
WRONG_PASSWORD = "Quoll-Zephyr-7391-Vexed"
PRACTICE = "BIRCH HOLLOW DEMO MEDICINE"
TIN = next(org.tin or "" for org in ORGANIZATIONS.values() if org.legal_name == PRACTICE)
TINS = (TIN, f"{TIN[:2]}-{TIN[2:]}", f"{TIN[:3]}-{TIN[3:5]}-{TIN[5:]}")


@dataclass
class Hunt:
    """What was looked at, by where it was found."""

    codes: set[str] = field(default_factory=set)
    shown: list[str] = field(default_factory=list)
    """Screens and plain output."""
    processes: set[bytes] = field(default_factory=set)
    """Command lines and environments of the processes of this test."""

    def look(self, own: Home, text: str) -> None:
        """Keep what is shown now, and what other users of this machine could see of the processes."""
        self.shown.append(text)
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                environment = (process / "environ").read_bytes()
                if str(own.folder).encode() in environment:
                    self.processes |= {environment, (process / "cmdline").read_bytes()}


@pytest.fixture
def prepared(own: Home) -> Home:
    """A data folder whose account has a password of its own."""
    with serving(own):
        pass
    stored = argon2.PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    with contextlib.closing(sqlite3.connect(own.data / "portal.sqlite")) as database:
        changed = database.execute(
            "UPDATE accounts SET password_hash = ? WHERE user_id = ?", (stored, USER_ID)
        ).rowcount
        assert changed == 1
        database.commit()
    return own


@pytest.fixture
def heard(prepared: Home) -> Iterator[tuple[FaultProxy, Record, Record]]:
    """A proxy that listens in both directions."""
    with serving(prepared) as port, FaultProxy(port) as proxy:
        yield proxy, proxy.add(Record(direction="up")), proxy.add(Record(direction="down"))


def tokens_in(*talk: bytes) -> tuple[set[str], set[str]]:
    """Bearer tokens and step tokens that went over the line."""
    text = b"".join(talk).decode("utf-8", "replace")
    bearer = {*re.findall(r"Bearer (\S+)", text), *re.findall(r'"flow_token":"([^"]+)"', text)}
    steps = {*re.findall(r'"step_token":"([^"]+)"', text)}
    assert len(bearer) >= 4, "before and after each of two sign-ins"
    return bearer, steps


def walk_in_the_full_screen(own: Home, address: str, hunt: Hunt) -> None:
    with own.full_screen(80, 24, f"--server={address}") as terminal:
        person = FullScreen(terminal)
        person.arrive()
        person.to_password(USER_ID)
        person.type(WRONG_PASSWORD, secret=True)
        hunt.look(own, terminal.text)
        terminal.press("\t")
        person.pick("E-mail")
        terminal.press(ENTER)
        terminal.wait_for("Error:")
        hunt.look(own, terminal.text)
        person.clear()
        person.type(PASSWORD, secret=True)
        person.focus("Send")
        person.open(ENTER, "step 5")
        hunt.look(own, terminal.text)
        code = person.read_code()
        hunt.codes.add(code)
        person.enter_code(code)
        for step in (person.to_practices, lambda: person.select("BIRCH HOLLOW"), person.to_attestation):
            step()
            hunt.look(own, terminal.text)
        person.open(F1, "What this screen is for")
        hunt.look(own, terminal.text)
        person.back("step 10")
        person.to_run()
        person.confirm("Run Document", "Table 1")
        hunt.look(own, terminal.text)
        hunt.shown.append(terminal.written)


def walk_in_plain_text(own: Home, address: str, hunt: Hunt) -> None:
    with Piped([*QPORTAL, "--plain", f"--server={address}"], own.env) as program:
        person = Plain(program)
        person.to_code(USER_ID, PASSWORD)
        code = person.read_code()
        hunt.codes.add(code)
        person.answer("Security Code, required", code)
        person.answer("I plan to use this data", "/back")  # the first walk ended here (TR-25)
        for label in ("Download PDF", "Download Excel", "Download CSV", "Download JSON"):
            person.choose("Select a Year, required", "2011")
            person.choose("Select a Report, required", "2011 PQRS")
            person.choose("Select an Action, required", label)
            if label == "Download PDF":
                person.choose("I plan to use this data", "HIPAA Covered Entity")
                person.choose("Action, number", "I Confirm")
            person.answer("Save to, required", "")
            person.choose("Action, number", "Run Document")
            person.hear("Saved: ")
            hunt.look(own, person.news)
            person.choose("Action, number", "Cancel")
            person.choose("Action, number", "Feedback Reports")
            person.choose("Organization Type, required", "Practices")
            person.answer("(Enter keeps", "")
        program.end_input()
        program.exit_code()
        hunt.shown += [program.written, program.complaint]


def files_of(own: Home) -> list[Path]:
    return [path for path in own.folder.rglob("*") if path.is_file()]


def contents(path: Path) -> bytes:
    """What a file holds, packed or not."""
    if path.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages).encode()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            return b"\n".join(packed.read(name) for name in packed.namelist())
    return path.read_bytes()


def values_in(database: Path) -> Iterator[str]:
    """Every value of every table, as text."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in names:
            for row in connection.execute(f'SELECT * FROM "{name}"'):
                for value in row:
                    yield value.decode("latin-1") if isinstance(value, bytes) else str(value)


def test_issue_3_no_password_code_token_or_full_tin_is_found_anywhere(
    prepared: Home, heard: tuple[FaultProxy, Record, Record]
) -> None:
    own, (proxy, up, down), hunt = prepared, heard, Hunt()
    walk_in_the_full_screen(own, proxy.address, hunt)
    walk_in_plain_text(own, proxy.address, hunt)

    bearer, steps = tokens_in(bytes(up.heard), bytes(down.heard))
    assert PASSWORD.encode() in up.heard, "the hunt would find it if it were there"
    secrets = {PASSWORD, WRONG_PASSWORD, *bearer, *TINS}

    exports = list((own.folder / "qportal-exports").iterdir())
    assert {path.suffix for path in exports} == {".pdf", ".xlsx", ".zip", ".json"}
    for path in files_of(own):
        content = contents(path)
        # The step token of the present page is kept so that the page can be answered again; it opens nothing.
        wanted = secrets if path.name.startswith("portal.sqlite") else secrets | steps
        assert not [secret for secret in wanted if secret.encode() in content], path.name
        assert not [secret for secret in secrets | hunt.codes if secret in str(path)]
        assert path.stat().st_mode & 0o077 == 0, f"{path.name} is not for its owner alone"
    for text in hunt.shown:
        assert not [secret for secret in secrets | steps if secret in text]
    for seen in hunt.processes:
        assert not [secret for secret in secrets | hunt.codes if secret.encode() in seen]
    assert len(hunt.processes) >= 4, "the program's and the server's"

    alone = re.compile(rf"(?<![0-9A-Za-z])(?:{'|'.join(hunt.codes)})(?![0-9A-Za-z])")
    assert not [value for value in values_in(own.data / "portal.sqlite") if alone.search(value)]
    for path in [*own.data.glob("*.log*"), *own.data.glob("crashes/*"), *own.config.rglob("*.toml")]:
        assert not alone.search(path.read_text())


def test_sr_cli_the_launch_key_is_in_no_command_line_environment_or_log(own: Home) -> None:
    hunt = Hunt()
    with own.full_screen() as terminal:
        FullScreen(terminal).arrive()
        hunt.look(own, terminal.written)
        key = own.server.key
        assert len(hunt.processes) >= 4
        assert not [seen for seen in hunt.processes if key.encode() in seen]
        assert key not in terminal.written
    holding = [path.name for path in files_of(own) if key.encode() in path.read_bytes()]
    assert holding == ["server.json"]
    assert (own.data / "server.json").stat().st_mode & 0o077 == 0
