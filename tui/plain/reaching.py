"""Calls of the portal that a lost connection does not end (W-9): the person decides whether to try again."""

from collections.abc import Awaitable, Callable

from client.errors import PortalError, PortalUnreachable
from tui.plain.choices import Choice
from tui.plain.endings import Ended
from tui.plain.talk import Talk
from tui.plain.waiting import Meanwhile


async def reach(
    talk: Talk,
    call: Callable[[], Awaitable[object]],
    words: str,
    meanwhile: Meanwhile | None = None,
) -> bool:
    """Call the portal; whether it answered. A failure is said here; `Ended` if the person gives up."""
    while True:
        try:
            await talk.working(call(), words, meanwhile)
        except PortalUnreachable as error:
            talk.failure(error)
            if await talk.choose_listed("Connection", (Choice("Try again"), Choice("Quit"))) == 1:
                talk.journey.abandon()
                raise Ended(1, f"Error: {error.sentence}") from None
            call = talk.journey.retry if talk.journey.pending else call
        except PortalError as error:
            talk.failure(error)
            return False
        else:
            return True
