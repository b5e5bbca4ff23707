"""Typed errors of the store; the HTTP layer gives each its status (section 2.16 of the security spec)."""


class StorageError(Exception):
    """The store could not do it; nothing was written."""


class StorageFull(StorageError):  # noqa: N818
    """No space left (507 `storage_full`, RF-05); works again once there is."""


class StorageBusy(StorageError):  # noqa: N818
    """Another process holds the database (503 `busy`, RF-06)."""


class StorageBroken(StorageError):  # noqa: N818
    """An I/O error or damage: no further writes until a restart (500, then 503; RF-07, RF-16)."""


class StoreReadOnly(StorageError):  # noqa: N818
    """Writes are refused since an earlier `StorageBroken` or a broken audit chain (503)."""


class StoreUnusable(Exception):  # noqa: N818
    """The database cannot be opened; the server does not start (exit code 1)."""
