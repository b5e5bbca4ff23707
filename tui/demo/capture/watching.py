"""A portal that tells what is sent and answered on it, for whoever turns a walk into a script.

Both front ends walk over a Portal, so this sees the same whichever the person uses. What it tells holds
secrets: the listener must take what it needs at once and keep no Act.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from client.messages.calls import Act, ClientKind, OutboxMessage
from client.messages.screen import Screen
from client.portal import FlowReply, Portal

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True, slots=True)
class Answered:
    """An action and the screens around it."""

    before: Screen
    act: Act = field(repr=False)
    after: Screen


@dataclass(frozen=True, slots=True)
class Arrived:
    """The flow was read: a run went on, a login was locked."""

    screen: Screen


@dataclass(frozen=True, slots=True)
class MailboxRead:
    """The simulated phone and mailbox was looked at, and something was in it."""


Sight = Answered | Arrived | MailboxRead


class WatchedPortal(Portal):
    """A Portal with a listener; `transport` is the seam for in-process servers."""

    def __init__(
        self,
        address: str,
        listener: Callable[[Sight], None],
        *,
        launch_key: str | None = None,
        transport: "httpx.AsyncBaseTransport | None" = None,
    ) -> None:
        super().__init__(address, launch_key=launch_key, transport=transport)
        self._listener = listener
        self._page: Screen | None = None

    async def start(self, client: ClientKind, client_id: str | None = None) -> Screen:
        """Begin a flow."""
        self._page = await super().start(client, client_id)
        return self._page

    async def act(self, act: Act) -> FlowReply:
        """Send one action; told once it is answered."""
        before = self._page
        reply = await super().act(act)
        self._page = reply.screen
        if before is not None:
            self._listener(Answered(before, act, reply.screen))
        return reply

    async def read(
        self, *, after: str | None = None, wait: int | None = None, background: bool = False
    ) -> Screen:
        """The current screen."""
        self._page = await super().read(after=after, wait=wait, background=background)
        self._listener(Arrived(self._page))
        return self._page

    async def outbox(
        self, user_id: str | None = None, *, after: str | None = None, wait: int | None = None
    ) -> list[OutboxMessage]:
        """The simulated mailbox; an empty one is nothing to tell of."""
        messages = await super().outbox(user_id, after=after, wait=wait)
        if messages:
            self._listener(MailboxRead())
        return messages
