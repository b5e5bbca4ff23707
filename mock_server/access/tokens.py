"""Bearer tokens and opaque ids. The server keeps a token's SHA-256 only (SR-SESS-02)."""

import hashlib
import hmac
import secrets

TOKEN_LENGTH = 43
"""Characters of a token; nothing else that travels in a URL may have this shape (SR-SESS-01)."""


def new_token() -> str:
    """A token of 256 random bits in 43 base64url characters (SR-SESS-01, X-30)."""
    return secrets.token_urlsafe(32)


def new_id() -> str:
    """An opaque object id of 144 random bits in 24 base64url characters (SR-AC-04)."""
    return secrets.token_urlsafe(18)


def token_hash(token: str) -> str:
    """What is stored and looked up: SHA-256 in lower-case hex."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def same_secret(one: str, other: str) -> bool:
    """Compare two secrets without telling where they differ (SR-AUTH-16)."""
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))
