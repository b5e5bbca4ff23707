"""`--remember` around a source of portals: who is first, what is left behind (W-10, SSH-KEY-02)."""

from pathlib import Path

import pytest

from client.keychain import SystemKeychain
from client.portal import Portal
from client.remembered import RememberedLogin
from client.settings import Settings
from tests.client.key_stores import Store, as_backend
from tests.client.scripted import Script, flow, login, portal, screen
from tui.commands.connection import NamedServer
from tui.commands.remembering import Remembering

HOME = screen("S-HOME", "step-2", login=login())


class Bundled:
    """A source with a scripted portal."""

    def __init__(self) -> None:
        self.closed: list[str] = []

    async def ready(self) -> Portal:
        return portal(Script(flow(HOME, token="token-1", status=201)))

    async def close(self) -> None:
        self.closed.append("close")

    def release(self) -> None:
        self.closed.append("release")


class Shelf:
    """Makes memories on one key store and notes for which server."""

    def __init__(self) -> None:
        self.store = Store()
        self.servers: list[str] = []

    def remember(self, server: str, installation: str) -> RememberedLogin:
        self.servers.append(server)
        assert len(installation) > 16
        return RememberedLogin(
            SystemKeychain(f"qportal {server}", find=lambda: as_backend(self.store)), installation
        )


def source(shelf: Shelf, folder: Path, *, wanted: bool = True, chosen: Bundled | None = None) -> Remembering:
    return Remembering(chosen or Bundled(), folder, lambda: wanted, shelf.remember)


async def test_w_10_the_portal_gets_a_memory_for_its_server(tmp_path: Path) -> None:
    shelf, chosen = Shelf(), Bundled()
    remembering = source(shelf, tmp_path, chosen=chosen)
    door = await remembering.ready()
    assert door.memory is not None
    assert (await remembering.ready()).memory is door.memory
    assert shelf.servers == [f"bundled server in {tmp_path}"]
    await remembering.close()
    remembering.release()
    assert chosen.closed == ["close", "release"]


def test_a_named_server_is_known_by_its_address(tmp_path: Path) -> None:
    named = Remembering(NamedServer("https://portal.example:8443"), tmp_path, lambda: True)
    assert named.origin == "https://portal.example:8443"


async def test_a_second_program_leaves_the_first_ones_login_alone(tmp_path: Path) -> None:
    shelf = Shelf()
    first, second = source(shelf, tmp_path), source(shelf, tmp_path)
    assert (await first.ready()).memory is not None
    assert (await second.ready()).memory is None
    await first.close()
    first.release()
    assert (await second.ready()).memory is not None
    await second.close()
    second.release()


@pytest.mark.parametrize(("wanted", "left"), [(True, 2), (False, 0)])
async def test_who_has_turned_it_off_leaves_nothing_behind(tmp_path: Path, wanted: bool, left: int) -> None:
    shelf = Shelf()
    remembering = source(shelf, tmp_path, wanted=wanted)
    door = await remembering.ready()
    page = await door.start("tui")
    door.remember(page)
    await remembering.close()
    remembering.release()
    assert len(shelf.store.kept) == left


def test_a11y_4_1_remember_is_off_unless_asked_for() -> None:
    assert Settings().remember is False
