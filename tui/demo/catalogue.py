"""The scripts that come with the program."""

from importlib.resources import files
from typing import Final

NAMES: Final = ("sign-in-email", "authenticator-app", "find-practice", "attestation-refused")
"""In the order in which they are best learned."""

_FOLDER: Final = "tui.demo.scripts"


def content(name: str) -> bytes | None:
    """The file of a shipped script; None: there is no script of that name."""
    return files(_FOLDER).joinpath(f"{name}.demo.toml").read_bytes() if name in NAMES else None
