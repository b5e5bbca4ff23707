"""`--remember`: a source of portals whose login outlives this run of the program (W-10, SSH-KEY-02).

Both front ends get their portal from a source, so this is all they need. Only the first of several programs
that run at once takes the remembered login: a second one would lock the first one's screen.
"""

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from client.installation import client_id, data_folder
from client.portal import Portal
from client.private_files import private_folder
from client.remembered import RememberedLogin
from tui.commands.connection import NamedServer, Source

Remember = Callable[[str, str], RememberedLogin]
"""Makes the memory from the server's origin and the installation's name."""


class Remembering:
    """A source whose portals keep their login token in the key store."""

    def __init__(
        self,
        chosen: Source,
        folder: Path,
        still_wanted: Callable[[], bool],
        remember: Remember = RememberedLogin.on,
    ) -> None:
        """`still_wanted` is asked at the end: who has turned it off meanwhile leaves nothing behind."""
        self._chosen = chosen
        self._folder = folder
        self._still_wanted = still_wanted
        self._remember = remember
        self._memory: RememberedLogin | None = None
        self._lock: int | None = None

    async def ready(self) -> Portal:
        """The portal; the key store is asked while the server starts."""
        if self._memory is None and self._is_first():
            self._memory = self._remember(self.origin, client_id(self._folder))
            self._memory.look()
        portal = await self._chosen.ready()
        portal.memory = self._memory
        return portal

    async def close(self) -> None:
        """Bring the key store up to date, then let go of the server."""
        if self._memory is not None:
            await (self._memory.settle() if self._still_wanted() else self._memory.forget())
        await self._chosen.close()

    def release(self) -> None:
        """Let go of everything after the event loop has ended."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
        self._chosen.release()

    @property
    def origin(self) -> str:
        """Whose login it is: a named server's address; the bundled one has another port at every start."""
        if isinstance(self._chosen, NamedServer):
            return self._chosen.address
        return f"bundled server in {self._folder}"

    def _is_first(self) -> bool:
        """Whether no other program of this person holds the login; a lock the kernel gives back (RF-12)."""
        if self._lock is None:
            with suppress(OSError):
                self._lock = _locked(self._lock_file())
        return self._lock is not None

    def _lock_file(self) -> Path:
        name = hashlib.sha256(self.origin.encode()).hexdigest()[:16]
        return private_folder(self._folder) / f"remembered-{name}.lock"


def remembering(chosen: Source, still_wanted: Callable[[], bool]) -> Source:
    """The same source with a memory."""
    return Remembering(chosen, data_folder(), still_wanted)


def _locked(path: Path) -> int:
    """A descriptor that holds the lock. `OSError` where another program does."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:  # Windows: every program is the first
        return descriptor
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
