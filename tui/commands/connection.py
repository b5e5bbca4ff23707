"""The server a command talks to: the one that `--server` names, else the bundled one of this person."""

import os
from collections.abc import Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from client.address import checked_address
from client.installation import data_folder
from client.portal import Portal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class Source(Protocol):
    """Where a Portal comes from; `Launcher` is one."""

    async def ready(self) -> Portal:
        """The Portal, as soon as the server answers."""

    async def close(self) -> None:
        """Let go of it."""

    def release(self) -> None:
        """Let go of it after the event loop has ended."""


@dataclass
class NamedServer:
    """A server that is already running."""

    address: str
    ca_file: Path | None = None

    def __post_init__(self) -> None:
        self.address = checked_address(self.address)

    async def ready(self) -> Portal:
        """Its Portal. `PortalUnreachable` at once where nobody answers: a named server is not waited for."""
        portal = Portal(self.address, ca_file=self.ca_file)
        try:
            await portal.health()
        except BaseException:
            await portal.close()
            raise
        return portal

    async def close(self) -> None:
        """Nothing to let go of."""

    def release(self) -> None:
        """Nothing to let go of."""


def source(
    server: str | None, ca_file: Path | None = None, *, on_progress: Callable[[str], None] | None = None
) -> Source:
    """The named server, else the bundled one, whose process is started here and now.

    `QPORTAL_SERVER` and `QPORTAL_CA_FILE` stand in for what is not given.
    """
    server, authority = server or os.environ.get("QPORTAL_SERVER"), os.environ.get("QPORTAL_CA_FILE")
    if server:
        return NamedServer(server, ca_file or (Path(authority) if authority else None))
    from tui.launcher import Launcher

    return Launcher.start(data_folder(os.environ), on_progress=on_progress)


@asynccontextmanager
async def connected(chosen: Source) -> "AsyncIterator[Portal]":
    """The Portal while the block runs."""
    portal = await chosen.ready()
    try:
        yield portal
    finally:
        await portal.close()
        await chosen.close()
