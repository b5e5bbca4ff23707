"""Key stores for tests: good ones, poor ones, and every way in which one can fail.

None derives from keyring's own base class, which would register them for everybody in this process.
"""

import threading
from typing import TYPE_CHECKING, ClassVar, cast

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend


class Store:
    """A store that keeps what it is given, in memory."""

    priority: ClassVar[float] = 5

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.asked: list[str] = []

    def get_password(self, service: str, name: str) -> str | None:
        self.asked.append(f"get {name}")
        return self.kept.get((service, name))

    def set_password(self, service: str, name: str, value: str) -> None:
        self.asked.append(f"set {name}")
        self.kept[service, name] = value

    def delete_password(self, service: str, name: str) -> None:
        self.asked.append(f"delete {name}")
        del self.kept[service, name]


class Barely(Store):
    """Just good enough."""

    priority = 1


class Half(Store):
    """What keyring calls suitable but does not recommend."""

    priority = 0.5


class Alt(Store):
    """Another package's store in the clear, whatever it says of itself."""

    priority = 9


Alt.__module__ = "keyrings.alt.file"


class InDisguise(Alt):
    """A store in the clear under a name of its own."""


class Chain(Store):
    """Several stores behind one."""

    def __init__(self, *members: Store) -> None:
        super().__init__()
        self.backends = members


class Forgetful(Store):
    """Accepts everything and keeps nothing, as `keyring.backends.null` does (SM-19)."""

    def set_password(self, service: str, name: str, value: str) -> None:
        self.asked.append(f"set {name}")


class Changing(Store):
    """Gives back something else than it was given."""

    def get_password(self, service: str, name: str) -> str | None:
        value = super().get_password(service, name)
        return None if value is None else f"{value} "


class Raising(Store):
    """Fails at everything in one way."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error

    def get_password(self, service: str, name: str) -> str | None:
        raise self.error

    def set_password(self, service: str, name: str, value: str) -> None:
        raise self.error


class Hanging(Store):
    """Waits for a dialog that nobody sees, until the test lets it go on."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = threading.Event()
        self.emptied = threading.Event()

    def set_password(self, service: str, name: str, value: str) -> None:
        self.go_on.wait(30)
        super().set_password(service, name, value)

    def delete_password(self, service: str, name: str) -> None:
        super().delete_password(service, name)
        self.emptied.set()


def as_backend(store: object) -> "KeyringBackend":
    """The store as keyring would hand it over."""
    return cast("KeyringBackend", store)
