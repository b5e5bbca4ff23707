"""Security codes that travel: computed from a key when needed, stored as a keyed hash only.

A six-digit code has so few values that a plain hash could be searched in milliseconds; the key protects it
(SR-MFA-05). Because code n of a sign-in attempt is a function of key, attempt and n, the outbox can make its
text when it is read and a restart loses nothing (F-OUT-05).
"""

import hashlib
import hmac
import re
from itertools import count


def code_key(otp_key: bytes, code_seed: str | None) -> bytes:
    """The key that codes are computed from: the server's, or one made of a demo's `code_seed`."""
    return otp_key if code_seed is None else hashlib.sha256(code_seed.encode()).digest()


def nth_code(key: bytes, transaction_id: str, n: int, digits: int) -> str:
    """Code `n` (1, 2, ...) of a sign-in attempt: evenly spread decimal digits (F-OUT-05, SR-MFA-01).

    32-bit words of HMAC-SHA-256(key, id, n, block) are rejected above the largest multiple of 10**digits.
    """
    modulus = 10**digits
    limit = 2**32 // modulus * modulus
    for block in count():
        message = f"{transaction_id}\0{n}\0{block}".encode()
        digest = hmac.digest(key, message, "sha256")
        for start in range(0, len(digest), 4):
            word = int.from_bytes(digest[start : start + 4])
            if word < limit:
                return f"{word % modulus:0{digits}d}"
    raise AssertionError("unreachable: count() does not end")


def code_hash(key: bytes, transaction_id: str, code: str) -> str:
    """What is stored of a code: HMAC-SHA-256(key, id, 0x00, code) in hex (SR-MFA-05)."""
    return hmac.new(key, f"{transaction_id}\0{code}".encode(), hashlib.sha256).hexdigest()


_IGNORED = re.compile(r"[\s\-\u2010\u2011]+")


def normalise_entry(text: str) -> str:
    """A typed code without spaces and hyphens (portal-flow 1.3)."""
    return _IGNORED.sub("", text)


def spoken(code: str) -> str:
    """The digits one by one for a voice message: `5, 6, 4, 1, 2, 3` (F-MFA-03)."""
    return ", ".join(code)
