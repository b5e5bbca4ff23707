"""What the person typed and the portal has not taken yet (F-GEN-13, SR-SESS-07, A11Y-ERR-08).

Entries are kept per account and state, so a lock, a lost connection or a new sign-in of the same account
finds them again, and another account never does. Secrets are never kept; a picker's selection is the
server's.
"""

from collections.abc import Mapping

from client.messages.screen import Field, FieldValue, Screen

NEVER_KEPT = frozenset({"secret", "picker"})
OFFERED_AGAIN = frozenset(
    {
        ("S-USER", "user_id"),
        ("S-PASS", "mfa_type"),
        ("S-ORGTYPE", "org_type"),
        ("S-RPTSEL", "year"),
        ("S-RPTSEL", "report"),
        ("S-RPTSEL", "level"),
        ("S-RPTSEL", "clinician"),
        ("S-RPTSEL", "action"),
    }
)
"""Fields whose answer is offered as the default when they come up again in the same process (A11Y-ERR-08)."""

SIDE_ACTIONS = frozenset({"help", "stay"})
"""Actions that leave the form as it is (F-GEN-07, TR-46)."""


class Entries:
    """Typed values by account and state; in memory only."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], dict[str, FieldValue]] = {}

    def __repr__(self) -> str:
        return "Entries(...)"

    def of(self, screen: Screen) -> dict[str, FieldValue]:
        """A value for every field that may be kept: the typed one, else the server's."""
        typed = self._kept.get(_place(screen), {})
        return {item.id: typed.get(item.id, item.value) for item in screen.fields if _may_keep(item)}

    def type(self, screen: Screen, values: Mapping[str, FieldValue]) -> None:
        """Keep what was typed on a screen."""
        known = {item.id for item in screen.fields if _may_keep(item)}
        typed = {name: value for name, value in values.items() if name in known}
        if typed:
            self._kept.setdefault(_place(screen), {}).update(typed)

    def taken(self, before: Screen, action: str, sent: Mapping[str, FieldValue], after: Screen) -> None:
        """The portal carried out an action of `before`: forget what it took, or the form that was left."""
        if action == "logout":
            self.forget_accounts()
        typed = self._kept.get(_place(before))
        if typed is None or action in SIDE_ACTIONS:
            return
        gone = set(sent) if after.state == before.state else set(typed)
        again = {name for state, name in OFFERED_AGAIN if state == before.state}
        for name in gone - again:
            typed.pop(name, None)

    def signed_in(self, user_id: str) -> None:
        """Forget what other accounts typed."""
        for place in [place for place in self._kept if place[0] not in {"", user_id}]:
            del self._kept[place]

    def forget_accounts(self) -> None:
        """Forget everything typed while signed in (SR-SESS-08)."""
        self.signed_in("")


def _place(screen: Screen) -> tuple[str, str]:
    return (screen.login.user_id if screen.login else "", screen.state)


def _may_keep(item: Field) -> bool:
    return item.visible and item.kind not in NEVER_KEPT
