"""The safe key store of this computer, asked so that it can neither block nor crash the program.

A key store is somebody else's program: it may be missing, locked, broken or waiting for a dialog on a display
that nobody sees. So `keyring` is imported and called in a thread of its own with a time limit, only a store
that keyring itself recommends is used, and what was stored is read back. After the first failure the store is
left alone for the rest of the run (SR-CLI-01, SR-CLI-03, SSH-KEY-01 to SSH-KEY-04).
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

LIMIT_S: Final = 5.0
"""How long one question to the key store may take (SR-CLI-03)."""
RECOMMENDED: Final = 1
"""Least priority of a store that is used: keyring's own threshold (SR-CLI-01)."""
REFUSED_MODULES: Final = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
"""Stores that keep nothing, or keep it in the clear."""
LONGEST_VALUE: Final = 1200
"""Characters; Windows takes no more than 2,560 bytes (SR-CLI-02)."""


class NoSafeKeyStore(Exception):  # noqa: N818 - a fact about this computer
    """There is no key store that may be used; the reason names no value."""


class Keychain(Protocol):
    """Secrets of one service, by name."""

    async def get(self, name: str) -> str | None:
        """The secret, or None. `NoSafeKeyStore` where it cannot be asked."""

    async def put(self, name: str, value: str) -> None:
        """Keep a secret in place of an older one. `NoSafeKeyStore` where it is not kept."""

    async def drop(self, name: str) -> None:
        """Forget a secret; one that is not there is forgotten already."""


class SystemKeychain:
    """The key store that `keyring` finds on this computer. `find` is the seam for tests."""

    def __init__(
        self, service: str, *, find: "Callable[[], KeyringBackend] | None" = None, limit_s: float = LIMIT_S
    ) -> None:
        self._service = service
        self._find = find or effective_backend
        self._limit_s = limit_s
        self._backend: KeyringBackend | None = None
        self._failed = ""

    def __repr__(self) -> str:
        return f"SystemKeychain({self._service!r})"

    async def get(self, name: str) -> str | None:
        """The secret, or None."""
        return await self._ask(lambda late: self._safe().get_password(self._service, name))

    async def put(self, name: str, value: str) -> None:
        """Keep a secret, and see that it is kept: some stores accept everything and keep nothing."""
        if len(value) > LONGEST_VALUE:
            raise NoSafeKeyStore("what is to be stored is too long")

        def keep(late: threading.Event) -> None:
            backend = self._safe()
            backend.set_password(self._service, name, value)
            kept = backend.get_password(self._service, name)
            if late.is_set() or kept != value:
                # Nobody waits for it any more, or it is not what was stored: leave nothing behind.
                _delete(backend, self._service, name)
                raise NoSafeKeyStore("what was stored does not come back")

        await self._ask(keep)

    async def drop(self, name: str) -> None:
        """Forget a secret."""
        await self._ask(lambda late: _delete(self._safe(), self._service, name))

    def _safe(self) -> "KeyringBackend":
        """The store, judged once."""
        if self._backend is None:
            found = self._find()
            if reason := objection(found):
                raise NoSafeKeyStore(reason)
            self._backend = found
        return self._backend

    async def _ask(self, question: Callable[[threading.Event], T]) -> T:
        """The answer of the store. Every failure is `NoSafeKeyStore`, and the last question asked."""
        if self._failed:
            raise NoSafeKeyStore(self._failed)
        try:
            return await _in_thread(question, self._limit_s)
        except TimeoutError:
            self._failed = f"it did not answer within {self._limit_s:.0f} seconds"
        except NoSafeKeyStore as error:
            self._failed = str(error)
        raise NoSafeKeyStore(self._failed)


def effective_backend() -> "KeyringBackend":
    """What keyring would use, as it stands; blocks, so it is called in the thread."""
    # Without a handler Python prints keyring's complaints on the terminal.
    logger = logging.getLogger("keyring")
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    import keyring

    return keyring.get_keyring()


def objection(backend: "KeyringBackend") -> str:
    """Why a key store may not be used; empty: it may (SR-CLI-01, SSH-KEY-01)."""
    for member in _members(backend):
        kind = type(member)
        # The class's own priority: an instance can be given another one through KEYRING_PROPERTY_ variables.
        priority: Any = kind.priority
        if not priority >= RECOMMENDED:
            return f"{_name(kind)} is not recommended (priority {priority})"
        for ancestor in kind.__mro__:
            if any(f"{ancestor.__module__}.".startswith(f"{module}.") for module in REFUSED_MODULES):
                return f"{_name(kind)} is not safe"
    return ""


def _members(backend: "KeyringBackend") -> "Iterator[KeyringBackend]":
    """The store, and every store behind it where it is a chain (`keyring.backends.chainer`)."""
    yield backend
    for member in getattr(backend, "backends", ()):
        yield from _members(member)


def _name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _delete(backend: "KeyringBackend", service: str, name: str) -> None:
    if backend.get_password(service, name) is not None:
        backend.delete_password(service, name)


async def _in_thread(question: Callable[[threading.Event], T], limit_s: float) -> T:
    """Run a call that may hang in a daemon thread, which the end of the program does not wait for."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()
    late = threading.Event()

    def settle(result: T | None, failure: NoSafeKeyStore | None) -> None:
        if answer.done():
            return
        if failure is not None:
            answer.set_exception(failure)
        else:
            answer.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result, failure = _answered(question, late)
        try:
            loop.call_soon_threadsafe(settle, result, failure)
        except RuntimeError:  # the loop has ended
            return

    threading.Thread(target=run, name="key-store", daemon=True).start()
    try:
        async with asyncio.timeout(limit_s):
            return await answer
    except BaseException:
        late.set()
        raise


def _answered(
    question: Callable[[threading.Event], T], late: threading.Event
) -> tuple[T | None, NoSafeKeyStore | None]:
    """The answer, or why there is none; a broken store raises anything, and its words may quote a secret."""
    try:
        return question(late), None
    except NoSafeKeyStore as failure:
        return None, failure
    except BaseException as error:
        return None, NoSafeKeyStore(f"it failed ({type(error).__name__})")
