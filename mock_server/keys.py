"""The server's key file: 32 random bytes from which each purpose derives its own key (SR-CFG-01).

The file lives beside the database but never in it, so neither a stolen database nor a backup of it can be
used to search codes or to forge the audit chain.
"""

import os
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path

KEY_BYTES = 32


class KeyFileError(Exception):
    """A key file that cannot be trusted; the server does not start (exit code 2)."""


@dataclass(frozen=True)
class Keys:
    """One key of 32 bytes per purpose, separated by HKDF-SHA-256 labels."""

    otp: bytes = field(repr=False)
    """Security codes."""
    throttle: bytes = field(repr=False)
    """Keys of guess counters and typed user IDs in the audit (SR-AUTH-07)."""
    audit: bytes = field(repr=False)
    """The audit chain (SR-AUD-02)."""
    step: bytes = field(repr=False)
    """Replay check of flow actions (W-4)."""
    jwt: bytes = field(repr=False)
    """Signatures of API logins (K-S5)."""

    @classmethod
    def derive(cls, secret: bytes) -> "Keys":
        """Keys of a 32-byte secret; KeyFileError for any other length."""
        if len(secret) != KEY_BYTES:
            raise KeyFileError(f"the key has {len(secret)} bytes instead of {KEY_BYTES}")
        return cls(*(_expand(secret, label) for label in (b"otp", b"throttle", b"audit", b"step", b"jwt")))

    @classmethod
    def random(cls) -> "Keys":
        """Keys that end with the process, for a database in memory."""
        return cls.derive(secrets.token_bytes(KEY_BYTES))

    @classmethod
    def load(cls, path: Path) -> "Keys":
        """Keys of an existing file; KeyFileError when missing, of another length, or readable by others."""
        return cls.derive(_read(path))

    @classmethod
    def load_or_create(cls, path: Path) -> "Keys":
        """Keys of the file, which is made with mode 0600 where there is none."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            _create(path)
        return cls.load(path)


def _expand(secret: bytes, label: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=label).derive(secret)


def _create(path: Path) -> None:
    """Write beside and link into place, so that no reader ever sees a short file and no file is replaced."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return  # another starter was faster; its key counts
    finally:
        draft.unlink(missing_ok=True)


def _read(path: Path) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except OSError as error:
        raise KeyFileError(f"cannot open the key file {path}: {error.strerror}") from error
    with os.fdopen(descriptor, "rb") as file:
        if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
            raise KeyFileError(f"others can read the key file {path}; run chmod 600 on it")
        return file.read(KEY_BYTES + 1)
