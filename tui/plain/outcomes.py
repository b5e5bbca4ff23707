"""What an action came to, in one line; a move to another screen is its own outcome (A11Y-PLAIN-09). Pure.

A notice of success is the outcome in the portal's own words; the table adds what the portal does not say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from client.messages.screen import Screen
from tui.plain.grammar import Label, labelled, sentence
from tui.scrollback import IN_HISTORY

_MOVES: Final = {
    ("S-TERMS", "accept", "S-USER"): "terms accepted.",
    ("S-CODE", "log_in", ""): "signed in.",
    ("S-CODE", "log_in", "S-PWEXP"): "code accepted.",
    ("S-REAUTH", "confirm", ""): "unlocked.",
    ("S-ATTEST", "confirm", "S-RUN"): "purpose confirmed.",
    ("S-BUSY", "", "S-REPORT"): "the report is ready.",
}
"""(from, action, to) -> words; `to` empty: any other screen."""

_STAYS: Final[dict[str, Callable[[Screen], str]]] = {
    "search": lambda screen: "search finished.",
    "first_page": lambda screen: _page(screen),
    "prev_page": lambda screen: _page(screen),
    "next_page": lambda screen: _page(screen),
    "last_page": lambda screen: _page(screen),
    "select": lambda screen: f"selected {_selected(screen)}.",
    "clear": lambda screen: "nothing is selected.",
    "stay": lambda screen: "the sign-in attempt was extended.",
}
"""Action that stays on its screen -> what came of it."""

_PHRASES: Final = {
    "send": "sending",
    "resend": "sending",
    "log_in": "signing in",
    "confirm": "confirming",
    "run_document": "running the report",
    "search": "searching",
    "logout": "signing out",
}
"""Action -> what `Working:` says while the portal thinks."""

SWITCH_TO_FULL_SCREEN: Final = 256
"""How a session ends for `/full`; no process can end with it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The lines of an outcome, and the notices that it has said already."""

    lines: tuple[str, ...] = ()
    said: frozenset[str] = frozenset()


def outcome(before: Screen, action_id: str, after: Screen) -> Outcome:
    """What to say between the action and what comes next."""
    if after.errors:
        return Outcome()
    known = {notice.text for notice in before.notices} if before.state == after.state else set()
    news = [n for n in after.notices if n.level == "success" and (n.text not in known or action_id)]
    if news:
        lines = [labelled(Label.DONE, news[0].text)]
        said = {news[0].text}
    else:
        words = _words(before, action_id, after)
        lines, said = ([labelled(Label.DONE, words)] if words else []), set[str]()
    if before.login is not None and after.login is None and action_id == "logout":
        lines.append(labelled(Label.NOTICE, IN_HISTORY[0].lower() + IN_HISTORY[1:]))
    return Outcome(tuple(lines), frozenset(said))


def phrase(action_id: str) -> str:
    """What `Working:` says during an action."""
    return _PHRASES.get(action_id, "waiting for the portal")


def _words(before: Screen, action_id: str, after: Screen) -> str:
    if before.state != after.state:
        move = (before.state, action_id)
        return _MOVES.get((*move, after.state)) or _MOVES.get((*move, "")) or ""
    if action_id in _STAYS:
        return _STAYS[action_id](after)
    action = before.action(action_id)
    return sentence(f"{action.label} carried out") if action else "done."


def _page(screen: Screen) -> str:
    return f"page {screen.table.page} of {screen.table.pages}." if screen.table else "done."


def _selected(screen: Screen) -> str:
    return "; ".join(
        option.label for field in screen.fields if field.kind == "picker" for option in field.options
    )
