"""Rules for a new password (portal-flow 9.4, SR-AUTH-01, SR-AUTH-02): all that fail are reported together.

There is no composition rule by design; length, the blocklist and the words around the person decide. The
history needs slow hash checks, so the caller makes them and hands in the outcome.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from mock_server.access.blocklist import is_common
from mock_server.figures import AuthFigures

CONTEXT_WORDS = (
    "medicare",
    "medicaid",
    "pqrs",
    "qpp",
    "mips",
    "qrur",
    "eidm",
    "harp",
    "iacs",
    "cms",
    "password",
    "welcome",
)
"""Words of this program (SR-AUTH-02 b)."""  # fmt: skip

Strength = Literal["fair", "good", "strong"]

_GOOD_FROM, _STRONG_FROM = 15, 20  # PW-9


@dataclass(frozen=True)
class PasswordContext:
    """What a password must not consist of."""

    user_id: str
    names: tuple[str, ...] = ()
    """First and last name."""
    organizations: tuple[str, ...] = ()
    """Legal names of the organizations of the account."""


def failing_rules(
    new: str, confirm: str, context: PasswordContext, figures: AuthFigures, *, used_before: bool
) -> list[str]:
    """E-PW codes of all rules that fail, in the order of section 9.4; empty: the password can be set.

    `used_before`: the new password matches one of the last `figures.password_history` (PW-5).
    """
    text = unicodedata.normalize("NFKC", new)
    checks = (
        ("E-PW-01", not figures.password_min <= len(text) <= figures.password_max),
        ("E-PW-02", any(unicodedata.category(char) in ("Cc", "Cs") for char in text)),
        ("E-PW-03", consists_of_context(text, context)),
        ("E-PW-04", is_common(text)),
        ("E-PW-05", used_before),
        ("E-PW-07", new != confirm),
    )
    return [code for code, fails in checks if fails]


def consists_of_context(text: str, context: PasswordContext) -> bool:
    """Whether the letters of `text` are one of the context words or repeat it (PW-3)."""
    letters = _letters(text)
    words = (context.user_id, *context.names, *context.organizations, *CONTEXT_WORDS)
    return any(_repeats(letters, word) for word in _distinct(words))


def strength(password: str) -> Strength:
    """By length alone, and never a reason to refuse (PW-9)."""
    length = len(unicodedata.normalize("NFKC", password))
    if length >= _STRONG_FROM:
        return "strong"
    return "good" if length >= _GOOD_FROM else "fair"


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if char.isalpha())


def _distinct(words: Iterable[str]) -> set[str]:
    return {letters for word in words if (letters := _letters(word))}


def _repeats(letters: str, word: str) -> bool:
    times, rest = divmod(len(letters), len(word))
    return times > 0 and rest == 0 and letters == word * times
