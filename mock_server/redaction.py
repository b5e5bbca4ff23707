"""Takes secrets and taxpayer numbers out of what is written down (SR-LOG-02, SR-PII-01).

One place for logs and audit. Patterns err on the side of masking: a nine-digit number that is no TIN loses
five digits, which no reader of a log misses.
"""

import re
from collections.abc import Mapping

SECRET_KEYS = frozenset(
    {"password", "code", "token", "secret", "pin", "authorization", "otpauth", "recovery"}
)
"""Keys whose values never appear."""

_TAXPAYER = re.compile(r"(?<!\d)(?:\d{9}|\d{2}-\d{7}|\d{3}-\d{2}-\d{4})(?!\d)", re.ASCII)
_TOKEN = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])")
_KEY_WORDS = re.compile(r"[a-z]+")


def mask_numbers(text: str) -> str:
    """TINs and SSNs in the text as `XXXXX` and their last four digits (7.7)."""
    return _TAXPAYER.sub(lambda found: f"XXXXX{found[0][-4:]}", text)


def redact_text(text: str) -> str:
    """The text without taxpayer numbers and without anything shaped like a token."""
    return mask_numbers(_TOKEN.sub("[token]", text))


def is_secret_key(key: str) -> bool:
    """Whether a value under this key must not be written: one of its words is a secret's name."""
    return not SECRET_KEYS.isdisjoint(_KEY_WORDS.findall(key.lower()))


def redact(value: object) -> object:
    """A JSON value with SR-LOG-02 applied at every depth; other objects become their type's name."""
    match value:
        case str():
            return redact_text(value)
        case bool() | int() | float() | None:
            return value
        case Mapping():
            return {
                redact_text(str(key)): "[redacted]" if is_secret_key(str(key)) else redact(item)
                for key, item in value.items()
            }
        case list() | tuple() | set() | frozenset():
            return [redact(item) for item in value]
        case _:
            return f"<{type(value).__name__}>"
