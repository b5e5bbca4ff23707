"""How the script's own time passes for whoever watches (13.1): not at all in check and record, at a person's
pace in live play.
"""

from typing import Final, Literal, Protocol

from tui.demo.script import Step

SHORTEST_CAPTION: Final = 1500
LONGEST_CAPTION: Final = 12_000

Phase = Literal["typing", "key", "answer", "caption", "gap"]
"""What virtual time passes with."""


class Stopped(Exception):  # noqa: N818 - a person's choice
    """A person ended the run."""


class Pace(Protocol):
    """How virtual time passes for whoever watches. Any of these may raise `Stopped`."""

    async def wait(self, ms: int, phase: Phase) -> None:
        """So much virtual time is to pass."""

    async def before(self, step: Step) -> Step:
        """A step is due; answers how it is to be performed."""

    async def narrated(self, step: Step) -> None:
        """Its caption was shown."""

    async def after(self, step: Step) -> None:
        """It was performed and holds what it promised."""


class AtOnce:
    """Check and record: real time plays no part."""

    async def wait(self, ms: int, phase: Phase) -> None:
        """Nothing to wait for."""

    async def before(self, step: Step) -> Step:
        """As it is written."""
        return step

    async def narrated(self, step: Step) -> None:
        """Go on."""

    async def after(self, step: Step) -> None:
        """Go on."""


def caption_ms(text: str, words_per_minute: int) -> int:
    """How long a caption stands before the step goes on (TL-3)."""
    words = len(text.split())
    reading = -(-words * 60_000 // words_per_minute)
    return min(max(reading, SHORTEST_CAPTION), LONGEST_CAPTION)
