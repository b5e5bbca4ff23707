"""The bundled list of common passwords (SR-AUTH-02 a).

Only entries of at least 12 code points are listed, because shorter passwords are refused anyway. The file is
our own work: `tools/build_blocklist.py` makes it from habits that people have, not from leaked data.
"""

from functools import cache
from importlib import resources


@cache
def common_passwords() -> frozenset[str]:
    """All entries, casefolded; read once, at the first new password."""
    text = resources.files("mock_server.access").joinpath("blocklist.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def is_common(password: str) -> bool:
    """Whether the whole password, casefolded, is on the list; expects NFKC text."""
    return password.casefold() in common_passwords()
