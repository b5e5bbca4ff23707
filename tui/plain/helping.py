"""`?` at any prompt: purpose of the screen, fields, actions, commands (A11Y-HELP-01). Pure."""

from collections.abc import Iterator

from client.messages.screen import Field, Screen
from client.offer import Offer
from tui.plain.abbreviations import ABBREVIATIONS
from tui.plain.commands import help_lines
from tui.plain.grammar import Label, labelled, sentence


def screen_help(screen: Screen, offer: Offer, *, reading: bool, demo: bool) -> Iterator[str]:
    """Everything that can be done here; the help desk is the last line (A11Y-HELP-04)."""
    yield from (labelled(Label.HELP, text) for text in screen.help)
    yield from map(_field_line, offer.fields)
    for action in screen.actions:
        reason = "" if action.enabled else f" (not available: {(action.reason or '').rstrip('.')})"
        yield f"{action.label}: /do {action.id}{reason}"
    yield labelled(Label.HELP, "commands at any prompt but one for a secret:")
    yield from help_lines(reading=reading, demo=demo)
    yield "//text: enters a text that begins with a slash"
    yield labelled(Label.HELP, "Enter alone keeps the value that is named in the prompt.")
    yield labelled(Label.HELP, f"abbreviations: {_abbreviations()}")
    yield labelled(Label.HELP, "a sign-in ends after 12 hours, whatever you do, to protect the data.")
    yield "Help desk contacts: /do help"


def _field_line(field: Field) -> str:
    need = "required" if field.required else "may stay empty"
    return f"{field.label}: {need}. {sentence(field.hint)}" if field.hint else f"{field.label}: {need}."


def _abbreviations() -> str:
    return "; ".join(f"{short} is {long}" for short, long in ABBREVIATIONS.items()) + "."
