"""Actions that bind: they never run by themselves and need their number (A11Y-PLAIN-13, A11Y-ERR-05)."""

from typing import Final

COMMITMENTS: Final = frozenset(
    {
        ("S-TERMS", "accept"),
        ("S-ATTEST", "confirm"),
        ("S-RUN", "run_document"),
        ("S-PWEXP", "save"),
        ("S-FPW", "save"),
        ("S-PROFILE", "change_password"),
        ("S-PROFILE", "remove_device"),
        ("S-Q-ELECT", "save"),
        ("S-Q-UP", "upload"),
        ("S-REVIEW", "submit"),
    }
)
"""(state, action)."""

ANYWHERE: Final = frozenset({"logout", "quit"})
"""Actions that end something on every screen; they are asked about before they are carried out."""


def commits(state: str, action_id: str) -> bool:
    """Whether the action needs its number."""
    return (state, action_id) in COMMITMENTS or action_id in ANYWHERE
