"""The key store of this computer: which one is used, and that none blocks or crashes (SR-CLI-01, -03)."""

import subprocess
import sys
import time

import keyring.backend
import pytest
from keyring import errors
from keyring.core import load_keyring

from client.keychain import LONGEST_VALUE, NoSafeKeyStore, SystemKeychain, objection
from tests.client.key_stores import (
    Alt,
    Barely,
    Chain,
    Changing,
    Forgetful,
    Half,
    Hanging,
    InDisguise,
    Raising,
    Store,
    as_backend,
)

SECRET = "canary-7f3a9c"


def keychain(store: object, limit_s: float = 5.0) -> SystemKeychain:
    return SystemKeychain("qportal https://portal.example", find=lambda: as_backend(store), limit_s=limit_s)


@pytest.mark.sr("SR-CLI-01")
@pytest.mark.parametrize("store", [Store(), Barely(), Chain(Store(), Barely())])
def test_sr_cli_01_recommended_stores_are_used(store: object) -> None:
    assert objection(as_backend(store)) == ""


@pytest.mark.sr("SR-CLI-01")
@pytest.mark.parametrize(
    ("store", "reason"),
    [
        (Half(), "not recommended (priority 0.5)"),
        (load_keyring("keyring.backends.fail.Keyring"), "keyring.backends.fail"),
        (load_keyring("keyring.backends.null.Keyring"), "keyring.backends.null"),
        (Alt(), "keyrings.alt.file.Alt is not safe"),
        (InDisguise(), "is not safe"),
        (Chain(Store(), Half()), "not recommended"),
        (Chain(Store(), Alt()), "is not safe"),
        (Chain(Store(), Chain(Store(), Alt())), "is not safe"),
    ],
)
async def test_sr_cli_01_other_stores_are_refused_and_never_asked(store: object, reason: str) -> None:
    assert reason in objection(as_backend(store))
    chain = keychain(store)
    with pytest.raises(NoSafeKeyStore, match="not"):
        await chain.put("demo.grouprep", SECRET)
    assert getattr(store, "asked", []) == []


@pytest.mark.sr("SR-CLI-01")
def test_sr_cli_01_every_member_of_keyrings_own_chainer_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    members = [Store(), Half()]
    monkeypatch.setattr(keyring.backend, "get_all_keyring", lambda: members)
    chain = load_keyring("keyring.backends.chainer.ChainerBackend")
    assert chain.priority >= 1
    assert "Half" in objection(chain)
    members.pop()
    members.append(Store())
    assert objection(chain) == ""


def test_sr_cli_01_a_variable_cannot_make_a_store_recommended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEYRING_PROPERTY_PRIORITY", "9")
    store = Half()
    store.__dict__["priority"] = 9  # what keyring makes of that variable
    assert objection(as_backend(store)) != ""


async def test_a_secret_is_kept_read_and_forgotten() -> None:
    chain = keychain(Store())
    assert await chain.get("demo.grouprep") is None
    await chain.put("demo.grouprep", SECRET)
    assert await chain.get("demo.grouprep") == SECRET
    await chain.drop("demo.grouprep")
    await chain.drop("demo.grouprep")
    assert await chain.get("demo.grouprep") is None


async def test_services_do_not_see_each_other() -> None:
    store = Store()
    await keychain(store).put("demo.grouprep", SECRET)
    other = SystemKeychain("qportal https://other.example", find=lambda: as_backend(store))
    assert await other.get("demo.grouprep") is None


@pytest.mark.parametrize("store", [Forgetful(), Changing()])
async def test_ssh_key_03_what_does_not_come_back_was_not_kept(store: Store) -> None:
    chain = keychain(store)
    with pytest.raises(NoSafeKeyStore, match="does not come back"):
        await chain.put("demo.grouprep", SECRET)
    assert store.kept == {}


@pytest.mark.sr("SR-CLI-02")
async def test_sr_cli_02_a_value_has_at_most_1200_characters() -> None:
    store = Store()
    await keychain(store).put("demo.grouprep", "x" * LONGEST_VALUE)
    with pytest.raises(NoSafeKeyStore, match="too long"):
        await keychain(store).put("demo.grouprep", "x" * (LONGEST_VALUE + 1))
    assert LONGEST_VALUE == 1200


EVERY_KIND = [
    errors.KeyringError(SECRET),
    errors.PasswordSetError(SECRET),
    errors.PasswordDeleteError(SECRET),
    errors.InitError(SECRET),
    errors.KeyringLocked(SECRET),
    errors.NoKeyringError(SECRET),
    OSError(SECRET),
    RuntimeError(SECRET),
    StopIteration(SECRET),
    SystemExit(SECRET),
    KeyboardInterrupt(SECRET),
]


@pytest.mark.sr("SR-CLI-03")
@pytest.mark.parametrize("error", EVERY_KIND, ids=lambda error: type(error).__name__)
async def test_sr_cli_03_no_failure_of_the_store_gets_out(error: BaseException) -> None:
    chain = keychain(Raising(error))
    with pytest.raises(NoSafeKeyStore, match=type(error).__name__) as raised:
        await chain.put("demo.grouprep", SECRET)
    assert SECRET not in str(raised.value)


@pytest.mark.sr("SR-CLI-03")
def test_sr_cli_03_every_error_class_of_keyring_is_covered() -> None:
    known = {type(error) for error in EVERY_KIND}
    theirs = {kind for kind in vars(errors).values() if isinstance(kind, type)}
    assert {kind for kind in theirs if issubclass(kind, errors.KeyringError)} <= known


@pytest.mark.sr("SR-CLI-03")
async def test_sr_cli_03_finding_the_store_may_fail_too() -> None:
    def find() -> "keyring.backend.KeyringBackend":
        raise errors.InitError(SECRET)

    with pytest.raises(NoSafeKeyStore, match="InitError"):
        await SystemKeychain("qportal", find=find).get("demo.grouprep")


@pytest.mark.sr("SR-CLI-03")
async def test_sr_cli_03_a_store_that_hangs_is_left_alone_and_keeps_nothing_later() -> None:
    store = Hanging()
    chain = keychain(store, limit_s=0.05)
    before = time.monotonic()
    with pytest.raises(NoSafeKeyStore, match="did not answer"):
        await chain.put("demo.grouprep", SECRET)
    assert time.monotonic() - before < 2
    with pytest.raises(NoSafeKeyStore, match="did not answer"):
        await chain.get("demo.grouprep")
    assert store.asked == []
    store.go_on.set()
    assert store.emptied.wait(10)
    assert store.kept == {}


@pytest.mark.sr("SR-CLI-03")
def test_sr_cli_03_a_hanging_store_does_not_hold_up_the_end_of_the_program() -> None:
    script = """
import asyncio
from client.keychain import NoSafeKeyStore, SystemKeychain
from tests.client.key_stores import Hanging, as_backend

async def main():
    try:
        await SystemKeychain("qportal", find=lambda: as_backend(Hanging()), limit_s=0.05).put("a", "b")
    except NoSafeKeyStore:
        print("memory only", flush=True)

asyncio.run(main())
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=20)
    assert (ended.returncode, ended.stdout) == (0, "memory only\n")


@pytest.mark.parametrize(
    "backend", ["keyring.backends.null.Keyring", "keyring.backends.fail.Keyring", "no.such.Keyring"]
)
def test_ssh_key_03_keyrings_own_words_never_reach_the_terminal(backend: str) -> None:
    script = """
import asyncio
from client.keychain import NoSafeKeyStore, SystemKeychain
try:
    asyncio.run(SystemKeychain("qportal").get("demo.grouprep"))
except NoSafeKeyStore:
    print("refused")
"""
    ended = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env={"PYTHON_KEYRING_BACKEND": backend},
        timeout=20,
    )
    assert (ended.stdout, ended.stderr) == ("refused\n", "")


def test_ssh_key_02_nothing_imports_keyring_before_it_is_asked_for() -> None:
    script = "import sys, client.remembered, tui.commands.remembering; print('keyring' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ended.stdout == "False\n"
