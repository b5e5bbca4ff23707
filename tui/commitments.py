"""Which actions commit the person, and which ones carry the form (tables shared by all screens).

Committing actions have no default key and ignore what was typed before they could be seen (A11Y-PLAIN-13,
A11Y-ERR-05, SSH-NET-07). Actions that only lead elsewhere never carry what was typed, so no password
travels with `cancel`.
"""

from client.messages.screen import Action, Screen
from tui.plain.commitments import commits

__all__ = ["LEADS_ELSEWHERE", "WAYS_BACK", "commits", "default_action", "submits", "way_back"]

LEADS_ELSEWHERE = frozenset(
    {
        "back",
        "cancel",
        "change_device",
        "change_org",
        "decline",
        "forgot_password",
        "forgot_user_id",
        "help",
        "home",
        "logout",
        "quit",
        "register",
        "register_mfa",
        "resend",
        "stay",
        "unable_code",
    }
)
"""Actions that never submit the form."""

WAYS_BACK = ("back", "change_device", "decline", "cancel", "logout", "quit")
"""What Esc does: the first of these that the screen offers (portal-flow 3.3)."""


def submits(action: str) -> bool:
    """Whether the action carries the values of the form."""
    return action not in LEADS_ELSEWHERE


def default_action(page: Screen) -> Action | None:
    """What Enter in a field leads to; None where the screen has no default or it would commit."""
    primary = page.primary
    if primary is None or not primary.enabled or commits(page.state, primary.id):
        return None
    return primary


def way_back(page: Screen) -> Action | None:
    """The action of Esc."""
    offered = {action.id: action for action in page.actions if action.enabled}
    return next((offered[action] for action in WAYS_BACK if action in offered), None)
