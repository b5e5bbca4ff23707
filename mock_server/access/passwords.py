"""Password hashing with Argon2id, kept off the event loop and bounded (SR-AUTH-03).

A hash costs tens of milliseconds and 19 MiB, so as many run at once as there are processors, a limited number
waits, and the rest is told that the server is busy. `verify` and `hash` are plain functions of their inputs;
callers put them, with whatever belongs to one decision, into `run`.
"""

import asyncio
import contextvars
import os
import secrets
import unicodedata
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher as Argon2
from argon2 import Type
from argon2.exceptions import InvalidHashError, VerificationError

SALT_BYTES = 16
TAG_BYTES = 32

T = TypeVar("T")


class HashingBusy(Exception):  # noqa: N818
    """Too many password checks wait, or this one waited too long (503 `busy`, Retry-After 2)."""


def normalise_password(password: str) -> bytes:
    """NFKC, then UTF-8: the bytes that are hashed; nothing is trimmed, cut or folded (SR-AUTH-01)."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


class PasswordHasher:
    """Hashes and checks passwords on its own threads."""

    def __init__(
        self,
        parameters: tuple[int, int, int],
        *,
        threads: int | None = None,
        queue: int,
        wait_s: float,
    ) -> None:
        """`parameters`: memory in KiB, passes, lanes; `threads`: None means one per processor."""
        memory, passes, lanes = parameters
        self._argon2 = Argon2(
            time_cost=passes,
            memory_cost=memory,
            parallelism=lanes,
            hash_len=TAG_BYTES,
            salt_len=SALT_BYTES,
            type=Type.ID,
        )
        self._dummy = _unmatchable_hash(memory, passes, lanes)
        size = threads or os.cpu_count() or 1
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="password")
        self._free = asyncio.Semaphore(size)
        self._queue = queue
        self._waiting = 0
        self._wait_s = wait_s

    def hash(self, password: str) -> str:
        """PHC string to store."""
        return self._argon2.hash(normalise_password(password))

    def verify(self, stored: str | None, password: str) -> bool:
        """Whether the password belongs to the stored hash; None costs the same and is False (SR-AUTH-10)."""
        try:
            matches = self._argon2.verify(stored or self._dummy, normalise_password(password))
        except (VerificationError, InvalidHashError):
            return False
        return matches and stored is not None

    def needs_rehash(self, stored: str) -> bool:
        """Whether the stored hash was made with other parameters than the present ones (SR-AUTH-04)."""
        return self._argon2.check_needs_rehash(stored)

    async def run(self, work: Callable[[], T]) -> T:
        """Run CPU-bound `work` on a password thread; `HashingBusy` if too many wait or it waits too long."""
        if self._free.locked() and self._waiting >= self._queue:
            raise HashingBusy
        self._waiting += 1
        try:
            await asyncio.wait_for(self._free.acquire(), self._wait_s)
        except TimeoutError:
            raise HashingBusy from None
        finally:
            self._waiting -= 1
        loop = asyncio.get_running_loop()
        job = self._threads.submit(contextvars.copy_context().run, work)
        # The thread gives the place back, not this coroutine: a cancelled caller's hash runs to its end.
        job.add_done_callback(lambda _: loop.call_soon_threadsafe(self._free.release))
        return await asyncio.wrap_future(job)

    def close(self) -> None:
        """Stop the threads; running hashes end first."""
        self._threads.shutdown(wait=True, cancel_futures=True)


def _unmatchable_hash(memory: int, passes: int, lanes: int) -> str:
    """A well-formed hash with a random tag: checking it costs a full hash, and no password fits it."""
    salt, tag = (b64encode(secrets.token_bytes(n)).rstrip(b"=").decode() for n in (SALT_BYTES, TAG_BYTES))
    return f"$argon2id$v=19$m={memory},t={passes},p={lanes}${salt}${tag}"
