"""The keys of every screen, as data: help, the bottom line and the README's table read this (S-10).

The functions and keys are those of accessibility 7.1; no key here is taken from tmux, screen, a screen
reader or the control codes of Tab, Enter and Esc (A11Y-KEY-03).
"""

from textual.binding import Binding

FRAME: list[Binding] = [
    Binding("f1", "app.open('help')", "Help", tooltip="What this screen is for, and every key.", id="help"),
    Binding("question_mark", "app.open_single('help')", "Help", show=False, id="help.single"),
    Binding(
        "f2", "app.open('outbox')", "Phone and mailbox", tooltip="Simulated messages, codes.", id="outbox"
    ),
    Binding("escape", "back", "Back", tooltip="Go back one level.", id="back"),
    Binding("ctrl+o", "app.open('actions')", "Actions", tooltip="All actions and settings.", id="actions"),
    Binding("f4", "app.plain_text", "Plain text", show=False, tooltip="Go on line by line.", id="plain"),
    Binding(
        "f5", "read_again", "Read again", show=False, tooltip="Repeat title, errors and focus.", id="reread"
    ),
    Binding(
        "f6,ctrl+g", "next_region", "Next part", show=False, tooltip="Messages, fields, actions.", id="region"
    ),
    Binding(
        "f7", "app.time_left", "Time left", show=False, tooltip="Say or extend the time left.", id="time"
    ),
    Binding(
        "ctrl+r", "reveal", "Show or hide", show=False, tooltip="Show or hide a typed password.", id="reveal"
    ),
    Binding(
        "pagedown", "scroll_body(1)", "Page down", show=False, tooltip="Scroll one page down.", id="page.down"
    ),
    Binding("pageup", "scroll_body(-1)", "Page up", show=False, tooltip="Scroll one page up.", id="page.up"),
    Binding("ctrl+q", "app.ask_quit", "Quit", show=False, tooltip="Leave, after a question.", id="quit"),
]
"""Bindings of every screen in the order of the bottom line."""

ALWAYS = ("help", "back", "actions")
"""Ids of the keys that the bottom line never drops (A11Y-HELP-02)."""

_NAMES = {
    "question_mark": "?",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "slash": "/",
}


def spelled(key: str) -> str:
    """A key as people write it: `ctrl+o` is `Ctrl+O`, `pagedown` is `PgDn`; a letter alone stays as it is."""
    if len(key) == 1:
        return key
    return "+".join(_NAMES.get(part, part.capitalize()) for part in key.split("+"))
