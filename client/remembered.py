"""Staying signed in on this computer: the login token in the key store, as long as the login lives (W-10).

The flow is followed, not steered: after every answer the key store is made to hold the token of a signed-in
flow, and nothing after a log-out, a refusal of the token or its end. That happens beside the walk, so a slow
key store delays nobody. One entry holds the token under the account's name (SR-CLI-02); a second one, under a
name that no account can have, tells the next start whose that is, so that no file names the account.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import msgspec

from client.keychain import Keychain, NoSafeKeyStore, SystemKeychain
from client.messages.screen import Notice, Screen

PROGRAM: Final = "qportal"
LAST_ACCOUNT: Final = "last account"
"""Name of the second entry; the space keeps it apart from every User ID."""
NO_KEY_STORE: Final = Notice(
    code="N-KEY-01",
    level="info",
    text="no safe key store on this computer; you will sign in again next time.",
)
"""Said once a run (SSH-KEY-03). The client's own notice: the portal knows nothing of key stores."""


class Kept(msgspec.Struct, frozen=True):
    """What is kept of a login, as JSON (SR-CLI-02)."""

    token: str
    expires: datetime
    """End of the login whatever happens, UTC (X-13)."""
    flow: str
    """The installation (`client_id`) by which the portal knows the flow's step (TR-25)."""

    def __repr__(self) -> str:
        return f"Kept(expires={self.expires!r})"


class RememberedLogin:
    """The login of one server on this computer."""

    def __init__(
        self,
        keychain: Keychain,
        installation: str,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._keychain = keychain
        self._installation = installation
        self._now = now
        self._wanted: tuple[str, Kept] | None = None
        self._stored: tuple[str, Kept] | None = None
        self._work: asyncio.Task[None] | None = None
        self._recalling: asyncio.Task[str | None] | None = None
        self.unsafe = ""
        """Why nothing can be kept; empty: it can, as far as is known."""
        self._told = False

    @classmethod
    def on(cls, server: str, installation: str) -> "RememberedLogin":
        """The memory for a server (its origin), in this computer's key store."""
        return cls(SystemKeychain(f"{PROGRAM} {server}"), installation)

    def __repr__(self) -> str:
        return f"RememberedLogin({self._keychain!r})"

    # At the start

    def look(self) -> None:
        """Ask the key store now, beside whatever else the start does; `recall` then has its answer."""
        if self._recalling is None:
            self._recalling = asyncio.create_task(self._look())

    async def recall(self) -> str | None:
        """The remembered token; None: none, one that is over, or no key store. Never raises."""
        self.look()
        assert self._recalling is not None  # noqa: S101 - `look` made it
        return await asyncio.shield(self._recalling)

    async def _look(self) -> str | None:
        try:
            account = await self._keychain.get(LAST_ACCOUNT)
            if account is None:
                return None
            kept = _decoded(await self._keychain.get(account))
            if kept is not None and self._now() < kept.expires:
                self._stored = self._wanted = (account, kept)
                return kept.token
            await self._drop(account)
        except NoSafeKeyStore as reason:
            self.unsafe = str(reason)
        return None

    # While the walk goes on

    def heard(self, screen: Screen, token: str | None) -> Screen:
        """Follow the flow; adds the one notice where nothing can be kept (SSH-KEY-03)."""
        login = screen.login
        if login is None or token is None:
            self._wanted = None
        elif self._stored is None or self._stored[1].token != token:
            kept = Kept(token=token, expires=login.absolute_expires_at, flow=self._installation)
            self._wanted = (login.user_id, kept)
        else:
            self._wanted = self._stored
        self._begin()
        if not self.unsafe or self._told:
            return screen
        self._told = True
        return msgspec.structs.replace(screen, notices=[*screen.notices, NO_KEY_STORE])

    async def forget(self) -> None:
        """Keep nothing from now on, and wait until nothing is kept."""
        self._wanted = None
        self._begin()
        await self.settle()

    async def settle(self) -> None:
        """Wait until the key store holds what it should, or has failed."""
        if self._work is not None:
            await self._work

    def _begin(self) -> None:
        idle = self._work is None or self._work.done()
        if idle and not self.unsafe and self._wanted != self._stored:
            self._work = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        """Make the key store hold what is wanted; what is wanted may change meanwhile."""
        try:
            while (wanted := self._wanted) != self._stored:
                if wanted is None or (self._stored and self._stored[0] != wanted[0]):
                    await self._drop_stored()
                if wanted is not None:
                    await self._put(*wanted)
                self._stored = wanted
        except NoSafeKeyStore as reason:
            self.unsafe = str(reason)

    async def _put(self, account: str, kept: Kept) -> None:
        await self._keychain.put(account, msgspec.json.encode(kept).decode())
        await self._keychain.put(LAST_ACCOUNT, account)

    async def _drop_stored(self) -> None:
        """Drop our entry, unless another run of the program has put its own in its place."""
        if self._stored is None:
            return
        account, ours = self._stored
        found = _decoded(await self._keychain.get(account))
        if found is None or found.token == ours.token:
            await self._drop(account)

    async def _drop(self, account: str) -> None:
        await self._keychain.drop(account)
        if await self._keychain.get(LAST_ACCOUNT) == account:
            await self._keychain.drop(LAST_ACCOUNT)


def _decoded(value: str | None) -> Kept | None:
    """What was kept; None: nothing, or nothing of ours."""
    try:
        return None if value is None else msgspec.json.decode(value, type=Kept)
    except msgspec.DecodeError:
        return None
